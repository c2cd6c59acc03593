"""Decided grades and dated tasks as plain rows: those of `--json`."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from attrtrack.domain.grades import GradeDecision, Visit
from attrtrack.workflow.app import App
from attrtrack.workflow.assessment_tasks import ListedTask, listed_task
from attrtrack.workflow.grading import Graded
from attrtrack.workflow.score_shapes import number, score_rows


def graded_rows(app: App, graded: Graded) -> Iterator[dict[str, Any]]:
    """Yield the rows of scores, each with what was decided on it; tasks that are kept go before those foreseen."""
    for row in score_rows(graded.scores):
        unit = row["unit"]
        decision = graded.decided.get(unit)
        said = {
            "grade_decided": None if decision is None else decision.grade,
            "decision": None if decision is None else decision_row(decision),
        }
        kept = [_task(listed_task(app, task, app.today)) for task in graded.tasks if task.unit == unit]
        foreseen = [
            {"due": task.due.isoformat(), "message": task.text, "kind": task.kind.value, "id": None}
            for task in graded.foreseen
            if task.unit == unit
        ]
        yield {**row, **said, "tasks": [*kept, *foreseen]}


def decision_row(decision: GradeDecision) -> dict[str, Any]:
    """Return a decision on a grade; `grade` null takes the one before it back."""
    complete = decision.lowest == decision.total
    return {
        "id": decision.id,
        "unit": decision.unit,
        "year": decision.year,
        "scheme": decision.scheme,
        "grade": decision.grade,
        "grade_proposed": decision.proposed,
        "score": number(decision.total) if complete else None,
        "range": None if complete else [number(decision.lowest), number(decision.total)],
        "rectify": decision.rectify,
        "mend_by": _day(decision.mend_by),
        "because": decision.because,
        "decided_by": decision.decided_by,
        "decided_at": decision.decided_at.isoformat(),
        "rules_version": decision.rules_version,
    }


def visit_row(visit: Visit) -> dict[str, Any]:
    """Return the day of a visit and the last day for telling the unit."""
    return {
        "id": visit.id,
        "unit": visit.unit,
        "year": visit.year,
        "scheme": visit.scheme,
        "visit": visit.day.isoformat(),
        "due": visit.notify_by.isoformat(),
    }


def task_row(listed: ListedTask) -> dict[str, Any]:
    """Return a task as it stands on a day."""
    task = listed.task
    return {**_task(listed), "unit": task.unit, "year": task.year, "scheme": task.scheme}


def _task(listed: ListedTask) -> dict[str, Any]:
    ended = listed.task.ended
    return {
        "due": _day(listed.task.due),
        "message": listed.task.text,
        "kind": listed.task.kind.value,
        "id": listed.task.id,
        "days_left": listed.days_left,
        "workdays_left": listed.workdays_left,
        "overdue": listed.overdue,
        "done": None
        if ended is None
        else {"note": ended.note, "said_by": ended.said_by, "said_at": ended.said_at.isoformat()},
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
