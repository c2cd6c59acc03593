"""Ruled tables of a PDF page: each run of characters finds the cell around it, each row becomes one line with tabs."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from attrtrack.reading.pdf.drawing import Drawing, Ruled
from attrtrack.reading.pdf.glyphs import Glyph
from attrtrack.reading.pdf.lines import Piece, joined_text, rows_of
from attrtrack.reading.plain.wrapping import seam

_NEAR, _PADDING, _FEWEST_LINES = 2.5, 6.0, 2
_Cell = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a ruled table; `y` is the base line of its first line, `low` its lower edge."""

    text: str
    left: float
    right: float
    y: float
    low: float
    size: float
    first: int


def tables_of(runs: list[Piece], drawing: Drawing) -> tuple[list[Piece], list[TableRow]]:
    """Return the runs that stand in no table, and the rows of the tables."""
    if len(drawing.level) < _FEWEST_LINES or len(drawing.upright) < _FEWEST_LINES:
        return runs, []
    loose: list[Piece] = []
    cells: dict[_Cell, list[Piece]] = defaultdict(list)
    for run in _cut(runs, drawing.upright):
        cell = _cell_around(run, drawing)
        if cell is None:
            loose.append(run)
        else:
            cells[cell].append(run)
    rows: list[TableRow] = []
    for row in _rows(cells):
        if len(row) == 1 and not _has_neighbour(row[0], drawing):
            loose.extend(cells[row[0]])
        else:
            rows.append(_table_row(row, cells, drawing.upright))
    return loose, rows


def _cut(runs: Iterable[Piece], upright: list[Ruled]) -> Iterable[Piece]:
    """Cut runs where a ruled line passes between two characters."""
    for run in runs:
        places = [at for at, low, high in upright if run.left < at < run.right and low <= run.y + run.size / 3 <= high]
        if not places or run.stacked:
            yield run
            continue
        edges = sorted(places)
        parts: dict[int, list[Glyph]] = defaultdict(list)
        for glyph in run.glyphs:
            middle = (glyph.left + glyph.right) / 2
            parts[sum(edge <= middle for edge in edges)].append(glyph)
        yield from (Piece.of(glyphs) for _, glyphs in sorted(parts.items()))


def _cell_around(run: Piece, drawing: Drawing) -> _Cell | None:
    """Return left, right, bottom and top of the ruled rectangle around a run, None where a side is open."""
    x, y = (run.left + min(run.right, run.left + run.size)) / 2, run.y + run.size / 3
    beside = [at for at, low, high in drawing.upright if low - _NEAR <= y <= high + _NEAR]
    above = [at for at, low, high in drawing.level if low - _NEAR <= x <= high + _NEAR]
    left = max((at for at in beside if at <= x), default=None)
    right = min((at for at in beside if at > x), default=None)
    bottom = max((at for at in above if at <= y), default=None)
    top = min((at for at in above if at > y), default=None)
    if left is None or right is None or bottom is None or top is None:
        return None
    return (left, right, bottom, top)


def _rows(cells: Iterable[_Cell]) -> list[list[_Cell]]:
    """Return the cells that begin at the same height, from left to right, rows from the top."""
    rows: list[list[_Cell]] = []
    for cell in sorted(cells, key=lambda cell: (-cell[3], cell[0])):
        if rows and abs(rows[-1][0][3] - cell[3]) <= _NEAR:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [sorted(row) for row in rows]


def _has_neighbour(cell: _Cell, drawing: Drawing) -> bool:
    """Whether a cell alone in its row stands in a table of several columns: a line ends on its upper or lower edge."""
    left, right, bottom, top = cell
    inside = [line for line in drawing.upright if left + _NEAR < line[0] < right - _NEAR]
    beside = [line for line in drawing.upright if line[0] < left - _NEAR or line[0] > right + _NEAR]
    touching = any(abs(line[1] - top) <= _NEAR or abs(line[2] - bottom) <= _NEAR for line in inside)
    return touching or any(line[1] <= bottom + _NEAR and line[2] >= top - _NEAR for line in beside)


def _table_row(row: list[_Cell], cells: dict[_Cell, list[Piece]], upright: list[Ruled]) -> TableRow:
    runs = [run for cell in row for run in cells[cell]]
    low, high = max(cell[2] for cell in row), row[0][3]
    middle = (low + high) / 2
    edges = [line[0] for line in upright if line[1] - _NEAR <= middle <= line[2] + _NEAR]
    beginnings = {cell[0]: _cell_text(cells[cell], cell) for cell in row}
    covered = [edge for edge in edges if any(cell[0] + _NEAR < edge < cell[1] - _NEAR for cell in row)]
    starts = sorted({*beginnings, *(edge for edge in edges[:-1] if edge not in covered)})
    text = "\t".join(beginnings.get(start, "") for start in starts)
    size, first = max(run.size for run in runs), min(run.first for run in runs)
    return TableRow(text, row[0][0], row[-1][1], max(run.y for run in runs), low, size, first)


def _cell_text(runs: list[Piece], cell: _Cell) -> str:
    """Return the lines of a cell as one; a line too short to have been wrapped ends with a blank."""
    text = ""
    room = 0.0
    for row in rows_of(runs):
        line = joined_text(row)
        if not line:
            continue
        if text:
            text += seam(text, line) if room < row[0].size * (first_word(line) + 1.0) else " "
        text += line
        room = cell[1] - cell[0] - _PADDING - (row[-1].right - row[0].left)
    return text


def first_word(line: str) -> float:
    """Return the width, in ideographs, of what could not be parted at the beginning of a line."""
    if not line[0].isascii():
        return 1.0 + sum(1 for _ in _closers(line[1:]))
    word = re.match(r"[!-~]{1,40}", line)
    letters = word.group() if word else ""
    return 0.5 + sum(0.75 if char.isupper() else 0.55 for char in letters) + len([*_closers(line[len(letters) :])])


def _closers(line: str) -> Iterable[str]:
    for char in line[:2]:
        if char not in "，。、；：！？）》〉”’】〕…":
            return
        yield char
