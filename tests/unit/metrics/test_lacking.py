"""How many more are needed is the smallest number that brings the figure to its target."""

from dataclasses import replace
from itertools import count

import pytest

from attrtrack.domain.measures import CountedMeasure, MeasureState, Reading, RowCount, Target
from attrtrack.metrics import lacking


def _measure(numerator: int, denominator: int, target: float | None, reading: Reading) -> CountedMeasure:
    return CountedMeasure(
        code="diversified-rate",
        name="多样化解读率",
        unit=None,
        year=2023,
        reading=reading,
        state=MeasureState.DEFINED if denominator else MeasureState.UNDEFINED,
        value=numerator / denominator if denominator else None,
        target=None if target is None else Target("diversified-rate", target, 2020, None, "示例"),
        numerator=RowCount(numerator),
        denominator=RowCount(denominator),
        excluded=RowCount(0),
        excluded_by=(),
        range=None,
        dictionary_version="",
        rules_version="",
    )


@pytest.mark.parametrize("target", [0.5, 0.7, 0.85, 1.0])
@pytest.mark.parametrize("added", [False, True])
def test_it_is_the_smallest_number_that_reaches_the_target(target: float, *, added: bool) -> None:
    """One fewer would not do, for every fraction up to thirty; written as people write the target, not as binary fractions."""
    reading = Reading.INTERPRETATION if added and target < 1 else Reading.DOCUMENT
    percent = round(target * 100)
    for denominator in range(1, 31):
        for numerator in range(denominator + 1):
            grown = reading is Reading.INTERPRETATION
            least = next(
                more for more in count() if (numerator + more) * 100 >= percent * (denominator + (more if grown else 0))
            )
            assert lacking(_measure(numerator, denominator, target, reading)) == least


def test_what_is_mended_needs_fewer_than_what_is_added() -> None:
    """Of ten interpretations with two counted, five mended or seventeen added make seventy percent."""
    measure = _measure(2, 10, 0.7, Reading.INTERPRETATION)
    assert (lacking(measure, mended=True), lacking(measure)) == (5, 17)


def test_without_target_or_value_nothing_is_said() -> None:
    """No number is invented where there is nothing to compare."""
    measure = _measure(2, 10, 0.7, Reading.DOCUMENT)
    assert lacking(replace(measure, target=None)) is None
    assert lacking(_measure(0, 0, 0.7, Reading.DOCUMENT)) is None
