"""`GET /documents` (a whole list) and `GET /documents/{id}` (one document)."""

from collections import Counter
from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.dependencies import Offset, TheApp, TheScope
from api.pages.contexts import DocumentPage, DocumentsPage
from api.pages.people import ThePerson
from api.pages.proposals import conflict_view, proposal_view, reason_words
from api.pages.quoting import MarkedText, marked_text
from api.pages.rendering import show
from api.pages.views import worklist_view
from api.pages.wording import link, scope_words
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.register import RecordedDocument
from attrtrack.domain.worklist import Urgency
from attrtrack.workflow.overview import Scope, choices, sample_notice, versions, worklist
from attrtrack.workflow.sheets import DocumentSheet, document_sheet

router = APIRouter(route_class=GuardedRoute)
ROWS = 100
_TOLD = {Severity.BLOCK: "阻止签发", Severity.FLAG: "需要核对"}
_JUDGEMENTS = {
    Judgement.PENDING: "待人判定",
    Judgement.AUTO: "自动关联",
    Judgement.CONFIRMED: "人工确认",
    Judgement.REJECTED: "人工否定",
}


@router.get("/documents", dependencies=[needs(Right.READ)])
def get_documents_page(
    app: TheApp, scope: TheScope, person: ThePerson, *, urgency: Urgency = Urgency.CHECK, offset: Offset = 0
) -> HTMLResponse:
    """Show the documents of one urgency, a part at a time."""
    found = worklist(app, scope, urgency, limit=ROWS, offset=offset)
    view = worklist_view(found, scope)
    after = offset + len(found.rows)
    page = DocumentsPage(
        title=view.heading,
        notice=sample_notice(choices(app).units),
        versions=versions(app),
        person=person,
        subject=scope_words(scope),
        view=view,
        first=offset + 1,
        before=link("/documents", scope, urgency=urgency.value, offset=max(offset - ROWS, 0)) if offset else None,
        after=link("/documents", scope, urgency=urgency.value, offset=after) if after < found.count else None,
        back=link("/", scope),
    )
    return show(page)


@router.get("/documents/{document_id}", dependencies=[needs(Right.READ)])
def get_document_page(app: TheApp, document_id: str, person: ThePerson) -> HTMLResponse:
    """Show one document with what was found, proposed and linked."""
    sheet = document_sheet(app, document_id)
    recorded = sheet.recorded
    reason, given_by = _reason(sheet)
    page = DocumentPage(
        title=recorded.document.title or "（无标题）",
        notice=sheet.sample_notice if sheet.invented else None,
        versions=versions(app),
        person=person,
        sheet=sheet,
        attribute=recorded.attribute.chinese if recorded.attribute else _unsaid(recorded),
        reason=reason_words(app, reason),
        reason_given_by=given_by,
        corrected_reason=reason_words(app, recorded.correction.reason if recorded.correction else None),
        proposed=proposal_view(app, recorded, sheet.proposal, followed=sheet.followed) if sheet.proposal else None,
        conflict=conflict_view(app, sheet.precedent),
        told=_told(sheet.findings),
        text=_text(sheet),
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


def _told(findings: Iterable[Finding]) -> str | None:
    counted = Counter(finding.severity for finding in findings)
    return "，".join(f"{word} {counted[severity]} 条" for severity, word in _TOLD.items() if counted[severity]) or None


def _text(sheet: DocumentSheet) -> MarkedText | None:
    carrying = sheet.proposal.evidence if sheet.proposal else ()
    questioned = [item for finding in sheet.findings for item in finding.evidence if finding.severity in _TOLD]
    return marked_text(sheet.recorded.document, carrying, questioned)
