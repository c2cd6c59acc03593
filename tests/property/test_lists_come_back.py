"""A year's list that comes back: unedited it changes nothing, edited exactly what was edited, on both databases."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from office_years import fill
from openpyxl import load_workbook

from attrtrack.bootstrap import build_app
from attrtrack.domain.interpretations import Judgement
from attrtrack.errors import EmptyListError
from attrtrack.storage.tables import documents, interpretations, journal, links, publications
from attrtrack.workflow import sample
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportedRow, ImportScope, import_ledger
from attrtrack.workflow.listing import export_year_list

OFFICES = {"sqlite": range(200, 212), "postgresql": range(212, 224)}
TITLE = "国家税务总局关于代扣代缴增值税有关申报事项的公告"
ALONE = 2
"""Units whose own lists are looked at, beside the list over all."""
TABLES = (documents, interpretations, links, publications, journal)
Rows = dict[str, list[tuple[Any, ...]]]


def kept(app: App) -> Rows:
    """Return every row of the tables that an import writes, and of the journal."""
    with app.store.reading() as work:
        transaction = work.documents._transaction
        return {
            table.name: [tuple(row) for row in transaction.rows(sa.select(table).order_by(*table.primary_key))]
            for table in TABLES
        }


def changed(before: Rows, after: Rows) -> Counter[str]:
    """Count the rows that are new or otherwise, by table."""
    news = {name: [row for row in after[name] if row not in before[name]] for name in after}
    return Counter({name: len(rows) for name, rows in news.items() if rows})


def come_back(app: App, file: Path, *, unit: str | None = None, dry_run: bool = False) -> list[ImportedRow]:
    """Import a list and return what became of its rows."""
    found = import_ledger(app, str(file), ImportScope(unit, None, dry_run))
    return [item for item in found if isinstance(item, ImportedRow)]


def edit(file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Open the list as a person does; `change` is called with the cells of every row of a document, by heading."""
    book = load_workbook(file)
    sheet = book["公文清单"]
    names = [cell.value for cell in sheet[3]]
    for cells in sheet.iter_rows(min_row=4):
        row = dict(zip(names, cells, strict=True))
        if row["登记编号"].value:
            change(row)
    book.save(file)


@pytest.fixture
def offices(database_url: str) -> App:
    """A register of generated office-years."""
    app = build_app(database_url, "王导入")
    fill(app.store, app.rules, OFFICES[database_url.partition(":")[0].partition("+")[0]])
    return app


@pytest.fixture
def demo(database_url: str) -> App:
    """The sample register."""
    app = build_app(database_url, "演示")
    list(sample.load(app))
    return app


def test_an_unedited_list_of_office_years_changes_nothing(offices: App, tmp_path: Path) -> None:
    """Over all units and over one, handed in for the unit or not: nothing new, nothing changed, nothing journalled."""
    before, listed = kept(offices), 0
    units = {row[documents.c.keys().index("unit")] for row in before["documents"]}
    for year in (2015, 2023, 2024):
        for unit in (None, *sorted(units)[:ALONE]):
            try:
                export_year_list(offices, year, tmp_path / "清单.xlsx", unit=unit)
            except EmptyListError:
                continue
            for asked in {None, unit}:
                rows = come_back(offices, tmp_path / "清单.xlsx", unit=asked)
                assert {row.outcome for row in rows} == {"unchanged"}, [
                    row for row in rows if row.outcome != "unchanged"
                ]
                assert not any(row.changes for row in rows)
                listed += len(rows)
    after = kept(offices)
    offices.store.close()
    assert after == before
    assert listed > 50


def test_an_unedited_list_of_the_sample_changes_nothing(demo: App, tmp_path: Path) -> None:
    """Documents without number or unit, interpretations of other units, links that the matcher made."""
    before = kept(demo)
    for unit in (None, "国务院", "云栖市人民政府（虚构示例单位）"):
        export_year_list(demo, 2026, tmp_path / "清单.xlsx", unit=unit)
        rows = come_back(demo, tmp_path / "清单.xlsx")
        assert {row.outcome for row in rows} == {"unchanged"}
    after = kept(demo)
    demo.store.close()
    assert after == before
    assert Judgement.AUTO in {row[links.c.keys().index("judgement")] for row in after["links"]}


def test_edited_cells_change_exactly_their_rows(demo: App, tmp_path: Path) -> None:
    """Title, department, forms and address of four documents; the other rows of the same document say what was before."""
    file = tmp_path / "清单.xlsx"
    export_year_list(demo, 2026, file)

    def change(row: dict[str, Any]) -> None:
        title = row["公文全称"].value
        if row["文号"].value == "国家税务总局公告2026年第19号":
            row["公文全称"].value = TITLE
            row["是否为非纯文字解读"].value = "是（图解）"
        elif title.startswith("国务院关于印发《国民健康") and not edited_once:
            row["牵头起草部门"].value = "规划司"
            edited_once.append(title)
        elif title.startswith("体育总局关于印发"):
            row["主动公开公文链接"].value = "https://www.sport.example/1.html"
        elif title.startswith("云栖市人民政府关于北湖片区"):
            row["牵头起草部门"].value = "规划科"

    edited_once: list[str] = []
    edit(file, change)
    before = kept(demo)
    trial = come_back(demo, file, dry_run=True)
    assert kept(demo) == before
    rows = come_back(demo, file)
    after = kept(demo)
    told = {
        row.known: (row.outcome, [(one.field, one.after, one.taken) for one in row.changes])
        for row in rows
        if row.changes
    }
    assert told == {
        "D41": ("updated", [("title", TITLE, True), ("non_text", "是（图解）", True)]),
        "D33": ("updated", [("drafting_department", "规划司", True)]),
        "D34": ("updated", [("document_url", "https://www.sport.example/1.html", True)]),
        "D1": ("unchanged", [("drafting_department", "规划科", False)]),
    }
    assert [(row.row, row.outcome, row.changes) for row in trial] == [
        (row.row, row.outcome, row.changes) for row in rows
    ]
    news = changed(before, after)
    assert [news[table.name] for table in TABLES[:4]] == [2, 1, 0, 1]
    assert [len(after[table.name]) - len(before[table.name]) for table in TABLES[:4]] == [0, 0, 0, 1]
    with demo.reading() as work:
        document = work.documents.get("D41").document
        assert (document.title, document.text) == (TITLE,) * 2
        assert work.journal.verify() is None
    export_year_list(demo, 2026, file)
    assert {row.outcome for row in come_back(demo, file)} == {"unchanged"}
    demo.store.close()


def test_an_id_is_believed_only_with_the_documents_own_words(demo: App, tmp_path: Path) -> None:
    """A row with another's id, or none, is that of any ledger, known by unit and title; none is given to another unit."""
    file = tmp_path / "清单.xlsx"
    hostile = {"D40": "D41", "D38": "D99999999999999999999", "D37": "D1' OR 1=1", "D36": "I1"}
    export_year_list(demo, 2026, file)

    def change(row: dict[str, Any]) -> None:
        if row["登记编号"].value in hostile:
            strange.append(row["登记编号"].row)
            row["登记编号"].value = hostile[row["登记编号"].value]
        if row["登记编号"].value == "D33":
            row["单位"].value = "云栖市水务局"

    strange: list[int] = []
    edit(file, change)
    before = kept(demo)
    rows = come_back(demo, file)
    told = Counter(row.outcome for row in rows if row.row not in strange)
    assert told == {"unchanged": len(rows) - len(strange) - 2, "refused": 2}
    refused = [row.error.message for row in rows if row.error is not None]
    assert all("国务院" in words and "云栖市水务局" in words for words in refused)
    after = kept(demo)
    demo.store.close()
    titles = [(row[0], row[documents.c.keys().index("title")]) for row in before["documents"]]
    assert [(row[0], row[documents.c.keys().index("title")]) for row in after["documents"]] == titles
    assert [after[name] for name in ("interpretations", "links", "publications")] == [
        before[name] for name in ("interpretations", "links", "publications")
    ]
