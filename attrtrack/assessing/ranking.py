"""Ranks by score, highest first, in each manner of treating units of the same score."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from attrtrack.domain.score_checks import RankMethod

METHODS = (
    RankMethod.DENSE,
    RankMethod.COMPETITION,
    RankMethod.MODIFIED,
    RankMethod.ORDINAL,
    RankMethod.FRACTIONAL,
)


def ranks_of(scores: Sequence[object], method: RankMethod) -> list[Decimal]:
    """Return the rank of each of some scores that stand in descending order; in `ORDINAL` their order decides ties."""
    found: list[Decimal] = []
    for place, (_, tied) in enumerate(groupby(scores), start=1):
        size = len(list(tied))
        first = len(found) + 1
        found.extend(_tied(method, place=place, first=first, size=size))
    return found


def _tied(method: RankMethod, *, place: int, first: int, size: int) -> list[Decimal]:
    if method is RankMethod.ORDINAL:
        return [Decimal(first + step) for step in range(size)]
    last = first + size - 1
    shared = {
        RankMethod.DENSE: Decimal(place),
        RankMethod.MODIFIED: Decimal(last),
        RankMethod.FRACTIONAL: Decimal(first + last) / 2,
    }
    return [shared.get(method, Decimal(first))] * size
