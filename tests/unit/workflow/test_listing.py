"""The year's list goes out with its receipts, comes back edited, and says what would change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from register_places import register_at

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.access import Access
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.ledgers import CellChange
from attrtrack.errors import EmptyListError, UsageError
from attrtrack.reading.isolation import IsolatedReader
from attrtrack.verify.figures import recomputed
from attrtrack.workflow.app import App
from attrtrack.workflow.cataloguing import export_catalogue
from attrtrack.workflow.importing import ImportedRow, ImportScope, import_ledger
from attrtrack.workflow.listing import check_year_list, export_year_list

UNIT = "云栖市住建局"
HEADER = "公文全称,文号,成文日期,文种,公开属性,不公开理由,牵头起草部门,发文机关,是否需要解读,主动公开公文链接,解读文件链接,是否为非纯文字解读"
ROWS = (
    "关于甲事的通知,云建发〔2024〕1号,2024-01-02,通知,主动公开,,房管科,云栖市住建局,是,https://www.yunqi.example/1.html,https://www.yunqi.example/jd/1.html,是",
    "关于乙事的函,云建函〔2024〕2号,2024-02-02,函,不予公开,R16-2c,办公室,云栖市住建局,否,,,",
    "关于丙事的通知,云建发〔2024〕3号,2024-03-02,通知,主动公开,,,云栖市住建局,是,http://10.1.1.1/3.html,,",
)


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    """One process that reads the ledgers of all tests here."""
    with IsolatedReader() as one:
        yield one


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, reader: IsolatedReader) -> App:
    """The program with three documents of a ledger in its register; the tests try, they change nothing."""
    folder = tmp_path_factory.mktemp("office")
    app = assemble(Settings(), database_url=register_at(folder / "register.db"), actor="李拟稿", unit=UNIT)
    file = folder / "台账.csv"
    file.write_text("\n".join((HEADER, *ROWS)), encoding="utf-8")
    assert [row.outcome for row in taken(app, file, reader, dry_run=False)] == ["imported"] * 3
    return app


@pytest.fixture(scope="module")
def out(office: App, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year's list of the office."""
    path = tmp_path_factory.mktemp("list") / "清单.xlsx"
    assert export_year_list(office, 2024, path, unit=UNIT) == 3
    return path


def taken(app: App, file: Path, reader: IsolatedReader, *, dry_run: bool) -> list[ImportedRow]:
    """Import a ledger and return its rows."""
    found = import_ledger(app, str(file), ImportScope(UNIT, None, dry_run), reader=reader)
    return [row for row in found if isinstance(row, ImportedRow)]


def edited(path: Path, title: str, column: int, value: str | None) -> Path:
    """Write a value into a column of the line of a document, as somebody with a spreadsheet program would."""
    book = load_workbook(path)
    sheet = book["公文清单"]
    place = next(cells[1].row for cells in sheet.iter_rows(min_row=4) if cells[1].value == title)
    sheet.cell(place, column).value = value
    out = path.with_name("改过.xlsx")
    book.save(out)
    return out


def test_the_list_carries_what_its_figures_rest_on(office: App, out: Path) -> None:
    """The figures are found again from the file alone; the checkpoint is the journal's own and tells no counts."""
    assert [one["differences"] for one in recomputed(out) if one["differences"]] == []
    lines = {row[0]: row[2] for row in load_workbook(out)["核对·版本"].iter_rows(min_row=3, values_only=True)}
    assert lines["rules_version"] == office.rules.version
    with office.reading() as work:
        end = work.journal.checkpoint()
    assert end is not None
    assert end.hash in str(lines["checkpoint"])
    assert '"counts": {}' in str(lines["checkpoint"])


@pytest.mark.parametrize(
    ("units", "whose"), [(None, "全部单位"), ({UNIT}, UNIT), ({UNIT, "别的局"}, "能查看的 2 个单位")]
)
def test_the_list_says_whose_documents_it_holds(
    office: App, tmp_path: Path, units: set[str] | None, whose: str
) -> None:
    """Who sees some units only gets no list that claims to be of all."""
    seen = None if units is None else frozenset(units)
    export_year_list(office.acting_as("考核员", Access(units=seen), origin="web"), 2024, tmp_path / "清单.xlsx")
    book = load_workbook(tmp_path / "清单.xlsx")
    assert str(book["公文清单"]["A1"].value).startswith(f"{whose}2024年度")
    stated = {row[0]: row[2] for row in book["核对·版本"].iter_rows(min_row=3, values_only=True)}
    assert stated["unit"] == whose


def test_the_list_is_checked_before_it_goes_out(office: App) -> None:
    """Which cell of which document is missing, which address nobody can open, and who has handed in nothing."""
    found, count = check_year_list(office, 2024, all_units=True)
    assert count == 3
    assert [(gap.row.id, gap.column.value) for gap in found.missing] == [("D3", "牵头起草部门"), ("D3", "解读文件链接")]
    assert [(gap.row.id, gap.address) for gap in found.closed] == [("D3", "http://10.1.1.1/3.html")]
    assert found.units is not None
    assert [(unit.unit, unit.documents) for unit in found.units if not unit.is_zero] == [(UNIT, 3)]
    with pytest.raises(EmptyListError):
        check_year_list(office, 2020)


def test_the_unchanged_list_changes_nothing(office: App, out: Path, reader: IsolatedReader) -> None:
    """The list has fewer columns than the register: what it does not ask, it does not erase."""
    assert [(row.outcome, row.changes) for row in taken(office, out, reader, dry_run=False)] == [("unchanged", ())] * 3
    with office.reading() as work:
        document = work.documents.get("D2").document
    assert document.date is not None
    assert (document.date.isoformat(), document.declared_reason, document.issuers) == ("2024-02-02", "R16-2c", (UNIT,))
    assert document.needs_interpretation is False


@pytest.mark.parametrize(
    ("title", "column", "value", "change"),
    [
        ("关于丙事的通知", 5, "物业科", CellChange("drafting_department", None, "物业科")),
        ("关于甲事的通知", 5, None, CellChange("drafting_department", "房管科", None)),
        ("关于乙事的函", 4, "依申请公开", CellChange("attribute", "不予公开", "依申请公开")),
        ("关于丙事的通知", 6, "https://www.yunqi.example/3.html", CellChange("document_url", "http://10.1.1.1/3.html", "https://www.yunqi.example/3.html")),
        ("关于丙事的通知", 7, "https://www.yunqi.example/jd/3.html", CellChange("interpretation_url", None, "https://www.yunqi.example/jd/3.html")),
    ],
)  # fmt: skip
def test_an_edited_list_says_what_would_change(
    office: App, out: Path, reader: IsolatedReader, *, title: str, column: int, value: str | None, change: CellChange
) -> None:
    """A trial names the document, the cell, what it holds and what it would hold; the register stays as it was."""
    rows = taken(office, edited(out, title, column, value), reader, dry_run=True)
    (row,) = [row for row in rows if row.changes]
    assert (row.outcome, row.changes) == ("updated", (change,))
    with office.reading() as work:
        assert work.documents.get(row.known or "").document.title == title


def test_a_title_corrected_corrects_the_document_that_bears_id_and_number(
    office: App, out: Path, reader: IsolatedReader
) -> None:
    """A row of a list that came back is known by its id beside the number: its title is corrected, and the trial says so."""
    corrected = edited(out, "关于甲事的通知", 2, "关于甲事的紧急通知")
    (row,) = [row for row in taken(office, corrected, reader, dry_run=True) if row.changes]
    assert (row.outcome, row.known) == ("updated", "D1")
    assert row.changes == (CellChange("title", "关于甲事的通知", "关于甲事的紧急通知"),)


def test_catalogues_are_written_by_the_ending_of_their_name(office: App, tmp_path: Path) -> None:
    """One file an attribute, over the rows of the list; an unknown ending and an empty catalogue are told."""
    page, book = tmp_path / "目录.html", tmp_path / "目录.xlsx"
    assert export_catalogue(office, DisclosureAttribute.PROACTIVE, 2024, out=page, unit=UNIT) == 2
    assert export_catalogue(office, DisclosureAttribute.WITHHELD, 2024, out=book) == 1
    assert "关于甲事的通知" in page.read_text(encoding="utf-8")
    assert load_workbook(book)["目录"]["B4"].value == "关于乙事的函"
    with pytest.raises(UsageError):
        export_catalogue(office, DisclosureAttribute.PROACTIVE, 2024, out=tmp_path / "目录.pdf")
    with pytest.raises(EmptyListError):
        export_catalogue(office, DisclosureAttribute.ON_REQUEST, 2024, out=page)
