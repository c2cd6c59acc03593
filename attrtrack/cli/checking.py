"""`check`: the gate as a linter over files and ledgers; needs no database."""

import argparse
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrtrack.bootstrap import build_app
from attrtrack.cli.lines import print_refusal, say_fault
from attrtrack.cli.output import print_findings, print_row, say
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.ledgers import LedgerError
from attrtrack.errors import InputRefusedError, UsageError
from attrtrack.workflow import checking, shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.reading import FoundFile, find_files, is_ledger, read_file, shared_reader

if TYPE_CHECKING:
    from attrtrack.reading.isolation import IsolatedReader

_BLOCKED, _FLAGGED, _CLEAN, _UNUSABLE = "不予签发", "有提示", "没有问题", "不能用"
_VERDICTS = (_BLOCKED, _FLAGGED, _CLEAN, _UNUSABLE)


def check(options: argparse.Namespace) -> int:
    """Check files and ledgers as the gate would."""
    app = build_app(options.db, options.actor)
    worst = 0
    with shared_reader(options.paths) as reader:
        for found in find_files(options.paths):
            try:
                worst = max(worst, _check_one(app, found, options, reader=reader))
            except InputRefusedError as error:
                worst = 1
                print_refusal(found.name, error, as_json=options.json)
    return worst


def _check_one(app: App, found: FoundFile, options: argparse.Namespace, *, reader: "IsolatedReader | None") -> int:
    if found.error is not None:
        raise found.error
    if is_ledger(found.name):
        return _check_ledger(app, found.name, reader=reader, as_json=options.json)
    return _check_file(app, found.name, options, reader=reader)


def _check_file(app: App, name: str, options: argparse.Namespace, *, reader: "IsolatedReader | None") -> int:
    attribute = app.rules.attribute_named(options.attribute) if options.attribute else None
    if options.attribute and attribute is None:
        raise UsageError(f"公开属性“{options.attribute}”看不懂：请用 proactive、on_request、withheld 或相应中文。")
    document = read_file(app, name, reader=reader)
    found = checking.check(app, document, Declaration(attribute, options.reason))
    return _print_checked(name, None, document, found, as_json=options.json)


def _check_ledger(app: App, name: str, *, reader: "IsolatedReader | None", as_json: bool) -> int:
    worst, counted = 0, Counter[str]()
    for ledger in checking.read_ledgers(app, name, reader=reader):
        if ledger.unknown_headers:
            say(f"{name}“{ledger.sheet}”：不认识的表头（未使用）：{'、'.join(ledger.unknown_headers)}")
        for item in checking.check_ledger(app, ledger):
            if isinstance(item, LedgerError):
                worst = 1
                counted[_UNUSABLE] += 1
                if as_json:
                    print_row({"file": name, "row": item.row, "error": {"code": item.code, "message": item.message}})
                say_fault(f"{name} 第 {item.row} 行", item.code, item.message, as_json=as_json)
            else:
                entry, found = item
                counted[_verdict(found)] += 1
                worst = max(worst, _print_checked(name, entry.row, entry.document, found, as_json=as_json))
    if not as_json:
        told = "，".join(f"{verdict} {counted[verdict]} 行" for verdict in _VERDICTS if counted[verdict])
        print(f"{name}：检查 {counted.total()} 行" + (f"，其中{told}" if told else ""))
    return worst


def _verdict(found: Iterable[Finding]) -> str:
    grave = {item.severity for item in found}
    return _BLOCKED if Severity.BLOCK in grave else _FLAGGED if Severity.FLAG in grave else _CLEAN


def _print_checked(name: str, row: int | None, document: Document, found: tuple[Finding, ...], *, as_json: bool) -> int:
    grave = [item for item in found if item.severity is not Severity.NOTE]
    blocked = any(item.severity is Severity.BLOCK for item in found)
    called = document.title or document.number
    if as_json:
        print_row(
            {"file": name, "row": row, "document": called, "blocked": blocked, "findings": shapes.finding_rows(found)}
        )
    elif grave or row is None:
        where = f"{name} 第 {row} 行" if row is not None else name
        print(f"{where}  {called or '（无标题）'}：{_verdict(found)}")
        print_findings(grave)
    return 1 if grave else 0
