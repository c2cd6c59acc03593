"""What each page is made of; templates use these names and no others (a test compares them)."""

from dataclasses import dataclass
from typing import ClassVar

from attrtrack.workflow.overview import Versions, Worklist


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


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A page that the head leads to; `here` while one is in it."""

    name: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class ToldView:
    """What the last act has done, and the address that takes it back, if it can be."""

    sentence: str
    undo: str | None
    undo_words: str


@dataclass(frozen=True, slots=True)
class DeskView:
    """What stands around a page: who acts, where one may go, which rights one has (`may`, by code), what was just done.

    `form_token` goes with every form that changes something; `notice` warns of an invented sample; `versions` stand below.
    """

    person: PersonView | None = None
    places: tuple[PlaceView, ...] = ()
    told: ToldView | None = None
    form_token: str = ""
    may: frozenset[str] = frozenset()
    notice: str | None = None
    versions: Versions | None = None


STRANGER = DeskView()
"""Around pages for those who have not signed in."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to a page: the page above it."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A finding that stands in the way: severity code and sentence."""

    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class TroubleView:
    """Why an act was refused; `changed`: somebody else was faster, and the page must be looked at anew."""

    message: str
    problems: tuple[ProblemView, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class TabView:
    """One of several lists of a page: its name, address and number of rows."""

    name: str
    href: str
    count: int | None
    here: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a form's field."""

    value: str
    words: str
    under: str | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """What stands on every page: its title, its surroundings, and the way to it from the page above."""

    template: ClassVar[str]
    title: str
    desk: DeskView = STRANGER
    trail: tuple[Crumb, ...] = ()


@dataclass(frozen=True, slots=True)
class WorklistView:
    """A list of one urgency: heading, one line of explanation, and the address of the whole list if it goes on."""

    heading: str
    explanation: str
    worklist: Worklist
    more: str | None


@dataclass(frozen=True, kw_only=True)
class DocumentsPage(Page):
    """The whole list of one urgency, a part at a time."""

    template: ClassVar[str] = "documents.html"
    subject: str
    view: WorklistView
    first: int
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """What went wrong and what to do."""

    template: ClassVar[str] = "error.html"
    message: str
    code: str


@dataclass(frozen=True, kw_only=True)
class SignInPage(Page):
    """The form of the door; `told` says why one stands here, `trouble` why one was not let in, `provider` names another way in.

    `kept` is the form that had not been taken when the session ended, packed; `at_this_machine` may make the first account.
    """

    template: ClassVar[str] = "sign-in.html"
    login: str
    address: str
    told: str | None
    trouble: str | None
    provider: str | None
    has_accounts: bool
    unencrypted: bool
    kept: str | None
    at_this_machine: bool


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
