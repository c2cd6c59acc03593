"""Text objects of an OFD page cut into runs: what stands on one baseline without a jump.

The characters are those of TextCode: CGTransform only says which glyphs draw them (GB/T 33190—2016, 11.4). A text
object may hold a line, a word or one character.
"""

import math
import statistics
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from attrtrack.reading.limits import too_large
from attrtrack.reading.ofd.geometry import Matrix, deltas, number
from attrtrack.reading.ofd.package import children
from attrtrack.reading.word.marked import PRIVATE_SIGNS

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_RUN = 20_000
_BLANKS = str.maketrans({"\t": " ", "\u00a0": " "})
_NARROW = frozenset("ijlftrI.,;:'|!()[]{} ")
_BROAD = frozenset("mwMW@%")
_JUMP, _OFF_LINE, _TILT = 1.2, 0.2, 8.0


@dataclass(frozen=True, slots=True)
class Run:
    """Characters on one baseline; `lefts` are their places along the baseline, `base` the place of the baseline.

    Both are in the run's own frame, in which it reads from left to right: `quarter` says by how many right angles
    that frame is turned (1: downwards on the page). Wide blanks of the source are runs of their own, of one blank.
    """

    text: str
    lefts: list[float]
    base: float
    end: float
    size: float
    quarter: int = 0


def runs_of(element: "_Element", to_page: Matrix) -> Iterator[tuple[Run, bool]]:
    """Yield the runs of a text object and whether each is tilted."""
    size, wide = number(element.get("Size"), 3.5), number(element.get("HScale"), 1.0) or 1.0
    vertical = round(number(element.get("ReadDirection"), 0.0) / 90) % 4
    x = y = 0.0
    for code in children(element, "TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        text = _clean("".join(map(str, code.itertext())) if len(code) else code.text or "")
        if len(text) > _LONGEST_RUN:
            raise too_large()
        if len(text) == 1 and to_page.a > 0 < to_page.d and to_page.b == to_page.c == 0 == vertical:
            left, base = to_page.at(x, y)
            end = left + advance(text) * size * wide * to_page.a
            yield Run(text if not text.isspace() else " ", [left], base, end, max(size * to_page.d, 0.01)), False
        elif text:
            steps = _steps(code, text, em=size * wide, vertical=vertical)
            yield from _Line(text, (x, y), steps, to_page, size * wide, size, vertical).runs()


def _clean(text: str) -> str:
    """Drop control characters, and the line breaks and indentation that pretty-printing puts around the characters."""
    if "\n" in text or "\r" in text:
        text = "".join(line.strip(" \t") for line in text.splitlines())
    if text.isprintable():
        return text
    return "".join(filter(_is_written, text.translate(_BLANKS).translate(PRIVATE_SIGNS)))


def _is_written(char: str) -> bool:
    """Whether a character prints something or parts what does; those of private use are kept, as rare names need them."""
    return char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Cn"}


def _steps(code: "_Element", text: str, *, em: float, vertical: int) -> tuple[list[float], list[float]]:
    """Return the steps in x and y between the characters; where a program gives none, the usual widths."""
    count = len(text) - 1
    across, down = deltas(code.get("DeltaX"), count), deltas(code.get("DeltaY"), count)
    if not across and not down:
        widths = [advance(char) * em for char in text[:-1]]
        across, down = (widths, []) if not vertical % 2 else ([], widths)
        if vertical >= 2:  # noqa: PLR2004 - two or three right angles: leftwards or upwards
            across, down = [-step for step in across], [-step for step in down]
    return _filled(across, count), _filled(down, count)


def _filled(steps: list[float], count: int) -> list[float]:
    return steps + [steps[-1] if steps else 0.0] * (count - len(steps))


def advance(char: str) -> float:
    """Return the usual width of a character, as a share of the font size."""
    if not char.isascii():
        return 1.0
    if char in _NARROW:
        return 0.3
    if char in _BROAD:
        return 0.85
    return 0.65 if char.isupper() else 0.5


@dataclass(frozen=True, slots=True)
class _Line:
    """One TextCode about to be cut into runs: its characters, start, steps, map, size along and across, direction."""

    text: str
    start: tuple[float, float]
    steps: tuple[list[float], list[float]]
    to_page: Matrix
    em: float
    size: float
    direction: int

    def runs(self) -> Iterator[tuple[Run, bool]]:
        """Yield the runs; a jump along the line, a step off it and two blanks end a run."""
        angle = self._angle()
        quarter = round(angle / 90) % 4
        tilted = abs(angle - 90 * round(angle / 90)) > _TILT
        xs = accumulate(self.steps[0], initial=self.start[0])
        ys = accumulate(self.steps[1], initial=self.start[1])
        points = [self.to_page.at(x, y) for x, y in zip(xs, ys, strict=True)]
        places = [_tilted(point, angle) if tilted else turned(point, quarter) for point in points]
        sideways = quarter % 2 and abs(self.to_page.a) + abs(self.to_page.d) < abs(self.to_page.b) + abs(self.to_page.c)
        along = math.hypot(self.to_page.a, self.to_page.b) * self.em
        across = math.hypot(self.to_page.c, self.to_page.d) * self.size
        em = max(across if quarter % 2 and not sideways else along, 0.01)
        for run in _cut(self.text, places, em=em, size=max(across, 0.01), quarter=quarter):
            yield run, tilted

    def _angle(self) -> float:
        """Return by how many degrees the line is turned on the page, clockwise."""
        across, down = self.steps
        wide, high = sum(map(abs, across)), sum(map(abs, down))
        if not wide and not high:
            way = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[self.direction]
        elif wide >= high:
            backwards = sum(step < 0 for step in across) > len(across) / 2
            way = (-1.0 if backwards else 1.0, 0.0)
        else:
            way = (0.0, -1.0 if sum(step < 0 for step in down) > len(down) / 2 else 1.0)
        dx = self.to_page.a * way[0] + self.to_page.c * way[1]
        dy = self.to_page.b * way[0] + self.to_page.d * way[1]
        return math.degrees(math.atan2(dy, dx))


def turned(point: tuple[float, float], quarter: int) -> tuple[float, float]:
    """Return a point of the page in a frame turned by right angles, in which text so turned reads left to right."""
    x, y = point
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter % 4]


def _tilted(point: tuple[float, float], angle: float) -> tuple[float, float]:
    """Return a point in the frame of text turned by any angle."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return point[0] * cosine + point[1] * sine, point[1] * cosine - point[0] * sine


def _cut(text: str, places: list[tuple[float, float]], *, em: float, size: float, quarter: int) -> Iterator[Run]:
    """Cut a line of characters where it jumps, steps off its baseline, or leaves two blanks or more."""
    usual = [advance(char) * em for char in text]
    slack = [after[0] - before[0] - width for before, after, width in zip(places, places[1:], usual, strict=False)]
    spread = max(0.0, statistics.median(slack)) if slack else 0.0
    pieces: list[list[int]] = [[]]
    for index in range(len(text)):
        if index and _breaks(places[index - 1], places[index], usual=usual[index - 1] + spread, size=size):
            pieces.append([])
        pieces[-1].append(index)
    for piece in pieces:
        for words in _words(text, piece):
            lefts = [places[index][0] for index in words]
            end = max(lefts[-1] + usual[words[-1]], lefts[0])
            written = "".join(text[index] for index in words).strip() or " "
            yield Run(written, lefts[: len(written)], places[words[0]][1], end, size, quarter)


def _breaks(before: tuple[float, float], here: tuple[float, float], *, usual: float, size: float) -> bool:
    step = here[0] - before[0]
    return abs(here[1] - before[1]) > _OFF_LINE * size or step < -0.5 * size or step > usual + _JUMP * size


def _words(text: str, piece: list[int]) -> Iterator[list[int]]:
    """Yield the characters between wide blanks, and each such blank by itself; a single blank stays in its words."""
    words: list[int] = []
    blanks: list[int] = []
    for index in piece:
        if text[index].isspace():
            blanks.append(index)
            continue
        if blanks and (len(blanks) > 1 or not words):
            yield from filter(None, (words, blanks))
            words = []
        else:
            words.extend(blanks)
        blanks = []
        words.append(index)
    yield from filter(None, (words, blanks))
