"""Binary Word documents made by hand for the tests: a compound file and the few tables that a reader needs."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_TEXT_AT, _DELETIONS_AT = 0x800, 0x400
_PLACES = 0x9A
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _padded(content: bytes, least: int = 0) -> bytes:
    size = max(least, -(-len(content) // _SECTOR) * _SECTOR)
    return content.ljust(size, b"\x00")


def _entry(name: str, kind: int, **places: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    head = struct.pack("<64sHBB", raw, len(raw), kind, 1)
    tree = struct.pack("<LLL", _FREE, places.get("following", _FREE), places.get("child", _FREE))
    return head + tree + bytes(36) + struct.pack("<LLL", places.get("first", _END), places.get("size", 0), 0)


def a_container(streams: Mapping[str, bytes]) -> bytes:
    """Pack streams into a compound file of one sector table; small streams are padded beyond the mini stream."""
    sectors, table, entries = b"", [_FAT], []
    for number, (name, content) in enumerate(streams.items(), start=1):
        padded = _padded(content, 4096)
        first, count = len(table), len(padded) // _SECTOR
        table += [*range(first + 1, first + count), _END]
        sectors += padded
        following = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, first=first, size=len(padded), following=following))
    directory = _padded(b"".join([_entry("Root Entry", 5, child=1 if streams else _FREE), *entries]))
    first_directory, count = len(table), len(directory) // _SECTOR
    table += [*range(first_directory + 1, first_directory + count), _END]
    assert len(table) <= _SECTOR // 4, "the builder makes small files only"
    fat = struct.pack(f"<{_SECTOR // 4}L", *table, *[_FREE] * (_SECTOR // 4 - len(table)))
    header = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<LLLLLLLL", 1, first_directory, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109L", 0, *[_FREE] * 108)
    return header + fat + sectors + directory


@dataclass(frozen=True, slots=True)
class Plan:
    """What a document is made of; its stories in the order in which a document keeps them."""

    stories: Sequence[str]
    narrow: int = 0
    deleted: tuple[int, int] | None = None
    flags: int = 0
    headers: Sequence[int] = ()


def a_word_stream(plan: Plan) -> tuple[bytes, bytes]:
    """Return the streams of text and of tables; the first `narrow` characters are kept in one byte each."""
    text = "".join(plan.stories)
    first = text[: plan.narrow].encode("cp1252")
    rest = text[plan.narrow :].encode("utf-16-le")
    rest_at = _TEXT_AT + len(first) + len(first) % 2
    units = plan.narrow + len(rest) // 2
    places = [0, plan.narrow, units] if plan.narrow else [0, units]
    entries = [(2 * _TEXT_AT) | 0x40000000, rest_at] if plan.narrow else [rest_at]
    plc = struct.pack(f"<{len(places)}L", *places) + b"".join(struct.pack("<HLH", 0, at, 0) for at in entries)
    tables = {33: b"\x02" + struct.pack("<L", len(plc)) + plc}
    if plan.headers:
        tables[11] = struct.pack(f"<{len(plan.headers)}L", *plan.headers)
    page = bytes(_SECTOR)
    if plan.deleted:
        start, end = (rest_at + 2 * (place - plan.narrow) for place in plan.deleted)
        page = (
            struct.pack("<LLB", start, end, 250).ljust(500, b"\x00") + b"\x03\x00\x08\x01".ljust(11, b"\x00") + b"\x01"
        )
        tables[12] = struct.pack("<LLL", start, end, _DELETIONS_AT // _SECTOR)
    head = bytearray(_DELETIONS_AT)
    struct.pack_into("<HHHHHH", head, 0, 0xA5EC, 0xC1, 0, 0x804, 0, 0x0200 | plan.flags)
    lengths = [len(story.encode("utf-16-le")) // 2 for story in plan.stories]
    struct.pack_into("<8l", head, 0x4C, *lengths, *[0] * (8 - len(lengths)))
    stream = b""
    for index, table in tables.items():
        struct.pack_into("<LL", head, _PLACES + 8 * index, len(stream), len(table))
        stream += table
    body = bytes(head) + page
    return body.ljust(_TEXT_AT, b"\x00") + first + bytes(len(first) % 2) + rest, stream


def a_doc(*stories: str, plan: Plan | None = None, **streams: bytes) -> bytes:
    """Make a Word 97 document of stories, or of a plan; `streams` are further ones by name."""
    words, tables = a_word_stream(plan or Plan(stories))
    return a_container({"WordDocument": words, "1Table": tables, **streams})


def an_old_doc(text: bytes, *, language: int = 0x804, flags: int = 0) -> bytes:
    """Make a document of Word 95, whose text is bytes in a code page."""
    head = bytearray(0x300)
    struct.pack_into("<HHHHHH", head, 0, 0xA5DC, 0x68, 0, language, 0, flags)
    struct.pack_into("<LL", head, 0x18, 0x300, 0x300 + len(text))
    struct.pack_into("<l", head, 0x34, len(text))
    return a_container({"WordDocument": bytes(head) + text})


def a_property_set(*sections: Mapping[int, bytes]) -> bytes:
    """Make a property stream; each section maps numbers to typed values."""
    head = struct.pack("<HHL", 0xFFFE, 0, 2) + bytes(16) + struct.pack("<L", len(sections))
    bodies, places = b"", b""
    start = len(head) + 20 * len(sections)
    for section in sections:
        index, values = b"", b""
        for number, value in section.items():
            index += struct.pack("<LL", number, 8 + 8 * len(section) + len(values))
            values += value.ljust(-(-len(value) // 4) * 4, b"\x00")
        places += bytes(16) + struct.pack("<L", start + len(bodies))
        bodies += struct.pack("<LL", 8 + len(index) + len(values), len(section)) + index + values
    return head + places + bodies


def narrow_text(text: str, charset: str) -> bytes:
    """Make a text property in the section's code page."""
    raw = text.encode(charset) + (b"\x00\x00" if charset == "utf-16-le" else b"\x00")
    return struct.pack("<LL", 30, len(raw)) + raw


def named(names: Mapping[int, str], charset: str) -> bytes:
    """Make the dictionary of a section that names its own properties."""
    entries = b""
    for number, name in names.items():
        raw = name.encode(charset) + (b"\x00\x00" if charset == "utf-16-le" else b"\x00")
        units = len(raw) // 2 if charset == "utf-16-le" else len(raw)
        entries += struct.pack("<LL", number, units) + raw
        if charset == "utf-16-le":
            entries += bytes(-len(raw) % 4)
    return struct.pack("<L", len(names)) + entries
