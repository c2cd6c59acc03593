"""The audit's ranking as a file for people: xlsx or csv."""

import os
from collections.abc import Sequence
from pathlib import Path

from attrtrack.domain.audits import AuditSummary, Suspicion
from attrtrack.errors import EnvironmentFailedError, UsageError, told
from attrtrack.reporting.audit_list import audit_csv, audit_workbook, summary_line
from attrtrack.workflow.app import App

_KINDS = (".xlsx", ".csv")


def check_target(out: Path) -> None:
    """Refuse a target that no list can be written to, before anything is audited.

    Raises `UsageError` for a wrong name, `EnvironmentFailedError` for a folder that is not there or cannot be written to.
    """
    if not out.name or out.is_dir() or out.suffix.lower() not in _KINDS:
        raise UsageError(f"“{out}”不是 xlsx 或 csv 文件名：请写成 --out 存疑清单.xlsx 或 --out 存疑清单.csv。")
    folder = out.absolute().parent
    if not folder.is_dir():
        raise EnvironmentFailedError(f"没有 {folder} 这个文件夹，清单无处可写：请先建好，或者另选位置。")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise EnvironmentFailedError(f"文件夹 {folder} 不能写入：请换一个有写权限的位置。")


def export_audit(app: App, out: Path, suspicions: Sequence[Suspicion], summary: AuditSummary) -> None:
    """Write the list to `out`; the file appears whole or not at all."""
    partial = out.with_name(out.name + ".part")
    try:
        if out.suffix.lower() == ".csv":
            with partial.open("w", encoding="utf-8-sig", newline="") as file:
                file.writelines(audit_csv(suspicions, rules=app.rules))
        else:
            partial.write_bytes(audit_workbook(suspicions, summary, rules=app.rules, today=app.today))
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise EnvironmentFailedError(
            f"清单写不进 {out}：{told(error)}。请检查文件夹是否存在、是否有写权限。"
        ) from error


__all__ = ["check_target", "export_audit", "summary_line"]
