"""Characters of a PDF page put together to runs and printed lines, by their places only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from attrtrack.reading.pdf.glyphs import Glyph

_WIDE, _APART, _NEXT = 1.6, 0.5, 8
# a quarter of a width is set between ideographs and Latin letters without a blank having been written
_WORD_GAP, _MIXED_GAP, _IDEOGRAPH_GAP = 0.18, 0.45, 0.7
_MOST_BLANKS = 8
_SHORTEST_COLUMN = 3
_SPACED_OUT = re.compile(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])")


@dataclass(slots=True)
class Piece:
    """Characters on one base line without a wide gap; a stacked piece is one vertical line of characters."""

    glyphs: list[Glyph]
    left: float
    right: float
    y: float
    size: float
    stacked: bool = False
    low: float = field(default=0.0)

    @classmethod
    def of(cls, glyphs: list[Glyph]) -> "Piece":
        """Make a piece of characters in printed order."""
        largest = max(glyphs, key=lambda glyph: glyph.size)
        return cls(
            glyphs,
            min(glyph.left for glyph in glyphs),
            max(glyph.right for glyph in glyphs),
            largest.y,
            largest.size,
            low=largest.y,
        )

    @property
    def first(self) -> int:
        """The place of the first character in the order of writing."""
        return min(glyph.at for glyph in self.glyphs)

    def text(self) -> str:
        """Return the characters, with the blanks that were written or that a gap between Latin words shows."""
        if self.stacked:
            return "".join(glyph.char for glyph in self.glyphs)
        parts = [self.glyphs[0].char]
        for before, after in pairwise(self.glyphs):
            parts.append(_blank(before, after))
            parts.append(after.char)
        return _closed_up("".join(parts))


def _blank(before: Glyph, after: Glyph) -> str:
    gap = (after.left - before.right) / max(before.size, after.size)
    if after.blanks and gap > 0:
        return " " * min(after.blanks, _MOST_BLANKS)
    ascii_signs = before.char.isascii() + after.char.isascii()
    return " " if gap > (_IDEOGRAPH_GAP, _MIXED_GAP, _WORD_GAP)[ascii_signs] else ""


def _closed_up(text: str) -> str:
    """Drop the blanks of programs that write one after every ideograph."""
    blanks = len(_SPACED_OUT.findall(text))
    return _SPACED_OUT.sub("", text) if blanks > 3 and blanks * 2.5 > len(text) else text  # noqa: PLR2004 - nearly all


def rows_of(runs: Iterable[Piece]) -> list[list[Piece]]:
    """Return the printed lines from top to bottom, each as its pieces from left to right."""
    rows: list[list[Piece]] = []
    base: Piece | None = None
    for run in sorted(runs, key=lambda run: (-run.y, run.left)):
        if base is not None and abs(base.y - run.y) <= 0.45 * max(base.size, run.size):
            rows[-1].append(run)
            base = max(base, run, key=lambda piece: piece.size)
        else:
            rows.append([run])
            base = run
    return [_parted(row) for row in rows]


def runs_of(glyphs: list[Glyph]) -> list[Piece]:
    """Group characters that follow one another in writing and in place; a raised figure stays with its word."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if last is not None and _follows(runs[-1][0], last, glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return _stacked([Piece.of(run) for run in runs])


def _follows(first: Glyph, last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    drift = max(first.size, size)
    rise = 0.2 if abs(last.size - glyph.size) < 0.1 * size else 0.55
    near = -0.6 * size <= glyph.left - last.right <= _WIDE * size and glyph.left >= last.left
    return near and abs(glyph.y - last.y) <= rise * size and abs(glyph.y - first.y) <= 0.55 * drift


def _stacked(runs: list[Piece]) -> list[Piece]:
    """Join single characters written one under the other, closely, to vertical lines."""
    joined: list[Piece] = []
    stack: list[Piece] = []
    for run in [*runs, None]:
        if run is not None and stack and _under(stack[-1], run):
            stack.append(run)
            continue
        if len(stack) >= _SHORTEST_COLUMN:
            column = Piece.of([glyph for piece in stack for glyph in piece.glyphs])
            column.stacked, column.y, column.low = True, stack[0].y, stack[-1].y
            joined.append(column)
        else:
            joined.extend(stack)
        stack = [] if run is None else [run]
    return joined


def _under(above: Piece, below: Piece) -> bool:
    single = len(above.glyphs) == len(below.glyphs) == 1 and abs(above.size - below.size) < 0.1 * above.size
    full = below.right - below.left > 0.7 * below.size
    middle = abs(above.left + above.right - below.left - below.right) / 2
    return single and full and middle <= 0.2 * above.size and 0.8 <= (above.y - below.y) / above.size <= 1.35  # noqa: PLR2004 - no line spacing is so tight


def _parted(row: list[Piece]) -> list[Piece]:
    """Put the characters of one line in order of place, and part them at wide gaps."""
    columns = sorted((piece for piece in row if piece.stacked), key=lambda piece: piece.first)
    glyphs = sorted(
        (glyph for piece in row if not piece.stacked for glyph in piece.glyphs), key=lambda glyph: glyph.left
    )
    parts: list[list[Glyph]] = []
    for glyph in glyphs:
        last = parts[-1][-1] if parts else None
        wide = _WIDE if last is not None and 0 < glyph.at - last.at <= _NEXT else _APART
        if last is not None and glyph.left - last.right <= wide * max(last.size, glyph.size):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    level = [Piece.of(part) for part in parts]
    return [*level, *columns] if not columns or not level else sorted([*level, *columns], key=lambda piece: piece.left)


def joined_text(pieces: Iterable[Piece], between: str = " ") -> str:
    """Return the text of pieces on one line."""
    return between.join(piece.text() for piece in pieces).strip()
