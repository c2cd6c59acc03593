"""The words of many letters masked as `masking` does it, as the signs of one array.

Decision: most words of an archive are met once, and to look up each, keep it and make a string of what is left costs twice
as much as numpy takes to look at all their signs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from attrtrack.nlp.masking import (
    ANY_NUMBER,
    FIRST_IDEOGRAPH,
    LAST_IDEOGRAPH,
    LINE_END,
    NAME_OF_A_PLACE,
    NUMBER,
    PLACE,
    PLACE_ENDINGS,
    PLACE_WORDS,
    SEAM,
)

Integers = NDArray[np.int64]
Signs = NDArray[np.uint32]
_IDEOGRAPHS = ord(LAST_IDEOGRAPH) - ord(FIRST_IDEOGRAPH) + 1


@dataclass(frozen=True, slots=True, eq=False)
class MaskedSigns:
    """Masked words: their signs with a seam after each, where each word starts, how many signs it has, and its line.

    The length is 0 of what is no word; `text` is the places of the signs that stand side by side when words are joined.
    """

    signs: Signs
    starts: Integers
    lengths: Integers
    lines: Integers
    text: Integers

    def counts(self, letters: Sequence[str]) -> list[tuple[int, int]]:
        """Return how many words each letter has, and how many signs in them."""
        ends = list(accumulate([letter.count(SEAM) for letter in letters], initial=0))
        words, signs = (np.diff(_sums(of).take(ends)).tolist() for of in (self.lengths > 0, self.lengths))
        return list(zip(words, signs, strict=True))


def signs_of(text: str) -> Signs:
    """Return the signs of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def masked_signs(letters: Sequence[str]) -> MaskedSigns:
    """Mask the plain words of some letters, each word with a seam after it."""
    signs = signs_of("".join(letters)).copy()
    others = (signs - ord(FIRST_IDEOGRAPH) >= _IDEOGRAPHS).nonzero()[0]
    at = (signs.take(others) == ord(SEAM)).nonzero()[0]
    ends, odd = others.take(at), np.diff(at, prepend=-1) - 1
    starts = np.concatenate(([0], ends + 1))[:-1]
    lengths, firsts = ends - starts, signs.take(starts)
    lines = ((firsts == ord(LINE_END)) & (lengths == 1)).cumsum()
    numbers = ((firsts == ord(ANY_NUMBER)) & (lengths == 1)).nonzero()[0]
    _blank(signs, ((odd > 0) & (odd < lengths)).nonzero()[0], starts, ends)
    lengths[odd > 0] = 0
    signs[starts.take(numbers)], lengths[numbers] = ord(NUMBER), 1
    side_by_side = np.ones(len(signs), dtype=np.bool_)
    side_by_side[ends] = False
    places = _places(signs, lengths, ends)
    for start, end in zip(starts.take(places).tolist(), ends.take(places).tolist(), strict=True):
        side_by_side[start + 1 : end] = False
    signs[starts.take(places)], lengths[places] = ord(PLACE), 1
    return MaskedSigns(signs, starts, lengths, lines, side_by_side.nonzero()[0])


def _sums(numbers: NDArray[np.bool_] | Integers) -> Integers:
    return np.concatenate(([0], numbers.cumsum()))


def _blank(signs: Signs, words: Integers, starts: Integers, ends: Integers) -> None:
    """Blank out words that hold ideographs and other signs as well, and so are none."""
    for start, end in zip(starts.take(words).tolist(), ends.take(words).tolist(), strict=True):
        signs[start:end] = ord(SEAM)


def _places(signs: Signs, lengths: Integers, ends: Integers) -> Integers:
    """Return which words name places."""
    long = (lengths > NAME_OF_A_PLACE).nonzero()[0]
    lasts, befores = (signs.take(ends.take(long) - back) for back in (1, 2))
    found = np.isin(lasts, signs_of("".join(PLACE_ENDINGS)))
    longer = lengths.take(long) > NAME_OF_A_PLACE + 1
    for ending in PLACE_WORDS:
        before, last = map(ord, ending)
        found |= longer & (befores == before) & (lasts == last)
    places: Integers = long[found]
    return places
