"""Which figures of a text might follow from which: sums, differences, shares, changes, means, lists counted, the same told again.

Decision: what might be meant is offered generously and without a look at its words; whether it is meant, the words around the
figures tell a model that was taught by right texts, in which most of what is meant holds and little else does.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from attrtrack.examining.related.dated import YEARS_AFTER, dated_relations, passed
from attrtrack.examining.related.figures import COUNT, POINTS, SHARE, SPAN, TIMES, Figure, FiguredText
from attrtrack.examining.related.kinds import (
    BALANCE,
    CHANGE,
    COVERED,
    DIFFERENCE,
    ELAPSED,
    GAIN,
    LASTED,
    LISTED,
    LOSS,
    MEAN,
    MORE_TIMES,
    MULTIPLE,
    PART,
    PERIOD_MEAN,
    PRODUCT,
    REST,
    SAME,
    STEP,
    SUM,
    YEARS,
    YEARS_COVERED,
    Relation,
)

_MEAN = re.compile(r"均|各|每")
_PERIODS = (("月", 12.0), ("日", 365.0), ("日", 366.0), ("周", 52.0), ("季", 4.0), ("天", 365.0), ("天", 366.0))
_TAKEN = re.compile(
    r"减|废|撤|注销|扣|办结|关停|关闭|删|失效|取消|退|用去|答复|移交|下架|核减|停用|整合|归并|调出|除|死|领取|发放|支出"
)
_TINY = 1e-9
_LONGEST_RUN, _NEAR, _NEAR_SHARES, _SENTENCES = 14, 8, 12, 2
_LONGEST_LIST = 40
_UNLIKE = 2.5
"""How far off by a factor figures are no longer looked at: slips stay nearer."""


def relations(text: FiguredText) -> Iterator[Relation]:
    """Yield everything that might be meant by the figures of a text, whether it holds or not."""
    counts = [figure for figure in text.told if figure.kind == COUNT]
    told = [figure for figure in text.told if figure.kind in {COUNT, SPAN}]
    shares = [figure for figure in text.told if figure.kind == SHARE]
    yield from _sums(counts)
    yield from _differences(told)
    yield from _products(counts)
    for share in shares:
        yield from _shares(share, told)
        yield from _rests(share, shares)
    yield from _steps(text.told, shares)
    yield from _means(text.told, told)
    yield from _listed(counts, text.lists)
    yield from _told_again(counts)
    yield from dated_relations(text)


def _slack(*figures: Figure) -> float:
    """How far a sum may be off by the rounding of its figures: a little more than the coarsest of them."""
    return max((figure.step * 1.02 for figure in figures if figure.step != 1), default=0.0) + _TINY


def _like(one: float, other: float, factor: float = _UNLIKE) -> bool:
    return other > 0 and 1 / factor < one / other < factor


def _sums(counts: Sequence[Figure]) -> Iterator[Relation]:
    units: dict[str, list[Figure]] = {}
    for figure in counts:
        units.setdefault(figure.unit, []).append(figure)
    seen: set[tuple[int, ...]] = set()
    for row in (*units.values(), *((counts,) if len(units) > 1 else ())):
        for parts in _runs(row):
            key = tuple(part.rank for part in parts)
            if key in seen:
                continue
            seen.add(key)
            yield from _totals(counts, parts)


def _runs(row: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
    for first in range(len(row) - 1):
        for end in range(first + 1, min(len(row), first + _LONGEST_RUN)):
            if row[end].sentence - row[end - 1].sentence > 1 or row[end].rank - row[end - 1].rank > _NEAR:
                break
            yield tuple(row[first : end + 1])


def _totals(counts: Sequence[Figure], parts: tuple[Figure, ...]) -> Iterator[Relation]:
    added = sum(part.value for part in parts)
    signed = _signed(parts)
    for total in counts:
        if parts[0].rank <= total.rank <= parts[-1].rank or total.value <= 0:
            continue
        near = parts[0] if total.rank < parts[0].rank else parts[-1]
        if abs(near.sentence - total.sentence) > _SENTENCES + 1 or abs(near.rank - total.rank) > _LONGEST_RUN:
            continue
        if _like(added, total.value):
            yield Relation(SUM, total, parts, abs(added - total.value) <= _slack(total, *parts))
        if signed is not None and _like(signed, total.value):
            yield Relation(BALANCE, total, parts, abs(signed - total.value) <= _slack(total, *parts))


def _signed(parts: Sequence[Figure]) -> float | None:
    """Return what a run comes to when what words take away is taken away; None where they take nothing away."""
    taken = [is_taken(part) for part in parts]
    if not any(taken[1:]) or taken[0] or len({part.unit for part in parts}) > 1:
        return None
    return sum(-part.value if away else part.value for part, away in zip(parts, taken, strict=True))


def is_taken(part: Figure) -> bool:
    """Whether the words before a figure take it away from what was there."""
    return bool(_TAKEN.search(part.before[-5:]))


def worked_out(relation: Relation) -> float:
    """Return what the target of a relation would be if it held."""
    values = [part.value for part in relation.parts]
    one, other = values[0], values[-1]
    gap, ratio = abs(one - other), one / other if other else 0.0
    worked = {
        SUM: sum(values),
        BALANCE: _signed(relation.parts) or 0.0,
        DIFFERENCE: gap,
        PRODUCT: one * other,
        PART: ratio * 100,
        CHANGE: abs(ratio - 1) * 100,
        GAIN: one / ((other - one) or 1) * 100,
        LOSS: one / ((other + one) or 1) * 100,
        REST: 100 - sum(values),
        STEP: gap,
        MEAN: ratio,
        MULTIPLE: ratio,
        MORE_TIMES: ratio - 1,
        PERIOD_MEAN: one / _periods(relation.target),
    }
    if relation.name in {ELAPSED, LASTED, COVERED, YEARS, YEARS_COVERED}:
        return passed(relation.name, relation.parts[0], relation.parts[1], relation.target.unit)
    return worked.get(relation.name, one + YEARS_AFTER.get(relation.name, 0))


def _periods(mean: Figure) -> float:
    return next((periods for sign, periods in _PERIODS if sign in mean.before), 1.0)


def _near(target: Figure, figures: Sequence[Figure], reach: int) -> list[Figure]:
    return [
        figure
        for figure in figures
        if figure is not target
        and abs(figure.sentence - target.sentence) <= _SENTENCES
        and abs(figure.rank - target.rank) <= reach
    ]


def _differences(told: Sequence[Figure]) -> Iterator[Relation]:
    for target in told:
        alike = [
            figure for figure in _near(target, told, _NEAR) if figure.kind == target.kind and figure.unit == target.unit
        ]
        for one, other in combinations(alike, 2):
            more, less = (one, other) if one.value >= other.value else (other, one)
            if more.value > less.value and target.value <= more.value * 1.5:
                yield Relation(
                    DIFFERENCE,
                    target,
                    (one, other),
                    abs(more.value - less.value - target.value) <= _slack(target, one, other),
                )


def _products(counts: Sequence[Figure]) -> Iterator[Relation]:
    for target in counts:
        near = _near(target, counts, 4)
        for one, other in combinations(near, 2):
            if (
                min(one.value, other.value) > 1
                and one.unit != other.unit
                and _like(one.value * other.value, target.value, 2)
            ):
                yield Relation(
                    PRODUCT,
                    target,
                    (one, other),
                    abs(one.value * other.value - target.value) <= _slack(target, one, other),
                )


def _fits(share: Figure, low: float, high: float) -> bool:
    return high >= share.low - _TINY and low < share.high - _TINY


def _shares(share: Figure, told: Sequence[Figure]) -> Iterator[Relation]:
    near = _near(share, told, _NEAR_SHARES)
    for one in near:
        for base in near:
            if one is base or one.kind != base.kind or base.low <= 0:
                continue
            low, high = one.low / base.high * 100, one.high / base.low * 100
            exact = one.value / base.value * 100
            if one.value <= base.value * 1.3 and share.value <= 100 and _like(exact + 1, share.value + 1, 5):  # noqa: PLR2004
                yield Relation(PART, share, (one, base), _fits(share, *_tight(one, base, exact, low, high)))
            if one.value != base.value and _like(abs(exact - 100) + 1, share.value + 1, 5):
                bounds = _tight(one, base, exact, low, high)
                changed = sorted((abs(bounds[0] - 100), abs(bounds[1] - 100)))
                yield Relation(CHANGE, share, (one, base), _fits(share, changed[0], changed[1]))
            if one.value < base.value and abs(one.rank - share.rank) <= 2:  # noqa: PLR2004
                for name, before in ((GAIN, base.value - one.value), (LOSS, base.value + one.value)):
                    worked_out = one.value / before * 100
                    if _like(worked_out + 1, share.value + 1, 3):
                        yield Relation(name, share, (one, base), _fits(share, worked_out, worked_out))


def _tight(one: Figure, base: Figure, exact: float, low: float, high: float) -> tuple[float, float]:
    """Return the bounds of a ratio: exact counts leave none."""
    return (exact, exact) if one.step == 1 and base.step == 1 else (low, high)


def _rests(share: Figure, shares: Sequence[Figure]) -> Iterator[Relation]:
    others = [other for other in _near(share, shares, _NEAR_SHARES) if other.manner == "printed"]
    for first in range(len(others)):
        for end in range(first + 1, min(len(others), first + _NEAR) + 1):
            parts = tuple(others[first:end])
            if len(parts) == 1 and parts[0].rank > share.rank:
                continue
            rest = 100 - sum(part.value for part in parts)
            slack = share.step * 1.02 if len(parts) > 1 else 0
            if rest > 0 and _like(rest + 1, share.value + 1, 4):
                yield Relation(REST, share, parts, abs(rest - share.value) <= slack + _TINY)


def _steps(figures: Sequence[Figure], shares: Sequence[Figure]) -> Iterator[Relation]:
    for target in figures:
        if target.kind == POINTS:
            for one, other in combinations(_near(target, shares, _NEAR), 2):
                gap = abs(one.value - other.value)
                if _like(gap + 1, target.value + 1, 5):
                    yield Relation(STEP, target, (one, other), abs(gap - target.value) <= target.step * 0.51)


def _means(figures: Sequence[Figure], told: Sequence[Figure]) -> Iterator[Relation]:
    for target in figures:
        mean = bool(target.kind in {COUNT, SPAN} and _MEAN.search(target.before))
        if target.kind != TIMES and not mean:
            continue
        near = _near(target, told, _NEAR)
        if mean:
            yield from _period_means(target, near)
        for one in near:
            for base in near:
                if one is not base and base.value > 1:
                    yield from _ratios(target, one, base, mean=mean)


def _period_means(target: Figure, near: Sequence[Figure]) -> Iterator[Relation]:
    """Yield means over the months, weeks or days of a year."""
    for one in near:
        for sign, periods in _PERIODS:
            if sign in target.before and _like(one.value / periods, target.value, 2):
                fits = abs(one.value / periods - target.value) <= target.step * 1.02
                yield Relation(PERIOD_MEAN, target, (one,), fits)


def _ratios(target: Figure, one: Figure, base: Figure, *, mean: bool) -> Iterator[Relation]:
    ratio = one.value / base.value
    for name, value in ((MEAN, ratio),) if mean else ((MULTIPLE, ratio), (MORE_TIMES, ratio - 1)):
        if value > 0 and _like(value, target.value, 3):
            yield Relation(name, target, (one, base), abs(value - target.value) <= target.step * 0.51)


def _listed(counts: Sequence[Figure], lists: Sequence[Figure]) -> Iterator[Relation]:
    for target in counts:
        if not target.exact or not 2 <= target.value <= _LONGEST_LIST:  # noqa: PLR2004
            continue
        for one in lists:
            inside = one.start <= target.start < one.end and one.manner not in {"lines", "names"}
            far = (
                abs(
                    (one.sentence if one.start > target.start else target.sentence)
                    - (target.sentence if one.start > target.start else one.sentence)
                )
                > _SENTENCES
            )
            if not inside and not far and abs(one.value - target.value) <= max(2, target.value / 2):
                yield Relation(LISTED, target, (one,), one.low <= target.value <= one.high)


def _told_again(counts: Sequence[Figure]) -> Iterator[Relation]:
    for first, one in enumerate(counts):
        for again in counts[first + 1 : first + 1 + _LONGEST_RUN]:
            near = again.sentence - one.sentence <= _SENTENCES * 2 and _of_one_kind(one, again)
            if (
                near
                and one.step == again.step == 1
                and min(one.value, again.value) > 0
                and _like(one.value, again.value, 4)
            ):
                yield Relation(SAME, again, (one,), one.value == again.value)


def _of_one_kind(one: Figure, other: Figure) -> bool:
    """Whether two counts may be of the same things: by their unit, or by a noun behind both (26个试点领域 … 上述26个领域)."""
    if one.unit and one.unit == other.unit:
        return True
    behind, others = one.label.partition("|")[2].removeprefix("个"), other.label.partition("|")[2].removeprefix("个")
    return bool(others) and any(behind[at : at + 2] in others for at in range(len(behind) - 1))
