"""Tells which of many patterns may stand in which lines of a text, so that only those are tried there.

Decision: the strings that the patterns need are looked for all at once by an Aho-Corasick automaton (ahocorasick_rs),
in the time of a single search and ready in some milliseconds.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from attrtrack.nlp.needles import needles

NEVER = "\n\n"
"""A pattern that no line can hold."""
Candidates = Mapping[int, set[int]]
"""For the number of each pattern that may match: the numbers of the lines where it may."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines without line feeds, the text that they are joined by line feeds, and where each begins in it."""

    lines: Sequence[str]
    text: str
    starts: Sequence[int]

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Lines":
        """Join lines."""
        return cls(lines, "\n".join(lines), list(accumulate([len(line) + 1 for line in lines[:-1]], initial=0)))


class Sieve:
    """The strings that patterns need; a pattern that needs none is always a candidate."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._always: list[int] = []
        users: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            needed = needles(pattern)
            if needed is None:
                self._always.append(number)
                continue
            for string in needed:
                users.setdefault(string, []).append(number)
        self._users = tuple(users.values())
        self._automaton = AhoCorasick(users, store_patterns=False)

    def candidates(self, lines: Lines) -> Candidates:
        """Return the patterns that may match, each with the lines where it may."""
        found = {number: set(range(len(lines.starts))) for number in self._always}
        for string, at, _ in self._automaton.find_matches_as_indexes(lines.text, overlapping=True):
            line = bisect_right(lines.starts, at) - 1
            for number in self._users[string]:
                if number in found:
                    found[number].add(line)
                else:
                    found[number] = {line}
        return found


@lru_cache(maxsize=8)
def sieve_of(patterns: tuple[str, ...]) -> Sieve:
    """Return the sieve of these patterns; the tables of one process are few, and making a sieve reads every pattern."""
    return Sieve(patterns)
