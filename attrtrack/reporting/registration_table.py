"""《公开发布归类登记表》 as a workbook, written row by row so that a hundred thousand documents cost no more memory than ten.

A cell is always text: what begins with = + - @ is no formula (see `cells`). Addresses are text as well, since a sheet may
hold no more than 65,530 links.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from attrtrack.domain.registration import RegistrationRow
from attrtrack.reporting.cells import Formats, height_of, put

_COLUMNS = (
    ("序号", 6), ("登记编号", 9), ("发文字号", 18), ("文件标题", 34), ("文种", 7), ("成文日期", 12), ("单位", 16), ("起草部门", 12),
    ("办理状态", 10), ("公开属性", 11), ("理由和依据", 30), ("认定人", 10), ("签发人", 10), ("保密审查", 13), ("审查人", 10),
    ("审查日期", 12), ("公开渠道", 12), ("公开日期", 12), ("公开地址", 26),
)  # fmt: skip
_WIDTHS = tuple(width for _, width in _COLUMNS)
_HEADER_ROW = 2
_MAX_ROWS = 1_000_000
_SHEET = "登记表"


@dataclass(frozen=True, slots=True)
class TableWords:
    """How the caller puts into words what rows hold as codes: reasons, channels, the logins of people."""

    reason: Callable[[str | None], str | None]
    channel: Callable[[str | None], str | None]
    person: Callable[[str | None], str | None]


def write_registration_table(
    path: Path,
    rows: Iterable[RegistrationRow],
    *,
    title: str,
    count: int,
    day: dt.date,
    words: TableWords,
) -> None:
    """Write the table to `path`; `count` stands above it."""
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)})
    formats = Formats.of(book)
    sheet = book.add_worksheet(_SHEET)
    _head(
        sheet,
        formats,
        title=title,
        summary=f"共 {count} 份。{day.year}年{day.month}月{day.day}日按登记生成。",
        count=count,
    )
    for number, row in enumerate(rows, start=1):
        place = _HEADER_ROW + number
        if place >= _MAX_ROWS:
            break
        _line(sheet, formats, place, number, _cells(row, words))
    book.close()


def _head(sheet: Worksheet, formats: Formats, *, title: str, summary: str, count: int) -> None:
    """Set up page and columns, and write the three rows above the table; in this order, since rows are written for good."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.freeze_panes(_HEADER_ROW + 1, 4)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, len(_COLUMNS) - 1, title, formats.title)
    sheet.set_row(1, 20)
    sheet.write_string(1, 0, summary, formats.summary)
    sheet.set_row(_HEADER_ROW, 34)
    for index, (name, _) in enumerate(_COLUMNS):
        sheet.write_string(_HEADER_ROW, index, name, formats.header)
    sheet.autofilter(_HEADER_ROW, 0, min(_HEADER_ROW + max(count, 1), _MAX_ROWS - 1), len(_COLUMNS) - 1)


def _line(sheet: Worksheet, formats: Formats, place: int, number: int, cells: tuple[str | None, ...]) -> None:
    sheet.set_row(place, height_of(zip(cells, _WIDTHS[1:], strict=True)))
    sheet.write_number(place, 0, number, formats.serial)
    for index, text in enumerate(cells, start=1):
        if text:
            put(sheet, (place, index), text, style=formats.text, link=None)
        else:
            sheet.write_blank(place, index, None, formats.text)


def _cells(row: RegistrationRow, words: TableWords) -> tuple[str | None, ...]:
    return (
        row.id,
        row.number,
        row.title,
        row.genre,
        row.date,
        row.unit,
        row.department,
        row.state.chinese,
        row.attribute.chinese if row.attribute else "未认定",
        words.reason(row.reason),
        words.person(row.said_by),
        words.person(row.signed_by),
        row.secrecy.chinese if row.secrecy else None,
        words.person(row.secrecy_by),
        row.secrecy_at.date().isoformat() if row.secrecy_at else None,
        words.channel(row.channel),
        row.published.isoformat() if row.published else None,
        row.url,
    )
