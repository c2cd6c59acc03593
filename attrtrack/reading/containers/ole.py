"""OLE compound files (doc, wps, xls, ppt): the streams at the root, and nothing that lies in deeper storages.

Decision: the container is walked here and not by a library, because a damaged file must cost no more than its size:
a chain of sectors ends after as many as the file has, the directory is walked without recursion, no sector table is
longer than the file ([MS-CFB] 2). Embedded objects and macros live in deeper storages and are never opened.
"""

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from attrtrack.errors import BrokenSourceError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_SECTOR_SHIFTS = {9, 12}
_MINI_SECTOR = 64
_ENTRY = 128
_MOST_ENTRIES = 4096
_STREAM, _ROOT = 2, 5
_IN_HEADER = 109
_MINI_CUTOFF = 4096
_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the directory: its kind, first sector and size in bytes, and its neighbours in the tree."""

    kind: int
    name: str
    first: int
    size: int
    neighbours: tuple[int, int]
    child: int


class Container:
    """The root storage of a compound file; raises `BrokenSourceError` when header or directory cannot be used."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(MAGIC):
            raise damaged()
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in _SECTOR_SHIFTS:
            raise damaged()
        self._data = data
        self._size = 1 << shift
        self._most = len(data) // self._size + 1
        self._fat = self._table(self._fat_sectors())
        first_directory, first_mini, mini_sectors = (struct.unpack_from("<L", data, at)[0] for at in (48, 60, 64))
        self._directory = b"".join(self._sectors(first_directory, self._most))
        self._entries = {entry.name.casefold(): entry for entry in self._children()}
        self._mini_fat = self._table(self._chain(self._fat, first_mini, min(mini_sectors, self._most)))
        self._mini: bytes | None = None

    def names(self) -> frozenset[str]:
        """Return the names of streams and storages at the root, case folded."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes | None:
        """Return a stream of the root, as much of it as the file holds; None when there is none of that name."""
        entry = self._entries.get(name.casefold())
        if entry is None or entry.kind != _STREAM:
            return None
        if entry.size >= _MINI_CUTOFF:
            wanted = -(-min(entry.size, len(self._data)) // self._size)
            return b"".join(self._sectors(entry.first, wanted))[: entry.size]
        if self._mini is None:
            root = self._entry(0)
            self._mini = b"".join(self._sectors(root.first, self._most))[: root.size] if root else b""
        chain = self._chain(self._mini_fat, entry.first, -(-entry.size // _MINI_SECTOR))
        places = (number * _MINI_SECTOR for number in chain)
        return b"".join(self._mini[place : place + _MINI_SECTOR] for place in places)[: entry.size]

    def _fat_sectors(self) -> list[int]:
        """Return the numbers of the sectors that hold the sector table, no more than the file can need."""
        most = self._most // (self._size // 4) + 2
        numbers = list(struct.unpack_from(f"<{_IN_HEADER}L", self._data, 76))
        (following,) = struct.unpack_from("<L", self._data, 68)
        seen: set[int] = set()
        while following < self._most and following not in seen and len(numbers) < most + _IN_HEADER:
            seen.add(following)
            content = self._numbers(following)
            numbers.extend(content[:-1])
            following = content[-1] if content else self._most
        return [number for number in numbers if number < self._most][:most]

    def _table(self, sectors: "list[int] | Iterator[int]") -> "array[int]":
        table = array("I")
        for sector in sectors:
            table.extend(self._numbers(sector))
        return table

    def _numbers(self, sector: int) -> tuple[int, ...]:
        content = self._sector(sector)
        return struct.unpack_from(f"<{len(content) // 4}L", content)

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _sectors(self, first: int, most: int) -> Iterator[bytes]:
        return map(self._sector, self._chain(self._fat, first, most))

    @staticmethod
    def _chain(table: "array[int]", first: int, most: int) -> Iterator[int]:
        """Yield the numbers of a chain, at most `most`, so that a ring of sectors ends."""
        number = first
        for _ in range(most):
            if number >= len(table):
                return
            yield number
            number = table[number]

    def _entry(self, number: int) -> Entry | None:
        raw = self._directory[number * _ENTRY : (number + 1) * _ENTRY]
        if len(raw) < _ENTRY:
            return None
        length, kind, _, left, right, child = struct.unpack_from("<HBBLLL", raw, 64)
        first, size = struct.unpack_from("<LL", raw, 116)
        name = raw[: max(0, min(length, _LONGEST_NAME) - 2)].decode("utf-16-le", errors="replace")
        return Entry(kind=kind, name=name, first=first, size=size, neighbours=(left, right), child=child)

    def _children(self) -> Iterator[Entry]:
        """Yield the entries of the root storage; each is visited once, whatever the tree's pointers say."""
        root = self._entry(0)
        if root is None or root.kind != _ROOT:
            raise damaged()
        waiting, seen = [root.child], {0}
        while waiting and len(seen) < _MOST_ENTRIES:
            number = waiting.pop()
            entry = self._entry(number) if number not in seen else None
            seen.add(number)
            if entry is not None:
                yield entry
                waiting.extend(entry.neighbours)


def damaged() -> BrokenSourceError:
    """Make the refusal of a compound file, or a Word document in it, whose tables cannot be followed."""
    return BrokenSourceError("文件已损坏或不完整：请用 Word 或 WPS 打开后重新另存为 docx，再提交。")
