"""Which files there are to read: paths as given, and what lies below folders, in one order, whatever their number.

Decision: a folder is listed in slices of its sorted names, so that a hundred thousand files in one folder cost as
little memory as ten. No symbolic link below a folder is followed, and nothing but regular files is ever opened.
"""

import heapq
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attrtrack.errors import AttrtrackError, EmptySourceError, SourceNotFoundError, UnsupportedFormatError, told

_SLICE = 20_000


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read, or the error of a path where there is none to read."""

    name: str
    error: AttrtrackError | None = None


def find_files(paths: Iterable[str]) -> Iterator[FoundFile]:
    """Yield each file named or found below a folder, hidden ones aside; an empty folder comes as its error.

    Folders are walked in the order of their names' code points. What cannot be opened, is no regular file, or is a link
    that leads out of the folder comes as its error; a link that stays within is found under its own name.
    """
    for name in paths:
        if not os.path.isdir(name):  # noqa: PTH112 - a Path cannot hold every name
            yield FoundFile(name)
            continue
        found = False
        for item in _below(name, os.path.realpath(name)):
            found = True
            yield item
        if not found:
            yield FoundFile(name, EmptySourceError(f"文件夹 {name} 里没有文件：请检查路径。"))


def _below(folder: str, root: str) -> Iterator[FoundFile]:
    """Walk a tree without recursion: one half-read listing for each level."""
    levels = [_listed(folder)]
    while levels:
        entry = next(levels[-1], None)
        if entry is None:
            levels.pop()
        elif isinstance(entry, FoundFile):
            yield entry
        elif (kind := _kind(entry)) is None:
            yield FoundFile(entry, SourceNotFoundError("文件打不开：没有权限，或刚刚被移走。请检查后再试。"))
        elif stat.S_ISDIR(kind):
            levels.append(_listed(entry))
        elif stat.S_ISLNK(kind):
            yield from _linked(entry, root)
        elif stat.S_ISREG(kind):
            yield FoundFile(entry)
        else:
            yield FoundFile(entry, UnsupportedFormatError("这不是普通文件（管道、设备或套接字），没有打开。"))


def _listed(folder: str) -> Iterator[str | FoundFile]:
    """Yield the paths in a folder by name; a folder that cannot be listed comes as its error."""
    last: str | None = None
    try:
        while names := _names_after(folder, last):
            yield from (os.path.join(folder, name) for name in names)  # noqa: PTH118 - a Path cannot hold every name
            last = names[-1]
    except OSError as error:
        yield FoundFile(folder, SourceNotFoundError(f"文件夹打不开，里面的文件没有读：{told(error)}。请检查权限。"))


def _names_after(folder: str, last: str | None) -> list[str]:
    with os.scandir(folder) as entries:
        names = (entry.name for entry in entries if not entry.name.startswith("."))
        return heapq.nsmallest(_SLICE, (name for name in names if last is None or name > last))


def _kind(path: str) -> int | None:
    try:
        return os.lstat(path).st_mode
    except (OSError, ValueError):
        return None


def _linked(path: str, root: str) -> Iterator[FoundFile]:
    """Yield the refusal of a link that leads out of the tree; within it, the file is found under its own name."""
    target = os.path.realpath(path)
    inside = os.path.commonpath([root, target]) == root and os.path.exists(target)  # noqa: PTH110 - as above
    if not inside or "/." in target[len(root) :]:
        yield FoundFile(
            path,
            SourceNotFoundError("这是指向文件夹之外（或并不存在的文件）的链接，没有打开：请直接给出原文件的路径。"),
        )
