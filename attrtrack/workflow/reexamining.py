"""Re-examination (定期复查): what is kept back comes up again on a day, and a person says whether it stays so."""

import datetime as dt
import heapq
from collections.abc import Iterator
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision
from attrtrack.domain.reexaminations import DueDocument, Reexamined
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import TransitionNotAllowedError, UsageError
from attrtrack.gate import ensure_allowed
from attrtrack.publishing import reason_gone, reexamine_by
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.seeing import seen

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork
    from attrtrack.storage.reexaminations import KeptBack


_COMING = dt.timedelta(days=60)


def schedule(app: App, work: "UnitOfWork", document_id: str, decision: Decision) -> None:
    """Set the day on which a document that is kept back comes up again; what is to be published needs none."""
    if decision.attribute is not DisclosureAttribute.PROACTIVE:
        work.reexaminations.schedule(
            document_id, reexamine_by(decision.attribute, decision.decided_at.date(), app.rules)
        )


def due_for_reexamination(app: App, day: dt.date | None = None, *, unit: str | None = None) -> Iterator[DueDocument]:
    """Yield what is overdue on `day` (today) or comes up within 60 days after, and all whose reason no longer holds.

    The longest due go first. A decision made before days were set counts from the day it was made.
    """
    permitted(app, Right.READ)
    until, gone = day or app.today, cache(partial(_gone, app))

    def place(one: "KeptBack") -> tuple[bool, dt.date, int]:
        due = _day(app, one)
        return due is not None, due or until, int(one.id[1:])

    with app.reading() as work:
        rows = work.reexaminations.kept_back(unit, units=app.access.units)
        undated: list[KeptBack] = []
        dated: Iterator[KeptBack] = iter(())
        for row in rows:
            if row.act is not None:
                dated = chain((row,), rows)
                break
            undated.append(row)
        for row in heapq.merge(sorted(undated, key=place), dated, key=place):
            due, why = _day(app, row), gone(row.attribute, row.reason)
            if due is None or due <= until + _COMING or why is not None:
                yield _due(app, row, until, gone=why)


def reexamination_of(app: App, document_id: str) -> DueDocument | None:
    """Return when a document that is kept back comes up again; None for any other."""
    permitted(app, Right.READ)
    with app.reading() as work:
        found = next(work.reexaminations.kept_back(units=app.access.units, document_id=document_id), None)
    return None if found is None else _due(app, found, app.today, gone=_gone(app, found.attribute, found.reason))


def _gone(app: App, attribute: DisclosureAttribute, reason: str | None) -> str | None:
    return reason_gone(attribute, reason, app.rules)


def _day(app: App, row: "KeptBack") -> dt.date | None:
    """Return the day on which a document comes up again; None where it is to be changed."""
    if row.act == Reexamined.CHANGE.value:
        return None
    return row.due or reexamine_by(row.attribute, row.decided_at.date(), app.rules)


def _due(app: App, row: "KeptBack", until: dt.date, *, gone: str | None) -> DueDocument:
    due = _day(app, row)
    return DueDocument(
        id=row.id,
        title=row.title,
        number=row.number,
        unit=row.unit,
        attribute=row.attribute,
        reason=row.reason,
        decided_at=row.decided_at,
        due=due,
        overdue=due is None or due <= until,
        gone=gone,
    )


def reexamine(app: App, document_id: str, result: str, why: str) -> RecordedDocument:
    """Keep what came of looking at a document again: it stays and comes up again later, or is to be declared anew."""
    if result not in set(Reexamined):
        raise UsageError("复查结果看不懂：可以是 keep（维持）或 change（改变）。")
    if not why.strip():
        raise UsageError("复查要写明原因：--because 为什么维持或改变。")
    permitted(app, Right.REEXAMINE, subject=document_id)
    with app.unit_of_work() as work:
        recorded = seen(app, work, document_id)
        ensure_allowed("reexamine", recorded.state)
        decision = recorded.decision
        if decision is None or decision.attribute is DisclosureAttribute.PROACTIVE:
            raise TransitionNotAllowedError("主动公开的文件不用复查：只有不予公开和依申请公开的定期复查。")
        said = Reexamined(result)
        due = reexamine_by(decision.attribute, app.today, app.rules) if said is Reexamined.KEEP else None
        work.reexaminations.add(document_id, said, why, due=due)
        return recorded
