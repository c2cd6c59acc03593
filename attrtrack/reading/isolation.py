"""Files read in a process of their own, so that one which crashes, hangs or swells its reader harms nothing else.

Decision: the process is started once for a batch and again after every death; bytes go in and values come out through
pipes, nothing touches the disk. `guarded` decides what need not be isolated. Without `resource` (Windows) only the time limit holds.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from attrtrack.domain.documents import SourceText
from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.domain.pages import SavedPage
from attrtrack.errors import EnvironmentFailedError, InputRefusedError
from attrtrack.reading.limits import MAX_MEMORY, check_size, crashed, seconds_for, too_heavy
from attrtrack.reading.messages import BadMessageError, packed, read_frame, rebuilt, refusal_of, unpacked, write_frame

_LONGEST_ANSWER = 96 * 1024 * 1024
_LONGEST_NAME = 4096
_START_SECONDS = 30.0
_KEPT = ("LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TZ")
_RECYCLE_KB = MAX_MEMORY // 2 // 1024

Message = dict[str, Any]


class _LostError(Exception):
    """The reading process is no longer there; why is found out next."""


class IsolatedReader:
    """Reads files in a child process; a context manager, used by one thread at a time."""

    def __init__(self) -> None:
        self._child: _Child | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def source(self, data: bytes, name: str) -> SourceText:
        """Read one document as `read_source` does; a crash is `broken`, too long or too much memory is `too-large`."""
        try:
            (message,) = self._ask("source", data, name)
            source: SourceText = rebuilt(SourceText, message["source"])
        except (ValueError, KeyError, BadMessageError) as error:
            self.close()
            raise crashed() from error
        return replace(source, name=name)

    def page(self, data: bytes, name: str) -> SavedPage:
        """Read one saved web page as `read_saved` does; a crash is `broken`, too long or too much memory is `too-large`."""
        try:
            (message,) = self._ask("page", data, name)
            saved: SavedPage = rebuilt(SavedPage, message["page"])
        except (ValueError, KeyError, BadMessageError) as error:
            self.close()
            raise crashed() from error
        return replace(saved, source=replace(saved.source, name=name))

    def tables(self, data: bytes, name: str) -> tuple[Table, ...]:
        """Read a ledger as `read_table` does; a crash is `broken`, too long or too much memory is `too-large`."""
        try:
            return tuple(_tables(self._ask("tables", data, name, _sheet_or_rows), name))
        except (ValueError, KeyError, IndexError, TypeError, BadMessageError) as error:
            self.close()
            raise crashed() from error

    def close(self) -> None:
        """End the process; another file would start another."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _ask(self, want: str, data: bytes, name: str, made: Callable[[Message], Any] = dict) -> list[Any]:
        """Return what is `made` of each message of the answer, while the process goes on to the next one."""
        check_size(data)
        with self._turn:
            child = self._child = self._child or _Child()
            try:
                answers, last = child.ask({"want": want, "name": name[-_LONGEST_NAME:]}, data, made)
            except _LostError as error:
                self.close()
                raise child.why() from error
            except BaseException:
                self.close()
                raise
            if child.timed_out or last["done"] > _RECYCLE_KB or last.get("unfit"):
                self.close()
        if "refused" in last:
            raise refusal_of(last)
        return answers


class _Child:
    """One reading process; `timed_out` tells whether the clock ended it."""

    def __init__(self) -> None:
        self.timed_out = False
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-B", "-m", "attrtrack.reading.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                **_apart(),
            )
        except OSError as error:
            raise _not_started() from error
        try:
            with self._clock(_START_SECONDS):
                ready = self._next()
        except (_LostError, BadMessageError) as error:
            self.end()
            raise _not_started() from error
        if ready != {"ready": True}:
            self.end()
            raise _not_started()

    def ask(self, head: Message, data: bytes, made: Callable[[Message], Any]) -> tuple[list[Any], Message]:
        """Send one file and return what is made of the messages of the answer, and the last one, which has `done`."""
        assert self._process.stdin is not None  # noqa: S101 - a pipe was asked for
        answers: list[Any] = []
        with self._clock(seconds_for(head["want"], data)):
            try:
                write_frame(self._process.stdin, packed(head))
                write_frame(self._process.stdin, data)
                self._process.stdin.flush()
            except OSError as error:
                raise _LostError from error
            while "done" not in (message := self._next()):
                answers.append(made(message))
        if type(message["done"]) is not int:
            raise BadMessageError
        return answers, message

    def why(self) -> InputRefusedError:
        """Say why the process died over a file; out of memory, compiled readers abort."""
        return too_heavy() if self.timed_out or self._process.returncode in _heavy_ends() else crashed()

    def end(self) -> None:
        """Kill the process and wait for it, so that neither orphan nor zombie stays."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close() if pipe is not None else None
        self._process.wait()

    def _next(self) -> Message:
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        content = read_frame(self._process.stdout, _LONGEST_ANSWER)
        if content is None:
            raise _LostError
        message = unpacked(content)
        if not isinstance(message, dict):
            raise BadMessageError
        return message

    @contextlib.contextmanager
    def _clock(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _stop(self) -> None:
        self.timed_out = True
        self._process.kill()


def _tables(parts: Iterable[str | list[TableRow]], name: str) -> Iterator[Table]:
    """Put the tables together again: each begins with the name of its sheet, its rows follow in several parts."""
    sheet: str | None = None
    rows = list[TableRow]()
    for part in parts:
        if isinstance(part, str):
            if sheet is not None:
                yield Table(name, sheet, tuple(rows))
            sheet, rows = part, []
        else:
            rows.extend(part)
    if sheet is not None:
        yield Table(name, sheet, tuple(rows))


def _sheet_or_rows(message: Message) -> str | list[TableRow]:
    """Make of a message the name of a sheet, or rows of it; written out, since a ledger has a million cells."""
    if "table" in message:
        name: str = rebuilt(str, message["table"])
        return name
    numbers, widths, cells = (message[key] for key in ("numbers", "widths", "cells"))
    if {*map(type, numbers), *map(type, widths)} - {int} or type(cells) is not list:
        raise BadMessageError
    "".join(cells)  # raises TypeError where a cell is no text, in a third of the time
    ends = list(accumulate(widths, initial=0))
    if min(widths, default=0) < 0 or ends[-1] != len(cells):
        raise BadMessageError
    row = tuple(cells)
    return [TableRow(number, row[start:end]) for number, (start, end) in zip(numbers, pairwise(ends), strict=True)]


def _environment() -> dict[str, str]:
    """Return what the process needs to find this program, and no more of the person's environment."""
    paths = [path for path in sys.path if path and Path(path).is_absolute()]
    home = str(Path(__file__).resolve().parents[2])
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys([home, *paths])),
        "PYTHONUTF8": "1",
        "XML_CATALOG_FILES": "",
    }


def _apart() -> dict[str, Any]:
    """Keep the terminal's Ctrl-C from the process: the parent ends it."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"process_group": 0}


def _heavy_ends() -> set[int]:
    """Return the exit codes of a process that ran out of memory (abort) or of processor time."""
    return {-getattr(signal, name) for name in ("SIGABRT", "SIGXCPU") if hasattr(signal, name)}


def _not_started() -> EnvironmentFailedError:
    return EnvironmentFailedError("读取文件的子进程启动不了：请检查内存和系统对进程的限制，然后重新运行。")
