"""The document page shows corrections, precedents and conflicts."""

from pathlib import Path

import pytest
from decided_letters import PRICE
from signed_off import sign_as_others
from web_client import TestClient
from web_register import an_app

from api.app import create_app
from attrtrack.workflow import learning, registering
from attrtrack.workflow.app import App


@pytest.fixture
def office(tmp_path: Path) -> App:
    """A register with a price reply that somebody withheld."""
    app = an_app(tmp_path)
    for number in (1, 2):
        file = tmp_path / f"{number}.txt"
        file.write_text(PRICE.format(number=number, town="东山"), encoding="utf-8")
        registering.record_file(app, str(file))
        if number == 1:
            registering.declare(app, "D1", "withheld", "R16-1b")
            sign_as_others(app, "D1")
            learning.resolve(app, "D1", teach=True, note="已审核<b>")
    learning.correct(app, "D1", "proactive", reason="P20-08", note="收费标准应当公开")
    return app


@pytest.fixture
def client(office: App) -> TestClient:
    """A client of the pages on that register."""
    return TestClient(create_app(office), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def test_the_page_shows_the_correction_beside_the_decision(client: TestClient) -> None:
    """What the assessor said stands in a block of its own, with note and name; the attribute in force stays."""
    page = client.get("/documents/D1").text
    for words in ("考核更正：应为<b>主动公开</b>", "收费标准应当公开", "更正不改动起草认定和审定", "作为先例"):
        assert words in page
    assert "<dt>公开属性</dt><dd><b>不予公开</b></dd>" in page
    row = client.get("/api/v1/documents/D1").json()
    assert row["document"]["correction"]["attribute"] == "proactive"
    assert row["precedent"]["source"] == "correction"


def test_the_page_names_the_precedent_that_a_proposal_follows(client: TestClient) -> None:
    """Number and title of the decided document are shown and lead to it."""
    page = client.get("/documents/D2").text
    assert "参照的先例" in page
    assert 'href="/documents/D1"' in page
    assert "云发改函〔2025〕1号" in page
    assert "本机关先例 D1" in page
