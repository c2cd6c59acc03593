"""How a relation that does not hold stands among those that do: whether its figures are accounted for without it."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from attrtrack.examining.related.figures import Figure
from attrtrack.examining.related.kinds import BY_CHANCE, RELATIONS, SAME, Relation
from attrtrack.examining.related.slips import numbers_of_slip

_LEAST_MEANT = 0.01
_LIKELY, _MANY = 0.5, 10
_FLOOR = 1e-5
Key = tuple[int, int]


class Standing(NamedTuple):
    """A relation that does not hold, how likely it is meant, and the numbers that tell whether it was meant to: see `_numbers`."""

    relation: Relation
    meant: float
    numbers: tuple[float, ...]


class _Held(NamedTuple):
    """A relation that holds, how likely it is meant, its figures, and whether the figure it is looked up by is its target."""

    name: str
    meant: float
    keys: frozenset[Key]
    as_target: bool


def standings(found: Sequence[tuple[Relation, float]]) -> Iterator[Standing]:
    """Yield how each relation that does not hold stands; `found` are all relations of a text with how likely each is meant."""
    held = _held(found)
    rivals: dict[Key, float] = defaultdict(float)
    for relation, meant in found:
        if not relation.holds:
            rivals[_key(relation.target)] = max(rivals[_key(relation.target)], meant)
    best = max(rivals.values(), default=0.0) or 1.0
    likely = min(sum(relation.holds and meant > _LIKELY for relation, meant in found), _MANY) / _MANY
    size = math.log1p(len(found))
    for relation, meant in found:
        if not relation.holds and meant >= _LEAST_MEANT:
            against = meant / rivals[_key(relation.target)], likely, meant / best, size
            yield Standing(relation, meant, (*_numbers(relation, meant, held), *against, *numbers_of_slip(relation)))


def _numbers(relation: Relation, meant: float, held: Mapping[Key, Sequence[_Held]]) -> tuple[float, ...]:
    """Return how likely it is meant (its odds, logarithmic), and how well others that hold account for its figures.

    Its target: as the target of any, as that of one by the same name, as a part; its parts: the least and the best accounted
    for, all of them by one, nearly all by one of the same name; the figure that is accounted for least; the name. Behind
    them: the same against its rivals for the target, how much holds in the text, against its likeliest, how much is offered;
    and how it would have come of a slip.
    """
    target, parts = held.get(_key(relation.target), ()), [held.get(_key(part), ()) for part in relation.parts]
    keys = frozenset(map(_key, relation.parts))
    as_target = _best(one for one in target if one.as_target and one.name not in BY_CHANCE and one.name != SAME)
    by_name = _best(one for one in target if one.as_target and one.name == relation.name)
    as_part = _best(one for one in target if not one.as_target and one.name not in BY_CHANCE)
    of_parts = [_best(one for one in part if one.name not in BY_CHANCE) for part in parts]
    together = _best(one for part in parts for one in part if keys <= one.keys)
    nearly = _best(
        one
        for part in parts
        for one in part
        if one.name == relation.name and len(keys & one.keys) >= max(1, len(keys) - 1)
    )
    free = 1 - min(max(as_target, as_part), *of_parts)
    odds = min(max(meant, _FLOOR), 1 - _FLOOR)
    return (
        math.log(odds / (1 - odds)), as_target, by_name, as_part, min(of_parts), max(of_parts), together, nearly, free,
        float(RELATIONS.index(relation.name)),
    )  # fmt: skip


def _held(found: Sequence[tuple[Relation, float]]) -> Mapping[Key, Sequence[_Held]]:
    held: dict[Key, list[_Held]] = defaultdict(list)
    for relation, meant in found:
        if relation.holds:
            keys = frozenset(map(_key, (relation.target, *relation.parts)))
            held[_key(relation.target)].append(_Held(relation.name, meant, keys, as_target=True))
            for part in relation.parts:
                held[_key(part)].append(_Held(relation.name, meant, keys, as_target=False))
    return held


def _best(found: Iterator[_Held]) -> float:
    return max((one.meant for one in found), default=0.0)


def _key(figure: Figure) -> Key:
    return figure.start, figure.end
