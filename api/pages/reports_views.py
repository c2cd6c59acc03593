"""What the page of reports is made of: the form, and a report as it will be printed, each number leading to its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TabView, TroubleView
from api.pages.wording import link
from attrtrack.domain.reports import (
    NEW_LINE,
    Bars,
    Block,
    Cell,
    Grid,
    Named,
    Number,
    Paragraph,
    Part,
    Piece,
    Report,
    ReportBar,
    Strip,
)
from attrtrack.workflow.overview import Scope

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
    """A block: a paragraph of a `level`, else `table`, `bars` or `break`; `rows` are cells with the name they are opened by."""

    level: str
    pieces: _Line = ()
    caption: str = ""
    columns: tuple[ColumnView, ...] = ()
    rows: tuple[tuple[str | None, tuple[_Line, ...]], ...] = ()
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
    trouble: TroubleView | None = None


def block_views(made: Report) -> tuple[BlockView, ...]:
    """Return the blocks of a report as they are drawn."""
    return tuple(map(_block, made.blocks))


def _block(block: Block) -> BlockView:
    if isinstance(block, Paragraph):
        return BlockView(block.level.value, _line(block.pieces))
    if isinstance(block, Grid):
        whole = sum(column.width for column in block.columns)
        columns = (ColumnView(one.name, round(100 * one.width / whole), one.centred) for one in block.columns)
        rows = ((row.anchor, tuple(map(_line, row.cells))) for row in block.rows)
        return BlockView("table", caption=block.caption, columns=tuple(columns), rows=tuple(rows))
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
