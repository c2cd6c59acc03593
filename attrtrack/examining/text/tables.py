"""Tables in a text: rows of cells parted by tabs or bars, and tables flattened to one cell a line."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.evidence import Span

_LONGEST_CELL = 60
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_CAPTION_UP_TO = 4
_MOST_BLANK, _LONGEST_WRAPPED = 7, 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words without blanks, in narrow digits, and where it stands."""

    text: str
    span: Span

    @property
    def number(self) -> Decimal | None:
        """The figure the cell holds and nothing else, or None; `件` and the like may follow."""
        match = _NUMBER.match(self.text)
        rest = self.text[match.end() :] if match else "?"
        return Decimal(match[0].replace(",", "")) if match and (not rest or rest in _UNITS) else None


_UNITS = frozenset("件条个项家篇部份期场次人户宗起名处分%")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the lines printed directly above, and the range of the text the rows fill.

    `flat`: one cell stood on each line, and the rows were put together again by the number of headings.
    """

    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Cell, ...]
    span: Span
    flat: bool = False

    @property
    def is_numbered(self) -> bool:
        """Whether the rows below the first are numbered from one on in their first cell."""
        return [row[0].text for row in self.rows[1:]] == [str(number) for number in range(1, len(self.rows))]

    @property
    def title(self) -> str:
        """The lines above the table, joined."""
        return " ".join(line.text for line in self.caption)


@dataclass(frozen=True, slots=True)
class _Line:
    raw: str
    start: int

    @property
    def is_row(self) -> bool:
        body = self.raw.strip("\r")
        return body.count("|") > 1 or ("\t" in body.strip(" ") and self._short)

    @property
    def _short(self) -> bool:
        return max(map(len, self.raw.split("\t"))) <= _LONGEST_CELL or "\t" in self.raw.strip()

    @property
    def is_flat(self) -> bool:
        return self.raw.startswith("\t") and "\t" not in self.raw.strip("\t ") and self._short

    @property
    def is_blank(self) -> bool:
        return not self.raw.strip()


def plain_cell(text: str) -> str:
    """Return the words of a cell without blanks, in narrow digits and one kind of brackets."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("〈", "(").replace("〉", ")")


def read_tables(text: str) -> tuple[Table, ...]:
    """Find the tables of a text, in order."""
    return tuple(_tables(list(_lines(text))))


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for raw in text.split("\n"):
        yield _Line(raw, start)
        start += len(raw) + 1


def _tables(lines: Sequence[_Line]) -> Iterator[Table]:
    index = 0
    while index < len(lines):
        if not lines[index].is_row:
            index += 1
            continue
        end = _end(lines, index)
        block = lines[index:end]
        flat = sum(line.is_flat for line in block) * 3 > 2 * sum(not line.is_blank for line in block)
        rows = tuple(_flat_rows(block)) if flat else tuple(_rows(block))
        span = Span(lines[index].start, block[-1].start + len(block[-1].raw))
        if rows and (flat or len(rows) > 1 or len(rows[0]) > 2):  # noqa: PLR2004 - a single indented line is no table
            yield Table(rows, _caption(lines, index), span, flat)
        index = end


def _end(lines: Sequence[_Line], index: int) -> int:
    """Return the index after the last line of a table: blank lines and second lines of a cell may stand between."""
    last, words, at = index, 0, index
    while at < len(lines) and at - last <= _MOST_BLANK and words <= 1:
        if lines[at].is_row:
            last, words = at, 0
        elif not lines[at].is_blank:
            words += 1 if lines[last].is_flat and len(lines[at].raw) <= _LONGEST_WRAPPED else 2
        at += 1
    return last + 1


def _rows(block: Sequence[_Line]) -> Iterator[tuple[Cell, ...]]:
    for line in block:
        if not line.is_blank:
            yield tuple(_cells(line, "|" if line.raw.count("|") > 1 else "\t"))


def _cells(line: _Line, sign: str) -> Iterator[Cell]:
    start = line.start
    for piece in line.raw.split(sign):
        left = len(piece) - len(piece.lstrip())
        bare = piece.strip()
        yield Cell(plain_cell(bare), Span(start + left, start + left + len(bare)))
        start += len(piece) + 1


def _flat_rows(block: Sequence[_Line]) -> Iterator[tuple[Cell, ...]]:
    """Yield the headings and then the rows: a row begins at a name with a figure below, at every so many lines."""
    cells = [_whole(line) for line in block]
    starts = [index for index in range(len(cells) - 1) if _is_name(cells[index], cells[index + 1])]
    if len(starts) < 2:  # noqa: PLR2004 - two rows show how far they are apart
        yield from ((cell,) for cell in cells if cell.text)
        return
    stride = Counter(later - earlier for earlier, later in pairwise(starts)).most_common(1)[0][0]
    headings = [cell for cell in cells[: starts[0]] if cell.text]
    width = stride - 1 if not any(cells[start + stride - 1].text for start in starts[:-1]) else stride
    yield tuple(_headings(headings, [line.raw for line in block[: starts[0]]], width))
    for start in starts:
        if (start - starts[0]) % stride == 0:
            yield tuple(cells[start : start + width])


def _is_name(cell: Cell, below: Cell) -> bool:
    figure = below.number is not None or bool(re.search(r"\d分$", below.text))
    return bool(cell.text) and not re.search(r"\d", cell.text) and figure


def _headings(cells: Sequence[Cell], raws: Sequence[str], width: int) -> list[Cell]:
    """Put a second line of headings in the place of the one above that they divide (各分项考核结果)."""
    top: list[Cell] = []
    below: list[Cell] = []
    gap, into = 0, top
    remaining = iter(cells)
    for raw in raws:
        cell = next(remaining) if raw.strip() else None
        gap = 0 if cell else gap + 1
        into = below if gap and top else into
        if cell is not None and raw.startswith("\t"):
            into.append(cell)
    divided = next((i for i, cell in enumerate(top) if "分项" in cell.text or "其中" in cell.text), 1)
    if below and len(top) - 1 + len(below) == width:
        return [*top[:divided], *below, *top[divided + 1 :]]
    return [*top, *below]


def _whole(line: _Line) -> Cell:
    left = len(line.raw) - len(line.raw.lstrip())
    bare = line.raw.strip()
    start = line.start + (left if bare else 0)
    return Cell(plain_cell(bare), Span(start, start + len(bare)))


def _caption(lines: Sequence[_Line], index: int) -> tuple[Cell, ...]:
    found: list[Cell] = []
    for line in reversed(lines[max(0, index - _CAPTION_UP_TO) : index]):
        if line.is_blank and found:
            break
        if line.is_row or len(line.raw.strip()) > _LONGEST_CELL:
            break
        if not line.is_blank:
            found.append(_whole(line))
    return tuple(reversed(found))
