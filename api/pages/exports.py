"""`GET /exports`: the year's list, made at once where it is short, else in the background, and taken from here when it is ready."""

from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import TheApp, TheScope
from api.pages.contexts import Crumb, DeskView, Option, TroubleView
from api.pages.desk import TheDesk
from api.pages.downloads import XLSX, saved_in_parts
from api.pages.exports_views import ExportRow, ExportsPage
from api.pages.forms import Typed, attempted, own_form
from api.pages.histories import local
from api.pages.importing_views import ExportView
from api.pages.job_words import job_view
from api.pages.rendering import show
from api.pages.telling import done
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.jobs import JobState
from attrtrack.errors import EmptyListError, UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.exports import Export, asked_for, export, export_pieces, exports, start_export
from attrtrack.workflow.jobs import starters
from attrtrack.workflow.overview import Scope, choices

router = APIRouter(route_class=GuardedRoute)
_YEAR = len("2023")
_MEGA = 1_000_000
_AT_ONCE = "/lists/"


@router.get("/exports", dependencies=[needs(Right.EXPORT)])
def get_exports_page(app: TheApp, scope: TheScope, desk: TheDesk) -> HTMLResponse:
    """Show the form and one's own exports."""
    return show(_page(app, desk, scope))


def _page(app: App, desk: DeskView, scope: Scope, trouble: TroubleView | None = None) -> ExportsPage:
    known, found = choices(app), exports(app)
    names = starters(app, [one.job for one in found])
    return ExportsPage(
        title="导出年度清单",
        desk=desk,
        trail=(Crumb("总览", "/"),),
        years=tuple(Option(str(year), f"{year}年") for year in known.years),
        units=tuple(Option(unit, unit) for unit in known.units),
        year=str(scope.year or ""),
        unit=scope.unit or "",
        asked=None if trouble else _asked(app, scope),
        limit=f"{app.export_at_once:,}",
        rows=tuple(ExportRow(job_view(one.job, names[one.job.started_by]), file_view(one)) for one in found),
        trouble=trouble,
    )


def _asked(app: App, scope: Scope) -> str | None:
    """Say how large the list would be, and how it is made."""
    if scope.year is None:
        return None
    try:
        asked = asked_for(app, scope.year, unit=scope.unit)
    except EmptyListError:
        return None
    how = "点下即得" if asked.at_once else "在后台生成，要几分钟"
    return f"{scope.year}年{scope.unit or app.access.whose}：{asked.documents:,} 份公文，{how}。"


@router.post("/exports", dependencies=[needs(Right.EXPORT), own_form()])
def post_export(request: Request, app: TheApp, desk: TheDesk, *, year: Typed = "", unit: Typed = "") -> Response:
    """Lead to the list, or start the job that makes it; the same one that is under way already is shown instead."""
    unit = unit.strip()[:500]
    typed = Scope(int(year) if year.isascii() and year.isdecimal() and len(year) == _YEAR else None, unit or None)

    def act() -> str:
        if typed.year is None:
            raise UsageError("请选择年度。")
        if asked_for(app, typed.year, unit=typed.unit).at_once:
            return f"{_AT_ONCE}{year}.xlsx?{urlencode({'unit': unit})}"
        return f"/jobs/{start_export(app, typed.year, unit=typed.unit)}"

    def went(href: str) -> Response:
        if href.startswith(_AT_ONCE):
            return RedirectResponse(href, HTTPStatus.SEE_OTHER)
        return done(request, href, "清单在后台生成：可以离开本页，稍后回来下载。")

    return attempted(act, again=lambda trouble: _page(app, desk, typed, trouble), done=went)


@router.get("/exports/{job_id}/list.xlsx", dependencies=[needs(Right.EXPORT)])
def get_export_file(app: TheApp, job_id: str) -> Response:
    """Return the file of an export."""
    job, file, pieces = export_pieces(app, job_id)
    year, unit = job.parameters["year"], job.parameters.get("unit")
    name = f"{year}年{unit or job.access.whose}公文清单.xlsx"
    return saved_in_parts(pieces, name, kind=XLSX, plain=f"list-{year}.xlsx", size=file.size)


def export_view(app: App, job_id: str) -> ExportView:
    """Return the file of an export as the page of its job shows it."""
    return file_view(export(app, job_id))


def file_view(found: Export) -> ExportView:
    """Say where the file of an export is, or why there is none."""
    year, unit = found.job.parameters["year"], found.job.parameters.get("unit")
    anew = f"/exports?{urlencode({'year': year, 'unit': unit or ''})}"
    if found.file is not None:
        told = f"{found.file.size / _MEGA:.1f} MB，保留到 {local(found.file.until)}"
        return ExportView(f"/exports/{found.job.id}/list.xlsx", told, anew)
    return ExportView(None, "文件已过期清除。" if found.job.state is JobState.DONE else "", anew)
