"""The year's list as another program reads it back."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.register import ListedInterpretation, YearListRow
from attrtrack.errors import BadRowError
from attrtrack.reading import read_table
from attrtrack.recording.ledgers import recognise
from attrtrack.reporting import year_list, year_list_workbook
from attrtrack.reporting.cells import is_address
from attrtrack.reporting.lines import COLUMNS
from attrtrack.rules import Rules, load_rules
from attrtrack.rules.schema import FormRow

_TEXT = ListedInterpretation("文字解读", "https://www.example.gov.cn/jd/1.html", ("text",))


_FORMS = tuple(
    FormRow(code, name, diversified, False, (), name, (name,), (), "测试")  # noqa: FBT003 - a row of the table
    for code, name, diversified in (("text", "文字", False), ("graphic", "图解", True), ("video", "视频", True))
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Return the rule tables of the package with three forms of our own."""
    return replace(load_rules(), forms=_FORMS)


def a_row(**changes: object) -> YearListRow:
    """Return a complete row with the given changes."""
    row = YearListRow(
        id="D1",
        title="关于做好冬季供热工作的通知",
        number="云政办发〔2023〕7号",
        genre="通知",
        attribute=DisclosureAttribute.PROACTIVE,
        drafting_department="住建局",
        document_url="https://www.example.gov.cn/wj/7.html",
        interpretations=(_TEXT,),
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def made(rules: Rules, *rows: YearListRow, unit: str | None = "云溪县人民政府") -> Workbook:
    """Make the list and read it back as a spreadsheet program would."""
    return load_workbook(io.BytesIO(year_list_workbook(rows, unit=unit, year=2023, rules=rules)))


def data(sheet: Worksheet) -> Iterator[tuple[object, ...]]:
    """Yield the rows below the header that hold documents."""
    for values in sheet.iter_rows(min_row=4, values_only=True):
        if isinstance(values[0], int | float):
            yield values


def headings(sheet: Worksheet) -> list[object]:
    """Return the group headings in order."""
    return [row[0] for row in sheet.iter_rows(min_row=4, values_only=True) if isinstance(row[0], str)]


def test_the_columns_are_those_the_plan_asks_for(rules: Rules) -> None:
    """The header row names the eight columns in their order, below the title with unit and year; behind them stands the id."""
    sheet = made(rules, a_row())["公文清单"]
    assert [cell.value for cell in sheet[3]] == [*(column.value for column in COLUMNS), "登记编号"]
    assert sheet["A1"].value == "云溪县人民政府2023年度制发非涉密公文详情列表"
    assert "公文 1 份：主动公开 1 份" in str(sheet["A2"].value)
    assert "没有缺项" in str(sheet["A2"].value)


def test_documents_are_grouped_by_genre_and_number_series(rules: Rules) -> None:
    """Headings carry the counts; inside a series the numbers ascend as numbers; what has none stands last."""
    sheet = made(
        rules,
        a_row(id="D1", number="云政办发〔2023〕10号", title="十"),
        a_row(id="D2", number="云政办发〔2023〕9号", title="九"),
        a_row(id="D3", number="云政发〔2023〕1号", title="一", genre="意见"),
        a_row(id="D4", number=None, title="没有号"),
        a_row(id="D5", number="待定", title="不规范"),
        a_row(id="D6", genre=None, title="没有文种"),
    )["公文清单"]
    assert headings(sheet) == [
        "意见（1份）",
        "云政发（1份）",
        "通知（4份）",
        "云政办发（2份）",
        "文号不规范（1份）",
        "无文号（1份）",
        "文种不明（1份）",
        "云政办发（1份）",
    ]
    assert [row[1] for row in data(sheet)] == ["一", "九", "十", "不规范", "没有号", "没有文种"]
    assert [row[0] for row in data(sheet)] == [1, 2, 3, 4, 5, 6]


def test_each_interpretation_has_a_row_and_nothing_is_merged(rules: Rules) -> None:
    """A second interpretation repeats the document's cells, so that the sheet can be imported again."""
    second = ListedInterpretation(None, "https://www.example.gov.cn/jd/2.html", ("video", "graphic", "text"))
    sheet = made(rules, a_row(interpretations=(_TEXT, second)))["公文清单"]
    first_row, second_row = data(sheet)
    assert first_row[:6] == second_row[:6]
    assert (first_row[6], first_row[7]) == (_TEXT.url, "否")
    assert (second_row[6], second_row[7]) == (second.url, "是（图解、视频）")
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:I1", "A2:I2"}


def test_forms_are_told_as_far_as_they_are_known(rules: Rules) -> None:
    """Stated to be non-text without a form: 是; no form known: the cell stays empty and is listed."""
    stated = ListedInterpretation(None, "https://www.example.gov.cn/jd/3.html", ("non-text",))
    unknown = ListedInterpretation(None, "https://www.example.gov.cn/jd/4.html", ())
    book = made(rules, a_row(interpretations=(stated, unknown)))
    assert [row[7] for row in data(book["公文清单"])] == ["是", None]
    assert [row[3] for row in book["缺项"].iter_rows(min_row=3, values_only=True)] == ["是否为非纯文字解读"]


def test_addresses_are_real_hyperlinks(rules: Rules) -> None:
    """Both addresses open on a click; the cell's text is the address itself."""
    sheet = made(rules, a_row())["公文清单"]
    line = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == 1)
    assert line[5].hyperlink is not None
    assert line[5].hyperlink.target == line[5].value == "https://www.example.gov.cn/wj/7.html"
    assert line[6].hyperlink is not None
    assert line[6].hyperlink.target == _TEXT.url


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "internal:Sheet1!A1",
        "external:a.xlsx",
        "www.example.cn",
        "http://",
        "http://a b",
    ],
)
def test_other_addresses_stay_text(rules: Rules, text: str) -> None:
    """What is no http, https or ftp address is shown and never linked."""
    sheet = made(rules, a_row(document_url=text))["公文清单"]
    line = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == 1)
    assert line[5].value == text
    assert line[5].hyperlink is None


@pytest.mark.parametrize("text", ["http://例子.cn/政策?id=1#二", "HTTPS://www.example.cn/", "ftp://example.cn/a.pdf"])
def test_web_addresses_are_recognised(text: str) -> None:
    """Chinese hosts, upper case and ftp are addresses too."""
    assert is_address(text)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "{=", "\t="])
def test_no_cell_is_a_formula(rules: Rules, start: str) -> None:
    """A title that looks like a formula stays a text on both sheets."""
    book = made(rules, a_row(title=f'{start}HYPERLINK("http://x")', number=None, document_url="http://10.1.2.3/a"))
    for sheet in book:
        cells = [
            cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and "HYPER" in cell.value
        ]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"}


def test_missing_cells_stay_empty_and_are_listed(rules: Rules) -> None:
    """The second sheet says which cell of which document is missing and what to do; nothing is invented."""
    bare = a_row(
        title="缺很多", number=None, attribute=None, drafting_department=None, document_url=None, interpretations=()
    )
    book = made(rules, bare)
    (line,) = data(book["公文清单"])
    assert line[2:] == (*(None,) * 6, "D1")
    listed = list(book["缺项"].iter_rows(min_row=3, values_only=True))
    assert [row[3] for row in listed] == ["文号", "公开属性", "牵头起草部门"]
    assert all(row[1] == "缺很多" and row[4] for row in listed)
    assert "缺项 3 处" in str(book["公文清单"]["A2"].value)


def test_a_missing_cell_is_told_once(rules: Rules) -> None:
    """Two interpretations do not double what the document lacks."""
    book = made(rules, a_row(drafting_department=None, interpretations=(_TEXT, replace(_TEXT, url=None))))
    assert [row[3] for row in book["缺项"].iter_rows(min_row=3, values_only=True)] == ["牵头起草部门", "解读文件链接"]


def test_only_proactive_documents_need_addresses(rules: Rules) -> None:
    """A document disclosed on request lacks neither address; a proactive one without them lacks both."""
    on_request = a_row(attribute=DisclosureAttribute.ON_REQUEST, document_url=None, interpretations=())
    assert made(rules, on_request)["缺项"].max_row == 2
    proactive = a_row(document_url=None, interpretations=())
    told = [row[3] for row in made(rules, proactive)["缺项"].iter_rows(min_row=3, values_only=True)]
    assert told == ["主动公开公文链接", "解读文件链接"]


def test_links_beyond_a_sheet_go_to_the_next(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """No link is dropped: the list continues on another sheet under the same headings."""
    monkeypatch.setattr(year_list, "MAX_LINKS", 6)
    book = made(rules, *(a_row(id=f"D{n}", number=f"云政发〔2023〕{n}号") for n in range(1, 6)))
    assert book.sheetnames == ["公文清单", "公文清单（2）", "缺项", "链接核对"]
    sheets = [book["公文清单"], book["公文清单（2）"]]
    links = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 10
    assert headings(sheets[1]) == ["通知（5份）（续）", "云政发（5份）（续）"]
    assert [row[0] for sheet in sheets for row in data(sheet)] == [1, 2, 3, 4, 5]


def test_the_sheet_prints_on_a4_landscape(rules: Rules) -> None:
    """A4, landscape, one page wide, header row repeated and frozen."""
    sheet = made(rules, a_row())["公文清单"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"
    assert sheet["A3"].font.name == "宋体"


def test_the_same_register_gives_the_same_bytes(rules: Rules) -> None:
    """No clock goes into the file."""
    first, second = (year_list_workbook([a_row()], unit=None, year=2023, rules=rules) for _ in range(2))
    assert first == second


def test_a_code_of_a_unit_is_shown_by_name(rules: Rules) -> None:
    """The title names the unit in words; without one the list is of all units."""
    code, name = rules.units[0].code, rules.units[0].name
    assert str(made(rules, a_row(), unit=code)["公文清单"]["A1"].value).startswith(f"{name}2023")
    assert str(made(rules, a_row(), unit=None)["公文清单"]["A1"].value).startswith("全部单位2023")


def test_oversized_and_odd_text_is_written(rules: Rules) -> None:
    """A text beyond what a cell holds is cut and says so; control characters do not break the file."""
    sheet = made(rules, a_row(title="长" * 40_000, drafting_department="a\x01b"))["公文清单"]
    (line,) = data(sheet)
    assert str(line[1]).endswith("（过长，未全部列出）")
    assert len(str(line[1])) < 32_767


def test_the_list_can_be_imported_again(rules: Rules) -> None:
    """What the list says of documents and interpretations comes back; the headings bring none, nor do the gaps."""
    second = ListedInterpretation(None, "https://www.example.gov.cn/jd/2.html", ("video",))
    rows = (
        a_row(interpretations=(_TEXT, second)),
        a_row(id="D2", title="关于节水的通知", attribute=None, document_url=None),
    )
    book = year_list_workbook(rows, unit="云溪县人民政府", year=2023, rules=rules)
    tables = {table.sheet: table for table in read_table(book, "清单.xlsx")}
    ledger = recognise(tables["公文清单"], rules)
    titles = [entry.document.title for entry in ledger.entries]
    assert titles == ["关于做好冬季供热工作的通知", "关于做好冬季供热工作的通知", "关于节水的通知"]
    first, again, other = ledger.entries
    assert first.document.declared_attribute is again.document.declared_attribute is DisclosureAttribute.PROACTIVE
    assert other.document.declared_attribute is None
    assert (first.document.drafting_department, first.document_url) == (
        "住建局",
        "https://www.example.gov.cn/wj/7.html",
    )
    assert [(item.url, item.non_text) for item in first.interpretations] == [(_TEXT.url, False)]
    assert [item.url for item in again.interpretations] == [second.url]
    assert again.interpretations[0].non_text is not False
    headings = {row.number for row in tables["公文清单"].rows if row.number > 3 and not any(row.cells[1:])}
    assert {error.row for error in ledger.errors} <= headings
    with pytest.raises(BadRowError):
        recognise(tables["缺项"], rules)
