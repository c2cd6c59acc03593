"""The year's list of non-classified documents (2020 plan of Shanxi, attachment 4 item 5) as a workbook."""

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.register import YearListRow
from attrtrack.reporting.cells import Formats, height_of, put
from attrtrack.reporting.lines import COLUMNS, LINKED, Column, Gap, Heading, Line, gaps, lines
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
_GAP_COLUMNS = (("序号", 6), ("哪份公文", 60), ("它的文号", 22), ("缺少的栏目", 20), ("怎么办", 60))
"""No header here is one that a ledger knows, so that importing the workbook does not take the gaps for documents."""
_GAP_WIDTHS = tuple(width for _, width in _GAP_COLUMNS[1:])
_HEADER_ROW = 2


@dataclass(frozen=True, slots=True)
class _Titles:
    """What stands above the table, and what cannot be seen from a sheet alone."""

    title: str
    summary: str


def year_list_workbook(rows: Sequence[YearListRow], *, unit: str | None, year: int, rules: Rules) -> bytes:
    """Return the list as xlsx: sheets 公文清单 (as many as the links need) and 缺项 (each missing cell)."""
    listed = list(lines(rows, rules))
    missing = list(gaps(listed))
    name = next((row.name for row in rules.units if unit in {row.code, row.name}), unit) or "全部单位"
    titles = _Titles(
        f"{name}{year}年度制发非涉密公文详情列表", _summary(rows, name=name, year=year, missing=len(missing))
    )
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # no room reads the clock: the same register gives the same bytes, and the list belongs to its year
    book.set_properties({"title": titles.title, "created": dt.datetime(year, 12, 31, tzinfo=dt.UTC)})
    formats = Formats.of(book)
    _write_lists(book, formats, titles, listed=listed)
    _write_gaps(book, formats, titles.title, missing=missing)
    book.close()
    return file.getvalue()


def _summary(rows: Sequence[YearListRow], *, name: str, year: int, missing: int) -> str:
    counts = Counter(row.attribute for row in rows)
    parts = [f"{attribute.chinese} {counts[attribute]} 份" for attribute in DisclosureAttribute]
    if counts[None]:
        parts.append(f"未标明 {counts[None]} 份")
    told = f"缺项 {missing} 处，见“缺项”表（底色单元格）" if missing else "没有缺项"
    return f"单位：{name}　年度：{year}年　公文 {len(rows)} 份：{'、'.join(parts)}。{told}。"


def _write_lists(book: Workbook, formats: Formats, titles: _Titles, *, listed: Iterable[Heading | Line]) -> None:
    sheet, number = _new_list(book, formats, titles, number=1), 1
    row, links = _HEADER_ROW + 1, 0
    open_headings: dict[int, Heading] = {}
    for item in listed:
        if links > MAX_LINKS - len(LINKED) or row >= MAX_ROWS:
            number += 1
            sheet, row, links = _new_list(book, formats, titles, number=number), _HEADER_ROW + 1, 0
            for heading in open_headings.values() if isinstance(item, Line) else ():
                row = _write_heading(sheet, formats, row, heading=Heading(heading.level, f"{heading.text}（续）"))
        if isinstance(item, Heading):
            open_headings = {level: held for level, held in open_headings.items() if level < item.level}
            open_headings[item.level] = item
            row = _write_heading(sheet, formats, row, heading=item)
        else:
            links += _write_line(sheet, formats, row, line=item)
            row += 1


def _new_list(book: Workbook, formats: Formats, titles: _Titles, *, number: int) -> Worksheet:
    sheet = book.add_worksheet("公文清单" if number == 1 else f"公文清单（{number}）")
    last = len(COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, "", formats.title)
    sheet.write_string(0, 0, titles.title, formats.title)
    sheet.merge_range(1, 0, 1, last, "", formats.summary)
    sheet.write_string(1, 0, titles.summary, formats.summary)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, _WIDTHS[column])
        sheet.write_string(_HEADER_ROW, index, column.value, formats.header)
    sheet.set_row(0, 32)
    sheet.set_row(1, 20)
    sheet.set_row(_HEADER_ROW, 34)
    _set_up_page(sheet, header_row=_HEADER_ROW)
    return sheet


def _set_up_page(sheet: Worksheet, *, header_row: int) -> None:
    sheet.freeze_panes(header_row + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header_row)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _write_heading(sheet: Worksheet, formats: Formats, row: int, *, heading: Heading) -> int:
    style = formats.genre if heading.level == 1 else formats.series
    sheet.set_row(row, 26 if heading.level == 1 else 22)
    sheet.write_string(row, 0, heading.text, style)
    for index in range(1, len(COLUMNS)):
        sheet.write_blank(row, index, None, style)
    return row + 1


def _write_line(sheet: Worksheet, formats: Formats, row: int, *, line: Line) -> int:
    links = 0
    sheet.set_row(row, height_of(zip(line.cells, _WIDTHS.values(), strict=True)))
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
    return links


def _write_gaps(book: Workbook, formats: Formats, title: str, *, missing: Sequence[Gap]) -> None:
    sheet = book.add_worksheet("缺项")
    sheet.merge_range(0, 0, 0, len(_GAP_COLUMNS) - 1, "", formats.title)
    sheet.write_string(0, 0, f"{title}：缺项 {len(missing)} 处", formats.title)
    sheet.set_row(0, 32)
    for index, (name, width) in enumerate(_GAP_COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write_string(1, index, name, formats.header)
    for row, gap in enumerate(missing[:MAX_ROWS], start=2):
        sheet.write_number(row, 0, gap.serial, formats.serial)
        texts = (gap.title, gap.number, gap.column.value, gap.advice)
        sheet.set_row(row, height_of(zip(texts, _GAP_WIDTHS, strict=True)))
        for index, text in enumerate(texts, start=1):
            if text:
                put(sheet, (row, index), text, style=formats.text, link=None)
            else:
                sheet.write_blank(row, index, None, formats.missing)
    _set_up_page(sheet, header_row=1)
