"""Days of visits, and what was said of the tasks that follow from visits and decisions: appended, the newest counts."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.grades import DatedTask, TaskEnd, TaskKind, Visit
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.mapping import storable
from attrtrack.storage.tables_grades import assessment_acts
from attrtrack.storage.transaction import Transaction

_VISIT, _DONE, _REOPEN = "visit", "done", "reopen"


class AssessmentActs:
    """When units are visited, and which tasks are done."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def set_visit(self, unit: str, *, year: int, scheme: str, day: dt.date, notify_by: dt.date) -> str:
        """Append the day of a unit's visit and return its id; a later one stands in its place."""
        said = {"unit": storable(unit, "单位"), "year": year, "scheme": scheme, "act": _VISIT}
        days = {"visit_on": day, "notify_by": notify_by}
        return f"V{self._append({**said, **days, 'visit_id': None, 'decision_id': None, 'note': None})}"

    def end(self, task: DatedTask, *, done: bool, note: str) -> None:
        """Append that a task is done, or not done after all; the database refuses what was said already."""
        of_visit = task.kind is TaskKind.NOTIFY
        key = int(task.id[1:])
        self._append(
            {
                "unit": task.unit,
                "year": task.year,
                "scheme": task.scheme,
                "act": _DONE if done else _REOPEN,
                "visit_on": None,
                "notify_by": None,
                "visit_id": key if of_visit else None,
                "decision_id": None if of_visit else key,
                "note": storable(note, "说明"),
            }
        )

    def visits(self, *, unit: str | None = None, year: int | None = None, scheme: str | None = None) -> Iterator[Visit]:
        """Yield the visits in the order they were set, of one unit, year or scheme where these are given."""
        yield from (
            Visit(f"V{row.id}", row.unit, row.year, row.scheme, row.visit_on, row.notify_by)
            for row in self._rows(assessment_acts.c.act == _VISIT, unit=unit, year=year, scheme=scheme)
        )

    def ends(self, *, unit: str | None = None, year: int | None = None, scheme: str | None = None) -> Iterator[TaskEnd]:
        """Yield what was said of tasks, in that order."""
        for row in self._rows(assessment_acts.c.act != _VISIT, unit=unit, year=year, scheme=scheme):
            task = f"G{row.decision_id}" if row.visit_id is None else f"V{row.visit_id}"
            yield TaskEnd(task, row.act == _DONE, row.note, row.acted_by, row.acted_at)

    def _rows(self, kind: "sa.ColumnElement[bool]", **asked: object) -> Iterator[AnyRow]:
        conditions = [assessment_acts.c[name] == value for name, value in asked.items() if value is not None]
        query = sa.select(assessment_acts).where(kind, *conditions).order_by(assessment_acts.c.id)
        yield from self._transaction.rows(query)

    def _append(self, values: dict[str, Any]) -> int:
        who = {"acted_by": self._transaction.actor, "acted_at": self._transaction.now}
        return self._transaction.insert(assessment_acts, {**values, **who})
