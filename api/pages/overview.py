"""`GET /`: the year at a glance."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.dependencies import TheApp, TheScope
from api.pages.contexts import OverviewPage
from api.pages.people import ThePerson
from api.pages.rendering import show
from api.pages.views import MAIN, cards, figure_view, worklist_view
from api.pages.wording import link, scope_words
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.workflow.overview import overview, versions

router = APIRouter(route_class=GuardedRoute)
ROWS = 20


@router.get("/", dependencies=[needs(Right.READ, Right.MEASURE)])
def get_overview_page(app: TheApp, scope: TheScope, person: ThePerson) -> HTMLResponse:
    """Show the measures, and the documents in order of urgency."""
    seen = overview(app, scope, limit=ROWS)
    page = OverviewPage(
        title="公文公开与解读",
        notice=seen.sample_notice,
        versions=versions(app),
        person=person,
        scope=scope,
        choices=seen.choices,
        subject=scope_words(scope),
        documents=seen.documents,
        invented=seen.invented,
        cards=cards(seen.measures, scope),
        others=tuple(figure_view(item, scope) for item in seen.measures if item.code not in MAIN),
        lists=tuple(worklist_view(item, scope) for item in seen.worklists),
        awaiting=seen.awaiting,
        awaiting_more=seen.awaiting_more,
        list_href=link(f"/lists/{scope.year}.xlsx", scope) if scope.year and seen.documents else None,
    )
    return show(page)
