"""What the database refuses, told as the errors of attrtrack; the guards' own words are passed on."""

import re

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from attrtrack.errors import AttrtrackError, GateRefusedError, StorageUnusableError, TransitionNotAllowedError

_GUARD = re.compile(r"attrtrack-(gate|state|append): ([^\n]*)")
_GATE_CHECKS = ("ck_decisions_attribute", "ck_decisions_withheld_reason", "ck_decisions_decided_by")

_TROUBLES = (
    (("locked", "lock timeout"), "数据库正被其他程序占用，等待超时，没有保存任何内容：请稍后重试。"),
    (("not a database", "malformed"), "数据库文件已损坏或不是 SQLite 数据库：请检查数据库地址，或从备份恢复。"),
    (("readonly", "read-only"), "数据库是只读的，没有保存任何内容：请检查文件和文件夹的写权限。"),
    (("disk is full", "No space left", "could not extend file"), "磁盘已满，没有保存任何内容：请腾出空间后重试。"),
    (
        ("disk I/O error", "File too large"),
        "磁盘写不进去（已满、超出限额或有故障），没有保存任何内容：请检查磁盘后重试。",
    ),
)
_UNKNOWN = "数据库无法使用，没有保存任何内容：请检查数据库地址、服务和权限。"


def translated(error: SQLAlchemyError) -> AttrtrackError:
    """Return the error that people are shown; nothing of the statement or its values is in it."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    guard = _GUARD.search(said)
    if guard is not None:
        if guard[1] == "gate":
            return GateRefusedError(f"不予签发：{guard[2]}。", ())
        return TransitionNotAllowedError(f"{guard[2]}。")
    if any(name in said for name in _GATE_CHECKS):
        return GateRefusedError("不予签发：审定缺少公开属性、审定人或不公开理由。", ())
    if isinstance(error, IntegrityError):
        return StorageUnusableError(
            "数据库拒绝了这次写入（数据不合约束），没有保存任何内容：请核对数据，或运行 attrtrack journal verify。"
        )
    return StorageUnusableError(
        next((told for signs, told in _TROUBLES if any(sign in said for sign in signs)), _UNKNOWN)
    )
