"""`GET /audit`: the audit of what was decided before, as a job: started here, ranked here, taken along as a workbook."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import Offset, TheApp
from api.pages.auditing_views import AuditListPage, AuditPage, AuditView, SuspectedView
from api.pages.contexts import Crumb, DeskView, Option, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, own_form
from api.pages.histories import local
from api.pages.proposals import reason_words
from api.pages.rendering import show
from api.pages.telling import done
from api.pages.wording import without_commands
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.jobs import Job, JobKind, JobState
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.audit_export import summary_line
from attrtrack.workflow.audit_lists import AuditList, SuspectedDocument, audit_file, audit_list, audits
from attrtrack.workflow.jobs import start
from attrtrack.workflow.overview import choices

router = APIRouter(route_class=GuardedRoute)
ROWS = 50
SECONDS = 4
_YEAR = 4
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Still = Annotated[bool, Query()]


@router.get("/audit", dependencies=[needs(Right.READ), needs(Right.RUN_JOBS)])
def get_audit_page(app: TheApp, desk: TheDesk) -> HTMLResponse:
    """Show the audits so far and the form that starts one."""
    return show(_page(app, desk))


@router.post("/audit", dependencies=[needs(Right.READ), needs(Right.RUN_JOBS), own_form()])
def post_audit(request: Request, app: TheApp, desk: TheDesk, *, unit: Typed = "", year: Typed = "") -> Response:
    """Start an audit; the same one that is under way already is shown instead."""

    def act() -> str:
        asked: dict[str, object] = {}
        if unit:
            asked["unit"] = unit
        if year:
            if not (year.isascii() and year.isdecimal() and len(year) == _YEAR):
                raise UsageError("年度应是四位数字，例如 2023。")
            asked["year"] = int(year)
        return _under_way(app, asked) or start(app, JobKind.AUDIT.value, asked)

    return attempted(
        act,
        again=lambda trouble: _page(app, desk, trouble=trouble, unit=unit, year=year),
        done=lambda job: done(request, f"/audit/{job}", "审查已发起，在后台办理；可以离开本页，稍后再来看。"),
    )


@router.get("/audit/{job_id}", dependencies=[needs(Right.READ), needs(Right.RUN_JOBS)])
def get_audit_list_page(
    app: TheApp, desk: TheDesk, job_id: str, *, offset: Offset = 0, still: _Still = False
) -> HTMLResponse:
    """Show the ranking of an audit; until it has ended the page loads itself anew, unless it was told to stand still."""
    found = audit_list(app, job_id, limit=ROWS, offset=offset)
    job, after = found.job, offset + ROWS
    here = f"/audit/{job.id}"
    page = AuditListPage(
        title=f"存疑清单（{job.id}）",
        desk=desk,
        trail=(Crumb("办理", "/queue"), Crumb("存疑清单", "/audit")),
        audit=_view(job),
        summary=_sentences(summary_line(found.summary)) if found.summary else (),
        message=without_commands(job.message or ""),
        rows=tuple(_suspected(app, found)),
        total=found.total,
        download=f"{here}/list.xlsx" if found.summary and found.total else None,
        still=f"{here}?still=true" if not (job.state.ended or still) else None,
        before=f"{here}?offset={max(offset - ROWS, 0)}" if offset else None,
        after=f"{here}?offset={after}" if after < found.total else None,
    )
    answer = show(page)
    if page.still is not None:
        answer.headers["Refresh"] = str(SECONDS)
    return answer


@router.get("/audit/{job_id}/list.xlsx", dependencies=[needs(Right.EXPORT), needs(Right.RUN_JOBS)])
def get_audit_file(app: TheApp, job_id: str) -> Response:
    """Return the ranking as a workbook."""
    headers = {"Content-Disposition": f'attachment; filename="audit-{job_id}.xlsx"'}
    return Response(audit_file(app, job_id), media_type=_XLSX, headers=headers)


def _page(app: App, desk: DeskView, *, trouble: TroubleView | None = None, unit: str = "", year: str = "") -> AuditPage:
    known = choices(app)
    return AuditPage(
        title="存疑清单",
        desk=desk,
        trail=(Crumb("办理", "/queue"),),
        audits=tuple(map(_view, audits(app))),
        units=tuple(Option(one, one) for one in known.units),
        years=tuple(Option(str(one), f"{one}年") for one in known.years),
        unit=unit,
        year=year,
        trouble=trouble,
    )


def _under_way(app: App, asked: dict[str, object]) -> str | None:
    """Return the audit of one's own that is doing just this already: a form sent twice starts one."""
    same = (job for job in audits(app) if not job.state.ended and dict(job.parameters) == asked)
    return next((job.id for job in same if job.started_by == app.actor), None)


def _view(job: Job) -> AuditView:
    unit, year = job.parameters.get("unit"), job.parameters.get("year")
    told = job.result or {}
    return AuditView(
        id=job.id,
        scope=" · ".join((str(unit) if unit else "全部单位", f"{year}年" if year else "全部年度")),
        at=local(job.created),
        state=job.state.chinese,
        begun=job.state is not JobState.QUEUED,
        ended=job.state.ended,
        share=min(round(100 * job.done / job.total), 100) if job.total else None,
        done=f"{job.done} / {job.total} 份" if job.total else f"{job.done} 份",
        flagged=f"审查 {told['audited']} 份，存疑 {told['flagged']} 份" if "audited" in told else None,
    )


def _sentences(told: str) -> tuple[str, ...]:
    return tuple(f"{words}。" for words in told.split("。") if words)


def _suspected(app: App, found: AuditList) -> Iterator[SuspectedView]:
    for row in found.rows:
        yield _row(app, row)


def _row(app: App, row: SuspectedDocument) -> SuspectedView:
    item = row.suspicion
    why = [quote.quote for quote in item.evidence[:2]]
    return SuspectedView(
        number=row.number,
        id=item.row.id,
        title=item.row.title or "（无标题）",
        under=f"{item.row.number or '（无文号）'}　{item.row.unit or '单位未登记'}",
        reply=item.row.letter_of_reply,
        flagged=item.flagged,
        declared=item.declared.chinese,
        now=row.now.chinese if row.now else None,
        declared_reason=reason_words(app, item.row.declared_reason),
        proposed=item.proposed.chinese if item.proposed else "没有意见",
        reason=reason_words(app, item.reason),
        score=f"{item.score:.0%}",
        why=tuple(why) or ((item.doubt,) if item.doubt else ()),
    )
