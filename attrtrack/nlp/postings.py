"""Flat arrays that find rows among 10^6: rows by key, and rows by the pairs of neighbouring signs they hold.

Decision: two sorted arrays each instead of dictionaries of lists (a quarter of the room, built by one sort), and rows
kept in the order of their blocks, so that the rows of one block are a slice of every list.
"""

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import add
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]
_ENDS = 10  # the sign that parts names: a line feed, which no bare name holds
_WORTH_A_LOOK = 0.2
_ROOM = 1 << 20
"""How many sums are kept at once: texts whose ranges hold more rows together are searched for in parts."""
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


class Asked(NamedTuple):
    """A text to search for: how many of its pairs to look up at most, and the block to stay in (None: all rows)."""

    text: str
    most: int
    block: int | None = None


class _Lists(NamedTuple):
    """Stretches of the places: for which text each is read, where it begins, how long it is and what sharing it weighs."""

    texts: Numbers
    starts: Numbers
    lengths: Numbers
    weights: Shares

    def where(self, wanted: NDArray[Any]) -> "_Lists":
        """Return some of them, or all in an order."""
        return _Lists(*[field[wanted] for field in self])

    def shortest_first(self) -> "_Lists":
        """Return them text by text, the shortest first."""
        return self.where(np.lexsort((self.starts, self.lengths, self.texts)))

    @property
    def ranks(self) -> Numbers:
        """How many lists of the same text stand before each."""
        return np.arange(len(self.texts)) - self.texts.searchsorted(self.texts)

    def until(self, enough: int) -> "_Lists":
        """Return those before which less than `enough` is read for the same text."""
        ahead = self.lengths.cumsum() - self.lengths
        return self.where(ahead - ahead[self.texts.searchsorted(self.texts)] < enough)


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
        self._weights = np.log1p(len(self._order) / np.diff(self._starts))

    @property
    def size(self) -> int:
        """Bytes held."""
        arrays = (self._order, self._block_starts, self._places, self._grams, self._starts, self._weights)
        return sum(array.nbytes for array in arrays)

    def counts(self, grams: Sequence[str]) -> list[int]:
        """Return for each pair of signs how many rows hold it."""
        if not len(self._grams):
            return [0] * len(grams)
        codes = _codes_of("".join(grams))
        at = self._grams[:-1].searchsorted(codes)
        return list(((self._starts[at + 1] - self._starts[at]) * (self._grams[at] == codes)).tolist())

    def shared(self, asked: Sequence[Asked], *, common: float, enough: int) -> Iterator[tuple[Rows, Shares]]:
        """Yield for each text the rows that share telling pairs with it and the weight they share, in no order.

        Its rarest pairs are taken first, until `enough` rows were read; those in more than `common` rows only in a block, so
        that hardly any row is left out. Of many texts at once each takes a third of its time alone.
        """
        if not len(self._grams):
            yield from [(_NO_ROWS, np.empty(0))] * len(asked)
            return
        part: list[Asked] = []
        room = _ROOM
        for one in asked:
            low, high = self._range(one.block)
            room -= high - low
            if part and room < 0:
                yield from self._of_part(part, common, enough)
                part, room = [], _ROOM - (high - low)
            part.append(one)
        if part:
            yield from self._of_part(part, common, enough)

    def _range(self, block: int | None) -> tuple[int, int]:
        """Return from where to where the rows of a block stand, or all rows."""
        if block is None:
            return 0, len(self._order)
        return int(self._block_starts[block]), int(self._block_starts[block + 1])

    def _of_part(self, asked: Sequence[Asked], common: float, enough: int, /) -> Iterator[tuple[Rows, Shares]]:
        ranges = np.array([self._range(one.block) for one in asked], dtype=np.int64)
        lists = self._lists(asked, ranges, common).until(enough)
        ends = (ranges[:, 1] - ranges[:, 0]).cumsum()
        begins = np.append(0, ends[:-1])
        ahead = lists.lengths.cumsum() - lists.lengths
        at = (lists.starts - ahead).repeat(lists.lengths)
        at += np.arange(len(at))
        places = self._places[at] + (begins - ranges[:, 0])[lists.texts].repeat(lists.lengths)
        summed = np.bincount(places, lists.weights.repeat(lists.lengths), int(ends[-1]))
        scores = np.asarray(summed, dtype=np.float64)  # what it is, as weights were given
        for low, begin, end in zip(ranges[:, 0].tolist(), begins.tolist(), ends.tolist(), strict=True):
            own = scores[begin:end]
            best = own[own.argmax()] if end > begin else 0.0
            found = (own >= best * _WORTH_A_LOOK).nonzero()[0] if best else _NO_ROWS
            yield self._order[found + low], own[found]

    def _lists(self, asked: Sequence[Asked], ranges: Numbers, common: float, /) -> _Lists:
        """Return the lists to read for each text, the shortest first, as far as they lie in its range."""
        codes, counts = _codes([one.text for one in asked])
        at = self._grams[:-1].searchsorted(codes)
        known = self._grams[at] == codes
        at, texts = at[known], np.arange(len(asked)).repeat(counts)[known]
        starts = self._starts[at]
        lists = _Lists(texts, starts, self._starts[at + 1] - starts, self._weights[at]).shortest_first()
        lists = lists.where(lists.ranks < np.array([one.most for one in asked])[lists.texts])
        in_block = np.array([one.block is not None for one in asked])
        if not in_block.any():
            return lists.where(lists.lengths <= common)
        lists = lists.where((lists.lengths <= common) | in_block[lists.texts])
        begins, ends = (self._first_from(lists, ranges[lists.texts, side]) for side in (0, 1))
        return lists._replace(starts=begins, lengths=ends - begins)

    def _first_from(self, lists: _Lists, least: Numbers) -> Numbers:
        """Return where in each list, which rises, the first place from `least` stands."""
        first, left = lists.starts, lists.lengths
        while left.any():
            half = left >> 1
            middle = first + half
            below = (self._places.take(middle, mode="clip") < least) & (left > 0)
            first = np.where(below, middle + 1, first)
            left = np.where(below, left - half - 1, half)
        return first


def _codes(texts: Sequence[str]) -> tuple[NDArray[np.uint32], list[int]]:
    """Return the pairs of texts as numbers, each once a text, and how many each has; a pair's first sign is the lower half."""
    pairs = [set(map(add, text, text[1:])) for text in texts]
    return _codes_of("".join(chain.from_iterable(pairs))), list(map(len, pairs))


def _codes_of(pairs: str) -> NDArray[np.uint32]:
    return np.frombuffer(pairs.encode("utf-16-le", "replace"), dtype="<u4")


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
