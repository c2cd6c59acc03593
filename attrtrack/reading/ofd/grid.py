"""Cells of ruled tables: the rectangle of lines around a place on the page.

Decision: a place is in a cell when ruled lines close it on all four sides; only lines that meet others count, so that
underlines and the red rule of a letterhead cut nothing.
"""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from attrtrack.reading.ofd.geometry import Stroke

_NEAR, _MEETING = 0.9, 1.5
_MOST_LINES = 1200


class Cell(NamedTuple):
    """A rectangle closed by ruled lines."""

    top: float
    left: float
    bottom: float
    right: float

    def touches(self, following: "Cell") -> bool:
        """Whether the following cell of a row begins where this one ends; otherwise an empty one stands between."""
        return following.left - self.right <= _NEAR


class Grid:
    """The ruled lines of a page."""

    def __init__(self, strokes: list[Stroke]) -> None:
        level, upright = (_joined([stroke for stroke in strokes if stroke.level is kind]) for kind in (True, False))
        if len(level) + len(upright) > _MOST_LINES:
            level, upright = [], []
        upright = sorted([*upright, *_open_sides(level, upright)], key=lambda stroke: stroke.at)
        self._level = [stroke for stroke in level if _meets(stroke, upright)]
        self._upright = [stroke for stroke in upright if _meets(stroke, level)]
        self._rows = [stroke.at for stroke in self._level]
        self._columns = [stroke.at for stroke in self._upright]

    def __bool__(self) -> bool:
        """Whether there are lines enough for two cells side by side."""
        return len(self._level) > 1 and len(self._upright) > 2  # noqa: PLR2004 - two cells have three upright lines

    def has_neighbour(self, cell: Cell) -> bool:
        """Whether a cell, empty or not, stands to the left or right; a frame around a text has none."""
        middle = (cell.top + cell.bottom) / 2
        return any(self.cell_at(x, middle) is not None for x in (cell.left - _MEETING, cell.right + _MEETING))

    @property
    def lines(self) -> int:
        """How many ruled lines there are."""
        return len(self._level) + len(self._upright)

    def cell_at(self, x: float, y: float) -> Cell | None:
        """Return the cell around a place, or None."""
        row, column = bisect_right(self._rows, y), bisect_right(self._columns, x)
        top = _nearest(self._level, range(row - 1, -1, -1), x)
        bottom = _nearest(self._level, range(row, len(self._level)), x)
        left = _nearest(self._upright, range(column - 1, -1, -1), y)
        right = _nearest(self._upright, range(column, len(self._upright)), y)
        if top is None or bottom is None or left is None or right is None:
            return None
        return Cell(top, left, bottom, right)


def _open_sides(level: list[Stroke], upright: list[Stroke]) -> list[Stroke]:
    """Close the sides of tables that are drawn without: level lines of one length with an upright one across them."""
    alike: dict[tuple[int, int], list[Stroke]] = {}
    for stroke in level:
        alike.setdefault((round(stroke.start / 2), round(stroke.end / 2)), []).append(stroke)
    sides: list[Stroke] = []
    for lines in alike.values():
        first, last = lines[0], lines[-1]
        inside = (line.at for line in upright if line.start <= first.at + _MEETING and line.end >= last.at - _MEETING)
        if len(lines) > 2 and any(first.start < at < first.end for at in inside):  # noqa: PLR2004 - two rows
            sides += [Stroke(False, at, first.at, last.at) for at in (first.start, first.end)]  # noqa: FBT003 - upright
    return sides


def _nearest(lines: list[Stroke], order: range, place: float) -> float | None:
    """Return where the first line of an order stands that passes a place on the other axis."""
    return next((lines[at].at for at in order if lines[at].start - _NEAR <= place <= lines[at].end + _NEAR), None)


def _joined(strokes: list[Stroke]) -> list[Stroke]:
    """Join strokes in one line that touch; both edges of a thin bar become one line."""
    rows: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        if rows and stroke.at - rows[-1][0].at <= _NEAR:
            rows[-1].append(stroke)
        else:
            rows.append([stroke])
    joined: list[Stroke] = []
    for row in rows:
        at = row[0].at
        start, end = None, 0.0
        for stroke in sorted(row, key=lambda stroke: stroke.start):
            if start is not None and stroke.start <= end + _NEAR:
                end = max(end, stroke.end)
                continue
            if start is not None:
                joined.append(Stroke(stroke.level, at, start, end))
            start, end = stroke.start, stroke.end
        if start is not None:
            joined.append(Stroke(row[0].level, at, start, end))
    return joined


def _meets(stroke: Stroke, crossing: list[Stroke]) -> bool:
    """Whether both ends of a line lie on lines that cross it."""
    places = [line.at for line in crossing]
    return all(
        any(
            line.start - _MEETING <= stroke.at <= line.end + _MEETING
            for line in crossing[bisect_left(places, end - _MEETING) : bisect_right(places, end + _MEETING)]
        )
        for end in (stroke.start, stroke.end)
    )
