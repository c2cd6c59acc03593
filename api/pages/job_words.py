"""How a job stands, in the words of the pages."""

from datetime import UTC, datetime

from api.pages.importing_views import JobView
from api.pages.wording import without_commands
from attrtrack.domain.jobs import Job, JobKind, JobState

_COUNTS = {
    "imported": "新登记",
    "updated": "补充",
    "unchanged": "没有变化",
    "refused": "没有收",
    "document_pages": "读到文件页面的链接",
    "proposed": "提出建议",
    "changed": "与上次建议不同",
    "unlike_decisions": "与审定不同",
    "with_documents": "找到公文",
    "audited": "已审查",
    "flagged": "存疑",
    "not_audited": "没有认定、未审查",
}


def job_view(job: Job, starter: str) -> JobView:
    """Put a job into words."""
    unit, year = job.parameters.get("unit"), job.parameters.get("year")
    result = job.result or {}
    share = round(100 * job.done / job.total) if job.total else None
    return JobView(
        id=job.id,
        kind=job.kind.chinese,
        state=_state(job),
        ended=job.state.ended,
        scope=" · ".join(filter(None, (str(unit or _units(job)), f"{year}年" if year else ""))),
        unit=str(unit or ""),
        done=f"{job.done} / {job.total}" if job.total is not None else str(job.done),
        share=min(share, 100) if share is not None else None,
        pace=_pace(job),
        starter=starter,
        at=_at(job.created),
        ended_at=_at(job.finished) if job.finished else "",
        message=without_commands(job.message or ""),
        counts=tuple(f"{word} {result[name]}" for name, word in _COUNTS.items() if result.get(name)),
    )


def _units(job: Job) -> str:
    return job.access.whose if job.kind is JobKind.EXPORT else job.unit or ""


def _state(job: Job) -> str:
    if job.state is JobState.RUNNING and job.cancel_asked_by:
        return "正在取消"
    return "中断过，排队接着办" if job.state is JobState.QUEUED and job.attempts else job.state.chinese


def _pace(job: Job) -> str:
    """Say how long it will take, as far as the last seconds tell."""
    if job.state is not JobState.RUNNING or not job.rate or not job.total:
        return ""
    left = (job.total - job.done) / job.rate
    return f"每秒 {job.rate:.0f} 项，约还要 {max(round(left / 60), 1)} 分钟" if left >= 1 else ""


def _at(moment: datetime) -> str:
    return f"{(moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone():%Y-%m-%d %H:%M}"
