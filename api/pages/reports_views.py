"""What the page of reports is made of: the form, and a report as it will be printed, each number leading to its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import ClassVar

from api.pages.contexts import Option, Page, TabView, TroubleView
from api.pages.reports_tables import Opened, Shown, shown
from api.pages.wording import COUNTED, link, percent
from attrtrack.domain.reports import (
    NEW_LINE,
    Bars,
    Cell,
    Grid,
    Named,
    Number,
    PageBreak,
    Paragraph,
    Part,
    Piece,
    Report,
    ReportBar,
    Strip,
)
from attrtrack.workflow.overview import Scope
from attrtrack.workflow.reports import UnitToMend

_PARTS = {
    Part.NUMERATOR: "numerator",
    Part.DENOMINATOR: "denominator",
    Part.SHORT: "short",
    Part.EXCLUDED: "excluded",
}


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece of a line: its words, where it leads (None: nowhere), a bar from 0 to 100, whether a line ends here."""

    words: str = ""
    href: str | None = None
    share: float | None = None
    reached: bool = True
    ends_line: bool = False


_Line = tuple[PieceView, ...]


@dataclass(frozen=True, slots=True)
class BarView:
    """A bar of a picture: name, number, length and target from 0 to 100 (None: there is none)."""

    name: str
    number: PieceView
    share: float | None
    target: float | None
    reached: bool


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column: its heading, its share of the width in percent, and whether its cells stand in the middle."""

    name: str
    width: int
    centred: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block: a paragraph of a `level`, else `table`, `bars` or `break`.

    `rows` are cells with the name they are opened by, and how many rows are left out before them; `shown` says where those are.
    """

    level: str
    pieces: _Line = ()
    caption: str = ""
    columns: tuple[ColumnView, ...] = ()
    rows: tuple[tuple[int, str | None, tuple[_Line, ...]], ...] = ()
    number: int = 0
    shown: Shown | None = None
    bars: tuple[BarView, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperView:
    """A report to be looked at, how many of its numbers open, and the addresses of the files."""

    title: str
    landscape: bool
    numbers: int
    blocks: tuple[BlockView, ...]
    docx: str
    html: str


@dataclass(frozen=True, slots=True)
class MendingUnit:
    """A unit that has to mend: its measures below their targets in words, and the address of its own list."""

    name: str
    href: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MendingView:
    """The units of a list too long for a page, those with most to mend first: a part of them; the files hold the whole list."""

    count: int
    units: tuple[MendingUnit, ...]
    before: str | None
    after: str | None
    docx: str
    html: str


@dataclass(frozen=True, slots=True)
class TypedReport:
    """What was chosen in the form."""

    kind: str
    year: str
    unit: str
    deadline: str
    addressee: str
    category: str
    scheme: str
    all_units: bool

    @property
    def more(self) -> bool:
        """Whether anything is chosen that may be left out."""
        return bool(self.deadline or self.addressee or self.category or self.scheme or self.all_units)


@dataclass(frozen=True, kw_only=True)
class ReportsPage(Page):
    """The form of a report, and the report as it will be printed."""

    template: ClassVar[str] = "reports.html"
    tools: tuple[TabView, ...]
    kinds: tuple[Option, ...]
    years: tuple[int, ...]
    units: tuple[str, ...]
    schemes: tuple[Option, ...]
    typed: TypedReport
    paper: PaperView | None = None
    mending: MendingView | None = None
    trouble: TroubleView | None = None


def block_views(made: Report, opened: Opened) -> tuple[BlockView, ...]:
    """Return the blocks of a report as they are drawn."""
    tables = count(1)
    return tuple(
        _table(block, next(tables), opened) if isinstance(block, Grid) else _block(block) for block in made.blocks
    )


def mending_unit(found: UnitToMend, href: str) -> MendingUnit:
    """Word what a unit has to mend."""
    measures = (
        f"{one.name}{percent(one.value)}，差{len(one.denominator) - len(one.numerator)}{COUNTED[one.reading]}"
        for one in found.measures
    )
    return MendingUnit(found.unit, href, tuple(measures))


def _table(grid: Grid, number: int, opened: Opened) -> BlockView:
    whole, found = sum(column.width for column in grid.columns), shown(grid, number, opened)
    columns = (ColumnView(one.name, round(100 * one.width / whole), one.centred) for one in grid.columns)
    rows = ((left_out, row.anchor, tuple(map(_line, row.cells))) for left_out, row in found.rows)
    return BlockView(
        "table", caption=grid.caption, columns=tuple(columns), rows=tuple(rows), number=number, shown=found
    )


def _block(block: Paragraph | Bars | PageBreak) -> BlockView:
    if isinstance(block, Paragraph):
        return BlockView(block.level.value, _line(block.pieces))
    if isinstance(block, Bars):
        return BlockView("bars", caption=block.title, bars=tuple(map(_bar, block.bars)))
    return BlockView("break")


def _bar(bar: ReportBar) -> BarView:
    reached = bar.target is None or bar.share is None or bar.share >= bar.target
    return BarView(bar.name, _piece(bar.number), _percent(bar.share), _percent(bar.target), reached)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * min(max(share, 0), 1), 1)


def _line(pieces: Cell) -> _Line:
    return tuple(_pieces(pieces))


def _pieces(pieces: Cell) -> Iterator[PieceView]:
    yield from map(_piece, pieces)


def _piece(piece: Piece) -> PieceView:
    if isinstance(piece, Strip):
        return PieceView(share=_percent(piece.share), reached=piece.reached)
    if isinstance(piece, Number):
        return PieceView(piece.words, _opened(piece))
    if isinstance(piece, Named):
        place = "documents" if piece.id.startswith("D") else "interpretations"
        return PieceView(piece.words, f"/{place}/{piece.id}")
    return PieceView(ends_line=True) if piece == NEW_LINE else PieceView(piece)


def _opened(number: Number) -> str:
    """Return where a number opens: to the rows behind its measure, else to its row of the table of receipts."""
    receipt = number.receipt
    if receipt.reading is None:
        return f"#{receipt.opens}"
    path = f"/figures/{receipt.measure}/{receipt.reading.value}"
    return link(path, Scope(receipt.year, receipt.unit), part=_PARTS.get(receipt.part, "denominator"))
