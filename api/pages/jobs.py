"""`GET /jobs` and `GET /jobs/{id}`: one's long work, how far it has come, what was refused; cancelled and started again."""

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.contexts import Crumb, DeskView, Option, TroubleView
from api.pages.desk import TheDesk
from api.pages.exports import export_view
from api.pages.forms import Typed, attempted, own_form
from api.pages.importing_views import BadRowView, ExportView, JobPage, JobsPage
from api.pages.job_words import job_view
from api.pages.once import a_mark, done_once
from api.pages.rendering import show
from api.pages.telling import done
from api.pages.wording import without_commands
from api.permissions import GuardedRoute, needs, signed_in
from attrtrack.domain.access import Right
from attrtrack.domain.jobs import Job, JobKind, JobState
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.jobs import cancel, listed, start, starters, status
from attrtrack.workflow.overview import choices

router = APIRouter(route_class=GuardedRoute)
ROWS = 50
SECONDS = 5
_SHOWN = 100
_CRUMB, _EXPORTS = Crumb("任务", "/jobs"), Crumb("导出年度清单", "/exports")
_FROM_HERE = (
    Option(JobKind.RE_LINK.value, "为解读找公文", "给还没有判定公文的解读重新找可能的公文；人判定过的不动。"),
    Option(JobKind.RE_PROPOSE.value, "重新提建议", "按现在的规则和模型重新建议公开属性；认定不动。"),
    Option(JobKind.AUDIT.value, "审查公开属性", "把已认定的属性与建议对照，列出存疑的。"),
)
_STARTED_HERE = {option.value for option in _FROM_HERE}


@router.get("/jobs", dependencies=[signed_in()])
def get_jobs_page(app: TheApp, desk: TheDesk) -> HTMLResponse:
    """Show the newest jobs."""
    return show(_list(app, desk))


def _list(app: App, desk: DeskView, typed: dict[str, str] | None = None) -> JobsPage:
    runs = app.access.may(Right.RUN_JOBS)
    found = listed(app, limit=ROWS)
    names = starters(app, found)
    return JobsPage(
        title="任务",
        desk=desk,
        rows=tuple(job_view(job, names[job.started_by]) for job in found),
        kinds=_FROM_HERE if runs else (),
        typed={"kind": JobKind.RE_LINK.value, "unit": "", "year": "", **(typed or {})},
        units=choices(app).units if runs and app.access.may(Right.READ) else (),
        once=a_mark(),
    )


@router.get("/jobs/{job_id}", dependencies=[signed_in()])
def get_job_page(app: TheApp, desk: TheDesk, job_id: str, *, still: bool = False) -> HTMLResponse:
    """Show how a job stands; until it has ended the page loads itself anew, unless it was told to stand still."""
    page = _page(app, desk, job_id, still=still)
    answer = show(page)
    if page.refresh is not None:
        answer.headers["Refresh"] = str(page.refresh)
    return answer


def _page(app: App, desk: DeskView, job_id: str, *, still: bool = False) -> JobPage:
    job = status(app, job_id)
    bad, flags = _listed_rows(job, "errors"), _listed_rows(job, "flags")
    view = job_view(job, starters(app, [job])[job.started_by])
    given_up = job.state in {JobState.FAILED, JobState.CANCELLED}
    by_files = job.kind in {JobKind.IMPORT_LEDGER, JobKind.IMPORT_PAGES}
    refused = (job.result or {}).get("refused")
    return JobPage(
        title=f"{view.kind}（{job.id}）",
        desk=desk,
        trail=(_EXPORTS if job.kind is JobKind.EXPORT else _CRUMB,),
        job=view,
        file=_file(app, job),
        bad=tuple(_bad(row) for row in bad[:_SHOWN]),
        bad_more=max((refused if isinstance(refused, int) else len(bad)) - len(bad[:_SHOWN]), 0),
        flags=tuple(_bad(row) for row in flags[:_SHOWN]),
        came_in=_came_in(job),
        refresh=None if job.state.ended or still else SECONDS,
        follow=f"/jobs/{job.id}",
        still=f"/jobs/{job.id}?still=true",
        may_cancel=not job.state.ended and not job.cancel_asked_by,
        again=given_up and job.kind.value in _STARTED_HERE and app.access.may(Right.RUN_JOBS),
        then_link=_has_new_readings(job) and app.access.may(Right.RUN_JOBS),
        hand_in_again=_hand_in(job) if given_up and by_files and app.access.may(Right.IMPORT) else None,
    )


def _file(app: App, job: Job) -> ExportView | None:
    """Return the file of an export to whoever asked for it."""
    own = job.kind is JobKind.EXPORT and job.started_by == app.actor and app.access.may(Right.EXPORT)
    return export_view(app, job.id) if own else None


def _listed_rows(job: Job, name: str) -> list[Mapping[str, object]]:
    rows = (job.result or {}).get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _bad(row: Mapping[str, object]) -> BadRowView:
    number = row.get("row")
    name = str(row.get("file", ""))
    place, name = (f"第 {number} 行", name) if number else (name, "")
    return BadRowView(place, name, without_commands(str(row.get("message", ""))))


def _has_new_readings(job: Job) -> bool:
    came = sum(number for name in ("imported", "updated") if isinstance(number := (job.result or {}).get(name), int))
    return job.state is JobState.DONE and job.kind is JobKind.IMPORT_PAGES and came > 0


def _hand_in(job: Job) -> str:
    return "/imports/new" if job.kind is JobKind.IMPORT_LEDGER else "/interpretations/import"


def _came_in(job: Job) -> tuple[tuple[str, str], ...]:
    """Return where to look at what a job has brought."""
    if not job.done:
        return ()
    found = {
        JobKind.IMPORT_LEDGER: (("看导入的公文", "/documents?year=&unit="), ("看解读", "/interpretations?tab=all")),
        JobKind.IMPORT_PAGES: (("看登记的解读", "/interpretations?tab=all"),),
        JobKind.RE_LINK: (("去判定", "/interpretations"),),
        JobKind.RE_PROPOSE: (("去办理", "/queue"),),
        JobKind.AUDIT: (),
        JobKind.EXPORT: (),
    }
    return found[job.kind]


@router.post("/jobs", dependencies=[needs(Right.RUN_JOBS), own_form()])
def post_job(
    request: Request,
    app: TheApp,
    desk: TheDesk,
    *,
    kind: Typed = "",
    unit: Typed = "",
    year: Typed = "",
    once: Typed = "",
) -> Response:
    """Start long work over the register."""
    typed = {"kind": kind[:20], "unit": unit[:500], "year": year[:10]}

    def act() -> str:
        if kind not in _STARTED_HERE:
            raise UsageError("请选择要办的任务。")
        if year and not (year.isascii() and year.isdecimal() and len(year) == len("2023")):
            raise UsageError("年度应为四位年份，例如 2023；不填为全部年度。")
        parameters: dict[str, object] = {"unit": unit.strip() or None, "year": int(year) if year else None}
        said = f"{kind} {parameters}".encode(errors="replace")
        return done_once(app, once, said, lambda acting: start(acting, kind, parameters))

    def again(trouble: TroubleView) -> JobsPage:
        return replace(_list(app, desk, typed), trouble=trouble)

    return attempted(act, again=again, done=lambda job_id: _begun(request, job_id))


def _begun(request: Request, job_id: str) -> Response:
    return done(request, f"/jobs/{job_id}", f"任务 {job_id} 已排队，可以离开本页。")


@router.post("/jobs/{job_id}/cancel", dependencies=[signed_in(), own_form()])
def post_cancel(request: Request, app: TheApp, job_id: str) -> Response:
    """Cancel a job; what is done stays done, but of an export nothing is kept."""
    job = cancel(app, job_id)
    left = "不留文件" if job.kind is JobKind.EXPORT else "已办的保留"
    if job.state is JobState.RUNNING:
        return done(request, f"/jobs/{job.id}", f"已要求取消：办完手头的一段即停，{left}。")
    told = {JobState.CANCELLED: f"任务已取消，{left}。"}
    return done(request, f"/jobs/{job.id}", told.get(job.state, f"任务{job.state.chinese}，没有取消。"))


@router.post("/jobs/{job_id}/again", dependencies=[needs(Right.RUN_JOBS), own_form()])
def post_again(request: Request, app: TheApp, desk: TheDesk, job_id: str, *, once: Typed = "") -> Response:
    """Start a job anew that was cancelled or has failed, as it was asked for then."""
    job = status(app, job_id)

    def act() -> str:
        if job.kind.value not in _STARTED_HERE or job.state not in {JobState.FAILED, JobState.CANCELLED}:
            raise UsageError("这个任务不能从这里重新办理：导入请重新交文件；办理中的请等它办完。")
        return done_once(app, once, job.id.encode(), lambda acting: start(acting, job.kind.value, job.parameters))

    return attempted(
        act,
        again=lambda trouble: replace(_page(app, desk, job_id), trouble=trouble),
        done=lambda new: _begun(request, new),
    )
