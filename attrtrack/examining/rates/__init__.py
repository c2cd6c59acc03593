"""Rates worked out again: shares of a total, changes against an earlier figure, multiples, shares that make up a whole."""

from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.rates.changes import check_differences
from attrtrack.examining.rates.compared import check_compared
from attrtrack.examining.rates.hundreds import check_hundreds
from attrtrack.examining.rates.multiples import check_multiples
from attrtrack.examining.rates.restated import check_restated
from attrtrack.examining.rates.shares import check_percentages
from attrtrack.examining.rates.stems import check_stems
from attrtrack.examining.text.paper import Paper

_BOUND = (check_percentages, check_hundreds, check_multiples, check_differences)
_NEAREST = (check_stems, check_compared, check_restated)


def check_rates(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Ask the checks that words bind, and of what they say nothing of, those that take the figures nearest to it."""
    told = [answer for check in _BOUND for answer in check(paper)]
    yield from told
    places = {item.span for one in told if isinstance(one, Contradiction) for item in one.evidence}
    for answer in (answer for check in _NEAREST for answer in check(paper)):
        if answer.evidence[0].span not in places:
            places.add(answer.evidence[0].span)
            yield answer


CHECKS = (check_rates,)
