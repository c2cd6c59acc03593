"""How jobs end that cannot be done: refused at the door, failed with a sentence, tried again, without the right they had."""

from collections.abc import Callable

import pytest
from unit.workflow.job_samples import a_ledger, office, time
from unit.workflow.people import HOUSING, WATER, acting, add_person, set_up

from attrtrack.domain.access import Role
from attrtrack.domain.jobs import JobKind, JobState, Upload
from attrtrack.errors import (
    AttrtrackError,
    BrokenSourceError,
    NotPermittedError,
    StorageUnusableError,
    UnknownRecordError,
    UsageError,
)
from attrtrack.workflow import accounts, job_kinds, jobs
from attrtrack.workflow.app import App
from attrtrack.workflow.job_parts import KindOfJob, Part, Plan
from attrtrack.workflow.job_running import run_job

__all__ = ["office", "time"]


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
