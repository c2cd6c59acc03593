"""Rates worked out again: shares of a total, changes against an earlier figure, multiples, shares that make up a whole."""

from attrtrack.examining.rates.changes import check_differences
from attrtrack.examining.rates.hundreds import check_hundreds
from attrtrack.examining.rates.multiples import check_multiples
from attrtrack.examining.rates.shares import check_percentages

CHECKS = (
    check_percentages,
    check_hundreds,
    check_multiples,
    check_differences,
)
