"""The year's list of documents, as the assessors ask for it."""

from pathlib import Path

from attrtrack.domain.access import Right
from attrtrack.errors import EmptyListError, EnvironmentFailedError, UsageError, told
from attrtrack.reporting import year_list_workbook
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted


def year_list(app: App, year: int, *, unit: str | None = None) -> tuple[bytes, int]:
    """Return the year's list as a workbook (xlsx) and the number of rows; `EmptyListError` for a year without any."""
    permitted(app, Right.EXPORT)
    with app.reading() as work:
        rows = tuple(work.queries.year_list(unit, year))
        if not rows:
            years = "、".join(str(known) for known in work.queries.years()) or "无"
            raise EmptyListError(f"登记中没有 {year} 年的文件，未生成清单。已有年度：{years}。")
    return year_list_workbook(rows, unit=unit, year=year, rules=app.rules), len(rows)


def export_year_list(app: App, year: int, out: Path, *, unit: str | None = None) -> int:
    """Write the year's list to `out` (xlsx) and return the number of rows; the file appears whole or not at all."""
    if not out.name or out.is_dir():
        raise UsageError(f"“{out}”是文件夹：请写出文件名，如 --out {year}年清单.xlsx。")
    workbook, count = year_list(app, year, unit=unit)
    partial = out.with_name(out.name + ".part")
    try:
        partial.write_bytes(workbook)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise EnvironmentFailedError(
            f"清单写不进 {out}：{told(error)}。请检查文件夹是否存在、是否有写权限。"
        ) from error
    return count
