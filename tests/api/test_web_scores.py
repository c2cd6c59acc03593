"""The pages of scores: what they show is what the use case says, a table of what a person found is used once and kept nowhere."""

import html
import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from assessed_office import FOREIGN, HOSTILE, SCHEME, YEAR, Assessing, an_assessing, told, written
from openpyxl import load_workbook
from web_people import ASSESSED, OTHER

from attrtrack.workflow.assessing import score
from attrtrack.workflow.grading import Asked, decide_grade, take_grade_back
from attrtrack.workflow.score_sheets import sheet_of

HEADER = ("单位", "规则", "次数", "说明", "依据")
FOUND = (ASSESSED, "organisation", "1", f"{HOSTILE}没有台账", "=cmd|'/c calc'!A1")
STRANGE = {"form_token": "x"}
ASKED = {"scheme": SCHEME, "year": str(YEAR)}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessing]:
    """Give an assessor's desk on a register of two units."""
    made = an_assessing(tmp_path_factory.mktemp("scores"))
    yield made
    made.app.store.close()


def _form(office: Assessing, *rows: tuple[str, ...], name: str = "录入.csv", **fields: str) -> str:
    return office.send("/scores", (name, written(HEADER, *rows).encode()), **ASKED, **fields).text


def test_the_table_is_that_of_the_use_case(office: Assessing) -> None:
    """Every unit that is seen with its score; the sample is marked as one, the grade named a proposal, ranks as among those seen."""
    found = score(office.acting, SCHEME, year=YEAR)
    page = office.page("/scores", **ASKED)
    assert [one.unit for one in found.scores] == [ASSESSED]
    (one,) = found.scores
    assert f"{one.lowest:f}—{one.total:f}" in page
    assert f"{len(one.open)} 条规则未定，暂不排名" in page
    assert "不得作为正式考核依据" in page
    assert "名次只在您能看到的 1 个单位之间排" in page
    assert OTHER not in page
    assert "不得作为正式考核依据" not in office.page("/scores")


def test_a_sheet_has_four_columns_and_each_loss_opens_to_its_rows(office: Assessing) -> None:
    """Every line of the use case's sheet is there, every document behind a loss is linked, all of them by the figure's address."""
    (one,) = (found := score(office.acting, SCHEME, year=YEAR)).scores
    page = office.page("/scores/sheet", **ASKED, unit=ASSESSED)
    for heading in ("指标分值", "扣分", "失分原因", "整改情况"):
        assert f">{heading}</th>" in page
    lines = sheet_of(found, one)
    assert "第 1 名" not in page, "a rank among one is none"
    assert page.count('data-label="扣分"') == len(lines)
    losses = [line.loss for line in lines if line.loss and line.loss.rows]
    assert losses
    for loss in losses:
        assert all(f'href="/documents/{row}"' in page for row in loss.rows)
    figures = [html.unescape(href) for href in re.findall(r'href="(/figures/[^"]+)"', page)]
    assert len(figures) == len(losses)
    for loss, href in zip(losses, figures, strict=True):
        assert set(re.findall(r"<code>(D\d+)</code>", office.browser.get(href).text)) == set(loss.rows)
    assert HOSTILE not in page
    assert html.escape(HOSTILE) in page


def test_another_units_sheet_is_one_that_is_not_there(office: Assessing) -> None:
    """The answer for a unit out of sight is that for a unit that does not exist."""
    answers = [office.browser.get("/scores/sheet", params={**ASKED, "unit": unit}) for unit in (OTHER, "没有的单位")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text
    assert FOREIGN not in answers[0].text


def test_what_a_person_found_is_counted_and_kept_nowhere(office: Assessing) -> None:
    """The loss stands in the sheet with its evidence, nothing raw; the register and its journal are as they were."""
    before = office.length()
    page = _form(office, FOUND)
    assert "已计入 录入.csv 中的人工扣分、加分" in page
    assert "没有台账" in page
    assert HOSTILE not in page
    assert html.escape(HOSTILE) in page
    assert "依据：=cmd" in html.unescape(page)
    assert re.search(r'<a href="#u1">', page)
    assert re.search(r'<section class="list sheet-of-unit" id="u1">', page)
    assert office.length() == before
    assert "没有台账" not in office.page("/scores", **ASKED)


def test_what_is_taken_along_holds_every_line_and_runs_nothing(office: Assessing) -> None:
    """The workbook has the lines of all sheets as words and numbers, with and without what a person found."""
    (one,) = (found := score(office.acting, SCHEME, year=YEAR)).scores
    answer = office.browser.get("/scores/sheets.xlsx", params=ASKED)
    assert "attachment" in answer.headers["content-disposition"]
    sheet = load_workbook(io.BytesIO(answer.content))["数据"]
    lines = sheet_of(found, one)
    reasons = [row[9].value for row in sheet.iter_rows(min_row=3)]
    assert reasons == [*(line.reason for line in lines), *(rule.why for rule in one.open)]
    assert [row[8].value for row in sheet.iter_rows(min_row=3)][: len(lines)] == [float(line.lost) for line in lines]
    assert "不得作为正式考核依据" in str(sheet.cell(1, 1).value)
    made = office.send("/scores", ("录入.csv", written(HEADER, FOUND).encode()), **ASKED, act="save")
    saved = load_workbook(io.BytesIO(made.content))["数据"]
    cells = [cell for row in saved.iter_rows() for cell in row]
    assert any(HOSTILE in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}


@pytest.mark.parametrize(
    ("file", "status", "said"),
    [
        (None, 400, "还没有选择文件"),
        (("录入.csv", written(HEADER, (ASSESSED, "organisation", "1", "没有台账", "")).encode()), 422, "第2行缺少“依据”"),
        (("录入.csv", written(HEADER, (ASSESSED, HOSTILE, "1", "没有", "记录")).encode()), 422, "没有规则"),
        (("录入.csv", written(("单位", "说明"), (ASSESSED, "x")).encode()), 422, "缺少列"),
        (("录入.xlsx", b"PK\x03\x04 not a workbook"), 422, ""),
        (("录入.exe", b"MZ\x00\x01"), 415, ""),
        (("机密★10年 录入.csv", b"x"), 403, ""),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_is_refused_in_place(
    office: Assessing, file: tuple[str, bytes] | None, status: int, said: str
) -> None:
    """The form comes back with what is wrong; nothing raw stands in it."""
    answer = office.send("/scores", file, **ASKED)
    assert answer.status_code == status
    assert said in html.unescape(told(answer.text))
    assert HOSTILE not in answer.text
    assert f'value="{SCHEME}" selected' in answer.text


def test_too_large_a_table_is_refused(office: Assessing, monkeypatch: pytest.MonkeyPatch) -> None:
    """What exceeds the cap of a file is not read."""
    monkeypatch.setattr("api.uploads.MAX_FILE", 10)
    answer = office.send("/scores", ("录入.csv", written(HEADER, FOUND).encode()), **ASKED)
    assert answer.status_code == 413
    assert "文件超过上限" in told(answer.text)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"scheme": "none-such", "year": "2024"}, "没有这份细则"),
        ({"scheme": HOSTILE, "year": "2024"}, "没有这份细则"),
        ({"scheme": SCHEME, "year": "二〇二四"}, "请选择年度"),
        ({"scheme": SCHEME, "year": "1999"}, "登记中没有 1999 年"),
        ({"scheme": SCHEME, "year": "2024", "visit": "明天"}, "实地考核的日期看不懂"),
        ({"scheme": SCHEME, "year": "2024", "mend_by": "2024-13-01"}, "整改期限看不懂"),
    ],
)
def test_a_wrong_choice_is_told_in_the_words_of_the_form(office: Assessing, asked: dict[str, str], said: str) -> None:
    """No option of the command line is named, and nothing of the address is rendered."""
    answer = office.browser.get("/scores", params=asked)
    assert answer.status_code == 400
    assert said in told(answer.text)
    assert "--" not in told(answer.text)
    assert HOSTILE not in answer.text
    alone = office.browser.get("/scores/sheet", params={**asked, "unit": ASSESSED})
    assert alone.status_code == (404 if asked["year"] == "1999" else 400)


def test_only_forms_of_this_session_are_taken(office: Assessing) -> None:
    """A form without the page's token is refused."""
    assert office.send("/scores", ("a.csv", b"x"), **ASKED, **STRANGE).status_code == 403


def test_a_decided_grade_stands_in_place_of_the_proposal(office: Assessing) -> None:
    """Decided, it is shown with its day and its task on table and sheet; taken back, the proposal is all there is."""
    asked = Asked(ASSESSED, YEAR, SCHEME)
    decide_grade(office.acting, asked, "不合格", because="领导小组审定")
    table, sheet = office.page("/scores", **ASKED), office.page("/scores/sheet", **ASKED, unit=ASSESSED)
    for page in (table, sheet):
        assert re.search(r"<b>不合格</b><span class=\"under\">\d{4}-\d\d-\d\d \d\d:\d\d 审定</span>", page)
    assert "审定等次为不合格，限期整改：还没有定整改期限" in sheet
    take_grade_back(office.acting, asked, "重新查实")
    assert "审定</span>" not in office.page("/scores", **ASKED)
    assert "限期整改" not in office.page("/scores/sheet", **ASKED, unit=ASSESSED)


def test_days_become_tasks(office: Assessing) -> None:
    """The day of a visit says until when the units are told; the sheet's link keeps it."""
    page = office.page("/scores", **ASKED, visit="2025-03-20")
    sheet = html.unescape(re.findall(r'href="(/scores/sheet\?[^"]+)"', page)[0])
    assert "visit=2025-03-20" in urlsplit(sheet).query
    assert "2025-03-05" in office.browser.get(sheet).text
