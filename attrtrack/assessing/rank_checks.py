"""Published ranks checked: the method is the one that needs the fewest slips, over all rankings of a file together.

Decision: one office ranks all its tables alike. A ranking is held to follow another method than the rest only where that
spares at least two slips; a single tie that is broken among shared ones is a slip, and a file whose only tie is broken
follows `ORDINAL`. Where a total is wrong, its unit may stand where its published or its right total puts it, or its rank.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from attrtrack.assessing.rank_paths import ALONE, Path, cheapest
from attrtrack.assessing.ranking import METHODS, ranks_of
from attrtrack.domain.score_checks import RankMethod

_SPARED = 2 * ALONE - 2
_MOST_DOUBTED = 4
_MOST_TRIED_OUT, _MOST_WORK = 200, 10_000
_UNSEEN = 30


@dataclass(frozen=True, slots=True)
class Contender:
    """A unit in a ranking: its published total and rank (None: none).

    Where the total is wrong, `otherwise` is the right one, and `fitting` a total that its rank would fit.
    """

    row: int
    unit: str
    score: Decimal
    otherwise: tuple[Decimal, ...]
    rank: Decimal | None
    fitting: Decimal | None = None

    @property
    def scores(self) -> tuple[Decimal, ...]:
        """What its total may be, the published one first."""
        return tuple(score for score in (self.score, *self.otherwise, self.fitting) if score is not None)


@dataclass(frozen=True, slots=True)
class Explained:
    """A ranking under one method: the units in order, their scores and right ranks, the slips, and the units left out."""

    method: RankMethod
    order: tuple[Contender, ...]
    scores: tuple[Decimal, ...]
    right: tuple[Decimal, ...]
    path: Path
    unranked: tuple[Contender, ...]
    supposed: int

    @property
    def cost(self) -> int:
        """What the slips, the missing ranks and the totals that stand nowhere (`supposed`) cost together."""
        missing = sum(contender.rank is None for contender in self.order)
        return self.path.cost + ALONE * missing + _UNSEEN * self.supposed

    def has_ties(self) -> bool:
        """Whether two ranked units have the same score."""
        return len(set(self.scores)) < len(self.scores)


def explained(contenders: Sequence[Contender], method: RankMethod) -> Explained:
    """Explain a ranking by a method, at the least cost over what is open: units without rank, units of a wrong total."""
    ranked = [contender for contender in contenders if contender.rank is not None]
    ways = [_with_right_totals(contenders, method, ())]
    if len(ranked) < len(contenders):
        unranked = tuple(contender for contender in contenders if contender.rank is None)
        ways.append(_with_right_totals(ranked, method, unranked))
    return min(ways, key=lambda way: way.cost)


def _with_right_totals(
    contenders: Sequence[Contender], method: RankMethod, unranked: tuple[Contender, ...]
) -> Explained:
    doubted = [index for index, one in enumerate(contenders) if one.otherwise]
    ways = [range(len(contenders[index].scores)) for index in doubted]
    best = _explained(contenders, {}, method, unranked)
    if len(contenders) * len(doubted) > _MOST_WORK:
        return best
    if len(doubted) <= _MOST_DOUBTED and len(contenders) <= _MOST_TRIED_OUT:
        for taken in product(*ways):
            way = _explained(contenders, dict(zip(doubted, taken, strict=True)), method, unranked)
            best = min(best, way, key=lambda one: one.cost)
        return best
    settled: dict[int, int] = {}
    for index, choices in zip(doubted, ways, strict=True):
        for choice in choices:
            way = _explained(contenders, {**settled, index: choice}, method, unranked)
            if way.cost < best.cost:
                best, settled = way, {**settled, index: choice}
    return best


def _explained(
    contenders: Sequence[Contender], taken: Mapping[int, int], method: RankMethod, unranked: tuple[Contender, ...]
) -> Explained:
    """Explain a ranking where the totals in doubt are `taken` (0: as published, else which of the others)."""
    scored = [(one.scores[taken.get(index, 0)], one) for index, one in enumerate(contenders)]
    scored.sort(key=lambda pair: (-pair[0], pair[1].rank is None, pair[1].rank or 0, pair[1].row))
    scores = tuple(score for score, _ in scored)
    order = tuple(contender for _, contender in scored)
    ranks = tuple(ranks_of(scores, method))
    published = [rank if one.rank is None else one.rank for one, rank in zip(order, ranks, strict=True)]
    supposed = sum(contenders[index].scores[choice:] == (contenders[index].fitting,) for index, choice in taken.items())
    path = cheapest(published, ranks, _natural(scores, published))
    return Explained(method, order, scores, ranks, path, unranked, supposed)


def _natural(scores: Sequence[Decimal], published: Sequence[Decimal]) -> list[bool]:
    """Say where a shift is likely: within a tie, right after one, or where two of different scores share a rank."""
    found = []
    for index in range(len(scores)):
        tied = index > 0 and scores[index] == scores[index - 1]
        after = index > 1 and scores[index - 1] == scores[index - 2]
        shared = index > 0 and published[index] == published[index - 1]
        found.append(tied or after or shared)
    return found


def judged(rankings: Sequence[Sequence[Contender]]) -> list[Explained]:
    """Explain every ranking of a file, by one method unless a ranking plainly follows another."""
    ways = [{method: explained(ranking, method) for method in METHODS} for ranking in rankings]
    common = min(METHODS, key=lambda method: sum(way[method].cost for way in ways))
    return [_followed(way, common) for way in ways]


def _followed(way: dict[RankMethod, Explained], common: RankMethod) -> Explained:
    own = min(METHODS, key=lambda method: way[method].cost)
    return way[own] if way[common].cost - way[own].cost >= _SPARED else way[common]


def cost_of(rankings: Sequence[Sequence[Contender]]) -> int:
    """Return what the slips of some rankings cost, each explained as `judged` does."""
    return sum(way.cost for way in judged(rankings))


def slipping(way: Explained) -> Iterator[tuple[int, bool]]:
    """Yield the places of the slips in order of the ranking, and whether all ranks after it are off too."""
    missing = [index for index, contender in enumerate(way.order) if contender.rank is None]
    yield from sorted(
        [*((index, True) for index in way.path.shifts), *((index, False) for index in {*way.path.alone, *missing})]
    )
