"""What the assessor's pages are made of."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.bullets import Bullet
from api.pages.contexts import Option, Page, TabView, TroubleView
from api.pages.quoting import MarkedText
from attrtrack.domain.measures import AnyMeasure
from attrtrack.workflow.assessing_views import DoubtedRow, MeasuredRow
from attrtrack.workflow.overview import Choices, Scope
from attrtrack.workflow.sheets import DocumentSheet


@dataclass(frozen=True, slots=True)
class ChoosingView:
    """The form that narrows a page to a year, unit, quarter and genre; `kept` are the other choices of the page.

    `without` is the field that the page itself spreads out, and that the form therefore only keeps.
    """

    action: str
    scope: Scope
    choices: Choices
    genres: tuple[str, ...]
    kept: tuple[tuple[str, str], ...] = ()
    without: str | None = None


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure as printed: value, target and verdict in words, its chart, and the addresses of the rows behind each number.

    `lack` says what is missing to the target; `hrefs` leads to the rows by part; None where no address can name them.
    """

    measure: AnyMeasure
    key: str
    reading: str
    counted: str
    value: str
    target: str
    verdict: str
    below: bool
    span: str | None
    lack: str | None
    hrefs: dict[str, str] | None
    bullet: Bullet


@dataclass(frozen=True, slots=True)
class Card:
    """One of the three rates with its readings."""

    name: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class LeadView:
    """A number that leads on to a list."""

    words: str
    count: int
    href: str


@dataclass(frozen=True, kw_only=True)
class OverviewPage(Page):
    """The front page; `list_href` leads to the year's list where a year is chosen and has documents."""

    template: ClassVar[str] = "overview.html"
    choosing: ChoosingView
    subject: str
    as_of: str
    documents: int
    invented: int
    cards: tuple[Card, ...]
    others: tuple[FigureView, ...]
    leads: tuple[LeadView, ...]
    ways: tuple[TabView, ...]
    missing_href: str
    flags: LeadView
    list_href: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row behind a figure; `told` says whether it reached what is measured or why it does not count; `href` leads on."""

    row: MeasuredRow
    title: str
    told: str
    href: str | None


@dataclass(frozen=True, slots=True)
class DownloadView:
    """A file to keep: its kind and address."""

    words: str
    href: str


@dataclass(frozen=True, kw_only=True)
class FigurePage(Page):
    """The rows behind one figure, a part at a time; `rules` narrow the excluded ones to one rule."""

    template: ClassVar[str] = "figure.html"
    subject: str
    as_of: str
    view: FigureView
    definition: str
    source: str
    parts: tuple[TabView, ...]
    rules: tuple[TabView, ...]
    explanation: str
    rows: tuple[RowView, ...]
    count: int
    first: int
    before: str | None
    after: str | None
    downloads: tuple[DownloadView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A row of a table by unit, year, quarter or genre; `href` opens the overview of it, None for what has no name."""

    name: str
    documents: int
    href: str | None
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, kw_only=True)
class GroupedPage(Page):
    """The rates of every unit, year, quarter or genre: all at a glance, or one with its chart (`single`)."""

    template: ClassVar[str] = "figures-by.html"
    choosing: ChoosingView
    subject: str
    as_of: str
    named: str
    dimensions: tuple[TabView, ...]
    shown: tuple[TabView, ...]
    sorts: tuple[TabView, ...]
    heads: tuple[str, ...]
    single: bool
    rows: tuple[GroupView, ...]
    count: int
    before: str | None
    after: str | None
    downloads: tuple[DownloadView, ...]


@dataclass(frozen=True, slots=True)
class GoalView:
    """What one figure lacks to its target: the sentence, and the address of the documents that would do it."""

    view: FigureView
    name: str
    sentence: str
    href: str | None
    here: bool


@dataclass(frozen=True, slots=True)
class LackingUnit:
    """A unit that lacks some to a target."""

    name: str
    lack: int
    href: str


@dataclass(frozen=True, slots=True)
class LackingRow:
    """A document that would bring a figure nearer its target, and the day by which it is due in words."""

    id: str
    title: str
    number: str | None
    unit: str | None
    due: str | None
    late: bool
    pending: int


@dataclass(frozen=True, kw_only=True)
class MissingPage(Page):
    """What is missing to reach the targets, by name."""

    template: ClassVar[str] = "missing.html"
    choosing: ChoosingView
    subject: str
    as_of: str
    goals: tuple[GoalView, ...]
    heading: str
    explanation: str
    count: int
    dated: bool
    rows: tuple[LackingRow, ...]
    units: tuple[LackingUnit, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class FlagsPage(Page):
    """The documents whose attribute is doubtful."""

    template: ClassVar[str] = "flags.html"
    choosing: ChoosingView
    subject: str
    tabs: tuple[TabView, ...]
    rows: tuple[tuple[DoubtedRow, str], ...]
    first: int
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class FlagPage(Page):
    """One document of doubtful attribute, and the form in which an assessor says what it should have been."""

    template: ClassVar[str] = "flag.html"
    sheet: DocumentSheet
    attribute: str
    reason: str | None
    doubted: DoubtedRow | None
    text: MarkedText | None
    corrected: str | None
    suggested: str | None
    attributes: tuple[Option, ...]
    reasons: tuple[Option, ...]
    chosen_attribute: str
    chosen_reason: str
    note: str
    action: str
    undo: str
    version: str
    trouble: TroubleView | None
