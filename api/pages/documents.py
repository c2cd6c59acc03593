"""`GET /documents` (a whole list) and `GET /documents/{id}` (one document)."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.dependencies import Offset, TheApp, TheScope
from api.pages.contexts import Crumb, DocumentsPage
from api.pages.desk import TheDesk
from api.pages.document_page import document_page
from api.pages.rendering import show
from api.pages.views import worklist_view
from api.pages.wording import link, scope_words
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.worklist import Urgency
from attrtrack.workflow.overview import worklist

router = APIRouter(route_class=GuardedRoute)
ROWS = 100
Chosen = Annotated[DisclosureAttribute | None, Query(alias="attribute")]


@router.get("/documents", dependencies=[needs(Right.READ)])
def get_documents_page(
    app: TheApp, scope: TheScope, desk: TheDesk, *, urgency: Urgency = Urgency.CHECK, offset: Offset = 0
) -> HTMLResponse:
    """Show the documents of one urgency, a part at a time."""
    found = worklist(app, scope, urgency, limit=ROWS, offset=offset)
    view = worklist_view(found, scope)
    after = offset + len(found.rows)
    page = DocumentsPage(
        title=view.heading,
        desk=desk,
        subject=scope_words(scope),
        view=view,
        first=offset + 1,
        before=link("/documents", scope, urgency=urgency.value, offset=max(offset - ROWS, 0)) if offset else None,
        after=link("/documents", scope, urgency=urgency.value, offset=after) if after < found.count else None,
        trail=(Crumb("总览", link("/", scope)),),
    )
    return show(page)


@router.get("/documents/{document_id}", dependencies=[needs(Right.READ)])
def get_document_page(app: TheApp, document_id: str, desk: TheDesk, chosen: Chosen = None) -> HTMLResponse:
    """Show one document with what was found, proposed and linked, and the forms that are open; `chosen` unfolds one's reasons."""
    return show(document_page(app, desk, document_id, chosen=chosen))
