"""What the papers of an assessment say of grades: those in force, and the units whose grade asks for mending."""

from collections.abc import Mapping

from attrtrack.domain.access import Right
from attrtrack.domain.grades import GradeDecision, MendingOrder, in_force
from attrtrack.domain.scores import Scores
from attrtrack.workflow.app import App
from attrtrack.workflow.grading import grade_decisions, tasks_in
from attrtrack.workflow.permitting import permitted


def decided_grades(
    app: App, year: int, *, scheme: str | None = None, unit: str | None = None
) -> Mapping[str, GradeDecision]:
    """Return the grades in force by unit; where no scheme is named, by whichever the unit was decided on last, samples aside."""
    samples = {one.code for one in app.rules.schemes if one.sample and one.code != scheme}
    held = (one for one in in_force(grade_decisions(app, year, scheme, unit=unit)) if one.scheme not in samples)
    return {one.unit: one for one in sorted(held, key=lambda one: one.decided_at)}


def mending_orders(app: App, decided: Mapping[str, GradeDecision], scores: Scores | None) -> tuple[MendingOrder, ...]:
    """Return the units that have to mend by their decided grade, then those that would by the grade proposed."""
    permitted(app, Right.MEASURE)
    with app.reading() as work:
        ended = {task.id: task.ended for task in tasks_in(work)}
    found = [
        MendingOrder(one.unit, one.grade, decided=True, mend_by=one.mend_by, ended=ended.get(one.id))
        for one in decided.values()
        if one.grade is not None and one.rectify
    ]
    if scores is not None:
        asking = {grade.name for grade in scores.scheme.grades if grade.rectify}
        undecided = (one for one in scores.scores if one.unit not in decided)
        found += [
            MendingOrder(one.unit, one.grade_proposed, decided=False)
            for one in undecided
            if one.grade_proposed in asking and one.grade_proposed is not None
        ]
    return tuple(found)
