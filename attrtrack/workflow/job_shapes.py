"""The plain row that programs read of a job."""

import datetime as dt

from attrtrack.domain.jobs import Job


def job_row(job: Job) -> dict[str, object]:
    """Return what `jobs --json` and the API tell of a job; `share` is None while the total is not known."""
    return {
        "id": job.id,
        "kind": job.kind.value,
        "state": job.state.value,
        "done": job.done,
        "total": job.total,
        "share": job.done / job.total if job.total else None,
        "per_second": None if job.rate is None else round(job.rate, 1),
        "message": job.message,
        "parameters": dict(job.parameters),
        "unit": job.unit,
        "started_by": job.started_by,
        "created_at": _at(job.created),
        "started_at": _at(job.started),
        "finished_at": _at(job.finished),
        "heartbeat_at": _at(job.heartbeat),
        "attempts": job.attempts,
        "cancel_asked_by": job.cancel_asked_by,
        "result": None if job.result is None else dict(job.result),
    }


def _at(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
