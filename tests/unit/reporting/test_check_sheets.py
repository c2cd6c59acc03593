"""What stands beside the year's list: closed addresses, units that have handed in, the receipts; and of what the file is made."""

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook
from unit.reporting.test_year_list import a_row

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation
from attrtrack.domain.register import ListedInterpretation
from attrtrack.errors import BadRowError
from attrtrack.metrics import measures
from attrtrack.reading import read_table
from attrtrack.recording.ledgers import recognise
from attrtrack.reporting import Receipts, checked, year_list_workbook
from attrtrack.reporting.addresses import fault_of
from attrtrack.reporting.lines import Column
from attrtrack.rules import Rules, load_rules

_2007 = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://schemas.openxmlformats.org/package/2006/content-types",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "http://purl.org/dc/dcmitype/",
    "http://www.w3.org/2001/XMLSchema-instance",
}
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml"
    r"|xl/(?:workbook|styles|sharedStrings|theme/theme1)\.xml|xl/(?:worksheets/)?_rels/[\w.]+\.rels|xl/worksheets/sheet\d+\.xml"
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Return the rule tables of the package."""
    return load_rules()


@pytest.fixture(scope="module")
def whole(rules: Rules) -> bytes:
    """A list with every sheet there is."""
    item = MeasuredInterpretation("I1", ("video",), ("wechat",), confirmed=True)
    row = MeasuredDocument(
        id="D1", title="=1+1", number=None, genre=None, unit="甲局", date=None, attribute=DisclosureAttribute.PROACTIVE,
        reason=None, state=State.SIGNED, needs_interpretation=True, published_on=None, interpretations=(item,),
    )  # fmt: skip
    receipts = Receipts(
        measures([row], year=None, unit=None, rules=rules), (row,), {"I1": "@甲"}, (("unit", "单位", "甲局"),)
    )
    listed = [a_row(unit="甲局", document_url="http://192.168.1.5/a.html", number=None)]
    return year_list_workbook(listed, unit=None, year=2023, rules=rules, receipts=receipts, all_units=True)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://www.example.gov.cn/a.html", None),
        ("http://12306.cn/a", None),
        ("http://218.26.1.1/a", None),
        ("http://10.1.2.3/a", "内部网络"),
        ("http://192.168.1.5:8080/a", "内部网络"),
        ("http://172.16.0.1/", "内部网络"),
        ("http://127.0.0.1/", "内部网络"),
        ("http://10.1/", "内部网络"),
        ("http://[fe80::1]/", "内部网络"),
        ("http://oaserver/a", "内部网络"),
        ("http://oa.county.local/a", "内部网络"),
        ("http://localhost./a", "内部网络"),
        ("www.example.gov.cn", "不是网址"),
        ("见政府网站", "不是网址"),
    ],
)
def test_addresses_that_nobody_outside_can_open(address: str, fault: str | None) -> None:
    """Private numbers, names without a dot and inner endings are told, and what is no address at all."""
    found = fault_of(address)
    assert found is None if fault is None else found is not None and found.startswith(fault)


def test_closed_addresses_are_listed_once_each(rules: Rules) -> None:
    """That of a document stands once however many interpretations it has; each interpretation's own stands too."""
    inner = ListedInterpretation(None, "http://10.0.0.8/jd.html", ("text",))
    row = a_row(document_url="http://oa/a", interpretations=(inner, ListedInterpretation(None, None, ("text",))))
    found = checked([row], rules=rules)
    assert [(gap.column, gap.address) for gap in found.closed] == [
        (Column.DOCUMENT_URL, "http://oa/a"),
        (Column.INTERPRETATION_URL, "http://10.0.0.8/jd.html"),
    ]
    assert [gap.column for gap in found.missing] == [Column.INTERPRETATION_URL]
    sheet = load_workbook(io.BytesIO(year_list_workbook([row], unit=None, year=2023, rules=rules)))["链接核对"]
    assert "没有检查" in str(sheet["A1"].value)
    assert [line[5] for line in sheet.iter_rows(min_row=3, values_only=True)] == [
        "http://oa/a",
        "http://10.0.0.8/jd.html",
    ]


def test_units_that_have_handed_in_nothing_are_named(rules: Rules) -> None:
    """All units of the table stand there, known by any of their names; others that have documents follow."""
    known, alias = rules.units[0], rules.units[1].aliases[0]
    rows = [a_row(unit=known.code, number=None), a_row(id="D2", unit=alias), a_row(id="D3", unit="外来单位")]
    units = checked(rows, rules=rules, all_units=True).units
    assert units is not None
    assert len(units) == len(rules.units) + 1
    assert (units[0].unit, units[0].documents, units[0].missing) == (known.name, 1, ((Column.NUMBER, 1),))
    assert (units[1].unit, units[1].is_zero) == (rules.units[1].name, False)
    assert (units[-1].unit, units[-1].category) == ("外来单位", None)
    assert sum(unit.is_zero for unit in units) == len(rules.units) - 2
    book = load_workbook(io.BytesIO(year_list_workbook(rows, unit=None, year=2023, rules=rules, all_units=True)))
    lines = list(book["报送情况"].iter_rows(min_row=3, values_only=True))
    assert [line[7] for line in lines].count("未报资料记0分") == len(rules.units) - 2


def test_no_sheet_but_the_list_is_taken_for_a_ledger(whole: bytes, rules: Rules) -> None:
    """An import of the whole workbook brings the list, and says of every other sheet that it is none."""
    for table in read_table(whole, "清单.xlsx"):
        if table.sheet == "公文清单":
            assert recognise(table, rules).entries
        else:
            with pytest.raises(BadRowError):
                recognise(table, rules)


def test_no_cell_of_any_sheet_is_a_formula(whole: bytes) -> None:
    """What looks like a formula is a text on the receipts too."""
    cells = [cell for sheet in load_workbook(io.BytesIO(whole)) for line in sheet.iter_rows() for cell in line]
    assert {"=1+1", "@甲"} <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)


def test_only_what_the_format_of_2007_knows(whole: bytes) -> None:
    """Parts, namespaces and elements are those of the first edition, which WPS and every LibreOffice read; no macro, no script."""
    with zipfile.ZipFile(io.BytesIO(whole)) as book:
        for name in book.namelist():
            assert _PARTS.fullmatch(name), name
            data = book.read(name).decode()
            assert set(re.findall(r'xmlns(?::\w+)?="([^"]+)"', data)) <= _2007, name
            assert not re.search(r"<(?:extLst|mc:|f[ >]|oleObject|drawing|legacyDrawing)", data), name
        links = book.read("xl/worksheets/sheet1.xml").count(b"<hyperlink ")
    assert links == 2


def test_the_rows_of_the_receipts_split_beyond_a_sheet(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is dropped where there are more than a sheet holds."""
    monkeypatch.setattr("attrtrack.reporting.receipts.MAX_ROWS", 4)
    rows = tuple(
        MeasuredDocument(
            id=f"D{n}", title="甲", number=None, genre=None, unit=None, date=None, attribute=None, reason=None,
            state=State.SIGNED, needs_interpretation=None, published_on=None,
        )
        for n in range(5)
    )  # fmt: skip
    receipts = Receipts((), rows, {}, ())
    book = load_workbook(io.BytesIO(year_list_workbook([], unit=None, year=2023, rules=rules, receipts=receipts)))
    sheets = [name for name in book.sheetnames if name.startswith("核对·公文")]
    assert sheets == ["核对·公文", "核对·公文（2）", "核对·公文（3）"]
    keys = [line[0] for name in sheets for line in book[name].iter_rows(min_row=3, values_only=True)]
    assert keys == ["D0", "D1", "D2", "D3", "D4"]
