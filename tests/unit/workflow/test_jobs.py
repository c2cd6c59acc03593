"""Long work: done in parts, resumed without doubles or loss, cancelled between parts, refused where there is no right."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from saved_pages import ADDRESS, a_page
from unit.storage.conftest import SWITCHES, database_url, postgresql_server
from unit.workflow.people import HOUSING, WATER, acting, add_person, set_up

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.access import Role
from attrtrack.domain.decisions import State
from attrtrack.domain.jobs import Job, JobKind, JobState, Upload
from attrtrack.errors import (
    AttrtrackError,
    BrokenSourceError,
    ClassifiedMaterialError,
    NotPermittedError,
    StorageUnusableError,
    UnknownRecordError,
    UsageError,
)
from attrtrack.storage import open_store
from attrtrack.storage.jobs import LEASE
from attrtrack.workflow import accounts, importing, job_archive, job_kinds, jobs
from attrtrack.workflow.app import App
from attrtrack.workflow.job_parts import KindOfJob, Part, Plan
from attrtrack.workflow.job_running import run_job

__all__ = ["database_url", "postgresql_server"]

HEADER = "公文全称,文号,成文日期,公开属性,主动公开公文链接,解读文件链接,密级"
ROWS = 25


class Time:
    """A clock that runs, and that a test can set forward."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta()

    def __call__(self) -> dt.datetime:
        """Return the time."""
        return dt.datetime.now(dt.UTC) + self.ahead


@pytest.fixture
def time() -> Time:
    """Give a clock to set forward."""
    return Time()


@pytest.fixture
def office(database_url: str, time: Time) -> Iterator[App]:
    """The program over an empty register, on each kind of database."""
    made = assemble(Settings(), database_url=database_url, actor="李拟稿", unit="云栖市住建局")
    app = replace(made, clock=time, make_store=lambda: open_store(database_url, clock=time, switches=SWITCHES))
    yield app
    app.store.close()


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 10)
    monkeypatch.setattr(job_archive, "_DOCUMENTS", 10)


def a_ledger(rows: int = ROWS, *, extra: str = "", name: str = "台账.csv") -> Upload:
    """Make a ledger of so many documents."""
    lines = [
        f"关于第{number}件事的通知,云建发〔2024〕{number}号,2024-01-02,主动公开,,," for number in range(1, rows + 1)
    ]
    return Upload(name, "\n".join((HEADER, *lines, extra)).encode())


def numbers(app: App) -> list[str | None]:
    """Return the number of every document, in order of entry."""
    with app.reading() as work:
        last = work.sweep.last()
        found = work.sweep.after(None, until=last, unit=None, year=None, limit=10_000) if last else ()
        return [item.document.number for item in work.documents.several(found).values()]


EXPECTED = [f"云建发〔2024〕{number}号" for number in range(1, ROWS + 1)]


class KilledError(BaseException):
    """Stands for a process that ends in the middle of a part."""


def test_a_ledger_is_imported_part_by_part(office: App) -> None:
    """Every row once, progress that only grows, and what was handed in wiped at the end."""
    seen: list[tuple[int, int | None]] = []
    job_id = jobs.start(office, "import-ledger", {"year": 2024}, [a_ledger()], queued=False)
    job = run_job(office, job_id, watch=lambda item: seen.append((item.done, item.total)))
    assert job is not None
    assert (job.state, job.done, job.total) == (JobState.DONE, ROWS, ROWS)
    assert job.result == {"imported": ROWS, "updated": 0, "unchanged": 0, "refused": 0, "errors": []}
    assert seen == [(0, ROWS), (10, ROWS), (20, ROWS), (25, ROWS)]
    assert sorted(map(str, numbers(office))) == sorted(EXPECTED)
    with office.reading() as work:
        assert work.jobs.file(job_id, 0) is None
        assert {entry.actor for entry in work.journal.entries("D1")} == {"李拟稿"}


def test_a_job_told_to_stop_is_handed_back_and_goes_on(office: App) -> None:
    """After a stop the next worker begins with the next part; the counts are those of one run."""
    job_id = jobs.start(office, "import-ledger", {}, [a_ledger()], queued=False)
    first = run_job(office, job_id, stopping=lambda: len(numbers(office)) >= 10)
    assert first is not None
    assert (first.state, first.done) == (JobState.QUEUED, 10)
    second = run_job(office, job_id)
    assert second is not None
    assert (second.state, second.done, second.attempts) == (JobState.DONE, ROWS, 2)
    assert (second.result or {})["imported"] == ROWS
    assert sorted(map(str, numbers(office))) == sorted(EXPECTED)


@pytest.mark.parametrize("killed_at", range(1, 4))
def test_a_job_whose_worker_died_is_taken_up_again(
    office: App, time: Time, monkeypatch: pytest.MonkeyPatch, killed_at: int
) -> None:
    """A part that was cut off has left nothing; when the lease is over another worker does it, once."""
    job_id = jobs.start(office, "import-ledger", {}, [a_ledger()], queued=False)
    write, calls = importing.EntryBatch.write, list[int]()

    def dying(batch: importing.EntryBatch, work: object) -> object:
        calls.append(1)
        told = write(batch, work)  # type: ignore[arg-type]
        if len(calls) == killed_at:
            raise KilledError
        return told

    monkeypatch.setattr(importing.EntryBatch, "write", dying)
    with pytest.raises(KilledError):
        run_job(office, job_id)
    assert jobs.status(office, job_id).done == 10 * (killed_at - 1)
    assert len(numbers(office)) == 10 * (killed_at - 1)
    assert run_job(office, job_id) is None, "the lease still runs"
    time.ahead += LEASE + dt.timedelta(seconds=1)
    job = run_job(office, job_id)
    assert job is not None
    assert (job.state, job.done, (job.result or {})["imported"]) == (JobState.DONE, ROWS, ROWS)
    assert sorted(map(str, numbers(office))) == sorted(EXPECTED)


def test_a_worker_that_has_lost_its_lease_writes_nothing_more(office: App, time: Time) -> None:
    """A worker that wakes up after another has the job leaves it alone, whatever it had prepared."""
    job_id = jobs.start(office, "import-ledger", {}, [a_ledger()], queued=False)
    taken_over: list[Job] = []

    def overtake(job: Job) -> None:
        if job.done == 10 and not taken_over:
            time.ahead += LEASE + dt.timedelta(seconds=1)
            done = run_job(office, job_id)
            assert done is not None
            taken_over.append(done)

    left = run_job(office, job_id, watch=overtake)
    assert taken_over[0].state is JobState.DONE
    assert left == taken_over[0]
    assert sorted(map(str, numbers(office))) == sorted(EXPECTED)


def test_cancelling_stops_after_the_part_at_hand(office: App) -> None:
    """What was imported stays, the rest is not, and the job does not run again."""
    job_id = jobs.start(office, "import-ledger", {}, [a_ledger()], queued=False)

    def cancel(job: Job) -> None:
        if job.done == 10:
            jobs.cancel(office, job_id)

    job = run_job(office, job_id, watch=cancel)
    assert job is not None
    assert (job.state, job.done, job.cancel_asked_by) == (JobState.CANCELLED, 10, "李拟稿")
    assert len(numbers(office)) == 10
    assert run_job(office, job_id) is None
    assert jobs.cancel(office, job_id).state is JobState.CANCELLED


def test_two_workers_never_run_one_job_twice(office: App, database_url: str) -> None:
    """Workers of their own, let loose on the same jobs: each job is taken once and every document is there once."""
    for number in range(4):
        jobs.start(office, "import-ledger", {"unit": f"第{number}局"}, [a_ledger(10)])
    others = [assemble(Settings(), database_url=database_url, actor=f"工人{number}", unit=None) for number in range(3)]
    runs: list[tuple[str, int]] = []

    def work(app: App) -> None:
        while (job := run_job(app)) is not None:
            runs.append((job.id, job.attempts))
        app.store.close()

    threads = [threading.Thread(target=work, args=(app,)) for app in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(runs) == [(f"J{number}", 1) for number in range(1, 5)]
    assert len(numbers(office)) == 40


def test_nothing_of_a_classified_file_is_kept(office: App, database_url: str, tmp_path: Path) -> None:
    """By its name, its head or one of its rows: refused when it is handed in; the register holds neither word nor job."""
    with pytest.raises(ClassifiedMaterialError):
        jobs.start(office, "import-ledger", {}, [a_ledger(name="绝密★台账.csv")])
    head = Upload("台账.csv", f"机密★1年 青鸟计划台账\n{a_ledger().content.decode()}".encode())
    with pytest.raises(ClassifiedMaterialError):
        jobs.start(office, "import-ledger", {}, [a_ledger(), head])
    assert jobs.listed(office) == []
    with office.reading() as work:
        refused = [entry for entry in work.journal.entries() if entry.outcome == "refused"]
        assert [(entry.action, entry.subject) for entry in refused] == [("start-job", "-")] * 2
    row = "关于青鸟计划的通知,云建发〔2024〕99号,2024-01-02,,,,机密"
    job_id = jobs.start(office, "import-ledger", {}, [a_ledger(extra=row)], queued=False)
    with office.reading() as work:
        kept = work.jobs.file(job_id, 0)
    job = run_job(office, job_id)
    assert kept is not None
    assert job is not None
    assert job.result == {
        "imported": ROWS,
        "updated": 0,
        "unchanged": 0,
        "refused": 1,
        "errors": [
            {
                "file": "台账.csv",
                "row": ROWS + 2,
                "code": "classified",
                "message": "这一行带有国家秘密标志，未读取：请从台账中移除。",
            }
        ],
    }
    if database_url.startswith("sqlite"):
        words = "青鸟计划".encode()
        assert all(words not in file.read_bytes() for file in tmp_path.iterdir() if file.is_file())


def test_a_broken_file_is_refused_to_whoever_hands_it_in(office: App) -> None:
    """Not minutes later in a job that nobody looks at."""
    with pytest.raises(AttrtrackError):
        jobs.start(office, "import-ledger", {}, [Upload("台账.xlsx", b"PK\x03\x04broken")])
    with pytest.raises(UsageError):
        jobs.start(office, "import-ledger", {}, [])
    with pytest.raises(UsageError):
        jobs.start(office, "audit", {}, [a_ledger()])
    assert jobs.listed(office) == []


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("tidy-up", {}),
        ("audit", {"day": 1}),
        ("audit", {"year": "2024"}),
        ("re-link", {"unit": " "}),
        ("audit", {"year": 1}),
    ],
)
def test_wrong_requests_are_told(office: App, kind: str, parameters: dict[str, object]) -> None:
    """A kind that is not there, a parameter that is unknown or of the wrong sort."""
    with pytest.raises(UsageError):
        jobs.start(office, kind, parameters)


def test_saved_pages_are_imported(office: App) -> None:
    """Pages become interpretations of the starter's unit; the same page again changes nothing."""
    pages = [
        Upload(f"{number}.html", a_page(saved_from=ADDRESS.replace("17", str(number))).encode()) for number in range(30)
    ]
    for expected in ("imported", "unchanged"):
        job = run_job(office, jobs.start(office, "import-pages", {}, pages, queued=False))
        assert job is not None
        assert (job.state, job.done, (job.result or {})[expected]) == (JobState.DONE, 30, 30)
    with office.reading() as work:
        assert {item.unit for item in work.interpretations.all()} == {"云栖市住建局"}


def test_re_proposing_appends_and_touches_no_decision(office: App) -> None:
    """Every document gets one fresh proposal; what people declared and decided is as it was."""
    run_job(office, jobs.start(office, "import-ledger", {}, [a_ledger()], queued=False))
    with office.reading() as work:
        before = [work.documents.get(f"D{number}") for number in range(1, ROWS + 1)]
    job = run_job(office, jobs.start(office, "re-propose", queued=False))
    assert job is not None
    assert (job.state, job.done, job.total) == (JobState.DONE, ROWS, ROWS)
    assert (job.result or {})["proposed"] == ROWS
    with office.reading() as work:
        assert [work.documents.get(f"D{number}") for number in range(1, ROWS + 1)] == before
        assert all(work.proposals.latest(f"D{number}") is not None for number in range(1, ROWS + 1))
        assert all(item.state is State.ISSUED_ELSEWHERE for item in before)


def test_re_proposing_resumes_without_a_second_proposal(office: App, database_url: str) -> None:
    """Stopped after a part and taken up again: still one proposal for each document."""
    run_job(office, jobs.start(office, "import-ledger", {}, [a_ledger()], queued=False))
    job_id = jobs.start(office, "re-propose", {"year": 2024}, queued=False)
    stops = iter([True, True, False, False, False])
    for _ in range(3):
        run_job(office, job_id, stopping=lambda: next(stops))
    assert jobs.status(office, job_id).state is JobState.DONE
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        documents = [row[0] for row in connection.exec_driver_sql("SELECT document_id FROM proposals")]
    engine.dispose()
    assert sorted(documents) == list(range(1, ROWS + 1))


def test_linking_and_auditing_the_register(office: App) -> None:
    """Both run over what is there and tell what came of it by ids; on an empty register they are done at once."""
    for kind in ("re-link", "audit", "re-propose"):
        empty = run_job(office, jobs.start(office, kind, queued=False))
        assert empty is not None
        assert (empty.state, empty.done) == (JobState.DONE, 0)
    story = "关于第99件事的通知,云建发〔2024〕99号,2024-01-02,主动公开,,https://www.yunqi.example/jd/1.html,"
    run_job(office, jobs.start(office, "import-ledger", {}, [a_ledger(extra=story)], queued=False))
    with_page = [Upload("a.html", a_page(title="《关于第7件事的通知》政策解读").encode())]
    run_job(office, jobs.start(office, "import-pages", {}, with_page, queued=False))
    linked = run_job(office, jobs.start(office, "re-link", queued=False))
    audited = run_job(office, jobs.start(office, "audit", queued=False))
    assert linked is not None
    assert audited is not None
    assert (linked.state, linked.done, (linked.result or {})["proposed"]) == (JobState.DONE, 1, 1)
    assert (audited.state, audited.done, audited.total) == (JobState.DONE, ROWS + 1, ROWS + 1)
    assert (audited.result or {})["audited"] == ROWS + 1


def a_kind(monkeypatch: pytest.MonkeyPatch, write: Callable[[object], dict[str, object]]) -> None:
    """Let `audit` be one part that does what the test says."""
    made = job_kinds.KINDS[JobKind.AUDIT]
    plan = lambda _app, _job: Plan(1, iter([Part({"rows": 1}, 1, write)]))  # noqa: E731 - a table entry
    kind = KindOfJob(made.right, made.parameters, takes_files=False, plan=plan)
    monkeypatch.setattr("attrtrack.workflow.job_running.KINDS", {**job_kinds.KINDS, JobKind.AUDIT: kind})


def test_failures_are_told_in_chinese(office: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the input is to blame for, and a fault of the program, end the job with a sentence and without a trace of code."""

    def refuse(_work: object) -> dict[str, object]:
        raise BrokenSourceError("文件损坏。")

    def stumble(_work: object) -> dict[str, object]:
        return {"x": 1 // 0}

    for write, told in ((refuse, "文件损坏。"), (stumble, "程序内部出错")):
        a_kind(monkeypatch, write)
        job = run_job(office, jobs.start(office, "audit", queued=False))
        assert job is not None
        assert job.state is JobState.FAILED
        assert (job.message or "").startswith(told)
        assert "Error" not in (job.message or "")


def test_trouble_of_the_database_is_tried_again(office: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job waits in the queue with the sentence, and is done when the trouble is over."""

    def busy(_work: object) -> dict[str, object]:
        raise StorageUnusableError("磁盘已满。")

    a_kind(monkeypatch, busy)
    job_id = jobs.start(office, "audit", queued=False)
    job = run_job(office, job_id)
    assert job is not None
    assert (job.state, job.message, job.fruitless) == (JobState.QUEUED, "磁盘已满。", 1)
    a_kind(monkeypatch, lambda _work: {"audited": 0})
    again = run_job(office, job_id)
    assert again is not None
    assert (again.state, again.message) == (JobState.DONE, None)


def test_a_job_needs_a_right_and_stays_within_its_units(office: App) -> None:
    """An account imports into its own units only; a drafter starts no job; nobody reads another unit's jobs."""
    set_up(office)
    housing = add_person(office, "hou", Role.OFFICE, unit=HOUSING)
    water = add_person(office, "shui", Role.OFFICE, unit=WATER)
    drafter = add_person(office, "ni", Role.DRAFTER, unit=HOUSING)
    for kind in ("audit", "re-propose", "re-link"):
        with pytest.raises(NotPermittedError):
            jobs.start(drafter, kind)
    with pytest.raises(NotPermittedError):
        jobs.start(housing, "re-propose", {"unit": WATER})
    header, row = "公文全称,文号,成文日期,单位", "关于水的通知,云水发〔2024〕1号,2024-01-02"
    ledger = Upload("台账.csv", f"{header}\n{row},{WATER}\n{row.replace('1号', '2号')},{HOUSING}\n".encode())
    job_id = jobs.start(housing, "import-ledger", {}, [ledger])
    job = run_job(office, job_id)
    assert job is not None
    assert (job.started_by, job.unit, job.state) == ("hou", HOUSING, JobState.DONE)
    assert ((job.result or {})["imported"], (job.result or {})["refused"]) == (1, 1)
    for other in (water, drafter):
        with pytest.raises((UnknownRecordError, NotPermittedError)):
            jobs.status(other, job_id)
        assert jobs.listed(other) == []
    assert [item.id for item in jobs.listed(housing)] == [job_id]


def test_a_job_loses_the_rights_that_its_starter_loses(office: App) -> None:
    """Closed before the job ran, an account does nothing more through it."""
    set_up(office)
    housing = add_person(office, "hou", Role.OFFICE, unit=HOUSING)
    job_id = jobs.start(housing, "import-ledger", {}, [a_ledger()])
    accounts.close_account(acting(office, "admin"), "hou")
    job = run_job(office, job_id)
    assert job is not None
    assert job.state is JobState.FAILED
    assert "账号" in (job.message or "")
    assert job.done == 0
