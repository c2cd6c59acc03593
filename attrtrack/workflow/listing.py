"""The year's list of documents, as the assessors ask for it, with the receipts of its figures."""

import io
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TypeVar

from attrtrack.domain.access import Right
from attrtrack.domain.journal_proofs import Checkpoint
from attrtrack.domain.measures import MeasuredDocument
from attrtrack.domain.register import YearListRow
from attrtrack.errors import EmptyListError, EnvironmentFailedError, UsageError, told
from attrtrack.metrics import measures
from attrtrack.reporting import Checked, Receipts, YearListBook, checked
from attrtrack.workflow.app import App
from attrtrack.workflow.journalling import checkpoint_row
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.standing import compared

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

STEPS = 4
"""Steps of a document in the writing of a year's list."""
_PART = 500
_Row = TypeVar("_Row")


class YearListWriting:
    """The year's list written into a file step by step, `STEPS` a document: read and written for the list, then for the receipts.

    `count` is the number of its documents, known as soon as they are read. With `all_units` a sheet tells which units have
    handed in and which cells they left empty. What the list needs is let go before the receipts are gathered.
    """

    def __init__(self, app: App, year: int, *, unit: str | None = None, all_units: bool = False) -> None:
        permitted(app, Right.EXPORT)
        self._app, self._year, self._unit, self._all_units = app, year, unit, all_units
        self.count = 0

    def steps(self, file: BinaryIO) -> Iterator[None]:
        """Write the workbook (xlsx) from one state of the register; `EmptyListError` for a year without any document."""
        app, year, unit = self._app, self._year, self._unit
        with (
            YearListBook(file, unit=unit or app.access.whose, year=year, rules=app.rules) as book,
            app.reading() as work,
        ):
            rows = list[YearListRow]()
            yield from _gathered(work.queries.year_list(unit, year), rows)
            self.count = len(rows) or _refuse_empty(work, year)
            yield from book.write_list(rows, all_units=self._all_units)
            del rows
            documents = list[MeasuredDocument]()
            found = work.queries.measured_documents(unit=unit, year=year, compared=compared(app.rules))
            yield from _gathered(found, documents)
            yield from book.write_receipts(_receipts(app, work, documents, year=year, unit=unit))


def year_list(app: App, year: int, *, unit: str | None = None, all_units: bool = False) -> tuple[bytes, int]:
    """Return the year's list as a workbook and the number of rows (see `YearListWriting`)."""
    writing, file = YearListWriting(app, year, unit=unit, all_units=all_units), io.BytesIO()
    deque(writing.steps(file), maxlen=0)
    return file.getvalue(), writing.count


def year_list_size(app: App, year: int, *, unit: str | None = None) -> int:
    """Return how many documents the year's list would hold; `EmptyListError` for a year without any."""
    permitted(app, Right.EXPORT)
    with app.reading() as work:
        return work.queries.issued_count(unit, year) or _refuse_empty(work, year)


def check_year_list(app: App, year: int, *, unit: str | None = None, all_units: bool = False) -> tuple[Checked, int]:
    """Return what is missing from the year's list, what in it cannot be opened, and the number of documents."""
    permitted(app, Right.EXPORT)
    with app.reading() as work:
        rows = _rows(work, year, unit)
    return checked(rows, rules=app.rules, all_units=all_units), len(rows)


def _rows(work: "UnitOfWork", year: int, unit: str | None) -> tuple[YearListRow, ...]:
    return tuple(work.queries.year_list(unit, year)) or _refuse_empty(work, year)


def _refuse_empty(work: "UnitOfWork", year: int) -> NoReturn:
    years = "、".join(str(known) for known in work.queries.years()) or "无"
    raise EmptyListError(f"登记中没有 {year} 年的文件，未生成清单。已有年度：{years}。")


def _gathered(found: Iterable[_Row], into: list[_Row]) -> Iterator[None]:
    for row in found:
        into.append(row)
        yield


def _receipts(
    app: App, work: "UnitOfWork", documents: Sequence[MeasuredDocument], *, year: int, unit: str | None
) -> Receipts:
    """Gather the rows behind the figures; a checkpoint tells no counts, which are those of the whole register."""
    taken = work.journal.checkpoint()
    return Receipts(
        measures=measures(documents, year=year, unit=unit, rules=app.rules),
        documents=documents,
        titles=dict(_titles(work, documents)),
        stated=(
            ("unit", "单位", unit or app.access.whose),
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
