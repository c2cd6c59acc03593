"""The files that jobs make, on both databases: kept in pieces while the job runs, unchanged afterwards, gone after a week."""

import datetime as dt

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.conftest import Clock

from attrtrack.domain.access import OPEN
from attrtrack.domain.jobs import JobKind, JobState, NewJob
from attrtrack.errors import AttrtrackError
from attrtrack.storage import Store
from attrtrack.storage.products import KEPT_FOR

PIECES = (b"\x00\xff" * 3, b"abc", b"")
LATER = KEPT_FOR + dt.timedelta(seconds=1)


def a_running_job(store: Store) -> str:
    """Start an export and take it."""
    with store.unit_of_work("王办事") as work:
        job_id = work.jobs.add(NewJob(JobKind.EXPORT, {"year": 2024}, OPEN, None, "cli"))
    with store.unit_of_work("system") as work:
        assert work.jobs.take("甲", job_id) is not None
    return job_id


def keep(store: Store, job_id: str) -> None:
    """Keep the pieces as the file of a job."""
    with store.unit_of_work("王办事") as work:
        work.products.keep(job_id, iter(PIECES))


def test_pieces_come_back_as_they_were_for_a_week(store: Store, clock: Clock) -> None:
    """Kept again they stand in place of the former; after a week there is nothing, and the next one kept deletes them."""
    job_id = a_running_job(store)
    keep(store, job_id)
    keep(store, job_id)
    with store.reading() as work:
        assert [work.products.piece(job_id, place) for place in range(4)] == [*PIECES, None]
        found = work.products.of(job_id)
        assert found is not None
        assert (found.size, found.until) == (sum(map(len, PIECES)), clock.now + KEPT_FOR)
        assert work.products.of("J99") is None
    began = clock.now
    clock.now += LATER
    other = a_running_job(store)
    with store.reading() as work:
        assert (work.products.of(job_id), work.products.piece(job_id, 0)) == (None, None)
    keep(store, other)
    clock.now = began
    with store.reading() as work:
        assert work.products.of(job_id) is None
        assert work.products.of(other) is not None


def test_only_a_job_that_runs_keeps_a_file(store: Store) -> None:
    """Nothing is slipped in behind its end."""
    job_id = a_running_job(store)
    with store.unit_of_work("system") as work:
        work.jobs.end(job_id, JobState.CANCELLED)
    with pytest.raises(AttrtrackError):
        keep(store, job_id)


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE job_products SET content = 'x'",
        "UPDATE job_products SET made_at = '2999'",
        "INSERT INTO job_products (job_id, place, made_at, content) VALUES (1, 9, '2999', 'x')",
        "INSERT INTO job_products (job_id, place, made_at, content) VALUES (7, 0, '2999', 'x')",
    ],
)
def test_the_database_lets_no_file_be_changed(store: Store, raw: Engine, script: str) -> None:
    """Whoever writes: what a job has made is as it was made; it may be deleted, since it is made of what is there."""
    job_id = a_running_job(store)
    keep(store, job_id)
    with store.unit_of_work("system") as work:
        work.jobs.end(job_id, JobState.DONE)
    with pytest.raises(DBAPIError, match="attrtrack-append"), raw.begin() as connection:
        connection.exec_driver_sql(script)
    with raw.begin() as connection:
        connection.exec_driver_sql("DELETE FROM job_products")
    with store.reading() as work:
        assert work.products.of(job_id) is None
