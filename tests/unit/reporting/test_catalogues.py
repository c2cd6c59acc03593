"""The catalogues of a year: what may be told of each document, in both forms."""

import io

import pytest
from builders import a_document
from openpyxl import load_workbook

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import PersonalData
from attrtrack.domain.evidence import Span
from attrtrack.domain.register import DeclaredDocument
from attrtrack.reporting.catalogues import Catalogue, CatalogueRow, catalogue_page, catalogue_row, catalogue_workbook
from attrtrack.rules import Rules, load_rules

PROACTIVE, ON_REQUEST, WITHHELD = DisclosureAttribute
TITLE = "关于示范小区用地登记情况的复函"


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Return the rule tables of the package."""
    return load_rules()


def told(rules: Rules, attribute: DisclosureAttribute, reason: str | None, title: str = TITLE) -> CatalogueRow:
    """Return what the catalogue tells of a letter."""
    document = a_document(f"{title}\n正文一句。", title=title, date=WrittenDate(2025, 6, 3))
    return catalogue_row(DeclaredDocument("D7", document, "甲局", attribute, reason), "正文一句。", rules=rules)


def test_a_proactive_document_is_told_whole(rules: Rules) -> None:
    """Index, name, a sentence and the day made: the four fields of article 12."""
    assert told(rules, PROACTIVE, None).cells == ("D7", TITLE, "正文一句。", "2025-06-03", None)


@pytest.mark.parametrize("reason", ["R16-2c", "本件是机关之间就未定事项交换意见的磋商信函"])
def test_a_name_is_told_where_the_law_leaves_the_choice(rules: Rules, reason: str) -> None:
    """Under article 16 the name stands with the clause; a sentence never does."""
    row = told(rules, WITHHELD, reason)
    assert (row.name, row.summary) == (TITLE, None)
    assert row.ground == "《政府信息公开条例》第十六条第二款：过程性信息：磋商信函"


@pytest.mark.parametrize("reason", ["R14-2", "R14-3", "R15-1", "R15-2", "R16-1a", "R16-2e", "敏感", None])
def test_a_name_that_must_not_be_told_is_not(rules: Rules, reason: str | None) -> None:
    """Articles 14 and 15, personnel and case files, and a reason that is none: neither name nor sentence."""
    row = told(rules, WITHHELD, reason)
    assert row.name == "（名称依法不列）"
    assert row.summary is None
    catalogue = Catalogue(WITHHELD, 2025, "甲局", (row,))
    assert TITLE.encode() not in catalogue_page(catalogue)
    sheet = load_workbook(io.BytesIO(catalogue_workbook(catalogue))).active
    assert sheet is not None
    assert all(TITLE not in str(cell.value) for line in sheet.iter_rows() for cell in line)


def test_an_office_cannot_open_names_that_the_law_closes(rules: Rules) -> None:
    """A switch that lists a reason of article 15 opens nothing."""
    gate = tuple(
        row._replace(values=(*row.values, "R15-1")) if row.code == "catalogue_titles_told" else row
        for row in rules.gate
    )
    own = Rules(**{name: getattr(rules, name) for name in rules.__dataclass_fields__} | {"gate": gate})
    assert told(own, WITHHELD, "R15-1").name == "（名称依法不列）"


def test_a_name_with_personal_data_is_told_of_proactive_documents_only(rules: Rules) -> None:
    """What was published under its name keeps it; what waits for a request does not show a telephone number."""
    title = "关于13900001111号码来信的复函"
    document = a_document(title, title=title, personal_data=(PersonalData("phone", Span(2, 13)),))
    rows = [
        catalogue_row(DeclaredDocument("D7", document, None, attribute, None), None, rules=rules).name
        for attribute in (PROACTIVE, ON_REQUEST)
    ]
    assert rows == [title, "（名称含个人信息，不列）"]


def test_both_forms_hold_the_same_rows(rules: Rules) -> None:
    """The page escapes what the workbook writes as text; neither runs anything or loads anything."""
    rows = (told(rules, ON_REQUEST, "敏感", title='=HYPERLINK("http://x")<script>'), told(rules, ON_REQUEST, None))
    catalogue = Catalogue(ON_REQUEST, 2025, None, rows)
    page = catalogue_page(catalogue).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert all(word not in page for word in ("src=", "href=", "@import", "url("))
    sheet = load_workbook(io.BytesIO(catalogue_workbook(catalogue)))["目录"]
    listed = list(sheet.iter_rows(min_row=3, values_only=True))
    assert listed[0] == ("索引号", "名称", "内容概述", "生成日期", "依据")
    assert [line[1] for line in listed[1:]] == [row.name for row in rows]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value} == {"s"}
    assert str(sheet["A1"].value) == "全部单位2025年度依申请公开公文目录"
