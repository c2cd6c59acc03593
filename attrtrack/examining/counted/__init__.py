"""Counts against what is counted: lists beside them, runs of numbers, the same count told twice."""

from attrtrack.examining.counted.again import check_again
from attrtrack.examining.counted.composed import check_composed
from attrtrack.examining.counted.connected import check_connected
from attrtrack.examining.counted.coordinated import check_coordinated
from attrtrack.examining.counted.counts import check_counts
from attrtrack.examining.counted.denied import check_denied
from attrtrack.examining.counted.divided import check_divided
from attrtrack.examining.counted.enumerated import check_enumerated
from attrtrack.examining.counted.fewer import check_fewer
from attrtrack.examining.counted.firstly import check_firstly
from attrtrack.examining.counted.listings import check_listings
from attrtrack.examining.counted.multiplied import check_multiplied
from attrtrack.examining.counted.named import check_named
from attrtrack.examining.counted.opened import check_opened
from attrtrack.examining.counted.parted import check_parted
from attrtrack.examining.counted.pointing import check_pointing
from attrtrack.examining.counted.preceding import check_preceding
from attrtrack.examining.counted.rated import check_rated
from attrtrack.examining.counted.recalled import check_recalled
from attrtrack.examining.counted.recounted import check_recounted
from attrtrack.examining.counted.referring import check_references
from attrtrack.examining.counted.remaining import check_remaining
from attrtrack.examining.counted.retold import check_retold
from attrtrack.examining.counted.roles import check_roles
from attrtrack.examining.counted.runs import check_runs
from attrtrack.examining.counted.slogans import check_slogans
from attrtrack.examining.counted.spans import check_spans
from attrtrack.examining.counted.spread import check_spread
from attrtrack.examining.counted.summed import check_summed
from attrtrack.examining.counted.tallies import check_tallies
from attrtrack.examining.counted.turns import check_turns
from attrtrack.examining.counted.valued import check_valued
from attrtrack.examining.counted.verdicts import check_verdicts

CHECKS = (
    check_firstly,
    check_counts,
    check_references,
    check_listings,
    check_tallies,
    check_enumerated,
    check_runs,
    check_opened,
    check_named,
    check_again,
    check_parted,
    check_connected,
    check_rated,
    check_composed,
    check_pointing,
    check_coordinated,
    check_turns,
    check_spread,
    check_valued,
    check_spans,
    check_retold,
    check_recalled,
    check_slogans,
    check_denied,
    check_divided,
    check_multiplied,
    check_recounted,
    check_remaining,
    check_roles,
    check_preceding,
    check_summed,
    check_fewer,
    check_verdicts,
)
