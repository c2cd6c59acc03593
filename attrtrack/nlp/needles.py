"""What a regular expression cannot match without: strings of which every match holds at least one.

Decision: looking for fixed strings is some twenty times as fast as trying a pattern, and most patterns of the rule tables
fit nothing in most sentences. What this reader does not understand of a pattern it leaves open, so that it is tried.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

_MOST_STRINGS = 80
_LONG_ENOUGH = 2
_REPEATED = re.compile(r"(?:\{(\d+)(,\d*)?\}|[?*+])[?+]?")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>|(?P<aside>\?(?:[=!]|<[=!]))|(?!\?))")
_SET = re.compile(r"(\^?(?:\\.|[^\\])(?:\\.|[^\\\]])*)\]", re.DOTALL)
_RANGE = re.compile(r"(?s:(.)-(.))")
_PLAIN = re.compile(r"[^()\[\]|\\^$.*+?{}]+")
_PLAIN_BRANCHES = re.compile(rf"{_PLAIN.pattern}(?:\|{_PLAIN.pattern})*(?=\)|\Z)")
_CONDITION = re.compile(r"[\^$\\]|\(\?[=!<]")
"""What stands in every pattern that asks for more than the strings that it matches."""
_ANYTHING = "dDwWsSnrtfvabBAZ."
_EMPTY = frozenset({""})
Strings = frozenset[str]


class _Piece(NamedTuple):
    """What a part of a pattern can match: `strings` when they are few, and `needs`, of which each match holds one."""

    strings: Strings | None
    needs: Strings | None


_OPEN = _Piece(None, None)
_NOTHING = _Piece(_EMPTY, None)


class Branch(NamedTuple):
    """One of the alternatives of a pattern, and strings of which every match of it holds one (None: that cannot be told).

    `literal`: each of the strings is a match, and there are no others.
    """

    source: str
    needs: Strings | None
    literal: bool


_FLAGS = re.compile(r"\(\?[ims]+\)")


class _UnclearError(Exception):
    """The pattern has a part that this reader does not understand."""


def needles(pattern: str) -> Strings | None:
    """Return strings of which every match of `pattern` holds one, or None when that cannot be told."""
    return _union([branch.needs for branch in branches(pattern)])


def branches(pattern: str) -> tuple[Branch, ...]:
    """Return the alternatives of a pattern, which matches where one of them does; one that is not understood is whole."""
    try:
        return tuple(_Reader(pattern).branches())
    except (_UnclearError, IndexError, RecursionError):
        return (Branch(pattern, None, literal=False),)


def folded_needles(pattern: str) -> Strings | None:
    """Return strings of which every match holds one once both are `folded`; None when that cannot be told.

    For patterns that begin with flags: in any case of letters ((?i)), over lines ((?m), (?s)). Letters are those of ASCII.
    """
    flags = _FLAGS.match(pattern)
    found = needles(pattern[flags.end() :]) if flags else None
    if found is None or any(not sign.isascii() and sign.lower() != sign.upper() for string in found for sign in string):
        return None
    return frozenset(map(folded, found))


def folded(text: str) -> str:
    """Write a text so that what a pattern in any case of letters takes for the same letter of ASCII is the same."""
    return text.casefold().replace("ı", "i")


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0

    def branches(self) -> Iterator[Branch]:
        """Yield the alternatives of the whole pattern."""
        start = 0
        while start <= len(self._pattern):
            piece = self._sequence()
            source = self._pattern[start : self._at]
            start = self._at = self._at + 1
            if self._pattern[start - 1 : start] == ")":
                raise _UnclearError
            literal = bool(piece.strings) and piece.needs is not None and not _CONDITION.search(source)
            yield Branch(source, piece.strings if literal else piece.needs, literal)

    def _alternatives(self) -> _Piece:
        if plain := _PLAIN_BRANCHES.match(self._pattern, self._at):
            self._at = plain.end()
            return _either([_literal(branch) for branch in plain[0].split("|")])
        branches = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else _either(branches)

    def _next(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _sequence(self) -> _Piece:
        return _one_after_the_other(self._pieces())

    def _pieces(self) -> Iterator[_Piece]:
        while self._next() not in {"", "|", ")"}:
            piece = self._atom()
            if found := _REPEATED.match(self._pattern, self._at):
                self._at = found.end()
                piece = _repeated(piece, found)
            yield piece

    def _atom(self) -> _Piece:
        if plain := _PLAIN.match(self._pattern, self._at):
            return self._plain(plain)
        sign = self._next()
        if sign == "(":
            return self._group()
        self._at += 1
        if sign == "[":
            return self._set()
        if sign == "\\":
            return self._escaped()
        if sign in "^$":
            return _NOTHING
        if sign in "*+?{":
            raise _UnclearError
        return _OPEN if sign == "." else _literal(sign)

    def _plain(self, found: re.Match[str]) -> _Piece:
        """Take a run of plain signs; what is repeated after it is its last sign alone."""
        several = len(found[0]) > 1 and self._pattern[found.end() : found.end() + 1] in {"?", "*", "+", "{"}
        self._at = found.end() - several
        return _literal(found[0][:-1] if several else found[0])

    def _group(self) -> _Piece:
        opening = _GROUP.match(self._pattern, self._at)
        if opening is None:
            raise _UnclearError
        self._at = opening.end()
        inner = self._alternatives()
        if self._next() != ")":
            raise _UnclearError
        self._at += 1
        return _NOTHING if opening["aside"] else inner

    def _escaped(self) -> _Piece:
        sign = self._pattern[self._at]
        self._at += 1
        if sign.isdigit() or sign in "uUxN":
            raise _UnclearError
        if sign in "bBAZ":
            return _NOTHING
        return _OPEN if sign in _ANYTHING else _literal(sign)

    def _set(self) -> _Piece:
        found = _SET.match(self._pattern, self._at)
        if found is None:
            raise _UnclearError
        self._at, signs = found.end(), found[1]
        if signs.startswith("^") or "\\" in signs or _RANGE.search(signs):
            return _OPEN
        return _known(frozenset(signs))


def _literal(text: str) -> _Piece:
    return _known(frozenset({text}))


def _known(strings: Strings) -> _Piece:
    return _Piece(strings, None if "" in strings else strings)


def _repeated(piece: _Piece, found: re.Match[str]) -> _Piece:
    least = int(found[1]) if found[1] else int(found[0][0] == "+")
    if found[0][0] == "?":
        return _Piece(None if piece.strings is None else piece.strings | _EMPTY, None)
    return _Piece(None, piece.needs) if least else _OPEN


def _either(branches: Sequence[_Piece]) -> _Piece:
    strings = _union([branch.strings for branch in branches])
    return _Piece(
        None if strings is None or len(strings) > _MOST_STRINGS else strings,
        _union([branch.needs for branch in branches]),
    )


def _union(sets: Sequence[Strings | None]) -> Strings | None:
    known = [strings for strings in sets if strings is not None]
    return frozenset[str]().union(*known) if len(known) == len(sets) else None


def _one_after_the_other(pieces: Iterable[_Piece]) -> _Piece:
    """Join neighbours whose strings are known; keep the best of what each stretch and each piece alone needs."""
    run, best, whole = _EMPTY, None, True
    for piece in pieces:
        best = _better(best, piece.needs)
        joined = _joined(run, piece.strings)
        if joined is None:
            best, whole = _better(best, run), False
            joined = _EMPTY if piece.strings is None else piece.strings
        run = joined
    return _Piece(run if whole else None, _better(best, run))


def _joined(left: Strings, right: Strings | None) -> Strings | None:
    if right is None or len(left) * len(right) > _MOST_STRINGS:
        return None
    return frozenset(one + other for one, other in product(left, right))


def _better(one: Strings | None, other: Strings | None) -> Strings | None:
    """Return the set that rules out more: strings of two characters and more before single ones and blanks, then the fewer."""
    if not other or "" in other:
        return one
    return other if one is None or _looseness(other) < _looseness(one) else one


def _looseness(strings: Strings) -> tuple[int, int]:
    return -min(_LONG_ENOUGH, *[len(string.strip()) for string in strings]), len(strings)
