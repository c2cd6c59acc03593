"""`audit`: a ledger's or the register's declared attributes, ranked by how likely they are wrong."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from attrtrack.bootstrap import build_app
from attrtrack.cli.lines import open_lines, say_fault
from attrtrack.cli.output import likelihood, print_row, say, told
from attrtrack.cli.progress import Progress
from attrtrack.domain.audits import Suspicion
from attrtrack.errors import EmptySourceError, InputRefusedError, UsageError
from attrtrack.workflow import audit_rows, audit_shapes, auditing
from attrtrack.workflow.app import App
from attrtrack.workflow.audit_export import check_target, export_audit, summary_line
from attrtrack.workflow.audit_rows import RefusedRow, Scope
from attrtrack.workflow.audit_weighing import Row
from attrtrack.workflow.reading import shared_reader

_SHOWN = 30
_NAMED = 20
_QUOTE = 80


def audit(options: argparse.Namespace) -> int:
    """Rank the documents of ledgers or of the register; findings leave the status 0, refused input makes it 1."""
    if options.limit is not None and options.limit < 1:
        raise UsageError("--limit 应为 1 以上的整数。")
    out = Path(options.out) if options.out else None
    if out is not None:
        check_target(out)
    app = build_app(options.db, options.actor)
    scope = Scope(options.year, options.unit)
    progress = Progress(quiet=options.quiet, noun="份文件")
    done = auditing.audit(app, _rows(app, options.paths, scope), scope, processes=options.jobs, step=progress.step)
    progress.clear()
    if not options.paths and not (done.suspicions or done.not_audited):
        raise EmptySourceError("登记中没有这个范围的文件：请核对 --year、--unit，或者直接给出台账。")
    for refused in done.refused:
        _tell_refused(refused, as_json=options.json)
    shown = done.suspicions[: options.limit]
    if out is not None:
        export_audit(app, out, shown, done.summary)
    if options.json:
        for row in audit_shapes.audit_rows(shown, () if options.limit else done.not_audited):
            print_row(row)
    else:
        _print_table(app, shown if options.limit else [item for item in shown if item.flagged][:_SHOWN])
    if not options.quiet:
        _tell_summary(done, out, as_json=options.json)
    return 1 if done.refused else 0


def _rows(app: App, paths: Sequence[str], scope: Scope) -> Iterator[Row]:
    if not paths:
        yield from audit_rows.register_rows(app, scope)
        return
    with ExitStack() as open_files:
        reader = open_files.enter_context(shared_reader(paths))
        for name in paths:
            if not (name == "-" or name.lower().endswith((".jsonl", ".ndjson", ".json"))):
                yield from audit_rows.ledger_rows(app, name, alone=len(paths) == 1, reader=reader)
                continue
            try:
                yield from audit_rows.line_rows(app, name, open_files.enter_context(open_lines(name)))
            except InputRefusedError as error:
                yield RefusedRow(name, None, None, error)


def _tell_refused(refused: RefusedRow, *, as_json: bool) -> None:
    error, place = refused.error, f"{refused.file} 第 {refused.row} 行" if refused.row else refused.file
    if as_json:
        print_row(audit_shapes.refused_audit_row(refused))
    say_fault(place, error.code, error.message, as_json=as_json)


def _print_table(app: App, shown: Sequence[Suspicion]) -> None:
    for place, item in enumerate(shown, start=1):
        reason = app.rules.reason(item.reason or "")
        called = told(item.row.title or item.row.number or "（无标题）")
        proposed = item.proposed.chinese if item.proposed else "没有意见"
        signs = "、".join(word for word, holds in (("存疑", item.flagged), ("函复", item.row.letter_of_reply)) if holds)
        print(
            f"{place:>4}  存疑程度 {likelihood(item.score)}  {told(item.row.id)}  {called}"
            + (f"（{signs}）" if signs else "")
        )
        print(
            f"      认定 {item.declared.chinese}"
            + (f"（{told(item.row.declared_reason)}）" if item.row.declared_reason else "")
            + f" → 建议 {proposed}"
            + (f"（{reason.code} {reason.name}）" if reason else "")
        )
        for evidence in item.evidence[:1]:
            print(f"      依据：“{told(evidence.quote[:_QUOTE])[:_QUOTE]}”")
        if item.doubt:
            print(f"      说明：{item.doubt}")


def _tell_summary(done: auditing.Audit, out: Path | None, *, as_json: bool) -> None:
    tell = say if as_json else print
    tell(summary_line(done.summary))
    if not done.summary.learnt_from_archive and done.suspicions:
        tell("认定各类属性的文件不足，本次只按规则和模型判断，没有参照这批文件自身的做法。")
    if done.not_audited:
        named = "、".join(told(row.id) for row in done.not_audited[:_NAMED])
        tell(f"没有认定属性、未审查：{named}" + (" 等" if len(done.not_audited) > _NAMED else ""))
    if done.out_of_scope:
        tell(f"另有 {done.out_of_scope} 行属于其他年度或单位，未审查。")
    if done.refused:
        tell(f"拒收 {len(done.refused)} 行（或台账），原因见上。")
    if out is not None:
        tell(f"清单已写入 {out}")
