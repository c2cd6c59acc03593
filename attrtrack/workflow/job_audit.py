"""The audit of the register as a job: it reads only, and judges all rows together at the end.

Decision: what is weighed of each row stays in memory, not in the register; an audit that was cut off weighs the rows again,
and its progress goes on only where it had been. The ranking is kept by ids: titles are shown to whoever may see them.
"""

from collections.abc import Iterator

from attrtrack.domain.audits import SameReason, Suspicion
from attrtrack.domain.jobs import Job, Told
from attrtrack.workflow.app import App
from attrtrack.workflow.audit_rows import Scope, register_rows
from attrtrack.workflow.auditing import Audit, Auditing
from attrtrack.workflow.job_parts import MOST_LISTED, Part, Plan, whole, words

_ROWS = 200
_SUMMED = 100


def plan_audit(app: App, job: Job) -> Plan:
    """Plan the audit of the attributes in force of a unit and year."""
    scope = Scope(whole(job.parameters, "year"), words(job.parameters, "unit"))
    with app.reading() as work:
        until = work.sweep.last()
        total = 0 if until is None else work.sweep.count(scope.unit, scope.year, until=until)
    return Plan(max(total, job.done), _parts(app, scope, job.done))


def _parts(app: App, scope: Scope, done: int) -> Iterator[Part]:
    auditing = Auditing(app, register_rows(app, scope), scope, processes=1)
    seen = told = 0
    for _ in auditing.steps():
        seen += 1
        if seen % _ROWS == 0:
            yield Part({"rows": seen}, max(0, seen - max(told, done)), _nothing)
            told = seen
    outcome = _told(auditing.finished())
    yield Part({"rows": seen}, max(0, seen - max(told, done)), lambda _work: outcome)


def _nothing(_work: object) -> Told:
    return {}


def _told(audit: Audit) -> Told:
    summary = audit.summary
    return {
        "audited": summary.audited,
        "flagged": summary.flagged,
        "hidden_letters": summary.hidden_letters,
        "not_audited": summary.not_audited,
        "by_title": summary.by_title,
        "learnt_from_archive": summary.learnt_from_archive,
        "taught_by_office": summary.taught_by_office,
        "by_unit": [list(row) for row in summary.by_unit[:_SUMMED]],
        "same_reasons": [_same_reason(item) for item in summary.same_reasons[:_SUMMED]],
        "suspicions": [_row(item) for item in audit.suspicions[:MOST_LISTED]],
    }


def _same_reason(item: SameReason) -> dict[str, object]:
    return {
        "unit": item.unit,
        "declared": item.declared.value,
        "reason": item.reason,
        "count": item.count,
        "rows": item.rows,
    }


def _row(item: Suspicion) -> dict[str, object]:
    return {
        "id": item.row.id,
        "declared": item.declared.value,
        "proposed": item.proposed.value if item.proposed else None,
        "score": round(item.score, 4),
        "reason": item.reason,
        "flagged": item.flagged,
        "doubt": item.doubt,
        "catch_all": item.catch_all,
        "letter_of_reply": item.row.letter_of_reply,
    }
