"""Amounts told beside one another: totals with their parts, accounts of what came and went, figures that a word derives from others."""

from collections.abc import Collection, Iterator

from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.amounts.balances import check_balances
from attrtrack.examining.amounts.claims import check_claims
from attrtrack.examining.amounts.flows import check_flows
from attrtrack.examining.amounts.limits import check_limits
from attrtrack.examining.amounts.passages import parts_told, slipped_wholes, wholes_of
from attrtrack.examining.amounts.states import check_states
from attrtrack.examining.amounts.sums import check_sums
from attrtrack.examining.text.paper import Paper

_BOUND = (check_sums, check_states, check_balances, check_flows, check_claims, check_limits)


def check_amounts(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Ask the checks that words bind, and of figures they say nothing of, the one that asks how likely a chance miss is.

    What is a part of another total is no total that its neighbours miss, whatever the former say.
    """
    wholes = wholes_of(paper)
    parts = {paper.plain.source_span(start, start + 1).start for start in parts_told(wholes)}
    told = [answer for check in _BOUND for answer in check(paper) if not _is_part(answer, parts)]
    yield from told
    spans = [item.span for one in told if isinstance(one, Contradiction) for item in one.evidence if item.span]
    for answer in slipped_wholes(paper, wholes):
        place = answer.evidence[0].span
        if place is None or not any(span.start < place.end and place.start < span.end for span in spans):
            yield answer


def _is_part(answer: Contradiction | Unchecked, parts: Collection[int]) -> bool:
    """Whether a sum told as wrong is one whose total is a part of another."""
    if not isinstance(answer, Contradiction) or answer.code != "sum-of-parts" or len(answer.evidence) == 1:
        return False
    span = answer.evidence[1].span
    return span is not None and span.start in parts


CHECKS = (check_amounts,)
