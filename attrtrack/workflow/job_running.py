"""Running one job: taken by a lease, part by part, until it is done, cancelled, failed, or the worker is told to stop.

Decision: a job acts for whoever started it, with the rights that this person still has, and the journal says so
(`job J3`). What the job's own input is to blame for ends it with its sentence; trouble of the database or the disk puts it
back into the queue, to be tried again a few times.
"""

import contextlib
import logging
import os
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from attrtrack.domain.access import OPEN, Access
from attrtrack.domain.jobs import Job, JobState, Told
from attrtrack.errors import AttrtrackError, StorageUnusableError
from attrtrack.workflow.app import App
from attrtrack.workflow.indexing import index_settled
from attrtrack.workflow.job_kinds import KINDS
from attrtrack.workflow.job_parts import Part, merged, words
from attrtrack.workflow.signing_in import access_of_login
from attrtrack.workflow.standing import settled

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

_BEAT_SECONDS = 5.0
_BUG = "程序内部出错，任务已停止，此前完成的部分都已保存：请把运行日志交给维护人员。"
_Kept = TypeVar("_Kept")
_log = logging.getLogger("attrtrack.jobs")


class _LostError(Exception):
    """The lease is over and another worker may have the job."""


class _LeftError(Exception):
    """The job has been ended, or handed back, by this worker itself."""


def worker_app(app: App) -> App:
    """Return the program acting for itself: it takes jobs and hands them back, and does nothing else."""
    return app.acting_as("system", OPEN, origin="worker")


def run_job(
    app: App,
    job_id: str | None = None,
    *,
    stopping: Callable[[], bool] = lambda: False,
    watch: Callable[[Job], object] = lambda _: None,
) -> Job | None:
    """Take a job that nobody is at (the oldest, or this one) and run it; return how it stands then, None if there is none.

    `stopping` is asked after every part: the job is then handed back as far as it has come. `watch` is told of every part.
    """
    own = worker_app(app)
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    with own.unit_of_work() as work:
        job = work.jobs.take(holder, job_id)
    if job is None:
        return None
    run = _Run(own, app, job, holder=holder, stopping=stopping, watch=watch)
    with _heartbeat(own, job.id, holder):
        run.to_its_end()
    with own.reading() as work:
        return work.jobs.get(job.id)


class _Run:
    """One taking of a job."""

    def __init__(
        self,
        own: App,
        app: App,
        job: Job,
        *,
        holder: str,
        stopping: Callable[[], bool],
        watch: Callable[[Job], object],
    ) -> None:
        self._own, self._app, self._job, self._holder = own, app, job, holder
        self._stopping, self._watch = stopping, watch

    def to_its_end(self) -> None:
        """Run the parts, and tell the register how it ended."""
        try:
            self._parts()
        except (_LostError, _LeftError):
            return
        except StorageUnusableError as error:
            trouble = error.message
            self._settle(lambda work: work.jobs.hand_back(self._job.id, trouble=trouble))
        except AttrtrackError as error:
            self._fail(error.message)
        except KeyboardInterrupt:
            self._settle(lambda work: work.jobs.hand_back(self._job.id))
            raise
        except Exception:  # noqa: BLE001 - a fault of the program must end its job with a sentence, not the worker
            _log.exception("job %s", self._job.id)
            self._fail(_BUG)

    def _parts(self) -> None:
        kind, acting = KINDS[self._job.kind], acting_for(self._app, self._job)
        acting.ensure(kind.right)
        plan = kind.plan(acting, self._job)
        self._begin(plan.total)
        for part in plan.parts:
            with acting.unit_of_work() as work:
                self._write(work, part)
            self._tell()
            if self._stopping():
                self._settle(lambda work: work.jobs.hand_back(self._job.id))
                raise _LeftError
        for _ in chain(settled(self._own), index_settled(self._own)):
            if self._stopping():
                break
        with self._own.unit_of_work() as work:
            work.jobs.end(self._held(work).id, JobState.DONE)

    def _begin(self, total: int | None) -> None:
        if total is not None and total != self._job.total:
            with self._own.unit_of_work() as work:
                work.jobs.count(self._held(work).id, total)

    def _write(self, work: "UnitOfWork", part: Part) -> None:
        """Write one part and move the job on, unless somebody asked to cancel it."""
        job = self._held(work)
        if job.cancel_asked_by is not None:
            work.jobs.end(job.id, JobState.CANCELLED)
            return
        result: Told = merged(job.result, part.write(work))
        work.jobs.advance(job.id, by=part.size, cursor=part.cursor, result=result)

    def _held(self, work: "UnitOfWork") -> Job:
        job = work.jobs.hold(self._job.id, self._holder)
        if job is None:
            raise _LostError
        return job

    def _tell(self) -> None:
        with self._own.reading() as work:
            job = work.jobs.get(self._job.id)
        self._watch(job)
        if job.state.ended:
            raise _LeftError

    def _fail(self, message: str) -> None:
        self._settle(lambda work: work.jobs.end(self._job.id, JobState.FAILED, message=message))

    def _settle(self, settle: "Callable[[UnitOfWork], None]") -> None:
        """Write how this taking ended; where even that cannot be written, the end of the lease will say it."""
        with contextlib.suppress(AttrtrackError, _LostError), self._own.unit_of_work() as work:
            self._held(work)
            settle(work)


def acting_for(app: App, job: Job) -> App:
    """Return the program acting for whoever started a job, with the rights of then that are still theirs.

    Raises `NotPermittedError` when the account is no more.
    """
    access = _both(job.access, access_of_login(app, job.started_by))
    return app.acting_as(job.started_by, access, origin=f"job {job.id}", unit=words(job.parameters, "unit") or job.unit)


def _both(then: Access, now: Access) -> Access:
    return Access(_common(then.rights, now.rights), _common(then.units, now.units), then.home)


def _common(some: frozenset[_Kept] | None, others: frozenset[_Kept] | None) -> frozenset[_Kept] | None:
    """Return what is in both; None stands for everything."""
    if some is None or others is None:
        return some if others is None else others
    return some & others


@contextlib.contextmanager
def _heartbeat(own: App, job_id: str, holder: str) -> Iterator[None]:
    """Say every few seconds that the worker is alive, also while it prepares a long part."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(_BEAT_SECONDS):
            with contextlib.suppress(AttrtrackError), own.unit_of_work() as work:
                work.jobs.beat(job_id, holder)

    thread = threading.Thread(target=beat, name=f"heartbeat {job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
