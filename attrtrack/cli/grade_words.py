"""What is said of a decided grade and of a dated task, wherever they are printed."""

from typing import TYPE_CHECKING

from attrtrack.cli.output import local_time, told
from attrtrack.domain.grades import GradeDecision

if TYPE_CHECKING:
    from attrtrack.workflow.assessment_tasks import ListedTask


def decided_words(decision: GradeDecision) -> str:
    """Say what was decided, by whom, when and why, and until when is to be mended."""
    said = "收回审定的等次" if decision.grade is None else f"审定等次：{decision.grade}"
    term = f"，限期整改 {decision.mend_by or '（期限未定）'}" if decision.rectify else ""
    reason = f"：{told(decision.because)}" if decision.because else ""
    return f"{said}（{told(decision.decided_by)} {local_time(decision.decided_at)}{reason}）{term}"


def then_words(decision: GradeDecision) -> str:
    """Say the score and the proposal on which it was decided."""
    total, lowest = f"{decision.total:f}", f"{decision.lowest:f}"
    scored = total if lowest == total else f"{lowest} 到 {total}"
    return f"{scored} 分，建议等次：{decision.proposed or '无'}"


def left_words(listed: "ListedTask") -> str:
    """Say how much time a task has left, or how it ended."""
    ended = listed.task.ended
    if ended is not None:
        return f"已办结（{told(ended.said_by)} {local_time(ended.said_at)}：{told(ended.note)}）"
    if listed.days_left is None:
        return "未办"
    if listed.overdue:
        return f"逾期 {-listed.days_left} 天"
    return f"还剩 {listed.days_left} 天（{listed.workdays_left} 个工作日）"
