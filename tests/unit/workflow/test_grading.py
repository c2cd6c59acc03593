"""A person decides the grade that the score proposes; tasks follow from decisions, and no one grades the own unit."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from register_places import register_at
from unit.workflow.people import HOUSING, TOWN, WATER, acting, add_person, set_up
from unit.workflow.test_scores_of_a_year import ENTRIES, LEDGER, SCHEME

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.access import Role
from attrtrack.domain.grades import TaskKind
from attrtrack.domain.reports import Number, ReportKind
from attrtrack.errors import NotPermittedError, TransitionNotAllowedError, UnknownRecordError, UsageError
from attrtrack.workflow import accounts
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing import Days, score
from attrtrack.workflow.assessment_tasks import assessment_tasks_due, finish_task, reopen_task, set_visit
from attrtrack.workflow.grading import Asked, decide_grade, grade_decisions, graded, take_grade_back
from attrtrack.workflow.importing import ImportScope, import_ledger
from attrtrack.workflow.reports import Wanted, report

YEAR = 2024
TODAY = dt.datetime(2024, 9, 29, 10, tzinfo=dt.UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[App]:
    """An office on 29 September 2024: the three documents of the housing bureau, and an assessor of the town."""
    bare = assemble(Settings(), database_url=register_at(tmp_path / "register.db"), actor="admin", unit=None)
    app = replace(bare, make_store=lambda: bare.store, clock=lambda: TODAY)
    (tmp_path / "台账.csv").write_text(LEDGER, encoding="utf-8")
    list(
        import_ledger(
            app.acting_as("办公室", app.access, origin="cli"), str(tmp_path / "台账.csv"), ImportScope(HOUSING, YEAR)
        )
    )
    set_up(replace(bare, make_store=lambda: bare.store))
    fresh = replace(bare, make_store=lambda: bare.store, clock=lambda: TODAY)
    add_person(fresh, "wang", Role.ASSESSOR, unit=TOWN)
    accounts.assign_unit(acting(fresh, "security"), "wang", HOUSING)
    yield acting(fresh, "wang")
    bare.store.close()


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    """The housing bureau's grade, what is open settled by a person so far that it fails."""
    path = tmp_path / "人工.csv"
    rows = ENTRIES.replace(
        "另一局,organisation,1,没有台账,检查记录", "云栖市住建局,unanswered-application,60,未答复,复议决定书"
    )
    path.write_text(rows, encoding="utf-8")
    return Asked(HOUSING, YEAR, SCHEME, str(path))


def test_the_proposal_and_the_decision_stand_side_by_side(office: App, asked: Asked) -> None:
    """The grade proposed needs no reason, another does; what was proposed and scored then is kept with it."""
    with pytest.raises(UsageError, match="--because"):
        decide_grade(office, asked, "优秀")
    with pytest.raises(UsageError, match="优秀、良好、合格、不合格"):
        decide_grade(office, asked, "甲等", because="查实")
    scores = score(office, SCHEME, year=YEAR, entries=asked.entries)
    proposed = scores.scores[0].grade_proposed
    assert proposed == "不合格"
    made = decide_grade(office, asked, proposed)
    assert (made.id, made.grade, made.proposed, made.total) == ("G1", proposed, proposed, scores.scores[0].total)
    assert (made.decided_by, made.because) == ("wang", None)
    again = decide_grade(office, asked, "合格", because="领导小组审定")
    beside = graded(office, scores)
    assert (beside.decided[HOUSING], beside.scores) == (again, scores)
    assert [one.id for one in grade_decisions(office, YEAR)] == ["G1", "G2"]


def test_while_rules_are_open_a_reason_is_needed(office: App, asked: Asked) -> None:
    """Nothing is proposed then; the span in which the score lay is kept."""
    bare = replace(asked, entries=None)
    with pytest.raises(UsageError, match="没有建议"):
        decide_grade(office, bare, "合格")
    made = decide_grade(office, bare, "合格", because="领导小组审定")
    assert (made.proposed, made.lowest < made.total) == (None, True)


def test_a_scheme_without_thresholds_leaves_the_grade_to_people(office: App) -> None:
    """The grades in use may be decided; a unit that no class takes may not."""
    with pytest.raises(UnknownRecordError, match="未评分"):
        decide_grade(office, Asked(HOUSING, YEAR, "xinzhou-2022"), "合格", because="领导小组审定")
    (scheme,) = [one for one in office.rules.schemes if one.code == SCHEME]
    own = replace(office, rules=replace(office.rules, schemes=(replace(scheme, grades=()),)))
    made = decide_grade(own, Asked(HOUSING, YEAR, SCHEME), "不合格", because="领导小组审定")
    assert (made.proposed, made.rectify) == (None, True)


def test_nobody_grades_the_own_unit(office: App, asked: Asked) -> None:
    """Nor what is out of sight, nor without the right; each refusal of a right stands in the journal."""
    admin = acting(office, "admin")
    add_person(admin, "li", Role.ASSESSOR, unit=HOUSING)
    add_person(admin, "zhao", Role.OFFICE, unit=HOUSING)
    for login in ("li", "zhao"):
        with pytest.raises(NotPermittedError):
            decide_grade(acting(office, login), asked, "合格", because="自评")
        with pytest.raises(NotPermittedError):
            set_visit(acting(office, login), HOUSING, year=YEAR, scheme=SCHEME, day=dt.date(2024, 12, 1))
    with pytest.raises(UnknownRecordError):
        decide_grade(office, replace(asked, unit=WATER), "合格", because="抽查")
    with office.store.reading() as work:
        refused = [entry.actor for entry in work.journal.entries() if entry.action == "refuse-access"]
    assert refused == ["li", "li", "zhao", "zhao"]


def test_mending_follows_from_the_decided_grade(office: App, asked: Asked) -> None:
    """With its deadline; a proposal alone keeps no task, a decision taken back takes its task along."""
    scores = score(office, SCHEME, year=YEAR, entries=asked.entries, days=Days(mend_by=dt.date(2024, 10, 31)))
    assert assessment_tasks_due(office) == ()
    for grade, day in (("合格", dt.date(2024, 10, 31)), ("不合格", TODAY.date())):
        with pytest.raises(UsageError, match="--mend-by"):
            decide_grade(office, asked, grade, because="领导小组审定", mend_by=day)
    decide_grade(office, asked, "不合格", because="领导小组审定", mend_by=dt.date(2024, 10, 10))
    (due,) = assessment_tasks_due(office)
    assert (due.task.id, due.task.kind, due.days_left, due.workdays_left) == ("G1", TaskKind.MEND, 11, 4)
    assert graded(office, scores).foreseen == ()
    (late,) = assessment_tasks_due(office, dt.date(2024, 10, 11), unit=HOUSING, year=YEAR)
    assert (late.overdue, late.days_left) == (True, -1)
    take_grade_back(office, asked, "复核")
    assert assessment_tasks_due(office) == ()
    with pytest.raises(TransitionNotAllowedError):
        take_grade_back(office, asked, "复核")
    with pytest.raises(UnknownRecordError):
        finish_task(office, "G1", "已报送")


def test_a_visit_is_told_fifteen_days_ahead(office: App) -> None:
    """Days of the calendar, as the plan says; a later visit stands in the place of the former."""
    visit = set_visit(office, HOUSING, year=YEAR, scheme=SCHEME, day=dt.date(2024, 10, 20))
    assert visit.notify_by == dt.date(2024, 10, 5)
    set_visit(office, HOUSING, year=YEAR, scheme=SCHEME, day=dt.date(2024, 10, 25))
    (due,) = assessment_tasks_due(office)
    assert (due.task.id, due.task.kind, due.task.due) == ("V2", TaskKind.NOTIFY, dt.date(2024, 10, 10))
    with pytest.raises(UsageError, match="已经过去"):
        set_visit(office, HOUSING, year=YEAR, scheme=SCHEME, day=dt.date(2024, 9, 1))
    with pytest.raises(UsageError, match="年度"):
        set_visit(office, HOUSING, year=24, scheme=SCHEME, day=dt.date(2024, 12, 1))
    with pytest.raises(UsageError, match="notice_days"):
        set_visit(office, HOUSING, year=YEAR, scheme="xinzhou-2022", day=dt.date(2024, 12, 1))


def test_a_task_is_marked_as_done_with_a_note(office: App) -> None:
    """Done it leaves the list and stays in the whole one; it may be opened again, with a note too."""
    set_visit(office, HOUSING, year=YEAR, scheme=SCHEME, day=dt.date(2024, 10, 25))
    with pytest.raises(UsageError, match="--note"):
        finish_task(office, "V1", " ")
    with pytest.raises(TransitionNotAllowedError):
        reopen_task(office, "V1", "没有通知到")
    done = finish_task(office, "V1", "已发考核通知")
    assert done.task.ended is not None
    assert (done.task.ended.note, done.task.ended.said_by, done.overdue) == ("已发考核通知", "wang", False)
    assert (assessment_tasks_due(office), len(assessment_tasks_due(office, done=True))) == ((), 1)
    with pytest.raises(TransitionNotAllowedError):
        finish_task(office, "V1", "已发考核通知")
    assert reopen_task(office, "V1", "没有送达").task.ended is None


def words(app: App, kind: ReportKind, asked: Asked) -> str:
    """Return what a paper prints."""
    wanted = Wanted(kind=kind, year=YEAR, scheme=asked.scheme, entries=asked.entries)
    return "".join(
        piece if isinstance(piece, str) else piece.words
        for piece in report(app, wanted).pieces()
        if isinstance(piece, str | Number)
    )


@pytest.mark.parametrize("kind", [ReportKind.NOTICE, ReportKind.RECTIFICATION])
def test_papers_tell_what_is_proposed_from_what_is_decided(office: App, asked: Asked, kind: ReportKind) -> None:
    """A failing grade that is only proposed is called so; decided, it stands with its deadline."""
    before = words(office, kind, asked)
    assert "拟定不合格" in before
    decide_grade(office, asked, "不合格", mend_by=dt.date(2024, 12, 10))
    after = words(office, kind, asked)
    assert "拟定不合格" not in after
    assert "2024年12月10日" in after
    decide_grade(office, asked, "合格", because="领导小组审定")
    assert "不合格" not in words(office, kind, asked)


def test_a_sample_counts_only_where_it_is_named(office: App, asked: Asked) -> None:
    """A rectification list that names no scheme holds no grade by invented weights."""
    decide_grade(office, asked, "不合格", because="领导小组审定")
    unnamed = replace(asked, scheme=None, entries=None)  # type: ignore[arg-type]  # the paper asks for none
    assert "不合格" not in words(office, ReportKind.RECTIFICATION, unnamed)
