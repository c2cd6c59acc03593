"""Saved pages handed in as a zip: taken out in memory, by their own names only, as many bytes as a job may bring.

Decision: a path in an archive is never used; of each member the last part of its name is kept, and what a browser saved
beside a page, hidden files and everything that is no saved page stays inside.
"""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from attrtrack.domain.jobs import Upload
from attrtrack.errors import EmptySourceError, SourceTooLargeError
from attrtrack.reading.containers.archive import opened, part
from attrtrack.reading.pages import is_page
from attrtrack.workflow.job_files import MOST_BYTES, MOST_FILES

_BESIDE = ("_files", ".files", "_file", "-files")
_HIDDEN = (".", "__MACOSX")
_UPWARDS = frozenset({".", ".."})
_UTF8_FLAG = 0x800


def unpacked(uploads: Iterable[Upload]) -> tuple[Upload, ...]:
    """Return the uploads with every zip replaced by the saved pages in it.

    Raises what `opened` does for archives that are damaged, locked or unpack to too much, `EmptySourceError` for one
    without a page, `SourceTooLargeError` for more pages or bytes than one job takes.
    """
    kept: list[Upload] = []
    size = 0
    for upload in uploads:
        for item in _pages_in(upload) if _is_zip(upload) else (upload,):
            size += len(item.content)
            if size > MOST_BYTES or len(kept) >= MOST_FILES:
                most = f"{MOST_FILES} 个网页、{MOST_BYTES // 1024 // 1024} 兆字节"
                raise SourceTooLargeError(f"{upload.name[:60]} 里的网页太多或太大：一次最多 {most}，请分几次提交。")
            kept.append(item)
    return tuple(kept)


def _is_zip(upload: Upload) -> bool:
    return upload.name.lower().endswith(".zip")


def _pages_in(upload: Upload) -> Iterator[Upload]:
    found = False
    with opened(upload.content) as archive:
        for member in archive.infolist():
            path = PurePosixPath(_name(member).replace("\\", "/"))
            if member.is_dir() or not is_page(path.name) or _is_beside(path):
                continue
            content = part(archive, member.filename)
            if content is not None:
                found = True
                yield Upload(path.name[-255:], content)
    if not found:
        raise EmptySourceError(f"压缩包 {upload.name[:60]} 里没有网页（html、mht）：请检查是否选错了文件。")


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; without the mark of UTF-8 it is what Chinese Windows writes, if that can be read."""
    if member.flag_bits & _UTF8_FLAG:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _is_beside(path: PurePosixPath) -> bool:
    folders = (folder for folder in path.parts[:-1] if folder not in _UPWARDS)
    return path.name.startswith(".") or any(
        folder.endswith(_BESIDE) or folder.startswith(_HIDDEN) for folder in folders
    )
