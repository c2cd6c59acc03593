"""Tables of a report: their totals, rates, ranks and scores, and what the text says of them."""

from attrtrack.examining.tabled.against_tables import check_cases, check_labels, check_units
from attrtrack.examining.tabled.grids import check_empty, check_ranks, check_totals
from attrtrack.examining.tabled.headed_rates import check_headed_rates
from attrtrack.examining.tabled.made_up import check_made_up
from attrtrack.examining.tabled.national import check_national
from attrtrack.examining.tabled.row_numbers import check_row_numbers
from attrtrack.examining.tabled.rows_pointed import check_rows_pointed
from attrtrack.examining.tabled.rows_told import check_rows_told
from attrtrack.examining.tabled.scores import check_scores
from attrtrack.examining.tabled.side_totals import check_side_totals
from attrtrack.examining.tabled.sums_told import check_sums_told
from attrtrack.examining.tabled.table_rates import check_rates
from attrtrack.examining.tabled.year_columns import check_years

CHECKS = (
    check_rows_told,
    check_rows_pointed,
    check_row_numbers,
    check_empty,
    check_totals,
    check_scores,
    check_made_up,
    check_side_totals,
    check_sums_told,
    check_rates,
    check_headed_rates,
    check_years,
    check_national,
    check_ranks,
    check_units,
    check_cases,
    check_labels,
)
