"""Jobs of the register: asked for, taken by one worker at a time, moved on part by part, ended once.

Decision: a worker holds a job by a lease. Each part is one transaction that begins with `hold` (nobody else has the job)
and ends with `advance` (cursor and progress); since writers take turns, no part can be done twice, and one that was cut
off has left nothing. A worker that is heard of no more loses the job when its lease is over. The lease is measured by the
clocks of the hosts, so these must agree to within some seconds.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.access import Access, Right
from attrtrack.domain.jobs import Job, JobKind, JobState, NewJob, Told, Upload
from attrtrack.errors import UnknownRecordError
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.mapping import storable
from attrtrack.storage.tables_jobs import job_files, jobs
from attrtrack.storage.transaction import Transaction

LEASE = dt.timedelta(seconds=30)
MOST_FRUITLESS = 5
_WORN_OUT = f"连续 {MOST_FRUITLESS} 次中断而没有进展，不再重试：请查明原因（内存、磁盘、文件）后重新发起。"


class Jobs:
    """The jobs; what was handed in for one is wiped in the transaction that ends it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, new: NewJob, *, queued: bool = True) -> str:
        """Put a job in the queue with what may be kept of its files, and return its id (`J3`).

        On PostgreSQL a worker is woken when the transaction commits; `queued` False leaves the job to the caller, who
        takes it at once (should that come to nothing, it is found waiting).
        """
        unit = storable(new.unit, "单位", limit=500)
        key = self._transaction.insert(
            jobs,
            {
                "kind": new.kind.value,
                "parameters": dict(new.parameters),
                "access": _access_values(new.access),
                "unit": unit,
                "started_by": self._transaction.actor,
                "origin": new.origin,
                "created_at": self._transaction.now,
                "state": JobState.QUEUED.value,
                "result": None if new.result is None else dict(new.result),
                "done": 0,
                "attempts": 0,
                "fruitless": 0,
                "done_when_taken": 0,
            },
        )
        for place, file in enumerate(new.files):
            row = {"job_id": key, "place": place, "name": file.name, "size": len(file.content), "content": file.content}
            self._transaction.execute(job_files.insert(), row)
        if queued:
            self._wake(key)
        return _id(key)

    def get(self, job_id: str, *, units: Iterable[str] | None = None, of: str | None = None) -> Job:
        """Return a job of some units (None: all) or started by `of`; `UnknownRecordError`, always the same, for any other."""
        found = self._first(sa.and_(jobs.c.id == job_key(job_id), _within(units, of)))
        if found is None:
            raise _unknown(job_id)
        return found

    def newest(
        self,
        *,
        units: Iterable[str] | None = None,
        of: str | None = None,
        kind: JobKind | None = None,
        limit: int = 50,
    ) -> list[Job]:
        """Return jobs (of a kind), newest first: of some units (None: all), and those started by `of` whatever their unit."""
        asked = _within(units, of) if kind is None else sa.and_(_within(units, of), jobs.c.kind == kind.value)
        query = sa.select(jobs).where(asked).order_by(jobs.c.id.desc()).limit(limit)
        return [_job_of(row) for row in self._transaction.rows(query)]

    def waiting(self) -> list[str]:
        """Return the jobs that nobody is at: in the queue, or held by a worker that is heard of no more."""
        rows = self._transaction.rows(sa.select(jobs.c.id).where(self._free()).order_by(jobs.c.id))
        return [_id(row.id) for row in rows]

    def take(self, holder: str, job_id: str | None = None) -> Job | None:
        """Give the oldest job that nobody is at (or this one) to a worker; None when there is none to be had.

        One that somebody asked to cancel, or that was cut off again and again without getting further, is ended instead.
        """
        chosen = self._free() if job_id is None else sa.and_(self._free(), jobs.c.id == job_key(job_id))
        while (found := self._first(chosen)) is not None:
            if found.cancel_asked_by is not None:
                self._end(found, JobState.CANCELLED, message=None)
            elif found.fruitless >= MOST_FRUITLESS:
                self._end(found, JobState.FAILED, message=_WORN_OUT)
            else:
                return self._given(found, holder)
        return None

    def _given(self, job: Job, holder: str) -> Job:
        now = self._transaction.now
        values = {
            "state": JobState.RUNNING.value,
            "holder": holder,
            "heartbeat_at": now,
            "taken_at": now,
            "started_at": job.started or now,
            "attempts": job.attempts + 1,
            "fruitless": job.fruitless + 1,
            "done_when_taken": job.done,
            "message": None,
        }
        self._update(job.id, values)
        return self.get(job.id)

    def hold(self, job_id: str, holder: str) -> Job | None:
        """Return the job as it stands if this worker still holds it, else None."""
        return self._first(jobs.c.id == job_key(job_id), jobs.c.holder == holder)

    def beat(self, job_id: str, holder: str) -> bool:
        """Say that the worker is alive; return whether it still holds the job."""
        mine = sa.and_(jobs.c.id == job_key(job_id), jobs.c.holder == holder)
        found = self._transaction.execute(jobs.update().where(mine).values(heartbeat_at=self._transaction.now))
        return found.rowcount == 1

    def count(self, job_id: str, total: int) -> None:
        """Note how much there is to do."""
        self._update(job_id, {"total": total})

    def advance(self, job_id: str, *, by: int, cursor: Told, result: Told | None) -> None:
        """Note that a part is done; in the transaction that did it."""
        values = {
            "done": jobs.c.done + by,
            "cursor": dict(cursor),
            "result": dict(result) if result is not None else None,
            "heartbeat_at": self._transaction.now,
        }
        self._update(job_id, values | ({"fruitless": 0} if by else {}))

    def end(self, job_id: str, state: JobState, *, message: str | None = None, result: Told | None = None) -> None:
        """End a job; what was handed in for it is wiped."""
        self._end(self.get(job_id), state, message=message, result=result)

    def _end(self, job: Job, state: JobState, *, message: str | None, result: Told | None = None) -> None:
        values: dict[str, Any] = {
            "state": state.value,
            "holder": None,
            "finished_at": self._transaction.now,
            "message": message,
        }
        if result is not None:
            values["result"] = dict(result)
        full = sa.and_(job_files.c.job_id == job_key(job.id), job_files.c.content.is_not(None))
        self._transaction.execute(job_files.update().where(full).values(content=None))
        self._update(job.id, values)

    def hand_back(self, job_id: str, *, trouble: str | None = None) -> None:
        """Put a job that is held back into the queue, as far as it has come; to be stopped without trouble is no failure."""
        values = {"state": JobState.QUEUED.value, "holder": None, "message": trouble}
        self._update(job_id, values | ({"fruitless": 0} if trouble is None else {}))
        self._wake(job_key(job_id))

    def ask_cancel(self, job_id: str, by: str) -> Job:
        """Cancel a job that waits, or ask its worker to stop after the part at hand; an ended one stays as it is."""
        job = self.get(job_id)
        if job.state.ended:
            return job
        self._update(job_id, {"cancel_asked_by": by})
        if self._first(self._free(), jobs.c.id == job_key(job_id)) is not None:
            self._end(job, JobState.CANCELLED, message=None)
        return self.get(job_id)

    def files(self, job_id: str) -> Iterator[Upload]:
        """Yield what was handed in for a job and is not wiped, one file in memory at a time."""
        mine = job_files.c.job_id == job_key(job_id)
        for place in [row.place for row in self._transaction.rows(sa.select(job_files.c.place).where(mine))]:
            row = self._transaction.first(sa.select(job_files).where(mine, job_files.c.place == place))
            if row is not None and row.content is not None:
                yield Upload(row.name, bytes(row.content))

    def file_names(self, job_id: str) -> list[str]:
        """Return the names of what was handed in, in that order."""
        query = sa.select(job_files.c.name).where(job_files.c.job_id == job_key(job_id)).order_by(job_files.c.place)
        return [row.name for row in self._transaction.rows(query)]

    def file(self, job_id: str, place: int) -> Upload | None:
        """Return one file handed in, None when it is wiped or was never there."""
        mine = sa.and_(job_files.c.job_id == job_key(job_id), job_files.c.place == place)
        row = self._transaction.first(sa.select(job_files).where(mine))
        return None if row is None or row.content is None else Upload(row.name, bytes(row.content))

    def wake(self, job_id: str) -> None:
        """Let a worker know of a job that waits; nothing on SQLite, where workers look for themselves."""
        self._wake(job_key(job_id))

    def _wake(self, key: int) -> None:
        if not is_sqlite(self._transaction.connection):
            from attrtrack.storage.queue import defer  # noqa: PLC0415 - procrastinate is there on PostgreSQL only

            defer(self._transaction.connection, key)

    def _free(self) -> "sa.ColumnElement[bool]":
        lost = sa.and_(
            jobs.c.state == JobState.RUNNING.value,
            sa.or_(jobs.c.heartbeat_at.is_(None), jobs.c.heartbeat_at < self._transaction.now - LEASE),
        )
        return sa.or_(jobs.c.state == JobState.QUEUED.value, lost)

    def _first(self, *conditions: "sa.ColumnElement[bool]") -> Job | None:
        row = self._transaction.first(sa.select(jobs).where(*conditions).order_by(jobs.c.id).limit(1))
        return None if row is None else _job_of(row)

    def _update(self, job_id: str, values: dict[str, Any]) -> None:
        self._transaction.execute(jobs.update().where(jobs.c.id == job_key(job_id)).values(**values))


def _id(key: int) -> str:
    return f"J{key}"


def job_key(job_id: str) -> int:
    """Return the key of a job's id; `UnknownRecordError` for what is none."""
    number = job_id[1:]
    if not (job_id.startswith("J") and number.isascii() and number.isdecimal() and 0 < len(number) <= 15):  # noqa: PLR2004 - a key's width
        raise _unknown(job_id)
    return int(number)


def _unknown(job_id: str) -> UnknownRecordError:
    return UnknownRecordError(f"没有编号为“{job_id[:20]}”的批量任务：请核对编号（形如 J3）。")


def _within(units: Iterable[str] | None, of: str | None) -> sa.ColumnElement[bool]:
    """Return the condition of jobs that are seen: those of some units (None: all), and those started by `of`."""
    return sa.true() if units is None else sa.or_(jobs.c.unit.in_(sorted(units)), jobs.c.started_by == (of or ""))


def _access_values(access: Access) -> dict[str, Any]:
    return {
        "rights": None if access.rights is None else sorted(right.value for right in access.rights),
        "units": None if access.units is None else sorted(access.units),
        "home": access.home,
    }


def _access_of(values: dict[str, Any]) -> Access:
    rights, units = values["rights"], values["units"]
    return Access(
        None if rights is None else frozenset(map(Right, rights)),
        None if units is None else frozenset(units),
        values["home"],
    )


def _job_of(row: AnyRow) -> Job:
    return Job(
        id=_id(row.id),
        kind=JobKind(row.kind),
        parameters=row.parameters,
        state=JobState(row.state),
        done=row.done,
        total=row.total,
        message=row.message,
        started_by=row.started_by,
        origin=row.origin,
        unit=row.unit,
        access=_access_of(row.access),
        created=row.created_at,
        started=row.started_at,
        finished=row.finished_at,
        heartbeat=row.heartbeat_at,
        attempts=row.attempts,
        fruitless=row.fruitless,
        rate=_rate(row),
        cancel_asked_by=row.cancel_asked_by,
        cursor=row.cursor,
        result=row.result,
    )


def _rate(row: AnyRow) -> float | None:
    if row.taken_at is None or row.heartbeat_at is None:
        return None
    seconds = (row.heartbeat_at - row.taken_at).total_seconds()
    return (row.done - row.done_when_taken) / seconds if seconds > 0 else None
