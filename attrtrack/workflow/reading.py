"""Step 1 and 2: read files and say what they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from attrtrack.domain.documents import Document
from attrtrack.errors import AttrtrackError, EmptySourceError, SourceNotFoundError, SourceTooLargeError, told
from attrtrack.reading import MAX_BYTES, is_ledger, read_source
from attrtrack.recording import record
from attrtrack.workflow.app import App


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read, or the error of a path where there is none."""

    name: str
    error: AttrtrackError | None = None


def find_files(paths: Iterable[str]) -> Iterator[FoundFile]:
    """Yield each file named or found below a folder, hidden ones aside; an empty folder comes as its error."""
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            yield from (FoundFile(str(p)) for p in found)
            if not found:
                yield FoundFile(name, EmptySourceError(f"文件夹 {name} 里没有文件：请检查路径。"))
        else:
            yield FoundFile(name)


def load_bytes(name: str) -> bytes:
    """Return a file's bytes, its size checked before anything is read."""
    path = Path(name)
    try:
        if not path.is_file():
            raise SourceNotFoundError(f"找不到文件 {name}：请检查路径和文件名。")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceTooLargeError(
                f"文件有 {size / 1_048_576:.0f} MB，超过上限 {MAX_BYTES // 1_048_576} MB：请确认是否选错了文件，或拆分后再读。"
            )
        return path.read_bytes()
    except OSError as error:
        raise SourceNotFoundError(f"文件 {name} 打不开：{told(error)}。请检查路径和权限。") from error


def read_document(app: App, data: bytes, name: str) -> Document:
    """Read bytes and extract the elements; a sign of secrecy refuses the file and nothing of it is kept."""
    return record(read_source(data, Path(name).name), app.rules)


def read_file(app: App, name: str) -> Document:
    """Read the file called `name`."""
    return read_document(app, load_bytes(name), name)


__all__ = ["FoundFile", "find_files", "is_ledger", "load_bytes", "read_document", "read_file"]
