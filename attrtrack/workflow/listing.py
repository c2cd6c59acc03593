"""The year's list of documents, as the assessors ask for it, with the receipts of its figures."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.journal_proofs import Checkpoint
from attrtrack.domain.measures import MeasuredDocument
from attrtrack.domain.register import YearListRow
from attrtrack.errors import EmptyListError, EnvironmentFailedError, UsageError, told
from attrtrack.metrics import measures
from attrtrack.reporting import Checked, Receipts, checked, year_list_workbook
from attrtrack.workflow.app import App
from attrtrack.workflow.journalling import checkpoint_row
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.standing import compared

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

_PART = 500


def year_list(app: App, year: int, *, unit: str | None = None, all_units: bool = False) -> tuple[bytes, int]:
    """Return the year's list as a workbook (xlsx) and the number of rows; `EmptyListError` for a year without any.

    With `all_units` a sheet tells which units have handed in and which cells they left empty.
    """
    permitted(app, Right.EXPORT)
    with app.reading() as work:
        rows = _rows(work, year, unit)
        receipts = _receipts(app, work, year=year, unit=unit)
    workbook = year_list_workbook(rows, unit=unit, year=year, rules=app.rules, receipts=receipts, all_units=all_units)
    return workbook, len(rows)


def check_year_list(app: App, year: int, *, unit: str | None = None, all_units: bool = False) -> tuple[Checked, int]:
    """Return what is missing from the year's list, what in it cannot be opened, and the number of documents."""
    permitted(app, Right.EXPORT)
    with app.reading() as work:
        rows = _rows(work, year, unit)
    return checked(rows, rules=app.rules, all_units=all_units), len(rows)


def _rows(work: "UnitOfWork", year: int, unit: str | None) -> tuple[YearListRow, ...]:
    rows = tuple(work.queries.year_list(unit, year))
    if not rows:
        years = "、".join(str(known) for known in work.queries.years()) or "无"
        raise EmptyListError(f"登记中没有 {year} 年的文件，未生成清单。已有年度：{years}。")
    return rows


def _receipts(app: App, work: "UnitOfWork", *, year: int, unit: str | None) -> Receipts:
    """Gather the rows behind the figures; a checkpoint tells no counts, which are those of the whole register."""
    documents = tuple(work.queries.measured_documents(unit=unit, year=year, compared=compared(app.rules)))
    taken = work.journal.checkpoint()
    return Receipts(
        measures=measures(documents, year=year, unit=unit, rules=app.rules),
        documents=documents,
        titles=dict(_titles(work, documents)),
        stated=(
            ("unit", "单位", unit or "全部单位"),
            ("year", "年度", str(year)),
            ("made_at", "生成时间", app.clock().isoformat(timespec="seconds")),
            ("checkpoint", "日志检查点：存成文本文件，可用 attrtrack journal verify --checkpoint 核对", _line(taken)),
        ),
    )


def _titles(work: "UnitOfWork", documents: Sequence[MeasuredDocument]) -> Iterator[tuple[str, str | None]]:
    keys = list(dict.fromkeys(item.id for row in documents for item in row.interpretations))
    for start in range(0, len(keys), _PART):
        for key, titled in work.queries.titles_of(keys[start : start + _PART]).items():
            yield key, titled.title


def _line(taken: Checkpoint | None) -> str:
    if taken is None:
        return ""
    return json.dumps(checkpoint_row(replace(taken, counts={})), ensure_ascii=False)


def export_year_list(app: App, year: int, out: Path, *, unit: str | None = None, all_units: bool = False) -> int:
    """Write the year's list to `out` (xlsx) and return the number of rows; the file appears whole or not at all."""
    ensure_file(out)
    workbook, count = year_list(app, year, unit=unit, all_units=all_units)
    write_whole(out, workbook)
    return count


def ensure_file(out: Path) -> None:
    """Refuse a folder where a file is to be written."""
    if not out.name or out.is_dir():
        raise UsageError(f"“{out}”是文件夹：请写出文件名，如 --out {out.name or '清单'}.xlsx。")


def write_whole(out: Path, data: bytes, *, what: str = "清单") -> None:
    """Write a file so that it appears whole or not at all; `EnvironmentFailedError` when it cannot be."""
    partial = out.with_name(out.name + ".part")
    try:
        partial.write_bytes(data)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise EnvironmentFailedError(
            f"{what}写不进 {out}：{told(error)}。请检查文件夹是否存在、是否有写权限。"
        ) from error
