"""Rows of the register as rooms and porches see them."""

import datetime as dt
from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import Decision, Declaration, State
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.domain.interpretations import Interpretation, Judgement, Publication
from attrtrack.domain.precedents import Correction


@dataclass(frozen=True, slots=True)
class RecordedDocument:
    """A document in the register: its id (`D12`), state and what is attached to it.

    `correction` is an assessor's word on what the attribute should have been; the attribute in force is not changed by it.
    """

    id: str
    document: Document
    state: State
    unit: str | None
    file_name: str | None
    content_hash: str
    recorded_at: dt.datetime
    declaration: Declaration | None = None
    decision: Decision | None = None
    publications: tuple[Publication, ...] = ()
    correction: Correction | None = None

    @property
    def attribute(self) -> DisclosureAttribute | None:
        """The attribute in force: the live decision, else the declaration, else what a ledger stated; None if nobody said."""
        for judged in (self.decision, self.declaration):
            if judged is not None and judged.attribute is not None:
                return judged.attribute
        return self.document.declared_attribute


@dataclass(frozen=True, slots=True)
class DecidedDocument:
    """A document in the register with the decision in force on it."""

    id: str
    document: Document
    unit: str | None
    decision: Decision


@dataclass(frozen=True, slots=True)
class DeclaredDocument:
    """A document in the register with the attribute in force (None: nobody has said) and the reason given with it."""

    id: str
    document: Document
    unit: str | None
    attribute: DisclosureAttribute | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class RecordedInterpretation:
    """An interpretation in the register (`I7`) and the unit that published it."""

    id: str
    interpretation: Interpretation
    unit: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class RecordedLink:
    """The present judgement on one pair, with the matcher's probability and evidence if it proposed the pair."""

    interpretation_id: str
    document_id: str
    judgement: Judgement
    probability: float | None
    evidence: tuple[Evidence, ...]
    judged_by: str | None


@dataclass(frozen=True, slots=True)
class ListedInterpretation:
    """An interpretation as the year's list shows it."""

    title: str | None
    url: str | None
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearListRow:
    """One row of the year's list (2020 plan, attachment 4 item 5)."""

    id: str
    title: str | None
    number: str | None
    genre: str | None
    attribute: DisclosureAttribute | None
    drafting_department: str | None
    document_url: str | None
    interpretations: tuple[ListedInterpretation, ...]
    unit: str | None = None
    date: WrittenDate | None = None


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A document as the overview page lists it, with the findings of its latest gate evaluation.

    `attribute_asked` is False where the ledger that it came from has no place for the attribute.
    """

    id: str
    title: str | None
    number: str | None
    state: State
    attribute: DisclosureAttribute | None
    findings: tuple[Finding, ...]
    attribute_asked: bool = True

    @property
    def unlabelled(self) -> bool:
        """Whether the attribute is missing where it was asked for."""
        return self.attribute is None and self.attribute_asked

    @property
    def attribute_words(self) -> str:
        """What officials read in the attribute's column."""
        if self.attribute is not None:
            return self.attribute.chinese
        return "未认定" if self.attribute_asked else "台账未列"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One hash-chained event (审计日志): who did what to which record, from where, with what outcome.

    `origin` is None in entries that were written before the register kept it (revision 0008).
    """

    sequence: int
    at: dt.datetime
    actor: str
    action: str
    subject: str
    outcome: str
    detail: str
    previous_hash: str
    hash: str
    origin: str | None = None
