"""A page's tree to lines: blocks make lines, cells of a row are parted, a row of one cell is layout.

A line is a list of cells; a label set off by its own element at the beginning of a line is a cell too.
"""

import re
from dataclasses import dataclass, field

from attrtrack.reading.web.box import is_label
from attrtrack.reading.web.tree import BLOCKS, Element

Line = list[str]

_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_EDGES = " \t\u3000\xa0\u2003\u2002\ufeff"
_EMPHASIS = frozenset({"b", "strong", "em", "i", "span", "font", "a", "label", "u"})
_CELLS = frozenset({"td", "th"})
_LONGEST_LABEL = 24
_DEEPEST_TABLES = 30
_MOST_LINES_IN_CELL = 8
_ENTER, _LEAVE = 0, 1


@dataclass(slots=True)
class _Frame:
    """The lines of one table cell, or of the page: those that are done, and the one being written."""

    lines: list[Line] = field(default_factory=list)
    cells: Line = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    label_ended: bool = False

    def write(self, text: str) -> None:
        """Write text; what follows a label begins a cell, unless a colon follows it."""
        plain = _SPACES.sub(" ", text)
        if self.label_ended and plain.strip(_EDGES):
            self.label_ended = False
            if not plain.lstrip(_EDGES).startswith((":", "：", "】", "]")):
                self.part()
        self.pieces.append(plain)

    def part(self) -> None:
        """End a cell."""
        self.cells.append("".join(self.pieces).replace("\xa0", " ").strip(_EDGES))
        self.pieces = []

    def end(self) -> None:
        """End the line; lines without text are dropped."""
        self.part()
        if any(self.cells):
            self.lines.append(self.cells)
        self.cells = []
        self.label_ended = False

    @property
    def opens_line(self) -> bool:
        """Whether what is written next begins a line or a cell."""
        return not any(piece.strip(_EDGES) for piece in self.pieces)


@dataclass(slots=True)
class _Row:
    cells: list[list[Line]] = field(default_factory=list)


def lines_of(root: Element, *, without: Element | None = None, hidden: bool = False) -> list[Line]:
    """Return the lines of an element; `without` leaves one element within it out, `hidden` adds what is not shown."""
    writer = _Writer()
    stack: list[tuple[int, Element | str]] = [(_ENTER, root)]
    while stack:
        step, piece = stack.pop()
        if isinstance(piece, str):
            writer.frames[-1].write(piece)
        elif step == _LEAVE:
            writer.leave(piece)
        elif piece is not without and (hidden or not piece.hidden or piece is root):
            writer.enter(piece)
            stack.append((_LEAVE, piece))
            stack.extend((_ENTER, child) for child in reversed(piece.pieces))
    writer.frames[-1].end()
    return writer.frames[-1].lines


def text_of(lines: list[Line]) -> str:
    """Join lines; cells are parted by tabs."""
    return "\n".join(filter(None, ("\t".join(cells).strip(_EDGES) for cells in lines)))


class _Writer:
    """Writes elements into frames, one for each open table cell."""

    def __init__(self) -> None:
        self.frames = [_Frame()]
        self._rows: list[_Row] = []
        self._open: list[str] = []

    def enter(self, element: Element) -> None:
        """Begin an element."""
        frame = self.frames[-1]
        kind = self._kind(element)
        self._open.append(kind)
        if kind in {"block", "row"}:
            frame.end()
        if kind == "row":
            self._rows.append(_Row())
        elif kind == "cell":
            self.frames.append(_Frame())
        elif kind == "label" and not frame.opens_line:
            self._open[-1] = ""

    def leave(self, element: Element) -> None:
        """End an element."""
        kind = self._open.pop()
        frame = self.frames[-1]
        if kind == "cell":
            frame.end()
            self._rows[-1].cells.append(self.frames.pop().lines)
        elif kind == "row":
            frame.lines.extend(_row_lines(self._rows.pop()))
        elif kind == "block" or element.tag == "br":
            frame.end()
        elif kind == "label":
            frame.label_ended = True
        elif kind == "flat":
            frame.part()

    def _kind(self, element: Element) -> str:
        tag = element.tag
        if tag == "tr":
            return "row" if len(self._rows) < _DEEPEST_TABLES else "block"
        if tag in _CELLS:
            return "cell" if self._open and "row" in self._open[-2:] else "flat"
        if tag in BLOCKS:
            return "block"
        return "label" if tag in _EMPHASIS and element.length <= _LONGEST_LABEL and _names_label(element) else ""


def _names_label(element: Element) -> bool:
    own = "".join(piece for piece in element.pieces if isinstance(piece, str))
    return is_label(own) or (element.tag == "label" and bool(own.strip()))


def _row_lines(row: _Row) -> list[Line]:
    """Return a row as one line, or the lines of its cells where it only lays out the page."""
    filled = [lines for lines in row.cells if lines]
    longest = max(map(len, filled), default=0)
    if longest > _MOST_LINES_IN_CELL or (len(filled) <= 1 and longest != 1):
        return [line for lines in filled for line in lines]
    line: Line = []
    for lines in row.cells:
        line.extend(lines[0] if len(lines) == 1 else [" ".join(text for cells in lines for text in cells if text)])
    return [line]
