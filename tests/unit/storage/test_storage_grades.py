"""Grades and dated tasks in the register: appended, the newest counts, and the database refuses the rest by itself."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.samples import NOON
from unit.storage.test_storage_transfer import copy
from whole_registers import told

from attrtrack.assessing import kept_tasks
from attrtrack.domain.grades import GradeDecision, TaskKind, in_force
from attrtrack.errors import TransitionNotAllowedError
from attrtrack.storage import Store, UnitOfWork
from attrtrack.storage.engine import is_sqlite

UNIT, SCHEME = "云栖市住建局", "s"
DECISION = GradeDecision(
    id="", unit=UNIT, year=2024, scheme=SCHEME, rules_version="r", proposed="合格", total=Decimal("60.0"),
    lowest=Decimal("58.5"), grade="不合格", rectify=True, mend_by=dt.date(2024, 4, 1), because="查实", decided_by="",
    decided_at=NOON,
)  # fmt: skip
_GRADE = (
    "INSERT INTO grade_decisions (id, unit, year, scheme, rules_version, proposed, total, lowest, grade, rectify, mend_by, "
    "because, decided_by, decided_at) VALUES ({id}, {unit}, {year}, 's', 'r', {proposed}, '60', '60', {grade}, {rectify}, "
    "{mend_by}, {because}, '某人', '2024-03-01')"
)
_ACT = (
    "INSERT INTO assessment_acts (id, unit, year, scheme, act, visit_on, notify_by, visit_id, decision_id, note, acted_by, "
    "acted_at) VALUES ({id}, '云栖市住建局', {year}, 's', '{act}', {visit_on}, {notify_by}, {visit_id}, {decision_id}, "
    "{note}, '某人', '2024-03-01')"
)


def grade(**values: object) -> str:
    """Write a decision as raw SQL, by default one that is lawful."""
    said = {"id": 9, "unit": "'云栖市住建局'", "year": 2024, "proposed": "'合格'", "grade": "'合格'", "rectify": "FALSE",
            "mend_by": "NULL", "because": "NULL", **values}  # fmt: skip
    return _GRADE.format(**said)


def act(**values: object) -> str:
    """Write an act on a task as raw SQL, by default one that is lawful."""
    said = {"id": 9, "year": 2024, "act": "done", "visit_on": "NULL", "notify_by": "NULL", "visit_id": "NULL",
            "decision_id": 1, "note": "'已报'", **values}  # fmt: skip
    return _ACT.format(**said)


def mending(work: UnitOfWork) -> tuple[str, ...]:
    """Return the tasks of mending that are open."""
    acts = work.assessment_acts
    tasks = kept_tasks(work.grades.all(), acts.visits(), acts.ends())
    return tuple(task.id for task in tasks if task.kind is TaskKind.MEND and task.ended is None)


@pytest.fixture
def decided(store: Store) -> Store:
    """A unit that failed and has to mend, whose visit was on the seventh row's day, of which it has been told."""
    with store.unit_of_work("王考核") as work:
        assert work.grades.add(DECISION) == "G1"
        days = {"day": dt.date(2024, 3, 20), "notify_by": dt.date(2024, 3, 5)}
        assert work.assessment_acts.set_visit(UNIT, year=2024, scheme=SCHEME, **days) == "V1"
        visit = next(kept_tasks((), work.assessment_acts.visits(), ()))
        work.assessment_acts.end(visit, done=True, note="电话")
    return store


def test_decisions_come_back_and_the_newest_counts(decided: Store) -> None:
    """With what was proposed and scored then, by whom and when; one without grade takes the last back, all rows stay."""
    with decided.unit_of_work("赵考核") as work:
        (first,) = work.grades.all(unit=UNIT, year=2024, scheme=SCHEME)
        assert first == replace(DECISION, id="G1", decided_by="王考核")
        assert mending(work) == ("G1",)
        work.grades.add(replace(DECISION, grade=None, rectify=False, mend_by=None))
        assert (in_force(work.grades.all()), mending(work)) == ((), ())
        work.grades.add(replace(DECISION, mend_by=dt.date(2024, 5, 1)))
    with decided.reading() as work:
        assert [one.id for one in in_force(work.grades.all())] == ["G3"]
        assert [one.grade for one in work.grades.all()] == ["不合格", None, "不合格"]
        assert list(work.grades.all(year=2023)) == []
        assert {entry.action for entry in work.journal.entries()} >= {"decide-grade", "take-grade-back", "set-visit"}
        assert "查实" not in "".join(entry.detail for entry in work.journal.entries())
        assert work.journal.prove().ok


def test_a_task_is_done_once_and_may_be_opened_again(decided: Store) -> None:
    """Each word has its note and its person; saying the same twice is refused."""
    with decided.reading() as work:
        acts = work.assessment_acts
        visit, mend = kept_tasks(work.grades.all(), acts.visits(), acts.ends())
    assert (visit.kind, visit.due, visit.ended and visit.ended.note) == (TaskKind.NOTIFY, dt.date(2024, 3, 5), "电话")
    for done in (True, False, True):
        with decided.unit_of_work("王考核") as work:
            work.assessment_acts.end(mend, done=done, note="整改报告")
            assert mending(work) == (() if done else ("G1",))
        with pytest.raises(TransitionNotAllowedError), decided.unit_of_work("王考核") as work:
            work.assessment_acts.end(mend, done=done, note="整改报告")


def test_sight_narrows_grades_and_tasks(decided: Store) -> None:
    """Who sees another unit only finds none of them."""
    for units, count in ((frozenset([UNIT]), 1), (frozenset(["别的局"]), 0)):
        with decided.reading(units) as work:
            assert len(list(work.grades.all())) == count
            assert len(list(work.assessment_acts.visits())) == count
            assert len(list(work.assessment_acts.ends())) == count


REFUSED = [
    "UPDATE grade_decisions SET grade = '优秀'",
    "DELETE FROM grade_decisions",
    "UPDATE assessment_acts SET note = '别的'",
    "DELETE FROM assessment_acts",
    grade(id=1),
    grade(unit="' \u3000'"),
    grade(year=1),
    grade(grade="'优秀'"),
    grade(grade="'优秀'", because="' \u3000'"),
    grade(proposed="NULL"),
    grade(grade="' '", because="'查实'"),
    grade(mend_by="'2024-04-01'"),
    grade(grade="NULL", because="NULL"),
    grade(grade="NULL", because="'收回'", rectify="TRUE"),
    grade(grade="NULL", because="'收回'", unit="'没有审定过的局'"),
    act(id=1),
    act(act="visit", decision_id="NULL", visit_on="'2024-03-20'", notify_by="'2024-03-05'", year=1),
    act(act="lost"),
    act(note="' '"),
    act(note="NULL"),
    act(decision_id="NULL"),
    act(decision_id=7),
    act(year=2023),
    act(visit_id=1),
    act(visit_id=1, decision_id="NULL"),
    act(visit_id=2, decision_id="NULL"),
    act(act="reopen"),
    act(visit_on="'2024-03-20'"),
    act(act="visit", decision_id="NULL", visit_on="'2024-03-20'"),
    act(act="visit", decision_id="NULL"),
]  # fmt: skip


def refused(raw: Engine, *statements: str) -> bool:
    """Whether the database refuses some statements by itself."""
    try:
        with raw.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    except DBAPIError:
        return True
    return False


def test_the_database_refuses_by_itself(raw: Engine, decided: Store) -> None:
    """Nothing is changed or deleted, no other grade without reason, no term without mending, no word on a task that is none."""
    del decided
    assert [statement for statement in REFUSED if not refused(raw, statement)] == []
    assert not refused(raw, grade(grade="NULL", because="'收回'"))
    assert not refused(raw, act())
    assert not refused(raw, act(id=10, act="reopen", visit_id=1, decision_id="NULL"))
    assert is_sqlite(raw) or refused(raw, "TRUNCATE grade_decisions CASCADE")


def test_laws_hold_where_checks_are_turned_off(raw: Engine, decided: Store) -> None:
    """On SQLite a connection may ignore CHECK; the triggers say the same."""
    del decided
    if is_sqlite(raw):
        loose = "PRAGMA ignore_check_constraints = ON"
        assert [statement for statement in REFUSED if not refused(raw, loose, statement)] == []


def test_they_are_carried_into_another_database(decided: Store, database_url: str, tmp_path: Path) -> None:
    """A copy holds the same rows under the same journal."""
    del decided
    target = f"sqlite:///{tmp_path / 'other.db'}"
    copy(database_url, target)
    there = told(target)
    assert (there["grade_decisions"], there["assessment_acts"]) == (
        told(database_url)["grade_decisions"], told(database_url)["assessment_acts"],
    )  # fmt: skip
