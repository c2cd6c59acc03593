"""Jobs of the register on both databases: one holder at a time, progress that never falls, ends that stay."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.conftest import Clock

from attrtrack.domain.access import OPEN, Access, Right
from attrtrack.domain.jobs import Job, JobKind, JobState, NewJob, Upload
from attrtrack.errors import BadRowError, StorageUnusableError, TransitionNotAllowedError, UnknownRecordError
from attrtrack.storage import Store, upgrade_database
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.jobs import LEASE, MOST_FRUITLESS
from attrtrack.storage.queue_schema import check_queue

LATER = LEASE + dt.timedelta(seconds=1)


def a_job(store: Store, *files: Upload, access: Access = OPEN, unit: str | None = None) -> str:
    """Put a job in the queue."""
    with store.unit_of_work("王办事") as work:
        return work.jobs.add(NewJob(JobKind.RE_PROPOSE, {"year": 2024}, access, unit, "cli", files))


def taken(store: Store, holder: str, job_id: str | None = None) -> Job | None:
    """Let a worker take a job."""
    with store.unit_of_work("system") as work:
        return work.jobs.take(holder, job_id)


def how(store: Store, job_id: str) -> Job:
    """Read a job."""
    with store.reading() as work:
        return work.jobs.get(job_id)


def test_a_job_has_one_holder_until_its_lease_is_over(store: Store, clock: Clock) -> None:
    """A second worker gets nothing while the first is heard of, and goes on from the same cursor when it is not."""
    job_id = a_job(store)
    first = taken(store, "甲")
    assert first is not None
    assert (first.id, first.state, first.attempts) == (job_id, JobState.RUNNING, 1)
    assert taken(store, "乙") is None
    with store.unit_of_work("王办事") as work:
        work.jobs.advance(job_id, by=3, cursor={"after": "D3"}, result={"proposed": 3})
    clock.now += LATER
    second = taken(store, "乙")
    assert second is not None
    assert (second.cursor, second.done, second.attempts) == ({"after": "D3"}, 3, 2)
    with store.unit_of_work("system") as work:
        assert work.jobs.hold(job_id, "甲") is None
        assert not work.jobs.beat(job_id, "甲")
        assert work.jobs.beat(job_id, "乙")


def test_a_heartbeat_keeps_the_lease(store: Store, clock: Clock) -> None:
    """A worker that prepares for long and says so keeps its job."""
    job_id = a_job(store)
    taken(store, "甲")
    for _ in range(3):
        clock.now += LEASE - dt.timedelta(seconds=1)
        with store.unit_of_work("system") as work:
            assert work.jobs.beat(job_id, "甲")
    assert taken(store, "乙") is None


def test_what_is_asked_comes_back_as_it_was(store: Store) -> None:
    """Parameters, rights, units and files are kept for whoever runs the job."""
    access = Access(frozenset({Right.IMPORT}), frozenset({"甲局", "乙局"}), "甲局")
    job_id = a_job(store, Upload("一.csv", b"\x00\xff"), Upload("二.csv", b""), access=access, unit="甲局")
    job = how(store, job_id)
    assert (job.access, job.unit, job.parameters, job.started_by) == (access, "甲局", {"year": 2024}, "王办事")
    with store.reading() as work:
        assert work.jobs.file_names(job_id) == ["一.csv", "二.csv"]
        assert [work.jobs.file(job_id, place) for place in (0, 1, 2)] == [
            Upload("一.csv", b"\x00\xff"),
            Upload("二.csv", b""),
            None,
        ]
        assert work.jobs.newest(units={"乙局"}, of="李某") == []
        assert [item.id for item in work.jobs.newest(units={"甲局"}, of="李某")] == [job_id]


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.CANCELLED])
def test_an_ended_job_keeps_no_file_and_does_not_run_again(store: Store, state: JobState) -> None:
    """What was handed in is wiped with the end; the database refuses to take the job up or to move it on."""
    job_id = a_job(store, Upload("一.csv", b"abc"))
    taken(store, "甲")
    with store.unit_of_work("system") as work:
        work.jobs.end(job_id, state, message="因故")
    job = how(store, job_id)
    assert (job.state, job.message, job.finished is not None) == (state, "因故", True)
    with store.reading() as work:
        assert work.jobs.file(job_id, 0) is None
    assert taken(store, "乙", job_id) is None
    with pytest.raises(TransitionNotAllowedError, match="已经结束"), store.unit_of_work("system") as work:
        work.jobs.advance(job_id, by=1, cursor={}, result=None)


def test_a_job_that_is_handed_back_waits_where_it_stopped(store: Store) -> None:
    """A worker told to stop loses nothing; the next takes the job at once, without waiting for a lease."""
    job_id = a_job(store)
    taken(store, "甲")
    with store.unit_of_work("王办事") as work:
        work.jobs.advance(job_id, by=5, cursor={"after": "D5"}, result=None)
        work.jobs.hand_back(job_id)
    assert how(store, job_id).state is JobState.QUEUED
    again = taken(store, "乙")
    assert again is not None
    assert (again.done, again.fruitless) == (5, 1)


def test_a_job_cut_off_again_and_again_without_getting_further_fails(store: Store, clock: Clock) -> None:
    """What kills its worker each time is not tried for ever; progress in between counts as a fresh start."""
    job_id = a_job(store)
    for _ in range(MOST_FRUITLESS - 1):
        assert taken(store, "甲") is not None
        clock.now += LATER
    assert taken(store, "甲") is not None
    with store.unit_of_work("王办事") as work:
        work.jobs.advance(job_id, by=1, cursor={"after": "D1"}, result=None)
    for _ in range(MOST_FRUITLESS):
        clock.now += LATER
        assert taken(store, "甲") is not None
    clock.now += LATER
    assert taken(store, "甲") is None
    job = how(store, job_id)
    assert job.state is JobState.FAILED
    assert "不再重试" in (job.message or "")


def test_cancelling_ends_what_waits_and_asks_what_runs(store: Store, clock: Clock) -> None:
    """A queued job is cancelled at once; a running one is marked, and ended by whoever finds its worker gone."""
    waits, runs = a_job(store), a_job(store)
    taken(store, "甲", runs)
    with store.unit_of_work("李主管") as work:
        assert work.jobs.ask_cancel(waits, "李主管").state is JobState.CANCELLED
        asked = work.jobs.ask_cancel(runs, "李主管")
    assert (asked.state, asked.cancel_asked_by) == (JobState.RUNNING, "李主管")
    clock.now += LATER
    assert taken(store, "乙") is None
    assert how(store, runs).state is JobState.CANCELLED
    with store.reading() as work:
        told = {job_id: [entry.action for entry in work.journal.entries(job_id)] for job_id in (waits, runs)}
    assert told == {
        waits: ["start-job", "cancel-job", "end-job"],
        runs: ["start-job", "set-state", "cancel-job", "end-job"],
    }


def test_an_unknown_job_is_told_as_such(store: Store) -> None:
    """Whatever is no id of a job, or of none, is the same refusal."""
    for wrong in ("J1", "J0x", "D1", "J", "J" + "9" * 40, "J１"):
        with pytest.raises(UnknownRecordError), store.reading() as work:
            work.jobs.get(wrong)


ATTACKS = (
    "UPDATE jobs SET done = 1",
    "UPDATE jobs SET done = 3, holder = '丙'",
    "UPDATE jobs SET cursor = NULL",
    "UPDATE jobs SET attempts = 0",
    "UPDATE jobs SET parameters = '{}'",
    "UPDATE jobs SET started_by = '别人'",
    "UPDATE jobs SET access = '{}'",
    "UPDATE jobs SET state = 'paused'",
    "UPDATE jobs SET state = 'done'",
    "DELETE FROM job_files",
    "DELETE FROM jobs",
    "UPDATE job_files SET content = 'x'",
    "UPDATE job_files SET name = 'x'",
    "INSERT INTO job_files (job_id, place, name, size, content) VALUES (1, 9, 'x', 1, 'x')",
)


@pytest.mark.parametrize("script", ATTACKS)
def test_the_database_refuses_what_no_worker_does(store: Store, raw: Engine, script: str) -> None:
    """Whoever writes: progress does not fall, what was asked is not changed, nothing is deleted or slipped in."""
    job_id = a_job(store, Upload("一.csv", b"abc"))
    taken(store, "甲")
    with store.unit_of_work("王办事") as work:
        work.jobs.advance(job_id, by=2, cursor={"after": "D2"}, result=None)
    before = how(store, job_id)
    with pytest.raises(DBAPIError), raw.connect() as connection:
        connection.exec_driver_sql(script)
    raw.dispose()
    assert how(store, job_id) == before
    with store.reading() as work:
        assert work.jobs.file(job_id, 0) == Upload("一.csv", b"abc")


@pytest.mark.parametrize("script", ["UPDATE jobs SET state = 'queued'", "UPDATE jobs SET message = 'x'"])
def test_the_database_refuses_to_touch_an_ended_job(store: Store, raw: Engine, script: str) -> None:
    """A finished job does not run again, whoever writes."""
    job_id = a_job(store)
    with store.unit_of_work("王办事") as work:
        work.jobs.ask_cancel(job_id, "王办事")
    with pytest.raises(DBAPIError), raw.connect() as connection:
        connection.exec_driver_sql(script)
    assert how(store, job_id).state is JobState.CANCELLED


def test_a_job_is_not_replaced(store: Store, raw: Engine) -> None:
    """INSERT OR REPLACE would push an ended job out; on PostgreSQL the key alone refuses it."""
    a_job(store)
    names = [column["name"] for column in sa.inspect(raw).get_columns("jobs")]
    listed = ", ".join(names)
    verb = "INSERT OR REPLACE INTO" if is_sqlite(raw) else "INSERT INTO"
    with pytest.raises(DBAPIError), raw.connect() as connection:
        connection.exec_driver_sql(f"{verb} jobs ({listed}) SELECT {listed} FROM jobs")  # noqa: S608 - own names


def _add_two(store: Store) -> None:
    """Put in a good job and one that is refused, in one transaction."""
    with store.unit_of_work("王办事") as work:
        work.jobs.add(NewJob(JobKind.AUDIT, {}, OPEN, None, "cli"))
        work.jobs.add(NewJob(JobKind.AUDIT, {}, OPEN, "\0", "cli"))


def queued_keys(raw: Engine) -> list[int]:
    """Return the keys of the jobs that wait in PostgreSQL's queue."""
    with raw.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT args FROM public_queue.procrastinate_jobs WHERE status = 'todo' ORDER BY id"
        )
        return [(row[0] if isinstance(row[0], dict) else json.loads(row[0]))["key"] for row in rows]


@pytest.mark.postgresql
def test_an_older_queue_is_brought_up_with_the_register(store: Store, raw: Engine, database_url: str) -> None:
    """A queue made by an earlier procrastinate is refused by a worker; `db upgrade` makes it anew, and what waits is put in again."""
    if is_sqlite(raw):
        return
    job_id = a_job(store)
    with raw.connect() as connection:
        connection.exec_driver_sql("COMMENT ON SCHEMA public_queue IS '03.00.00_01_pre_cancel_notification.sql'")
        connection.commit()
    with pytest.raises(StorageUnusableError, match="db upgrade"):
        store.work_queue(lambda _job, _stop: None, lambda: None)
    upgrade_database(database_url)
    with raw.connect() as connection:
        check_queue(connection)
    assert queued_keys(raw) == []
    with store.unit_of_work("system") as work:
        work.jobs.wake(job_id)
    assert queued_keys(raw) == [1]


def test_a_job_enters_the_queue_with_its_row_or_not_at_all(store: Store, raw: Engine) -> None:
    """On PostgreSQL row and queue are one transaction; put in again, a job that waits there already stays single."""
    if is_sqlite(raw):
        assert not store.has_queue
        return
    with pytest.raises(BadRowError):
        _add_two(store)
    assert queued_keys(raw) == []
    job_id = a_job(store)
    with store.unit_of_work("system") as work:
        work.jobs.wake(job_id)
        work.jobs.wake(job_id)
        work.jobs.count(job_id, 7)
    assert queued_keys(raw) == [1]
    assert how(store, job_id).total == 7
    with store.unit_of_work("王办事") as work:
        work.jobs.add(NewJob(JobKind.AUDIT, {}, OPEN, None, "cli"), queued=False)
    assert queued_keys(raw) == [1]
