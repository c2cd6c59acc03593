"""The head of a binary Word document: which stories it has, and where its tables lie ([MS-DOC] 2.5)."""

import struct
from dataclasses import dataclass
from enum import IntEnum

from attrtrack.errors import EncryptedSourceError
from attrtrack.reading.containers.ole import Container, damaged

_WORD_97 = 0xA5EC
_WORD_6 = 0xA5DC
_OLD_VERSIONS = range(0x65, 0x6A)
_COMPLEX, _ENCRYPTED, _SECOND_TABLE = 0x0004, 0x0100, 0x0200
_STORY_LENGTHS, _OLD_STORY_LENGTHS = 0x4C, 0x34
_PLACES = 0x9A
_CLX, _OLD_CLX = 33, 0x160
_SHORTEST = 0x1AA


class Story(IntEnum):
    """The parts of a document's text, in the order in which they follow one another."""

    MAIN = 0
    FOOTNOTES = 1
    HEADERS = 2
    MACROS = 3
    ANNOTATIONS = 4
    ENDNOTES = 5
    BOXES = 6
    HEADER_BOXES = 7


class Table(IntEnum):
    """Tables of the document by their index among the places in the head."""

    HEADERS = 11
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    FONTS = 15
    CLX = _CLX
    SHAPES = 40
    HEADER_SHAPES = 41
    DRAWINGS = 50
    BOXES = 56
    HEADER_BOXES = 58


@dataclass(frozen=True, slots=True)
class WordFile:
    """A binary Word document with its streams; `lengths` are those of the stories in code units of UTF-16.

    `old` marks the layout of Word 6 and 95, whose characters are bytes and whose tables lie among the text.
    """

    container: Container
    words: bytes
    tables: bytes
    lengths: tuple[int, ...]
    old: bool = False

    def table(self, which: Table) -> bytes:
        """Return one table; empty when the document has none or it lies outside of the stream."""
        if self.old:
            return b""
        place, size = struct.unpack_from("<LL", self.words, _PLACES + 8 * which)
        return self.tables[place : place + size] if place + size <= len(self.tables) else b""

    def clx(self) -> bytes:
        """Return the piece table's bytes."""
        if not self.old:
            return self.table(Table.CLX)
        place, size = struct.unpack_from("<LL", self.words, _OLD_CLX)
        return self.words[place : place + size]

    @property
    def pieced(self) -> bool:
        """Whether the text lies in pieces; old documents lie in one unless saved fast."""
        return not self.old or bool(_flags(self.words) & _COMPLEX)

    @property
    def stretch(self) -> bytes:
        """The text of an old document that lies in one piece."""
        start, end = struct.unpack_from("<LL", self.words, 0x18)
        return self.words[start:end]

    @property
    def language(self) -> int:
        """The language that the document was made in, as Windows numbers it."""
        return int(struct.unpack_from("<H", self.words, 6)[0])

    def span(self, story: Story) -> tuple[int, int]:
        """Return where a story begins and ends in the whole text."""
        start = sum(self.lengths[:story])
        return start, start + self.lengths[story]


def opened_word(container: Container) -> WordFile | None:
    """Return the Word document of a container, None when it holds something else; raises encrypted or broken."""
    words = container.stream("WordDocument")
    if words is None:
        return None
    if len(words) < _SHORTEST:
        raise damaged()
    sign, version = struct.unpack_from("<HH", words)
    if sign not in {_WORD_97, _WORD_6}:
        raise damaged()
    if _flags(words) & _ENCRYPTED:
        raise EncryptedSourceError("文件设有打开密码：请去掉密码后再提交。")
    if sign == _WORD_6 or version in _OLD_VERSIONS:
        return WordFile(container, words, words, _lengths(words, _OLD_STORY_LENGTHS), old=True)
    tables = container.stream("1Table" if _flags(words) & _SECOND_TABLE else "0Table")
    if tables is None:
        raise damaged()
    return WordFile(container, words, tables, _lengths(words, _STORY_LENGTHS))


def _lengths(words: bytes, place: int) -> tuple[int, ...]:
    lengths = struct.unpack_from("<8l", words, place)
    if min(lengths) < 0:
        raise damaged()
    return lengths


def _flags(words: bytes) -> int:
    return int(struct.unpack_from("<H", words, 0x0A)[0])
