"""Many files read in processes of their own, a few ahead of whoever takes them, in the order given."""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import PurePath
from queue import SimpleQueue
from typing import Self, TypeVar

from attrtrack.domain.documents import SourceText
from attrtrack.domain.ledgers import Table
from attrtrack.domain.pages import SavedPage
from attrtrack.errors import AttrtrackError, InputRefusedError
from attrtrack.reading.isolation import IsolatedReader
from attrtrack.workflow.reading import load_bytes, read_tables
from attrtrack.workflow.walking import FoundFile

_READ_AHEAD = 3


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file as read: its text, the hash of its bytes, the state (size and time of change) in which it was found, its bytes."""

    source: SourceText
    digest: str
    state: str
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """A saved web page as read, and the state in which it was found."""

    saved: SavedPage
    state: str


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that could not be read and why; `state` is empty when it could not even be opened."""

    error: AttrtrackError
    state: str = ""


_Loaded = TypeVar("_Loaded", LoadedFile, LoadedPage)
_Read = Callable[[IsolatedReader, bytes, str, str], _Loaded]


class ReadingBatch:
    """Reads many files in the order given; `jobs` processes read ahead of whoever takes the results.

    A context manager: leaving it ends the processes, whatever they are at.
    """

    def __init__(self, jobs: int = 1) -> None:
        self._readers = [IsolatedReader() for _ in range(jobs)]
        self._idle: SimpleQueue[IsolatedReader] = SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs)
        for reader in self._readers:
            self._idle.put(reader)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_leaving: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for _ in range(2):  # the second time for a process that a file on its way has started
            for reader in self._readers:
                reader.close()
            self._threads.shutdown(wait=True)

    def files(self, found: Iterable[FoundFile]) -> Iterator[tuple[str, LoadedFile | RefusedFile]]:
        """Yield name and outcome of each file; only errors of the environment are raised."""
        yield from self._ahead(found, _as_file)

    def pages(self, found: Iterable[FoundFile]) -> Iterator[tuple[str, LoadedPage | RefusedFile]]:
        """Yield name and outcome of each saved web page, as `files` does."""
        yield from self._ahead(found, _as_page)

    def _ahead(self, found: Iterable[FoundFile], read: _Read[_Loaded]) -> Iterator[tuple[str, _Loaded | RefusedFile]]:
        waiting: deque[tuple[str, Future[_Loaded | RefusedFile]]] = deque()
        for item in found:
            waiting.append((item.name, self._threads.submit(self._one, item, read)))
            if len(waiting) > len(self._readers) + _READ_AHEAD:
                name, future = waiting.popleft()
                yield name, future.result()
        for name, future in waiting:
            yield name, future.result()

    def tables(self, name: str) -> tuple[Table, ...]:
        """Read the sheets of the ledger called `name` in one of the processes."""
        reader = self._idle.get()
        try:
            return read_tables(name, reader=reader)
        finally:
            self._idle.put(reader)

    def _one(self, found: FoundFile, read: _Read[_Loaded]) -> _Loaded | RefusedFile:
        if found.error is not None:
            return RefusedFile(found.error)
        state = ""
        reader = self._idle.get()
        try:
            state = file_state(found.name)
            return read(reader, load_bytes(found.name), found.name, state)
        except InputRefusedError as error:
            return RefusedFile(error, state)
        finally:
            self._idle.put(reader)


def _as_file(reader: IsolatedReader, data: bytes, name: str, state: str) -> LoadedFile:
    source = reader.source(data, PurePath(name).name)
    return LoadedFile(source, hashlib.sha256(data).hexdigest(), state, data)


def _as_page(reader: IsolatedReader, data: bytes, name: str, state: str) -> LoadedPage:
    return LoadedPage(reader.page(data, PurePath(name).name), state)


def file_state(name: str) -> str:
    """Return size and time of change of a file as one word; empty when there is none."""
    try:
        status = os.stat(name)  # noqa: PTH116 - a Path cannot hold every name
    except (OSError, ValueError):
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}"
