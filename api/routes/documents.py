"""`GET /api/v1/documents` and one document."""

from fastapi import APIRouter

from api.dependencies import Limit, Offset, TheApp, TheScope
from api.schemas import DocumentAnswer, DocumentsAnswer, ListedDocument
from attrtrack.domain.worklist import Urgency
from attrtrack.workflow import shapes
from attrtrack.workflow.overview import Listed, worklist
from attrtrack.workflow.sheets import document_sheet

router = APIRouter()


@router.get("/documents")
def get_documents(
    app: TheApp, scope: TheScope, *, urgency: Urgency | None = None, limit: Limit = 50, offset: Offset = 0
) -> DocumentsAnswer:
    """Return documents of a year and unit, most urgent first."""
    found = worklist(app, scope, urgency, limit=limit, offset=offset)
    return DocumentsAnswer(
        total=found.count, limit=limit, offset=offset, documents=[_listed(listed) for listed in found.rows]
    )


def _listed(listed: Listed) -> ListedDocument:
    row = listed.item.row
    return ListedDocument(
        id=row.id,
        title=row.title,
        doc_number=row.number,
        state=row.state.value,
        attribute=row.attribute.value if row.attribute else None,
        urgency=listed.item.urgency.value,
        reasons=list(listed.item.reasons),
        findings=shapes.finding_rows(row.findings),
        interpretations=listed.confirmed,
        pending_links=listed.pending,
        invented=listed.invented,
    )


@router.get("/documents/{document_id}")
def get_document(app: TheApp, document_id: str) -> DocumentAnswer:
    """Return one document."""
    sheet = document_sheet(app, document_id)
    return DocumentAnswer(
        document=shapes.recorded_row(sheet.recorded),
        findings=shapes.finding_rows(sheet.findings),
        proposal=shapes.proposal_row(document_id, sheet.proposal) if sheet.proposal else None,
        precedent=shapes.precedent_row(sheet.precedent) if sheet.precedent else None,
        interpretations=[
            {**shapes.interpretation_row(item.interpretation), "judgement": item.judgement.value}
            for item in sheet.interpretations
        ],
        invented=sheet.invented,
    )
