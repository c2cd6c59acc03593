"""What the pages of scores are made of: the table of units, and the sheet of one unit with the rows behind each loss."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TabView, TroubleView


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A document or interpretation behind a loss."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the sheet in four columns; behind it `rows`, the address of all of them, and the evidence that was entered."""

    indicator: str
    weight: str
    lost: str
    reason: str
    rectified: str
    rows: tuple[LinkedRow, ...]
    count: int
    more: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GainView:
    """What was added, and why; `cut` says what a cap took away of it."""

    points: str
    reason: str
    cut: str | None


@dataclass(frozen=True, slots=True)
class DecidedGrade:
    """The grade that a person decided, and when; `outdated`: the score has changed since."""

    grade: str
    on: str
    outdated: bool


@dataclass(frozen=True, slots=True)
class SheetOfUnit:
    """The score of one unit; `rank` None while rules are open, then `total` is a span; `grade` is proposed, `decided` in force.

    `href` is where its sheet is: `below` on the same page; None: only in the workbook.
    """

    key: str
    unit: str
    class_name: str
    rank: str | None
    total: str
    full: str
    grade: str | None
    decided: DecidedGrade | None
    lost: str
    gained: str
    lines: tuple[LineView, ...]
    gains: tuple[GainView, ...]
    open: tuple[str, ...]
    tasks: tuple[tuple[str, str], ...]
    below: bool
    href: str | None


@dataclass(frozen=True, slots=True)
class ClassOfUnits:
    """The units of one class, best first."""

    name: str
    units: tuple[SheetOfUnit, ...]


@dataclass(frozen=True, slots=True)
class ScoredView:
    """The scores of a year: what they were computed by, the classes, who was left out and why; `entered` names the table used.

    `sheets_more`: how many units that the table names have no sheet on the page. `seen`: how many units are seen, where that
    is not all: ranks are among these; `download` None where it needs the file again.
    """

    scheme: str
    sample: bool
    method: str
    weights: str
    year: int
    classes: tuple[ClassOfUnits, ...]
    left_out: tuple[tuple[str, str], ...]
    entered: str | None
    sheets_more: int
    seen: int | None
    download: str | None
    rules: str


@dataclass(frozen=True, slots=True)
class TypedScore:
    """What was chosen in the form."""

    scheme: str
    year: str
    visit: str
    mend_by: str


@dataclass(frozen=True, slots=True)
class EnteredRule:
    """A rule that only a person can apply: its code, its words, and what one case takes or gives."""

    code: str
    words: str
    points: str


@dataclass(frozen=True, kw_only=True)
class ScoresPage(Page):
    """The form of a scoring, and what came of it."""

    template: ClassVar[str] = "scores.html"
    tools: tuple[TabView, ...]
    schemes: tuple[Option, ...]
    years: tuple[int, ...]
    typed: TypedScore
    rules: tuple[EnteredRule, ...]
    largest: int
    scored: ScoredView | None = None
    trouble: TroubleView | None = None


@dataclass(frozen=True, kw_only=True)
class ScoreSheetPage(Page):
    """The sheet of one unit."""

    template: ClassVar[str] = "score-sheet.html"
    scheme: str
    sample: bool
    year: int
    sheet: SheetOfUnit
    as_of: str
