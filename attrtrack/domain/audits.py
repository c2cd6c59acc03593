"""Audited documents (存疑排序): how likely the declared attribute of each is wrong, and what was not audited."""

from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Evidence


@dataclass(frozen=True, slots=True)
class AuditedRow:
    """Which document is audited: its id, where it stands, and what was declared of it.

    `file` and `row` are None for a document of the register; `by_title` says that no text was at hand.
    """

    id: str
    file: str | None
    row: int | None
    title: str | None
    number: str | None
    genre: str | None
    unit: str | None
    declared: DisclosureAttribute | None
    declared_reason: str | None
    letter_of_reply: bool
    by_title: bool


@dataclass(frozen=True, slots=True)
class Suspicion:
    """An audited document: `score` is the probability that the declared attribute is wrong, `flagged` when it likely is.

    `probability` is that of the proposed attribute by the content alone; `doubt` says why a person must look;
    `catch_all` that its unit gives the same reason for too many.
    """

    row: AuditedRow
    declared: DisclosureAttribute
    proposed: DisclosureAttribute | None
    score: float
    flagged: bool
    probability: float | None
    reason: str | None
    evidence: tuple[Evidence, ...]
    doubt: str | None
    catch_all: bool = False


@dataclass(frozen=True, slots=True)
class SameReason:
    """A reason that a unit gives, in the same words, for too many of its documents: `count` of `rows`."""

    unit: str | None
    declared: DisclosureAttribute
    reason: str
    count: int
    rows: int


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """How many were audited and flagged; `hidden_letters` are flagged letters of reply declared 不予公开 that should be public.

    `by_unit` counts audited and flagged documents of each unit that has flagged ones, most first. `taught_by_office`:
    the model has learnt from decisions of the register, so that it leans towards what it is to judge.
    """

    audited: int
    flagged: int
    hidden_letters: int
    not_audited: int
    by_title: int
    learnt_from_archive: bool
    by_unit: tuple[tuple[str, int, int], ...]
    same_reasons: tuple[SameReason, ...] = ()
    taught_by_office: bool = False
