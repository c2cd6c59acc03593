"""Workers as real processes: they take what is queued, stop when told, and several share the work."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clean_runs import free_port
from register_places import register_at

from attrtrack.bootstrap import assemble
from attrtrack.cli.main import main
from attrtrack.config import Settings
from attrtrack.domain.jobs import JobState, Upload
from attrtrack.workflow import jobs
from attrtrack.workflow.app import App

HEADER = "公文全称,文号,成文日期,公开属性"
PATIENCE = 60.0
Begin = Callable[[], "subprocess.Popen[bytes]"]


def ledger(rows: int) -> Upload:
    """Make a ledger of so many documents."""
    lines = (f"关于第{number}件事的通知,云建发〔2024〕{number}号,2024-01-02,主动公开" for number in range(1, rows + 1))
    return Upload("台账.csv", "\n".join((HEADER, *lines)).encode())


@pytest.fixture
def office(database_url: str) -> Iterator[App]:
    """The program over an empty register, on each kind of database."""
    app = assemble(Settings(), database_url=database_url, actor="李拟稿", unit="云栖市住建局")
    yield app
    app.store.close()


@pytest.fixture
def begin(office: App, database_url: str) -> Iterator[Begin]:
    """Give a function that starts a worker process on the register, stopped after the test."""
    assert office.store is not None
    started: list[subprocess.Popen[bytes]] = []

    def one() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "attrtrack", "worker", "--db", database_url]
        started.append(subprocess.Popen(command, stderr=subprocess.PIPE))
        return started[-1]

    yield one
    for process in started:
        process.kill()
        process.communicate()


def until(found: Callable[[], bool]) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def states(app: App) -> list[JobState]:
    """Return how every job stands."""
    return [job.state for job in jobs.listed(app)]


def test_workers_take_what_is_queued_and_stop_when_told(office: App, begin: Begin) -> None:
    """Two workers share five jobs, each run once; told to stop, both leave with status 0."""
    for number in range(5):
        jobs.start(office, "import-ledger", {"unit": f"第{number}局"}, [ledger(20)])
    workers = [begin(), begin()]
    until(lambda: states(office) == [JobState.DONE] * 5)
    for number in range(5, 8):
        jobs.start(office, "import-ledger", {"unit": f"第{number}局"}, [ledger(20)])
    until(lambda: states(office) == [JobState.DONE] * 8)
    assert {(job.attempts, job.done) for job in jobs.listed(office)} == {(1, 20)}
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    for worker in workers:
        said = worker.communicate(timeout=PATIENCE)[1].decode()
        assert worker.returncode == 0, said
        assert "已停止" in said
        assert "Traceback" not in said


def test_a_worker_told_to_stop_hands_its_job_to_the_next(office: App, begin: Begin) -> None:
    """SIGTERM in the middle of a long import: the part at hand is finished, the next worker does the rest at once."""
    job_id = jobs.start(office, "import-ledger", {}, [ledger(6_000)])
    first = begin()
    until(lambda: jobs.status(office, job_id).done > 0)
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=PATIENCE)
    left = jobs.status(office, job_id)
    assert first.returncode == 0
    assert left.state is JobState.QUEUED, "the import was over before the signal came: give it more rows"
    assert left.done < 6_000
    begin()
    until(lambda: jobs.status(office, job_id).state.ended)
    done = jobs.status(office, job_id)
    assert (done.state, done.done, (done.result or {})["imported"]) == (JobState.DONE, 6_000, 6_000)
    with office.reading() as work:
        assert work.sweep.count(None, None, until=str(work.sweep.last())) == 6_000


def test_jobs_are_started_shown_and_cancelled_at_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One is run at once with its figures, one is queued, shown and cancelled; wrong words are wrong use."""
    database_url = register_at(tmp_path / "register.db")
    file = tmp_path / "台账.csv"
    file.write_bytes(ledger(30).content)

    def run(*words: str) -> tuple[int, list[dict[str, object]]]:
        status = main(["jobs", *words, "--db", database_url, "--as", "李拟稿", "--json"])
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    status, (row,) = run("start", "import-ledger", str(file), "--unit", "云栖市住建局")
    assert (status, row["state"], row["done"], row["total"], row["share"]) == (0, "done", 30, 30, 1.0)
    assert run("start", "re-propose", "--queue")[1][0]["state"] == "queued"
    assert run("cancel", "J2")[1][0]["state"] == "cancelled"
    assert [item["id"] for item in run("list")[1]] == ["J2", "J1"]
    assert run("show", "J1")[1] == [row]
    assert run("run", "J1")[1] == [row]
    assert run("show", "J9")[0] == 1
    assert run("start")[0] == 2
    assert run("start", "tidy-up")[0] == 2
    assert main(["jobs", "show", "J1", "--db", database_url, "--as", "李拟稿"]) == 0
    assert "新增 30" in capsys.readouterr().out


@pytest.mark.sqlite("on PostgreSQL jobs wait for workers, not for the served pages")
def test_the_served_pages_do_jobs_on_sqlite(tmp_path: Path) -> None:
    """`serve` alone is enough on one machine: it does what is queued beside the pages."""
    database_url = register_at(tmp_path / "register.db")
    office = assemble(Settings(), database_url=database_url, actor="李拟稿", unit="云栖市住建局")
    job_id = jobs.start(office, "import-ledger", {}, [ledger(30)])
    command = [sys.executable, "-m", "attrtrack", "serve", "--port", str(free_port()), "--db", database_url]
    served = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ})
    try:
        until(lambda: jobs.status(office, job_id).state is JobState.DONE)
    finally:
        served.send_signal(signal.SIGTERM)
        served.communicate(timeout=PATIENCE)
    assert jobs.status(office, job_id).done == 30
