"""`import`: ledgers in, bad rows told."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from attrtrack.bootstrap import build_app
from attrtrack.cli.lines import say_fault
from attrtrack.cli.output import print_row, say
from attrtrack.cli.settling import settle
from attrtrack.errors import InputRefusedError
from attrtrack.workflow import importing
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportedRow, ImportNotice, ImportScope
from attrtrack.workflow.reading import shared_reader
from attrtrack.workflow.shapes import finding_rows

if TYPE_CHECKING:
    from attrtrack.reading.isolation import IsolatedReader

_PROGRESS = 5_000
_SHOWN = 60


def import_ledgers(options: argparse.Namespace) -> int:
    """Import ledgers; bad rows are listed, the others are kept, and what would change the register is shown and asked first."""
    app = build_app(options.db, options.actor, unit=options.unit)
    telling = _Telling(
        {row.field: row.name for row in app.rules.headers}, dry_run=options.dry_run, as_json=options.json
    )
    with shared_reader(options.paths) as reader:
        asking = not (options.dry_run or options.yes)
        held = _Run(app, options, reader).through(telling.tell, own=set() if asking else None)
        if held and _agreed(telling, held):
            _Run(app, options, reader).through(telling.tell_change, own=None)
            telling.outcomes["unchanged"] += len(held) - telling.outcomes["updated"]
        else:
            for row in held:
                telling.tell_row(row)
    if not options.dry_run:
        settle(app)
    summary = importing.summarise(telling.outcomes)
    if options.json:
        print_row(asdict(summary))
    elif options.dry_run:
        print(
            f"试运行，什么都没有写：将导入 {summary.imported} 行，更新 {summary.updated} 行，"
            f"{summary.unchanged} 行没有变化，拒收 {summary.refused} 行。去掉 --dry-run 即照此办理。"
        )
    else:
        print(
            f"导入 {summary.imported} 行，更新 {summary.updated} 行，未变 {summary.unchanged} 行，"
            f"拒收 {summary.refused} 行"
        )
    return 1 if summary.refused else 0


class _Run:
    """One reading of all the ledgers named."""

    def __init__(self, app: App, options: argparse.Namespace, reader: "IsolatedReader | None") -> None:
        self._app, self._paths, self._reader = app, options.paths, reader
        self._scope = ImportScope(options.unit, options.year, options.dry_run)

    def through(self, tell: "Callable[[ImportedRow | ImportNotice], None]", own: set[str] | None) -> list[ImportedRow]:
        """Import every ledger, tell of each row, and return the rows that were held instead."""
        held: list[ImportedRow] = []
        for name in self._paths:
            try:
                for item in importing.import_ledger(self._app, name, self._scope, reader=self._reader, own=own):
                    if isinstance(item, ImportedRow) and item.is_held:
                        held.append(item)
                    else:
                        tell(item)
            except InputRefusedError as error:
                tell(importing.refused_file(name, error))
        return held


def _agreed(telling: "_Telling", held: Sequence[ImportedRow]) -> bool:
    """Show what would change, and ask; nobody is asked where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return False
    for row in held:
        telling.show_held(row)
    say(f"以上 {len(held)} 行会改动已登记的内容（新的行已经导入）。确定改动？输入 yes 确认：")
    return sys.stdin.readline().strip().lower() in {"yes", "y", "是"}


class _Telling:
    """Tells of each row as it is done, and counts."""

    def __init__(self, names: Mapping[str, str], *, dry_run: bool, as_json: bool) -> None:
        self._names, self._dry_run, self._as_json = names, dry_run, as_json
        self.outcomes: Counter[str] = Counter()

    def tell(self, item: ImportedRow | ImportNotice) -> None:
        """Tell of a sheet or a row."""
        if isinstance(item, ImportNotice):
            _tell_sheet(item)
        else:
            self.tell_row(item)

    def tell_change(self, item: ImportedRow | ImportNotice) -> None:
        """Tell of a row that was changed once somebody agreed; all others have been told of."""
        if isinstance(item, ImportedRow) and item.outcome == "updated":
            self.tell_row(item)

    def tell_row(self, item: ImportedRow) -> None:
        """Print what became of a row, its flags, and what it changes."""
        self.outcomes[item.outcome] += 1
        if self.outcomes.total() % _PROGRESS == 0:
            say(f"已处理 {self.outcomes.total()} 行…")
        if self._as_json:
            print_row(_row_of(item))
        elif item.error:
            say_fault(f"{item.file} 第 {item.row} 行", item.error.code, item.error.message, as_json=False)
        for flag in item.flags:
            say(f"提示[{flag.code}] {item.file} 第 {item.row} 行：{flag.message}")
        if not self._as_json:
            if self._dry_run and item.outcome == "imported":
                print(f"{item.file} 第 {item.row} 行  新登记  {item.title}（{item.unit or '没有单位'}）")
            for line in _changes(item, self._names):
                print(line)

    def show_held(self, item: ImportedRow) -> None:
        """Show on the terminal what a held row would change."""
        for line in _changes(item, self._names):
            say(line)


def _row_of(item: ImportedRow) -> dict[str, object]:
    error = {"code": item.error.code, "message": item.error.message} if item.error else None
    told = {"file": item.file, "row": item.row, "ok": error is None, "id": item.id, "error": error}
    said = {"outcome": item.outcome, "known": item.known, "title": item.title, "unit": item.unit}
    flags = finding_rows(item.flags)
    return {**told, **said, "changes": [asdict(one) for one in item.changes], "findings": flags}


def _tell_sheet(item: ImportNotice) -> None:
    place = f"{item.file}“{item.sheet}”" if item.sheet else item.file
    if not item.columns:
        say(f"{place}：没有标题、文号或解读栏目，整表未导入（首行：{'、'.join(item.unknown_headers)[:_SHOWN]}）")
        return
    known = "、".join(f"{header}→{field}" for header, field in item.columns.items())
    say(f"{place}：认出的栏目 {known}")
    if item.unknown_headers:
        say(f"  不认识的表头（未导入）：{'、'.join(item.unknown_headers)}")


def _changes(item: ImportedRow, names: Mapping[str, str]) -> Iterator[str]:
    """Yield which cell of which document changes from what to what; say what the register does not take over."""
    for change in item.changes:
        cell = f"{names.get(change.field, change.field)}：{change.before or '（空）'} → {change.after or '（空）'}"
        if change.taken:
            yield f"{item.file} 第 {item.row} 行  {item.known or '本表的公文'}  {cell}"
        elif item.outcome == "imported":
            say(f"提示 {item.file} 第 {item.row} 行：同一文号已有另一标题的公文，这一行作为新公文登记（{cell}）")
        else:
            say(f"提示 {item.file} 第 {item.row} 行：{item.known} 是在本系统登记的，不按台账改（{cell}）")
