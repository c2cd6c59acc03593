"""Coverage measured: pure functions from rows to ratios whose numerator, denominator and excluded are lists of rows.

Decision: the papers count documents in one place and interpretations in another; both readings are given, each named,
because one document with three interpretations makes the figures differ. What a person confirmed counts, and what the matcher
linked by itself where it is safe and nobody has refused; how many stand in a numerator by such links alone is told. A row is
sorted by every measure once, into its kind; lists and counts are both read off the kinds, so that they cannot differ.
"""

from attrtrack.metrics.kinds import Kinds, codes, is_short, rule_of, signs_of
from attrtrack.metrics.lacking import lacking
from attrtrack.metrics.measuring import (
    DaysBehind,
    KindItem,
    KindRow,
    Scoped,
    counted_measures,
    days_behind,
    measures,
    measures_of,
)

__all__ = [
    "DaysBehind",
    "KindItem",
    "KindRow",
    "Kinds",
    "Scoped",
    "codes",
    "counted_measures",
    "days_behind",
    "is_short",
    "lacking",
    "measures",
    "measures_of",
    "rule_of",
    "signs_of",
]
