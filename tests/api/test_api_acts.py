"""Acts over the API, on both databases: nothing is done twice, nothing overwritten unseen, refusals tell why."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from api_office import LETTER, ask_of, settled, version_of
from saved_pages import ADDRESS, DOCUMENT, a_page
from web_client import TestClient

from attrtrack.domain.interpretations import Publication

KEY = {"Idempotency-Key": "oa-2023-000001"}


def test_the_same_request_is_done_once(drafter: TestClient) -> None:
    """The second answer is the first one's, also for an act; another content under the key is refused."""
    first = drafter.post("/api/v1/documents", json=LETTER, headers=KEY)
    again = drafter.post("/api/v1/documents", json=LETTER, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert first.json() == again.json()
    other = drafter.post("/api/v1/documents", json={**LETTER, "title": "关于别的事情的通知"}, headers=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "key-used-otherwise")
    assert len(drafter.get("/api/v1/documents").json()["documents"]) == 1


def test_an_act_answered_before_is_not_refused_by_its_own_change(drafter: TestClient) -> None:
    """A client whose connection broke repeats its act with the version it had, and gets the answer with the new one."""
    drafter.post("/api/v1/documents", json=LETTER)
    headers = {**KEY, "If-Match": version_of(drafter, "D1")}
    said = {"attribute": "proactive"}
    first = drafter.post("/api/v1/documents/D1/declarations", json=said, headers=headers)
    again = drafter.post("/api/v1/documents/D1/declarations", json=said, headers=headers)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.headers["etag"] == again.headers["etag"] == version_of(drafter, "D1")


def test_a_refused_act_may_be_tried_again_under_its_key(drafter: TestClient) -> None:
    """A refusal is no answer to keep: the second try is judged anew."""
    drafter.post("/api/v1/documents", json=LETTER)
    for _ in range(2):
        headers = {**KEY, "If-Match": version_of(drafter, "D1")}
        answer = drafter.post("/api/v1/documents/D1/decisions", json={}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) in {(409, "gate-refused"), (409, "transition-not-allowed")}
        assert "idempotency-replayed" not in answer.headers


def test_doubles_at_the_same_moment_do_the_act_once(drafter: TestClient) -> None:
    """Eight requests under one key: one document, and every answer is the same or says that it is under way."""
    answers: list[Any] = []

    def post() -> None:
        answers.append(drafter.post("/api/v1/interpretations", json={"title": "政策问答一组"}, headers=KEY))

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {answer.json()["outcome"] for answer in answers if answer.status_code == 201} == {"imported"}
    assert len(drafter.get("/api/v1/interpretations").json()["interpretations"]) == 1


def test_an_act_must_say_what_was_seen(drafter: TestClient) -> None:
    """Without the version 428; with an old one 412 and nothing changed; with a tag of another make 400."""
    drafter.post("/api/v1/documents", json=LETTER)
    seen = version_of(drafter, "D1")
    place, said = "/api/v1/documents/D1/declarations", {"attribute": "withheld", "reason": "R16-1b"}
    assert drafter.post(place, json=said).status_code == 428
    assert drafter.post(place, json=said, headers={"If-Match": "*"}).status_code == 400
    assert drafter.post(place, json={"attribute": "proactive"}, headers={"If-Match": seen}).status_code == 200
    late = drafter.post(place, json=said, headers={"If-Match": seen})
    assert (late.status_code, late.json()["code"]) == (412, "changed-meanwhile")
    assert drafter.get("/api/v1/documents/D1").json()["document"]["attribute"] == "proactive"


def test_of_many_at_once_one_wins_and_nothing_is_lost(drafter: TestClient) -> None:
    """Six people who saw the same version: one declaration is kept, the others are told."""
    drafter.post("/api/v1/documents", json=LETTER)
    headers = {"If-Match": version_of(drafter, "D1")}
    found: list[int] = []

    def declare() -> None:
        answer = drafter.post("/api/v1/documents/D1/declarations", json={"attribute": "proactive"}, headers=headers)
        found.append(answer.status_code)

    threads = [threading.Thread(target=declare) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [200, *[412] * 5]


def test_a_refused_sign_off_tells_the_findings(drafter: TestClient) -> None:
    """409 with every finding that blocks, as the gate prints them."""
    drafter.post("/api/v1/documents", json=LETTER)
    place = "/api/v1/documents/D1"
    said = {"attribute": "proactive"}
    drafter.post(f"{place}/declarations", json=said, headers={"If-Match": version_of(drafter, "D1")})
    answer = drafter.post(f"{place}/decisions", json={}, headers={"If-Match": version_of(drafter, "D1")})
    assert answer.status_code == 409
    body = answer.json()
    assert body["code"] == "gate-refused"
    blocking = {finding["code"] for finding in body["findings"] if finding["severity"] == "block"}
    assert blocking
    assert body["findings"] == drafter.get(place).json()["findings"][-len(body["findings"]) :]


def test_a_document_goes_its_whole_way(office: Callable[[str], TestClient]) -> None:
    """Recorded, declared, reviewed, signed and published by four people over the API; every step bears a new version."""
    settled(office("李拟稿"), office)


def test_a_classified_document_is_refused_and_nothing_of_it_stays(drafter: TestClient) -> None:
    """As text and as file: 403; neither the title nor the key's answer is kept."""
    secret = {"title": "关于某事的请示", "text": "秘密★10年\n关于某事的请示\n正文\n"}
    by_text = drafter.post("/api/v1/documents", json=secret, headers=KEY)
    by_file = drafter.post("/api/v1/documents/upload", files={"file": ("请示.txt", secret["text"].encode())})
    gate = drafter.post("/api/v1/gate", json={**ask_of(secret), "attribute": "withheld"})
    for answer in (by_text, by_file, gate):
        assert (answer.status_code, answer.json()["code"]) == (403, "classified")
        assert "某事" not in answer.text
    assert drafter.get("/api/v1/documents").json() == {"documents": [], "next": None}


def test_no_kept_answer_outlives_a_document_that_is_classified(drafter: TestClient) -> None:
    """Who names state secrecy as the reason removes the document; the answer kept under its key goes with it."""
    assert drafter.post("/api/v1/documents", json=LETTER, headers=KEY).status_code == 201
    said = {"attribute": "withheld", "reason": "国家秘密"}
    place = "/api/v1/documents/D1"
    refused = drafter.post(f"{place}/declarations", json=said, headers={"If-Match": version_of(drafter, "D1")})
    assert refused.json()["findings"][0]["code"] == "secret-reason"
    assert drafter.get(place).status_code == 404
    again = drafter.post("/api/v1/documents", json=LETTER, headers=KEY)
    assert "idempotency-replayed" not in again.headers


@pytest.mark.parametrize(
    "body",
    [b"", b"[", b"[]", b"null", b'"x"', b"{}", b'{"title": 1}', b'{"title": "a", "x": 1}', b"\xff\xfe", b"[" * 20_000],
    ids=["empty", "cut", "list", "null", "text", "nothing", "number", "unknown", "bytes", "deep"],
)
def test_wrong_bodies_name_their_fields(client: TestClient, body: bytes) -> None:
    """400 with the fields (422 where all is well formed and the content says nothing); never 500."""
    answer = client.post("/api/v1/documents", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"
    if answer.status_code == 400 and answer.json()["code"] == "usage":
        assert all(set(field) == {"field", "message"} for field in answer.json().get("fields", []))


def test_links_are_judged_over_the_api(drafter: TestClient) -> None:
    """An interpretation is recorded, judged with the version seen, undone; the acts stay."""
    drafter.post("/api/v1/documents", json=LETTER)
    drafter.post("/api/v1/interpretations", json={"title": "《农村饮水管理办法》政策解读"})
    place = "/api/v1/interpretations/I1"
    tag = drafter.get(place).headers["etag"]
    chosen = drafter.post(f"{place}/judgements", json={"act": "choose", "document_id": "D1"}, headers={"If-Match": tag})
    assert chosen.status_code == 200
    assert [(link["document_id"], link["judgement"]) for link in chosen.json()["links"]] == [("D1", "confirmed")]
    late = drafter.post(f"{place}/judgements", json={"act": "none"}, headers={"If-Match": tag})
    assert late.status_code == 412
    undone = drafter.post(f"{place}/judgements", json={"act": "undo"}, headers={"If-Match": chosen.headers["etag"]})
    assert [act["act"] for act in undone.json()["acts"]] == ["choose", "undo"]


def test_needs_are_decided_over_the_api(drafter: TestClient) -> None:
    """A person's decision goes before the rules and can be undone."""
    drafter.post("/api/v1/documents", json=LETTER)
    tag = version_of(drafter, "D1")
    place = "/api/v1/documents/D1/need-decisions"
    said = {"needed": False, "because": "只在机关内部使用"}
    decided = drafter.post(place, json=said, headers={"If-Match": tag})
    assert (decided.status_code, decided.json()["needed"], decided.json()["source"]) == (200, False, "person")
    undone = drafter.post(f"{place}/undo", headers={"If-Match": decided.headers["etag"]})
    assert undone.json()["decision"] is None


def test_the_gate_answers_an_office_system(drafter: TestClient) -> None:
    """Text and file get the same findings and each an id of its own; nothing enters the register."""
    asked = ask_of(LETTER)
    by_text = drafter.post("/api/v1/gate", json=asked)
    facts = {name: asked[name] for name in ("attribute", "declared_by", "signed_by")}
    upload = {"file": ("通知.txt", LETTER["text"].encode())}
    by_file = drafter.post("/api/v1/gate/upload", files=upload, data={"facts": json.dumps(facts)})
    for answer in (by_text, by_file):
        assert answer.status_code == 200
        assert answer.json()["passed"] is False
        assert "secrecy-review-missing" in {finding["code"] for finding in answer.json()["findings"]}
    assert by_text.json()["decision_id"] != by_file.json()["decision_id"]
    reviewed = {**asked, "secrecy_review": {"result": "cleared", "by": "赵保密"}}
    reviewed |= {"review": {"result": "agree", "by": "钱审核"}, "interpretation_ready": True}
    passed = drafter.post("/api/v1/gate", json=reviewed).json()
    assert passed["passed"] is True, passed["findings"]
    assert drafter.get("/api/v1/documents").json()["documents"] == []


def test_a_saved_page_is_an_interpretation_or_that_of_a_document(drafter: TestClient) -> None:
    """The answer says which: of the document's own page only the links are read."""
    drafter.post("/api/v1/documents", json=LETTER)
    with drafter.app.state.attrtrack.store.unit_of_work("test", "cli") as work:  # type: ignore[attr-defined]
        work.publications.add("D1", Publication(DOCUMENT, None, None))
    answers = []
    for address in (ADDRESS, DOCUMENT, DOCUMENT):
        page = a_page(saved_from=address).encode()
        answer = drafter.post("/api/v1/interpretations/upload", files={"file": ("网页.html", page)})
        assert answer.status_code == 201, answer.text
        answers.append(answer.json())
    assert [(one["outcome"], one["documents"]) for one in answers] == [
        ("imported", []), ("document-page", ["D1"]), ("unchanged", ["D1"]),
    ]  # fmt: skip
    assert [one["interpretation"] is None for one in answers] == [False, True, True]
