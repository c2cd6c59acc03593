"""Examining: what a published notice or annual report says against itself, each with place and reason.

Decision: a check speaks only where the wording binds the figures to one another (其中, 占, 较去年, 合计, the same noun with the
same doing, channel and period); everything else is left alone, or said to be unchecked. Every check is a row of
`report_checks.toml`, whose whole-text examples and counter-examples are tested.
"""

from collections.abc import Callable, Iterator

from attrtrack.domain.contradictions import Contradiction, Examination, Unchecked
from attrtrack.examining.against_tables import check_cases, check_labels, check_units
from attrtrack.examining.attaching import check_attaching
from attrtrack.examining.balances import check_balances
from attrtrack.examining.changes import check_differences
from attrtrack.examining.citations import check_lists, check_titles, check_wordings
from attrtrack.examining.claims import check_claims
from attrtrack.examining.counts import check_counts
from attrtrack.examining.dates import check_dates
from attrtrack.examining.durations import check_durations
from attrtrack.examining.enumerated import check_enumerated
from attrtrack.examining.flows import check_flows
from attrtrack.examining.followed import check_followed
from attrtrack.examining.grids import check_empty, check_ranks, check_totals
from attrtrack.examining.hundreds import check_hundreds
from attrtrack.examining.listings import check_listings
from attrtrack.examining.makeup import check_attachments, check_head, check_headings, check_pages
from attrtrack.examining.multiples import check_multiples
from attrtrack.examining.national import check_national
from attrtrack.examining.orders import check_orders
from attrtrack.examining.paper import Paper
from attrtrack.examining.periods import check_periods
from attrtrack.examining.promised import check_promised
from attrtrack.examining.referring import check_references
from attrtrack.examining.report_years import check_report_years
from attrtrack.examining.rows_told import check_rows_told
from attrtrack.examining.scores import check_scores
from attrtrack.examining.seasons import check_seasons
from attrtrack.examining.sequences import check_sequences
from attrtrack.examining.shares import check_percentages
from attrtrack.examining.side_totals import check_side_totals
from attrtrack.examining.stages import check_stages
from attrtrack.examining.states import check_states
from attrtrack.examining.sums import check_sums
from attrtrack.examining.table_rates import check_rates
from attrtrack.examining.tallies import check_tallies
from attrtrack.examining.year_columns import check_years

__all__ = ["CHECKS", "Paper", "examine"]

Check = Callable[[Paper], Iterator[Contradiction | Unchecked]]
CHECKS: tuple[Check, ...] = (
    check_head,
    check_headings,
    check_pages,
    check_attachments,
    check_attaching,
    check_dates,
    check_orders,
    check_periods,
    check_stages,
    check_durations,
    check_promised,
    check_followed,
    check_report_years,
    check_seasons,
    check_sequences,
    check_sums,
    check_states,
    check_balances,
    check_flows,
    check_claims,
    check_percentages,
    check_hundreds,
    check_multiples,
    check_differences,
    check_counts,
    check_references,
    check_listings,
    check_tallies,
    check_enumerated,
    check_rows_told,
    check_empty,
    check_totals,
    check_scores,
    check_side_totals,
    check_rates,
    check_years,
    check_national,
    check_ranks,
    check_units,
    check_cases,
    check_labels,
    check_titles,
    check_lists,
    check_wordings,
)


def examine(paper: Paper) -> Examination:
    """Ask every check; findings come in the order of the text, each sentence once."""
    answers = list(dict.fromkeys(answer for check in CHECKS for answer in check(paper)))
    found = [answer for answer in answers if isinstance(answer, Contradiction)]
    left = tuple(answer for answer in answers if isinstance(answer, Unchecked))
    return Examination(tuple(sorted(found, key=_place)), left)


def _place(found: Contradiction) -> int:
    span = found.evidence[0].span if found.evidence else None
    return span.start if span else 0
