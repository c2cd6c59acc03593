"""Pages drawn with positioned SVG text, as converters of OFD and PDF files make them: glyphs to lines by their places."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_PLACED = re.compile(r"(?<![\w-])(left|top|font-size)\s*:\s*(-?\d{1,7}(?:\.\d{0,12})?)\s*(px|pt|mm)?", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(-?\d{1,7}(?:\.\d{0,12})?)")
_SIZE, _SAME_LINE, _GAP, _WIDE_GAP = 16.0, 0.4, 0.8, 1.8
_INDENT, _RAGGED = 1.2, 2.5  # letters by which paragraphs are indented at least, and by which full lines differ
_NARROW, _MOST_ABOVE = 0.5, 4


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of text: its page, its baseline and left edge, and its size."""

    page: int
    base: float
    left: float
    size: float
    text: str

    @property
    def right(self) -> float:
        """Where the piece ends, letters and digits taken as half as wide as ideographs."""
        return self.left + self.size * sum(_NARROW if char.isascii() else 1 for char in self.text)


def drawn_text(tree: "LexborHTMLParser") -> str | None:
    """Return the text of a page whose text is drawn as SVG, line by line; None where no places are stated."""
    pages: dict[int, int] = {}
    places: dict[int, tuple[int, float, float]] = {}
    pieces: list[_Piece] = []
    for node in tree.css("svg text"):
        if node.parent is not None and node.parent.tag == "text":
            return None  # one within the other is no converter's work, and would be read as often as it is deep
        text = " ".join(node.text().split())
        if text:
            piece = _piece(node, text, pages, places=places)
            if piece is None:
                return None
            pieces.append(piece)
    return _text(_lines(pieces)) if pieces else None


def _piece(
    node: "LexborNode", text: str, pages: dict[int, int], *, places: dict[int, tuple[int, float, float]]
) -> _Piece | None:
    """Place one text element; several within one drawing that state no line of their own cannot be placed."""
    attributes = node.attributes
    x, y = _NUMBER.match(attributes.get("x") or ""), _NUMBER.match(attributes.get("y") or "")
    parent = node.parent
    if x is None or y is None or parent is None or "transform" in attributes:
        return None
    if parent.mem_id not in places:
        places[parent.mem_id] = _place(parent, pages)
    page, left, top = places[parent.mem_id]
    size = _styles(node).get("font-size") or _SIZE
    return _Piece(page, top + float(y[1]), left + float(x[1]), max(size, 1.0), text)


def _place(drawing: "LexborNode", pages: dict[int, int]) -> tuple[int, float, float]:
    """Return the page that a drawing lies on, counted in order, and its own place there."""
    left = top = 0.0
    node: LexborNode | None = drawing
    for _ in range(_MOST_ABOVE):
        if node is None or node.tag == "body" or "relative" in (node.attributes.get("style") or ""):
            break
        style = _styles(node)
        left, top = left + style.get("left", 0.0), top + style.get("top", 0.0)
        node = node.parent
    return pages.setdefault(node.mem_id if node is not None else 0, len(pages)), left, top


def _styles(node: "LexborNode") -> dict[str, float]:
    found = _PLACED.findall(node.attributes.get("style") or "")
    return {name.lower(): float(value) for name, value, _ in found}


def _lines(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Put pieces on one baseline together, from left to right."""
    lines: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.page, piece.base, piece.left)):
        last = lines[-1][0] if lines else None
        near = last is not None and piece.page == last.page and piece.base - last.base <= _SAME_LINE * last.size
        if near:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]


def _text(lines: list[list[_Piece]]) -> str:
    """Write the lines; one that begins at the margin goes on from one that fills the measure, as paragraphs are indented."""
    sizes = Counter(piece.size for line in lines for piece in line for _ in piece.text)
    size = sizes.most_common(1)[0][0]
    running = [line for line in lines if line[0].size == size] or lines
    left, right = min(line[0].left for line in running), max(map(_right, running))
    indented = any(_INDENT * size <= line[0].left - left <= 2 * _INDENT * size for line in running)
    written = [_written(lines[0])]
    for before, line in pairwise(lines):
        full = before[0].size == size and _right(before) >= right - _RAGGED * size
        if indented and full and line[0].size == size and line[0].left < left + size / 2:
            written[-1] += _written(line)
        else:
            written.append(_written(line))
    return "\n".join(written)


def _right(line: list[_Piece]) -> float:
    return max(piece.right for piece in line)


def _written(line: list[_Piece]) -> str:
    """Write a line; a gap that is wider than a letter becomes a blank, a wide one two."""
    written, end = "", line[0].left
    for piece in line:
        gap = (piece.left - end) / piece.size
        written += "  " if gap > _WIDE_GAP else " " if gap > _GAP else ""
        written += piece.text
        end = max(end, piece.right)
    return written
