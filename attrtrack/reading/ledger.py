"""Ledgers: sheets of spreadsheets and csv files as rows of text cells, hyperlinks kept beside the words they carry."""

import csv
import datetime as dt
import io
from collections.abc import Sequence

import python_calamine

from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.errors import BrokenSourceError, EmptySourceError
from attrtrack.reading.decoding import decode
from attrtrack.reading.hyperlinks import hyperlinks
from attrtrack.reading.limits import MAX_ROWS, too_large

_DELIMITERS = ",\t;|"
_MAX_COLUMNS = 200


def read_workbook(data: bytes, name: str) -> tuple[Table, ...]:
    """Read every sheet of a spreadsheet; a cell with a hyperlink is its words, a line break, and the address."""
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [
            (sheet, workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
            for sheet in workbook.sheet_names
        ]
    except BaseException as error:  # the reader is compiled; a fault inside it surfaces as a BaseException
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise BrokenSourceError("表格文件已损坏或设有密码，无法打开：请用办公软件打开后另存为 xlsx 或 csv。") from error
    if sum(len(rows) for _, rows in sheets) > MAX_ROWS:
        raise too_large()
    links = hyperlinks(data)
    tables = tuple(_table(name, sheet, rows=rows, links=links.get(sheet, {})) for sheet, rows in sheets)
    return _not_empty(tables)


def read_csv(data: bytes, name: str) -> tuple[Table, ...]:
    """Read one csv or tab-separated file in UTF-8, UTF-16 or GBK; ragged rows stay as they are."""
    text = decode(data).replace("\x00", "")
    delimiter = _delimiter(text)
    try:
        rows = list(_csv_rows(text, delimiter))
    except csv.Error:
        rows = [
            TableRow(number, tuple(line.split(delimiter))) for number, line in enumerate(text.splitlines(), start=1)
        ]
    if len(rows) > MAX_ROWS:
        raise too_large()
    return _not_empty((Table(name=name, sheet="", rows=tuple(row for row in rows if any(row.cells))),))


def _csv_rows(text: str, delimiter: str) -> list[TableRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[TableRow] = []
    before = 0
    for cells in reader:
        rows.append(TableRow(before + 1, tuple(cell.strip() for cell in cells)))
        before = reader.line_num
    return rows


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines()[:50] if line.strip() and not line.startswith("#")]
    return max(_DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), mark == ","))


def _table(name: str, sheet: str, *, rows: Sequence[Sequence[object]], links: dict[tuple[int, int], str]) -> Table:
    table_rows: list[TableRow] = []
    for number, cells in enumerate(rows, start=1):
        texts = tuple(
            _cell(cell, links.get((number, column))) for column, cell in enumerate(cells[:_MAX_COLUMNS], start=1)
        )
        if any(texts):
            table_rows.append(TableRow(number, texts))
    return Table(name=name, sheet=sheet, rows=tuple(table_rows))


def _cell(value: object, link: str | None) -> str:
    text = _plain(value)
    return text if link is None or link in text else f"{text}\n{link}".strip()


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
