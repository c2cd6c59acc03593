"""A head made ready to score: for each feature the scaled weights of all its classes, packed into one whole number.

Decision: one addition then counts a feature for every class; with the standard library alone that is several times as
fast as a sum for each class, and numpy (see `dense`) would take longer to load than everything else that one letter needs.
Numbers are packed when a feature is first met, a lane for each class; lanes are wide enough for any sum of the weights let in.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import TypeVar

from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.masking import LINE_END
from attrtrack.nlp.vectors import ONE, Lookup, Terms, Uses, Vector, uses_of

NOT_FINITE = "模型权重不是有限的数：请运行 attrtrack train 重新训练。"
WEIGHT = 1 << 20
MOST = 1024.0
"""No weight is as large as this, so that no sum overflows."""
_LANE = 80
_HALF = 1 << (_LANE - 1)
_MASK = (1 << _LANE) - 1
Term = TypeVar("Term")


class Scorer(dict[int, int]):
    """For the place of each feature met so far: its scaled weights of all classes, in one number."""

    def __init__(
        self, weights: Sequence["array[float]"], scales: "array[float]", *, kinds: Sequence[Mapping[str, int]] = ()
    ) -> None:
        super().__init__()
        self._weights, self._scales = weights, scales
        self._shifts = range(0, _LANE * len(weights), _LANE)
        self._bias = sum(_HALF << shift for shift in self._shifts)
        self._kinds = tuple(_Packed(self, places) for places in kinds)
        self._leads = [tuple(_Lead(self, packed, lane) for packed in self._kinds) for lane in range(len(weights))]

    def __missing__(self, place: int) -> int:
        scale = self._scales[place]
        column = [weights[place] * scale for weights in self._weights]
        if not all(abs(weight) < MOST for weight in column):
            raise ModelUnusableError(NOT_FINITE)
        packed = sum(round(weight * WEIGHT) << shift for weight, shift in zip(column, self._shifts, strict=True))
        self[place] = packed
        return packed

    def opened(self, total: int) -> list[float]:
        """Take a weighted sum of such numbers apart: one logit per class, intercepts left out."""
        total += self._bias
        return [((total >> shift & _MASK) - _HALF) / (WEIGHT * ONE) for shift in self._shifts]

    def lead(self, total: int, lane: int) -> int:
        """Return how far a sum of such numbers puts one class ahead of the others, added up over them."""
        total += self._bias
        lanes = [total >> shift & _MASK for shift in self._shifts]
        return len(lanes) * lanes[lane] - sum(lanes)

    def logits(self, vector: Vector) -> list[float]:
        """Return the logits of a vector."""
        return self.opened(_weighed(self, *vector))

    def document(self, terms: Terms, uses: Sequence[Uses]) -> list[float]:
        """Return the logits of a letter."""
        total = _weighed(self, *terms.whole)
        for packed, used in zip(self._kinds, uses, strict=True):
            total += used.worth * sum(map(packed.__getitem__, used.once)) + _weighed(packed, used.several, used.more)
        return self.opened(total)

    def shares(self, uses: Sequence[Uses], lane: int) -> list[float]:
        """Return for each sentence how far it puts one class ahead of the mean of the others, before repeated words are damped."""
        brought = [
            [used.worth * share for share in _by_sentence(used.terms, lead)]
            for lead, used in zip(self._leads[lane], uses, strict=True)
        ]
        others = len(self._weights) - 1
        return [sum(shares) / (others * WEIGHT * ONE) for shares in zip(*brought, strict=True)]


@dataclass(frozen=True, slots=True)
class PlainScores:
    """A letter before the heads of a model."""

    scorers: Mapping[str, Scorer]
    terms: Terms
    uses: Sequence[Uses]

    def logits(self, head: str) -> list[float]:
        """Return what one head says of the letter."""
        return self.scorers[head].document(self.terms, self.uses)

    def shares(self, head: str, lane: int) -> list[float]:
        """Return for each sentence how far it puts one class of a head ahead of the mean of the others."""
        return self.scorers[head].shares(self.uses, lane)


class PlainScorer:
    """The heads of a model, ready to score with the standard library alone."""

    def __init__(
        self, heads: Mapping[str, Sequence["array[float]"]], scales: "array[float]", *, lookup: Lookup
    ) -> None:
        self.scorers = {name: Scorer(weights, scales, kinds=lookup.kinds) for name, weights in heads.items()}
        self._lookup = lookup

    def scores(self, terms: Terms) -> PlainScores:
        """Count the terms of a letter."""
        return PlainScores(self.scorers, terms, uses_of(terms, self._lookup))


class _Packed(dict[str, int]):
    """For each term of one kind met so far: its scaled weights of all classes, in one number."""

    def __init__(self, scorer: Scorer, places: Mapping[str, int]) -> None:
        super().__init__()
        self._scorer, self._places = scorer, places

    def __missing__(self, term: str) -> int:
        packed = self[term] = self._scorer[self._places[term]]
        return packed


class _Lead(dict[str, int]):
    """For each term of one kind met so far: how far it puts one class ahead of the others."""

    def __init__(self, scorer: Scorer, packed: _Packed, lane: int) -> None:
        super().__init__()
        self._scorer, self._packed, self._lane = scorer, packed, lane

    def __missing__(self, term: str) -> int:
        lead = self[term] = self._scorer.lead(self._packed[term], self._lane)
        return lead


def _weighed(packed: Mapping[Term, int], terms: Sequence[Term], values: Sequence[int]) -> int:
    return sum(map(mul, values, map(packed.__getitem__, terms)))


def _by_sentence(terms: Sequence[str], lead: Mapping[str, int]) -> Iterator[int]:
    """Yield what the terms of each sentence weigh together."""
    start = 0
    for _ in range(terms.count(LINE_END)):
        end = terms.index(LINE_END, start)
        yield sum(map(lead.__getitem__, terms[start:end]))
        start = end + 1
