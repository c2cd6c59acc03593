"""What the pages of the audit are made of."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TroubleView


@dataclass(frozen=True, slots=True)
class AuditView:
    """One audit in words: of what, since when, how far, and what came of it (None: nothing yet)."""

    id: str
    scope: str
    at: str
    state: str
    begun: bool
    ended: bool
    share: int | None
    done: str
    flagged: str | None


@dataclass(frozen=True, slots=True)
class SuspectedView:
    """A document of the ranking; `now` is its attribute where it is another by now; `why` quotes what speaks against it."""

    number: int
    id: str
    title: str
    under: str
    reply: bool
    flagged: bool
    declared: str
    now: str | None
    declared_reason: str | None
    proposed: str
    reason: str | None
    score: str
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AuditPage(Page):
    """The audits so far, and the form that starts one."""

    template: ClassVar[str] = "audit.html"
    audits: tuple[AuditView, ...]
    units: tuple[Option, ...]
    years: tuple[Option, ...]
    unit: str
    year: str
    trouble: TroubleView | None = None


@dataclass(frozen=True, kw_only=True)
class AuditListPage(Page):
    """The ranking of one audit; `still` is the address that does not load itself anew (None: nothing changes any more)."""

    template: ClassVar[str] = "audit-list.html"
    audit: AuditView
    summary: tuple[str, ...]
    message: str
    rows: tuple[SuspectedView, ...]
    total: int
    download: str | None
    still: str | None
    before: str | None
    after: str | None
