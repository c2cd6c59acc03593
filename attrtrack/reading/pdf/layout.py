"""One PDF page as lines in reading order: tables row by row, columns one after the other where they are clear."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from attrtrack.reading.pdf.drawing import Drawing
from attrtrack.reading.pdf.glyphs import Glyph
from attrtrack.reading.pdf.lines import Piece, joined_text, rows_of, runs_of
from attrtrack.reading.pdf.tables import TableRow, tables_of

_FEWEST_ROWS, _FEWEST_BESIDE, _DEEPEST, _MOST_GUTTERS = 3, 2, 2, 6
_LISTED, _FULL, _SURELY_FULL, _BESIDE = 0.35, 0.55, 0.8, 0.6
_SAME_SIZE, _FURTHEST_INDENT = 0.08, 3.5
_Part = Piece | TableRow
_Row = list[_Part]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or one row of a table: its text, its place, and the edges of the column it stands in.

    `low` is its last base line, `spaced` says that a blank was written before it.
    """

    text: str
    left: float
    right: float
    y: float
    low: float
    size: float
    page: int = 0
    column: tuple[float, float] | None = None
    tabular: bool = False
    spaced: bool = False


def lines_of_page(glyphs: list[Glyph], drawing: Drawing, page: int) -> list[Line]:
    """Return the lines of one page, read as a person reads them."""
    loose, table_rows = tables_of(runs_of(glyphs), drawing)
    rows: list[_Row] = [list(row) for row in rows_of(loose)]
    rows.extend([row] for row in table_rows)
    rows.sort(key=lambda row: -max(part.y for part in row))
    return _in_order(rows, page, 0)


def _in_order(rows: list[_Row], page: int, depth: int) -> list[Line]:
    gutter = _gutter(rows) if depth < _DEEPEST else None
    if gutter is None:
        return _plain(rows, page, depth)
    lines: list[Line] = []
    for band, is_columns in _bands(rows, gutter):
        if is_columns:
            for side in (-1, 1):
                lines.extend(_in_order(_side(band, gutter, side), page, depth + 1))
        else:
            lines.extend(_plain(band, page, depth))
    return lines


def _gutter(rows: list[_Row]) -> float | None:
    """Return the left edge of a second column: many pieces begin there and the bands without a crossing are columns."""
    parts = [part for row in rows for part in row if not isinstance(part, TableRow)]
    if len(parts) < 2 * _FEWEST_BESIDE:
        return None
    low, high = min(part.left for part in parts), max(part.right for part in parts)
    starts = Counter(round(part.left / 3) for part in parts if part.left > low + 0.2 * (high - low))
    frequent = (start * 3 - 3.0 for start, count in starts.most_common(_MOST_GUTTERS) if count >= _FEWEST_BESIDE)
    best = max(((_columned(rows, gutter), gutter) for gutter in frequent), default=(0, 0.0))
    return best[1] if best[0] else None


def _columned(rows: list[_Row], gutter: float) -> int:
    return sum(len(band) for band, is_columns in _bands(rows, gutter) if is_columns)


def _bands(rows: list[_Row], gutter: float) -> list[tuple[list[_Row], bool]]:
    """Part the page at the lines that cross the gutter; tell which bands are columns."""
    bands: list[tuple[list[_Row], bool]] = []
    band: list[_Row] = []
    for row in rows:
        if any(part.left < gutter - 1 and part.right > gutter + 1 for part in row):
            bands.extend([*_judged(band, gutter), ([row], False)])
            band = []
        else:
            band.append(row)
    bands.extend(_judged(band, gutter))
    return [band for band in bands if band[0]]


def _judged(band: list[_Row], gutter: float) -> list[tuple[list[_Row], bool]]:
    """Tell whether a band is columns; what follows them, of another size or further in, such as a signature, is not."""
    if not band:
        return []
    sizes = Counter(round(part.size) for row in band for part in row)
    usual = sizes.most_common(1)[0][0]
    strange = [
        all(abs(part.size - usual) > _SAME_SIZE * usual for part in row) or _is_inset(row, gutter) for row in band
    ]
    start, end = 0, len(band)
    while start < end and strange[start]:
        start += 1
    beside = [index for index, row in enumerate(band) if row[0].left < gutter <= row[-1].left + 1]
    last = beside[-1] if beside else start
    end = next((index for index in range(last + 1, end) if strange[index]), end)
    columns = _is_columns(band[start:end], gutter)
    return [(band[:start], False), (band[start:end], columns), (band[end:], False)] if columns else [(band, False)]


def _is_inset(row: _Row, gutter: float) -> bool:
    return row[0].left > gutter + _FURTHEST_INDENT * row[0].size


def _side(band: list[_Row], gutter: float, side: int) -> list[_Row]:
    rows = ([part for part in row if (part.right <= gutter + 1) == (side < 0)] for row in band)
    return [row for row in rows if row]


def _is_columns(band: list[_Row], gutter: float) -> bool:
    """Whether both sides are running text beside each other: mostly full lines, and written one side after the other."""
    left, right = _side(band, gutter, -1), _side(band, gutter, 1)
    fewest = min(len(left), len(right))
    if fewest < _FEWEST_BESIDE:
        return False
    low, high = left[-1][0].y - left[-1][0].size, left[0][0].y + left[0][0].size
    if sum(low <= row[0].y <= high for row in right) < _BESIDE * len(right):
        return False
    fullness = min(_fullness(left), _fullness(right))
    order = sorted((part.first, part.left >= gutter - 1) for row in band for part in row)
    changes = sum(one[1] != other[1] for one, other in pairwise(order))
    if fewest < _FEWEST_ROWS:
        return changes == 1 and fullness >= _LISTED
    if changes <= max(2, 0.2 * len(order)):
        return fullness >= (_LISTED if changes <= 2 else _FULL)  # noqa: PLR2004 - left, then right, is how columns are written
    return fullness >= _SURELY_FULL and len(right) > _FEWEST_ROWS + 1


def _fullness(rows: list[_Row]) -> float:
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    inked = sum(part.right - part.left for row in rows for part in row)
    return inked / len(rows) / max(right - left, 1.0)


def _plain(rows: list[_Row], page: int, depth: int) -> list[Line]:
    """Return lines from top to bottom; pieces that stand under one another over several lines are parted by tabs."""
    edges = None
    if depth:
        edges = (min(row[0].left for row in rows), max(row[-1].right for row in rows))
    tabbed = _aligned(rows)
    return [_line(row, page, edges, tab=tab) for row, tab in zip(rows, tabbed, strict=True)]


def _aligned(rows: list[_Row]) -> list[bool]:
    """Tell which lines are rows of a table without ruled lines: three and more pieces, or two over three lines."""
    alike = [_under(one, other) for one, other in pairwise(rows)]
    tabbed = [False] * len(rows)
    for index, row in enumerate(rows):
        before = index > 0 and alike[index - 1]
        after = index < len(alike) and alike[index]
        longer = (index > 1 and before and alike[index - 2]) or (index + 1 < len(alike) and after and alike[index + 1])
        tabbed[index] = (len(row) > 2 and (before or after)) or (before and after) or bool(longer)  # noqa: PLR2004 - columns
    return tabbed


def _under(one: _Row, other: _Row) -> bool:
    if len(one) < 2 or len(one) != len(other):  # noqa: PLR2004 - a row has two pieces
        return False
    return all(
        min(abs(a.left - b.left), abs(a.right - b.right), abs(a.left + a.right - b.left - b.right) / 2) <= 0.6 * a.size
        for a, b in zip(one, other, strict=True)
    )


def _line(row: _Row, page: int, edges: tuple[float, float] | None, *, tab: bool) -> Line:
    head = row[0]
    if isinstance(head, TableRow):
        return Line(head.text, head.left, head.right, head.y, head.low, head.size, page, edges, tabular=True)
    pieces = [part for part in row if isinstance(part, Piece)]
    largest = max(pieces, key=lambda piece: len(piece.glyphs))
    text = joined_text(pieces, "\t" if tab else " ")
    low = min(piece.low for piece in pieces)
    return Line(
        text, head.left, row[-1].right, largest.y, low, largest.size, page, edges, tab, bool(pieces[0].glyphs[0].blanks)
    )
