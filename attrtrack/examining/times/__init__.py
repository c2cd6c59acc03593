"""Days and hours against one another: dates in order, terms kept, lengths of time, the year a report is of."""

from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.times.bounds import check_bounds
from attrtrack.examining.times.called import check_called
from attrtrack.examining.times.covered import check_covered
from attrtrack.examining.times.dates import check_dates
from attrtrack.examining.times.durations import check_durations
from attrtrack.examining.times.falling import check_falling
from attrtrack.examining.times.followed import check_followed
from attrtrack.examining.times.named_times import check_named_times
from attrtrack.examining.times.narrated import check_narrated
from attrtrack.examining.times.occasions import check_occasions
from attrtrack.examining.times.orders import check_orders
from attrtrack.examining.times.periods import check_periods
from attrtrack.examining.times.planned import check_planned
from attrtrack.examining.times.promised import check_promised
from attrtrack.examining.times.reckoned import check_reckoned
from attrtrack.examining.times.recurring import check_recurring
from attrtrack.examining.times.report_years import check_report_years
from attrtrack.examining.times.rounds import check_rounds
from attrtrack.examining.times.rows import check_rows
from attrtrack.examining.times.seasons import check_seasons
from attrtrack.examining.times.sequences import check_sequences
from attrtrack.examining.times.spans import check_spans
from attrtrack.examining.times.stages import check_stages
from attrtrack.examining.times.stepped import check_stepped
from attrtrack.examining.times.steps import check_steps
from attrtrack.examining.times.terms import check_terms
from attrtrack.examining.times.turns import check_turns
from attrtrack.examining.times.verdicts import check_verdicts
from attrtrack.examining.times.year_spans import check_year_spans
from attrtrack.examining.times.year_steps import check_year_steps
from attrtrack.examining.times.years_told import check_years_told

_CLOSE = (
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
    check_narrated,
    check_terms,
    check_rows,
    check_planned,
    check_years_told,
    check_year_spans,
    check_named_times,
    check_called,
    check_recurring,
    check_reckoned,
    check_stepped,
)
_WIDE = (
    check_spans,
    check_steps,
    check_covered,
    check_rounds,
    check_bounds,
    check_year_steps,
    check_verdicts,
    check_occasions,
    check_turns,
    check_falling,
)


def check_times(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Ask the readers of single turns, then the wide ones; these add nothing about days of which something is said."""
    told: list[Contradiction] = []
    for check in (*_CLOSE, *_WIDE):
        for answer in check(paper):
            if isinstance(answer, Unchecked):
                yield answer
            elif check in _CLOSE or not any(_is_of_same(answer, one) for one in told):
                told.append(answer)
                yield answer


def _is_of_same(one: Contradiction, other: Contradiction) -> bool:
    """Whether two answers quote places that overlap."""
    first, second = ((item.evidence[0].span if item.evidence else None) for item in (one, other))
    return bool(first and second and first.start < second.end and second.start < first.end)


CHECKS = (check_times,)
