"""Likeness of bare names, and an index that finds the few documents worth comparing among 10^5.

Decision: an exact key first, then the rarest character bigrams through an inverted index, then `fuzz.ratio` on what is
left; a scorer over all titles costs seconds a page and is fooled by place and year all the same.
"""

import math
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from operator import add
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from attrtrack.nlp.postings import Asked, KeyRows, Packed, Postings, Rows, Shares

_COMMON_SHARE = 0.05
_COMMON_FLOOR = 400
_READ_AT_LEAST = 20_000
_TOO_UNLIKE = 0.6
_RAREST = 24
_SHORTEST_CONTAINED = 6
_WORD = 2
_DIGIT = re.compile(r"\d")


class Likeness(NamedTuple):
    """How alike two bare names are; of names less than three fifths alike all signs count as replaced.

    `ratio` is 0..1; `contained` the share of the longer that the shorter fills word for word (0: not contained);
    `replaced` the share of signs that stand in each for something else in the other; `substituted` the length of the
    longest word or figure that stands for another (定安县 for 澄迈县), as siblings of one series differ.
    """

    ratio: float
    contained: float
    replaced: float
    substituted: int = 0


NOTHING_ALIKE = Likeness(0.0, 0.0, 1.0)


@lru_cache(maxsize=4096)
def likeness(a: str, b: str) -> Likeness:
    """Compare two bare names."""
    if not a or not b:
        return NOTHING_ALIKE
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    ratio = fuzz.ratio(a, b) / 100
    if len(short) >= _SHORTEST_CONTAINED and short in long:
        return Likeness(ratio, len(short) / len(long), 0.0)
    if ratio < _TOO_UNLIKE:
        return Likeness(ratio, 0.0, 1.0, len(short))
    blocks = list(_changed_blocks(a, b))
    replaced = sum([min(len(one), len(other)) for one, other in blocks]) / len(short)
    return Likeness(ratio, 0.0, min(replaced, 1.0), max([_substituted(*block) for block in blocks], default=0))


def _changed_blocks(a: str, b: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches between equal stretches, those that have signs on both sides."""
    one = other = 0
    for start, start_in_other, length in Levenshtein.opcodes(a, b).as_matching_blocks():
        if start > one and start_in_other > other:
            yield a[one:start], b[other:start_in_other]
        one, other = start + length, start_in_other + length


def _substituted(one: str, other: str) -> int:
    if _DIGIT.search(one) and _DIGIT.search(other):
        return max(_WORD, len(one))
    return min(len(one), len(other))


def bigrams(name: str) -> frozenset[str]:
    """Return the pairs of neighbouring signs of a bare name."""
    return frozenset(map(add, name, name[1:]))


class NameIndex:
    """Finds names by exact key and by shared rare bigrams; rows are numbered as given, several names a row.

    `blocks` gives the block of each row (its unit), 0 where it has none; a search can be kept inside a block.
    """

    def __init__(self, names: Sequence[Sequence[str]], blocks: Sequence[int] | Rows | None = None) -> None:
        self._first = array("q", accumulate(map(len, names), initial=0))
        self._names = Packed.of(list(chain.from_iterable(names)))
        self._exact = KeyRows(names)
        self._size = max(len(names), 1)
        self._postings = Postings(
            [row_names[0] if row_names else "" for row_names in names],
            blocks if blocks is not None else np.zeros(len(names), dtype=np.int32),
        )
        self._weights: dict[str, float] = {}

    @property
    def size(self) -> int:
        """Bytes held, without what is remembered of weights."""
        names = 2 * len(self._names.text) + 8 * (len(self._names.starts) + len(self._first))
        return names + self._exact.size + self._postings.size

    def alike(self, name: str, rows: Sequence[int]) -> dict[int, float]:
        """Return for each row how alike its most alike name is, as `alike` tells."""
        first = self._first
        named = {place: row for row in rows for place in range(first[row], first[row + 1])}
        best = dict.fromkeys(rows, 0.0)
        for row, score in zip(named.values(), alike(name, self._names.at(named)), strict=True):
            best[row] = max(best[row], score)
        return best

    def exact(self, name: str) -> tuple[int, ...]:
        """Return the rows that bear this very name."""
        return tuple(dict.fromkeys(self._exact.of(name).tolist()))

    def _weight(self, grams: Iterable[str]) -> float:
        """Sum how telling bigrams are (inverse document frequency); one that no name holds counts as the rarest."""
        wanted = tuple(grams)
        unknown = [gram for gram in wanted if gram not in self._weights]
        for gram, count in zip(unknown, self._postings.counts(unknown) if unknown else (), strict=True):
            self._weights[gram] = math.log(1 + self._size / max(count, 1))
        return math.fsum([self._weights[gram] for gram in wanted])

    def rarity(self, words: str) -> float:
        """Return how rare a run of words is among the names: 0 in all of them, 1 in none or one."""
        grams = bigrams(words)
        return self._weight(grams) / (len(grams) * math.log(1 + self._size)) if grams else 0.0

    def longest_shared(self, name: str, text: str) -> str:
        """Return the longest run of signs that stands in both, '' when there is none of two or more."""
        best = ""
        for start in range(len(name)):
            while start + len(best) < len(name) and name[start : start + len(best) + 1] in text:
                best = name[start : start + len(best) + 1]
        return best if len(best) > 1 else ""

    def near(self, text: str, limit: int, *, block: int | None = None, pairs: int = _RAREST) -> list[tuple[int, float]]:
        """Return at most `limit` rows that share the most telling bigrams with `text`, with the shared weight, best first.

        Looked up are its `pairs` rarest bigrams: few find what is all but equal, many also what is only like it.
        """
        found, scores = next(self._nearest([Asked(text, pairs, block)], [limit]))
        order = np.lexsort((found, -scores))
        return list(zip(found[order].tolist(), scores[order].tolist(), strict=True))

    def nearest(self, asked: Sequence[Asked], limits: Sequence[int]) -> Iterator[list[int]]:
        """Yield for each text the rows that `near` finds, in no order; many texts at once are found sooner."""
        for found, _ in self._nearest(asked, limits):
            yield found.tolist()

    def _nearest(self, asked: Sequence[Asked], limits: Sequence[int]) -> Iterator[tuple[Rows, Shares]]:
        common = max(_COMMON_FLOOR, self._size * _COMMON_SHARE)
        shared = self._postings.shared(asked, common=common, enough=self._enough)
        for (found, scores), limit in zip(shared, limits, strict=True):
            if len(found) > limit:
                best = (-scores).argpartition(limit)[:limit]
                yield found[best], scores[best]
            else:
                yield found, scores

    @property
    def _enough(self) -> int:
        """How many rows are read for one search: all of a small register, more slowly growing than a large one."""
        return max(_READ_AT_LEAST, self._size // 8)

    def coverage(self, name: str, grams: Iterable[str]) -> float:
        """Return the share 0..1 of a name's telling weight that stands in `grams`."""
        own = bigrams(name)
        total = self._weight(own)
        return self._weight(own.intersection(grams)) / total if total else 0.0


def alike(name: str, others: Sequence[str]) -> list[float]:
    """Return how alike each of the other names is, 0..1: by likeness, or by the share that one inside the other fills."""
    return [
        max(score / 100, _filled(len(name), len(other))) if name in other or other in name else score / 100
        for other, score, _ in process.extract_iter(name, others, scorer=fuzz.ratio)
    ]


def _filled(one: int, other: int) -> float:
    """Return how alike names of these lengths are of which one stands in the other."""
    short, long = (one, other) if one <= other else (other, one)
    return 0.5 + 0.5 * short / long if short >= _SHORTEST_CONTAINED else 0.0


def shared_passages(text: str, source: str, length: int = 12) -> float:
    """Return the share 0..1 of the passages of `length` signs of `text` that stand word for word in `source`."""
    total = len(text) - length + 1
    if total < 1 or len(source) < length:
        return 0.0
    known = {source[index : index + length] for index in range(len(source) - length + 1)}
    return sum(text[index : index + length] in known for index in range(total)) / total
