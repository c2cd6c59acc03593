"""Which documents need an interpretation (应解读): what the rules propose, what a person decides, what a measure used."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.evidence import Evidence


class NeedAnswer(StrEnum):
    """What a row of the rule table says: yes, no, or open (a person must say)."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class NeedSource(StrEnum):
    """Who says whether an interpretation is needed, before any rule: a person, a ledger, or a register before 0004."""

    PERSON = "person"
    LEDGER = "ledger"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True)
class NeedProposal:
    """The rules' proposal: needed or not (None: undetermined), by which row (None: no row fits), why, and where it shows.

    Spans of the evidence are offsets into what its source names: the title, the number, or the document's text.
    """

    needed: bool | None
    row: str | None
    reason: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class NeedDecision:
    """What a person decided, with the reason; the next decision supersedes it, undoing ends it."""

    needed: bool
    because: str
    decided_by: str
    decided_at: dt.datetime
    rules_version: str


@dataclass(frozen=True, slots=True)
class DocumentNeed:
    """Everything said of one document's need; a person goes before a ledger, a ledger before the rules."""

    id: str
    title: str | None
    number: str | None
    unit: str | None
    stated: bool | None
    stated_unrecorded: bool
    proposed: bool | None
    row: str | None
    decision: NeedDecision | None = None

    @property
    def needed(self) -> bool | None:
        """The need in force; None when nobody knows."""
        if self.decision is not None:
            return self.decision.needed
        return self.proposed if self.stated is None else self.stated

    @property
    def source(self) -> str | None:
        """A `NeedSource`, else the code of the rule that was used; None when nothing speaks."""
        return source_of(
            person=None if self.decision is None else self.decision.needed,
            stated=self.stated,
            unrecorded=self.stated_unrecorded,
            row=self.row,
        )

    @property
    def differs(self) -> bool:
        """Whether a person, or the ledger, says otherwise than the rules."""
        said = self.decision.needed if self.decision is not None else self.stated
        return said is not None and self.proposed is not None and said != self.proposed


def source_of(*, person: bool | None, stated: bool | None, unrecorded: bool, row: str | None) -> str | None:
    """Return who is followed: a person, a ledger (or an older register, which kept no source), else the rule's code."""
    if person is not None:
        return NeedSource.PERSON.value
    if stated is not None:
        return NeedSource.UNRECORDED.value if unrecorded else NeedSource.LEDGER.value
    return row
