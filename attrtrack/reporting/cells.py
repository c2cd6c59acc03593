"""Cells: how they look, and how text from anywhere is written so that no program runs it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from attrtrack.reporting.addresses import is_address
from attrtrack.reporting.lines import LINKED, Column

MAX_TEXT = 32_000
"""Characters a cell may hold are 32,767."""
_NARROW = re.compile("[\0-\u1fff]+")
_LINE_POINTS, _PADDING_POINTS, _MAX_POINTS = 15, 5, 400
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)))
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CUT = "……（过长，未全部列出）"


@dataclass(frozen=True, slots=True)
class Formats:
    """The looks of the list; 宋体 for what is ours, 仿宋 for what the register says."""

    title: Format
    summary: Format
    header: Format
    genre: Format
    series: Format
    text: Format
    serial: Format
    repeated: Format
    repeated_serial: Format
    marked: Format
    missing: Format
    link: Format
    plain: Format
    note: Format
    share: Format

    @classmethod
    def of(cls, book: Workbook) -> "Formats":
        """Register the looks in a workbook."""
        song = {"font_name": "宋体", "valign": "vcenter"}
        cell = {
            "font_name": "仿宋",
            "font_size": 11,
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
            "border_color": "#9AA0A6",
        }
        centred, grey = {"align": "center"}, {"font_color": "#80868B"}
        heading = {"bold": True, "border": 0, "bottom": 1, "bottom_color": "#9AA0A6"}
        return cls(
            title=book.add_format({**song, "font_size": 18, "bold": True, **centred}),
            summary=book.add_format({**song, "font_size": 11}),
            header=book.add_format(
                {
                    **song,
                    "font_size": 11,
                    "bold": True,
                    **centred,
                    "text_wrap": True,
                    "border": 1,
                    "bg_color": "#E8EAED",
                }
            ),
            genre=book.add_format({**song, **heading, "font_size": 13, "bg_color": "#F1F3F4"}),
            series=book.add_format({**song, **heading, "font_size": 11, "indent": 1}),
            text=book.add_format(cell),
            serial=book.add_format({**cell, **centred}),
            repeated=book.add_format({**cell, **grey}),
            repeated_serial=book.add_format({**cell, **centred, **grey}),
            marked=book.add_format({**cell, **centred, "bold": True, "bg_color": "#E6F0E6"}),
            missing=book.add_format({**cell, "bg_color": "#FFF3CD"}),
            link=book.add_format({**cell, "font_size": 9, "font_color": "#1A4F8B", "underline": 1}),
            plain=book.add_format({"font_name": "仿宋", "font_size": 10}),
            share=book.add_format({"font_name": "仿宋", "font_size": 10, "num_format": "0.0%"}),
            note=book.add_format({**song, "font_size": 12, "bold": True, "text_wrap": True}),
        )

    def link_for(self, column: Column) -> Format | None:
        """Return the look of an address for the two columns that hold addresses."""
        return self.link if column in LINKED else None


def height_of(texts: Iterable[tuple[str | None, int]]) -> int:
    """Return the points a row of wrapped texts needs, each given with its column's width.

    Stated because some programs do not fit rows themselves; a Chinese character is as wide as two Latin ones.
    """
    lines = 1
    for text, width in texts:
        if text:
            lines = max(lines, -(-_width_of(text) // (width - 1)))
    return min(lines * _LINE_POINTS + _PADDING_POINTS, _MAX_POINTS)


def _width_of(text: str) -> int:
    if text.isascii():
        return len(text)
    shown = text[:MAX_TEXT]
    return 2 * len(shown) - sum(map(len, _NARROW.findall(shown)))


def put(sheet: Worksheet, place: tuple[int, int], text: str, *, style: Format, link: Format | None) -> bool:
    """Write text as text, an address as a hyperlink if `link` is given; return whether it became one.

    A text that starts with = + - @ stays a text: no cell is ever written as a formula.
    """
    row, column = place
    shown = text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + _CUT
    if link is not None and is_address(text):
        sheet.write_url(row, column, text, link, string=shown)
        return True
    sheet.write_string(row, column, shown, style)
    return False


def harmless(text: str) -> str:
    """Return a text for csv without control characters, led by an apostrophe where a spreadsheet would run it."""
    text = text.translate(_CONTROLS)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
