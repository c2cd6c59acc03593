"""`GET /lists/…`: the year's list, the rows behind a figure, and the table by unit, to keep."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi import Path as PathParameter
from fastapi.responses import RedirectResponse, Response

from api.dependencies import TheApp, UnitText
from api.pages.grouping import name_of
from api.pages.slicing import TheSlice
from api.pages.wording import EXCLUSIONS, as_of, scope_words, verdict
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.workflow.app import App
from attrtrack.workflow.exports import asked_for
from attrtrack.workflow.figures import Grouping
from attrtrack.workflow.keeping import Kind, Words, figure_file, grouped_file
from attrtrack.workflow.listing import year_list
from attrtrack.workflow.overview import Scope

router = APIRouter(route_class=GuardedRoute)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Year = Annotated[int, PathParameter(ge=1949, le=2100)]
_Name = Annotated[str, PathParameter(max_length=60)]


@router.get("/lists/by/{dimension}.{kind}", dependencies=[needs(Right.EXPORT), needs(Right.MEASURE)])
def get_grouped_list(app: TheApp, scope: TheSlice, dimension: Grouping, kind: Kind) -> Response:
    """Return the table of every unit, year, quarter or genre."""
    whole = replace(scope, **{dimension: None})
    data = grouped_file(
        app, whole, dimension, named=lambda one: name_of(one, dimension), words=_words(app, whole, kind)
    )
    return _file(data, f"figures-by-{dimension}", kind)


@router.get("/lists/figures/{code}/{reading}.{kind}", dependencies=[needs(Right.EXPORT)])
def get_figure_list(app: TheApp, scope: TheSlice, code: _Name, reading: _Name, *, kind: Kind) -> Response:
    """Return the rows behind a figure."""
    data = figure_file(app, scope, code, reading, words=_words(app, scope, kind))
    return _file(data, f"{code}-{reading}", kind)


def _words(app: App, scope: Scope, kind: Kind) -> Words:
    return Words(f"{scope_words(scope)}，{as_of(app.today)}", EXCLUSIONS, verdict, kind)


def _file(data: bytes, name: str, kind: Kind) -> Response:
    media = XLSX if kind == "xlsx" else "text/csv; charset=utf-8"
    return Response(data, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'})


@router.get("/lists/{year}.xlsx", dependencies=[needs(Right.EXPORT)])
def get_year_list(app: TheApp, year: _Year, unit: UnitText = None) -> Response:
    """Return the year's list as a workbook, or lead to the page where a long one is made in the background."""
    if not asked_for(app, year, unit=unit or None).at_once:
        return RedirectResponse(f"/exports?{urlencode({'year': year, 'unit': unit or ''})}", HTTPStatus.SEE_OTHER)
    data, _ = year_list(app, year, unit=unit or None)
    return _file(data, f"list-{year}", "xlsx")
