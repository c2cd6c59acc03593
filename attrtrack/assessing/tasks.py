"""What follows from an assessment as dated tasks: telling the units before the visit, mending by a deadline.

The 2020 plan tells units 15 days ahead (days of the calendar: it does not say working days), and has those that fail mend
within a term that the assessor sets; no term is invented here.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from attrtrack.domain.schemes import Scheme
from attrtrack.domain.scores import AssessmentTask, Score


def assessment_tasks(
    scheme: Scheme, scores: Sequence[Score], *, visit: dt.date | None, mend_by: dt.date | None
) -> Iterator[AssessmentTask]:
    """Yield the tasks for the day of the visit and the term of mending, where these are set."""
    failing = {grade.name for grade in scheme.grades if grade.rectify}
    for score in scores:
        if visit is not None and scheme.notice_days:
            due = visit - dt.timedelta(days=scheme.notice_days)
            text = f"最迟在这一天通知被考核单位（{visit.isoformat()} 实地考核，提前 {scheme.notice_days} 日）"
            yield AssessmentTask(score.unit, due, text)
        if mend_by is not None and score.grade_proposed in failing:
            text = f"建议等次为{score.grade_proposed}：审定后限期整改，这一天前报送整改情况"
            yield AssessmentTask(score.unit, mend_by, text)
