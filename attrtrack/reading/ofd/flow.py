"""The reading order of an OFD page: tables row by row, columns one after the other, the rest from top to bottom.

Decision: the direction in which most characters read is the page's own, so a page turned by a right angle and a page
written downwards read as any other; labels turned otherwise stand as lines of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from attrtrack.reading.ofd.geometry import Stroke
from attrtrack.reading.ofd.grid import Cell, Grid
from attrtrack.reading.ofd.lines import Piece, in_frames, lines_of
from attrtrack.reading.ofd.objects import Drawn
from attrtrack.reading.ofd.runs import Run, turned
from attrtrack.reading.plain.wrapping import seam

_MOST_CELLS, _MOST_IN_GRID = 800, 3_000_000
_SAME_ROW, _FILLS, _PITCH = 1.5, 2.2, 2.0
_FEWEST_LINES, _FULL, _NARROWEST = 5, 0.7, 10.0
_CUTS = tuple(share / 100 for share in range(34, 67, 2))
_MIDDLE = 0.35


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page as it reads; `cells` when it is a row of a ruled table, `block` counts columns of text.

    `left`, `right` and `base` (its baseline) are millimetres in the page's own direction.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    block: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page in reading order, and the page's edges in the same frame."""

    rows: tuple[Row, ...]
    top: float
    bottom: float
    left: float
    right: float


def page_of(drawn: Drawn, edges: tuple[float, float, float, float]) -> Page:
    """Put the runs of a page in reading order; `edges` are left, top, width and height of the paper."""
    frames = in_frames(drawn.runs)
    main = max(frames, key=lambda quarter: sum(len(run.text) for run in frames[quarter]), default=0)
    one = turned((edges[0], edges[1]), main)
    other = turned((edges[0] + edges[2], edges[1] + edges[3]), main)
    grid = Grid([_turned_stroke(stroke, main) for stroke in drawn.strokes])
    free, cells = _in_cells(drawn.runs, grid, main)
    placed = [*_table_rows(cells, main), *_free_rows(free, main)]
    rows = [row for _, group in sorted(placed, key=lambda item: item[0]) for row in group]
    return Page(
        tuple(rows),
        top=min(one[1], other[1]),
        bottom=max(one[1], other[1]),
        left=min(one[0], other[0]),
        right=max(one[0], other[0]),
    )


def _turned_stroke(stroke: Stroke, quarter: int) -> Stroke:
    if not quarter:
        return stroke
    ends = [(stroke.start, stroke.at), (stroke.end, stroke.at)] if stroke.level else []
    ends = ends or [(stroke.at, stroke.start), (stroke.at, stroke.end)]
    one, other = (turned(end, quarter) for end in ends)
    axis = 1 if abs(one[0] - other[0]) < abs(one[1] - other[1]) else 0
    return Stroke(axis == 0, one[1 - axis], *sorted((one[axis], other[axis])))


def _middle(run: Run, main: int) -> tuple[float, float]:
    """Return the middle of a run in the page's own direction."""
    along, across = (run.lefts[0] + run.end) / 2, run.base - _MIDDLE * run.size
    return turned((along, across), -(run.quarter - main))


def _in_cells(runs: list[Run], grid: Grid, main: int) -> tuple[list[Run], dict[Cell, list[Run]]]:
    """Part the runs of a page into free ones and those in cells that have a cell beside them."""
    if not grid or len(runs) * grid.lines > _MOST_IN_GRID:
        return runs, {}
    free: list[Run] = []
    cells: dict[Cell, list[Run]] = {}
    for run in runs:
        cell = grid.cell_at(*_middle(run, main))
        (free if cell is None else cells.setdefault(cell, [])).append(run)
    if len(cells) > _MOST_CELLS:
        return runs, {}
    table = {cell: held for cell, held in cells.items() if grid.has_neighbour(cell)}
    free.extend(run for cell, held in cells.items() if cell not in table for run in held)
    return free, table


def _table_rows(cells: dict[Cell, list[Run]], main: int) -> Iterator[tuple[float, list[Row]]]:
    """Yield each row of a table with its place from above."""
    rows: list[list[Cell]] = []
    for cell in sorted(cells):
        if rows and cell.top - rows[-1][0].top <= _SAME_ROW:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    for row in rows:
        ordered = sorted(row, key=lambda cell: cell.left)
        texts: list[str] = []
        for before, cell in zip([ordered[0], *ordered], ordered, strict=False):
            texts.extend([] if before.touches(cell) or cell is before else [""])
            texts.append(_cell_text(cells[cell], cell, main))
        size = max(run.size for cell in row for run in cells[cell])
        if any(texts):
            edges = ordered[0].left, ordered[-1].right, row[0].bottom
            yield row[0].top, [Row("\t".join(texts), *edges, size, cells=tuple(texts))]


def _cell_text(runs: list[Run], cell: Cell, main: int) -> str:
    """Return the text of a cell on one line; a line that fills the cell goes on in the next without a blank."""
    text = ""
    for quarter, held in in_frames(runs).items():
        room = cell.right - cell.left if (quarter - main) % 2 == 0 else cell.bottom - cell.top
        reached: float | None = None
        for line in lines_of(held):
            words = " ".join(piece.text for piece in line)
            goes_on = reached is not None and line[0].base <= reached
            text += ("" if not text else seam(text, words) if goes_on else " ") + words
            full = room - (line[-1].right - line[0].left) < _FILLS * line[0].size
            reached = line[0].base + _PITCH * line[0].size if full else None
    return text


def _free_rows(runs: list[Run], main: int) -> Iterator[tuple[float, list[Row]]]:
    """Yield the lines outside tables, each with its place from above; a text set in columns is one item."""
    for quarter, held in in_frames(runs).items():
        lines = lines_of(held)
        if quarter == main:
            yield from _in_columns(lines)
            continue
        for line in lines:
            corners = (
                turned((line[0].left, line[0].base), main - quarter),
                turned((line[-1].right, line[0].top), main - quarter),
            )
            row = _row(line)
            left, right = sorted(corner[0] for corner in corners)
            top, bottom = sorted(corner[1] for corner in corners)
            yield top, [Row(row.text, left, right, bottom, row.size, block=-1)]


def _row(line: list[Piece], block: int = 0) -> Row:
    size = max(line, key=lambda piece: len(piece.text)).size
    return Row("\t".join(piece.text for piece in line), line[0].left, line[-1].right, line[0].base, size, block)


def _in_columns(lines: list[list[Piece]]) -> Iterator[tuple[float, list[Row]]]:
    """Yield lines, and where the page is clearly set in two columns the left one's lines before the right one's."""
    cut = _best_cut(lines)
    band: list[list[Piece]] = []
    block = 1
    for line in [*lines, []]:
        if cut is not None and line and not any(piece.left < cut < piece.right for piece in line):
            band.append(line)
            continue
        if cut is not None and _is_set_in_columns(band, cut):
            halves = (
                [piece for line in band for piece in line if (piece.right <= cut) is side] for side in (True, False)
            )
            rows = [_row([piece], block + number) for number, half in enumerate(halves) for piece in half]
            yield band[0][0].top, rows
            block += 2
        else:
            yield from ((part[0].top, [_row(part)]) for part in band)
        band = []
        if line:
            yield line[0].top, [_row(line)]


def _best_cut(lines: list[list[Piece]]) -> float | None:
    """Return the upright cut near the middle with most pieces on both sides of it and fewest across it."""
    pieces = [piece for line in lines for piece in line]
    if len(pieces) < 2 * _FEWEST_LINES:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    best, most = None, _FEWEST_LINES - 1
    for share in _CUTS:
        cut = left + share * (right - left)
        before = sum(piece.right <= cut for piece in pieces)
        after = sum(piece.left >= cut for piece in pieces)
        score = min(before, after) - (len(pieces) - before - after) // 4
        if score > most:
            best, most = cut, score
    return best


def _is_set_in_columns(band: list[list[Piece]], cut: float) -> bool:
    """Whether both sides of a cut hold running text, which fills its column; a list of labels and values does not."""
    for side in (True, False):
        half = [piece for line in band for piece in line if (piece.right <= cut) is side]
        if len(half) < _FEWEST_LINES:
            return False
        left, right = min(piece.left for piece in half), max(piece.right for piece in half)
        widths = median(piece.right - piece.left for piece in half)
        if widths < _FULL * (right - left) or right - left < _NARROWEST * median(piece.size for piece in half):
            return False
    return True
