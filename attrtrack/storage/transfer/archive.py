"""The file of a backup, written in one pass and read as hostile.

Form, version 1: the line `attrtrack-backup 1`; a zlib stream of UTF-8 lines; 64 hex digits and a line end, the SHA-256
of everything before. The lines are JSON: a header (revision, tables with columns and counts, journal head, moment),
the rows of each table as arrays, after each table's rows its digest, and nothing else. No names of files or paths are
in it. Reading proves the file's own digest before anything is unpacked, and caps the header, each line and how much
may come out of how little; counts, columns and digests are compared by `restoring`.
"""

import datetime as dt
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from attrtrack.errors import BrokenSourceError, EmptySourceError, SourceNotFoundError, SourceTooLargeError, told
from attrtrack.storage.transfer.inventory import ColumnKept, Inventory, TableKept
from attrtrack.storage.transfer.rows import Values, encoded

FORMAT = 1
_MAGIC = b"attrtrack-backup "
_SEAL = 65
_READ = 1 << 20
_LEVEL = 1
HEADER_BYTES = 1 << 20
LINE_BYTES = 64 << 20
RATIO = 400
"""How many times its size a file may unpack to; registers give 5 to 30, and zlib could give 1,032."""
_FREE = 16 << 20
_KINDS = {
    "boolean": bool, "integer": int, "number": float, "json": str, "date": str, "bytes": str, "text": str
}  # fmt: skip
_MOST = 1 << 63


class ArchiveWriter:
    """Prints lines into an open file, compressed, and seals it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._seal = hashlib.sha256()
        self._packed = zlib.compressobj(_LEVEL)
        self._put(_MAGIC + b"%d\n" % FORMAT)

    def header(self, inventory: Inventory, *, at: dt.datetime) -> None:
        """Write what follows."""
        tables = [
            {"name": table.name, "key": table.key, "columns": [[c.name, c.kind] for c in table.columns], "rows": count}
            for table, count in zip(inventory.tables, inventory.counts, strict=True)
        ]
        stated = {"revision": inventory.revision, "at": at.isoformat(), "journal": inventory.head, "tables": tables}
        self.line(encoded([stated]))

    def line(self, line: bytes) -> None:
        """Write one printed line."""
        self._put(self._packed.compress(line))

    def seal(self) -> str:
        """End the stream and write the digest of the file; return it."""
        self._put(self._packed.flush())
        digest = self._seal.hexdigest()
        self._file.write(digest.encode() + b"\n")
        return digest

    def _put(self, data: bytes) -> None:
        self._seal.update(data)
        self._file.write(data)


class ArchiveReader:
    """A backup whose file digest has been proven; its tables are read in order, once."""

    def __init__(self, file: IO[bytes], size: int, digest: str) -> None:
        self.digest = digest
        self._lines = _lines(file, size)
        self.inventory, self.at = _header(next(self._lines, b""))

    def rows(self, table: TableKept) -> Iterator[Values]:
        """Yield the rows of the next table as the header counts them."""
        count = self.inventory.counts[self.inventory.tables.index(table)]
        kinds = [column.kind for column in table.columns]
        for _ in range(count):
            row = _parsed(next(self._lines, b""))
            if not isinstance(row, list) or len(row) != len(kinds):
                raise _damaged()
            for value, kind in zip(row, kinds, strict=True):
                if value is not None and not _fits(value, kind):
                    raise _damaged()
            yield row

    def digest_of(self, table: TableKept) -> str:
        """Return the digest that the archive states for the table just read."""
        del table
        stated = _parsed(next(self._lines, b""))
        if not isinstance(stated, dict) or not isinstance(stated.get("sha256"), str):
            raise _damaged()
        return str(stated["sha256"])

    def end(self) -> None:
        """Refuse anything after the last table."""
        if next(self._lines, None) is not None:
            raise _damaged()


@contextmanager
def open_archive(path: Path) -> Iterator[ArchiveReader]:
    """Open a backup for reading; a file that is none, is damaged or was cut short is refused before it is unpacked."""
    try:
        with path.open("rb") as file:
            size, digest = _proven(file)
            yield ArchiveReader(file, size, digest)
    except FileNotFoundError as error:
        raise SourceNotFoundError(f"没有备份文件 {path}：请检查路径。") from error
    except IsADirectoryError as error:
        raise SourceNotFoundError(f"{path} 是文件夹，不是备份文件：{told(error)}。") from error


def _damaged() -> BrokenSourceError:
    return BrokenSourceError("备份文件已损坏、不完整或被改动：没有恢复任何内容，请换一份备份。")


def _proven(file: IO[bytes]) -> tuple[int, str]:
    """Check first line and seal; leave the file at the compressed stream and return the stream's length and the digest."""
    first = file.readline(64)
    if not first:
        raise EmptySourceError("备份文件是空的：没有恢复任何内容，请换一份备份。")
    if not first.startswith(_MAGIC):
        raise BrokenSourceError("这不是 attrtrack backup 写出的备份文件：没有恢复任何内容。")
    if first != _MAGIC + b"%d\n" % FORMAT:
        raise BrokenSourceError("备份文件的格式比本程序新，或者已损坏：请升级程序后再恢复。")
    length = file.seek(0, 2) - len(first) - _SEAL
    if length <= 0:
        raise _damaged()
    file.seek(0)
    seal, left = hashlib.sha256(), len(first) + length
    while left and (data := file.read(min(_READ, left))):
        seal.update(data)
        left -= len(data)
    if file.read() != seal.hexdigest().encode() + b"\n":
        raise _damaged()
    file.seek(len(first))
    return length, seal.hexdigest()


def _lines(file: IO[bytes], size: int) -> Iterator[bytes]:
    """Unpack `size` bytes of the file line by line, each with its line end."""
    kept: list[bytes] = []
    held, limit = 0, HEADER_BYTES
    for piece in _unpacked(file, size):
        start = 0
        while (end := piece.find(b"\n", start)) >= 0:
            yield b"".join((*kept, piece[start : end + 1]))
            kept.clear()
            start, held, limit = end + 1, 0, LINE_BYTES
        if start < len(piece):
            kept.append(piece[start:])
            held += len(piece) - start
        if held > limit:
            raise SourceTooLargeError("备份文件中有一行大得不合情理：没有恢复任何内容，请换一份备份。")
    if kept:
        raise _damaged()


def _unpacked(file: IO[bytes], size: int) -> Iterator[bytes]:
    stream, left, out = zlib.decompressobj(), size, 0
    try:
        while left and not stream.eof:
            data = file.read(min(_READ, left))
            left -= len(data)
            if not data:
                break
            while data:
                piece = stream.decompress(data, _READ)
                data = stream.unconsumed_tail
                out += len(piece)
                if out > _FREE and out > RATIO * (size - left):
                    raise SourceTooLargeError("备份文件展开后大得不合情理：没有恢复任何内容，请换一份备份。")
                yield piece
    except zlib.error as error:
        raise _damaged() from error
    if left or not stream.eof or stream.unused_data:
        raise _damaged()


def _parsed(line: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _damaged() from error


def _fits(value: object, kind: str) -> bool:
    """Whether a value can stand in a column of that kind in both databases."""
    if type(value) is not _KINDS[kind]:
        return False
    if isinstance(value, int):
        return -_MOST <= value < _MOST
    return kind != "bytes" or re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", str(value)) is not None


def _header(line: bytes) -> tuple[Inventory, str]:
    try:
        (stated,) = _parsed(line)
        tables = tuple(_table(item) for item in stated["tables"])
        counts = tuple(_count(item["rows"]) for item in stated["tables"])
        head = stated["journal"]
        end = None if head is None else (_count(head[0]), _word(head[1]))
        return Inventory(_word(stated["revision"]), tables, counts, end), str(stated["at"])[:40]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise _damaged() from error


def _table(item: dict[str, Any]) -> TableKept:
    columns = tuple(ColumnKept(_word(name), kind) for name, kind in item["columns"])
    if any(column.kind not in _KINDS for column in columns):
        raise ValueError(item)
    return TableKept(_word(item["name"]), columns, tuple(map(_word, item["key"])))


def _word(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_]{1,128}", value):
        raise ValueError(value)
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(value)
    return value
