"""`backup`, `restore` and `db copy`: the register as a whole."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from attrtrack.bootstrap import build_app, register_address
from attrtrack.cli.output import print_row, say
from attrtrack.cli.progress import Progress
from attrtrack.errors import UsageError
from attrtrack.workflow import backing_up

if TYPE_CHECKING:
    from attrtrack.storage.transfer import Restored

_INTERRUPTED = 1


class _Rows:
    """Progress of rows, whose number is known only when the source has been opened."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._progress: Progress | None = None

    def __call__(self, total: int) -> Callable[[], None]:
        self._progress = Progress(quiet=self._quiet, total=total, noun="行记录")
        return self._progress.step

    def clear(self) -> None:
        if self._progress is not None:
            self._progress.clear()


def backup(options: argparse.Namespace) -> int:
    """Write the register into one file."""
    rows, path = _Rows(quiet=options.quiet), Path(options.file)
    app = build_app(options.db, options.actor)
    try:
        done, entered = backing_up.back_up(app, register_address(options.db), path, force=options.force, told=rows)
    except KeyboardInterrupt:
        return _stopped("没有写出备份文件，原有的备份没有改动")
    finally:
        rows.clear()
    if options.json:
        print_row(
            {
                "file": options.file, "rows": done.rows, "tables": done.tables, "bytes": done.size, "sha256": done.digest,
                "revision": done.revision, "journal": _head(done.head), "journalled": entered,
            }
        )  # fmt: skip
        return 0
    say(f"已备份 {done.rows} 行记录（{done.tables} 张表，版本 {done.revision}）到 {path}，{done.size} 字节。")
    say(f"摘要（SHA-256）：{done.digest}。请把备份和摘要分开保管。")
    if not entered:
        say("登记库当前不能写入或版本较早，这次备份没有记入审计日志。")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Fill an empty database from a backup."""
    rows = _Rows(quiet=options.quiet)
    app, url = build_app(options.db, options.actor), register_address(options.db)
    try:
        done = backing_up.restore(app, Path(options.file), url, told=rows)
    except KeyboardInterrupt:
        return _stopped("目标数据库仍是空的")
    finally:
        rows.clear()
    return _tell(done, "已恢复", as_json=options.json)


def copy(options: argparse.Namespace) -> int:
    """Copy the register into another, empty database."""
    if options.target is None:
        raise UsageError("请写明复制到哪里，如 attrtrack db copy postgresql+psycopg://用户@主机/库名。")
    rows = _Rows(quiet=options.quiet)
    app = build_app(options.db, options.actor)
    try:
        done = backing_up.copy_register(app, register_address(options.db), options.target, told=rows)
    except KeyboardInterrupt:
        return _stopped("目标数据库仍是空的，原库没有改动")
    finally:
        rows.clear()
    return _tell(done, "已复制", as_json=options.json)


def _tell(done: "Restored", word: str, *, as_json: bool) -> int:
    if as_json:
        row = {"ok": True, "rows": done.rows, "tables": done.tables, "taken_at": done.taken_at}
        print_row({**row, "revision": done.revision, "journal": _head(done.head)})
        return 0
    say(
        f"{word} {done.rows} 行记录（{done.tables} 张表），逐表核对行数和摘要一致；审计日志首尾相接，约束和触发器齐全。"
    )
    if done.taken_at != done.revision:
        say(f"来源是版本 {done.taken_at}，已升级到 {done.revision}。")
    return 0


def _head(head: tuple[int, str] | None) -> dict[str, object] | None:
    return None if head is None else {"sequence": head[0], "hash": head[1]}


def _stopped(left: str) -> int:
    say(f"\n已中断：{left}。")
    return _INTERRUPTED
