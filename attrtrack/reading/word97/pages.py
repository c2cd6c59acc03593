"""Formatting pages of binary Word documents ([MS-DOC] 2.9.33, 2.9.174): which characters are deleted, are symbols, end cells.

Decision: text hidden by its format is kept, as in docx files: what a hand on the keyboard can show is part of the file,
and a sign of secrecy does not go away by being hidden.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from attrtrack.reading.limits import too_large
from attrtrack.reading.word97 import sprms as sprm
from attrtrack.reading.word97.fib import Table, WordFile

_PAGE = 512
_PAGE_NUMBER = 0x3FFFFF
_MOST_PAGES = 2_000
_PARAGRAPH_ENTRY = 13
_DEEPEST = 32
_TELLING = re.compile(rb"\x00\x08|[\x03\x09]\x6a|\x4f\x4a")  # what a plain run's modifiers do not hold


@dataclass(frozen=True, slots=True)
class CharacterLook:
    """What a run's format says about its text: deleted, font and code of a symbol, its font, the place of form data."""

    deleted: bool = False
    symbol: tuple[int, int] | None = None
    font: int | None = None
    form: int | None = None

    def __bool__(self) -> bool:
        return self != _PLAIN


_PLAIN = CharacterLook()


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Where a paragraph stands among tables: how deep, and whether its mark ends a cell or a row there."""

    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False


def character_runs(word: WordFile, fonts: frozenset[int]) -> Iterator[tuple[int, int, CharacterLook]]:
    """Yield each run of bytes whose format changes what is text: of fonts only `fonts` are told, by their numbers."""

    @cache
    def look(properties: bytes) -> CharacterLook:
        return _character_look(properties, fonts)

    for start, end, page, entry in _entries(word, Table.CHARACTER_PAGES, 1):
        at = 2 * page[entry]
        found = look(page[at + 1 : at + 1 + page[at]]) if at else None
        if found:
            yield start, end, found


def paragraph_runs(word: WordFile) -> Iterator[tuple[int, int, ParagraphLook]]:
    """Yield the runs of bytes that are paragraphs within tables."""
    pages = word.container.stream("Data") if word.table(Table.PARAGRAPH_PAGES) else None

    @cache
    def look(properties: bytes) -> ParagraphLook:
        return _paragraph_look(properties, pages or b"")

    for start, end, page, entry in _entries(word, Table.PARAGRAPH_PAGES, _PARAGRAPH_ENTRY):
        at = 2 * page[entry]
        if at:
            found = look(_paragraph_properties(page, at))
            if found.depth:
                yield start, end, found


def _entries(word: WordFile, which: Table, width: int) -> Iterator[tuple[int, int, bytes, int]]:
    """Yield start and end of each run with its page and the place of its entry there; a page is read once."""
    table = word.table(which)
    count = (len(table) - 4) // 8
    if count < 1:
        return
    numbers = dict.fromkeys(
        number & _PAGE_NUMBER for number in struct.unpack_from(f"<{count}L", table, 4 * (count + 1))
    )
    if len(numbers) > _MOST_PAGES:
        raise too_large()
    for number in numbers:
        page = word.words[number * _PAGE : (number + 1) * _PAGE]
        runs = page[-1] if len(page) == _PAGE else 0
        entries = 4 * (runs + 1)
        if runs == 0 or entries + runs * width > _PAGE - 1:
            continue
        places = struct.unpack_from(f"<{runs + 1}L", page)
        for index in range(runs):
            yield places[index], places[index + 1], page, entries + index * width


def _character_look(properties: bytes, fonts: frozenset[int]) -> CharacterLook:
    if not _TELLING.search(properties):
        return _PLAIN
    deleted, symbol, font, form = False, None, None, None
    for code, operand in sprm.sprms(properties):
        number = int.from_bytes(operand[:2], "little")
        if code == sprm.SYMBOL and len(operand) == 4:  # noqa: PLR2004 - font and character, two bytes each
            symbol = number, int.from_bytes(operand[2:], "little")
        elif code == sprm.PICTURE:
            form = int.from_bytes(operand, "little")
        elif code == sprm.FONT:
            font = number if number in fonts else None
        else:
            deleted = sprm.deletes(code, operand) or deleted
    return CharacterLook(deleted, symbol, font, form)


def _paragraph_properties(page: bytes, at: int) -> bytes:
    """Return a paragraph's modifiers; its length is given in words, in a second byte when the first is zero."""
    size, start = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
    return page[start + 2 : start + size]


def _paragraph_look(properties: bytes, pages: bytes) -> ParagraphLook:
    """Read the marks of tables; the modifiers of a wide table's rows lie in the stream of data."""
    said: dict[int, int] = {}
    for code, operand in sprm.sprms(properties):
        value = int.from_bytes(operand[:4], "little")
        if code in sprm.LONG_PARAGRAPH:
            size = int.from_bytes(pages[value : value + 2], "little")
            far = sprm.sprms(pages[value + 2 : value + 2 + size])
            said.update((kind, int.from_bytes(there[:4], "little")) for kind, there in far)
        else:
            said[code] = value
    depth = said.get(sprm.DEPTH, 1) if said.get(sprm.IN_TABLE) or said.get(sprm.DEPTH) else 0
    return ParagraphLook(
        depth=min(depth, _DEEPEST) if depth < 1 << 31 else 0,
        ends_cell=bool(said.get(sprm.INNER_CELL)),
        ends_row=bool(said.get(sprm.ROW_END) or said.get(sprm.INNER_ROW_END)),
    )
