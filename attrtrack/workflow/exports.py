"""The year's list for whoever asks for it on a page: a short one at once, a long one as a job whose file is kept for some days.

Decision: the file is for the person who started the job, and only while that person still sees all that it was made of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from attrtrack.domain.access import Access, Right
from attrtrack.domain.jobs import Job, JobKind, JobState, Product
from attrtrack.errors import EmptyListError, NotPermittedError, UnknownRecordError
from attrtrack.workflow.app import App
from attrtrack.workflow.job_parts import words
from attrtrack.workflow.jobs import start
from attrtrack.workflow.listing import year_list_size
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

_NEWEST = 20


@dataclass(frozen=True, slots=True)
class Export:
    """An export of one's own; `file` None: there is none to be had, not yet or not any more."""

    job: Job
    file: Product | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an export would hold: how many documents, and whether so few that it is made at once."""

    documents: int
    at_once: bool


def asked_for(app: App, year: int, *, unit: str | None = None) -> Asked:
    """Say what the year's list would hold; `EmptyListError` for a year without any document."""
    documents = year_list_size(app, year, unit=unit)
    return Asked(documents, documents <= app.export_at_once)


def start_export(app: App, year: int, *, unit: str | None = None) -> str:
    """Start an export and return the job's id; that of the same one of one's own which is under way already."""
    year_list_size(app, year, unit=unit)
    asked = {"year": year, **({"unit": unit} if unit else {})}
    for one in exports(app):
        if not one.job.state.ended and not one.job.cancel_asked_by and dict(one.job.parameters) == asked:
            return one.job.id
    return start(app, JobKind.EXPORT.value, asked)


def exports(app: App) -> list[Export]:
    """Return one's own exports, newest first."""
    permitted(app, Right.EXPORT)
    with app.reading() as work:
        found = work.jobs.newest(units=(), of=app.actor, kind=JobKind.EXPORT, limit=_NEWEST)
        return [_export(work, job) for job in found]


def export(app: App, job_id: str) -> Export:
    """Return an export of one's own; `UnknownRecordError` for any other job."""
    permitted(app, Right.EXPORT)
    with app.reading() as work:
        job = work.jobs.get(job_id, units=(), of=app.actor)
        if job.kind is not JobKind.EXPORT:
            raise UnknownRecordError(f"没有编号为“{job_id[:20]}”的导出：请从导出页进入。")
        return _export(work, job)


def _export(work: "UnitOfWork", job: Job) -> Export:
    return Export(job, work.products.of(job.id) if job.state is JobState.DONE else None)


def export_pieces(app: App, job_id: str) -> tuple[Job, Product, Iterator[bytes]]:
    """Return an export, its file and the pieces of it; `EmptyListError` where there is none, or none any more."""
    permitted(app, Right.EXPORT)
    found = export(app, job_id)
    if found.file is None:
        raise EmptyListError(
            "这次导出没有可以下载的文件：还没有办完、已取消，或者过期已清除。请等它办完，或者重新生成。"
        )
    if not _still_sees(app.access, found.job):
        raise NotPermittedError("您能查看的单位与生成时不同，这份文件不再提供：请重新生成。")
    return found.job, found.file, _pieces(app, job_id)


def _still_sees(now: Access, job: Job) -> bool:
    unit = words(job.parameters, "unit")
    then = job.access.units if unit is None else frozenset({unit})
    return now.units is None or (then is not None and then <= now.units)


def _pieces(app: App, job_id: str) -> Iterator[bytes]:
    """Read each piece by itself: a slow line must not hold one state of the register."""
    for place in count():
        with app.reading() as work:
            piece = work.products.piece(job_id, place)
        if piece is None:
            return
        yield piece
