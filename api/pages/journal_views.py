"""What the pages of the audit administrator are made of."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TabView, TroubleView


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of the journal in words; `by_actor` and `by_subject` lead to the entries of the same person and record."""

    sequence: int
    at: str
    who: str
    origin: str
    act: str
    refused: str | None
    subject: str
    details: tuple[str, ...]
    by_actor: str
    by_subject: str | None


@dataclass(frozen=True, kw_only=True)
class JournalPage(Page):
    """Entries of the journal, the newest first; `looked_at` is told where a part found nothing and the list goes on."""

    template: ClassVar[str] = "journal.html"
    places: tuple[TabView, ...]
    typed: dict[str, str]
    acts: tuple[Option, ...]
    outcomes: tuple[Option, ...]
    rows: tuple[EntryRow, ...]
    narrowed: bool
    looked_at: str
    first: str | None
    after: str | None
    trouble: TroubleView | None


@dataclass(frozen=True, slots=True)
class ProofView:
    """What a verification found: the sentence, the rows in doubt, entries from outside, and what to do now."""

    ok: bool
    sentence: str
    broken_at: str | None
    places: tuple[str, ...]
    more: int
    outside: tuple[int, ...]
    outside_more: int
    steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProofPage(Page):
    """The form that verifies the journal, and what it found."""

    template: ClassVar[str] = "journal-proof.html"
    places: tuple[TabView, ...]
    checkpoint: str
    proof: ProofView | None
    trouble: TroubleView | None
