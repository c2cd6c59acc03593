"""What the pages of interpretations are made of."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TabView, TroubleView
from api.pages.quoting import MarkedText
from attrtrack.domain.compared_titles import TitlePiece
from attrtrack.domain.interpretations import Interpretation
from attrtrack.workflow.queueing import MissingRow


@dataclass(frozen=True, slots=True)
class ScopeView:
    """The year and unit that a list is narrowed to, what else there is to choose, and both as the query of an address."""

    year: str
    unit: str
    years: tuple[str, ...]
    units: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class PairView:
    """A document of an interpretation in a list: its title, its address, and how the pair stands."""

    title: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """An interpretation in a list; `facts` are the day and the publisher, `more` counts the documents that are not shown."""

    id: str
    href: str
    title: str
    facts: str
    forms: str
    channels: str
    pairs: tuple[PairView, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class InterpretationsPage(Page):
    """The interpretations of one tab; `begin` leads back to the first part, `after` to the next."""

    template: ClassVar[str] = "interpretations.html"
    tabs: tuple[TabView, ...]
    tab: str
    explanation: str
    empty: str
    scope: ScopeView
    rows: tuple[ReadingView, ...]
    begin: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class MissingView:
    """A document without interpretation; `left` says the days that are left in words, `late` that they are over."""

    row: MissingRow
    left: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class MissingPage(Page):
    """The documents that need an interpretation and have none, nearest day first."""

    template: ClassVar[str] = "interpretations-missing.html"
    tabs: tuple[TabView, ...]
    scope: ScopeView
    rows: tuple[MissingView, ...]
    begin: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class SignView:
    """A form or channel: its name, and from where it was read."""

    name: str
    read: str


@dataclass(frozen=True, slots=True)
class SettingView:
    """The form that sets forms and channels: all there are, those chosen, and whether it stands `open`."""

    forms: tuple[Option, ...]
    channels: tuple[Option, ...]
    chosen: frozenset[str]
    through: frozenset[str]
    open: bool = False


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A document that may be explained: its title in pieces, what tells for and against it in words, how the pair stands.

    `standing` is the code of the judgement, empty where nobody has proposed the pair; `beside` leads to it laid beside.
    """

    id: str
    title: str
    pieces: tuple[TitlePiece, ...]
    here: tuple[TitlePiece, ...]
    number: str
    facts: str
    standing: str
    words: str
    sure: str | None
    agrees: str
    differs: str
    one_sided: str
    evidence: tuple[str, ...]
    doubts: tuple[str, ...]
    beside: str


@dataclass(frozen=True, slots=True)
class CopiedView:
    """How much was copied, in words; the elements that are there and those that are missing; what the office asks about."""

    share: str
    there: str
    missing: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActView:
    """One act on an interpretation: when, who, what, and whether the next undo takes it back."""

    at: str
    by: str
    words: str
    last: bool


@dataclass(frozen=True, kw_only=True)
class InterpretationPage(Page):
    """One interpretation to judge: beside the likeliest document, with the other candidates, what was done, and the texts."""

    template: ClassVar[str] = "interpretation.html"
    id: str
    item: Interpretation
    unit: str
    standing: str
    waiting: int
    following: str | None
    version: int
    scope: ScopeView
    beside: CandidateView | None
    others: tuple[CandidateView, ...]
    is_confirmed: bool
    found: tuple[CandidateView, ...] | None
    sought: str
    refused: tuple[PairView, ...]
    forms: tuple[SignView, ...]
    channels: tuple[SignView, ...]
    setting: SettingView
    copied: CopiedView | None
    text: MarkedText | None
    there: MarkedText | None
    acts: tuple[ActView, ...]
    trouble: TroubleView | None = None


@dataclass(frozen=True, kw_only=True)
class InterpretationNewPage(Page):
    """The forms that register an interpretation: a saved page, or its facts."""

    template: ClassVar[str] = "interpretation-new.html"
    typed: dict[str, str]
    trouble: TroubleView | None = None


@dataclass(frozen=True, slots=True)
class NeedView:
    """A document of which it is doubtful whether it needs an interpretation, with what each voice says."""

    id: str
    title: str
    number: str
    unit: str
    in_force: str
    said: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NeedsPage(Page):
    """The documents whose need is doubtful."""

    template: ClassVar[str] = "needs.html"
    tabs: tuple[TabView, ...]
    scope: ScopeView
    rows: tuple[NeedView, ...]
    begin: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class NeedPage(Page):
    """One document: whether it needs an interpretation, who says so, and the form that decides."""

    template: ClassVar[str] = "needs-one.html"
    need: NeedView
    version: int
    reason: str
    quote: str | None
    decided: str | None
    because: str
    answer: str
    answers: tuple[Option, ...]
    used: str
    trouble: TroubleView | None = None
