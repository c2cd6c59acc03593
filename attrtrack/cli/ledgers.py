"""`import`: ledgers in, bad rows told."""

import argparse
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

from attrtrack.bootstrap import build_app
from attrtrack.cli.lines import say_fault
from attrtrack.cli.output import print_row, say
from attrtrack.cli.settling import settle
from attrtrack.errors import InputRefusedError
from attrtrack.workflow import importing
from attrtrack.workflow.importing import ImportedRow, ImportNotice, ImportScope
from attrtrack.workflow.reading import shared_reader

_PROGRESS = 5_000
_SHOWN = 60


def import_ledgers(options: argparse.Namespace) -> int:
    """Import ledgers; bad rows are listed, the others are kept."""
    app = build_app(options.db, options.actor, unit=options.unit)
    scope = ImportScope(options.unit, options.year, options.dry_run)
    outcomes: Counter[str] = Counter()
    names = {row.field: row.name for row in app.rules.headers}
    with shared_reader(options.paths) as reader:
        for name in options.paths:
            try:
                for item in importing.import_ledger(app, name, scope, reader=reader):
                    _tell_import(item, outcomes, names=names, as_json=options.json)
            except InputRefusedError as error:
                _tell_import(importing.refused_file(name, error), outcomes, names=names, as_json=options.json)
    if not options.dry_run:
        settle(app)
    summary = importing.summarise(outcomes)
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


def _tell_import(
    item: ImportedRow | ImportNotice, outcomes: Counter[str], *, names: Mapping[str, str], as_json: bool
) -> None:
    if isinstance(item, ImportNotice):
        place = f"{item.file}“{item.sheet}”" if item.sheet else item.file
        if not item.columns:
            say(f"{place}：没有标题、文号或解读栏目，整表未导入（首行：{'、'.join(item.unknown_headers)[:_SHOWN]}）")
            return
        known = "、".join(f"{header}→{field}" for header, field in item.columns.items())
        say(f"{place}：认出的栏目 {known}")
        if item.unknown_headers:
            say(f"  不认识的表头（未导入）：{'、'.join(item.unknown_headers)}")
        return
    outcomes[item.outcome] += 1
    if outcomes.total() % _PROGRESS == 0:
        say(f"已处理 {outcomes.total()} 行…")
    error = {"code": item.error.code, "message": item.error.message} if item.error else None
    if as_json:
        told = {"file": item.file, "row": item.row, "ok": error is None, "id": item.id, "error": error}
        print_row(
            {**told, "outcome": item.outcome, "known": item.known, "changes": [asdict(one) for one in item.changes]}
        )
    elif item.error:
        say_fault(f"{item.file} 第 {item.row} 行", item.error.code, item.error.message, as_json=False)
    for flag in item.flags:
        say(f"提示[{flag.code}] {item.file} 第 {item.row} 行：{flag.message}")
    if not as_json:
        _tell_changes(item, names)


def _tell_changes(item: ImportedRow, names: Mapping[str, str]) -> None:
    """Print which cell of which document changes from what to what, and what the register does not take over."""
    for change in item.changes:
        cell = f"{names.get(change.field, change.field)}：{change.before or '（空）'} → {change.after or '（空）'}"
        if change.taken:
            print(f"{item.file} 第 {item.row} 行  {item.known or '本表的公文'}  {cell}")
        elif item.outcome == "imported":
            say(f"提示 {item.file} 第 {item.row} 行：同一文号已有另一标题的公文，这一行作为新公文登记（{cell}）")
        else:
            say(f"提示 {item.file} 第 {item.row} 行：{item.known} 是在本系统登记的，不按台账改（{cell}）")
