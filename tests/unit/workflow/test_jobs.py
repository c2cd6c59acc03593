"""Long work: done in parts, resumed without doubles or loss, cancelled between parts, refused where there is no right."""

import datetime as dt
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from saved_pages import ADDRESS, a_page
from unit.workflow.job_samples import ROWS, Time, a_ledger, office, time

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.decisions import State
from attrtrack.domain.jobs import Job, JobState, Upload
from attrtrack.errors import (
    ClassifiedMaterialError,
)
from attrtrack.storage.jobs import LEASE
from attrtrack.workflow import importing, job_archive, jobs
from attrtrack.workflow.app import App
from attrtrack.workflow.job_running import run_job

__all__ = ["office", "time"]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 10)
    monkeypatch.setattr(job_archive, "_DOCUMENTS", 10)


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
    assert job.result == {"imported": ROWS, "updated": 0, "unchanged": 0, "refused": 0, "flags": [], "errors": []}
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
        "flags": [],
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
