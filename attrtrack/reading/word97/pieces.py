"""The pieces that a binary Word document's text is made of ([MS-DOC] 2.8.35, 2.9.38, 2.9.177)."""

import bisect
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TypeVar

from attrtrack.reading.containers.ole import damaged
from attrtrack.reading.limits import MAX_CHARACTERS, MAX_LINES, too_large
from attrtrack.reading.word97.fib import WordFile
from attrtrack.reading.word97.sprms import deletes, sprms

_PRC, _PCDT = 1, 2
_COMPRESSED = 0x40000000
_MOST_PIECES = 100_000
_MOST_MARKS = {"\r": MAX_LINES, "\x0c": MAX_LINES, "\x07": 4 * MAX_LINES, "\x13": MAX_LINES}
_SHORT_DELETION = 0x41
_WESTERN = {code: bytes([code]).decode("cp1252", errors="ignore") or chr(code) for code in range(0x80, 0xA0)}
_SIMPLIFIED = {0x0804, 0x1004}

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: its first and last place among the characters, and where its bytes lie."""

    start: int
    end: int
    offset: int
    width: int
    deleted: bool

    def place(self, offset: int) -> int:
        """Return the character at a byte offset, kept within the piece."""
        return max(self.start, min(self.end, self.start + -(-(offset - self.offset) // self.width)))


class PieceTable:
    """The text in its order, each element one code unit of UTF-16, and the way between characters and bytes."""

    def __init__(self, pieces: list[Piece], text: str) -> None:
        self.pieces = pieces
        self.text = text
        self._starts = [piece.start for piece in pieces]

    def offset_of(self, place: int) -> int:
        """Return the byte offset of a character."""
        piece = self.pieces[max(0, bisect.bisect_right(self._starts, place) - 1)]
        return piece.offset + (place - piece.start) * piece.width

    def placed(self, runs: Iterable[tuple[int, int, Value]]) -> Iterator[tuple[int, int, Value]]:
        """Turn runs of bytes into runs of characters; a run may fall into several pieces, or into none."""
        ordered: list[tuple[int, int, Value]] = []
        for run in sorted(runs, key=lambda found: found[:2]):
            if run[1] > run[0] and (not ordered or run[0] >= ordered[-1][1]):
                ordered.append(run)
        ends = [run[1] for run in ordered]
        for piece in self.pieces:
            last = piece.offset + (piece.end - piece.start) * piece.width
            for index in range(bisect.bisect_right(ends, piece.offset), len(ordered)):
                start, end, value = ordered[index]
                if start >= last:
                    break
                yield piece.place(start), piece.place(end), value


def piece_table(word: WordFile) -> PieceTable:
    """Read the text of a document; raises broken when a piece lies outside of the file, too-large beyond the cap."""
    if not word.pieced:
        if len(word.stretch) > MAX_CHARACTERS:
            raise too_large()
        text = _in_bytes(word.stretch, word.language)
        return _checked(word, PieceTable([Piece(0, len(text), 0, 1, deleted=False)], text))
    places, entries, properties = _plc(word.clx())
    pieces: list[Piece] = []
    texts: list[str] = []

    @cache
    def deleted(modifier: int) -> bool:
        return _deleted(modifier, properties)

    for index, (start, end) in enumerate(pairwise(places)):
        if end < start:
            raise damaged()
        _, place, modifier = struct.unpack_from("<HLH", entries, 8 * index)
        compressed = bool(place & _COMPRESSED) or word.old
        offset = place if word.old else (place & (_COMPRESSED - 1)) // (2 if compressed else 1)
        piece = Piece(start, end, offset, 1 if compressed else 2, deleted=deleted(modifier))
        pieces.append(piece)
        texts.append(_text(word, piece))
    return _checked(word, PieceTable(pieces, "".join(texts)))


def _checked(word: WordFile, table: PieceTable) -> PieceTable:
    """Refuse a text shorter than its stories, or of more paragraphs, cells or fields than a document has."""
    if not table.pieces or len(table.text) < sum(word.lengths):
        raise damaged()
    if any(table.text.count(mark) > most for mark, most in _MOST_MARKS.items()):
        raise too_large()
    return table


def _plc(clx: bytes) -> tuple[tuple[int, ...], bytes, list[bytes]]:
    """Return the places between pieces, the pieces' entries, and the property lists that they may point to."""
    properties: list[bytes] = []
    at = 0
    while at + 3 <= len(clx) and clx[at] == _PRC:
        (size,) = struct.unpack_from("<h", clx, at + 1)
        properties.append(clx[at + 3 : at + 3 + max(0, size)])
        at += 3 + max(0, size)
    if at + 5 > len(clx) or clx[at] != _PCDT:
        raise damaged()
    (size,) = struct.unpack_from("<L", clx, at + 1)
    plc = clx[at + 5 : at + 5 + size]
    count = (len(plc) - 4) // 12
    if len(plc) < size or count < 1:
        raise damaged()
    places = struct.unpack_from(f"<{count + 1}L", plc)
    if places[0] != 0 or places[-1] > MAX_CHARACTERS or count > _MOST_PIECES:
        raise damaged() if places[0] != 0 else too_large()
    return places, plc[4 * (count + 1) :], properties


def _text(word: WordFile, piece: Piece) -> str:
    size = (piece.end - piece.start) * piece.width
    raw = word.words[piece.offset : piece.offset + size]
    if len(raw) < size:
        raise damaged()
    if word.old:
        return _in_bytes(raw, word.language)
    if piece.width == 1:
        return raw.decode("latin-1").translate(_WESTERN)
    text = raw.decode("utf-16-le", errors="surrogatepass")
    return text if len(text) * 2 == size else "".join(map(chr, memoryview(raw).cast("H")))


def _in_bytes(raw: bytes, language: int) -> str:
    """Decode the bytes of Word 6 and 95, one element a byte: the second byte of a Chinese character becomes a zero."""
    try:
        decoded = raw.decode("gbk")
    except UnicodeDecodeError:
        if language in _SIMPLIFIED:
            raise damaged() from None
        return raw.decode("latin-1").translate(_WESTERN)
    return "".join(char if char < "\x80" else f"{char}\x00" for char in decoded)


def whole_characters(units: str) -> str:
    """Join the surrogates that stand for one character beyond the basic plane."""
    return units.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")


def _deleted(modifier: int, properties: list[bytes]) -> bool:
    """Whether a piece of a fast-saved document is marked as deleted by its own modifier."""
    if modifier & 1:
        index = modifier >> 1
        return index < len(properties) and any(deletes(*sprm) for sprm in sprms(properties[index]))
    return (modifier >> 1) & 0x7F == _SHORT_DELETION and modifier >> 8 == 1
