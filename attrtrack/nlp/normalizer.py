"""One form of a text for matching, with the way back to the source.

Half-width punctuation becomes full-width, digits and letters half-width, brackets of years 〔〕; white space inside a
line goes. A text that a machine converted to Traditional Chinese is turned back, with the lexicon's corrections.
Decision: only characters outside those that stay as they are (`_UNUSUAL`) are looked at, and what they become is remembered;
where every character keeps its place the offsets are a `range`.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from attrtrack.domain.evidence import Span

_PUNCTUATION = str.maketrans(",;:?!()[]【】〖〗﹝﹞", "，；：？！（）〔〕〔〕〔〕〔〕")
_LINE_ENDS = "\n\x0b\x0c\x85\u2028\u2029"
_UNUSUAL = re.compile(r"[^\u4e00-\u9fff\n，。、；：？！（）《》“”〔〕—0-9A-Za-z]")
_POINT = re.compile(r"(?<![一二三四五六七八九十])(?<=[\u4e00-\u9fff）”])\.(?=\n|\Z|[\u4e00-\u9fff“（\d])")
_TRADITIONAL_SHARE = 0.08
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text for matching; `offsets[i]` is where its character i stands in the source, the last entry the source's end.

    `converted` says that the source was in Traditional characters.
    """

    text: str
    offsets: Sequence[int]
    converted: bool = False

    def without(self, holes: Sequence[tuple[int, int]]) -> "Normalised":
        """Return the text with some ranges (rising, apart) left out; what is left keeps its places in the source."""
        pieces: list[str] = []
        offsets: list[int] = []
        done = 0
        for start, end in (*holes, (len(self.text), len(self.text))):
            pieces.append(self.text[done:start])
            offsets.extend(self.offsets[done:start])
            done = end
        return replace(self, text="".join(pieces), offsets=(*offsets, self.offsets[-1]))

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
    converted = is_traditional(text)
    source = simplify(text) if converted else text
    if "\n" not in source:
        source = source.replace("\r", "\n")
    plain = _folded(source)
    return replace(_correct(plain, corrections), converted=True) if converted else plain


@dataclass(frozen=True, slots=True)
class _Folds:
    """What is remembered of unusual characters: those met, and what those become that change."""

    met: set[str]
    changes: dict[str, str]

    def learn(self, characters: Iterable[str]) -> None:
        for character in characters:
            folded = _fold(character)
            self.met.add(character)
            if folded != character:
                self.changes[character] = folded


@cache
def _folds() -> _Folds:
    return _Folds(set(), {})


def _folded(source: str) -> Normalised:
    folds = _folds()
    met = set(_UNUSUAL.findall(source))
    if not met <= folds.met:
        folds.learn(met - folds.met)
    changed = folds.changes.keys() & met
    text = source
    for character in changed:
        text = text.replace(character, folds.changes[character])
    if "." in text:
        text = _POINT.sub("。", text)
    moving = {character: folds.changes[character] for character in changed if len(folds.changes[character]) != 1}
    return Normalised(text, _offsets(source, moving) if moving else range(len(source) + 1))


def _offsets(source: str, moving: Mapping[str, str]) -> Sequence[int]:
    """Return where each character of the folded text stands, from the places of those that go or become several."""
    offsets: list[int] = []
    done = 0
    for place in sorted(place for character in moving for place in _places(character, source)):
        offsets.extend(range(done, place))
        offsets.extend([place] * len(moving[source[place]]))
        done = place + 1
    offsets.extend(range(done, len(source) + 1))
    return offsets


def _places(character: str, text: str) -> Iterator[int]:
    place = text.find(character)
    while place >= 0:
        yield place
        place = text.find(character, place + 1)


def _fold(character: str) -> str:
    if character in _LINE_ENDS:
        return "\n"
    folded = unicodedata.normalize("NFKC", character)
    return "".join(part for part in folded if not part.isspace() and part.isprintable()).translate(_PUNCTUATION)


def is_traditional(text: str) -> bool:
    """Whether `text` is in Traditional characters: more than a few ideographs that GB 2312 does not know."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return _is_beyond_gb2312(text)
    return False


def _is_beyond_gb2312(text: str) -> bool:
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
        offsets.extend(normalised.offsets[done : match.start()])
        offsets += [
            normalised.offsets[match.start() + _stretch(index, len(right), len(wrong))] for index in range(len(right))
        ]
        done = match.end()
    pieces.append(normalised.text[done:])
    offsets.extend(normalised.offsets[done:])
    return Normalised("".join(pieces), tuple(offsets))


def _stretch(index: int, new: int, old: int) -> int:
    return old - 1 if index == new - 1 else min(index * old // new, old - 1)
