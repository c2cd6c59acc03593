"""Step 1 and 2: read files and say what they are."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

from attrtrack.domain.documents import Document
from attrtrack.errors import SourceNotFoundError, SourceTooLargeError, told
from attrtrack.reading import MAX_BYTES, is_ledger
from attrtrack.reading.guarded import read_guarded, tables_guarded
from attrtrack.recording import record, refuse_classified_name
from attrtrack.workflow.app import App
from attrtrack.workflow.walking import FoundFile, find_files

if TYPE_CHECKING:
    from attrtrack.domain.ledgers import Table
    from attrtrack.reading.isolation import IsolatedReader

_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def load_bytes(name: str) -> bytes:
    """Return a file's bytes, its kind and size checked before anything is read."""
    try:
        handle = os.open(name, _OPENING)
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise SourceNotFoundError(f"{name} 不是文件：请检查路径和文件名。")
            data = stream.read(MAX_BYTES + 1) if status.st_size <= MAX_BYTES else b""
    except FileNotFoundError as error:
        raise SourceNotFoundError(f"找不到文件 {name}：请检查路径和文件名。") from error
    except (OSError, ValueError) as error:
        reason = told(error) if isinstance(error, OSError) else "文件名里有不能用的字符"
        raise SourceNotFoundError(f"文件 {name} 打不开：{reason}。请检查路径和权限。") from error
    size = max(status.st_size, len(data))
    if size > MAX_BYTES:
        raise SourceTooLargeError(
            f"文件有 {size / 1_048_576:.0f} MB，超过上限 {MAX_BYTES // 1_048_576} MB：请确认是否选错了文件，或拆分后再读。"
        )
    return data


def read_document(app: App, data: bytes, name: str, *, reader: "IsolatedReader | None" = None) -> Document:
    """Read bytes and extract the elements; a sign of secrecy refuses the file and nothing of it is kept.

    The name is looked at first: a scan or a broken file that is called secret is called classified as well.

    What could crash or hang its reader is read in a process of its own: `reader`, or one for this file alone.
    """
    refuse_classified_name(name, app.rules)
    return record(read_guarded(data, PurePath(name).name, reader), app.rules)


def read_file(app: App, name: str, *, reader: "IsolatedReader | None" = None) -> Document:
    """Read the file called `name`."""
    return read_document(app, load_bytes(name), name, reader=reader)


def read_tables(name: str, *, reader: "IsolatedReader | None" = None) -> "tuple[Table, ...]":
    """Read the sheets of the ledger called `name`."""
    return tables_guarded(load_bytes(name), name, reader)


@contextmanager
def shared_reader(paths: Sequence[str]) -> Iterator["IsolatedReader | None"]:
    """Give one reading process to several files, closed at the end; None for a single file, which may not need any."""
    if is_one_file(paths):
        yield None
        return
    from attrtrack.reading.isolation import IsolatedReader  # noqa: PLC0415 - a single light file starts without it

    with IsolatedReader() as reader:
        yield reader


def is_one_file(paths: Sequence[str]) -> bool:
    """Whether the paths name a single file and no folder."""
    return len(paths) == 1 and not os.path.isdir(paths[0])  # noqa: PTH112 - a Path cannot hold every name


__all__ = [
    "FoundFile",
    "find_files",
    "is_ledger",
    "is_one_file",
    "load_bytes",
    "read_document",
    "read_file",
    "read_tables",
    "shared_reader",
]
