"""The relations that figures may have to one another, by name."""

from typing import NamedTuple

from attrtrack.examining.related.figures import Figure

SUM, DIFFERENCE, BALANCE, PRODUCT = "sum", "difference", "balance", "product"
PART, CHANGE, GAIN, LOSS, REST, STEP = "part", "change", "gain", "loss", "rest", "step"
MEAN, MULTIPLE, MORE_TIMES, PERIOD_MEAN = "mean", "multiple", "more-times", "period-mean"
LISTED, SAME = "listed", "same"
ORDER, BACK, ELAPSED, LASTED, COVERED = "order", "back", "elapsed", "lasted", "covered"
SAME_YEAR, NEXT_YEAR, YEAR_BEFORE, YEARS, YEARS_COVERED = (
    "same-year",
    "next-year",
    "year-before",
    "years",
    "years-covered",
)
RELATIONS = (
    SUM, DIFFERENCE, BALANCE, PRODUCT, PART, CHANGE, GAIN, LOSS, REST, STEP, MEAN, MULTIPLE, MORE_TIMES, PERIOD_MEAN, LISTED, SAME,
    ORDER, ELAPSED, BACK, LASTED, COVERED, SAME_YEAR, NEXT_YEAR, YEAR_BEFORE, YEARS, YEARS_COVERED,
)  # fmt: skip
BY_CHANCE = frozenset({ORDER, BACK, SAME_YEAR, NEXT_YEAR, YEAR_BEFORE})
"""What holds of half of all days and years anyway: that it holds accounts for nothing."""


class Relation(NamedTuple):
    """What might be meant: the figure `target` follows from `parts` by the relation `name`; whether it does."""

    name: str
    target: Figure
    parts: tuple[Figure, ...]
    holds: bool
