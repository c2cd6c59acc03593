"""A head made ready to score: for each feature the scaled weights of all its classes, packed into one whole number.

Decision: one addition then counts a feature for every class; with the standard library alone that is several times as
fast as a sum for each class, and numpy would take longer to load than everything else that one letter needs. Numbers are
packed when a feature is first met, a lane for each class; lanes are wide enough for any sum of the weights let in.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import mul, sub

from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.vectors import ONE, UNKNOWN, LetterVector, Vector

NOT_FINITE = "模型权重不是有限的数：请运行 attrtrack train 重新训练。"
_WEIGHT = 1 << 20
_MOST = 4096.0
_LANE = 80
_HALF = 1 << (_LANE - 1)
_MASK = (1 << _LANE) - 1


class Scorer(dict[int, int]):
    """For the place of each feature met so far: its scaled weights of all classes, in one number."""

    def __init__(self, weights: Sequence["array[float]"], scales: "array[float]") -> None:
        super().__init__()
        self._weights, self._scales = weights, scales
        self._shifts = range(0, _LANE * len(weights), _LANE)
        self._bias = sum(_HALF << shift for shift in self._shifts)
        self[UNKNOWN] = 0

    def __missing__(self, place: int) -> int:
        scale = self._scales[place]
        column = [weights[place] * scale for weights in self._weights]
        if not all(abs(weight) < _MOST for weight in column):
            raise ModelUnusableError(NOT_FINITE)
        packed = sum(round(weight * _WEIGHT) << shift for weight, shift in zip(column, self._shifts, strict=True))
        self[place] = packed
        return packed

    def opened(self, total: int) -> list[float]:
        """Take a weighted sum of such numbers apart: one logit per class, intercepts left out."""
        total += self._bias
        return [((total >> shift & _MASK) - _HALF) / (_WEIGHT * ONE) for shift in self._shifts]

    def lead(self, total: int, lane: int) -> float:
        """Return how far a weighted sum of such numbers puts one class ahead of the mean of the others."""
        total += self._bias
        lanes = [total >> shift & _MASK for shift in self._shifts]
        others = len(lanes) - 1
        return (lanes[lane] - (sum(lanes) - lanes[lane]) / others) / (_WEIGHT * ONE)

    def logits(self, vector: Vector) -> list[float]:
        """Return the logits of a vector."""
        return self.opened(self._weighed(vector))

    def document(self, letter: LetterVector) -> list[float]:
        """Return the logits of a letter."""
        packed = self.__getitem__
        total = self._weighed(letter.whole)
        for uses in letter.uses:
            total += uses.worth * sum(map(packed, uses.places)) + self._weighed(uses.correction)
        return self.opened(total)

    def by_sentence(self, letter: LetterVector) -> tuple[list[float], "Shares"]:
        """Return the logits of a letter, and what each sentence brings to them before repeated words are damped."""
        packed = self.__getitem__
        corrections = self._weighed(letter.whole)
        brought = [0] * len(letter.uses[0].ends)
        for uses in letter.uses:
            sums = list(accumulate(map(packed, uses.places), initial=0))
            brought = [before + uses.worth * sums[end] for before, end in zip(brought, uses.ends, strict=True)]
            corrections += self._weighed(uses.correction)
        return self.opened(corrections + (brought[-1] if brought else 0)), Shares(self, brought)

    def _weighed(self, vector: Vector) -> int:
        places, values = vector
        return sum(map(mul, values, map(self.__getitem__, places)))


@dataclass(frozen=True, slots=True)
class Shares:
    """What the sentences of a document bring to its logits, packed: all up to the end of each."""

    scorer: Scorer
    brought: Sequence[int]

    def of(self, lane: int) -> list[float]:
        """Return for each sentence how far it puts one class ahead of the mean of the others."""
        return [self.scorer.lead(one, lane) for one in map(sub, self.brought, chain((0,), self.brought))]
