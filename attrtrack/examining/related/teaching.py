"""Teaching which figures belong together, by right texts: in them most of what is meant holds, and little else does.

Decision: two steps. First the words around a relation are weighed against whether it holds, over right texts alone. Then,
by weights that never saw a text, the relations that a slip broke are told from all others that do not hold: slips that
people put into passages, and digits changed or turned in figures that a relation binds.
"""

import random
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from attrtrack.examining.related.figures import LIST, Figure, FiguredText
from attrtrack.examining.related.kinds import Relation
from attrtrack.examining.related.relations import relations
from attrtrack.examining.related.standing import Standing, standings
from attrtrack.examining.related.wording import features_of
from attrtrack.nlp.relation_fits import Names, fit_trees, fit_words
from attrtrack.nlp.relation_model import RelationModel

_FOLDS, _LEAST_HELD, _LIKELY = 4, 0.15, 0.5
_TURNED, _BY_PEOPLE = 0.4, 2.0
_SPELLED = re.compile("[一二三四五六七八九两]")
_DIGITS = "0123456789"
Progress = Callable[[str, int, int], object]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A right text as checks read it, the same with a slip if somebody put one in, and who wrote it."""

    writer: str
    right: str
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with its relations and the numbers of their features."""

    text: FiguredText
    relations: tuple[Relation, ...]
    features: tuple["array[int]", ...]


def teach(lessons: Sequence[Lesson], progress: Progress) -> RelationModel:
    """Return the model that these lessons teach; the same lessons always teach the same."""
    names = Names()
    right = [_read(lesson.right, names) for lesson in _told(lessons, "读取语料", progress)]
    wrong = [_read(lesson.wrong, names) if lesson.wrong else None for lesson in lessons]
    chance = random.Random(1)  # noqa: S311  # nosec B311 - slips for teaching, no secrets
    rows: list[Sequence[float]] = []
    broken: list[bool] = []
    counts: list[float] = []
    for fold in range(_FOLDS):
        progress("学习改错", fold, _FOLDS)
        taught = _Taught(names, *_fitted([text for place, text in enumerate(right) if place % _FOLDS != fold], names))
        for place in range(fold, len(right), _FOLDS):
            for standing, is_broken, count in _examples(taught, right[place], wrong[place], chance):
                rows.append(standing.numbers)
                broken.append(is_broken)
                counts.append(count)
    progress("拟合", _FOLDS, _FOLDS)
    start, trees = fit_trees(rows, broken, counts)
    intercept, words = _fitted(right, names)
    return RelationModel(intercept, words, start, trees, tuple(sorted({lesson.writer for lesson in lessons})))


def _told(lessons: Sequence[Lesson], what: str, progress: Progress) -> Iterator[Lesson]:
    for place, lesson in enumerate(lessons):
        if place % 100 == 0:
            progress(what, place, len(lessons))
        yield lesson


def _read(text: str, names: Names) -> _Read:
    figured = FiguredText.of(text)
    found = tuple(relations(figured))
    return _Read(figured, found, tuple(names.numbers(features_of(figured, relation)) for relation in found))


def _fitted(texts: Sequence[_Read], names: Names) -> tuple[float, dict[str, float]]:
    rows = [one for text in texts for one in text.features]
    return fit_words(rows, [one.holds for text in texts for one in text.relations], names)


class _Taught:
    """What words weigh, by the numbers of their names."""

    def __init__(self, names: Names, intercept: float, words: Mapping[str, float]) -> None:
        self.names = names
        self._model = RelationModel(intercept, words, 0.0, (), ())

    def meant(self, text: _Read) -> list[tuple[Relation, float]]:
        """Return the relations of a text with how likely each is meant."""
        names = self.names.names
        return [
            (relation, self._model.meant(names[number] for number in features))
            for relation, features in zip(text.relations, text.features, strict=True)
        ]


def _examples(
    taught: _Taught, right: _Read, wrong: _Read | None, chance: random.Random
) -> Iterator[tuple[Standing, bool, float]]:
    """Yield what does not hold in a right text, and in the same with a slip; whether the slip broke it; what it counts."""
    meant = taught.meant(right)
    yield from ((standing, False, 1.0) for standing in standings(meant))
    held = {_same(relation) for relation, likely in meant if relation.holds and likely > _LEAST_HELD}
    slipped = [(wrong, _BY_PEOPLE)] if wrong else []
    slipped += [(_read(text, taught.names), 1.0) for text in _slips(right.text.text, meant, chance)]
    for text, count in slipped:
        if len(text.text.told) == len(right.text.told):
            for standing in standings(taught.meant(text)):
                yield standing, _same(standing.relation) in held, count


def _same(relation: Relation) -> tuple[object, ...]:
    """Return what stays of a relation when one of its figures is changed."""
    target, parts = relation.target, relation.parts
    return relation.name, target.rank, target.kind, tuple((part.rank, part.kind, part.manner) for part in parts)


def _slips(text: str, meant: Sequence[tuple[Relation, float]], chance: random.Random) -> Iterator[str]:
    """Yield a text with one figure changed that a likely relation binds."""
    bound: dict[str, dict[tuple[int, int], Figure]] = defaultdict(dict)
    for relation, likely in meant:
        if relation.holds and likely > _LIKELY:
            for figure in (relation.target, *relation.parts):
                if figure.kind != LIST:
                    bound[relation.name][figure.start, figure.end] = figure
    if bound:
        figures = bound[chance.choice(sorted(bound))]
        figure = figures[chance.choice(sorted(figures))]
        changed = _changed(text[figure.start : figure.end], chance)
        if changed:
            yield text[: figure.start] + changed + text[figure.end :]


def _changed(printed: str, chance: random.Random) -> str | None:
    places = [place for place, sign in enumerate(printed) if sign in _DIGITS]
    if not places:
        spelled = _SPELLED.search(printed)
        if spelled is None:
            return None
        other = chance.choice([sign for sign in "二三四五六七八" if sign != spelled[0]])
        return printed[: spelled.start()] + other + printed[spelled.end() :]
    signs = list(printed)
    if len(places) > 1 and chance.random() < _TURNED:
        turned = chance.randrange(len(places) - 1)
        left, right = places[turned], places[turned + 1]
        signs[left], signs[right] = signs[right], signs[left]
    else:
        at = chance.choice(places)
        signs[at] = str((int(signs[at]) + chance.choice((1, 2, 3, 7, 8, 9))) % 10)
    changed = "".join(signs)
    return changed if changed != printed and (changed[0] != "0" or printed[0] == "0") else None
