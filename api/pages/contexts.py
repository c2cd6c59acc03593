"""What each page is made of; templates use these names and no others (a test compares them)."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.bullets import Bullet
from api.pages.proposals import ConflictView, ProposalView
from api.pages.quoting import MarkedText
from attrtrack.domain.measures import Measure
from attrtrack.domain.register import RecordedInterpretation
from attrtrack.workflow.figures import Figure
from attrtrack.workflow.overview import Choices, Scope, Versions, Worklist
from attrtrack.workflow.sheets import DocumentSheet


@dataclass(frozen=True, slots=True)
class PersonView:
    """Who has signed in, as the top of each page says it; `form_token` goes with the form that ends the session.

    `reads`: whether the front page and its figures are for this person; else the own account is where to go back to.
    """

    name: str
    login: str
    unit: str | None
    roles: str
    form_token: str
    reads: bool


@dataclass(frozen=True, kw_only=True)
class Page:
    """What stands on every page: title, warning about samples, versions in the footer, and who has signed in, if anybody."""

    template: ClassVar[str]
    title: str
    notice: str | None
    versions: Versions | None
    person: PersonView | None = None


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure as printed: value, fraction, target and verdict in words, its chart, the address of its rows."""

    measure: Measure
    reading: str
    value: str
    fraction: str
    target: str
    verdict: str
    span: str | None
    href: str
    bullet: Bullet


@dataclass(frozen=True, slots=True)
class Card:
    """One of the three rates with its readings."""

    name: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class WorklistView:
    """A list of one urgency: heading, one line of explanation, and the address of the whole list if it goes on."""

    heading: str
    explanation: str
    worklist: Worklist
    more: str | None


@dataclass(frozen=True, kw_only=True)
class OverviewPage(Page):
    """The front page; `list_href` leads to the year's list where a year is chosen and has documents."""

    template: ClassVar[str] = "overview.html"
    scope: Scope
    choices: Choices
    subject: str
    documents: int
    invented: int
    cards: tuple[Card, ...]
    others: tuple[FigureView, ...]
    lists: tuple[WorklistView, ...]
    awaiting: tuple[RecordedInterpretation, ...]
    awaiting_more: bool
    list_href: str | None


@dataclass(frozen=True, slots=True)
class PartView:
    """A list behind a figure: heading, explanation, rows, and the addresses of the rows before and after."""

    code: str
    heading: str
    explanation: str
    count: int
    rows: tuple["RowView", ...]
    first: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row behind a figure; `href` leads to the document, None for an interpretation."""

    id: str
    title: str
    number: str | None
    invented: bool
    rule: str | None
    href: str | None


@dataclass(frozen=True, kw_only=True)
class FigurePage(Page):
    """The rows behind one figure."""

    template: ClassVar[str] = "figure.html"
    subject: str
    figure: Figure
    view: FigureView
    parts: tuple[PartView, ...]
    back: str


@dataclass(frozen=True, kw_only=True)
class DocumentPage(Page):
    """One document; `told` counts the findings by their gravity."""

    template: ClassVar[str] = "document.html"
    sheet: DocumentSheet
    attribute: str
    reason: str | None
    reason_given_by: str | None
    corrected_reason: str | None
    proposed: ProposalView | None
    conflict: ConflictView | None
    told: str | None
    text: MarkedText | None
    judgements: dict[str, str]
    back: str


@dataclass(frozen=True, kw_only=True)
class DocumentsPage(Page):
    """The whole list of one urgency, a part at a time."""

    template: ClassVar[str] = "documents.html"
    subject: str
    view: WorklistView
    first: int
    before: str | None
    after: str | None
    back: str


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """What went wrong and what to do."""

    template: ClassVar[str] = "error.html"
    message: str
    code: str


@dataclass(frozen=True, kw_only=True)
class SignInPage(Page):
    """The form of the door; `told` says why one stands here, `trouble` why one was not let in, `provider` names another way in."""

    template: ClassVar[str] = "sign-in.html"
    login: str
    address: str
    told: str | None
    trouble: str | None
    provider: str | None
    has_accounts: bool
    unencrypted: bool


@dataclass(frozen=True, kw_only=True)
class AccountPage(Page):
    """One's own account, and the form that changes its password (None: this account signs in another way)."""

    template: ClassVar[str] = "account.html"
    rights: tuple[str, ...]
    units: str
    told: str | None
    trouble: str | None
    must_change: bool
    password_length: int | None


@dataclass(frozen=True, kw_only=True)
class PassingPage(Page):
    """A page that leads on by itself, so that the browser comes from here and not from another site."""

    template: ClassVar[str] = "passing.html"
    address: str
