"""`import`, `link`, `judge`: ledgers in, interpretations linked."""

import argparse
from collections import Counter
from dataclasses import asdict

from attrtrack.bootstrap import build_app
from attrtrack.cli.lines import open_lines, say_fault
from attrtrack.cli.output import print_row, say, say_error
from attrtrack.domain.interpretations import Interpretation, Judgement, LinkableDocument, LinkProposals
from attrtrack.errors import InputRefusedError, UsageError
from attrtrack.rules import Rules
from attrtrack.workflow import batches, importing, linking, shapes
from attrtrack.workflow.importing import ImportedRow, ImportNotice, ImportScope
from attrtrack.workflow.reading import shared_reader

_PROGRESS = 5_000
_SHOWN = 60


def import_ledgers(options: argparse.Namespace) -> int:
    """Import ledgers; bad rows are listed, the others are kept."""
    app = build_app(options.db, options.actor, unit=options.unit)
    scope = ImportScope(options.unit, options.year, options.dry_run)
    outcomes: Counter[str] = Counter()
    with shared_reader(options.paths) as reader:
        for name in options.paths:
            try:
                for item in importing.import_ledger(app, name, scope, reader=reader):
                    _tell_import(item, outcomes, as_json=options.json)
            except InputRefusedError as error:
                _tell_import(importing.refused_file(name, error), outcomes, as_json=options.json)
    summary = importing.summarise(outcomes)
    if options.json:
        print_row(asdict(summary))
    else:
        tried = "（试运行，未写库）" if options.dry_run else ""
        print(
            f"导入 {summary.imported} 行，更新 {summary.updated} 行，未变 {summary.unchanged} 行，"
            f"拒收 {summary.refused} 行{tried}"
        )
    return 1 if summary.refused else 0


def _tell_import(item: ImportedRow | ImportNotice, outcomes: Counter[str], *, as_json: bool) -> None:
    if isinstance(item, ImportNotice):
        if not item.columns:
            say(
                f"{item.file}“{item.sheet}”：没有标题、文号或解读栏目，整表未导入（首行：{'、'.join(item.unknown_headers)[:_SHOWN]}）"
            )
            return
        known = "、".join(f"{header}→{field}" for header, field in item.columns.items())
        say(f"{item.file}“{item.sheet}”：认出的栏目 {known}")
        if item.unknown_headers:
            say(f"  不认识的表头（未导入）：{'、'.join(item.unknown_headers)}")
        return
    outcomes[item.outcome] += 1
    if outcomes.total() % _PROGRESS == 0:
        say(f"已处理 {outcomes.total()} 行…")
    error = {"code": item.error.code, "message": item.error.message} if item.error else None
    if as_json:
        print_row({"file": item.file, "row": item.row, "ok": error is None, "id": item.id, "error": error})
    elif item.error:
        say_fault(f"{item.file} 第 {item.row} 行", item.error.code, item.error.message, as_json=False)
    for flag in item.flags:
        say(f"提示[{flag.code}] {item.file} 第 {item.row} 行：{flag.message}")


def link(options: argparse.Namespace) -> int:
    """Propose links, between given rows or in the register."""
    if options.batch:
        return _link_batch(options)
    if options.documents or options.interpretations:
        raise UsageError("--documents 和 --interpretations 要和 --batch 一起用。")
    app = build_app(options.db, options.actor)
    decisions: Counter[str] = Counter()
    for proposals in linking.link(app, unit=options.unit, year=options.year):
        decisions[_tell_links(proposals, as_json=options.json)] += 1
    if not options.json:
        _tell_link_summary(decisions)
    return 0


def _link_batch(options: argparse.Namespace) -> int:
    if not (options.documents and options.interpretations):
        raise UsageError("link --batch 需要 --documents D.jsonl 和 --interpretations I.jsonl。")
    app = build_app(options.db, options.actor)
    bad = 0
    documents_seen, interpretations_seen = batches.Identifiers(), batches.Identifiers()
    documents: list[LinkableDocument] = []
    interpretations: list[Interpretation] = []
    with open_lines(options.documents) as lines:
        for item in batches.parse_lines(lines):
            made = _made(item, batches.linkable_of, documents_seen, rules=app.rules, as_json=options.json)
            bad += made is None
            documents += [made] if isinstance(made, LinkableDocument) else []
    with open_lines(options.interpretations) as lines:
        for item in batches.parse_lines(lines):
            wanted = _made(item, batches.interpretation_of, interpretations_seen, rules=app.rules, as_json=options.json)
            bad += wanted is None
            interpretations += [wanted] if isinstance(wanted, Interpretation) else []
    decisions: Counter[str] = Counter()
    for proposals in linking.link_batch(app, documents, interpretations):
        decisions[_tell_links(proposals, as_json=options.json)] += 1
    if not options.json:
        _tell_link_summary(decisions)
    return 1 if bad else 0


def _made(
    item: "batches.Line", make: "batches.Maker", identifiers: "batches.Identifiers", *, rules: Rules, as_json: bool
) -> object | None:
    try:
        if isinstance(item, batches.BadLine):
            raise item.error
        batches.refuse_classified(item[1], rules)
        identifiers.take(batches.identifier_of(item[1]))
        return make(item[1])
    except InputRefusedError as error:
        if as_json:
            print_row(batches.error_of(item, error))
        say_error(error, batches.error_place(item))
        return None


def _tell_links(proposals: LinkProposals, *, as_json: bool) -> str:
    if as_json:
        print_row(shapes.links_row(proposals))
    else:
        print(proposals.interpretation_id + ("" if proposals.links else "  没有对应的文件"))
        for item in proposals.links:
            word = "自动关联" if item.decision.value == "auto" else "请人判定"
            told = "；".join(f"{evidence.source}：{evidence.quote[:40]}" for evidence in item.evidence[:3])
            print(f"  {word} {item.document_id}（{item.probability:.0%}）{told}")
    return proposals.links[0].decision.value if proposals.links else "none"


def _tell_link_summary(decisions: Counter[str]) -> None:
    print(f"自动关联 {decisions['auto']} 件，待人判定 {decisions['review']} 件，没有对应文件 {decisions['none']} 件")


def judge(options: argparse.Namespace) -> int:
    """Keep a person's judgement on an interpretation."""
    app = build_app(options.db, options.actor)
    document = None if options.document == "none" else options.document
    links = linking.judge(app, options.interpretation, document)
    rows = [
        {"document_id": item.document_id, "judgement": item.judgement.value, "judged_by": item.judged_by}
        for item in links
    ]
    if options.json:
        print_row({"interpretation_id": options.interpretation, "links": rows})
        return 0
    confirmed = [item.document_id for item in links if item.judgement is Judgement.CONFIRMED]
    print(f"已判定：{options.interpretation} → {'、'.join(confirmed) or '没有对应的文件'}")
    return 0
