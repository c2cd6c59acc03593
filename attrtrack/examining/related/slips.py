"""How far a relation that does not hold is from holding: people slip by a digit, what stands together by chance does not.

Decision: of each figure is asked between which values it would have to lie, the others being right, and whether one digit
changed, two turned, or one lost or doubled would bring it there.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrtrack.examining.related import kinds as named
from attrtrack.examining.related.figures import DAY, LIST, SHARE, Figure
from attrtrack.examining.related.kinds import Relation
from attrtrack.examining.related.relations import is_taken, worked_out

TURNED, CHANGED, LOST, FAR = 0.0, 1.0, 2.0, 3.0
"""How a figure would have to be mistyped: two digits turned, one changed, one lost or one too many, more than that."""
_FLOOR = 1e-4
_TINY = 1e-9
_LONGEST = 12
Needed = tuple[Figure, float, float]
Needs = Callable[[Relation], Iterator[Needed]]


def numbers_of_slip(relation: Relation) -> tuple[float, ...]:
    """Return how far the target is off (logarithm of the share), its slip and its digits, and those of the part nearest to right."""
    target, worked = relation.target, worked_out(relation)
    off = abs(worked - target.value) / max(abs(worked), abs(target.value), 1.0)
    slack = max(target.step, *(part.step for part in relation.parts)) * (1.02 if target.kind == SHARE else 0.52)
    own = slip_of(target, worked - slack, worked + slack), _digits(target)
    of_parts = min(
        ((slip_of(*needed), -_digits(needed[0])) for needed in _NEEDS.get(relation.name, _nothing)(relation)),
        default=(FAR, 0.0),
    )
    return (math.log10(off + _FLOOR), *own, of_parts[0], -of_parts[1])


def slip_of(figure: Figure, low: float, high: float) -> float:
    """Return how a figure would have to be mistyped to lie between two values: see `TURNED` and those behind it."""
    if figure.kind in {DAY, LIST} or high < 0:
        return FAR
    least, most = low / figure.step - _TINY, high / figure.step + _TINY
    printed = str(round(figure.value / figure.step))
    if len(printed) > _LONGEST:
        return FAR
    for slip, others in ((TURNED, _turned), (CHANGED, _changed), (LOST, _lost)):
        if any(least <= other <= most for other in others(printed)):
            return slip
    return FAR


def _digits(figure: Figure) -> float:
    return float(len(str(round(abs(figure.value) / figure.step))))


def _turned(printed: str) -> Iterator[int]:
    for place in range(len(printed) - 1):
        yield int(printed[:place] + printed[place + 1] + printed[place] + printed[place + 2 :])


def _changed(printed: str) -> Iterator[int]:
    value, worth = int(printed), 1
    for sign in reversed(printed):
        without = value - int(sign) * worth
        yield from range(without, without + 10 * worth, worth)
        worth *= 10


def _lost(printed: str) -> Iterator[int]:
    """Yield what is printed with one digit less, and with each digit doubled or a nought behind it."""
    if len(printed) > 1:
        yield from (int(printed[:place] + printed[place + 1 :]) for place in range(len(printed)))
    for place in range(len(printed)):
        yield int(printed[: place + 1] + printed[place:])
        yield int(printed[: place + 1] + "0" + printed[place + 1 :])


def _nothing(_: Relation) -> Iterator[Needed]:
    yield from ()


def _slack(figures: Sequence[Figure]) -> float:
    return max((figure.step * 1.02 for figure in figures if figure.step != 1), default=0.0)


def _of_a_sum(relation: Relation) -> Iterator[Needed]:
    lacking = relation.target.value - worked_out(relation)
    slack = _slack((relation.target, *relation.parts))
    for place, part in enumerate(relation.parts):
        away = place and relation.name == named.BALANCE and is_taken(part)
        value = part.value - lacking if away else part.value + lacking
        yield part, value - slack, value + slack


def _of_a_rest(relation: Relation) -> Iterator[Needed]:
    lacking = worked_out(relation) - relation.target.value
    for part in relation.parts:
        yield part, part.value + lacking, part.value + lacking


def _of_a_gap(relation: Relation) -> Iterator[Needed]:
    less, more = sorted(relation.parts, key=lambda part: part.value)
    gap, slack = relation.target.value, _slack((relation.target, *relation.parts))
    yield more, less.value + gap - slack, less.value + gap + slack
    yield less, more.value - gap - slack, more.value - gap + slack


def _of_a_product(relation: Relation) -> Iterator[Needed]:
    one, other = relation.parts
    yield one, relation.target.value / other.value, relation.target.value / other.value
    yield other, relation.target.value / one.value, relation.target.value / one.value


def _between(relation: Relation, low: float, high: float) -> Iterator[Needed]:
    """Yield what the parts need whose ratio is to lie between two values."""
    one, base = relation.parts
    yield one, base.value * low, base.value * high
    if low > 0:
        yield base, one.value / high, one.value / low


def _of_a_share(relation: Relation) -> Iterator[Needed]:
    return _between(relation, relation.target.low / 100, relation.target.high / 100)


def _of_a_change(relation: Relation) -> Iterator[Needed]:
    low, high = relation.target.low / 100, relation.target.high / 100
    rose = relation.parts[0].value > relation.parts[1].value
    return _between(relation, 1 + low, 1 + high) if rose else _between(relation, 1 - high, 1 - low)


def _of_what_was_added(relation: Relation) -> Iterator[Needed]:
    low, high = relation.target.low / 100, relation.target.high / 100
    return _between(relation, low / (1 + low), high / (1 + high))


def _of_what_was_taken(relation: Relation) -> Iterator[Needed]:
    low, high = relation.target.low / 100, min(relation.target.high / 100, 0.99)
    return _between(relation, low / (1 - low), high / (1 - high))


def _of_a_mean(relation: Relation) -> Iterator[Needed]:
    half, more = relation.target.step * 0.51, float(relation.name == named.MORE_TIMES)
    return _between(relation, relation.target.value - half + more, relation.target.value + half + more)


def _of_the_same(relation: Relation) -> Iterator[Needed]:
    yield relation.parts[0], relation.target.value, relation.target.value


_NEEDS: Mapping[str, Needs] = {
    named.SUM: _of_a_sum,
    named.BALANCE: _of_a_sum,
    named.DIFFERENCE: _of_a_gap,
    named.STEP: _of_a_gap,
    named.PRODUCT: _of_a_product,
    named.PART: _of_a_share,
    named.CHANGE: _of_a_change,
    named.GAIN: _of_what_was_added,
    named.LOSS: _of_what_was_taken,
    named.REST: _of_a_rest,
    named.MEAN: _of_a_mean,
    named.MULTIPLE: _of_a_mean,
    named.MORE_TIMES: _of_a_mean,
    named.SAME: _of_the_same,
}
