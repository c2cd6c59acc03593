"""`GET /`: the year at a glance."""

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.dependencies import TheApp
from api.pages.assessing_views import ChoosingView, LeadView, OverviewPage
from api.pages.contexts import DeskView, TabView
from api.pages.desk import TheDesk
from api.pages.rendering import show
from api.pages.slicing import TheSlice
from api.pages.views import MAIN, cards, figure_view
from api.pages.wording import DIMENSIONS, as_of, link, scope_words
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.workflow.assessing_views import Assessed, assessed

router = APIRouter(route_class=GuardedRoute)
_QUEUE = "/queue"


@router.get("/", dependencies=[needs(Right.READ, Right.MEASURE)])
def get_overview_page(app: TheApp, scope: TheSlice, desk: TheDesk) -> HTMLResponse:
    """Show the rates against their targets, and what leads on from them."""
    seen = assessed(app, scope)
    page = OverviewPage(
        title="公文公开与解读",
        desk=desk,
        choosing=ChoosingView("/", scope, seen.choices, seen.genres),
        subject=scope_words(scope),
        as_of=as_of(app.today),
        documents=seen.documents,
        invented=seen.invented,
        cards=cards(seen.measures, scope),
        others=tuple(figure_view(item, scope) for item in seen.measures if item.code not in MAIN),
        leads=tuple(_leads(seen, desk)),
        ways=tuple(
            TabView(name, link(f"/figures/by/{code}", scope), None, here=False) for code, name in DIMENSIONS.items()
        ),
        missing_href=link("/missing", scope),
        flags=LeadView("份公文的公开属性或理由存疑", seen.doubtful, link("/flags", scope)),
        list_href=link(f"/lists/{scope.year}.xlsx", scope) if scope.year and seen.documents else None,
    )
    return show(page)


def _leads(seen: Assessed, desk: DeskView) -> Iterator[LeadView]:
    """Yield what waits, for those who have a queue; the queue knows no quarters."""
    if seen.scope.quarter is None and any(place.href == _QUEUE for place in desk.places):
        for code, count in seen.waiting.items():
            if count:
                yield LeadView(code.chinese, count, link(_QUEUE, seen.scope, waits_for=code.value))
