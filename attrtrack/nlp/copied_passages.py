"""Which passages of one text stand word for word in another, in time that grows with the two lengths alone.

Only letters, figures and ideographs are compared: punctuation, width, white space, line breaks and the numbering of items
never part a passage. Runs of equal signs are found through an index of short runs and joined where few signs were put in
between or left out, so that a copy with small edits is one passage. A passage counts from a minimal length on and when most
of it is the same; shorter ones are the terms and stock phrases that any two texts on one matter share, unless they stand
side by side, a mosaic of short sentences in another order. Names of instruments, numbers and short quotations belong to a
passage but are nobody's own words, so they are not counted.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from attrtrack.domain.evidence import Span
from attrtrack.nlp.normalizer import normalise

_SEED = 4
_LEAST_OWN = 16
_LEAST_IN_MOSAIC, _LEAST_MOSAIC = 8, 40
_MOST_PUT_IN, _MOST_LEFT_OUT = 6, 40
_LEAST_SAME = 0.75
_TRIED = 6
_GOES_ON_IS_WORTH = 6
_NUMBERING = re.compile(
    r"(?:^|(?<=[\n。；：，！？]))(?:第[一二三四五六七八九十百零\d]{1,5}[章节条款项]|（[一二三四五六七八九十\d]{1,3}）"
    r"|[一二三四五六七八九十\d]{1,3}[、.](?!\d))"
)
_NUMBER = r"（[^（）]{0,40}(?:简称|号)[^（）]{0,40}）"  # in brackets: its number, or what it is called in short
_CITED = re.compile(
    r"(?:根据|依据|按照|依照)?(?:《[^《》]{1,150}(?:《[^《》]{1,100}》[^《》]{0,60})?》(?:" + _NUMBER + r")?、?)+"
    r"(?:等?(?:有关|相关)?(?:规定|要求))?"  # the names of instruments, as a basis is cited
    r"|" + _NUMBER + r"|[\u4e00-\u9fff]{0,8}〔\d{4}〕第?\d{1,5}号"
    r"|“[^“”]{1,40}”"  # a term or a short quotation
)


class Passage(NamedTuple):
    """A passage of the text (`start`, `end`) and where it stands in the source.

    `same` signs of it are equal, in order; `own` of its signs are words, not names, numbers or short quotations.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    same: int
    own: int = 0


@dataclass(frozen=True, slots=True)
class Signs:
    """A text reduced to what is compared: its signs, where each stands in the text as given (code points), which count."""

    signs: str
    places: Sequence[int]
    counted: bytes
    """One byte a sign: 1 for words, 0 for names of instruments, numbers and short quotations."""

    @classmethod
    def of(cls, text: str) -> "Signs":
        """Reduce a text: widths and Traditional characters folded, all but letters, figures and ideographs left out."""
        plain = normalise(text)
        words = _NUMBERING.sub(lambda match: "\n" * len(match.group()), plain.text)
        cited = bytearray(b"\1") * len(words)
        for match in _CITED.finditer(words):
            cited[match.start() : match.end()] = bytes(match.end() - match.start())
        kept = [place for place, sign in enumerate(words) if sign.isalnum()]
        signs = "".join([words[place] for place in kept])
        low = signs.lower()
        return cls(
            low if len(low) == len(signs) else signs,
            [plain.offsets[place] for place in kept],
            bytes([cited[place] for place in kept]),
        )

    @property
    def own(self) -> int:
        """How many signs count."""
        return self.counted.count(1)

    def span(self, start: int, end: int) -> Span:
        """Return where the signs from `start` to `end` stand in the text as given."""
        return Span(self.places[start], self.places[end - 1] + 1)


def copied_passages(text: Signs, source: Signs) -> list[Passage]:
    """Return the passages of `text` that stand in `source`, in order and apart; places count signs."""
    passages = [
        passage._replace(own=text.counted.count(1, passage.start, passage.end))
        for passage in _joined(_runs(text.signs, source.signs))
        if passage.same >= _LEAST_IN_MOSAIC and passage.same >= _LEAST_SAME * (passage.end - passage.start)
    ]
    return [
        passage
        for row in _rows(passages)
        for passage in row
        if passage.own >= (_LEAST_OWN if sum(item.own for item in row) < _LEAST_MOSAIC else 1)
    ]


def _rows(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Part the passages where the text says more of its own than a few signs: short ones count only beside others."""
    row: list[Passage] = []
    for passage in passages:
        if row and passage.start - row[-1].end > _MOST_PUT_IN:
            yield row
            row = []
        row.append(passage)
    if row:
        yield row


def _index(source: str) -> Mapping[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for place in range(len(source) - _SEED + 1):
        index[source[place : place + _SEED]].append(place)
    return index


def _runs(text: str, source: str) -> Iterator[Passage]:
    """Yield runs of equal signs from left to right, each the best that begins where the one before has ended."""
    index = _index(source)
    place = ended = 0
    while place <= len(text) - _SEED:
        known = index.get(text[place : place + _SEED])
        if known is None:
            place += 1
            continue
        begins, length = _best(text, place, source, _candidates(known, ended), ended)
        yield Passage(place, place + length, begins, begins + length, length)
        place += length
        ended = begins + length


def _candidates(known: Sequence[int], ended: int) -> Sequence[int]:
    """Return the few places to try: those that go on from the last run, then the first ones."""
    if len(known) <= _TRIED:
        return known
    on = bisect_left(known, ended)
    return (*known[on : on + _TRIED // 2], *known[: _TRIED // 2])


def _best(text: str, place: int, source: str, candidates: Sequence[int], ended: int) -> tuple[int, int]:
    best, best_length, best_worth = candidates[0], _SEED, -1
    for begins in candidates:
        length = _SEED
        most = min(len(text) - place, len(source) - begins)
        while length < most and text[place + length] == source[begins + length]:
            length += 1
        worth = length + (_GOES_ON_IS_WORTH if 0 <= begins - ended <= _MOST_LEFT_OUT else 0)
        if worth > best_worth:
            best, best_length, best_worth = begins, length, worth
    return best, best_length


def _joined(runs: Iterator[Passage]) -> Iterator[Passage]:
    """Join runs that follow one another in both texts with little between."""
    last: Passage | None = None
    for run in runs:
        if (
            last is not None
            and run.start - last.end <= _MOST_PUT_IN
            and 0 <= run.source_start - last.source_end <= _MOST_LEFT_OUT
        ):
            last = Passage(last.start, run.end, last.source_start, run.source_end, last.same + run.same)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last
