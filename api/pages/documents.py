"""`GET /documents` (a whole list) and `GET /documents/{id}` (one document)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.dependencies import Offset, TheApp, TheScope
from api.pages.contexts import DocumentPage, DocumentsPage
from api.pages.rendering import show
from api.pages.views import worklist_view
from api.pages.wording import link, percent, scope_words
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.register import RecordedDocument
from attrtrack.domain.worklist import Urgency
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import Scope, choices, sample_notice, versions, worklist
from attrtrack.workflow.sheets import DocumentSheet, document_sheet

router = APIRouter()
ROWS = 100
_JUDGEMENTS = {
    Judgement.PENDING: "待人判定",
    Judgement.AUTO: "自动关联",
    Judgement.CONFIRMED: "人工确认",
    Judgement.REJECTED: "人工否定",
}


@router.get("/documents")
def get_documents_page(
    app: TheApp, scope: TheScope, *, urgency: Urgency = Urgency.CHECK, offset: Offset = 0
) -> HTMLResponse:
    """Show the documents of one urgency, a part at a time."""
    found = worklist(app, scope, urgency, limit=ROWS, offset=offset)
    view = worklist_view(found, scope)
    after = offset + len(found.rows)
    page = DocumentsPage(
        title=view.heading,
        notice=sample_notice(choices(app).units),
        versions=versions(app),
        subject=scope_words(scope),
        view=view,
        first=offset + 1,
        before=link("/documents", scope, urgency=urgency.value, offset=max(offset - ROWS, 0)) if offset else None,
        after=link("/documents", scope, urgency=urgency.value, offset=after) if after < found.count else None,
        back=link("/", scope),
    )
    return show(page)


@router.get("/documents/{document_id}")
def get_document_page(app: TheApp, document_id: str) -> HTMLResponse:
    """Show one document with what was found, proposed and linked."""
    sheet = document_sheet(app, document_id)
    recorded = sheet.recorded
    reason, given_by = _reason(sheet)
    page = DocumentPage(
        title=recorded.document.title or "（无标题）",
        notice=sheet.sample_notice if sheet.invented else None,
        versions=versions(app),
        sheet=sheet,
        attribute=recorded.attribute.chinese if recorded.attribute else _unsaid(recorded),
        reason=_reason_words(app, reason),
        reason_given_by=given_by,
        proposed=_proposed(sheet),
        proposed_reason=_reason_words(app, sheet.proposal.reason if sheet.proposal else None),
        judgements={key.value: text for key, text in _JUDGEMENTS.items()},
        back=link("/", Scope(recorded.document.year, recorded.unit)),
    )
    return show(page)


def _unsaid(recorded: RecordedDocument) -> str:
    return "未认定" if recorded.document.attribute_asked else "台账未列"


def _reason(sheet: DocumentSheet) -> tuple[str | None, str | None]:
    recorded = sheet.recorded
    if recorded.decision is not None:
        return recorded.decision.reason, f"{recorded.decision.decided_by}（审定）"
    if recorded.declaration is not None:
        return recorded.declaration.reason, f"{recorded.declaration.declared_by}（起草认定）"
    return recorded.document.declared_reason, None


def _reason_words(app: App, reason: str | None) -> str | None:
    row = app.rules.reason(reason) if reason else None
    if row is None:
        return reason
    return f"{row.name}（{'、'.join(str(item) for item in row.references)}）" if row.references else row.name


def _proposed(sheet: DocumentSheet) -> str | None:
    proposal = sheet.proposal
    if proposal is None or proposal.attribute is None:
        return None
    sure = f"，把握 {percent(proposal.probability)}" if proposal.probability is not None else ""
    return f"{proposal.attribute.chinese}{sure}"
