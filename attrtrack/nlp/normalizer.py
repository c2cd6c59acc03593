"""One form of a text for matching, with the way back to the source.

Half-width punctuation becomes full-width, digits and letters half-width, brackets of years 〔〕; white space inside a
line goes. A text that a machine converted to Traditional Chinese is turned back, with the lexicon's corrections.
Decision: only characters outside those that stay as they are (`_UNUSUAL`) are looked at, and what they become is remembered;
nearly every character keeps its place beside the next, so that offsets are kept as ranges.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, chain, repeat
from typing import Protocol, overload

from attrtrack.domain.evidence import Span

_PUNCTUATION = str.maketrans(",;:?!()[]【】〖〗﹝﹞", "，；：？！（）〔〕〔〕〔〕〔〕")
_LINE_ENDS = "\n\x0b\x0c\x85\u2028\u2029"
_UNUSUAL = re.compile(r"[^\u4e00-\u9fff\n，。、；：？！（）《》“”〔〕—0-9A-Za-z]")
_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]+")
_POINT = re.compile(r"\.(?<=[\u4e00-\u9fff）”]\.)(?<![一二三四五六七八九十]\.)(?=\n|\Z|[\u4e00-\u9fff“（\d])")
_TRADITIONAL_SHARE = 0.08
_ENOUGH = 20


class Offsets(Sequence[int]):
    """Numbers that rise by one but for a few leaps, kept as ranges one after the other; ranges that are empty go."""

    def __init__(self, ranges: Iterable[range]) -> None:
        self._ranges = [one for one in ranges if one]
        self._starts = list(accumulate(map(len, self._ranges), initial=0))

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> "Offsets": ...
    def __getitem__(self, index: int | slice) -> "int | Offsets":
        if isinstance(index, slice):
            return Offsets(self.part(*index.indices(len(self))[:2]))
        at = index + len(self) if index < 0 else index
        piece = bisect_right(self._starts, at) - 1
        return self._ranges[piece][at - self._starts[piece]]

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self._ranges)

    def part(self, start: int, end: int) -> Iterator[range]:
        """Yield the ranges of some places; empty ones are among them."""
        for at, one in zip(self._starts, self._ranges, strict=False):
            yield one[max(start - at, 0) : max(end - at, 0)]

    @property
    def leaps(self) -> Mapping[int, int]:
        """How many numbers are left out, by the place before which they are."""
        befores = [0, *[one[-1] + 1 for one in self._ranges]]
        return {at: one[0] - before for at, one, before in zip(self._starts, self._ranges, befores, strict=False)}

    def without(self, holes: Sequence[tuple[int, int]]) -> "Offsets":
        """Return what is left when some ranges of places (rising, apart) are left out."""
        starts = (0, *[end for _, end in holes])
        ends = (*[start for start, _ in holes], len(self))
        return Offsets(one for start, end in zip(starts, ends, strict=True) for one in self.part(start, end))


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text for matching; `offsets[i]` is where its character i stands in the source, the last entry the source's end.

    `converted` says that the source was in Traditional characters.
    """

    text: str
    offsets: Offsets
    converted: bool = False

    def without(self, holes: Sequence[tuple[int, int]]) -> "Normalised":
        """Return the text with some ranges (rising, apart) left out; what is left keeps its places in the source."""
        starts = (0, *[end for _, end in holes])
        ends = (*[start for start, _ in holes], len(self.text))
        text = "".join([self.text[start:end] for start, end in zip(starts, ends, strict=True)])
        return replace(self, text=text, offsets=self.offsets.without(holes))

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
    folded = _folded(_source(text, converted=converted))
    return replace(_correct(folded, corrections), converted=True) if converted else folded


def plain(text: str) -> str:
    """Normalise `text`, without the way back to the source."""
    return _written(_source(text, converted=is_traditional(text)))[0]


def _source(text: str, *, converted: bool) -> str:
    source = simplify(text) if converted else text
    return source if "\n" in source else source.replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class _Folds:
    """What is remembered of unusual characters: those met, and what those become that change."""

    met: set[str]
    changes: dict[str, str]

    def learn(self, characters: Iterable[str]) -> None:
        for character in characters:
            folded = fold_sign(character)
            self.met.add(character)
            if folded != character:
                self.changes[character] = folded


@cache
def _folds() -> _Folds:
    return _Folds(set(), {})


def _folded(source: str) -> Normalised:
    text, changes = _written(source)
    moving = {character: folded for character, folded in changes.items() if len(folded) != 1}
    return Normalised(text, Offsets(_kept(source, moving) if moving else (range(len(source) + 1),)))


def _written(source: str) -> tuple[str, Mapping[str, str]]:
    """Return a text with its unusual characters as they become, and what becomes of those that change."""
    met = set(_UNUSUAL.findall(source))
    if not met:
        return source, {}
    folds = _folds()
    if not met <= folds.met:
        folds.learn(met - folds.met)
    changes = {character: folds.changes[character] for character in folds.changes.keys() & met}
    text = source
    for character, folded in changes.items():
        text = text.replace(character, folded)
    return (_POINT.sub("。", text) if "." in text else text), changes


def _kept(source: str, moving: Mapping[str, str]) -> Iterator[range]:
    """Yield where the characters of the folded text stand, from the places of those that go or become several."""
    done = 0
    for place in sorted(place for character in moving for place in _places(character, source)):
        yield range(done, place)
        yield from repeat(range(place, place + 1), len(moving[source[place]]))
        done = place + 1
    yield range(done, len(source) + 1)


def _places(character: str, text: str) -> Iterator[int]:
    place = text.find(character)
    while place >= 0:
        yield place
        place = text.find(character, place + 1)


def fold_sign(character: str) -> str:
    """Return what one sign becomes, whatever stands beside it: nothing, one sign or several."""
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
    ideographs = "".join(_IDEOGRAPHS.findall(text))
    if len(ideographs) < _ENOUGH:
        return False
    known = len(ideographs.encode("gb2312", "ignore")) // 2
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
    ranges: list[range] = []
    done = 0
    offsets = normalised.offsets
    for match in re.finditer(re.escape(wrong), normalised.text):
        start = match.start()
        pieces += [normalised.text[done:start], right]
        ranges += offsets.part(done, start)
        for index in range(len(right)):
            place = offsets[start + _stretch(index, len(right), len(wrong))]
            ranges.append(range(place, place + 1))
        done = match.end()
    pieces.append(normalised.text[done:])
    return Normalised("".join(pieces), Offsets([*ranges, *offsets.part(done, len(offsets))]))


def _stretch(index: int, new: int, old: int) -> int:
    return old - 1 if index == new - 1 else min(index * old // new, old - 1)
