"""The document page says what is suggested, how sure, who disagrees, and marks in the text what was quoted."""

import datetime as dt
from pathlib import Path

import pytest
from decided_letters import PRICE
from signed_off import sign_as_others
from web_client import TestClient
from web_register import an_app

from api.app import create_app
from api.pages.quoting import WHOLE, MarkedText, marked_text
from api.pages.wording import source_words, sure
from attrtrack.domain.documents import Document, PersonalData
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.workflow import learning, registering
from attrtrack.workflow.app import App

MARKED = PRICE + "（此件不公开）\n"


@pytest.fixture
def office(tmp_path: Path) -> App:
    """A register with a withheld price (D1, in conflict), a marked draft that contradicts it (D2), and a draft (D3)."""
    app = an_app(tmp_path)
    for number, text in ((1, PRICE), (2, MARKED), (3, PRICE)):
        file = tmp_path / f"{number}.txt"
        file.write_text(text.format(number=number, town="东山"), encoding="utf-8")
        registering.record_file(app, str(file))
    registering.declare(app, "D1", "withheld", "R16-1b")
    sign_as_others(app, "D1")
    return app


@pytest.fixture
def client(office: App) -> TestClient:
    """A client of the pages on that register."""
    return TestClient(create_app(office), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def test_a_conflict_shows_why_and_leads_to_its_form(client: TestClient, office: App) -> None:
    """Until a person has resolved it the page names the reason and leads to the form; afterwards it says how it was resolved."""
    page = client.get("/documents/D1").text
    assert "与规则冲突，暂不作先例，请处理" in page
    assert 'href="/queue/D1#conflict"' in page
    assert 'id="conflict"' in client.get("/queue/D1").text
    assert page.index('id="conflict"') < page.index('id="findings"')
    learning.resolve(office, "D1", teach=False, note="审定有误")
    page = client.get("/documents/D1").text
    assert 'id="conflict"' not in page
    assert "不作先例" in page


def test_doubtful_findings_stand_beside_the_suggestion(client: TestClient) -> None:
    """A declared attribute that the law speaks against is told with its sentence, and counted where one looks first."""
    page = client.get("/documents/D1").text
    assert "但正文属于应当主动公开的内容" in page
    findings = client.get("/api/v1/documents/D1").json()["findings"]
    flagged = sum(finding["severity"] == "flag" for finding in findings)
    assert flagged >= 2
    assert f"需要核对 {flagged} 条" in page
    assert "与审定的不予公开不同" in page


def test_voices_that_disagree_stand_side_by_side(client: TestClient) -> None:
    """Mark and rules keep their own opinion in a table, and the one that was not followed is named."""
    page = client.get("/documents/D2").text
    table = page[page.index('id="voices"') : page.index('id="text"')]
    assert "不一致" in table
    assert "文件上的标注" in table
    assert "规则" in table
    assert "与建议不同" in table


def test_abstaining_is_told_with_its_doubt(office: App, client: TestClient) -> None:
    """Where nobody has an opinion the page says so in the place of the answer, and why."""
    document = Document(text="来函收悉。特此函复。", title="复函")
    made = registering.record_document(office, document, content_hash="无意见", file_name=None)
    page = client.get(f"/documents/{made.record.id}").text
    row = client.get(f"/api/v1/documents/{made.record.id}").json()["proposal"]
    assert row["abstained"]
    assert "拿不准，请人判断" in page
    assert f"疑点：{row['doubt']}" in page
    assert "都没有意见" in page


def test_no_code_name_of_a_rule_is_shown(client: TestClient) -> None:
    """People read words; the code of a rule is for programs."""
    for name in ("D1", "D2", "D3"):
        page = client.get(f"/documents/{name}").text
        rows = client.get(f"/api/v1/documents/{name}").json()["proposal"]["evidence"]
        for row in rows:
            voice, _, code = row["source"].partition(":")
            assert voice in {"mark", "rules"}
            assert not code or code not in page
    assert source_words("rules:general-reading") == "规则"
    assert source_words("precedent:D4") == "本机关先例 D4"


def test_quoted_sentences_are_marked_in_the_text_and_linked(client: TestClient) -> None:
    """Each link of a quotation leads to a place in the text."""
    page = client.get("/documents/D3").text
    text = page[page.index('id="text"') :]
    assert '<mark class="carries' in text
    anchors = {part.split('"')[0] for part in page.split('href="#t')[1:]}
    assert anchors
    assert all(f'id="t{anchor}"' in text for anchor in anchors)


def test_lists_mark_doubtful_attributes(client: TestClient) -> None:
    """A withheld price bears the mark in the list, an undeclared draft does not."""
    page = client.get("/documents?urgency=check").text
    rows = {name: part for part in page.split("<tr>") for name in ("D1", "D3") if f'/documents/{name}"' in part}
    assert ">存疑</span>" not in rows["D3"]
    doubtful = any(
        finding["code"] == "attribute-doubtful" for finding in client.get("/api/v1/documents/D1").json()["findings"]
    )
    assert (">存疑</span>" in rows["D1"]) is doubtful


@pytest.mark.parametrize(
    ("probability", "words"), [(None, None), (0.9999, "99%以上"), (0.931, "93%"), (0.5, "50%"), (0.0004, "不足1%")]
)
def test_likelihood_is_said_in_words(probability: float | None, words: str | None) -> None:
    """Nothing is quite certain and nothing quite impossible."""
    assert sure(probability) == words


def _marked(text: str, *spans: Span, personal: tuple[PersonalData, ...] = ()) -> MarkedText:
    document = Document(text=text, personal_data=personal)
    found = marked_text(document, [Evidence.at(text, span, "model") for span in spans], ())
    assert found is not None
    return found


def test_pieces_join_to_the_text() -> None:
    """Overlapping quotations cut the text, nothing is lost or said twice."""
    text = "一、甲。二、乙。三、丙。"
    found = _marked(text, Span(0, 8), Span(4, 12))
    assert "".join(piece.text for piece in found.pieces) == text
    assert all(piece.carries for piece in found.pieces)
    assert found.anchors == {0, 4}


def test_a_long_text_shows_what_is_quoted() -> None:
    """The page does not grow with the document; what is left out is counted."""
    text = "甲" * 100_000 + "这是依据的原句。" + "乙" * 50_000
    found = _marked(text, Span(100_000, 100_008))
    shown = sum(len(piece.text) for piece in found.pieces)
    assert shown < WHOLE
    assert shown + sum(piece.left_out for piece in found.pieces) + found.left_out == len(text)
    assert [piece.text for piece in found.pieces if piece.carries] == ["这是依据的原句。"]


def test_personal_data_and_strange_quotations_are_not_shown() -> None:
    """Personal data are blotted out; a quotation that is not in the text at its place marks nothing; no text, no section."""
    text = "联系电话13800000000。"
    found = _marked(text, Span(0, 16), personal=(PersonalData("mobile", Span(4, 15)),))
    assert found.quoted(Evidence.at(text, Span(0, 16), "model")) == "联系电话" + "＊" * 11 + "。"
    assert "".join(piece.text for piece in found.pieces) == "联系电话" + "＊" * 11 + "。"
    wrong = marked_text(Document(text=text), [Evidence("别处的话", Span(0, 4), "model")], ())
    assert wrong is not None
    assert wrong.anchors == frozenset()
    assert marked_text(Document(text=" \n"), (), ()) is None


def test_hostile_text_is_not_rendered_raw(office: App) -> None:
    """Markup in a document's text stays text."""
    document = Document(text="<script>alert(1)</script>\n请照此办理。", title="函")
    made = registering.record_document(office, document, content_hash=str(dt.date(2026, 1, 1)), file_name=None)
    client = TestClient(create_app(office), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
    page = client.get(f"/documents/{made.record.id}").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
