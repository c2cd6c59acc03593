"""Reports as values: paragraphs, tables and bars, each number with the measure it comes from (自查报告, 通报, 整改清单).

Decision: what is printed is text, a number, or the name of a document, and only numbers may come from counting. So a test
can ask which numbers a change of the register must change, and find that exactly those did.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.measures import Reading


class ReportKind(StrEnum):
    """What paper is made."""

    SELF_CHECK = "self-check"
    NOTICE = "notice"
    RECTIFICATION = "rectification"

    @property
    def chinese(self) -> str:
        """What officials call it."""
        return {"self-check": "自查报告", "notice": "通报", "rectification": "整改清单"}[self.value]


class Part(StrEnum):
    """Which number of a measure is printed."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    EXCLUDED = "excluded"
    SHORT = "short"
    LOWEST = "lowest"
    HIGHEST = "highest"
    RANK = "rank"
    UNITS = "units"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a number comes from: a measure in one reading, one of its parts, the unit and year that it speaks of.

    `measure` may also be `score`: a total or rank of the assessment, which has its own receipts.
    """

    measure: str
    reading: Reading | None
    part: Part
    unit: str | None
    year: int

    @property
    def opens(self) -> str:
        """The name of the row of the table of receipts that the number opens to."""
        return f"{self.measure}-{self.reading.value}" if self.reading else self.measure


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed, with its receipt."""

    words: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Named:
    """A document or interpretation named in a report, with its id."""

    words: str
    id: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A bar in a cell, from 0 to 1 of its width, beside the number that it shows; `reached` whether that reaches its target."""

    share: float
    reached: bool


Piece = str | Number | Named | Strip
NEW_LINE = "\n"
"""A piece that begins a new line, where a title is broken by its sense."""
Cell = tuple[Piece, ...]


class Level(StrEnum):
    """How a paragraph is set by GB/T 9704—2012, 7.3: title, whom it is sent to, headings of two levels, body, foot."""

    TITLE = "title"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    NOTE = "note"
    ATTACHMENT = "attachment"
    SIGNATURE = "signature"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a level."""

    level: Level
    pieces: Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width, and whether its cells stand in the middle."""

    name: str
    width: int
    centred: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `anchor` is the name by which numbers open to it."""

    cells: tuple[Cell, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its heading is repeated on every page."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ReportBar:
    """A bar: a name, its number, its length from 0 to 1 (None: there is no value), and the target it is held against."""

    name: str
    number: Number
    share: float | None
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of bars."""

    title: str
    bars: tuple[ReportBar, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Paragraph | Grid | Bars | PageBreak


@dataclass(frozen=True, slots=True)
class Report:
    """A report: what it is, its blocks in order, the day it is made; `landscape` turns the sheet."""

    kind: ReportKind
    title: str
    made: dt.date
    blocks: tuple[Block, ...]
    landscape: bool = False

    def pieces(self) -> Iterator[Piece]:
        """Yield everything that is printed, in order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from block.pieces
            elif isinstance(block, Grid):
                yield from (piece for row in block.rows for cell in row.cells for piece in cell)
            elif isinstance(block, Bars):
                yield from (bar.number for bar in block.bars)

    def numbers(self) -> Iterator[Number]:
        """Yield every number that comes from counting."""
        yield from (piece for piece in self.pieces() if isinstance(piece, Number))
