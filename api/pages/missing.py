"""`GET /missing`: what is missing to reach the targets, and the documents that would do it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.cursors import CursorText, Listing
from api.dependencies import Offset, TheApp
from api.pages.assessing_views import ChoosingView, GoalView, LackingRow, LackingUnit, MissingPage
from api.pages.contexts import Crumb
from api.pages.desk import TheDesk
from api.pages.rendering import show
from api.pages.slicing import TheSlice
from api.pages.views import figure_view
from api.pages.wording import COUNTED, as_of, day_words, link, scope_words
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.measures import AnyMeasure
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing_views import (
    MeasuredRow,
    Part,
    Targets,
    Wanted,
    key_of,
    lacking,
    targets,
)
from attrtrack.workflow.overview import Scope
from attrtrack.workflow.queueing import MissingRow, missing_interpretations

router = APIRouter(route_class=GuardedRoute)
ROWS, UNITS = 50, 30
_FIRST = "interpretation-rate-document"
SENTENCES = {
    "interpretation-rate-document": "还差 {lack} 份解读：这些公文需要解读，还没有确认的解读。",
    "diversified-rate-document": "还差 {lack} 份：已解读的公文再有 {lack} 份配上图解、视频等非纯文字解读，就达到目标。",
    "diversified-rate-interpretation": "还差 {lack} 件：再补 {lack} 件非纯文字解读（或者把现有的 {mended} 件改作），就达到目标。",
    "off-website-rate-document": "还差 {lack} 份：已解读的公文再有 {lack} 份在政府网站以外也发布解读，就达到目标。",
    "off-website-rate-interpretation": "还差 {lack} 件：再补 {lack} 件在政府网站以外发布的解读（或者现有的 {mended} 件也在别处发布），就达到目标。",
    "labelled-rate-document": "还差 {lack} 份：这些公文没有标明公开属性。",
    "reasoned-rate-document": "还差 {lack} 份：这些公文须说明理由，没有说明或者对应不到条款。",
    "published-rate-document": "还差 {lack} 份：这些主动公开的公文已经签发，没有登记公开发布。",
    "publication-days-document": "还差 {lack} 份：这些公文超过 20 个工作日才公开；往后按时公开，比率才会上去。",
}
_OTHER_SENTENCE = "还差 {lack} {counted}，就达到目标。"
HEADINGS = {
    "interpretation-rate": (
        "等待解读的公文",
        "解读应在公文公开后 3 个工作日内发布；最急的排在前面，没有登记公开日期的排在后面。",
    ),
    "diversified-rate": ("只有文字解读的公文", "为其中一部分补作图解、视频、发布会等，就能达到目标。"),
    "off-website-rate": (
        "解读只发在政府网站的公文",
        "让其中一部分的解读也在政务新媒体、报纸、广播电视等渠道发布，就能达到目标。",
    ),
    "labelled-rate": ("没有标明公开属性的公文", "由起草部门认定后补填。"),
    "reasoned-rate": ("没有说明理由的公文", "不予公开、依申请公开的，理由须对应到条例的条款。"),
    "published-rate": ("签发后没有登记公开发布的公文", "发布后登记地址和日期；没有发布的尽快发布。"),
    "publication-days": ("超过 20 个工作日才公开的公文", "已经公开的日期不能改；登记有误的请更正。"),
}
_OTHER_HEADING = "没有达到这项指标的公文", "目标是本单位定的；口径见指标说明。"


@router.get("/missing", dependencies=[needs(Right.MEASURE), needs(Right.READ)])
def get_missing_page(
    app: TheApp,
    scope: TheSlice,
    desk: TheDesk,
    *,
    figure: Annotated[str, Query(max_length=60)] = _FIRST,
    offset: Offset = 0,
    cursor: CursorText = None,
) -> HTMLResponse:
    """Show how many documents each target needs, and the documents that would do it, nearest day first."""
    dated = figure == _FIRST
    seen = targets(app, scope, figure, Wanted(Part.SHORT, None, 0 if dated else ROWS, offset))
    chosen = seen.chosen
    listing = Listing("missing", {"scope": (scope.year, scope.unit, scope.quarter, scope.genre, scope.policy_kind)})
    rows, count, before, after = _found(app, scope, seen, place=_Place(listing, cursor, offset))
    heading, explanation = HEADINGS.get(chosen.code, _OTHER_HEADING)
    page = MissingPage(
        title="达标还差什么",
        desk=desk,
        choosing=ChoosingView("/missing", scope, seen.choices, seen.genres, (("figure", figure),)),
        subject=scope_words(scope),
        as_of=as_of(app.today),
        goals=tuple(_goal(item, scope, chosen) for item in seen.measures),
        heading=heading,
        explanation=explanation,
        count=count,
        dated=dated,
        rows=rows,
        units=tuple(_units(seen, scope)),
        before=before,
        after=after,
        trail=(Crumb("总览", link("/", scope)),),
    )
    return show(page)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the list one is: the interpretations' list goes on by cursor, the others by row."""

    listing: Listing
    cursor: str | None
    offset: int


_Found = tuple[tuple[LackingRow, ...], int, str | None, str | None]


def _found(app: App, scope: Scope, seen: Targets, *, place: _Place) -> _Found:
    """Return the rows, how many there are in all, and the addresses of those before and after."""
    figure = key_of(seen.chosen)
    if figure == _FIRST:
        part = missing_interpretations(app, scope, limit=ROWS, after=place.listing.after(place.cursor, parts=2))
        again = link("/missing", scope, figure=figure) if place.cursor else None
        after = link("/missing", scope, figure=figure, cursor=place.listing.cursor(*part.next)) if part.next else None
        return tuple(_dated(row) for row in part.rows), part.total, again, after
    further = place.offset + ROWS
    return (
        tuple(_undated(row) for row in seen.rows),
        seen.count,
        link("/missing", scope, figure=figure, offset=max(place.offset - ROWS, 0)) if place.offset else None,
        link("/missing", scope, figure=figure, offset=further) if further < seen.count else None,
    )


def _dated(row: MissingRow) -> LackingRow:
    return LackingRow(
        id=row.id,
        title=row.title or "（无标题）",
        number=row.number,
        unit=row.unit,
        due=_due(row),
        late=row.days_left is not None and row.days_left < 0,
        pending=row.pending,
    )


def _due(row: MissingRow) -> str:
    if row.due is None or row.days_left is None:
        return "没有登记公开日期"
    left = (
        f"已过 {-row.days_left} 天"
        if row.days_left < 0
        else (f"还有 {row.days_left} 天" if row.days_left else "今天到期")
    )
    return f"{day_words(row.due)}，{left}" + ("（节假日安排未公布，暂算）" if row.provisional else "")


def _undated(row: MeasuredRow) -> LackingRow:
    return LackingRow(row.id, row.title or "（无标题）", row.number, row.unit, None, late=False, pending=0)


def _goal(measure: AnyMeasure, scope: Scope, chosen: AnyMeasure) -> GoalView:
    key, lack = key_of(measure), lacking(measure)
    sentence = "分母为零，无法计算。" if lack is None else "已经达到目标。"
    if lack:
        words = SENTENCES.get(key, _OTHER_SENTENCE)
        counted = COUNTED[measure.reading]
        sentence = words.format(lack=lack, mended=lacking(measure, mended=True), counted=counted)
    href = link("/missing", scope, figure=key) if lack else None
    return GoalView(figure_view(measure, scope), measure.name, sentence, href, here=key == key_of(chosen))


def _units(seen: Targets, scope: Scope) -> Iterator[LackingUnit]:
    """Yield the units that lack most, the most first."""
    found = [(lacking(one) or 0, one.unit or "") for one in seen.units]
    for lack, unit in sorted(found, key=lambda item: (-item[0], item[1]))[:UNITS]:
        if lack:
            href = link("/missing", replace(scope, unit=unit), figure=key_of(seen.chosen))
            yield LackingUnit(unit, lack, href)
