"""What follows from an assessment as dated tasks: telling the units before the visit, mending by a deadline.

The 2020 plan tells units 15 days ahead (days of the calendar: it does not say working days), and has those that fail mend
within a term that the assessor sets; no term is invented here. Tasks that are kept come from the day of a visit and from
decided grades; what follows from a grade that is only proposed is foreseen, not kept.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from attrtrack.domain.grades import DatedTask, GradeDecision, TaskEnd, TaskKind, Visit, in_force
from attrtrack.domain.schemes import Scheme
from attrtrack.domain.scores import AssessmentTask, Score


def assessment_tasks(
    scheme: Scheme, scores: Sequence[Score], *, visit: dt.date | None, mend_by: dt.date | None
) -> Iterator[AssessmentTask]:
    """Yield the tasks for the day of the visit and the term of mending, where these are set."""
    failing = {grade.name for grade in scheme.grades if grade.rectify}
    for score in scores:
        if visit is not None and (due := notify_by(scheme, visit)) is not None:
            yield AssessmentTask(score.unit, due, _told_ahead(visit, due), TaskKind.NOTIFY)
        if mend_by is not None and score.grade_proposed in failing:
            text = f"建议等次为{score.grade_proposed}：审定后限期整改，这一天前报送整改情况"
            yield AssessmentTask(score.unit, mend_by, text, TaskKind.MEND)


def notify_by(scheme: Scheme, visit: dt.date) -> dt.date | None:
    """Return the last day on which a unit is told of its visit; None where the scheme does not say how long before."""
    return visit - dt.timedelta(days=scheme.notice_days) if scheme.notice_days else None


def kept_tasks(
    decisions: Iterable[GradeDecision], visits: Iterable[Visit], ends: Iterable[TaskEnd]
) -> Iterator[DatedTask]:
    """Yield the tasks of the last visit of each unit and of each decision in force that asks for mending, done or not."""
    said = {one.task: one for one in ends}
    ended = {task: one for task, one in said.items() if one.done}
    for visit in {one.assessed: one for one in visits}.values():
        text = _told_ahead(visit.day, visit.notify_by)
        yield DatedTask(
            visit.id, TaskKind.NOTIFY, *visit.assessed, due=visit.notify_by, text=text, ended=ended.get(visit.id)
        )
    for decision in in_force(decisions):
        if decision.rectify:
            term = "这一天前报送整改情况" if decision.mend_by else "还没有定整改期限"
            text = f"审定等次为{decision.grade}，限期整改：{term}"
            yield DatedTask(
                decision.id, TaskKind.MEND, *decision.assessed, due=decision.mend_by, text=text, ended=ended.get(decision.id)
            )  # fmt: skip


def _told_ahead(visit: dt.date, due: dt.date) -> str:
    return f"最迟在这一天通知被考核单位（{visit.isoformat()} 实地考核，提前 {(visit - due).days} 日）"
