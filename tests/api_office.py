"""An office that works over the API: a letter, the means to look and to act, the whole way of a document."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from web_client import TestClient

from api.app import create_app
from attrtrack.bootstrap import assemble
from attrtrack.config import Settings

UNIT = "云溪县人民政府"
LETTER: dict[str, Any] = {
    "title": "关于印发农村饮水管理办法的通知",
    "text": "关于印发农村饮水管理办法的通知\n各乡镇人民政府：\n现将有关事项通知如下，请认真贯彻执行。\n云溪县人民政府\n2023年5月18日\n",
    "doc_number": "云政发〔2023〕1号",
    "genre": "通知",
    "issuer": UNIT,
}


def office_at(database_url: str, folder: Path, *, actor: str) -> TestClient:
    """Return the API over a register, somebody acting at this machine; no model, so that no training decides."""
    app = assemble(Settings(models_dir=folder), database_url=database_url, actor=actor, unit=UNIT)
    return TestClient(create_app(app), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def version_of(client: TestClient, document_id: str) -> str:
    """Return the version of a document as a client sees it."""
    return str(client.get(f"/api/v1/documents/{document_id}").headers["etag"])


def ask_of(letter: dict[str, Any]) -> dict[str, Any]:
    """Return what an office system asks of a letter that is to be published and was reviewed by nobody."""
    return {**letter, "attribute": "proactive", "declared_by": "李拟稿", "signed_by": "王签发"}


def settled(drafter: TestClient, person: Callable[[str], TestClient]) -> None:
    """Take a letter its whole way, each step with the version that the one before has reached."""
    assert drafter.post("/api/v1/documents", json=LETTER).status_code == 201
    place = "/api/v1/documents/D1"
    need = {"needed": False, "because": "只在机关内部使用"}
    steps: list[tuple[TestClient, str, dict[str, Any]]] = [
        (person("钱审核"), "need-decisions", need),
        (drafter, "declarations", {"attribute": "proactive"}),
        (person("钱审核"), "reviews", {"result": "agree"}),
        (person("赵保密"), "secrecy-reviews", {"result": "cleared", "personal_data_cleared": True}),
        (person("王签发"), "decisions", {}),
        (
            drafter,
            "publications",
            {"url": "https://www.example.gov.cn/1", "date": "2023-06-01", "channel": "government-website"},
        ),
    ]
    tag = version_of(drafter, "D1")
    for client, act, said in steps:
        answer = client.post(f"{place}/{act}", json=said, headers={"If-Match": tag})
        assert answer.status_code == 200, (act, answer.text)
        assert answer.headers["etag"] != tag
        tag = answer.headers["etag"]
    assert drafter.get(place).json()["document"]["state"] == "published"
    assert version_of(drafter, "D1") == tag
