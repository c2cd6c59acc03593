"""`GET /interpretations` and `GET /interpretations/{id}`: the lists, and one interpretation beside its document, to be judged."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.cursors import CursorText, Listing
from api.dependencies import TheApp, UnitText, YearText
from api.pages import interpretations_words as words
from api.pages.contexts import Crumb, DeskView
from api.pages.desk import TheDesk
from api.pages.interpretations_views import (
    InterpretationPage,
    InterpretationsPage,
    MissingPage,
    PairView,
    ScopeView,
)
from api.pages.quoting import WHOLE, MarkedText, marked_text
from api.pages.rendering import show
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.linked_readings import ReadingsWanted, Standing
from attrtrack.workflow.app import App
from attrtrack.workflow.comparing import SideBySide, reading_counts, readings, side_by_side, still_waiting
from attrtrack.workflow.overview import Scope, choices
from attrtrack.workflow.queueing import missing_interpretations

router = APIRouter(route_class=GuardedRoute)
ROWS = 50
CRUMB = Crumb("解读", "/interpretations")
_PASSAGES = 12
"""Copied passages that are marked in a text too long to be shown whole."""
_Tab = Literal["waiting", "missing", "linked", "none", "all"]
_Sought = Annotated[str, Query(max_length=200)]
_Id = Annotated[str, Query(max_length=20)]
_EXPLANATIONS = {
    "waiting": "系统拿不准它解读的是哪份公文，请逐件判定。",
    "linked": "系统自动关联的也可以改判。",
    "none": "判定为都不是，或没有找到相应公文。",
    "all": "新登记的在前。",
}
_EMPTY = {
    "waiting": "没有等待判定的解读。",
    "linked": "还没有关联了公文的解读。",
    "none": "每件解读都关联了公文，或正待判定。",
    "all": "还没有登记解读：请登记一件，或导入台账、网页。",
}


@router.get("/interpretations", dependencies=[needs(Right.READ)])
def get_interpretations_page(
    app: TheApp,
    desk: TheDesk,
    *,
    tab: _Tab = "waiting",
    year: YearText = None,
    unit: UnitText = None,
    cursor: CursorText = None,
) -> HTMLResponse:
    """Show the interpretations of a tab, or the documents that lack one."""
    scope = narrowed(app, year, unit)
    chosen = Scope(int(scope.year) if scope.year else None, scope.unit or None)
    if tab == "missing":
        return show(_missing_page(app, desk, scope, chosen, cursor=cursor))
    wanted = ReadingsWanted(None if tab == "all" else Standing(tab), chosen.unit, chosen.year)
    listing = Listing("readings", {"tab": tab, "query": scope.query})
    after = listing.after(cursor)
    found = readings(app, wanted, limit=ROWS, after=after[0] if after else None)
    missing = missing_interpretations(app, chosen, limit=1).total
    page = InterpretationsPage(
        title="解读",
        desk=desk,
        tabs=words.tabs(found.counts, missing, scope, here=tab),
        tab=tab,
        explanation=_EXPLANATIONS[tab],
        empty=_EMPTY[tab],
        scope=scope,
        rows=words.reading_views(found, scope.query),
        begin=words.address_of("/interpretations", scope.query, tab=tab) if cursor else None,
        after=_further(listing, (found.next,), scope, tab) if found.next is not None else None,
    )
    return show(page)


def _missing_page(app: App, desk: DeskView, scope: ScopeView, chosen: Scope, *, cursor: str | None) -> MissingPage:
    listing = Listing("missing", {"query": scope.query})
    found = missing_interpretations(app, chosen, limit=ROWS, after=listing.after(cursor, parts=2))
    counts = reading_counts(app, ReadingsWanted(None, chosen.unit, chosen.year))
    return MissingPage(
        title="解读",
        desk=desk,
        tabs=words.tabs(counts, found.total, scope, here="missing"),
        scope=scope,
        rows=tuple(words.missing_view(row) for row in found.rows),
        begin=words.address_of("/interpretations", scope.query, tab="missing") if cursor else None,
        after=_further(listing, found.next, scope, "missing") if found.next is not None else None,
    )


def _further(listing: Listing, place: tuple[int, ...], scope: ScopeView, tab: str) -> str:
    return words.address_of("/interpretations", scope.query, tab=tab, cursor=listing.cursor(*place))


def narrowed(app: App, year: str | None, unit: str | None) -> ScopeView:
    """Return the year and unit that a list is narrowed to; left out or empty, all."""
    return words.scope_view(choices(app), int(year) if year else None, unit or None)


def wanted_in(scope: ScopeView) -> ReadingsWanted:
    """Return the interpretations of a year and unit."""
    return ReadingsWanted(None, scope.unit or None, int(scope.year) if scope.year else None)


@router.get("/interpretations/{interpretation_id}", dependencies=[needs(Right.READ)])
def get_interpretation_page(
    app: TheApp,
    desk: TheDesk,
    interpretation_id: str,
    *,
    year: YearText = None,
    unit: UnitText = None,
    beside: _Id = "",
    sought: _Sought = "",
) -> HTMLResponse:
    """Show one interpretation beside the document that it may explain."""
    scope = narrowed(app, year, unit)
    return show(interpretation_page(app, desk, interpretation_id, scope, beside=beside, sought=sought))


def interpretation_page(
    app: App, desk: DeskView, interpretation_id: str, scope: ScopeView, *, beside: str = "", sought: str = ""
) -> InterpretationPage:
    """Make the page of one interpretation."""
    sheet = side_by_side(app, interpretation_id, beside=beside or None, sought=sought.strip() or None)
    recorded, item = sheet.judged.recorded, sheet.judged.recorded.interpretation
    path = f"/interpretations/{recorded.id}"
    views = {one.recorded.id: words.candidate_view(one, path, scope.query) for one in sheet.candidates}
    laid = words.candidate_view(sheet.beside, path, scope.query) if sheet.beside else None
    found = None if sheet.found is None else tuple(words.candidate_view(one, path, scope.query) for one in sheet.found)
    text, there = _texts(sheet)
    waiting, following = still_waiting(app, wanted_in(scope), after=recorded.id)
    return InterpretationPage(
        title=item.title or item.url or words.UNTITLED,
        desk=desk,
        trail=(Crumb("解读", words.address_of("/interpretations", scope.query)),),
        id=recorded.id,
        item=item,
        unit=recorded.unit or "未登记",
        standing=_standing(sheet),
        waiting=waiting,
        following=words.address_of(f"/interpretations/{following}", scope.query) if following else None,
        version=sheet.judged.version,
        scope=scope,
        beside=laid,
        others=tuple(view for key, view in views.items() if laid is None or key != laid.id),
        is_confirmed=any(link.judgement is Judgement.CONFIRMED for link in sheet.judged.links),
        found=found,
        sought=sought.strip(),
        refused=_refused(sheet),
        forms=tuple(map(words.sign_view, sheet.signs.forms)),
        channels=tuple(map(words.sign_view, sheet.signs.channels)),
        setting=words.setting_view(sheet.signs),
        copied=words.copied_view(sheet.measured) if sheet.measured else None,
        text=text,
        there=there,
        acts=words.act_views(sheet),
    )


def _standing(sheet: SideBySide) -> str:
    said = {link.judgement for link in sheet.judged.links}
    if Judgement.PENDING in said:
        return words.STANDINGS[Standing.WAITING]
    linked = bool(said & {Judgement.AUTO, Judgement.CONFIRMED})
    return words.STANDINGS[Standing.LINKED if linked else Standing.NONE]


def _refused(sheet: SideBySide) -> tuple[PairView, ...]:
    return tuple(
        PairView(one.document.title or words.UNTITLED, f"/documents/{one.id}", one.id) for one in sheet.refused[:20]
    )


def _texts(sheet: SideBySide) -> tuple[MarkedText | None, MarkedText | None]:
    """Return both texts with the passages marked that stand in the other one too."""
    text = sheet.judged.recorded.interpretation.text
    copied = sheet.measured.copied if sheet.measured else ()
    here = _marked(Document(text=text), [one.here for one in copied])
    if sheet.beside is None:
        return here, None
    return here, _marked(sheet.beside.recorded.document, [one.there for one in copied])


def _marked(document: Document, passages: list[Evidence]) -> MarkedText | None:
    return marked_text(document, passages if len(document.text) <= WHOLE else passages[:_PASSAGES], ())
