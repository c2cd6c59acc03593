"""One form of a text for matching, with the way back to the source.

Half-width punctuation becomes full-width, digits and letters half-width, brackets of years 〔〕; white space inside a
line goes. A text that a machine converted to Traditional Chinese is turned back, with the lexicon's corrections.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from attrtrack.domain.evidence import Span

_PUNCTUATION = str.maketrans(",;:?!()[]【】〖〗﹝﹞", "，；：？！（）〔〕〔〕〔〕〔〕")
_TRADITIONAL_SHARE = 0.08
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text for matching; `offsets[i]` is where its character i stands in the source, the last entry the source's end."""

    text: str
    offsets: tuple[int, ...]

    def source_span(self, start: int, end: int) -> Span:
        """Return the span of the source that `text[start:end]` came from."""
        if start >= end:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def position(self, source: int) -> int:
        """Return the first character here that came from `source` or later."""
        return min(bisect_left(self.offsets, source), len(self.text))


def normalise(text: str, corrections: Sequence[str] = ()) -> Normalised:
    """Normalise `text`; `corrections` (`from=to`, simplified) repair converted words and leave other texts alone."""
    characters: list[str] = []
    offsets: list[int] = []
    converted = is_traditional(text)
    source = simplify(text) if converted else text
    for index, character in enumerate(source):
        for part in _fold(character):
            characters.append(part)
            offsets.append(index)
    plain = Normalised("".join(characters), (*offsets, len(text)))
    return _correct(plain, corrections) if converted else plain


def _fold(character: str) -> str:
    if character in "\n\r":
        return "\n" if character == "\n" else ""
    folded = unicodedata.normalize("NFKC", character)
    return "".join(part for part in folded if not part.isspace() and part.isprintable()).translate(_PUNCTUATION)


def is_traditional(text: str) -> bool:
    """Whether `text` is in Traditional characters: more than a few ideographs that GB 2312 does not know."""
    ideographs = [character for character in text if "\u4e00" <= character <= "\u9fff"]
    if len(ideographs) < _ENOUGH:
        return False
    known = len("".join(ideographs).encode("gb2312", "ignore")) // 2
    return 1 - known / len(ideographs) > _TRADITIONAL_SHARE


def simplify(text: str) -> str:
    """Convert to simplified keeping the length, so that offsets hold; a phrase that would change it goes sign by sign."""
    converted = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(one if len(one := _converter().convert(character)) == 1 else character for character in text)


class _Converter(Protocol):
    def convert(self, text: str, /) -> str:
        """Convert from Traditional to simplified."""


@cache
def _converter() -> _Converter:
    import opencc  # noqa: PLC0415 - loads its tables; only converted texts need them

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


def _correct(normalised: Normalised, corrections: Sequence[str]) -> Normalised:
    for correction in corrections:
        wrong, _, right = correction.partition("=")
        if wrong and wrong in normalised.text:
            normalised = _replace(normalised, wrong, right)
    return normalised


def _replace(normalised: Normalised, wrong: str, right: str) -> Normalised:
    """Replace every `wrong`; each new character points at a place of the old word, its ends at the word's ends."""
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in re.finditer(re.escape(wrong), normalised.text):
        pieces += [normalised.text[done : match.start()], right]
        offsets += normalised.offsets[done : match.start()]
        offsets += [
            normalised.offsets[match.start() + _stretch(index, len(right), len(wrong))] for index in range(len(right))
        ]
        done = match.end()
    pieces.append(normalised.text[done:])
    offsets += normalised.offsets[done:]
    return Normalised("".join(pieces), tuple(offsets))


def _stretch(index: int, new: int, old: int) -> int:
    return old - 1 if index == new - 1 else min(index * old // new, old - 1)
