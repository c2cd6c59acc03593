"""The year's list of non-classified documents (2020 plan of Shanxi, attachment 4 item 5) as a workbook."""

import datetime as dt
import io
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import BinaryIO, Self

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.register import YearListRow
from attrtrack.reporting.cells import Formats, height_of, put
from attrtrack.reporting.check_sheets import (
    HandedIn,
    handed_in,
    set_up_page,
    write_closed,
    write_gaps,
    write_handed_in,
)
from attrtrack.reporting.lines import COLUMNS, LINKED, Column, Gap, Heading, Line, closed_addresses, gaps, lines
from attrtrack.reporting.receipts import Receipts, write_receipts
from attrtrack.rules import Rules

MAX_LINKS = 65_000
"""Links a sheet may hold: Excel drops those beyond 65,530."""
MAX_ROWS = 1_000_000

_WIDTHS = {
    Column.SERIAL: 6,
    Column.TITLE: 42,
    Column.NUMBER: 20,
    Column.ATTRIBUTE: 11,
    Column.DEPARTMENT: 16,
    Column.DOCUMENT_URL: 34,
    Column.INTERPRETATION_URL: 34,
    Column.NON_TEXT: 13,
}
_HEADER_ROW = 2
_BESIDE = {"单位": 22, "登记编号": 9}
"""Columns behind those of attachment 4, by which a list that comes back is known again: the unit where there are several."""


@dataclass(frozen=True, slots=True)
class _Titles:
    """What stands above the table, and what cannot be seen from a sheet alone; `units` are told beside each row if several."""

    title: str
    summary: str
    units: bool

    @property
    def beside(self) -> dict[str, int]:
        """The columns behind those of attachment 4, with their widths."""
        return {name: width for name, width in _BESIDE.items() if self.units or name != "单位"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a year's list: missing cells, addresses that cannot be opened, and the units where all are listed."""

    missing: tuple[Gap, ...]
    closed: tuple[Gap, ...]
    units: tuple[HandedIn, ...] | None = None


def checked(rows: Sequence[YearListRow], *, rules: Rules, all_units: bool = False) -> Checked:
    """Look through a year's list before it is handed out; with `all_units` also for who has handed in nothing."""
    missing, closed = list[Gap](), list[Gap]()
    for item in lines(rows, rules):
        missing += gaps([item])
        closed += closed_addresses([item])
    units = tuple(handed_in(rows, missing, rules)) if all_units else None
    return Checked(tuple(missing), tuple(closed), units)


class YearListBook:
    """A year's list being written into a file: sheets 公文清单 (as many as the links need), what is wrong with it, the receipts.

    Rows are written one after the other, so that the memory it takes does not grow with what is written, and each method
    yields as often as it has written a document, so that a long list can tell how far it is. Left before its end, it
    leaves nothing in the folder for temporary files.
    """

    def __init__(self, file: BinaryIO, *, unit: str | None, year: int, rules: Rules) -> None:
        self._rules, self._year = rules, year
        self._name = next((row.name for row in rules.units if unit in {row.code, row.name}), unit) or "全部单位"
        self._title = f"{self._name}{year}年度制发非涉密公文详情列表"
        self._folder = TemporaryDirectory()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(file, {**options, "tmpdir": self._folder.name})
        # no room reads the clock: the same register gives the same bytes, and the list belongs to its year
        self._book.set_properties({"title": self._title, "created": dt.datetime(year, 12, 31, tzinfo=dt.UTC)})
        self._formats = Formats.of(self._book)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._folder:
            if kind is None:
                self._book.close()
                return
            for sheet in self._book.worksheets():
                sheet.row_data_fh.close()

    def write_list(self, rows: Sequence[YearListRow], *, all_units: bool = False) -> Iterator[None]:
        """Write the list and what is wrong with it; with `all_units` also who has handed in."""
        book, formats, title = self._book, self._formats, self._title
        found = checked(rows, rules=self._rules, all_units=all_units)
        summary = _summary(rows, name=self._name, year=self._year, found=found)
        titles = _Titles(title, summary, units=len({row.unit for row in rows}) > 1)
        yield from _write_lists(book, formats, titles, listed=lines(rows, self._rules))
        write_gaps(book, formats, title, missing=found.missing)
        write_closed(book, formats, title, closed=found.closed)
        if found.units is not None:
            write_handed_in(book, formats, title, units=found.units)

    def write_receipts(self, receipts: Receipts) -> Iterator[None]:
        """Write what the figures rest on."""
        return write_receipts(self._book, self._formats, receipts, rules=self._rules)


def year_list_workbook(
    rows: Sequence[YearListRow],
    *,
    unit: str | None,
    year: int,
    rules: Rules,
    receipts: Receipts | None = None,
    all_units: bool = False,
) -> bytes:
    """Return the list as xlsx, with its receipts where they are given."""
    file = io.BytesIO()
    with YearListBook(file, unit=unit, year=year, rules=rules) as book:
        steps = book.write_list(rows, all_units=all_units)
        deque(chain(steps, () if receipts is None else book.write_receipts(receipts)), maxlen=0)
    return file.getvalue()


def _summary(rows: Sequence[YearListRow], *, name: str, year: int, found: Checked) -> str:
    counts = Counter(row.attribute for row in rows)
    parts = [f"{attribute.chinese} {counts[attribute]} 份" for attribute in DisclosureAttribute]
    if counts[None]:
        parts.append(f"未标明 {counts[None]} 份")
    told = f"缺项 {len(found.missing)} 处，见“缺项”表（底色单元格）" if found.missing else "没有缺项"
    if found.closed:
        told += f"；打不开的地址 {len(found.closed)} 处，见“链接核对”表"
    return f"单位：{name}　年度：{year}年　公文 {len(rows)} 份：{'、'.join(parts)}。{told}。"


def _write_lists(
    book: Workbook, formats: Formats, titles: _Titles, *, listed: Iterable[Heading | Line]
) -> Iterator[None]:
    """Write one line after the other, and yield at every document."""
    sheet, number = _new_list(book, formats, titles, number=1), 1
    row, links = _HEADER_ROW + 1, 0
    open_headings: dict[int, Heading] = {}
    last = len(COLUMNS) + len(titles.beside) - 1
    for item in listed:
        if links > MAX_LINKS - len(LINKED) or row >= MAX_ROWS:
            number += 1
            sheet, row, links = _new_list(book, formats, titles, number=number), _HEADER_ROW + 1, 0
            for heading in open_headings.values() if isinstance(item, Line) else ():
                row = _write_heading(
                    sheet, formats, row, heading=Heading(heading.level, f"{heading.text}（续）"), last=last
                )
        if isinstance(item, Heading):
            open_headings = {level: held for level, held in open_headings.items() if level < item.level}
            open_headings[item.level] = item
            row = _write_heading(sheet, formats, row, heading=item, last=last)
        else:
            links += _write_line(sheet, formats, row, line=item, units=titles.units)
            row += 1
            if not item.repeated:
                yield


def _new_list(book: Workbook, formats: Formats, titles: _Titles, *, number: int) -> Worksheet:
    sheet = book.add_worksheet("公文清单" if number == 1 else f"公文清单（{number}）")
    columns = {**{column.value: _WIDTHS[column] for column in COLUMNS}, **titles.beside}
    last = len(columns) - 1
    for row, points in ((0, 32), (1, 20), (_HEADER_ROW, 34)):
        sheet.set_row(row, points)
    sheet.merge_range(0, 0, 0, last, "", formats.title)
    sheet.write_string(0, 0, titles.title, formats.title)
    sheet.merge_range(1, 0, 1, last, "", formats.summary)
    sheet.write_string(1, 0, titles.summary, formats.summary)
    for index, (column, width) in enumerate(columns.items()):
        sheet.set_column(index, index, width)
        sheet.write_string(_HEADER_ROW, index, column, formats.header)
    set_up_page(sheet, header_row=_HEADER_ROW)
    return sheet


def _write_heading(sheet: Worksheet, formats: Formats, row: int, *, heading: Heading, last: int) -> int:
    style = formats.genre if heading.level == 1 else formats.series
    sheet.set_row(row, 26 if heading.level == 1 else 22)
    sheet.write_string(row, 0, heading.text, style)
    for index in range(1, last + 1):
        sheet.write_blank(row, index, None, style)
    return row + 1


def _write_line(sheet: Worksheet, formats: Formats, row: int, *, line: Line, units: bool) -> int:
    links = 0
    beside = [line.row.unit or "", line.row.id] if units else [line.row.id]
    widths = [*_WIDTHS.values(), *list(_BESIDE.values())[-len(beside) :]]
    sheet.set_row(row, height_of(zip((*line.cells, *beside), widths, strict=True)))
    for index, (column, text) in enumerate(zip(COLUMNS, line.cells, strict=True)):
        if column in line.missing:
            sheet.write_blank(row, index, None, formats.missing)
        elif column is Column.SERIAL:
            sheet.write_number(row, index, int(text or 0), formats.repeated_serial if line.repeated else formats.serial)
        elif text is not None:
            of_document = column not in {Column.INTERPRETATION_URL, Column.NON_TEXT}
            style = formats.repeated if line.repeated and of_document else formats.text
            marked = column is Column.NON_TEXT and text.startswith("是")
            links += put(
                sheet, (row, index), text, style=formats.marked if marked else style, link=formats.link_for(column)
            )
        else:
            sheet.write_blank(row, index, None, formats.text)
    for index, text in enumerate(beside, start=len(COLUMNS)):
        put(sheet, (row, index), text, style=formats.repeated if line.repeated else formats.text, link=None)
    return links
