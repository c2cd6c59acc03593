"""Lines of a text file, packed by gzip or not, one after the other: what it unpacks to is capped, a bad byte spoils its line only."""

import gzip
import io
import zlib
from collections.abc import Iterator

from attrtrack.errors import BrokenSourceError
from attrtrack.reading.limits import MAX_UNPACKED, check_size, too_large

_PACKED = b"\x1f\x8b"
_PART = 1024 * 1024


def lines_of(data: bytes) -> Iterator[str]:
    """Yield the lines of a file; `BrokenSourceError` when it does not unpack, `SourceTooLargeError` when it unpacks to too much."""
    check_size(data)
    text = _unpacked(data) if data.startswith(_PACKED) else data
    with io.TextIOWrapper(io.BytesIO(text), encoding="utf-8-sig", errors="surrogateescape", newline="\n") as stream:
        yield from stream


def _unpacked(data: bytes) -> bytes:
    parts, size = list[bytes](), 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while part := packed.read(_PART):
                size += len(part)
                if size > MAX_UNPACKED:
                    raise too_large()
                parts.append(part)
    except (OSError, EOFError, zlib.error) as error:
        raise BrokenSourceError("压缩文件已损坏，不能解开：请重新下载或重新压缩（gzip）。") from error
    return b"".join(parts)
