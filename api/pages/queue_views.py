"""What the pages of the queue are made of: the list, one document, and what came of acting on several."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TabView, TroubleView
from api.pages.sheets import SheetView
from attrtrack.domain.reexaminations import Reexamined
from attrtrack.domain.reviews import OpinionResult, SecrecyResult
from attrtrack.workflow.deciding import DecisionCourse
from attrtrack.workflow.queueing import QueueRow


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A row of the queue; `chosen` is what its check box sends (None: it must be opened), `left` says how long there is."""

    row: QueueRow
    href: str
    why: tuple[str, ...]
    left: str | None
    late: bool
    chosen: str | None


@dataclass(frozen=True, slots=True)
class FilterView:
    """A field that narrows the queue: its name, what stands before it, what it is set to, and what it may be set to."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class QueuePage(Page):
    """The queue; `duties` are the tabs that the person can work off, `accept` the address of the form (None: no right)."""

    template: ClassVar[str] = "queue.html"
    tabs: tuple[TabView, ...]
    duties: tuple[TabView, ...]
    waits: str
    heading: str
    explanation: str
    filters: tuple[FilterView, ...]
    cleared: str | None
    rows: tuple[WaitingView, ...]
    total: int
    accept: str | None
    before: str | None
    after: str | None
    registration: str | None
    trouble: TroubleView | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one document of several; `why` None: it was done. `version` is the one to take it back under."""

    id: str
    title: str
    href: str | None
    why: str | None
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomesPage(Page):
    """What came of acting on several documents at once; `undo` is the form's address that takes back what was done."""

    template: ClassVar[str] = "queue-outcomes.html"
    sentence: str
    done: tuple[Outcome, ...]
    refused: tuple[Outcome, ...]
    undo: str | None
    back: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where a document stands in the queue that one came from, and the documents beside it."""

    position: str | None
    before: str | None
    after: str | None
    back: str


@dataclass(frozen=True, slots=True)
class Results:
    """What may be chosen in the forms: of a secrecy review, a co-issuer, a re-examination, the need of an interpretation."""

    secrecy: tuple[Option, ...]
    opinion: tuple[Option, ...]
    reexamined: tuple[Option, ...]
    need: tuple[Option, ...]


RESULTS = Results(
    secrecy=tuple(Option(one.value, one.chinese) for one in SecrecyResult),
    opinion=tuple(Option(one.value, one.chinese) for one in OpinionResult),
    reexamined=(
        Option(Reexamined.KEEP.value, "维持", "到下一次复查日期再看"),
        Option(Reexamined.CHANGE.value, "应当改变", "请起草部门重新认定，再送签发"),
    ),
    need=(Option("yes", "需要解读"), Option("no", "不需要解读")),
)


@dataclass(frozen=True, slots=True)
class SignView:
    """What would stop a sign-off now, and what a reason given by the signatory would answer."""

    stopping: tuple[str, ...]
    answered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReexaminationView:
    """When a document that is kept back is to be looked at again, and why its reason may be gone."""

    due: str
    gone: str | None


@dataclass(frozen=True, kw_only=True)
class QueueDocumentPage(Page):
    """One document with all that is needed to decide; `first` and `more` are the acts that the person may do, by code.

    `query` are the filters of the queue that one came from, `typed` what was typed into a form that was refused.
    """

    template: ClassVar[str] = "queue-document.html"
    view: SheetView
    course: DecisionCourse
    way: Way
    query: str
    waits: tuple[str, ...]
    disagreement: str | None
    first: tuple[str, ...]
    more: tuple[str, ...]
    signing: SignView
    co_issuers: tuple[str, ...]
    reexamination: ReexaminationView | None
    need: str
    attributes: tuple[Option, ...]
    reasons: tuple[Option, ...]
    results: Results
    typed: dict[str, str]
    trouble: TroubleView | None = None


@dataclass(frozen=True, kw_only=True)
class RetractionPage(Page):
    """The form that takes back one's own word on a document."""

    template: ClassVar[str] = "queue-retraction.html"
    document_title: str
    said: str | None
    action: str
    version: int
    back: str
    trouble: TroubleView | None = None
