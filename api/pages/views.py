"""Measures and lists in the words of the pages."""

from collections.abc import Iterable

from api.pages.assessing_views import Card, FigureView
from api.pages.bullets import bullet
from api.pages.contexts import WorklistView
from api.pages.wording import COUNTED, READINGS, link, percent, verdict
from attrtrack.domain.measures import AnyMeasure
from attrtrack.domain.worklist import Urgency
from attrtrack.workflow.assessing_views import Part, lacking
from attrtrack.workflow.overview import Scope, Worklist

MAIN = ("interpretation-rate", "diversified-rate", "off-website-rate")
"""The three rates that the front page draws; the other measures stand in a table."""

EXPLANATIONS = {
    Urgency.REFUSED: "公开属性或理由有缺，补正之前签发会被拒绝。",
    Urgency.CHECK: "可以办，但要有人看过：有疑点、待认定、待签发或待解读。",
    Urgency.DONE: "公开属性已明确，没有待办事项。",
}


def figure_view(measure: AnyMeasure, scope: Scope | None, *, key: str = "") -> FigureView:
    """Say one figure in words; `scope` None: no address can name its rows; `key` makes its marks on the page its own."""
    counted = COUNTED[measure.reading]
    return FigureView(
        measure=measure,
        key=f"{measure.code}-{measure.reading.value}{key}",
        reading=READINGS[measure.reading],
        counted=counted,
        value=percent(measure.value),
        target=percent(measure.target.value) if measure.target else "没有目标",
        verdict=verdict(measure),
        below=measure.target is not None and measure.value is not None and measure.value < measure.target.value,
        span=_span(measure),
        lack=lack_words(measure),
        hrefs=None if scope is None else _hrefs(measure, scope),
        bullet=bullet(measure),
    )


def _span(measure: AnyMeasure) -> str | None:
    """Say between what the value may come to lie; None where pending links change nothing that is printed."""
    low, high = (percent(value) for value in measure.range) if measure.range else ("", "")
    return f"{low}—{high}" if low != high else None


def lack_words(measure: AnyMeasure) -> str | None:
    """Say what is missing to the target; None without a target or a value."""
    lack = lacking(measure)
    if lack is None:
        return None
    return f"还差 {lack} {COUNTED[measure.reading]}" if lack else "不差"


def _hrefs(measure: AnyMeasure, scope: Scope) -> dict[str, str]:
    whole = link(f"/figures/{measure.code}/{measure.reading.value}", scope)
    return {part.value: f"{whole}&part={part.value}" for part in Part}


def cards(measures: Iterable[AnyMeasure], scope: Scope) -> tuple[Card, ...]:
    """Gather the readings of each of the three rates."""
    found = list(measures)
    made = []
    for code in MAIN:
        readings = [measure for measure in found if measure.code == code]
        if readings:
            made.append(Card(readings[0].name, tuple(figure_view(measure, scope) for measure in readings)))
    return tuple(made)


def worklist_view(worklist: Worklist, scope: Scope) -> WorklistView:
    """Give a list its heading and the address of its whole."""
    urgency = worklist.urgency or Urgency.CHECK
    explanation = EXPLANATIONS[urgency]
    goes_on = worklist.count > len(worklist.rows)
    more = link("/documents", scope, urgency=urgency.value) if goes_on else None
    return WorklistView(urgency.chinese, explanation, worklist, more)
