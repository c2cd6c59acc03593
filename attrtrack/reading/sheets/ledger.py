"""Ledgers: sheets of spreadsheets and csv files as rows of text cells, hyperlinks kept beside the words they carry."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import python_calamine
from python_calamine import SheetVisibleEnum

from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.errors import BrokenSourceError, EmptySourceError
from attrtrack.reading.limits import MAX_ROWS, too_large
from attrtrack.reading.plain.decoding import decode
from attrtrack.reading.sheets.extent import check_extent
from attrtrack.reading.sheets.hyperlinks import hyperlinks
from attrtrack.reading.sheets.separated import rows_of

_MAX_COLUMNS = 200
_HIDDEN = "隐藏的工作表，未读取（需要导入时请先取消隐藏）"

_Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A visible sheet as the library gives it; `merged` are ranges of (row, column) from 0, both ends within."""

    name: str
    rows: Sequence[Sequence[object]]
    merged: Sequence[_Range]


def read_workbook(data: bytes, name: str, kind: str) -> tuple[Table, ...]:
    """Read the visible sheets of a spreadsheet (`xlsx`, `ods`, `ole`); a hidden one is a table of one row that says so.

    A cell with a hyperlink is its words, a line break, and the address. What a merged range says holds for each of its
    rows that says anything else; an empty cell outside a merged range stays empty.
    """
    check_extent(data, kind)
    links = hyperlinks(data)
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        hidden = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible]
        sheets = [_sheet(workbook, sheet) for sheet in workbook.sheet_names if sheet not in hidden]
    except BaseException as error:  # the reader is compiled; a fault inside it surfaces as a BaseException
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise BrokenSourceError("表格文件已损坏或设有密码，无法打开：请用办公软件打开后另存为 xlsx 或 csv。") from error
    if sum(len(sheet.rows) for sheet in sheets) > MAX_ROWS:
        raise too_large()
    tables = tuple(_table(name, sheet, links.get(sheet.name, {})) for sheet in sheets)
    return (*_not_empty(tables), *(Table(name, sheet, (TableRow(1, (_HIDDEN,)),)) for sheet in hidden))


def _sheet(workbook: python_calamine.CalamineWorkbook, name: str) -> _Sheet:
    sheet = workbook.get_sheet_by_name(name)
    return _Sheet(name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ())


def read_csv(data: bytes, name: str) -> tuple[Table, ...]:
    """Read one csv or tab-separated file in UTF-8, UTF-16 or GBK; ragged rows stay as they are."""
    read = rows_of(decode(data).replace("\x00", ""))
    filled = (_narrow(row) for row in read if any(row.cells))
    rows = list(islice(filled, MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise too_large()
    return _not_empty((Table(name=name, sheet="", rows=tuple(rows)),))


def _narrow(row: TableRow) -> TableRow:
    return row if len(row.cells) <= _MAX_COLUMNS else TableRow(row.number, row.cells[:_MAX_COLUMNS])


def _table(name: str, sheet: _Sheet, links: dict[tuple[int, int], str]) -> Table:
    rows = [
        [cell.strip() if type(cell) is str else _plain(cell) for cell in cells[:_MAX_COLUMNS]] for cells in sheet.rows
    ]
    for (row, column), link in links.items():
        if 0 < row <= len(rows) and column <= len(rows[row - 1]) and link not in rows[row - 1][column - 1]:
            rows[row - 1][column - 1] = f"{rows[row - 1][column - 1]}\n{link}".strip()
    filled = [any(row) for row in rows]
    for row, column, above in _carried(sheet.merged, len(rows)):
        if filled[row] and column < min(len(rows[row]), len(rows[above])) and not rows[row][column]:
            rows[row][column] = rows[above][column]
    kept = (TableRow(number, tuple(row)) for number, row in enumerate(rows, start=1) if filled[number - 1])
    return Table(name=name, sheet=sheet.name, rows=tuple(kept))


def _carried(merged: Sequence[_Range], height: int) -> Iterator[tuple[int, int, int]]:
    """Yield (row, column, row of the value) for the rows below the first of each merged range, within the sheet."""
    cells = (
        (row, left, top)
        for (top, left), (bottom, _) in merged
        if top < height
        for row in range(top + 1, min(bottom + 1, height))
    )
    return islice(cells, height * _MAX_COLUMNS)


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "是" if value is True else "否" if value is False else str(value).strip()


def _not_empty(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    filled = tuple(table for table in tables if table.rows)
    if not filled:
        raise EmptySourceError("表格里没有内容：请核对后另传一份。")
    return filled
