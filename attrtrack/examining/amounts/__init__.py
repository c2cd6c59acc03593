"""Amounts told beside one another: totals with their parts, accounts of what came and went, figures that a word derives from others."""

from attrtrack.examining.amounts.balances import check_balances
from attrtrack.examining.amounts.claims import check_claims
from attrtrack.examining.amounts.flows import check_flows
from attrtrack.examining.amounts.states import check_states
from attrtrack.examining.amounts.sums import check_sums

CHECKS = (
    check_sums,
    check_states,
    check_balances,
    check_flows,
    check_claims,
)
