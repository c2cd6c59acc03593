"""Zip containers of documents: nothing is written to disk, and sizes are capped before and while unpacking."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from attrtrack.errors import BrokenSourceError, EncryptedSourceError
from attrtrack.reading.limits import MAX_MEMBERS, MAX_UNPACKED, too_large

_ENCRYPTED_FLAG = 0x1
UNUSABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, NotImplementedError, ValueError,
    RuntimeError, OverflowError,
)  # fmt: skip
"""What the standard library raises over containers that are damaged or packed in ways it does not know."""


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a container whose declared unpacked size is bearable; raises broken, encrypted or too-large."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNUSABLE as error:
        raise broken() from error
    with archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise too_large()
        if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
            raise EncryptedSourceError("文件设有密码：请去掉密码后再提交。")
        yield archive


def part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Unpack one part, at most the cap whatever its header says; None when there is no such part."""
    try:
        with archive.open(name) as stream:
            content = stream.read(MAX_UNPACKED + 1)
    except KeyError:
        return None
    except UNUSABLE as error:
        raise broken() from error
    if len(content) > MAX_UNPACKED:
        raise too_large()
    return content


def broken() -> BrokenSourceError:
    """Make the refusal of a container that cannot be unpacked, or of a part that cannot be parsed."""
    return BrokenSourceError("文件已损坏，或内容与扩展名不符：请用办公软件打开后重新另存。")
