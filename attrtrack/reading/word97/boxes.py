"""Text boxes of binary Word documents: their texts, and the characters they are anchored at ([MS-DOC] 2.8.32, 2.8.37)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from attrtrack.reading.word97.drawings import Drawings
from attrtrack.reading.word97.fib import Story, Table, WordFile
from attrtrack.reading.word97.stories import Text

_BOX_ENTRY, _SHAPE_OF_BOX = 22, 14
_ANCHOR_ENTRY = 26
_MOST_BOXES = 10_000


@dataclass(frozen=True, slots=True)
class Boxes:
    """The lines of the boxes of a story by the place of their anchors, and those whose anchor is not known."""

    anchored: tuple[tuple[int, list[str]], ...]
    loose: tuple[str, ...]


def boxes_of(word: WordFile, text: Text, drawings: Drawings, *, in_header: bool) -> Boxes:
    """Return text boxes and drawn words of the pages, or of their headers."""
    shapes = _anchors(word.table(Table.HEADER_SHAPES if in_header else Table.SHAPES))
    base = word.span(Story.HEADERS if in_header else Story.MAIN)[0]
    anchored: list[tuple[int, list[str]]] = []
    loose: list[str] = []
    said = [*_texts(word, text, in_header=in_header)]
    said += [(shape, [drawn]) for shape, drawn in drawings.words[in_header].items()]
    for shape, lines in said:
        place = shapes.get(drawings.outermost.get(shape, shape), shapes.get(shape))
        if place is None:
            loose.extend(lines)
        else:
            anchored.append((base + place, lines))
    return Boxes(tuple(sorted(anchored, key=lambda box: box[0])), tuple(loose))


def _texts(word: WordFile, text: Text, *, in_header: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield shape and lines of each text box; without a usable table all boxes come as one."""
    start, end = word.span(Story.HEADER_BOXES if in_header else Story.BOXES)
    if start == end:
        return
    table = word.table(Table.HEADER_BOXES if in_header else Table.BOXES)
    count = (len(table) - 4) // (4 + _BOX_ENTRY)
    places = struct.unpack_from(f"<{count + 1}L", table) if count > 0 else ()
    if not 0 < count <= _MOST_BOXES or list(places) != sorted(places) or places[0] != 0 or start + places[-1] < end - 1:
        yield -1, _worded(text.lines(start, end))
        return
    for index, (first, last) in enumerate(pairwise(places)):
        (shape,) = struct.unpack_from("<L", table, 4 * (count + 1) + index * _BOX_ENTRY + _SHAPE_OF_BOX)
        lines = _worded(text.lines(start + first, min(start + last, end)))
        if lines:
            yield shape, lines


def _worded(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def _anchors(table: bytes) -> dict[int, int]:
    """Return the place of each shape's anchor, relative to its story."""
    count = (len(table) - 4) // (4 + _ANCHOR_ENTRY)
    if count < 1:
        return {}
    places = struct.unpack_from(f"<{count + 1}L", table)
    shapes = (struct.unpack_from("<L", table, 4 * (count + 1) + index * _ANCHOR_ENTRY)[0] for index in range(count))
    return dict(zip(shapes, places, strict=False))
