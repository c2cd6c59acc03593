"""The grade of a unit: proposed by its score, decided by a person who assesses it, taken back by a further decision."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from attrtrack.assessing import kept_tasks
from attrtrack.domain.access import Right
from attrtrack.domain.grades import DatedTask, GradeDecision, TaskKind, grades_of, in_force
from attrtrack.domain.scores import AssessmentTask, Score, Scores
from attrtrack.errors import NotPermittedError, TransitionNotAllowedError, UnknownRecordError, UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing import scheme_named, score
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Graded:
    """Scores with what was decided on them, by unit; `foreseen` are tasks that nobody has decided on yet."""

    scores: Scores
    decided: Mapping[str, GradeDecision]
    tasks: tuple[DatedTask, ...]
    foreseen: tuple[AssessmentTask, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose grade is meant: a unit's of a year by a scheme; `entries` is the table of what a person found, as for `score`."""

    unit: str
    year: int
    scheme: str
    entries: str | None = None


def decide_grade(
    app: App, asked: Asked, grade: str, *, because: str | None = None, mend_by: dt.date | None = None
) -> GradeDecision:
    """Keep what a person decides, beside the score and the proposal of this moment; a later decision stands in its place.

    Raises `UsageError` for a grade that the scheme lacks, without a reason where it is not the one proposed, and for a
    term of mending that does not go with the grade.
    """
    assessing(app, asked.unit)
    scheme = scheme_named(app, asked.scheme)
    found = score(app, asked.scheme, year=asked.year, unit=asked.unit, entries=asked.entries)
    own = next((one for one in found.scores if one.unit == asked.unit), None)
    if own is None:
        why = next((why for unit, why in found.left_out if unit == asked.unit), "没有评分")
        raise UnknownRecordError(f"{asked.unit[:40]}：{why}，不能审定等次。")
    named = next((one for one in grades_of(scheme) if one.name == grade.strip()), None)
    if named is None:
        known = "、".join(one.name for one in grades_of(scheme))
        raise UsageError(f"没有等次“{grade[:20]}”：可以是 {known}。")
    reason = _reason(because)
    if reason is None and named.name != own.grade_proposed:
        proposal = f"与建议的{own.grade_proposed}不同" if own.grade_proposed else "没有建议的等次可依"
        raise UsageError(f"审定为{named.name}，{proposal}：请用 --because 写明理由。")
    if mend_by is not None and (not named.rectify or mend_by <= app.today):
        said = f"整改期限 {mend_by} 应在今天以后" if named.rectify else f"{named.name}不须限期整改"
        raise UsageError(f"{said}：请核对 --mend-by。")
    decision = replace(_of(app, asked, own), grade=named.name, rectify=named.rectify, mend_by=mend_by, because=reason)
    return _kept(app, decision)


def take_grade_back(app: App, asked: Asked, because: str | None) -> GradeDecision:
    """Take the decision in force back, with a reason, beside the score it was made on; `TransitionNotAllowedError` where none is."""
    assessing(app, asked.unit)
    reason = _reason(because)
    if reason is None:
        raise UsageError("收回审定的等次要写明理由：--because 为什么收回。")
    held = next(iter(in_force(grade_decisions(app, asked.year, asked.scheme, unit=asked.unit))), None)
    if held is None:
        raise TransitionNotAllowedError(f"{asked.unit[:40]} {asked.year} 年没有审定的等次可以收回。")
    taken = replace(held, grade=None, rectify=False, mend_by=None, because=reason, rules_version=app.rules.version)
    return _kept(app, taken)


def grade_decisions(
    app: App, year: int | None = None, scheme: str | None = None, *, unit: str | None = None
) -> tuple[GradeDecision, ...]:
    """Return every decision in the order they were made, those taken back or replaced since included."""
    permitted(app, Right.MEASURE)
    with app.reading() as work:
        return tuple(work.grades.all(unit=unit, year=year, scheme=scheme))


def graded(app: App, scores: Scores) -> Graded:
    """Put beside scores what was decided, with the tasks that are kept; of a decided unit no mending is foreseen any more."""
    permitted(app, Right.MEASURE)
    with app.reading() as work:
        decided = in_force(work.grades.all(year=scores.year, scheme=scores.scheme.code))
        tasks = tasks_in(work, year=scores.year, scheme=scores.scheme.code)
    known = {one.unit: one for one in decided}
    settled = {(task.unit, task.kind) for task in tasks} | {(unit, TaskKind.MEND) for unit in known}
    foreseen = tuple(task for task in scores.tasks if (task.unit, task.kind) not in settled)
    return Graded(scores, known, tasks, foreseen)


def tasks_in(
    work: "UnitOfWork", *, unit: str | None = None, year: int | None = None, scheme: str | None = None
) -> tuple[DatedTask, ...]:
    """Return the tasks that are kept, done or not."""
    asked = {"unit": unit, "scheme": scheme}
    return tuple(
        kept_tasks(
            work.grades.all(**asked, year=year),
            work.assessment_acts.visits(**asked, year=year),
            work.assessment_acts.ends(**asked, year=year),
        )
    )


def assessing(app: App, unit: str) -> None:
    """Raise `NotPermittedError` unless the person acting assesses units, this one in sight and not the own one."""
    subject = f"grade:{unit[:100]}"
    permitted(app, Right.DECIDE_GRADES, subject=subject)
    if app.access.home is not None and _row(app, app.access.home) == _row(app, unit):
        with app.store.unit_of_work(app.actor, app.origin) as work:
            work.journal.append("refuse-access", subject, "refused", {"right": Right.DECIDE_GRADES.value})
        raise NotPermittedError("不能审定本单位的等次、办理本单位的考核任务：请由其他单位的考核人员办理。")
    app.access.ensure_sees(unit, unit)


def _row(app: App, unit: str) -> str:
    """Return the code of a unit in the table of units, whichever of its names is used; else the name itself."""
    return next((row.code for row in app.rules.units if unit in {row.name, *row.aliases}), unit)


def _reason(because: str | None) -> str | None:
    return (because or "").strip() or None


def _of(app: App, asked: Asked, own: Score) -> GradeDecision:
    return GradeDecision(
        id="",
        unit=asked.unit,
        year=asked.year,
        scheme=asked.scheme,
        rules_version=app.rules.version,
        proposed=own.grade_proposed,
        total=own.total,
        lowest=own.lowest,
        grade=None,
        rectify=False,
        mend_by=None,
        because=None,
        decided_by=app.actor,
        decided_at=app.clock(),
    )


def _kept(app: App, decision: GradeDecision) -> GradeDecision:
    with app.unit_of_work() as work:
        identifier = work.grades.add(decision)
        return next(one for one in work.grades.all(unit=decision.unit, year=decision.year) if one.id == identifier)
