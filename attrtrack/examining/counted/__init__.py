"""Counts against what is counted: lists beside them, runs of numbers, the same count told twice."""

from attrtrack.examining.counted.counts import check_counts
from attrtrack.examining.counted.enumerated import check_enumerated
from attrtrack.examining.counted.listings import check_listings
from attrtrack.examining.counted.referring import check_references
from attrtrack.examining.counted.tallies import check_tallies

CHECKS = (
    check_counts,
    check_references,
    check_listings,
    check_tallies,
    check_enumerated,
)
