"""What the pages are made of that check what somebody else has published: a report, a table of scores."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Page, TabView, TroubleView
from api.pages.quoting import MarkedText


@dataclass(frozen=True, slots=True)
class PlaceQuoted:
    """A place of a finding: its sentence before, at and after it, and where it stands in the text below (None: not shown there)."""

    before: str
    quote: str
    after: str
    anchor: int | None


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """A contradiction: how sure it is in words, the reason, and its places, the first of which is where to look."""

    sure: bool
    certainty: str
    message: str
    places: tuple[PlaceQuoted, ...]


@dataclass(frozen=True, slots=True)
class ExaminedView:
    """What came of a check: the name, what was found, else where to look first, what was not checked, the text with its places."""

    name: str
    title: str | None
    found: tuple[ContradictionView, ...]
    first_look: ContradictionView | None
    unchecked: tuple[str, ...]
    text: MarkedText | None


@dataclass(frozen=True, kw_only=True)
class CheckReportPage(Page):
    """The form that takes a report, and what came of it; `largest` is what a file may have."""

    template: ClassVar[str] = "check-report.html"
    tools: tuple[TabView, ...]
    largest: int
    typed: str = ""
    examined: ExaminedView | None = None
    trouble: TroubleView | None = None


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that does not fit: its number, whose it is, what is wrong in words, and the figures told and right."""

    row: int
    unit: str
    message: str
    published: str
    expected: str


@dataclass(frozen=True, slots=True)
class RankFaultView:
    """Ranks that do not fit, and the units whose rank would be another once they are mended: unit, rank told, rank right."""

    message: str
    follows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A checked table: of each kind of check one line in words, the rows at fault, the ranks at fault, what was not checked."""

    name: str
    units: int
    sums: str
    caps: str
    ranks: str
    faults: tuple[RowFault, ...]
    rank_faults: tuple[RankFaultView, ...]
    unchecked: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CheckScoresPage(Page):
    """The form that takes a table of scores, and what came of it: `count` rows or ranks do not fit."""

    template: ClassVar[str] = "check-scores.html"
    tools: tuple[TabView, ...]
    largest: int
    name: str = ""
    tables: tuple[CheckedTable, ...] = ()
    count: int = 0
    trouble: TroubleView | None = None
