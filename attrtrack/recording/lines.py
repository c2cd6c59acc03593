"""Lines of a text with their spans, and texts without blanks that still know where each character stands."""

import re
from dataclasses import dataclass

from attrtrack.domain.evidence import Span

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_LONGEST = 400
_CELL_EDGES = {"\n": "\n", "\t": "|"}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")


@dataclass(frozen=True, slots=True)
class Found:
    """A text found in the body and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line, edge blanks aside; the text of a paragraph is cut at 400 characters, its span is whole."""

    text: str
    span: Span

    def part(self, span: Span) -> Found:
        """Return a piece of the line, with its place in the text."""
        return Found(span.of(self.text), span.moved(self.span.start))


def lines_of(text: str) -> list[Line]:
    """Split a text into its non-empty lines."""
    lines: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare:
            left = start + len(raw) - len(raw.lstrip())
            lines.append(Line(bare[:_LONGEST], Span(left, left + len(bare))))
        start += len(raw) + 1
    return lines


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without blanks (line breaks kept) and, for each of its characters, the offset in the source."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the span in the source of characters `start` to `end`."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def squeeze(text: str) -> Squeezed:
    """Take out blanks and invisible characters, so that 此 件 公 开 发 布 is found; a tab between cells becomes `|`."""
    kept = [
        (_CELL_EDGES.get(char, char), place)
        for place, char in enumerate(text)
        if char in _CELL_EDGES or not is_blank(char)
    ]
    return Squeezed("".join(char for char, _ in kept), tuple(place for _, place in kept))


def unspaced(text: str) -> str:
    """Close up a text that is set letter by letter (通　知); others stay as they are."""
    parts = text.split()
    return "".join(parts) if sum(len(part) == 1 for part in parts) > len(parts) / 2 else text


def is_blank(char: str) -> bool:
    """Whether a character prints nothing."""
    return char.isspace() or char in _INVISIBLE


def bare(text: str) -> str:
    """Return a text without blanks and invisible characters."""
    return text if " " not in text and text.isprintable() else _BLANKS.sub("", text)
