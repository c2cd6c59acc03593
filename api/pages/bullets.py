"""Bullet charts: a bar for the value, a mark for the target, a thin bar for what pending judgements leave open."""

from dataclasses import dataclass

from api.pages.wording import READINGS, percent
from attrtrack.domain.measures import AnyMeasure

WIDTH = 400
"""Units of the drawing that stand for 100 %."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """A chart in drawing units (0..WIDTH) with the title and sentence read out to those who do not see it."""

    title: str
    sentence: str
    value: float | None
    target: float | None
    low: float | None
    high: float | None


def bullet(measure: AnyMeasure) -> Bullet:
    """Lay out the chart of one measure."""
    target = measure.target.value if measure.target else None
    sentence = f"现值{percent(measure.value)}，{f'目标{percent(target)}' if target is not None else '没有目标'}"
    if measure.range:
        sentence += f"，待判定的关联全部判定后在{percent(measure.range[0])}至{percent(measure.range[1])}之间"
    return Bullet(
        title=f"{measure.name}（{READINGS[measure.reading]}）",
        sentence=f"{sentence}。",
        value=_place(measure.value),
        target=_place(target),
        low=_place(measure.range[0]) if measure.range else None,
        high=_place(measure.range[1]) if measure.range else None,
    )


def _place(value: float | None) -> float | None:
    return None if value is None else round(min(max(value, 0.0), 1.0) * WIDTH, 1)
