"""Flat arrays that find rows among 10^6: rows by key, and rows by the pairs of neighbouring signs they hold.

Decision: two sorted arrays each instead of dictionaries of lists (a quarter of the room, built by one sort), and rows
kept in the order of their blocks, so that the rows of one block are a slice of every list.
"""

import math
from array import array
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
_ENDS = 10  # the sign that parts names: a line feed, which no bare name holds
_WORTH_A_LOOK = 0.2
_NO_ROWS: Rows = np.empty(0, dtype=np.int32)


class KeyRows:
    """Rows by any key, several rows a key; keys are kept as Python's 64-bit hashes, which hold in this process and its forks."""

    def __init__(self, keys_of_rows: Iterable[Iterable[Hashable]]) -> None:
        kept, rows = array("q"), array("i")
        for row, keys in enumerate(keys_of_rows):
            for key in keys:
                kept.append(hash(key))
                rows.append(row)
        hashes = np.frombuffer(kept, dtype=np.int64)
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._rows: Rows = np.frombuffer(rows, dtype=np.int32)[order]

    def of(self, key: Hashable) -> Rows:
        """Return the rows of a key in the order they were given."""
        wanted = hash(key)
        start = int(self._hashes.searchsorted(wanted))
        if start == len(self._hashes) or self._hashes[start] != wanted:
            return _NO_ROWS
        return self._rows[start : start + int(self._hashes[start:].searchsorted(wanted, side="right"))]

    @property
    def size(self) -> int:
        """Bytes held."""
        return self._hashes.nbytes + self._rows.nbytes


@dataclass(frozen=True, slots=True)
class Packed:
    """Strings as one string and the places where they begin, so that a million of them are two objects."""

    text: str
    starts: "array[int]"

    @classmethod
    def of(cls, strings: Sequence[str]) -> "Packed":
        """Pack strings."""
        return cls("".join(strings), array("q", accumulate(map(len, strings), initial=0)))

    def at(self, places: Iterable[int]) -> list[str]:
        """Return the strings at some places."""
        text, starts = self.text, self.starts
        return [text[starts[place] : starts[place + 1]] for place in places]


class Postings:
    """Rows by pairs of neighbouring signs; `blocks` numbers the block of each row (all 0: one block)."""

    def __init__(self, names: Sequence[str], blocks: Sequence[int] | Rows) -> None:
        given = np.asarray(blocks, dtype=np.int32)
        self._order: Rows = np.argsort(given, kind="stable").astype(np.int32)
        self._block_starts = np.searchsorted(given[self._order], np.arange(int(given.max(initial=0)) + 2))
        keys = _keys("\n".join([names[row] for row in self._order.tolist()]))
        grams = (keys >> np.uint64(32)).astype(np.uint32)
        self._places: Rows = (keys & np.uint64(0xFFFF_FFFF)).astype(np.int32)
        firsts = np.flatnonzero(np.diff(grams, prepend=grams[:1] + np.uint32(1)))
        self._grams = grams[firsts]
        self._starts = np.append(firsts, len(grams)).astype(np.int64)

    @property
    def size(self) -> int:
        """Bytes held."""
        arrays = (self._order, self._block_starts, self._places, self._grams, self._starts)
        return sum(array.nbytes for array in arrays)

    def counts(self, grams: Sequence[str]) -> list[int]:
        """Return for each pair of signs how many rows hold it."""
        if not len(self._grams):
            return [0] * len(grams)
        codes = np.frombuffer("".join(grams).encode("utf-16-le", "replace"), dtype="<u4")
        at = self._grams[:-1].searchsorted(codes)
        return list(((self._starts[at + 1] - self._starts[at]) * (self._grams[at] == codes)).tolist())

    def shared(
        self, text: str, *, common: float, enough: int, most: int, block: int | None = None
    ) -> tuple[Rows, NDArray[np.float64]]:
        """Return the rows that share telling pairs with `text` and the weight they share, in no order; hardly any is left out.

        At `most` so many pairs are taken, the rarest first, until `enough` rows were read; those in more than `common` rows
        only in a block.
        """
        low, high = (0, len(self._order)) if block is None else self._block_starts[block : block + 2].tolist()
        within = np.array((low, high), dtype=np.int32)  # of another kind than the list, it would turn the whole list
        taken: list[Rows] = []
        weights: list[float] = []
        for start, end in sorted(self._lists(_codes(text)), key=_length)[:most]:
            found = self._places[start:end]
            if block is not None:
                found = found[slice(*found.searchsorted(within).tolist())]
            elif end - start > common:
                break
            taken.append(found)
            weights.append(math.log1p(len(self._order) / (end - start)))
            enough -= len(found)
            if enough <= 0:
                break
        return self._summed(taken, weights, (low, high)) if taken else (_NO_ROWS, np.empty(0))

    def _summed(
        self, taken: Sequence[Rows], weights: Sequence[float], within: tuple[int, int]
    ) -> tuple[Rows, NDArray[np.float64]]:
        places = np.concatenate(taken) - within[0]
        each = np.array(weights).repeat(np.array(list(map(len, taken))))
        scores = np.asarray(np.bincount(places, weights=each, minlength=within[1] - within[0]), dtype=np.float64)
        found = (scores >= scores[scores.argmax()] * _WORTH_A_LOOK).nonzero()[0]
        return self._order[found + within[0]], scores[found]

    def _lists(self, codes: NDArray[np.uint32]) -> list[tuple[int, int]]:
        if not len(self._grams) or not len(codes):
            return []
        at = self._grams[:-1].searchsorted(codes)
        known = at[self._grams[at] == codes]
        return list(zip(self._starts[known].tolist(), self._starts[known + 1].tolist(), strict=True))


def _length(ends: tuple[int, int]) -> int:
    return ends[1] - ends[0]


def _codes(text: str) -> NDArray[np.uint32]:
    """Return the pairs of a text as numbers, each once; the first sign of a pair stands in the lower half."""
    return np.frombuffer("".join(set(map(add, text, text[1:]))).encode("utf-16-le", "replace"), dtype="<u4")


def _keys(text: str) -> NDArray[np.uint64]:
    """Return pair and place (32 bits each) of every pair that stands in the lines of a text, sorted, each once."""
    signs = _signs(text)
    ends = signs == _ENDS
    inside = np.flatnonzero(~(ends[:-1] | ends[1:]))
    places = np.cumsum(ends, dtype=np.uint32)
    keys = signs[inside + 1].astype(np.uint64)
    keys <<= np.uint64(16)
    keys |= signs[inside]
    keys <<= np.uint64(32)
    keys |= places[inside]
    keys.sort()
    once = np.diff(keys, prepend=~keys[:1]) != 0
    return np.asarray(keys[once], dtype=np.uint64)


def _signs(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "replace"), dtype=np.uint16)
