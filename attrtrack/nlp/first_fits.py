"""Tells which of many patterns in an order may fit a short text, where the first that fits decides.

Decision: as `sieve`, by the strings that alternatives need, but with a bit for each alternative: titles hold ever other strings,
so that nothing told of one serves the next, and after the first pattern that fits nothing more is asked.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from attrtrack.nlp.needles import branches, folded, folded_needles

_REMEMBERED = 4096
Try = tuple[int, Sequence[re.Pattern[str]]]
"""The place of a pattern, and those of its alternatives that may stand: where none of them does, the pattern does not fit."""


class FirstFits:
    """Some patterns in their order; one that begins with flags, or is not understood, is tried as a whole."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._alternatives: list[tuple[int, str]] = []
        self._bits_of: list[int] = []
        self._always = 0
        needed: dict[str, int] = {}
        needed_folded: dict[str, int] = {}
        for place, pattern in enumerate(patterns):
            self._bits_of.append(0)
            found = branches(pattern)
            if all(branch.needs is not None for branch in found):
                for branch in found:
                    self._need(needed, branch.needs or (), self._bit(place, branch.source))
            elif (strings := folded_needles(pattern)) is not None:
                self._need(needed_folded, strings, self._bit(place, pattern))
            else:
                self._always |= self._bit(place, pattern)
        self._plain, self._folded = _Strings(needed), _Strings(needed_folded, read=folded)
        self._compiled = lru_cache(maxsize=_REMEMBERED)(self._compile)
        self._told = lru_cache(maxsize=_REMEMBERED)(self._tell)

    def tries(self, text: str) -> Sequence[Try]:
        """Return the patterns that may stand anywhere in a text."""
        return self._told(self._always | self._plain.bits(text) | self._folded.bits(text))

    def _tell(self, left: int) -> Sequence[Try]:
        found: list[Try] = []
        while left:
            place = self._alternatives[(left & -left).bit_length() - 1][0]
            some = left & self._bits_of[place]
            left ^= some
            found.append((place, self._compiled(some)))
        return found

    def _bit(self, place: int, source: str) -> int:
        bit = 1 << len(self._alternatives)
        self._alternatives.append((place, source))
        self._bits_of[place] |= bit
        return bit

    @staticmethod
    def _need(needed: dict[str, int], strings: "frozenset[str] | tuple[()]", bit: int) -> None:
        for string in strings:
            needed[string] = needed.get(string, 0) | bit

    def _compile(self, some: int) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(source) for at, (_, source) in enumerate(self._alternatives) if some >> at & 1)


class _Strings:
    """Strings looked for all at once, each with the bits of what needs it."""

    def __init__(self, needed: Mapping[str, int], read: Callable[[str], str] = str) -> None:
        self._read = read
        self._bits = list(needed.values())
        self._automaton = AhoCorasick(list(needed)) if needed else None

    def bits(self, text: str) -> int:
        bits = 0
        if self._automaton is not None:
            for found in self._automaton.find_matches_as_indexes(self._read(text), overlapping=True):
                bits |= self._bits[found[0]]
        return bits
