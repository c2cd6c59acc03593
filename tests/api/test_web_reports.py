"""The page of reports: the paper that is shown is the one that is taken along, and each of its numbers opens to what it counts."""

import html
import re
from collections.abc import Iterator

import pytest
from assessed_office import FOREIGN, HOSTILE, SCHEME, YEAR, Assessing, an_assessing, told
from web_people import ASSESSED, OTHER

from attrtrack.domain.reports import Part, ReportKind
from attrtrack.workflow.reports import Wanted, rendered, report

KINDS = {
    "self-check": {"kind": "self-check", "year": str(YEAR), "unit": ASSESSED},
    "notice": {"kind": "notice", "year": str(YEAR), "scheme": SCHEME},
    "rectification": {"kind": "rectification", "year": str(YEAR), "deadline": "2099-03-29"},
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessing]:
    """Give an assessor's desk on a register of two units."""
    made = an_assessing(tmp_path_factory.mktemp("reports"))
    yield made
    made.app.store.close()


def _wanted(office: Assessing, asked: dict[str, str]) -> Wanted:
    deadline = office.app.clock().date().replace(year=2099, month=3, day=29) if "deadline" in asked else None
    return Wanted(ReportKind(asked["kind"]), YEAR, asked.get("unit"), scheme=asked.get("scheme"), deadline=deadline)


def _paper(page: str) -> str:
    found = re.search(r'<article class="paper.*?</article>', page, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("kind", KINDS)
def test_the_paper_says_what_the_report_says(office: Assessing, kind: str) -> None:
    """Every piece stands on the page in its order, escaped; every number is a link."""
    made = report(office.acting, _wanted(office, KINDS[kind]))
    paper = _paper(office.page("/reports", **KINDS[kind]))
    numbers = [number.words for number in made.numbers()]
    shown = [
        html.unescape(words)
        for words in re.findall(r'<a href="(?!/documents|/interpretations)[^"]+">([^<]*)</a>', paper)
    ]
    assert shown == numbers
    assert HOSTILE not in paper
    assert FOREIGN not in paper
    assert OTHER not in paper


def test_numbers_open_to_the_rows_they_count(office: Assessing) -> None:
    """A numerator, a denominator and what is left out lead to lists as long as they say; the others to a row of this paper."""
    made = report(office.acting, _wanted(office, KINDS["self-check"]))
    paper = _paper(office.page("/reports", **KINDS["self-check"]))
    hrefs = re.findall(r'<a href="((?!/documents|/interpretations)[^"]+)">', paper)
    counted = {Part.NUMERATOR, Part.DENOMINATOR, Part.EXCLUDED, Part.SHORT}
    seen = 0
    for number, href in zip(made.numbers(), map(html.unescape, hrefs), strict=True):
        if href.startswith("#"):
            assert f'id="{href[1:]}"' in paper
        elif number.receipt.part in counted:
            page = office.browser.get(href).text
            assert len(re.findall(r"<code>[DI]\d+</code>", page)) == int(number.words), href
            seen += 1
    assert seen > 20


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_along_is_what_is_shown(office: Assessing, kind: str) -> None:
    """The links of the preview give the very files of the use case, to be saved under their Chinese name."""
    made = report(office.acting, _wanted(office, KINDS[kind]))
    page = office.page("/reports", **KINDS[kind])
    for form in ("docx", "html"):
        (href,) = re.findall(rf'href="(/reports/paper\.{form}[^"]+)"', page)
        answer = office.browser.get(html.unescape(href))
        assert answer.status_code == 200
        assert answer.content == rendered(made, f".{form}")
        assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"kind": "self-check", "year": "2024"}, 400, "请选择单位"),
        ({"kind": "notice", "year": "2024", "unit": ASSESSED}, 400, "单位请选“全部单位”"),
        ({"kind": "self-check", "year": "2024", "unit": ASSESSED, "scheme": SCHEME}, 400, "请选“不评分”"),
        ({"kind": "rectification", "year": "2024", "all_units": "true"}, 400, "只用于通报"),
        ({"kind": "notice", "year": "2024", "class": "C"}, 400, "应为 A 或 B"),
        ({"kind": "notice", "year": "2024", "deadline": "2020-01-01"}, 400, "已经过去"),
        ({"kind": "notice", "year": "2024", "deadline": "明天"}, 400, "整改期限看不懂"),
        ({"kind": "notice", "year": "去年"}, 400, "请选择年度"),
        ({"kind": HOSTILE, "year": "2024"}, 400, "请选择要生成哪一种报告"),
        ({"kind": "notice", "year": "1999"}, 404, "已有年度：2024"),
        ({"kind": "notice", "year": "2024", "scheme": "none-such"}, 400, "没有这份细则"),
    ],
)  # fmt: skip
def test_a_wrong_choice_is_told_in_the_words_of_the_form(
    office: Assessing, asked: dict[str, str], status: int, said: str
) -> None:
    """The form comes back with what was chosen; no option of the command line is named; the files are refused the same."""
    answer = office.browser.get("/reports", params=asked)
    assert answer.status_code == status
    assert said in told(answer.text)
    assert "--" not in told(answer.text)
    assert HOSTILE not in answer.text
    assert "<article" not in answer.text
    assert office.browser.get("/reports/paper.docx", params=asked).status_code == status


def test_another_units_report_is_one_that_is_not_there(office: Assessing) -> None:
    """The answer for a unit out of sight is that for a unit that does not exist."""
    for kind in ("self-check", "rectification"):
        answers = [
            office.browser.get("/reports", params={"kind": kind, "year": "2024", "unit": unit})
            for unit in (OTHER, "没有的单位")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert answers[0].text.replace(OTHER, "没有的单位") == answers[1].text


def test_an_empty_form_asks_for_nothing(office: Assessing) -> None:
    """Without a choice no report is made, and the newest year is offered."""
    page = office.page("/reports")
    assert "<article" not in page
    assert f'<option value="{YEAR}" selected>' in page
