"""Re-examination (定期复查): what is kept back comes up again on a day, and a person says whether it stays so."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision
from attrtrack.domain.reexaminations import DueDocument, Reexamined, months_later
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import TransitionNotAllowedError, UsageError
from attrtrack.gate import ensure_allowed
from attrtrack.rules.reasons import resolve_reason
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
        work.reexaminations.schedule(document_id, _next(app, decision.attribute, decision.decided_at.date()))


def _next(app: App, attribute: DisclosureAttribute, day: dt.date) -> dt.date:
    months = int(float(app.rules.switch(f"reexamine_months_{attribute.value}")[0]))
    return months_later(day, months)


def due_for_reexamination(app: App, day: dt.date | None = None, *, unit: str | None = None) -> Iterator[DueDocument]:
    """Yield what is overdue on `day` (today) or comes up within 60 days after, and all whose reason no longer holds.

    The longest due go first. A decision made before days were set counts from the day it was made.
    """
    permitted(app, Right.READ)
    until = day or app.today
    with app.reading() as work:
        found = [_due(app, row, until) for row in work.reexaminations.kept_back(unit, units=app.access.units)]
    coming = [one for one in found if one.due is None or one.due <= until + _COMING or one.gone]
    yield from sorted(coming, key=lambda one: (one.due is not None, one.due or until, int(one.id[1:])))


def _due(app: App, row: "KeptBack", until: dt.date) -> DueDocument:
    to_change = row.act == Reexamined.CHANGE.value
    due = None if to_change else row.due or _next(app, row.attribute, row.decided_at.date())
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
        gone=_gone(app, row.attribute, row.reason),
    )


def _gone(app: App, attribute: DisclosureAttribute, words: str | None) -> str | None:
    """Say why a reason no longer holds by the present rules; None when it does, or the attribute needs none."""
    if attribute not in app.rules.switch("reason_required_for"):
        return None
    if not (words and words.strip()):
        return "没有写明理由"
    resolution = resolve_reason(words, app.rules)
    reasons = [app.rules.reason(code) for code in (resolution.code or "", *resolution.others)]
    if not any(reasons):
        return "理由对不上现行条款"
    carried = any(reason is not None and reason.carries(attribute) for reason in reasons)
    return None if carried else f"理由不能支持{attribute.chinese}"


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
        due = _next(app, decision.attribute, app.today) if said is Reexamined.KEEP else None
        work.reexaminations.add(document_id, said, why, due=due)
        return recorded
