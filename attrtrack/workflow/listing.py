"""The year's list of documents, as the assessors ask for it."""

from pathlib import Path

from attrtrack.errors import EmptySourceError, EnvironmentFailedError, UsageError, told
from attrtrack.reporting import year_list_workbook
from attrtrack.workflow.app import App


def export_year_list(app: App, year: int, out: Path, *, unit: str | None = None) -> int:
    """Write the year's list to `out` (xlsx) and return the number of rows; the file appears whole or not at all."""
    if not out.name or out.is_dir():
        raise UsageError(f"“{out}”是文件夹：请写出文件名，如 --out {year}年清单.xlsx。")
    with app.reading() as work:
        rows = tuple(work.queries.year_list(unit, year))
        if not rows:
            years = "、".join(str(known) for known in work.queries.years()) or "无"
            raise EmptySourceError(f"登记中没有 {year} 年的文件，未生成清单。已有年度：{years}。")
    partial = out.with_name(out.name + ".part")
    try:
        partial.write_bytes(year_list_workbook(rows, unit=unit, year=year, rules=app.rules))
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise EnvironmentFailedError(
            f"清单写不进 {out}：{told(error)}。请检查文件夹是否存在、是否有写权限。"
        ) from error
    return len(rows)
