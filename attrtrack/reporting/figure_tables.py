"""Tables to keep of what a page shows: xlsx with a line that says what it is, and csv; texts stay texts in both."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from attrtrack.reporting.cells import Formats, harmless, height_of, put


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole, 0 to 1: printed as a percentage, kept as it was counted."""

    value: float


_A4 = 9
_SHARE = {
    "font_name": "仿宋", "font_size": 11, "valign": "vcenter", "align": "center", "border": 1, "border_color": "#9AA0A6",
    "num_format": "0.0%",
}  # fmt: skip
Cell = str | int | Decimal | Share | None
"""A number is written as a number; None is an empty cell."""


@dataclass(frozen=True, slots=True)
class TableToKeep:
    """A table: what it is in one sentence, its columns with their widths, and its rows."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[Cell]]


def table_workbook(table: TableToKeep) -> bytes:
    """Return the table as xlsx, its rows written one after the other."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        formats, share = Formats.of(book), book.add_format(_SHARE)
        sheet = book.add_worksheet("数据")
        _head(sheet, table, formats)
        for number, cells in enumerate(table.rows, start=2):
            sheet.set_row(number, _height(table, cells))
            for column, cell in enumerate(cells):
                _write(sheet, (number, column), cell, formats=formats, share=share)
    return file.getvalue()


def _head(sheet: Worksheet, table: TableToKeep, formats: Formats) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    put(sheet, (0, 0), table.title, style=formats.summary, link=None)
    for column, (name, width) in enumerate(table.columns):
        sheet.set_column(column, column, width)
        put(sheet, (1, column), name, style=formats.header, link=None)


def _height(table: TableToKeep, cells: Sequence[Cell]) -> int:
    named = zip(cells, table.columns, strict=True)
    return height_of((cell, width) for cell, (_, width) in named if isinstance(cell, str))


def _write(sheet: Worksheet, place: tuple[int, int], cell: Cell, *, formats: Formats, share: Format) -> None:
    row, column = place
    if cell is None:
        sheet.write_blank(row, column, None, formats.text)
    elif isinstance(cell, str):
        put(sheet, place, cell, style=formats.text, link=None)
    elif isinstance(cell, Share):
        sheet.write_number(row, column, cell.value, share)
    else:
        sheet.write_number(row, column, cell if isinstance(cell, int) else float(cell), formats.serial)


def table_csv(table: TableToKeep) -> Iterator[str]:
    """Yield the lines of the csv, the heading first; a text that a spreadsheet would run is led by an apostrophe."""
    yield _line(name for name, _ in table.columns)
    for cells in table.rows:
        yield _line(map(_written, cells))


def _written(cell: Cell) -> str:
    if isinstance(cell, Share):
        return str(round(cell.value, 6))
    return harmless(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(list(cells))
    return line.getvalue()
