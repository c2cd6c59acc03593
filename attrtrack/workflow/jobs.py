"""Long work (批量任务): started, looked at, cancelled; and the workers that do it.

Decision: the register itself says what is to be done and how far it has come, on both databases alike. On PostgreSQL a
queue wakes workers on any host (`attrtrack worker`); on SQLite the process that serves the pages, or `attrtrack worker`,
looks for jobs every few seconds. Either way a job is had by one worker at a time, and one whose worker died is taken up
again where it stopped.
"""

import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrtrack.domain.access import Right
from attrtrack.domain.jobs import Job, JobKind, NewJob, Upload
from attrtrack.errors import AttrtrackError, ClassifiedMaterialError, NotPermittedError, UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.histories import named
from attrtrack.workflow.job_files import kept_files
from attrtrack.workflow.job_kinds import KINDS
from attrtrack.workflow.job_running import run_job, worker_app
from attrtrack.workflow.permitting import permitted

_LOOK_SECONDS = 2.0
_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_LONGEST_UNIT = 500


def start(
    app: App,
    kind: str,
    parameters: Mapping[str, object] | None = None,
    uploads: Sequence[Upload] = (),
    *,
    queued: bool = True,
) -> str:
    """Put a job in the queue and return its id; `queued` False leaves it to the caller, who runs it at once.

    Parameters: `unit` and `year`. Files are read before anything is kept (see `job_files`): one that cannot be read is
    refused with its own error, and of a classified one nothing stays but the rule in the journal.
    """
    chosen = _kind_named(kind)
    table = KINDS[chosen]
    permitted(app, table.right)
    checked = _checked(app, chosen, parameters or {})
    if uploads and not table.takes_files:
        raise UsageError(f"{chosen.chinese}不用交文件。")
    kept, refused = _kept(app, chosen, uploads) if table.takes_files else ((), [])
    result = {"refused": len(refused), "errors": refused} if refused else None
    new = NewJob(chosen, checked, app.access, app.home_unit, app.origin, kept, result)
    with app.unit_of_work() as work:
        return work.jobs.add(new, queued=queued)


def _kind_named(kind: str) -> JobKind:
    try:
        return JobKind(kind)
    except ValueError:
        known = "、".join(f"{item.value}（{item.chinese}）" for item in JobKind)
        raise UsageError(f"没有“{kind[:40]}”这种批量任务：可用的有 {known}。") from None


def _kept(app: App, kind: JobKind, uploads: Sequence[Upload]) -> tuple[tuple[Upload, ...], list[dict[str, object]]]:
    try:
        return kept_files(app, kind, uploads)
    except ClassifiedMaterialError as refusal:
        with app.store.unit_of_work(app.actor, app.origin) as work:
            work.journal.append("start-job", "-", "refused", {"rule": refusal.rule})
        raise


def _checked(app: App, kind: JobKind, parameters: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters that are given, or say which is wrong."""
    given = {name: value for name, value in parameters.items() if value is not None}
    unknown = set(given) - KINDS[kind].parameters
    if unknown:
        raise UsageError(f"{kind.chinese}没有这些参数：{'、'.join(sorted(name[:40] for name in unknown))}。")
    unit, year = given.get("unit"), given.get("year")
    if year is None and KINDS[kind].for_a_year:
        raise UsageError(f"{kind.chinese}须写明年度。")
    if unit is not None and not (isinstance(unit, str) and 0 < len(unit.strip()) <= _LONGEST_UNIT):
        raise UsageError(f"单位名称应是 1 到 {_LONGEST_UNIT} 个字。")
    if isinstance(unit, str) and not app.access.sees(unit):
        raise NotPermittedError("这个单位不在您能办理的单位之内：请核对单位名称，或由该单位办理。")
    if year is not None and not (isinstance(year, int) and _FIRST_YEAR <= year <= _LAST_YEAR):
        raise UsageError(f"年度应是 {_FIRST_YEAR}—{_LAST_YEAR} 之间的整数。")
    return given


def status(app: App, job_id: str) -> Job:
    """Return how a job stands: one's own, or, with the right to run jobs, one of the units that are seen.

    A job of a unit out of sight is answered like one that is not there, whatever rights one holds.
    """
    with app.reading() as work:
        job = work.jobs.get(job_id, units=app.access.units, of=app.actor)
    if job.started_by != app.actor:
        permitted(app, Right.RUN_JOBS, subject=job_id)
    return job


def listed(app: App, *, limit: int = 50) -> list[Job]:
    """Return the newest jobs: one's own, and, with the right to run jobs, those of the units that are seen."""
    seen = app.access.units if app.access.may(Right.RUN_JOBS) else frozenset[str]()
    with app.reading() as work:
        return work.jobs.newest(units=seen, of=app.actor, limit=limit)


def starters(app: App, jobs: Iterable[Job]) -> dict[str, str]:
    """Return the names of those who started jobs, by login; the login where no account bears it."""
    with app.reading() as work:
        return {login: named(work, login) for login in {job.started_by for job in jobs}}


def cancel(app: App, job_id: str) -> Job:
    """Cancel a job: one that waits at once, one under way after the part at hand; what is done stays done."""
    status(app, job_id)
    with app.unit_of_work() as work:
        return work.jobs.ask_cancel(job_id, app.actor)


def run_worker(app: App, stop: threading.Event) -> None:
    """Run jobs until told to stop: on PostgreSQL by SIGTERM or Ctrl-C, on SQLite when `stop` is set.

    A job under way is then handed back after the part at hand.
    """
    if app.store.has_queue:
        app.store.work_queue(lambda job_id, stopping: _run_quietly(app, job_id, stopping), lambda: wake_waiting(app))
        return
    while not stop.is_set():
        if not _run_next(app, stop):
            stop.wait(_LOOK_SECONDS)


def _run_quietly(app: App, job_id: str, stopping: Callable[[], bool]) -> None:
    """Run one job; trouble with the database has been noted with it, and the queue goes on with the next."""
    with contextlib.suppress(AttrtrackError):
        run_job(app, job_id, stopping=stopping)


def _run_next(app: App, stop: threading.Event) -> bool:
    """Run the oldest job that waits; return whether there was one."""
    try:
        with worker_app(app).reading() as work:
            if not work.jobs.waiting():
                return False
        return run_job(app, stopping=stop.is_set) is not None
    except AttrtrackError:
        return False


def wake_waiting(app: App) -> None:
    """Put jobs that nobody is at into the queue again: their worker died, or the queue was made anew."""
    own = worker_app(app)
    with contextlib.suppress(AttrtrackError):
        with own.reading() as work:
            waiting = work.jobs.waiting()
        if waiting:
            with own.unit_of_work() as work:
                for job_id in waiting:
                    work.jobs.wake(job_id)


class BackgroundWorker:
    """Runs jobs beside the pages, in the process that serves a register on SQLite; nothing where there is a queue."""

    def __init__(self, app: App) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=run_worker, args=(app, self._stop), name="jobs", daemon=True)
        if not app.store.has_queue:
            self._thread.start()

    def stop(self, seconds: float = 20.0) -> None:
        """Stop after the part at hand; one that takes longer is cut off, and another worker goes on from before it."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(seconds)
