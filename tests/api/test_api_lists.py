"""Lists read part by part: stable when others write meanwhile, closed to cursors of elsewhere."""

import pytest
from api_office import LETTER
from web_client import TestClient

from api.cursors import Listing
from attrtrack.errors import UsageError


@pytest.fixture
def archive(drafter: TestClient) -> TestClient:
    """Give the API of a register with seven letters of two years."""
    for number in range(1, 8):
        _record(drafter, number)
    return drafter


def _record(client: TestClient, number: int) -> None:
    letter = {**LETTER, "doc_number": f"云政发〔{2022 + number % 2}〕{number}号", "date": f"{2022 + number % 2}-05-18"}
    assert client.post("/api/v1/documents", json={**letter, "text": f"{LETTER['text']}第{number}件"}).status_code == 201


def _leafed(client: TestClient, place: str, rows: str, **filters: object) -> list[list[str]]:
    pages: list[list[str]] = []
    cursor = None
    while cursor is not None or not pages:
        answer = client.get(place, params={**filters, "limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        pages.append([row["id"] for row in answer[rows]])
        cursor = answer["next"]
    return pages


def test_parts_follow_on_one_another(archive: TestClient) -> None:
    """Newest first, nothing twice, nothing left out; filters hold on every page."""
    pages = _leafed(archive, "/api/v1/documents", "documents")
    assert pages == [["D7", "D6"], ["D5", "D4"], ["D3", "D2"], ["D1"]]
    assert _leafed(archive, "/api/v1/documents", "documents", year=2023) == [["D7", "D5"], ["D3", "D1"]]
    assert _leafed(archive, "/api/v1/documents", "documents", state="signed") == [[]]
    assert _leafed(archive, "/api/v1/documents", "documents", doc_number="云政发〔2022〕4号") == [["D4"]]


def test_what_is_recorded_meanwhile_shifts_nothing(archive: TestClient) -> None:
    """The second page begins where the first ended, whatever came in between."""
    first = archive.get("/api/v1/documents", params={"limit": 3}).json()
    _record(archive, 8)
    second = archive.get("/api/v1/documents", params={"limit": 3, "cursor": first["next"]}).json()
    assert [row["id"] for row in (*first["documents"], *second["documents"])] == ["D7", "D6", "D5", "D4", "D3", "D2"]


def test_a_worklist_can_be_leafed_through_while_others_are_recorded(archive: TestClient) -> None:
    """A place in the list is kept by urgency and entry."""
    whole = {"year": "", "unit": "", "limit": 3}
    first = archive.get("/api/v1/worklist", params=whole).json()
    _record(archive, 8)
    rest = archive.get("/api/v1/worklist", params={**whole, "limit": 50, "cursor": first["next"]}).json()
    seen = [row["id"] for row in (*first["documents"], *rest["documents"])]
    assert len(seen) == len(set(seen))
    assert {f"D{number}" for number in range(1, 8)} <= set(seen)


@pytest.mark.parametrize("cursor", ["AAAA", "x", "W10", "bnVsbA", "e30", "9" * 200, "-_-_"])
def test_invented_cursors_are_refused(client: TestClient, cursor: str) -> None:
    """400 with a sentence that says what to do, never an error of the server."""
    for place in ("documents", "interpretations", "worklist", "needs", "links/waiting"):
        answer = client.get(f"/api/v1/{place}", params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (400, "usage")


def test_cursors_of_another_list_or_filter_are_refused(archive: TestClient) -> None:
    """A cursor opens the list that gave it, under the same filters, and no other."""
    cursor = archive.get("/api/v1/documents", params={"limit": 2}).json()["next"]
    assert archive.get("/api/v1/documents", params={"cursor": cursor}).status_code == 200
    for place, filters in (("documents", {"year": 2023}), ("interpretations", {}), ("needs", {})):
        assert archive.get(f"/api/v1/{place}", params={**filters, "cursor": cursor}).status_code == 400


def test_a_cursor_comes_back_as_it_went_out() -> None:
    """Keys of one and of several parts; a key of another length is foreign."""
    listing = Listing("documents", {"unit": "云溪县", "year": None})
    assert listing.after(listing.cursor(7)) == (7,)
    assert listing.after(listing.cursor(7, 12), parts=2) == (7, 12)
    assert listing.after(None) is None
    with pytest.raises(UsageError):
        listing.after(listing.cursor(7), parts=2)


@pytest.mark.parametrize(
    "query", ["limit=1&limit=2", "lmit=1", "limit=1&page=2", "limit=501", "limit=x", "year=23", "state=gone"]
)
def test_unknown_and_doubled_parameters_are_refused(client: TestClient, query: str) -> None:
    """A misspelt filter that would be passed over would show the wrong documents."""
    answer = client.get(f"/api/v1/documents?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "usage")


def test_waiting_links_show_what_is_proposed(client: TestClient) -> None:
    """An interpretation with a pending pair, and the pair with its likelihood."""
    (row,) = client.get("/api/v1/links/waiting").json()["waiting"]
    assert row["interpretation"]["title"] == "政策问答"
    assert [(link["document_id"], link["judgement"]) for link in row["links"]] == [("D1", "pending")]


def test_the_years_list_comes_over_the_api(client: TestClient) -> None:
    """A workbook; a year without documents is not found."""
    answer = client.get("/api/v1/exports/year-list/2023")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert answer.headers["content-disposition"] == 'attachment; filename="list-2023.xlsx"'
    missing = client.get("/api/v1/exports/year-list/1990")
    assert (missing.status_code, missing.json()["code"]) == (404, "empty-list")
