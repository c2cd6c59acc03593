"""Killed at any moment, out of room, or read-only: no acknowledged sign-off is lost, and imports go on without doubles.

A process works on the register (record, declare, review, sign; ledgers imported; jobs started and run) and is killed with
SIGKILL at a random moment, hundreds of times over one register. The limit beside each figure is 0.
"""

import contextlib
import datetime as dt
import os
import random
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import killed_office as at_work
import pytest
import sqlalchemy as sa
from killed_office import ROWS, Office
from measuring import in_full

from attrtrack.domain.decisions import State
from attrtrack.domain.jobs import JobState
from attrtrack.workflow import jobs
from attrtrack.workflow.app import App

KILLS = in_full(300, in_ci=14)
FULL = in_full(20, in_ci=1)
READ_ONLY = in_full(10, in_ci=1)
SHARE_OF_LIFE = 6.0
"""A process lives up to so many times what one letter takes from draft to sign-off, whatever the load of the machine."""
MOST = 4
"""On a busy machine few letters get through between two kills: it goes on until enough did, up to so many times the kills."""
REPROPOSED = 0.2
HEADROOM = 4_000_000
PAGE = 16 * 1024 * 1024


@pytest.fixture
def office(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office at work, its ledgers in a folder; everything that is slow to load is loaded before the first fork."""
    for number in range(20):
        (tmp_path / f"{number}.csv").write_bytes(at_work.ledger().content)
    monkeypatch.setenv("KILLED_FOLDER", str(tmp_path))
    office = Office(database_url)
    at_work.sign_one(office.app, at_work.chance_of(0), print)
    jobs.start(office.app, "import-ledger", {"unit": "预热"}, [at_work.ledger()], queued=False)
    at_work.run_a_job(office.app, at_work.chance_of(0), print)
    began = time.monotonic()
    at_work.sign_one(office.app, at_work.chance_of(1), print)
    office.one_letter = time.monotonic() - began
    office.app.store.close()
    yield office
    office.app.store.close()


def lost(app: App, signed: set[str]) -> list[str]:
    """Return the acknowledged sign-offs that the register does not hold."""
    with app.reading() as work:
        found = work.documents.several(signed)
    return [
        item
        for item in signed
        if item not in found or found[item].state is not State.SIGNED or found[item].decision is None
    ]


def counted(url: str) -> Counter[str]:
    """Count the documents of each unit."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT unit, COUNT(*) FROM documents GROUP BY unit").all()
    engine.dispose()
    return Counter(dict(rows))


def whole(app: App) -> bool:
    """Whether the journal's chain is unbroken."""
    with app.reading() as work:
        return work.journal.verify() is None


def queue_one(office: Office, chance: random.Random) -> dict[str, str]:
    """Put a job in the queue, for whoever of the processes takes it; return its id with the unit it is for."""
    app, unit = office.fresh(), f"任务{chance.getrandbits(40):x}局"
    kind, files = ("re-propose", []) if chance.random() < REPROPOSED else ("import-ledger", [at_work.ledger()])
    job_id = jobs.start(app, kind, {"unit": unit}, files)
    app.store.close()
    return {job_id: unit}


def test_killed_at_any_moment(office: Office, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every acknowledged sign-off is there after every kill; every import, resumed, has each row once.

    The kills are no fault of the jobs, so none is given up for having been cut off too often.
    """
    monkeypatch.setattr("attrtrack.storage.jobs.MOST_FRUITLESS", 10 * KILLS)
    chance, began = at_work.chance_of(17), time.monotonic()
    signed, of_ledgers, of_jobs = set[str](), set[str](), dict[str, str]()
    slowest, turn = 0.0, -1
    while (turn := turn + 1) < KILLS or (len(signed) < KILLS // 6 and turn < MOST * KILLS):
        office.ahead += dt.timedelta(minutes=1)
        if turn % 4 == 0:
            of_jobs |= queue_one(office, chance)
        process, pipe = at_work.fork(office.fresh(), at_work.work, 10_000 + turn)
        if turn % 4:
            at_work.begun(pipe)
        time.sleep(chance.uniform(0.0, SHARE_OF_LIFE * office.one_letter))
        os.kill(process, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL, "it was to work until killed"
        acknowledged = set[str]()
        for word, *rest in at_work.told(pipe):
            acknowledged |= {rest[0]} if word == "S" else set()
            of_ledgers |= {rest[0]} if word == "I" else set()
        opened = time.monotonic()
        app = office.fresh()
        assert lost(app, acknowledged) == []
        slowest = max(slowest, time.monotonic() - opened)
        app.store.close()
        signed |= acknowledged
    app = office.fresh()
    resumed = at_work.finish_jobs(app, office)
    for number in range(20):
        if f"台账{number}局" in of_ledgers:
            scope = at_work.ImportScope(f"台账{number}局", None)
            list(at_work.import_ledger(app, f"{os.environ['KILLED_FOLDER']}/{number}.csv", scope))
    units, done = counted(database_url), [jobs.status(app, job_id) for job_id in of_jobs]
    imports = [job for job in done if job.kind == "import-ledger"]
    print(
        f"{turn} kills in {time.monotonic() - began:.0f} s: {len(signed)} sign-offs acknowledged, "
        f"{len(lost(app, signed))} lost (limit 0); {len(imports)} imports as jobs taken up {sum(job.attempts for job in done)} "
        f"times, {resumed} ended after the last kill; {len(of_ledgers)} ledgers imported at the desk; "
        f"slowest opening after a kill {slowest:.2f} s"
    )
    assert lost(app, signed) == []
    assert whole(app)
    assert {job.state for job in done} <= {JobState.DONE}
    assert [units[of_jobs[job.id]] for job in imports] == [ROWS] * len(imports)
    assert [((job.result or {})["imported"], job.done) for job in imports] == [(ROWS, ROWS)] * len(imports)
    assert {units[unit] for unit in of_ledgers} <= {ROWS}
    app.store.close()
    assert len(signed) >= KILLS // 6


@contextlib.contextmanager
def little_room(url: str, chance: random.Random) -> Iterator[int | None]:
    """Leave the register little room: of SQLite by the limit of the child (returned), of PostgreSQL by that of its server."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        files = [item.stat().st_size for item in path.parent.glob(f"{path.name}*")]
        yield max(files) + chance.randrange(HEADROOM)
        return
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        folder = Path(str(connection.exec_driver_sql("SHOW data_directory").scalar_one()))
        biggest = connection.exec_driver_sql("SELECT MAX(pg_relation_size(oid)) FROM pg_class").scalar_one()
    engine.dispose()
    server = (folder / "postmaster.pid").read_text().split()[0]
    narrow_server(server, str(max(PAGE, biggest) + chance.randrange(HEADROOM)))
    try:
        yield None
    finally:
        narrow_server(server, "unlimited")


def narrow_server(server: str, limit: str) -> None:
    """Set how big a file the processes may write that a server starts from now on; their owner may do that."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, "prlimit", "--pid", server, f"--fsize={limit}:"], check=True, cwd="/")


def test_out_of_room(office: Office, database_url: str) -> None:
    """When nothing more can be written the office is told so in Chinese; what was acknowledged before is there."""
    chance, signed, refusals = at_work.chance_of(3), set[str](), Counter[str]()
    for turn in range(FULL):
        with little_room(database_url, chance) as limit:
            narrow = (
                (lambda: None) if limit is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            )
            process, pipe = at_work.fork(office.fresh(), at_work.fill, 20_000 + turn, narrow)
            said = at_work.told(pipe)
            ended = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        assert ended == 0, said
        refusals.update(" ".join(rest) for word, *rest in said if word == "F")
        signed |= {rest[0] for word, *rest in said if word == "S"}
        app = office.fresh()
        assert lost(app, signed) == []
        app.store.close()
    app = office.fresh()
    print(
        f"out of room {FULL} times: {len(signed)} sign-offs acknowledged, {len(lost(app, signed))} lost (limit 0); told {dict(refusals)}"
    )
    assert refusals.total() == FULL
    assert whole(app)
    app.store.close()


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that anybody may look into."""
    folder = Path(tempfile.mkdtemp(prefix="attrtrack-read-only-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_read_only_file(public_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A register on SQLite that may only be read is refused in Chinese, and is whole when it may be written again."""
    monkeypatch.setenv("KILLED_FOLDER", str(tmp_path))
    path = public_folder / "register.db"
    office, signed = Office(f"sqlite:///{path}"), list[str]()
    for turn in range(READ_ONLY):
        at_work.sign_one(office.app, at_work.chance_of(turn), lambda word: signed.append(word[2:]))
        office.app.store.close()
        for file in public_folder.iterdir():
            file.chmod(0o444)
        public_folder.chmod(0o555)
        process, pipe = at_work.fork(office.fresh(), at_work.fill, 30_000 + turn, nobody)
        said = at_work.told(pipe)
        os.waitpid(process, 0)
        public_folder.chmod(0o755)
        for file in public_folder.iterdir():
            file.chmod(0o600)
        assert [word for word, *_ in said] == ["F"]
        app = office.fresh()
        assert lost(app, set(signed)) == []
        assert whole(app)
        app.store.close()
    print(f"read-only {READ_ONLY} times: {len(signed)} sign-offs acknowledged, 0 lost (limit 0); told {said[-1]}")


def nobody() -> None:
    """Give up the rights of root, whom no mode of a file holds back."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


@pytest.mark.postgresql
def test_a_read_only_database(office: Office, database_url: str) -> None:
    """The same of a database set to be read only, as a standby is."""
    if database_url.startswith("sqlite"):
        return
    name, signed = sa.make_url(database_url).database, list[str]()
    engine = sa.create_engine(database_url, isolation_level="AUTOCOMMIT")
    for turn in range(READ_ONLY):
        at_work.sign_one(office.app, at_work.chance_of(100 + turn), lambda word: signed.append(word[2:]))
        office.app.store.close()
        with engine.connect() as connection:
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        process, pipe = at_work.fork(office.fresh(), at_work.fill, 30_000 + turn)
        said = at_work.told(pipe)
        os.waitpid(process, 0)
        with engine.connect() as connection:
            connection.exec_driver_sql("SET default_transaction_read_only = off")
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        assert [word for word, *_ in said] == ["F"]
        app = office.fresh()
        assert lost(app, set(signed)) == []
        app.store.close()
    engine.dispose()
    print(f"read-only {READ_ONLY} times: {len(signed)} sign-offs acknowledged, 0 lost (limit 0); told {said[-1]}")
