"""What the pages of imports and of long work are made of."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TroubleView


@dataclass(frozen=True, kw_only=True)
class ImportPage(Page):
    """The form that hands in a ledger, or saved pages of interpretations; `action` is where it goes."""

    template: ClassVar[str] = "import.html"
    action: str
    lead: str
    takes: tuple[str, ...]
    accept: str
    several: bool
    kinds: tuple[Option, ...]
    typed: dict[str, str]
    once: str
    units: tuple[str, ...]
    elsewhere: tuple[str, str]
    looks: bool = False
    looked: "LookedView | None" = None
    trouble: TroubleView | None = None


@dataclass(frozen=True, slots=True)
class LookedRow:
    """A row that was tried: where it stands, what it is about, and what is said of it (a change, a reason)."""

    place: str
    about: str
    told: str


@dataclass(frozen=True, slots=True)
class LookedView:
    """What a ledger would do: groups of rows by heading, and the mark by which it is taken up; None: it must be mended first."""

    file: str
    counts: str
    groups: tuple[tuple[str, int, tuple[LookedRow, ...]], ...]
    mark: str | None


@dataclass(frozen=True, slots=True)
class JobView:
    """A job: how it stands in words, how far it has come, and what came of it so far."""

    id: str
    kind: str
    state: str
    ended: bool
    scope: str
    unit: str
    done: str
    share: int | None
    pace: str
    starter: str
    at: str
    ended_at: str
    message: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportView:
    """The file of an export: where it is taken (None: there is none), what is told of it, and where it is made anew."""

    href: str | None
    told: str
    anew: str


@dataclass(frozen=True, slots=True)
class BadRowView:
    """A row or file that was refused: where it stands, and why."""

    place: str
    file: str
    message: str


@dataclass(frozen=True, kw_only=True)
class JobPage(Page):
    """One job and its progress; `refresh` are the seconds after which the page loads itself anew, None: it does not.

    `then_link`: what came in has no documents yet, and they can be looked for. `file`: what an export has made, for its starter.
    """

    template: ClassVar[str] = "jobs-one.html"
    job: JobView
    file: ExportView | None
    bad: tuple[BadRowView, ...]
    bad_more: int
    flags: tuple[BadRowView, ...]
    came_in: tuple[tuple[str, str], ...]
    refresh: int | None
    follow: str
    still: str
    may_cancel: bool
    again: bool
    then_link: bool
    hand_in_again: str | None
    trouble: TroubleView | None = None


@dataclass(frozen=True, kw_only=True)
class JobsPage(Page):
    """One's jobs, newest first, and the forms that start more."""

    template: ClassVar[str] = "jobs.html"
    rows: tuple[JobView, ...]
    kinds: tuple[Option, ...]
    typed: dict[str, str]
    units: tuple[str, ...]
    once: str
    trouble: TroubleView | None = None
