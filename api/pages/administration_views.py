"""What the pages of administrators are made of."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TabView, TroubleView


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as a list shows it; `state` is told where it is not simply in use."""

    login: str
    name: str
    href: str
    unit: str | None
    roles: str
    state: str | None
    signed_in: str


@dataclass(frozen=True, kw_only=True)
class AccountsPage(Page):
    """Accounts, a part at a time; `narrowed` while a filter is set."""

    template: ClassVar[str] = "administration.html"
    places: tuple[TabView, ...]
    tabs: tuple[TabView, ...]
    text: str
    unit: str
    role: str
    state: str
    roles: tuple[Option, ...]
    rows: tuple[AccountRow, ...]
    narrowed: bool
    first: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class NewAccountPage(Page):
    """The form of a new account; `known` leads to the account that has the login already."""

    template: ClassVar[str] = "administration-new.html"
    login: str
    name: str
    unit: str
    door: str
    doors: tuple[Option, ...]
    units: tuple[str, ...]
    known: str | None
    trouble: TroubleView | None


@dataclass(frozen=True, kw_only=True)
class SecretPage(Page):
    """A temporary password or an API token, shown this once: nothing keeps it."""

    template: ClassVar[str] = "administration-secret.html"
    sentence: str
    what: str
    secret: str | None
    advice: tuple[str, ...]
    onward: str
    onward_words: str


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role that an account holds, and what it permits."""

    code: str
    name: str
    rights: str


@dataclass(frozen=True, slots=True)
class IdentityView:
    """Who at a provider this account is."""

    issuer: str
    subject: str
    bound: str


@dataclass(frozen=True, slots=True)
class TokenView:
    """A key of a program, without its secret; `revoke` is where it can be revoked (None: it opens nothing any more)."""

    id: str
    name: str
    prefix: str
    scopes: str
    expires: str
    used: str
    state: str
    revoke: str | None


@dataclass(frozen=True, kw_only=True)
class AccountSheetPage(Page):
    """One account and what this administrator may do with it; `typed` is what a refused form held, by field."""

    template: ClassVar[str] = "administration-account.html"
    login: str
    name: str
    href: str
    unit: str | None
    state: str
    is_open: bool
    is_locked: bool
    lockable: bool
    signed_in: str
    sessions: int
    created: str
    ways: str
    held: tuple[RoleView, ...]
    grantable: tuple[Option, ...]
    assesses: tuple[str, ...]
    is_assessor: bool
    units: tuple[str, ...]
    identities: tuple[IdentityView, ...] | None
    tokens: tuple[TokenView, ...] | None
    typed: dict[str, str]
    trouble: TroubleView | None


@dataclass(frozen=True, kw_only=True)
class ConfirmPage(Page):
    """What cannot be undone is asked once more; `hidden` are the fields that go with it."""

    template: ClassVar[str] = "administration-confirm.html"
    question: str
    consequences: tuple[str, ...]
    action: str
    hidden: dict[str, str]
    button: str
    back: str
    trouble: TroubleView | None


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit in the tree, how deep (at most 6 is shown) and how many people it has."""

    name: str
    href: str
    depth: int
    above: str | None
    top: bool
    accounts: int
    people: str
    closed: str | None


@dataclass(frozen=True, kw_only=True)
class UnitsPage(Page):
    """The units as a tree, a part at a time, and the form of a new one."""

    template: ClassVar[str] = "administration-units.html"
    places: tuple[TabView, ...]
    text: str
    rows: tuple[UnitView, ...]
    total: int
    before: str | None
    after: str | None
    name: str
    parent: str
    has_top: bool
    units: tuple[str, ...]
    trouble: TroubleView | None


@dataclass(frozen=True, kw_only=True)
class UnitPage(Page):
    """One unit: where it stands, and the ways to move or close it."""

    template: ClassVar[str] = "administration-unit.html"
    view: UnitView
    parent: str
    version: str
    units: tuple[str, ...]
    close: str
    trouble: TroubleView | None


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the program and what is the matter with it (None: nothing)."""

    name: str
    trouble: str | None


@dataclass(frozen=True, slots=True)
class JobView:
    """Long work that has not ended."""

    id: str
    kind: str
    state: str
    progress: str
    by: str
    since: str


@dataclass(frozen=True, kw_only=True)
class SystemPage(Page):
    """How the system stands."""

    template: ClassVar[str] = "administration-system.html"
    places: tuple[TabView, ...]
    parts: tuple[PartView, ...]
    facts: tuple[tuple[str, str], ...]
    backup: str
    backup_is_due: bool
    states: tuple[tuple[str, int], ...]
    jobs: tuple[JobView, ...]


@dataclass(frozen=True, kw_only=True)
class TokensPage(Page):
    """One's own API tokens, and the form of a new one."""

    template: ClassVar[str] = "account-tokens.html"
    tokens: tuple[TokenView, ...]
    scopes: tuple[Option, ...]
    chosen: tuple[str, ...]
    name: str
    days: str
    longest: int
    once: str
    trouble: TroubleView | None
