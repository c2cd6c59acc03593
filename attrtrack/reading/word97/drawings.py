"""Drawings of binary Word documents ([MS-ODRAW]): words drawn as WordArt, and which shape belongs to which group."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from attrtrack.reading.word97.fib import Table, WordFile

_DRAWING_GROUP, _GROUP, _SHAPE = 0xF000, 0xF003, 0xF004
_IDENTITY, _PROPERTIES = 0xF00A, 0xF00B
_CONTAINER = 0xF
_DRAWN_WORDS, _COMPLEX = 0x00C0, 0x8000
_DEEPEST = 16
_LONGEST = 2000
_MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Drawings:
    """What the drawings say: words by shape, apart for pages and for their headers; the outermost shape of each."""

    words: tuple[dict[int, str], dict[int, str]] = field(default_factory=lambda: ({}, {}))
    outermost: dict[int, int] = field(default_factory=dict)


def drawings_of(word: WordFile) -> Drawings:
    """Read the drawings' records; what cannot be followed is left out."""
    content = word.table(Table.DRAWINGS)[:_MOST_BYTES]
    found = Drawings()
    at = 0
    for _ in range(3):
        if at + 9 > len(content):
            break
        in_header = 0
        if at:
            in_header, at = content[at] & 1, at + 1
        kind, start, end = _record(content, at)
        if kind != _DRAWING_GROUP:
            _read_shapes(content[start:end], found, found.words[in_header])
        at = end
    return found


def _record(content: bytes, at: int) -> tuple[int, int, int]:
    _, kind, size = struct.unpack_from("<HHL", content, at)
    return kind, at + 8, min(at + 8 + size, len(content))


def _records(content: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield version with instance, kind, start and end of each record."""
    while start + 8 <= end:
        version, kind, size = struct.unpack_from("<HHL", content, start)
        yield version, kind, start + 8, min(start + 8 + size, end)
        start += 8 + size


def _read_shapes(content: bytes, found: Drawings, words: dict[int, str]) -> None:
    waiting: list[tuple[int, int, int, int | None]] = [(0, len(content), 0, None)]
    while waiting:
        start, end, depth, outer = waiting.pop()
        for version, kind, inner, after in _records(content, start, end):
            if kind == _SHAPE:
                shape, drawn = _shape(content, inner, after)
                found.outermost[shape] = shape if outer is None else outer
                if drawn:
                    words[shape] = drawn
            elif version & 0xF == _CONTAINER and depth < _DEEPEST:
                waiting.append((inner, after, depth + 1, _outer(content, inner, after, outer) if depth else None))


def _outer(content: bytes, start: int, end: int, outer: int | None) -> int | None:
    """Return the outermost shape of what a group holds: its own first shape, unless it lies in another group."""
    if outer is not None:
        return outer
    kinds = ((inner, after) for _, kind, inner, after in _records(content, start, end) if kind == _SHAPE)
    place = next(kinds, None)
    return _shape(content, *place)[0] if place else None


def _shape(content: bytes, start: int, end: int) -> tuple[int, str]:
    """Return the number of a shape and the words it draws."""
    number, drawn = 0, ""
    for version, kind, inner, after in _records(content, start, end):
        if kind == _IDENTITY and after - inner >= 4:  # noqa: PLR2004 - the number has four bytes
            (number,) = struct.unpack_from("<L", content, inner)
        elif kind == _PROPERTIES:
            drawn = _drawn(content[inner:after], version >> 4) or drawn
    return number, drawn


def _drawn(properties: bytes, count: int) -> str:
    """Return the words among a shape's properties; long values follow the list, in its order."""
    entries = list(struct.iter_unpack("<HL", properties[: len(properties[: 6 * count]) // 6 * 6]))
    at = 6 * count
    for name, value in entries:
        if name & _COMPLEX:
            if name & 0x3FFF == _DRAWN_WORDS:
                return properties[at : at + min(value, _LONGEST)].decode("utf-16-le", errors="ignore").strip("\x00")
            at += value
    return ""
