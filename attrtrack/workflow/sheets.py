"""One document of the register with everything that was said of it."""

from dataclasses import dataclass

from attrtrack.domain.findings import Finding
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.proposals import Proposal
from attrtrack.domain.register import RecordedDocument, RecordedInterpretation
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import is_invented, known_choices, sample_notice


@dataclass(frozen=True, slots=True)
class LinkedInterpretation:
    """An interpretation of a document and the judgement on the pair."""

    interpretation: RecordedInterpretation
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """One document with what the gate last found, what was proposed, and its interpretations; the text stays inside."""

    recorded: RecordedDocument
    findings: tuple[Finding, ...]
    proposal: Proposal | None
    interpretations: tuple[LinkedInterpretation, ...]
    invented: bool
    sample_notice: str | None


def document_sheet(app: App, document_id: str) -> DocumentSheet:
    """Return one document; `UnknownRecordError` when the register holds nothing under the id."""
    with app.store.reading() as work:
        recorded = work.documents.get(document_id)
        findings = work.evaluations.latest(document_id)
        shown = [
            LinkedInterpretation(work.interpretations.get(link.interpretation_id), link.judgement)
            for link in work.links.of_document(document_id)
            if link.judgement is not Judgement.REJECTED
        ]
        return DocumentSheet(
            recorded=recorded,
            findings=recorded.document.findings if findings is None else findings,
            proposal=work.proposals.latest(document_id),
            interpretations=tuple(shown),
            invented=is_invented(recorded.unit),
            sample_notice=sample_notice(known_choices(work).units),
        )
