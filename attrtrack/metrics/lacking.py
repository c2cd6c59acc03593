"""How many more are needed until a figure reaches its target."""

from fractions import Fraction
from math import ceil

from attrtrack.domain.measures import AnyMeasure, Reading


def lacking(measure: AnyMeasure, *, mended: bool = False) -> int | None:
    """Return how many more are needed to the target: documents to be mended, or interpretations to be added.

    None without a target or a value. What is mended stays in the denominator, what is added makes it larger; with `mended`
    interpretations that are there already are counted instead, as they are where all must reach what is measured.
    """
    if measure.target is None or measure.value is None:
        return None
    target = Fraction(str(measure.target.value))
    short = target * len(measure.denominator) - len(measure.numerator)
    grows = measure.reading is Reading.INTERPRETATION and target < 1 and not mended
    return max(ceil(short / (1 - target) if grows else short), 0)
