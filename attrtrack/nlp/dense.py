"""The heads of a model as matrices: for a process that judges many letters, where loading numpy is paid once.

Decision: weights and values are the same whole numbers in fixed point as in `scoring`, so that both give the same logits.
"""

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from operator import sub

import numpy as np
from numpy.typing import NDArray

from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.features import cue_value, damped
from attrtrack.nlp.masking import LINE_END
from attrtrack.nlp.scoring import MOST, NOT_FINITE, WEIGHT
from attrtrack.nlp.vectors import KINDS, ONE, Lookup, Terms, worth

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Head:
    """For each feature and class the weight, and for each class and feature how far it puts the class ahead of the others."""

    weights: NDArray[np.int32]
    leads: Integers


@dataclass(frozen=True, slots=True)
class DenseScores:
    """A letter before the heads of a model: the places of all terms in order, and the value of each feature that it has."""

    scorer: "DenseScorer"
    terms: Terms
    order: Integers
    worth: Sequence[int]
    places: Integers
    values: Integers

    def logits(self, head: str) -> list[float]:
        """Return what one head says of the letter."""
        total = self.values @ self.scorer.heads[head].weights[self.places]
        return [logit / (WEIGHT * ONE) for logit in total.tolist()]

    def shares(self, head: str, lane: int) -> list[float]:
        """Return for each sentence how far it puts one class of a head ahead of the mean of the others."""
        leads = self.scorer.heads[head].leads
        lead = leads[lane][self.order].cumsum()
        ended = lead[self.order == self.scorer.line_end].tolist()
        brought = list(map(sub, ended, chain((0,), ended)))
        count, others = self.terms.sentences, len(leads) - 1
        words, grams, cues = (brought[start : start + count] for start in range(0, 3 * count, count))
        for_words, for_grams, for_cues = self.worth
        return [
            (word * for_words + gram * for_grams + cue * for_cues) / (others * WEIGHT * ONE)
            for word, gram, cue in zip(words, grams, cues, strict=True)
        ]


class DenseScorer:
    """The heads of a model, a row for each feature, and two rows of nothing: for line ends and for what is unknown."""

    def __init__(
        self, heads: Mapping[str, Sequence["array[float]"]], scales: "array[float]", *, lookup: Lookup
    ) -> None:
        self.line_end, self._unknown = len(scales), len(scales) + 1
        self.heads = {name: _fixed(weights, np.array(scales)) for name, weights in heads.items()}
        self._places = tuple({**places, LINE_END: self.line_end} for places in lookup.kinds)
        self._are_grams = np.zeros(len(scales), dtype=np.int64)
        self._are_grams[list(lookup.kinds[KINDS.index("gram")].values())] = 1

    def scores(self, terms: Terms) -> DenseScores:
        """Look up the places of the terms of a letter and count them."""
        words, grams, cues = (
            list(map(places.get, kind, repeat(self._unknown)))
            for places, kind in zip(self._places, terms.kinds, strict=True)
        )
        text = _integers([*words, *grams])
        used, counts = self._counted(text)
        table = [_worths(factor, int(counts.max(initial=1))) for factor in terms.factors[:2]]
        named = Counter(cue for cue in cues if cue < self.line_end)
        value = partial(worth, partial(cue_value, sentences=terms.sentences), terms.factors[2])
        whole, values = terms.whole
        return DenseScores(
            self,
            terms,
            np.concatenate((text, _integers(cues))),
            (*[row[1] for row in table], value(1)),
            np.concatenate((used, _integers([*named, *whole]))),
            np.concatenate(
                (
                    np.array(table)[self._are_grams[used], counts],
                    _integers([*map(value, named.values()), *values]),
                )
            ),
        )

    def _counted(self, order: Integers) -> tuple[Integers, Integers]:
        """Return the features used, rising, and how often each is; the line ends come after all of them."""
        rising = np.sort(order)
        rising = rising[: rising.searchsorted(self.line_end) + 1]
        lasts = (rising[1:] != rising[:-1]).nonzero()[0]
        counts = lasts.copy()
        counts[1:] -= lasts[:-1]
        counts[:1] += 1
        return rising[lasts], counts


def _integers(numbers: Sequence[int]) -> Integers:
    """Make an array of whole numbers, several times as fast as numpy does of a list."""
    return np.frombuffer(array("q", numbers), dtype=np.int64) if numbers else np.empty(0, dtype=np.int64)


def _worths(factor: float, most: int) -> list[int]:
    """Return what a word or n-gram is worth that is used not at all, once, … up to `most` times."""
    scaled = factor * ONE
    one = math.floor(scaled)
    return [count * one + math.floor((damped(count) - count) * scaled) if count else 0 for count in range(most + 1)]


def _fixed(columns: Sequence["array[float]"], scales: NDArray[np.float64]) -> _Head:
    """Return scaled weights in fixed point; raises `ModelUnusableError` for what is no number."""
    scaled = np.array([*columns], dtype=np.float64).T * scales[:, np.newaxis]
    if not (np.abs(scaled) < MOST).all():
        raise ModelUnusableError(NOT_FINITE)
    weights = np.vstack([np.rint(scaled * WEIGHT), np.zeros((2, len(columns)))]).astype(np.int64)
    leads = len(columns) * weights - weights.sum(axis=1, keepdims=True)
    return _Head(weights.astype(np.int32), np.ascontiguousarray(leads.T))
