"""The results of a long reading: one JSON row a file, and at once the state from which a rerun goes on.

Decision: a row is whole or not there (a half-written last line is cut off on opening); nothing is ever written of a
classified file, so that a rerun meets it again and tells of it again, and the results hold no trace of it.
"""

import contextlib
import hashlib
import json
import os
import stat
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from attrtrack.errors import EnvironmentFailedError, UsageError, told

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_OPENING = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_BEGINNING = b'{"file": "'
_FAR = 1 << 62


class Results:
    """An open file of results, locked against a second process; a context manager."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.repaired = False
        self._known: set[bytes] = set()
        try:
            self._handle = os.open(path, _OPENING, 0o600)
        except (OSError, ValueError) as error:
            raise _unusable(path, error) from error
        try:
            self._lock()
            self._end = self._read()
        except BaseException:
            os.close(self._handle)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            os.fsync(self._handle)
        os.close(self._handle)

    def __len__(self) -> int:
        return len(self._known)

    def has(self, name: str, state: str) -> bool:
        """Whether a file was read in this very state, or found faulty in this very way."""
        return _key(name, state) in self._known

    def is_itself(self, name: str) -> bool:
        """Whether a file found is this file of results."""
        try:
            return os.path.samestat(os.stat(name), os.fstat(self._handle))  # noqa: PTH116 - a Path cannot hold every name
        except (OSError, ValueError):
            return False

    def add(self, row: Mapping[str, Any], state: str) -> None:
        """Append a row (`file` and `ok` among its fields) and hand it to the system at once."""
        kept = {"file": row["file"], "ok": row["ok"], "state": state, **row}
        line = json.dumps(kept, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        written = 0
        try:
            while written < len(line):
                written += os.write(self._handle, line[written:])
        except OSError as error:
            self._cut(self._end)
            raise EnvironmentFailedError(
                f"结果文件 {self.path} 写不进去：{told(error)}。已写入的都完好；排除后重新运行同一命令，就接着往下读。"
            ) from error
        self._end += len(line)
        self._known.add(_key(row["file"], state))

    def _lock(self) -> None:
        if not stat.S_ISREG(os.fstat(self._handle).st_mode):
            raise _foreign(self.path)
        try:
            if sys.platform == "win32":
                os.lseek(self._handle, _FAR, os.SEEK_SET)
                msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise EnvironmentFailedError(
                f"结果文件 {self.path} 正被另一个程序写入：请等它结束，或用 --out 另指一个文件。"
            ) from error

    def _read(self) -> int:
        """Learn what is there, cut off a half-written last line, and return where the next row begins."""
        end = 0
        os.lseek(self._handle, 0, os.SEEK_SET)
        with os.fdopen(os.dup(self._handle), "rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    self._check_fragment(line, end)
                    break
                self._learn(line)
                end += len(line)
        self._cut(end)
        return end

    def _learn(self, line: bytes) -> None:
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or not isinstance(row.get("file"), str) or "ok" not in row:
            raise _foreign(self.path)
        self._known.add(_key(row["file"], str(row.get("state"))))

    def _check_fragment(self, line: bytes, end: int) -> None:
        """Refuse to cut a file that never was one of results."""
        beginning = line[: len(_BEGINNING)]
        if not end and line.strip(b"\x00") and not _BEGINNING.startswith(beginning):
            raise _foreign(self.path)
        self.repaired = True

    def _cut(self, end: int) -> None:
        with contextlib.suppress(OSError):
            if os.fstat(self._handle).st_size > end:
                os.ftruncate(self._handle, end)
        os.lseek(self._handle, end, os.SEEK_SET)


def _key(name: str, state: str) -> bytes:
    words = f"{name}\x00{state}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(words, digest_size=12).digest()


def _foreign(path: str) -> UsageError:
    return UsageError(f"{path} 里不是 read 的结果，没有动它：请用 --out 另指一个文件。")


def _unusable(path: str, error: OSError | ValueError) -> EnvironmentFailedError:
    reason = told(error) if isinstance(error, OSError) else "文件名里有不能用的字符"
    return EnvironmentFailedError(f"结果文件 {path} 打不开：{reason}。请检查路径和写权限。")
