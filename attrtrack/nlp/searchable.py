"""One form of a text for searching, in which a word stands wherever a reader sees it: the words that it is cut into, and the way back.

Signs fold one by one, whatever stands beside them, so that a question of two characters folds as the text did: widths
and brackets as in `normalizer`, Traditional to simplified, letters to lower case; white space inside a line goes. What a
line's end parts stays apart.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from attrtrack.domain.evidence import Span
from attrtrack.nlp.normalizer import fold_sign, simplify

FORMAT = f"1/{unicodedata.unidata_version}"
"""Raised whenever the same text folds otherwise; an index made by another is made anew."""
_LINE = re.compile(r"[^\n\x0b\x0c\x85\u2028\u2029]+")
WORDS, LONGEST = 10, 100
"""How many words a question may have, and how many signs each."""


class _Folds(dict[int, str]):
    """What each sign becomes, found out when it is first met."""

    def __missing__(self, sign: int) -> str:
        folded = "".join(simplify(part) if part > "\u2e7f" else part for part in fold_sign(chr(sign))).lower()
        self[sign] = folded
        return folded


@cache
def _folds() -> _Folds:
    return _Folds()


def folded(text: str) -> str:
    """Return the text as it is searched, its lines apart."""
    return _in_lines(text).translate(_folds())


def _in_lines(text: str) -> str:
    return text if "\n" in text else text.replace("\r", "\n")


def words_of(question: str) -> tuple[str, ...]:
    """Return the folded words of a question, each once, in its order; nothing where it holds no sign at all."""
    pieces = (folded(piece).replace("\n", "")[:LONGEST] for piece in question.split())
    return tuple(dict.fromkeys(piece for piece in pieces if piece))[:WORDS]


def pairs_of(line: str) -> Iterator[str]:
    """Yield each two signs of a folded line that stand together, and its last sign: the words of an index of phrases."""
    for at in range(len(line) - 1):
        yield line[at : at + 2]
    if line:
        yield line[-1]


def places_of(text: str, words: Sequence[str], *, most: int = 50) -> tuple[Span, ...]:
    """Return where folded words stand in a text as it is written, in order, the first few; those that overlap become one."""
    found: list[Span] = []
    for line in _LINE.finditer(_in_lines(text)):
        if len(found) < most and any(word in line[0].translate(_folds()) for word in words):
            found += _in_line(line[0], words, line.start())
    return tuple(found[:most])


def _in_line(line: str, words: Sequence[str], begin: int) -> list[Span]:
    signs = [(at, part) for at, sign in enumerate(line, begin) for part in _folds()[ord(sign)]]
    plain = "".join(part for _, part in signs)
    found: list[Span] = []
    for start, end in sorted(_places(plain, words)):
        span = Span(signs[start][0], signs[end - 1][0] + 1)
        if found and span.start < found[-1].end:
            span = Span(found[-1].start, max(found.pop().end, span.end))
        found.append(span)
    return found


def _places(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = text.find(word, at + len(word))
