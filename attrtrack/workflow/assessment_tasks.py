"""The dated tasks of an assessment (考核通知, 限期整改): set by a visit or a decided grade, listed with what is left, marked as done."""

import datetime as dt
from dataclasses import dataclass

from attrtrack.assessing import notify_by
from attrtrack.domain.access import Right
from attrtrack.domain.grades import DatedTask, Visit
from attrtrack.errors import TransitionNotAllowedError, UnknownRecordError, UsageError
from attrtrack.rules.workdays import Calendar
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing import scheme_named
from attrtrack.workflow.grading import assessing, tasks_in
from attrtrack.workflow.permitting import permitted

_YEARS = range(1949, 3000)


@dataclass(frozen=True, slots=True)
class ListedTask:
    """A task as it stands on a day: days of the calendar left (less than 0: overdue) and working days; None without a day."""

    task: DatedTask
    days_left: int | None
    workdays_left: int | None
    overdue: bool


def set_visit(app: App, unit: str, *, year: int, scheme: str, day: dt.date) -> Visit:
    """Keep the day on which a unit is assessed on the spot; the day by which it is told follows, and stands as a task."""
    assessing(app, unit)
    if not unit.strip() or year not in _YEARS:
        raise UsageError("请写明被考核单位和考核的年度，如 2023。")
    due = notify_by(scheme_named(app, scheme), day)
    if due is None:
        raise UsageError(f"细则 {scheme} 没有写明实地考核提前几天通知（notice_days）：不列考核通知。")
    if day < app.today:
        raise UsageError(f"实地考核的日期 {day} 已经过去：请核对 --visit。")
    with app.unit_of_work() as work:
        identifier = work.assessment_acts.set_visit(unit, year=year, scheme=scheme, day=day, notify_by=due)
    return Visit(identifier, unit, year, scheme, day, due)


def assessment_tasks_due(
    app: App, day: dt.date | None = None, *, unit: str | None = None, year: int | None = None, done: bool = False
) -> tuple[ListedTask, ...]:
    """Return the open tasks as they stand on a day (today), the most urgent first, those without a day last; `done`: all."""
    permitted(app, Right.MEASURE)
    on = day or app.today
    with app.reading() as work:
        found = [task for task in tasks_in(work, unit=unit, year=year) if done or task.ended is None]
    found.sort(key=lambda task: (task.ended is not None, task.due is None, task.due or on, task.unit, task.id))
    return tuple(listed_task(app, task, on) for task in found)


def listed_task(app: App, task: DatedTask, day: dt.date) -> ListedTask:
    """Say how a task stands on a day."""
    workdays = None if task.due is None else Calendar.of(app.rules.workdays).term(day, task.due)
    return ListedTask(task, task.days_left(day), workdays, task.overdue(day))


def finish_task(app: App, identifier: str, note: str | None) -> ListedTask:
    """Keep that a task is done, with a note of how."""
    return _ended(app, identifier, note, done=True)


def reopen_task(app: App, identifier: str, note: str | None) -> ListedTask:
    """Keep that a task that was marked as done is not, with the reason."""
    return _ended(app, identifier, note, done=False)


def _ended(app: App, identifier: str, note: str | None, *, done: bool) -> ListedTask:
    said = (note or "").strip()
    if not said:
        raise UsageError("请用 --note 写明怎样办结的（或为什么重开）。")
    task = _task(app, identifier)
    assessing(app, task.unit)
    if (task.ended is not None) is done:
        raise TransitionNotAllowedError(f"任务 {identifier} {'已经办结' if done else '还没有办结'}。")
    with app.unit_of_work() as work:
        work.assessment_acts.end(task, done=done, note=said)
    return listed_task(app, _task(app, identifier), app.today)


def _task(app: App, identifier: str) -> DatedTask:
    permitted(app, Right.DECIDE_GRADES)
    with app.reading() as work:
        found = next((task for task in tasks_in(work) if task.id == identifier), None)
    if found is None:
        raise UnknownRecordError(
            f"没有编号为“{identifier[:20]}”的考核任务：请用 attrtrack score tasks 查看（等次改定、日期另定的，原任务不再有效）。"
        )
    return found
