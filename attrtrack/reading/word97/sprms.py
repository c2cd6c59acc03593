"""Property modifiers of binary Word documents ([MS-DOC] 2.2.5.1): only what changes which text there is."""

import struct
from collections.abc import Iterator

PICTURE = 0x6A03
SYMBOL = 0x6A09
FONT = 0x4A4F
IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
LONG_PARAGRAPH = {0x6645, 0x6646}
_DELETED = 0x0800
_TABLE_LAYOUTS = {0xD606, 0xD608}
_TAB_STOPS, _COMPUTED = 0xC615, 255
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_VARIABLE = 6


def sprms(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each modifier and its operand; a list that is cut off ends where it is cut."""
    at = 0
    while at + 2 < len(properties):
        (code,) = struct.unpack_from("<H", properties, at)
        size = _size(code, properties, at + 2)
        yield code, properties[at + 2 : at + 2 + size]
        at += 2 + size


def _size(code: int, properties: bytes, at: int) -> int:
    kind = code >> 13
    if kind != _VARIABLE:
        return _SIZES[kind]
    first = properties[at]
    if code in _TABLE_LAYOUTS:
        return int.from_bytes(properties[at : at + 2], "little") + 1
    if code == _TAB_STOPS and first == _COMPUTED:
        removed = properties[at + 1] if at + 1 < len(properties) else 0
        there = at + 2 + removed * 4
        return 2 + removed * 4 + 1 + (properties[there] * 3 if there < len(properties) else 0)
    return 1 + first


def deletes(code: int, operand: bytes) -> bool:
    """Whether a modifier marks text as deleted while changes were tracked."""
    return code == _DELETED and bool(operand) and bool(operand[0] & 1)
