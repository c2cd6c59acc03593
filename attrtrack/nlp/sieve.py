"""Tells where many patterns may stand in the lines of a text, so that only those are tried, and only there.

Decision: the strings that the alternatives of the patterns need are looked for all at once by an Aho-Corasick automaton
(ahocorasick_rs), in the time of a single search and ready in some milliseconds. An alternative that is nothing but such
strings needs no trying; the others are compiled when a text first needs them.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from attrtrack.nlp.needles import branches, folded, folded_needles

_LINE_END = "\n"
_REMEMBERED = 256
_NONE: frozenset[int] = frozenset()
Try = tuple[str | None, Sequence[int]]
"""An alternative of a pattern, None where it needs no trying, and the lines, rising, where it may stand."""


class _Tests(dict[str, Callable[[str], object]]):
    """The search of each alternative tried so far."""

    def __missing__(self, source: str) -> Callable[[str], object]:
        search = self[source] = re.compile(source).search
        return search


@dataclass(frozen=True, slots=True)
class Candidates:
    """Which patterns may stand in which lines of a text, or of several texts one after the other."""

    lines: Sequence[str]
    tries: Mapping[str, Sequence[Try]]
    tests: _Tests

    def fits(self, source: str | None, place: int) -> bool:
        """Whether an alternative stands in a line where it may."""
        return source is None or self.tests[source](self.lines[place]) is not None

    def first(self, pattern: str, within: Sequence[int]) -> int | None:
        """Return the number of the first of the lines `within`, which follow one another, where a pattern stands, or None."""
        first, end = None, within[-1] + 1 if within else 0
        for source, places in self.tries.get(pattern, ()) if within else ():
            for place in places[bisect_left(places, within[0]) : bisect_left(places, end)]:
                if self.fits(source, place):
                    first = end = place
                    break
        return first

    def all(self, pattern: str) -> set[int]:
        """Return the numbers of the lines where a pattern stands."""
        found: set[int] = set()
        for source, places in self.tries.get(pattern, ()):
            if source is None:
                found.update(places)
            else:
                test = self.tests[source]
                found.update([place for place in places if place not in found and test(self.lines[place])])
        return found


class _Strings:
    """Strings looked for all at once, each with the patterns that need it."""

    def __init__(self, needed: Mapping[str, Iterable[str]]) -> None:
        patterns: dict[str, set[str]] = {}
        for pattern, strings in needed.items():
            for string in strings:
                patterns.setdefault(string, set()).add(pattern)
        self._patterns = list(patterns.values())
        self._automaton = AhoCorasick(list(patterns)) if patterns else None

    def found_in(self, text: str) -> frozenset[int]:
        """Return by their places which of the strings stand in a text, in any case of letters."""
        if self._automaton is None:
            return _NONE
        found = self._automaton.find_matches_as_indexes(folded(text), overlapping=True)
        return frozenset([match[0] for match in found])

    def patterns_of(self, places: Iterable[int]) -> Iterator[set[str]]:
        """Yield for each of some strings the patterns that need it."""
        return (self._patterns[place] for place in places)


class Sieve:
    """The strings that patterns need; an alternative that needs none is always tried.

    In a text as a whole, patterns that begin with flags are looked for by what they need in any case of letters.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._always: list[tuple[str, str | None]] = []
        self._users: dict[str, list[tuple[str, str | None]]] = {}
        self._tests = _Tests()
        for pattern in dict.fromkeys(patterns):
            for branch in branches(pattern):
                user = pattern, None if branch.literal else branch.source
                if branch.needs is None:
                    self._always.append(user)
                for string in branch.needs or ():
                    self._users.setdefault(string, []).append(user)
        needed = {pattern: folded_needles(pattern) for pattern, _ in self._always}
        self._folded = _Strings({pattern: strings for pattern, strings in needed.items() if strings is not None})
        self._anywhere = frozenset(pattern for pattern, strings in needed.items() if strings is None)
        self._patterns = {string: frozenset(pattern for pattern, _ in users) for string, users in self._users.items()}
        self._automaton = AhoCorasick([*self._users, _LINE_END], store_patterns=True)
        self._with = lru_cache(maxsize=_REMEMBERED)(self._patterns_with)

    def candidates(self, lines: Sequence[str]) -> Candidates:
        """Return which patterns may stand in which of some lines, none of which holds a line feed."""
        tries: dict[str, list[Try]] = {}
        everywhere = range(len(lines))
        for pattern, source in self._always:
            tries.setdefault(pattern, []).append((source, everywhere))
        for string, places in self._places("\n".join(lines)).items():
            for pattern, source in self._users[string]:
                if pattern in tries:
                    tries[pattern].append((source, places))
                else:
                    tries[pattern] = [(source, places)]
        return Candidates(lines, tries, self._tests)

    def worth_trying(self, text: str) -> frozenset[str]:
        """Return the patterns that may stand anywhere in a text; all others fit nothing of it."""
        strings = frozenset(self._automaton.find_matches_as_strings(text, overlapping=True))
        return self._with(strings, self._folded.found_in(text))

    def _patterns_with(self, strings: frozenset[str], places: frozenset[int]) -> frozenset[str]:
        """Return the patterns for which these strings are enough; short texts hold the same few over and over."""
        return self._anywhere.union(
            *[self._patterns[string] for string in strings if string in self._patterns],
            *self._folded.patterns_of(places),
        )

    def _places(self, text: str) -> Mapping[str, Sequence[int]]:
        """Return the lines where each of the strings stands."""
        places: dict[str, list[int]] = {}
        line = 0
        for string in self._automaton.find_matches_as_strings(text, overlapping=True):
            if string == _LINE_END:
                line += 1
            elif string in places:
                places[string].append(line)
            else:
                places[string] = [line]
        return places


@lru_cache(maxsize=8)
def sieve_of(patterns: tuple[str, ...]) -> Sieve:
    """Return the sieve of these patterns; the tables of one process are few, and making a sieve reads every pattern."""
    return Sieve(patterns)
