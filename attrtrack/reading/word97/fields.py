"""Fields of binary Word documents ([MS-DOC] 2.8.25): instruction and result between marks; forms' tick boxes."""

import re
import struct
from collections.abc import Iterator

_FIELD = re.compile("[\x13\x14\x15]")
_BEGIN, _MIDDLE = "\x13", "\x14"
_TICK_BOX = "FORMCHECKBOX"
_LONGEST_INSTRUCTION = 200
_FORM_HEADER = 68
_TICKED_BITS, _AS_DEFAULT = 0x1F, 25


def instructions(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield begin and end of each instruction and the place of its field's end mark; unpaired marks hide nothing."""
    waiting: list[list[int]] = []
    for mark in _FIELD.finditer(text, start, end):
        if mark[0] == _BEGIN:
            waiting.append([mark.start(), -1])
        elif waiting and mark[0] == _MIDDLE:
            waiting[-1][1] = mark.start() if waiting[-1][1] < 0 else waiting[-1][1]
        elif waiting:
            begin, middle = waiting.pop()
            yield begin, mark.start() if middle < 0 else middle, mark.start()


def is_tick_box(text: str, begin: int, end: int) -> bool:
    """Whether an instruction makes a tick box of a form."""
    return _TICK_BOX in text[begin : min(end, begin + _LONGEST_INSTRUCTION)]


def ticked(data: bytes, place: int) -> bool | None:
    """Whether a form's tick box is ticked, by its data ([MS-DOC] 2.9.78); None when they cannot be read."""
    form = data[place + _FORM_HEADER : place + _FORM_HEADER + 256]
    if len(form) < 14 or form[:4] != b"\xff\xff\xff\xff" or form[4] & 0x3 != 1:  # noqa: PLR2004 - the shortest form
        return None
    state = form[4] >> 2 & _TICKED_BITS
    if state != _AS_DEFAULT:
        return state == 1
    (letters,) = struct.unpack_from("<H", form, 10)
    default = form[14 + 2 * letters : 16 + 2 * letters]
    return default == b"\x01\x00" if len(default) == 2 else None  # noqa: PLR2004 - a word
