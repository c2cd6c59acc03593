"""Days and hours against one another: dates in order, terms kept, lengths of time, the year a report is of."""

from attrtrack.examining.times.called import check_called
from attrtrack.examining.times.dates import check_dates
from attrtrack.examining.times.durations import check_durations
from attrtrack.examining.times.followed import check_followed
from attrtrack.examining.times.named_times import check_named_times
from attrtrack.examining.times.narrated import check_narrated
from attrtrack.examining.times.orders import check_orders
from attrtrack.examining.times.periods import check_periods
from attrtrack.examining.times.planned import check_planned
from attrtrack.examining.times.promised import check_promised
from attrtrack.examining.times.reckoned import check_reckoned
from attrtrack.examining.times.recurring import check_recurring
from attrtrack.examining.times.report_years import check_report_years
from attrtrack.examining.times.rows import check_rows
from attrtrack.examining.times.seasons import check_seasons
from attrtrack.examining.times.sequences import check_sequences
from attrtrack.examining.times.stages import check_stages
from attrtrack.examining.times.stepped import check_stepped
from attrtrack.examining.times.terms import check_terms
from attrtrack.examining.times.year_spans import check_year_spans
from attrtrack.examining.times.years_told import check_years_told

CHECKS = (
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
