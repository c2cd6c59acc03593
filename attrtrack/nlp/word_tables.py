"""The words that a model knows, found among the masked words of many letters all at once by numpy.

Decision: one table leads from the beginning of a word and the sign that follows to what both begin together; all words take
the same step at once, and after the second most are known to be unknown.
"""

import sys
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from attrtrack.nlp.masked_signs import MaskedSigns

Integers = NDArray[np.int64]
Numbers = NDArray[np.int32]


def sign_numbers(terms: Mapping[str, int]) -> dict[str, int]:
    """Number the signs of some terms from 1."""
    return {sign: number for number, sign in enumerate(sorted(set().union(*terms)), 1)}


def number_table(numbers: Mapping[str, int]) -> Numbers:
    """Return the number of every sign there is, 0 of one that has none."""
    table = np.zeros(sys.maxunicode + 1, dtype=np.int32)
    table[[*map(ord, numbers)]] = [*numbers.values()]
    return table


class WordTables:
    """The words of one model; `_next` has for each beginning (0: of nothing) and sign the beginning that both are, or 0."""

    def __init__(self, places: Mapping[str, int]) -> None:
        signs = sign_numbers(places)
        self._width, self._numbers = len(signs) + 1, number_table(signs)
        begun = dict.fromkeys(word[:end] for word in places for end in range(1, len(word) + 1))
        beginnings = {beginning: number for number, beginning in enumerate(begun, 1)}
        self._next = np.zeros((len(beginnings) + 1) * self._width, dtype=np.min_scalar_type(len(beginnings)))
        for beginning, number in beginnings.items():
            self._next[beginnings.get(beginning[:-1], 0) * self._width + signs[beginning[-1]]] = number
        self._places = np.full(len(beginnings) + 1, -1, dtype=np.int64)
        self._places[[beginnings[word] for word in places]] = [*places.values()]
        self._longest = max(map(len, places), default=1)

    def found(self, masked: MaskedSigns) -> tuple[Integers, Integers]:
        """Return the places of the words that are known, and in which line each stands."""
        words = masked.lengths.nonzero()[0]
        begun: Numbers = np.zeros(len(words), dtype=np.int32)
        ended, places = [], []
        for taken in range(self._longest):
            signs = self._numbers.take(masked.signs.take(masked.starts.take(words) + taken))
            begun = self._next.take(begun * self._width + signs).astype(np.int32)
            is_whole = masked.lengths.take(words) == taken + 1
            whole, longer = is_whole.nonzero()[0], (~is_whole & (begun > 0)).nonzero()[0]
            ended.append(words.take(whole))
            places.append(self._places.take(begun.take(whole)))
            words, begun = words.take(longer), begun.take(longer)
        of_all = np.concatenate(places)
        known = (of_all >= 0).nonzero()[0]
        return of_all.take(known), masked.lines.take(np.concatenate(ended).take(known))
