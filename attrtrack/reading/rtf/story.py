"""One story of an RTF document: paragraphs into lines and rows, as in binary Word documents."""

from attrtrack.reading.limits import MAX_LINES, too_large
from attrtrack.reading.word.marked import PRIVATE_SIGNS
from attrtrack.reading.word.text import joined
from attrtrack.reading.word97.pages import ParagraphLook
from attrtrack.reading.word97.pieces import whole_characters
from attrtrack.reading.word97.rows import Rows

PLAIN_STORY = "body"
ROW, CELL = "row", "\x07"
_CONTROLS = {code: None for code in range(0x20) if chr(code) not in "\t\n"}


class RtfStory:
    """Takes text and the ends of paragraphs, cells and rows in order."""

    def __init__(self) -> None:
        self._rows = Rows(marked=True)
        self._pieces: list[str] = []
        self._boxes: list[str] = []
        self._ends = 0

    def add(self, text: str) -> None:
        """Add text to the paragraph under way."""
        self._pieces.append(text)

    def add_box(self, lines: list[str]) -> None:
        """Add the lines of a box anchored in the paragraph under way; they come before it."""
        self._boxes.extend(line for line in lines if line.strip())

    def end(self, mark: str, depth: int) -> None:
        """End a paragraph, a cell or a row at a depth of tables; a paragraph without a word or mark is none."""
        self._ends += 1
        if self._ends > 4 * MAX_LINES:
            raise too_large()
        said = whole_characters("".join(self._pieces)).translate(_CONTROLS).translate(PRIVATE_SIGNS)
        lines = [*self._boxes, *said.split("\n")]
        self._pieces, self._boxes = [], []
        look = ParagraphLook(depth=depth, ends_cell=mark == CELL, ends_row=mark == ROW)
        self._rows.add(lines, mark, look)

    def finish(self) -> None:
        """End the paragraph under way, if there is one."""
        if self._pieces or self._boxes:
            self.end("\r", 0)

    def text(self) -> str:
        """Return the story so far; what is under way is a paragraph of its own."""
        self.finish()
        return joined(self._rows.lines())
