"""The margins of running text, measured from the rows of a document: what is a full line, what the first of a paragraph."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from attrtrack.reading.ofd.flow import Page, Row

_LIKE_BODY, _SLACK, _HANGING, _INDENT, _DEEPEST_INDENT = 0.08, 1.6, 2.7, 0.8, 3.2
_MEASURE, _EDGE, _TRIMMED, _WIDE_PITCH = 15.0, 8.0, 0.03, 1.7
_SET_APART, _FARTHEST, _OF_ROWS = 1.15, 3.0, 25


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of one page or column begin and end, in millimetres, and their size and pitch.

    `indents` and `spaced` say how the document marks paragraphs: by indented first lines, or by wider spaces; `measured`
    that there is running text enough to know the right margin.
    """

    left: float
    right: float
    size: float
    pitch: float = 0.0
    measured: bool = False
    indents: bool = True
    spaced: bool = False

    def is_body(self, row: Row) -> bool:
        """Whether a row is set as the running text is."""
        return not row.cells and row.block >= 0 and abs(row.size - self.size) <= _LIKE_BODY * self.size

    def is_full(self, row: Row) -> bool:
        """Whether a row reaches the right margin; signs that may not begin a line hang over it or draw others down."""
        slack = _HANGING if self.indents or self.spaced else _SLACK
        return self.measured and row.right >= self.right - slack * self.size

    def is_indented(self, row: Row, left: float) -> bool:
        """Whether a row begins right of the left margin; a page of nothing but first lines has that of the page before."""
        return row.left >= min(left, self.left) + _INDENT * self.size

    def is_apart(self, step: float) -> bool:
        """Whether a step from line to line is wider than inside a paragraph."""
        return self.pitch > 0 and step > (_SET_APART if self.spaced else _WIDE_PITCH) * self.pitch


def margins_of(pages: list[Page], bodies: list[list[Row]]) -> list[dict[int, Margins]]:
    """Measure each page's text and columns (by block); how paragraphs are marked is asked of the whole document."""
    size = _body_size(bodies)
    known = [
        {block: _measured(rows, page, size, block=block) for block in {row.block for row in rows}}
        for page, rows in zip(pages, bodies, strict=True)
    ]
    total = indented = apart = 0
    for rows, blocks in zip(bodies, known, strict=True):
        for block, margins in blocks.items():
            body = [row for row in rows if row.block == block and margins.is_body(row)]
            total += len(body)
            indented += sum(_INDENT <= (row.left - margins.left) / size <= _DEEPEST_INDENT for row in body)
            apart += sum(_SET_APART < step / margins.pitch <= _FARTHEST for step in _steps(body))
    indents = indented * _OF_ROWS >= max(total, 1)
    spaced = not indents and apart * _OF_ROWS >= max(total, 1)
    return [
        {block: replace(margins, indents=indents, spaced=spaced) for block, margins in blocks.items()}
        for blocks in known
    ]


def _body_size(bodies: list[list[Row]]) -> float:
    """Return the size in which most of the running text is set."""
    sizes: Counter[float] = Counter()
    for rows in bodies:
        for row in rows:
            if not row.cells:
                sizes[round(row.size, 1)] += len(row.text)
    return max(sizes.most_common(1)[0][0], 0.1) if sizes else 1.0


def _measured(rows: list[Row], page: Page, size: float, *, block: int) -> Margins:
    body = [row for row in rows if row.block == block and Margins(0, 0, size).is_body(row)]
    if not body:
        return Margins(page.left, page.right, size)
    trimmed = max(1, round(_TRIMMED * len(body)))
    left = sorted(row.left for row in body)[trimmed - 1]
    right = sorted((row.right for row in body), reverse=True)[trimmed - 1]
    full = sum(row.right >= right - _SLACK * size for row in body)
    symmetric = abs((page.right - right) - (left - page.left)) <= _EDGE
    steps = _steps(body)
    return Margins(
        left,
        right,
        size,
        pitch=median(steps) if steps else 0.0,
        measured=right - left >= _MEASURE * size and (full > 1 or symmetric),
    )


def _steps(body: list[Row]) -> list[float]:
    """Return the steps from each line to the next one below it."""
    return [below.base - above.base for above, below in pairwise(body) if below.base > above.base]
