"""Numbers, matrices and strokes of OFD pages: millimetres, y downwards, a matrix as six numbers (GB/T 33190—2016, 7.6)."""

import math
import re
from typing import NamedTuple

_LARGEST = 1e5
_TOKENS = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_MOST_TOKENS = 4000
# how many numbers each path operator takes; the last two are the point it ends at
_TAKES = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
_SHORTEST_STROKE, _SLANT = 2.0, 0.3


class Matrix(NamedTuple):
    """The affine map x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Map a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inside(self, outer: "Matrix") -> "Matrix":
        """Return the map that applies this matrix first, then the outer one."""
        e, f = outer.at(self.e, self.f)
        return Matrix(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            e,
            f,
        )


class Stroke(NamedTuple):
    """A level or upright line: `at` is its y or x, `start` to `end` its extent on the other axis."""

    level: bool
    at: float
    start: float
    end: float


IDENTITY = Matrix()


def number(value: str | None, default: float) -> float:
    """Read a number; what is none, not finite or beyond any page is the default."""
    try:
        read = float(value or "")
    except ValueError:
        return default
    return read if abs(read) < _LARGEST else default


def numbers(value: str | None) -> list[float]:
    """Read the numbers of a list, at most a few thousand."""
    return [number(token, 0.0) for token in (value or "").replace(",", " ").split(None, _MOST_TOKENS)[:_MOST_TOKENS]]


def box(value: str | None) -> tuple[float, float, float, float] | None:
    """Read left, top, width and height, or None."""
    read = numbers(value)
    return (read[0], read[1], read[2], read[3]) if len(read) >= 4 else None  # noqa: PLR2004 - a box has four numbers


def matrix(ctm: str | None, boundary: str | None, outer: Matrix) -> Matrix:
    """Return the map from an object's own space to the page: its CTM, its place, the container's map."""
    read = numbers(ctm) if ctm else ()
    own = Matrix(*read[:6]) if len(read) >= 6 else IDENTITY  # noqa: PLR2004 - six numbers make a matrix
    place = box(boundary)
    if place is not None:
        own = Matrix(own.a, own.b, own.c, own.d, own.e + place[0], own.f + place[1])
    return own if outer is IDENTITY else own.inside(outer)


def deltas(value: str | None, count: int) -> list[float]:
    """Read at most `count` steps between characters; `g n v` stands for n times v."""
    steps: list[float] = []
    tokens = iter((value or "").replace(",", " ").split(None, 4 * count + 4))
    for token in tokens:
        if len(steps) >= count:
            break
        if token not in {"g", "G"}:
            steps.append(number(token, 0.0))
            continue
        times = int(number(next(tokens, ""), 0.0))
        steps.extend([number(next(tokens, ""), 0.0)] * max(0, min(times, count - len(steps))))
    return steps


def strokes(path: str, place: Matrix) -> list[Stroke]:
    """Return the level and upright lines of a path, as drawn on the page; curves are passed over."""
    found: list[Stroke] = []
    begun = here = place.at(0.0, 0.0)
    tokens = _TOKENS.findall(path[: 16 * _MOST_TOKENS])
    index = 0
    while index < len(tokens):
        operator = tokens[index].upper()
        index += 1
        if operator == "C":
            found.extend(_stroke(here, begun))
            here = begun
        if operator not in _TAKES:
            continue
        taken = tokens[index : index + _TAKES[operator]]
        index += len(taken)
        if len(taken) < _TAKES[operator] or taken[-1].isalpha() or taken[-2].isalpha():
            break
        there = place.at(number(taken[-2], 0.0), number(taken[-1], 0.0))
        if operator == "L":
            found.extend(_stroke(here, there))
        begun = there if operator in "MS" else begun
        here = there
    return found


def _stroke(one: tuple[float, float], other: tuple[float, float]) -> list[Stroke]:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if max(wide, high) < _SHORTEST_STROKE or min(wide, high) > _SLANT or not math.isfinite(wide + high):
        return []
    axis = 0 if wide > high else 1
    return [Stroke(axis == 0, one[1 - axis], min(one[axis], other[axis]), max(one[axis], other[axis]))]
