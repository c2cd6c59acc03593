"""Measures and lists in the words of the pages."""

from collections.abc import Iterable

from api.pages.bullets import bullet
from api.pages.contexts import Card, FigureView, WorklistView
from api.pages.wording import COUNTED, READINGS, link, percent, verdict
from attrtrack.domain.measures import Measure
from attrtrack.domain.worklist import Urgency
from attrtrack.workflow.overview import Scope, Worklist

MAIN = ("interpretation-rate", "diversified-rate", "off-website-rate")
"""The three rates that the front page draws; the other measures stand in a table."""

EXPLANATIONS = {
    Urgency.REFUSED: "公开属性或理由有缺，补正之前签发会被拒绝。",
    Urgency.CHECK: "可以办，但要有人看过：有疑点、待认定、待签发或待解读。",
    Urgency.DONE: "公开属性已明确，没有待办事项。",
}


def figure_view(measure: Measure, scope: Scope) -> FigureView:
    """Say one figure in words."""
    counted = COUNTED[measure.reading]
    span = None
    if measure.range:
        span = f"待判定的关联全部判定后：{percent(measure.range[0])}—{percent(measure.range[1])}"
    return FigureView(
        measure=measure,
        reading=READINGS[measure.reading],
        value=percent(measure.value),
        fraction=f"{len(measure.numerator)} / {len(measure.denominator)} {counted}",
        target=f"目标 {percent(measure.target.value)}" if measure.target else "没有目标",
        verdict=verdict(measure),
        span=span,
        href=link(f"/figures/{measure.code}/{measure.reading.value}", scope),
        bullet=bullet(measure),
    )


def cards(measures: Iterable[Measure], scope: Scope) -> tuple[Card, ...]:
    """Gather the readings of each of the three rates."""
    found = list(measures)
    made = []
    for code in MAIN:
        readings = [measure for measure in found if measure.code == code]
        if readings:
            figures = tuple(figure_view(measure, scope) for measure in readings)
            made.append(Card(readings[0].name, figures))
    return tuple(made)


def worklist_view(worklist: Worklist, scope: Scope) -> WorklistView:
    """Give a list its heading and the address of its whole."""
    urgency = worklist.urgency or Urgency.CHECK
    explanation = EXPLANATIONS[urgency]
    goes_on = worklist.count > len(worklist.rows)
    more = link("/documents", scope, urgency=urgency.value) if goes_on else None
    return WorklistView(urgency.chinese, explanation, worklist, more)
