"""The fonts of a binary Word document by their numbers ([MS-DOC] 2.9.271, 2.9.92): only their names matter here."""

import struct

from attrtrack.reading.word97.fib import Table, WordFile

_NAME = 39


def font_names(word: WordFile) -> list[str]:
    """Return the names of the fonts, as far as the table can be followed."""
    table = word.table(Table.FONTS)
    if len(table) < 4:  # noqa: PLR2004 - its head
        return []
    count, extra = struct.unpack_from("<HH", table)
    names: list[str] = []
    at = 4
    for _ in range(count):
        size = table[at] if at < len(table) else 0
        if size <= _NAME:
            break
        raw = table[at + 1 + _NAME : at + 1 + size]
        names.append(raw.decode("utf-16-le", errors="ignore").split("\x00", 1)[0])
        at += 1 + size + extra
    return names
