"""The queue on PostgreSQL (procrastinate): a job is put in with its row, in one transaction, and wakes one of the workers.

Decision: what this program does stays sync: tasks are plain functions, and a job is deferred over the very connection
that writes its row. Only procrastinate's own loop (waiting for notices, its heartbeat) is asynchronous; it runs in a
worker process, over connections of its own, and nothing of the register is touched from it.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.engine import Connection, Engine

from attrtrack.storage.queue_schema import check_queue, queue_schema

RUN = "attrtrack.run_job"
_TEND_SECONDS = 5.0
_LOST_SECONDS = 30
_CLIENT = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

RunJob = Callable[[str, Callable[[], bool]], None]
"""Runs the job of an id; the function tells whether the worker is to stop."""


def defer(connection: Connection, key: int) -> None:
    """Put a job into the queue with the open transaction; one that is waiting in it already is not put in twice."""
    path, schema = connection.exec_driver_sql("SHOW search_path").scalar_one(), queue_schema(connection)
    driver: Any = connection.connection.driver_connection
    with contextlib.suppress(AlreadyEnqueued), connection.begin_nested():
        connection.exec_driver_sql(f"SET LOCAL search_path = {schema}")
        _CLIENT.configure_task(RUN, queueing_lock=f"job-{key}", connection=driver).defer(key=key)
    connection.exec_driver_sql("SELECT set_config('search_path', %s, true)", (path,))


def work(engine: Engine, run: RunJob, tend: Callable[[], None]) -> None:
    """Run jobs until the process is told to stop (SIGTERM, Ctrl-C); `tend` is called now and then beside them."""
    with engine.connect() as connection:
        schema = queue_schema(connection)
        check_queue(connection)
    conninfo = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connector = procrastinate.PsycopgConnector(
        conninfo=conninfo, kwargs={"options": f"-c search_path={schema}"}, min_size=1, max_size=4
    )
    asyncio.run(_work(procrastinate.App(connector=connector), run, tend))


async def _work(queue: procrastinate.App, run: RunJob, tend: Callable[[], None]) -> None:
    @queue.task(name=RUN, pass_context=True)
    def run_job(context: procrastinate.JobContext, key: int) -> None:
        run(f"J{key}", context.should_abort)

    async with queue.open_async():
        tending = asyncio.create_task(_tend(queue, tend))
        try:
            await queue.run_worker_async(delete_jobs="always", shutdown_graceful_timeout=0.1)
        finally:
            tending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await tending


async def _tend(queue: procrastinate.App, tend: Callable[[], None]) -> None:
    """Clear away what dead workers left in the queue, and let the register put in again what waits."""
    while True:
        for left in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=_LOST_SECONDS):
            await queue.job_manager.finish_job(left, procrastinate.jobs.Status.FAILED, delete_job=True)
        await asyncio.to_thread(tend)
        await asyncio.sleep(_TEND_SECONDS)
