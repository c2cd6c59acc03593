"""Writing a register into one file: everything from one snapshot, under another name until it is whole and on the disk."""

import datetime as dt
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from attrtrack.errors import EnvironmentFailedError, StorageUnusableError, UsageError, told
from attrtrack.storage.engine import make_engine
from attrtrack.storage.failures import translated
from attrtrack.storage.revisions import head_revision, known_revisions
from attrtrack.storage.transfer.archive import ArchiveWriter
from attrtrack.storage.transfer.inventory import Inventory, Told, take_inventory
from attrtrack.storage.transfer.rows import Digest, encoded, read_rows
from attrtrack.storage.transfer.targets import refuse_missing


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written: rows and tables, bytes and digest of the file, revision and last journal entry of the register.

    `current` says whether the register stands at the program's own revision; an older one can be backed up too.
    """

    rows: int
    tables: int
    size: int
    digest: str
    revision: str
    current: bool
    head: tuple[int, str] | None


def write_backup(url: str, path: Path, *, at: dt.datetime, force: bool, told_rows: Told) -> BackedUp:
    """Write the register at `url` to `path`, readable by its owner only; others may go on writing meanwhile.

    Raises `UsageError` when the file is there and `force` is not given; whatever fails leaves no file and an older one as it was.
    """
    if path.exists() and not force:
        raise _exists(path)
    refuse_missing(url)
    engine = make_engine(url)
    try:
        with _coming(path, force=force) as file, engine.connect() as connection, connection.begin():
            inventory = take_inventory(connection)
            _refuse_newer(inventory)
            digest = _write(connection, inventory, file, at=at, told=told_rows)
            size = file.tell()
    except SQLAlchemyError as error:
        raise translated(error) from error
    finally:
        engine.dispose()
    current = inventory.revision == head_revision()
    return BackedUp(inventory.rows, len(inventory.tables), size, digest, inventory.revision, current, inventory.head)


def _refuse_newer(inventory: Inventory) -> None:
    if inventory.revision not in known_revisions():
        raise StorageUnusableError("数据库是由更新版本的程序建立的：请用那个版本的程序备份，或升级本程序。")


def _write(connection: Connection, inventory: Inventory, file: IO[bytes], *, at: dt.datetime, told: Told) -> str:
    writer, step = ArchiveWriter(file), told(inventory.rows)
    writer.header(inventory, at=at)
    for table in inventory.tables:
        digest = Digest()
        for row in read_rows(connection, table):
            line = encoded(row)
            digest.add(line)
            writer.line(line)
            step()
        writer.line(encoded({"sha256": digest.text}))
    return writer.seal()


@contextmanager
def _coming(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Give a file beside `path` that takes its name when everything is on the disk; an interruption removes it."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _rename(part, path, force=force)
        finally:
            part.unlink(missing_ok=True)
        _settle(path.parent)
    except OSError as error:
        raise EnvironmentFailedError(f"备份没有写成（{path}）：{told(error)}。请检查路径、权限和磁盘空间。") from error


def _rename(part: Path, path: Path, *, force: bool) -> None:
    """Give the file its name; without `force` by a link, which fails when another program took the name meanwhile."""
    if force:
        part.replace(path)
        return
    try:
        path.hardlink_to(part)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError:
        if path.exists():
            raise _exists(path) from None
        part.rename(path)


def _exists(path: Path) -> UsageError:
    return UsageError(f"{path} 已经存在，没有覆盖它：请换一个文件名；确要覆盖，请加 --force。")


def _settle(folder: Path) -> None:
    """Put the new name on the disk too, where the system lets a folder be synchronised."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
