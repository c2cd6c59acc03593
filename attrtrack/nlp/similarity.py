"""Likeness of bare names, and an index that finds the few documents worth comparing among 10^5.

Decision: an exact key first, then the rarest character bigrams through an inverted index, then `fuzz.ratio` on what is
left; a scorer over all titles costs seconds a page and is fooled by place and year all the same.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_COMMON_SHARE = 0.05
_COMMON_FLOOR = 400
_RAREST = 24
_SHORTEST_CONTAINED = 6
_WORD = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two bare names are.

    `ratio` is 0..1; `contained` the share of the longer that the shorter fills word for word (0: not contained);
    `replaced` the share of signs that stand in each for something else in the other; `substituted` the length of the
    longest word or figure that stands for another (定安县 for 澄迈县), as siblings of one series differ.
    """

    ratio: float
    contained: float
    replaced: float
    substituted: int = 0


NOTHING_ALIKE = Likeness(0.0, 0.0, 1.0)


def likeness(a: str, b: str) -> Likeness:
    """Compare two bare names."""
    if not a or not b:
        return NOTHING_ALIKE
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    contained = len(short) / len(long) if len(short) >= _SHORTEST_CONTAINED and short in long else 0.0
    if contained:
        return Likeness(fuzz.ratio(a, b) / 100, contained, 0.0)
    blocks = list(_changed_blocks(a, b))
    replaced = sum(min(len(one), len(other)) for one, other in blocks) / len(short)
    return Likeness(
        fuzz.ratio(a, b) / 100, 0.0, min(replaced, 1.0), max((_substituted(*block) for block in blocks), default=0)
    )


def _changed_blocks(a: str, b: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches between equal stretches, those that have signs on both sides."""
    one = other = ""
    for step in (*Levenshtein.opcodes(a, b), None):
        if step is not None and step.tag != "equal":
            one += a[step.src_start : step.src_end]
            other += b[step.dest_start : step.dest_end]
            continue
        if one and other:
            yield one, other
        one = other = ""


def _substituted(one: str, other: str) -> int:
    if any(sign.isdigit() for sign in one) and any(sign.isdigit() for sign in other):
        return max(_WORD, len(one))
    return min(len(one), len(other))


def bigrams(name: str) -> frozenset[str]:
    """Return the pairs of neighbouring signs of a bare name."""
    return frozenset(name[index : index + 2] for index in range(len(name) - 1))


class NameIndex:
    """Finds names by exact key and by shared rare bigrams; rows are numbered as given, several names a row."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        self._exact: dict[str, list[int]] = defaultdict(list)
        postings: dict[str, list[int]] = defaultdict(list)
        for row, row_names in enumerate(names):
            for name in row_names:
                self._exact[name].append(row)
            for gram in bigrams(row_names[0]) if row_names else ():
                postings[gram].append(row)
        self._size = max(len(names), 1)
        self._postings = {gram: np.asarray(rows, dtype=np.int32) for gram, rows in postings.items()}

    def exact(self, name: str) -> tuple[int, ...]:
        """Return the rows that bear this very name."""
        return tuple(dict.fromkeys(self._exact.get(name, ())))

    def weight(self, gram: str) -> float:
        """Return how telling a bigram is: its inverse document frequency; one that no name holds counts as the rarest."""
        rows = self._postings.get(gram)
        return math.log(1 + self._size / (1 if rows is None else len(rows)))

    def rarity(self, words: str) -> float:
        """Return how rare a run of words is among the names: 0 in all of them, 1 in none or one."""
        grams = bigrams(words)
        return sum(self.weight(gram) for gram in grams) / (len(grams) * math.log(1 + self._size)) if grams else 0.0

    def longest_shared(self, name: str, text: str) -> str:
        """Return the longest run of signs that stands in both, '' when there is none of two or more."""
        best = ""
        for start in range(len(name)):
            while start + len(best) < len(name) and name[start : start + len(best) + 1] in text:
                best = name[start : start + len(best) + 1]
        return best if len(best) > 1 else ""

    def near(self, text: str, limit: int) -> list[tuple[int, float]]:
        """Return at most `limit` rows that share the most telling bigrams with `text`, with the shared weight, best first."""
        common = max(_COMMON_FLOOR, self._size * _COMMON_SHARE)
        known = [gram for gram in bigrams(text) if gram in self._postings and len(self._postings[gram]) <= common]
        known.sort(key=lambda gram: (len(self._postings[gram]), gram))
        chosen = known[:_RAREST]
        if not chosen:
            return []
        rows = np.concatenate([self._postings[gram] for gram in chosen])
        weights = np.concatenate([np.full(len(self._postings[gram]), self.weight(gram)) for gram in chosen])
        scores: NDArray[np.float64] = np.asarray(np.bincount(rows, weights=weights), dtype=np.float64)
        found = np.flatnonzero(scores)
        if len(found) > limit:
            found = found[np.argpartition(-scores[found], limit)[:limit]]
        order = found[np.argsort(-scores[found], kind="stable")]
        return [(int(row), float(scores[row])) for row in order]

    def coverage(self, name: str, grams: Iterable[str]) -> float:
        """Return the share 0..1 of a name's telling weight that stands in `grams`."""
        own = bigrams(name)
        held = own.intersection(grams)
        total = sum(self.weight(gram) for gram in own)
        return sum(self.weight(gram) for gram in held) / total if total else 0.0


def shared_passages(text: str, source: str, length: int = 12) -> float:
    """Return the share 0..1 of the passages of `length` signs of `text` that stand word for word in `source`."""
    total = len(text) - length + 1
    if total < 1 or len(source) < length:
        return 0.0
    known = {source[index : index + length] for index in range(len(source) - length + 1)}
    return sum(text[index : index + length] in known for index in range(total)) / total
