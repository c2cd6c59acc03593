"""The assessor's pages: each number equals the rows it opens, nothing of other units is shown, corrections are kept."""

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook
from web_client import TestClient
from web_matrix import MARKS, NOWHERE, Target, a_matrix_register
from web_people import ASSESSED, BELOW, LOGINS, OWN, UNITS, signed_in

from api.pages.missing import HEADINGS, SENTENCES
from api.pages.wording import QUARTERS
from attrtrack.domain.access import Role
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.genres import Genre
from attrtrack.rules import Rules, load_rules
from attrtrack.workflow.app import App

HOSTILE = '<img src=x onerror=alert(1)>关于答复提案的函&"'
MEASURES = sum(len(row.readings) for row in load_rules().measures)
FORMULA = '=cmd|"/c calc"!A1'


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, dict[str, Target]]]:
    """Fill a register of five units, with letters of reply that are withheld and a flagged document in two of them.

    A third one has issued a notice that is withheld for no reason.
    """
    app, targets = a_matrix_register(tmp_path_factory.mktemp("assessing"))
    with app.store.unit_of_work("test", "cli") as work:
        for unit in (ASSESSED, OWN):
            for number, title in enumerate((HOSTILE, FORMULA)):
                letter = Document(
                    text="",
                    title=f"{title}{MARKS[unit]}{'的答复' if number else ''}",
                    genre=Genre.REPLY_LETTER,
                    date=WrittenDate(2023, 11, 2),
                    declared_attribute=DisclosureAttribute.WITHHELD,
                )
                work.documents.add(
                    letter, content_hash=f"{unit}{number}答", unit=unit, file_name=None, state=State.ISSUED_ELSEWHERE
                )
            flagged = app.rules.finding(
                "attribute-doubtful",
                Evidence("请认真贯彻执行", None, "rules"),
                declared="不予公开",
                proposed="主动公开",
                probability="92%",
                because="请对照所引正文核对。",
            )
            work.evaluations.add(targets[unit].documents[2], (flagged,), app.rules.version)
        notice = Document(
            text="",
            title=f"关于{MARKS[BELOW]}防汛值班的通知",
            genre=Genre.NOTICE,
            date=WrittenDate(2023, 11, 3),
            declared_attribute=DisclosureAttribute.WITHHELD,
        )
        work.documents.add(notice, content_hash="没有理由", unit=BELOW, file_name=None, state=State.ISSUED_ELSEWHERE)
    yield app, targets
    app.store.close()


@pytest.fixture(scope="module")
def assessor(register: tuple[App, dict[str, Target]]) -> TestClient:
    """Return the browser of somebody who assesses one unit."""
    return signed_in(register[0], LOGINS[Role.ASSESSOR])


@pytest.fixture(scope="module")
def office(register: tuple[App, dict[str, Target]]) -> TestClient:
    """Return the browser of an office with a unit below it."""
    return signed_in(register[0], LOGINS[Role.OFFICE])


def _links(page: str, path: str) -> list[tuple[str, str]]:
    found = re.findall(rf'<a [^>]*?href="({path}[^"#]*)[^"]*"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [(html.unescape(href), re.sub(r"<[^>]+>", "", words)) for href, words in found]


def _rows(client: TestClient, href: str) -> list[str]:
    """Return the rows behind a number, leaf after leaf."""
    rows: list[str] = []
    following: str | None = href
    while following:
        page = client.get(following).text
        rows += re.findall(r"<code>([DI]\d+)</code>", page)
        leaf = re.search(r'<a rel="next" href="([^"]+)"', page)
        following = html.unescape(leaf[1]) if leaf else None
    return rows


@pytest.mark.parametrize("query", ["year=&unit=", "year=2023&unit=&quarter=4", "year=&unit=&genre=复函"])
def test_every_number_of_the_front_page_equals_the_rows_it_opens(office: TestClient, query: str) -> None:
    """Numerators, denominators and what is left out, of all measures in both readings, within a quarter and a genre too."""
    page = office.get(f"/?{query}").text
    numbers = [(href, words) for href, words in _links(page, "/figures/(?!by/)[a-z-]+/") if words.isdecimal()]
    assert len(numbers) == 3 * MEASURES
    for href, words in numbers:
        rows = _rows(office, href)
        assert len(rows) == len(set(rows)) == int(words), href


def test_every_tab_and_rule_of_a_figure_counts_its_rows(office: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the rows go on over several leaves; each row that is left out says by which rule."""
    monkeypatch.setattr("api.pages.figures.ROWS", 3)
    for figure in ("interpretation-rate/document", "labelled-rate/document", "diversified-rate/interpretation"):
        page = office.get(f"/figures/{figure}?year=&unit=&part=excluded").text
        counted = re.findall(r'<a href="([^"]+)"[^>]*>[^<]+ <b>(\d+)</b></a>', page)
        assert len(counted) >= 5
        for href, number in counted:
            assert len(_rows(office, html.unescape(href))) == int(number), href


@pytest.mark.parametrize("dimension", ["unit", "year", "quarter", "genre"])
def test_tables_open_what_they_count(office: TestClient, dimension: str) -> None:
    """At a glance and for one figure: each fraction is that of the figure's own page."""
    for more in ("", "&show=labelled-rate-document", "&show=diversified-rate-interpretation&sort=lack&order=down"):
        page = office.get(f"/figures/by/{dimension}?year=&unit={more}").text
        numbers = _links(page, "/figures/(?!by/)[a-z-]+/")
        assert numbers
        for href, words in numbers:
            opened = office.get(href).text
            if words.isdecimal():
                assert len(_rows(office, href)) == int(words), href
            elif "还差" not in words:
                assert f">{words}</b>" in opened, href


def test_tables_are_sorted_by_links(office: TestClient) -> None:
    """The same rows, the other way round."""
    names = []
    for order in ("up", "down"):
        page = office.get(f"/figures/by/unit?year=&unit=&sort=documents&order={order}").text
        names.append([int(number) for number in re.findall(r'data-label="公文">(\d+) 份', page)])
    assert names[0] == sorted(names[0])
    assert names[0] == names[1][::-1]
    assert len(names[0]) == 2


def test_every_target_says_what_is_missing_to_it(rules: Rules, office: TestClient) -> None:
    """Each measure with a target has its sentence and heading, and a page of its own."""
    readings = {row.code: row.readings for row in rules.measures}
    for code in {row.measure for row in rules.targets}:
        assert code in HEADINGS
        for reading in readings[code]:
            assert SENTENCES[f"{code}-{reading}"].format(lack=3, mended=2)
            assert office.get(f"/missing?year=&unit=&figure={code}-{reading}").status_code == 200


def test_what_is_missing_is_listed_by_name(office: TestClient) -> None:
    """The list under a target holds the documents that are short of it, each with a link."""
    page = office.get("/missing?year=&unit=&figure=reasoned-rate-document").text
    short = _rows(office, "/figures/reasoned-rate/document?year=&unit=&part=short")
    listed = set(re.findall(r'<td><a href="/documents/(D\d+)"', page))
    assert listed == set(short)
    assert f"还差 {len(short)} 份" in page
    for unit in (OWN, BELOW):
        assert f"unit={urlencode({'': unit})[1:]}" in page
    assert office.get("/missing?figure=none-such").status_code == 404
    assert office.get("/missing?cursor=abc").status_code == 400


def test_flags_name_the_doubt_and_nothing_raw(office: TestClient, register: tuple[App, dict[str, Target]]) -> None:
    """The finding's sentence, the letters of reply; a title that is markup is shown as letters."""
    page = office.get("/flags?year=&unit=").text
    flagged = register[1][OWN].documents[2]
    assert f"/flags/{flagged}" in page
    assert "系统建议主动公开（把握92%）" in page
    assert "函复类公文认定为不予公开" in page
    assert "<img" not in page
    assert html.escape(HOSTILE, quote=False)[:20] in page
    assert "待核对 <b>3</b>" in page
    assert 'href="/flags?year=&amp;unit="><b>3 份' in office.get("/?year=&unit=").text


def test_an_assessor_sees_what_is_assigned(assessor: TestClient, register: tuple[App, dict[str, Target]]) -> None:
    """No word of another unit on any page or in any file; another unit's document is as one that is not there."""
    hidden = [MARKS[unit] for unit in UNITS if unit != ASSESSED]
    for path in (
        "/?year=&unit=", "/figures/by/unit?year=&unit=", "/missing?year=&unit=", "/flags?year=&unit=",
        "/figures/labelled-rate/document?year=&unit=", "/lists/by/unit.csv?year=&unit=",
        "/lists/figures/labelled-rate/document.csv?year=&unit=",
    ):  # fmt: skip
        answer = assessor.get(path)
        assert answer.status_code == 200, path
        assert not [mark for mark in hidden if mark in answer.text], path
    assert MARKS[ASSESSED] in assessor.get("/flags?year=&unit=").text
    own, nowhere = register[1][OWN].documents[2], register[1][NOWHERE].documents[2]
    for path in ("/flags/{}",):
        told = [re.sub(r"D\d+", "…", assessor.get(path.format(one)).text) for one in (own, nowhere)]
        assert told[0] == told[1]


def test_a_correction_is_kept_told_and_taken_back(
    assessor: TestClient, register: tuple[App, dict[str, Target]]
) -> None:
    """What was typed comes back when refused; a second sending changes nothing; the office may look, not correct."""
    app, targets = register
    document = targets[ASSESSED].documents[2]
    page = assessor.get(f"/flags/{document}?year=&unit=").text
    form = dict(re.findall(r'name="(form_token|version)" value="([^"]*)"', page))
    action = f"/documents/{document}/correction?year=&unit="
    long = "很" * 10_000
    refused = assessor.post(action, data={**form, "attribute": "proactive", "note": long})
    assert refused.status_code == 400
    assert "说明太长" in refused.text
    assert long in refused.text
    for wrong in ({"attribute": ""}, {"attribute": "<b>公开</b>"}, {"attribute": "withheld", "reason": "R99"}):
        answer = assessor.post(action, data={**form, **wrong})
        assert answer.status_code in {400, 422}, wrong
        assert "<b>公开</b>" not in answer.text
    assert assessor.post(action, data={**form, "form_token": "x", "attribute": "proactive"}).status_code == 403
    assert assessor.post(action, data={**form, "version": "x", "attribute": "proactive"}).status_code == 400
    assert _correction(app, document) is None
    done = assessor.post(action, data={**form, "attribute": "proactive", "note": "应当公开"}, follow_redirects=False)
    assert done.status_code == 303
    listed = assessor.get(done.headers["location"]).text
    assert "已更正为主动公开" in listed
    assert "已更正 <b>1</b>" in listed
    kept = _correction(app, document)
    assert kept is not None
    assert (kept.attribute, kept.note) == (DisclosureAttribute.PROACTIVE, "应当公开")
    again = assessor.post(action, data={**form, "attribute": "withheld"})
    assert again.status_code == 412
    assert _correction(app, document) == kept
    page = assessor.get(f"/flags/{document}").text
    form = dict(re.findall(r'name="(form_token|version)" value="([^"]*)"', page))
    back = assessor.post(f"/documents/{document}/correction/undo", data=form, follow_redirects=False)
    assert back.status_code == 303
    assert _correction(app, document) is None
    looked = signed_in(app, LOGINS[Role.OFFICE]).get(f"/flags/{targets[OWN].documents[2]}").text
    assert "更正由考核人员作出" in looked
    assert "/correction" not in looked


def _correction(app: App, document: str) -> object:
    with app.store.reading() as work:
        return work.corrections.live(document)


def test_downloads_hold_the_rows_and_run_no_formula(office: TestClient) -> None:
    """The rows of both parts, each once; a text that a spreadsheet would run is led by an apostrophe, or is a string cell."""
    path = "/lists/figures/labelled-rate/document"
    answer = office.get(f"{path}.csv?year=&unit=")
    assert answer.headers["content-disposition"] == 'attachment; filename="labelled-rate-document.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    counted = {
        name: len(_rows(office, f"/figures/labelled-rate/document?year=&unit=&part={name}"))
        for name in ("denominator", "excluded")
    }
    assert len(rows) == len({row["编号"] for row in rows}) == sum(counted.values())
    assert [row for row in rows if row["标题"].startswith("'=cmd")]
    sheet = load_workbook(io.BytesIO(office.get(f"{path}.xlsx?year=&unit=").content))["数据"]
    titles = [cell for (cell,) in sheet.iter_rows(min_row=3, min_col=3, max_col=3)]
    assert len(titles) == len(rows)
    assert {cell.data_type for cell in titles} == {"s"}
    table = office.get("/lists/by/unit.csv?year=&unit=").text
    assert table.count("\r\n") == 1 + 2 * MEASURES
    quarters = list(
        csv.DictReader(io.StringIO(office.get("/lists/by/quarter.csv?year=&unit=").text.removeprefix("\ufeff")))
    )
    assert {row["季度"] for row in quarters} <= {*QUARTERS.values(), "（月份不明）"}
    assert {row["与目标相比"] == "分母为零" for row in quarters} == {True, False}
    assert all((row["现值"] == "") is (row["与目标相比"] == "分母为零") for row in quarters)


@pytest.mark.parametrize(
    "path",
    [
        "/figures/none-such/document", "/figures/by/unit?show=none-such", "/figures/by/<script>",
        "/figures/labelled-rate/document?part=everything", "/?quarter=5", "/flags/D0", "/flags/DROP",
        "/lists/by/unit.exe", "/figures/labelled-rate/document?offset=-1", f"/?genre={'长' * 51}",
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_in_words(office: TestClient, path: str) -> None:
    """A wrong address or choice is told as such, and none of it is rendered."""
    answer = office.get(path)
    assert answer.status_code in {400, 404}
    assert "<script>" not in answer.text


def test_a_leaf_beyond_the_end_says_so(office: TestClient) -> None:
    """Rows that have gone meanwhile leave a page that leads back."""
    for path in ("/figures/labelled-rate/document?year=&unit=&offset=5000", "/flags?year=&unit=&offset=5000"):
        page = office.get(path)
        assert page.status_code == 200
        assert 'rel="prev"' in page.text


def test_a_folder_is_not_needed(tmp_path: Path) -> None:
    """An empty register shows every page with words, and no figure."""
    from web_register import an_app  # noqa: PLC0415 - the register of this test alone

    from api.app import create_app  # noqa: PLC0415 - the same

    web = TestClient(create_app(an_app(tmp_path)), base_url="http://localhost")
    for path in ("/", "/figures/by/unit", "/missing", "/flags", "/figures/interpretation-rate/document"):
        answer = web.get(path)
        assert answer.status_code == 200, path
        assert (
            "%" not in re.sub(r"目标[^<]*|<dd>.*?</dd>", "", re.sub(r"<desc.*?</desc>", "", answer.text)) or path != "/"
        )
