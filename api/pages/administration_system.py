"""`GET /administration/system`: whether the program can do its work, and what the register is made of."""

import datetime as dt

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.dependencies import TheApp
from api.pages.administration_views import JobView, PartView, SystemPage
from api.pages.administration_words import SYSTEM, moment_words, places
from api.pages.desk import TheDesk
from api.pages.rendering import show
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.decisions import State
from attrtrack.domain.jobs import Job
from attrtrack.workflow.system_state import SystemState, system_state

router = APIRouter(route_class=GuardedRoute)
_PARTS = {"database": "登记库", "guards": "库内防护", "model": "模型", "disk": "磁盘"}
_LONG_AGO = dt.timedelta(days=7)
_MEGABYTE = 1024 * 1024


@router.get(SYSTEM, dependencies=[needs(Right.MANAGE_SYSTEM)])
def get_system_page(app: TheApp, desk: TheDesk) -> HTMLResponse:
    """Look at everything anew."""
    found = system_state(app)
    is_due = found.backup is None or app.clock() - found.backup > _LONG_AGO
    page = SystemPage(
        title="系统状况",
        desk=desk,
        places=places(desk, SYSTEM),
        parts=tuple(PartView(_PARTS.get(one.part, one.part), one.trouble) for one in found.parts),
        facts=_facts(found),
        backup=moment_words(found.backup, "日志中没有备份的记录"),
        backup_is_due=is_due,
        states=tuple((state.chinese, found.documents.get(state, 0)) for state in State),
        jobs=tuple(map(_job, found.jobs)),
    )
    return show(page)


def _facts(found: SystemState) -> tuple[tuple[str, str], ...]:
    register = found.register
    size = "不能得知" if register.size is None else f"{register.size / _MEGABYTE:,.1f} MB"
    return (
        ("数据库", register.kind),
        ("大小", size),
        ("结构版本", register.revision),
        ("公文", f"{sum(found.documents.values()):,} 份"),
        ("审计日志", f"{found.journal:,} 条"),
    )


def _job(job: Job) -> JobView:
    progress = f"{job.done:,} / {job.total:,}" if job.total else f"已办 {job.done:,}"
    return JobView(
        job.id, job.kind.chinese, job.state.chinese, progress, job.started_by, moment_words(job.started or job.created)
    )
