"""Searching by page and by API: exact, within sight, marked, blotted, one page after the other."""

from pathlib import Path

import pytest
from web_client import TestClient
from web_people import LOGINS, OTHER, OWN, a_peopled_app, signed_in

from attrtrack.domain.access import Access, Right, Role
from attrtrack.domain.documents import Document, PersonalData
from attrtrack.domain.evidence import Span
from attrtrack.domain.interpretations import Interpretation
from attrtrack.errors import StorageUnusableError
from attrtrack.storage import Store
from attrtrack.workflow.app import App
from attrtrack.workflow.registering import record_document
from attrtrack.workflow.searching import search

_TEXT = "关于饮水安全的通知\n请做好饮水安全工作。联系人张三，电话13812345678。\n<script>alert(1)</script>结束。\n"


def _recorded(app: App, unit: str, title: str, number: int) -> str:
    acting = app.acting_as("甲", Access(frozenset(Right), frozenset({unit}), unit), origin="cli", unit=unit)
    at = _TEXT.index("138")
    document = Document(
        text=f"{_TEXT}第{number}份\n",
        title=title,
        number=f"云政发〔2023〕{number}号",
        personal_data=(PersonalData("mobile", Span(at, at + 11)),),
    )
    return record_document(acting, document, content_hash=f"{unit}{number}", file_name="公文.docx").record.id


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """Return a register with 45 documents of one unit and one of another, and an interpretation."""
    app = a_peopled_app(tmp_path_factory.mktemp("search"))
    for number in range(1, 46):
        _recorded(app, OWN, f"关于饮水<b>安全</b>的通知（{number}）", number)
    _recorded(app, OTHER, "外县饮水安全预案", 99)
    with app.store.unit_of_work("甲") as work:
        interpretation = Interpretation("", "一图读懂饮水安全", "https://www.example.gov.cn/jd/1", text="饮水要安全。")
        work.interpretations.add(interpretation, unit=OWN, year=2023)
    return app


@pytest.fixture
def clerk(app: App) -> TestClient:
    """Return the browser of a clerk of the first unit."""
    return signed_in(app, LOGINS[Role.OFFICE])


def test_the_page_marks_what_was_found_and_nothing_of_others(clerk: TestClient) -> None:
    """Two characters find by title and text; words are marked, HTML is text, personal data is blotted, other units are out of sight."""
    page = clerk.get("/search", params={"q": "饮水"}).text
    assert '关于<mark class="sought">饮水</mark>&lt;b&gt;安全&lt;/b&gt;的通知' in page
    assert "13812345678" not in page
    assert "<script>alert" not in page
    assert "外县" not in page
    assert "＊＊＊" in clerk.get("/search", params={"q": "13812345678"}).text


def test_pages_follow_one_another_without_a_gap(clerk: TestClient) -> None:
    """Every record stands on one page; the API leafs through the same."""
    ids, cursor = list[str](), None
    while cursor is not None or not ids:
        answer = clerk.get(
            "/api/v1/search", params={"q": "饮水 安全", "limit": 20, **({"cursor": cursor} if cursor else {})}
        )
        ids += [hit["id"] for hit in answer.json()["hits"]]
        cursor = answer.json()["next"]
    assert len(ids) == len(set(ids)) == 46
    assert set(ids) == {*(f"D{number}" for number in range(1, 46)), "I1"}
    first = clerk.get("/search", params={"q": "饮水"}).text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "本页 20 条" in clerk.get(following).text
    assert clerk.get("/search", params={"q": "别的", "cursor": following.rpartition("=")[2]}).status_code == 400


def test_filters_and_folding(clerk: TestClient) -> None:
    """Kind and year narrow; widths, brackets and Traditional characters are one."""
    only = clerk.get("/api/v1/search", params={"q": "飲水", "kind": "interpretation"}).json()
    assert [hit["id"] for hit in only["hits"]] == ["I1"]
    assert only["words"] == ["饮水"]
    assert only["hits"][0]["title"]["marks"] == [[4, 6]]
    numbered = clerk.get("/api/v1/search", params={"q": "[2023]7号"}).json()
    assert [hit["id"] for hit in numbered["hits"]] == ["D7"]
    assert clerk.get("/api/v1/search", params={"q": "饮水", "year": 1999}).json()["hits"] == []
    none = clerk.get("/search", params={"q": "无此词", "kind": "document"}).text
    assert "没有含“无此词”" in none
    assert "不限类别" in none


def test_bad_questions_come_back_with_what_was_typed(clerk: TestClient) -> None:
    """Nothing, blanks, too much, foreign filters: a sentence, never a fault."""
    assert "检索词" in clerk.get("/search").text
    assert clerk.get("/search", params={"q": "\u200b"}).status_code == 400
    long = clerk.get("/search", params={"q": "水" * 300})
    assert (long.status_code, "太长" in long.text, "水" * 300 in long.text) == (400, True, True)
    assert clerk.get("/search", params={"q": "水", "kind": "x"}).status_code == 400
    assert clerk.get("/api/v1/search", params={"q": " "}).status_code == 400


def test_a_new_record_is_found_by_the_next_search(clerk: TestClient, app: App) -> None:
    """The index follows what was recorded since."""
    found = _recorded(app, OWN, "关于鹳雀楼修缮的函", 77)
    assert f"/documents/{found}" in clerk.get("/search", params={"q": "鹳雀"}).text


def test_a_register_that_cannot_be_written_is_searched_as_it_was(
    clerk: TestClient, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says that the newest may be missing; without an index it says why there is none."""
    assert clerk.get("/search", params={"q": "饮水"}).status_code == 200
    _recorded(app, OWN, "关于蟠桃的函", 78)

    def refused(*_arguments: object, **_named: object) -> None:
        raise StorageUnusableError("只读")

    monkeypatch.setattr(Store, "unit_of_work", refused)
    page = clerk.get("/search", params={"q": "饮水"}).text
    assert "最近的登记还没有编入检索" in page
    assert 'class="hits"' in page


def test_an_index_half_made_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first index of many records is not waited for."""
    app = a_peopled_app(tmp_path)
    for number in range(3):
        _recorded(app, OWN, f"关于饮水的通知（{number}）", number)
    monkeypatch.setattr("attrtrack.storage.search_renewal.RECORDS", 1)
    monkeypatch.setitem(search.__kwdefaults__, "seconds", 0.0)
    clerk = signed_in(app, LOGINS[Role.OFFICE])
    states = [clerk.get("/api/v1/search", params={"q": "饮水"}).json()["index"] for _ in range(8)]
    assert states[0] == "partial"
    assert states[-1] == "current"
