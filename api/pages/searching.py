"""`GET /search`: words in titles, numbers, units and texts of documents and interpretations."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.cursors import CursorText, Listing
from api.dependencies import TheApp
from api.errors import STATUSES
from api.pages.contexts import DeskView, Option, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import trouble_of
from api.pages.rendering import show
from api.pages.searching_views import HitView, SearchPage, stretches
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.searching import Found
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.indexing import IndexState
from attrtrack.workflow.overview import choices
from attrtrack.workflow.searching import Hit, Hits, Narrowed, search

router = APIRouter(route_class=GuardedRoute)
ROWS = 20
_ADDRESSES = {Found.DOCUMENT: "/documents/", Found.INTERPRETATION: "/interpretations/"}
_KINDS = (
    Option("", "公文和解读"),
    Option(Found.DOCUMENT.value, "只查公文"),
    Option(Found.INTERPRETATION.value, "只查解读"),
)
_UNSURE = {
    IndexState.BEHIND: "最近的登记还没有编入检索，可能查不到：稍后再查一次。",
    IndexState.PARTIAL: "正在把已有的登记编入检索，现在的结果不全：过一会儿再查一次。",
}
_Question = Annotated[str, Query(alias="q")]
_Year = Annotated[str, Query(max_length=4, pattern="^([0-9]{4})?$")]
_Unit = Annotated[str, Query(max_length=500)]
_Kind = Annotated[str, Query(pattern="^(document|interpretation)?$")]


@router.get("/search", dependencies=[needs(Right.READ)])
def get_search_page(
    app: TheApp,
    desk: TheDesk,
    question: _Question = "",
    year: _Year = "",
    unit: _Unit = "",
    kind: _Kind = "",
    cursor: CursorText = None,
) -> Response:
    """Show the form and what was found."""
    fields = {"q": question.strip(), "year": year, "unit": unit, "kind": kind}
    if not fields["q"]:
        return show(_page(app, desk, fields, hits=None))
    listing = Listing("search-page", fields)
    try:
        after = listing.after(cursor)
        narrowed = Narrowed(unit or None, int(year) if year else None, Found(kind) if kind else None)
        found = search(app, question, narrowed, before=after[0] if after else None, limit=ROWS)
    except UsageError as error:
        return show(_page(app, desk, fields, hits=None, trouble=trouble_of(error)), status=STATUSES[UsageError])
    return show(_page(app, desk, fields, hits=found, listing=listing, first=after is None))


def _page(
    app: App,
    desk: DeskView,
    fields: dict[str, str],
    *,
    hits: Hits | None,
    listing: Listing | None = None,
    first: bool = True,
    trouble: TroubleView | None = None,
) -> SearchPage:
    known = choices(app)
    more = listing is not None and hits is not None and hits.after is not None
    return SearchPage(
        title="检索",
        desk=desk,
        question=fields["q"],
        year=fields["year"],
        unit=fields["unit"],
        kind=fields["kind"],
        years=tuple(Option(str(year), f"{year}年") for year in known.years),
        units=tuple(Option(unit, unit) for unit in known.units),
        kinds=_KINDS,
        hits=None if hits is None else tuple(map(_view, hits.hits)),
        summary="" if hits is None else _summary(hits, first=first),
        unsure=None if hits is None else _UNSURE.get(hits.index),
        narrowed=any(fields[name] for name in ("year", "unit", "kind")),
        first=None if first else _address(fields),
        after=_address(fields, cursor=listing.cursor(hits.after)) if more else None,  # type: ignore[union-attr, arg-type]
        trouble=trouble,
    )


def _summary(hits: Hits, *, first: bool) -> str:
    words = " ".join(hits.words)
    count = len(hits.hits)
    if not count:
        return f"没有含“{words}”的公文或解读。"
    if first and hits.after is None:
        return f"含“{words}”的共 {count} 条，日期新的在前。"
    return f"含“{words}”的公文和解读，日期新的在前，本页 {count} 条。"


def _address(fields: dict[str, str], **more: str) -> str:
    return "/search?" + urlencode({name: value for name, value in {**fields, **more}.items() if value})


def _view(hit: Hit) -> HitView:
    said = [item for item in (hit.state, hit.attribute) if item is not None]
    return HitView(
        href=f"{_ADDRESSES[hit.kind]}{hit.id}",
        title=stretches(hit.title),
        number=stretches(hit.number),
        unit=stretches(hit.unit),
        department=stretches(hit.department),
        passage=stretches(hit.text),
        id=hit.id,
        what="　".join(item.chinese for item in said) if said else "解读",
        day=hit.day,
    )
