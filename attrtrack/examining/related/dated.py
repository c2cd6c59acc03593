"""Which days, months, years and lengths of time might follow from one another: earlier, later, so long apart, of one year."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from attrtrack.examining.related.figures import DAY, SPAN, Figure, FiguredText
from attrtrack.examining.related.kinds import (
    BACK,
    COVERED,
    ELAPSED,
    LASTED,
    NEXT_YEAR,
    ORDER,
    SAME_YEAR,
    YEAR_BEFORE,
    YEARS,
    YEARS_COVERED,
    Relation,
)
from attrtrack.rules.workdays import is_workday

_NEAR, _NEXT, _SENTENCES = 8, 3, 2
_WORKING, _NATURAL = frozenset({"工作日"}), frozenset({"天", "自然日", "日内"})
_LONGEST_STRETCH = 200
_UNLIKE = 3.5
_A_MONTH, _A_LITTLE = 30.44, 0.3
_YEARS_OFF = 4
YEARS_AFTER = {SAME_YEAR: 0, NEXT_YEAR: 1, YEAR_BEFORE: -1}
"""How many years a year is after another."""


def dated_relations(text: FiguredText) -> Iterator[Relation]:
    """Yield everything that might be meant by the days, years and lengths of time of a text."""
    days = [figure for figure in text.told if figure.kind == DAY]
    lengths = [figure for figure in text.told if figure.kind == SPAN]
    yield from _orders(days)
    yield from _elapsed([day for day in days if day.manner == "day"], lengths)
    yield from _months(days, [length for length in lengths if length.unit == "月"])
    yield from _years(text.years)
    yield from _years_apart(text.years, [length for length in lengths if length.unit == "年"])


def passed(name: str, one: Figure, other: Figure, unit: str) -> float:
    """Return how long it is from one day or year to another, in the unit of a length, by the relation that is meant."""
    if name in {YEARS, YEARS_COVERED}:
        return other.value - one.value + (name == YEARS_COVERED)
    if name in {LASTED, COVERED}:
        return _months_between(one, other) + (name == COVERED)
    if unit in _WORKING:
        return float(_workdays(int(one.value), int(other.value)))
    return other.value - one.value


def _orders(days: Sequence[Figure]) -> Iterator[Relation]:
    for first, one in enumerate(days):
        for other in days[first + 1 : first + 1 + _NEXT]:
            if other.sentence - one.sentence <= _SENTENCES:
                yield Relation(ORDER, other, (one,), one.low <= other.high)
                yield Relation(BACK, other, (one,), other.low <= one.high)


def _elapsed(days: Sequence[Figure], lengths: Sequence[Figure]) -> Iterator[Relation]:
    lengths = [length for length in lengths if length.unit in _WORKING | _NATURAL]
    for one, other, length in _stretches(days, lengths):
        lasted = passed(ELAPSED, one, other, length.unit)
        if _like(abs(lasted) + 1, length.value + 1):
            off = length.value - lasted
            holds = off in {0, 1} or (off == -1 and length.unit in _WORKING)
            yield Relation(ELAPSED, length, (one, other), holds)


def _months(days: Sequence[Figure], lengths: Sequence[Figure]) -> Iterator[Relation]:
    for one, other, length in _stretches(days, lengths):
        for name in (LASTED, COVERED):
            lasted = passed(name, one, other, "月")
            if _like(abs(lasted) + 1, length.value + 1):
                yield Relation(name, length, (one, other), abs(lasted - length.value) <= _A_LITTLE)


def _stretches(days: Sequence[Figure], lengths: Sequence[Figure]) -> Iterator[tuple[Figure, Figure, Figure]]:
    """Yield two days with each length of time near them."""
    if not lengths:
        return
    for one, other in combinations(days, 2):
        if other.rank - one.rank <= _NEAR and other.sentence - one.sentence <= _SENTENCES:
            yield from ((one, other, length) for length in lengths if abs(length.sentence - other.sentence) <= 1)


def _months_between(one: Figure, other: Figure) -> float:
    if one.manner == other.manner == "day":
        return (other.value - one.value) / _A_MONTH
    first, last = dt.date.fromordinal(int(one.value)), dt.date.fromordinal(int(other.value))
    return (last.year - first.year) * 12.0 + last.month - first.month


def _years(years: Sequence[Figure]) -> Iterator[Relation]:
    """Yield what years of one paragraph may be to one another; titles, lists of attachments and dates stand apart."""
    for first, one in enumerate(years):
        for other in years[first + 1 : first + 1 + _NEXT]:
            if one.line == other.line and abs(other.value - one.value) <= _YEARS_OFF:
                for name, after in YEARS_AFTER.items():
                    yield Relation(name, other, (one,), other.value - one.value == after)


def _years_apart(years: Sequence[Figure], lengths: Sequence[Figure]) -> Iterator[Relation]:
    for first, one in enumerate(years):
        for other in years[first + 1 : first + 1 + _NEXT]:
            for length in lengths:
                if one.line == other.line == length.line:
                    for name in (YEARS, YEARS_COVERED):
                        lasted = passed(name, one, other, "年")
                        if lasted >= 0 and abs(lasted - length.value) <= _YEARS_OFF:
                            yield Relation(name, length, (one, other), lasted == length.value)


def _like(one: float, other: float) -> bool:
    return 1 / _UNLIKE < one / other < _UNLIKE


@lru_cache(maxsize=4096)
def _workdays(first: int, last: int) -> int:
    """Return how many working days lie after the first day up to the last."""
    if not 0 < last - first <= _LONGEST_STRETCH:
        return last - first
    days = (dt.date.fromordinal(day) for day in range(first + 1, last + 1))
    return sum(map(is_workday, days))
