"""Paragraphs of a binary Word document into lines: one line a table row, cells parted by tabs, tables within cells."""

from dataclasses import dataclass, field

from attrtrack.reading.word97.pages import ParagraphLook

_CELL_MARK = "\x07"


@dataclass(slots=True)
class _Row:
    """A row under way: its finished cells, and the lines of the cell that is being filled."""

    cells: list[list[str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def finished(self) -> list[str]:
        """Return the row's lines; a row of one cell is layout and keeps its own lines."""
        cells = [*self.cells, self.lines] if self.lines else self.cells
        if len(cells) == 1:
            return cells[0]
        row = "\t".join(" ".join(line.strip() for line in cell if line.strip()) for cell in cells)
        return [row] if cells else []


class Rows:
    """Takes paragraphs in order and gives the lines; rows that never end are closed where the text leaves their table.

    `marked` says whether the document's formats tell which marks end a row; where they are lost, two cell marks in
    a row do.
    """

    def __init__(self, *, marked: bool) -> None:
        self._marked = marked
        self._lines: list[str] = []
        self._open: list[_Row] = []
        self._last_mark = ""

    def add(self, lines: list[str], mark: str, look: ParagraphLook) -> None:
        """Take one paragraph with the mark that ends it."""
        look = look if self._marked else self._guessed(lines, mark)
        self._enter(look.depth)
        ends_cell = look.ends_cell or mark == _CELL_MARK
        if look.depth and look.ends_row:
            row = self._open.pop()
            self._target().extend([*row.finished(), *(line for line in lines if line.strip())])
        elif look.depth and ends_cell:
            row = self._open[-1]
            row.cells.append([*row.lines, *lines])
            row.lines = []
        else:
            self._target().extend(lines)
        self._last_mark = mark

    def lines(self) -> list[str]:
        """Close what is open and return all lines."""
        self._enter(0)
        return self._lines

    def _target(self) -> list[str]:
        return self._open[-1].lines if self._open else self._lines

    def _enter(self, depth: int) -> None:
        while len(self._open) > depth:
            row = self._open.pop()
            self._target().extend(row.finished())
        while len(self._open) < depth:
            self._open.append(_Row())

    def _guessed(self, lines: list[str], mark: str) -> ParagraphLook:
        if mark != _CELL_MARK:
            return ParagraphLook(depth=1 if self._open and self._open[0].cells else 0)
        ends_row = self._last_mark == _CELL_MARK and not "".join(lines).strip() and bool(self._open)
        return ParagraphLook(depth=1, ends_cell=not ends_row, ends_row=ends_row)
