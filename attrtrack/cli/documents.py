"""`read`, `suggest` and `check`: what needs no database."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import likelihood, print_findings, print_row, say, say_error
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.ledgers import LedgerEntry, LedgerError
from attrtrack.domain.proposals import Proposal
from attrtrack.errors import AttrtrackError, InputRefusedError, SourceNotFoundError, UsageError, told
from attrtrack.workflow import batches, checking, shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.proposing import suggest as propose_for
from attrtrack.workflow.proposing import suggest_row
from attrtrack.workflow.reading import find_files, is_ledger, load_bytes, read_document, read_file

_VOICES = {"mark": "标注", "rules": "规则", "model": "模型"}


def read(options: argparse.Namespace) -> int:
    """Read files and print their elements."""
    app = build_app(options.db, options.actor)
    refused = 0
    for name, outcome in _each_file(app, options.paths):
        if isinstance(outcome, AttrtrackError):
            refused += 1
            _print_refusal(name, outcome, as_json=options.json)
        elif options.json:
            print_row(shapes.document_row(name, outcome))
        else:
            _print_document(name, outcome)
    return 1 if refused else 0


def _each_file(app: App, paths: list[str]) -> Iterator[tuple[str, Document | AttrtrackError]]:
    for found in find_files(paths):
        try:
            yield found.name, read_file(app, found.name) if found.error is None else found.error
        except InputRefusedError as error:
            yield found.name, error


def _print_refusal(name: str, error: AttrtrackError, *, as_json: bool) -> None:
    if as_json:
        print_row({"file": name, "ok": False, "error": shapes.error_row(error)})
    say(f"错误[{error.code}] {name}：{error.message}")


def _print_document(name: str, document: Document) -> None:
    row = shapes.document_row(name, document)
    print(f"{name}（{document.format}，{len(document.text)} 字）")
    labels = (
        ("title", "标题"), ("doc_number", "文号"), ("genre", "文种"), ("issuer", "发文机关"),
        ("addressee", "主送机关"), ("date", "成文日期"), ("print_date", "印发日期"),
    )  # fmt: skip
    for key, label in labels:
        print(f"  {label}：{row[key] or '（没有读到）'}")
    print(f"  公开标注：{'、'.join(mark.text for mark in document.marks) or '（没有读到）'}")
    print_findings(f for f in document.findings if not f.code.endswith(("-missing", "-missing-in-text")))


def suggest(options: argparse.Namespace) -> int:
    """Propose an attribute and a reason for a file, standard input, or each row of a batch."""
    if bool(options.file) == bool(options.batch):
        raise UsageError("suggest 需要一个文件（或 -），或者 --batch ROWS.jsonl，二者选一。")
    if options.file and options.file.endswith(".jsonl"):
        raise UsageError(f"{options.file} 是一批公文：请用 attrtrack suggest --batch {options.file}。")
    app = build_app(options.db, options.actor)
    if options.batch:
        return _suggest_batch(app, options)
    if options.file == "-":
        document = read_document(app, sys.stdin.buffer.read(), "stdin.txt")
    else:
        document = read_file(app, options.file)
    proposal = propose_for(app, document)
    if options.json:
        print_row(shapes.proposal_row(options.file, proposal))
    else:
        _print_proposal(app, options.file, document.title, proposal)
    return 0


def _suggest_batch(app: App, options: argparse.Namespace) -> int:
    bad = 0
    identifiers = batches.Identifiers()
    with open_lines(options.batch) as lines:
        for item in batches.parse_lines(lines):
            row: dict[str, object]
            try:
                if isinstance(item, batches.BadLine):
                    raise item.error
                number, given = item
                identifier = identifiers.take(batches.identifier_or_number(number, given))
                proposal = suggest_row(app, given)
            except InputRefusedError as error:
                bad += 1
                if options.json:
                    print_row(batches.error_of(item, error))
                say_error(error, batches.error_place(item))
                continue
            row = shapes.proposal_row(identifier, proposal)
            if options.json:
                print_row(row)
            else:
                _print_proposal(app, f"{number} {row['id']}", None, proposal)
    return 1 if bad else 0


@contextmanager
def open_lines(name: str) -> Iterator[TextIO]:
    """Open a JSON Lines file (`-`: standard input) as UTF-8; a bad byte spoils its line only."""
    if name == "-":
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")  # type: ignore[union-attr]  # a text stream
        yield sys.stdin
        return
    try:
        stream = Path(name).open(encoding="utf-8-sig", errors="surrogateescape")  # noqa: SIM115 - closed below
    except OSError as error:
        raise SourceNotFoundError(f"文件 {name} 打不开：{told(error)}。请检查路径。") from error
    with stream:
        yield stream


def _print_proposal(app: App, name: str, title: str | None, proposal: Proposal) -> None:
    print(name + (f"  {title}" if title else ""))
    if proposal.attribute is None:
        print(f"  建议：没有意见。{proposal.doubt or ''}")
    else:
        sure = f"把握 {likelihood(proposal.probability)}" if proposal.probability is not None else ""
        print(f"  建议：{proposal.attribute.chinese}（{sure}{'，请人工判断' if proposal.abstained else ''}）")
        if proposal.doubt:
            print(f"  存疑：{proposal.doubt}")
    if reason := app.rules.reason(proposal.reason or ""):
        print(f"  理由：{reason.code} {reason.name}，{'、'.join(map(str, reason.references))}")
        print(f"        {reason.sentence}")
    for evidence in proposal.evidence[:3]:
        print(f"  依据：“{' '.join(evidence.quote.split())[:80]}”")
    said = [
        f"{_VOICES[voice.voice.value]} {voice.attribute.chinese}"
        + (f" {likelihood(voice.probability)}" if voice.probability is not None else "")
        for voice in proposal.voices
        if voice.attribute is not None
    ]
    print(f"  各方：{'；'.join(said) or '都没有意见'}")
    print_findings(proposal.findings)


def check(options: argparse.Namespace) -> int:
    """Check files and ledgers as the gate would."""
    app = build_app(options.db, options.actor)
    worst = 0
    for found in find_files(options.paths):
        try:
            if found.error is not None:
                raise found.error
            if is_ledger(found.name):
                worst = max(worst, _check_ledger(app, found.name, as_json=options.json))
            else:
                worst = max(worst, _check_file(app, found.name, options))
        except InputRefusedError as error:
            worst = 1
            _print_refusal(found.name, error, as_json=options.json)
    return worst


def _check_file(app: App, name: str, options: argparse.Namespace) -> int:
    attribute = app.rules.attribute_named(options.attribute) if options.attribute else None
    if options.attribute and attribute is None:
        raise UsageError(f"公开属性“{options.attribute}”看不懂：请用 proactive、on_request、withheld 或相应中文。")
    document = read_file(app, name)
    found = checking.check(app, document, Declaration(attribute, options.reason))
    return _print_checked(name, None, document, found, as_json=options.json)


def _check_ledger(app: App, name: str, *, as_json: bool) -> int:
    worst = 0
    for ledger in checking.read_ledgers(app, load_bytes(name), name):
        if ledger.unknown_headers:
            say(f"{name}“{ledger.sheet}”：不认识的表头（未使用）：{'、'.join(ledger.unknown_headers)}")
        for item in checking.check_ledger(app, ledger):
            if isinstance(item, LedgerError):
                worst = 1
                if as_json:
                    print_row({"file": name, "row": item.row, "error": {"code": item.code, "message": item.message}})
                say(f"错误[{item.code}] {name} 第 {item.row} 行：{item.message}")
            else:
                entry, found = item
                worst = max(worst, _print_entry(name, entry, found, as_json=as_json))
    return worst


def _print_entry(name: str, entry: LedgerEntry, found: tuple[Finding, ...], *, as_json: bool) -> int:
    return _print_checked(name, entry.row, entry.document, found, as_json=as_json)


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
        print(f"{where}  {called or '（无标题）'}：{'不予签发' if blocked else '有提示' if grave else '没有问题'}")
        print_findings(grave)
    return 1 if grave else 0
