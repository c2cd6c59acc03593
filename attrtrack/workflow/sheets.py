"""One document of the register with everything that was said of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.findings import Finding
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.precedents import Precedent
from attrtrack.domain.proposals import Proposal
from attrtrack.domain.register import OverviewRow, RecordedDocument, RecordedInterpretation
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import is_invented, sample_there
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.shapes import precedents_of

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class LinkedInterpretation:
    """An interpretation of a document and the judgement on the pair."""

    interpretation: RecordedInterpretation
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """One document with what the gate last found, what was proposed, and its interpretations; the text stays inside.

    `precedent` is what it teaches others; `followed` are the decided documents that its proposal names as precedents;
    `version` counts with each change (see `Journal.version_of`).
    """

    recorded: RecordedDocument
    findings: tuple[Finding, ...]
    proposal: Proposal | None
    interpretations: tuple[LinkedInterpretation, ...]
    precedent: Precedent | None
    followed: tuple[OverviewRow, ...]
    invented: bool
    sample_notice: str | None
    version: int


def document_sheet(app: App, document_id: str) -> DocumentSheet:
    """Return one document; `UnknownRecordError` when the register holds nothing under the id."""
    permitted(app, Right.READ)
    with app.reading() as work:
        recorded = work.documents.get(document_id)
        findings = work.evaluations.latest(document_id)
        shown = [
            LinkedInterpretation(work.interpretations.get(link.interpretation_id), link.judgement)
            for link in work.links.of_document(document_id)
            if link.judgement is not Judgement.REJECTED
        ]
        proposal = work.proposals.latest(document_id)
        return DocumentSheet(
            recorded=recorded,
            findings=recorded.document.findings if findings is None else findings,
            proposal=proposal,
            interpretations=tuple(shown),
            precedent=work.precedents.of_document(document_id),
            followed=tuple(work.queries.overview_of(_followed(work, proposal))),
            invented=is_invented(recorded.unit),
            sample_notice=sample_there(work),
            version=work.journal.version_of(document_id),
        )


def _followed(work: "UnitOfWork", proposal: Proposal | None) -> list[str]:
    """Return the ids of precedents that a proposal rests on, those removed since left out."""
    named = [name for opinion in (proposal.voices if proposal else ()) for name in precedents_of(opinion)]
    return [name for name in dict.fromkeys(named) if work.documents.has(name)]


def document_version(app: App, document_id: str) -> int:
    """Return the version of a document; `UnknownRecordError` when the register holds nothing under the id."""
    permitted(app, Right.READ)
    with app.reading() as work:
        work.documents.get(document_id)
        return work.journal.version_of(document_id)
