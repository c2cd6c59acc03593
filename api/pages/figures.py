"""`GET /figures/{code}/{reading}`: the rows behind a figure."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse

from api.dependencies import Offset, TheApp, TheScope
from api.pages.contexts import FigurePage, PartView, RowView
from api.pages.people import ThePerson
from api.pages.rendering import show
from api.pages.views import figure_view
from api.pages.wording import EXCLUSIONS, link, scope_words
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.workflow.figures import Figure, FigurePart, FigureRow, Window, figure
from attrtrack.workflow.overview import versions

router = APIRouter(route_class=GuardedRoute)
ROWS = 100
_Part = Literal["short", "numerator", "excluded"]
_Name = Annotated[str, Path(max_length=60)]
_HEADINGS = {
    "short": ("还没有达到", "在分母、不在分子"),
    "numerator": ("已经达到", "分子，也在分母"),
    "excluded": ("没有计入", "不在分母，各有规则"),
}


@router.get("/figures/{code}/{reading}", dependencies=[needs(Right.MEASURE)])
def get_figure_page(
    app: TheApp,
    scope: TheScope,
    person: ThePerson,
    *,
    code: _Name,
    reading: _Name,
    part: _Part | None = None,
    offset: Offset = 0,
) -> HTMLResponse:
    """Show the numerator, the rest of the denominator, and what was excluded by which rule."""
    found = figure(app, scope, code, reading, window=Window(part, ROWS, offset))
    measure = found.measure
    page = FigurePage(
        title=measure.name,
        notice=found.sample_notice,
        versions=versions(app),
        person=person,
        subject=scope_words(scope),
        figure=found,
        view=figure_view(measure, scope),
        parts=tuple(_part_view(found, item) for item in found.parts),
        back=link("/", scope),
    )
    return show(page)


def _part_view(found: Figure, part: FigurePart) -> PartView:
    heading, explanation = _HEADINGS[part.code]
    path = f"/figures/{found.measure.code}/{found.measure.reading.value}"
    after = part.offset + len(part.rows)
    earlier = max(part.offset - ROWS, 0)
    return PartView(
        code=part.code,
        heading=heading,
        explanation=explanation,
        count=part.count,
        rows=tuple(_row_view(row) for row in part.rows),
        first=part.offset + 1,
        before=link(path, found.scope, part=part.code, offset=earlier) if part.offset else None,
        after=link(path, found.scope, part=part.code, offset=after) if after < part.count else None,
    )


def _row_view(row: FigureRow) -> RowView:
    href = f"/documents/{row.id}" if row.id.startswith("D") else None
    rule = EXCLUSIONS.get(row.rule, row.rule) if row.rule else None
    return RowView(row.id, row.title or "（无标题）", row.number, row.invented, rule, href)
