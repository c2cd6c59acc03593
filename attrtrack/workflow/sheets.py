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
        measured = work.queries.measured_documents(unit=recorded.unit, year=recorded.document.year)
        linked = next((row.interpretations for row in measured if row.id == recorded.id), ())
        shown = []
        for item in linked:
            pairs = {link.document_id: link.judgement for link in work.links.of(item.id)}
            shown.append(LinkedInterpretation(work.interpretations.get(item.id), pairs[recorded.id]))
        return DocumentSheet(
            recorded=recorded,
            findings=recorded.document.findings if findings is None else findings,
            proposal=work.proposals.latest(document_id),
            interpretations=tuple(shown),
            invented=is_invented(recorded.unit),
            sample_notice=sample_notice(known_choices(work).units),
        )
