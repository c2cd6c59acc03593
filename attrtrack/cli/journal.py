"""`journal`: prove the audit journal, take a checkpoint, read it, hand it out."""

import argparse
import datetime as dt
from pathlib import Path

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import local_time, print_row, say, shown, told
from attrtrack.domain.journal_proofs import JournalProof
from attrtrack.domain.register import JournalEntry
from attrtrack.errors import UsageError
from attrtrack.errors import told as said
from attrtrack.workflow import journalling

_FOUND = 1
_SHOWN = 20
_OUTCOMES = {"done": "", "refused": "［拒绝］"}


def journal(options: argparse.Namespace) -> int:
    """Run one of the acts on the journal."""
    acts = {"verify": _verify, "checkpoint": _checkpoint, "show": _show, "export": _export}
    return acts[options.act](options)


def _verify(options: argparse.Namespace) -> int:
    app = build_app(options.db, options.actor)
    proof = journalling.verify(app, None if options.checkpoint is None else Path(options.checkpoint))
    message = proof_message(proof)
    if options.json:
        print_row(
            {
                "ok": proof.ok,
                "entries": proof.entries,
                "first_bad": proof.first_bad,
                "message": message,
                "rows": proof.rows,
                "doubts": proof.doubts,
                "doubtful": [{"row": item.row, "doubt": item.doubt.value} for item in proof.doubtful],
                "checkpoint_fault": proof.checkpoint_fault,
                "outside": proof.outside_entries,
                "outside_sequences": list(proof.outside),
            }
        )
    else:
        print(message)
        _print_places(proof)
    return 0 if proof.ok else _FOUND


def proof_message(proof: JournalProof) -> str:
    """Say in one sentence what a verification found."""
    if proof.first_bad is not None:
        return f"审计日志在第 {proof.first_bad} 条断开：这一条被改动、删除、插入或调换过，此前 {proof.entries} 条完好。请封存数据库并查明原因。"
    parts = [f"审计日志 {proof.entries} 条首尾相接"]
    if proof.checkpoint_fault is not None:
        parts.append(f"但是与检查点不符：{proof.checkpoint_fault}")
    if proof.doubts:
        parts.append(f"登记 {proof.rows} 行中有 {proof.doubts} 行与日志不符")
    elif proof.checkpoint_fault is None:
        parts.append(f"登记 {proof.rows} 行与日志一致")
    if proof.outside_entries:
        parts.append(f"其中 {proof.outside_entries} 条是在本系统以外直接写入数据库的")
    return "；".join(parts) + "。"


def _print_places(proof: JournalProof) -> None:
    for item in proof.doubtful[:_SHOWN]:
        print(f"  ✗ {item.row}：{item.doubt.chinese}")
    if proof.doubts > _SHOWN:
        print(f"  共 {proof.doubts} 行，其余见 --json。")
    if proof.outside:
        numbers = "、".join(map(str, proof.outside[:_SHOWN]))
        print(
            f"  系统以外写入：第 {numbers} 条{'等' if proof.outside_entries > _SHOWN else ''}（attrtrack journal show 可查）"
        )


def _checkpoint(options: argparse.Namespace) -> int:
    app = build_app(options.db, options.actor)
    taken = journalling.checkpoint(app)
    page = journalling.checkpoint_page(taken)
    if options.out is not None:
        try:
            Path(options.out).write_text(page, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"不能写入 {options.out}：{said(error)}。请检查文件夹和权限。") from error
        say(f"检查点已写入 {shown(options.out)}：请打印，或者另存到本机以外。")
    if options.json:
        print_row(journalling.checkpoint_row(taken))
    elif options.out is None:
        print(page, end="")
    return 0


def _show(options: argparse.Namespace) -> int:
    app = build_app(options.db, options.actor)
    since = None
    if options.since is not None:
        since = dt.datetime.combine(options.since, dt.time()).astimezone()
    count = 0
    for entry in journalling.entries(app, subject=options.subject, since=since):
        count += 1
        if options.json:
            print_row(entry_row(entry))
        else:
            print(_line(entry))
    if not options.json:
        say(f"共 {count} 条。审计日志只增不删，留存不少于六个月。")
    return 0


def entry_row(entry: JournalEntry) -> dict[str, object]:
    """Return an entry as programs get it; `at` in UTC as it is hashed, `detail` the stored text."""
    return {
        name: getattr(entry, name) if name != "at" else entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
        for name in journalling.FIELDS
    }


def _line(entry: JournalEntry) -> str:
    origin = f"（{told(entry.origin)}）" if entry.origin else ""
    outcome = _OUTCOMES.get(entry.outcome, f"［{told(entry.outcome)}］")
    who = f"{told(entry.actor)}{origin}"
    return f"{entry.sequence}  {local_time(entry.at)}  {who}  {entry.action} {told(entry.subject)} {outcome} {told(entry.detail)}"


def _export(options: argparse.Namespace) -> int:
    if options.out is None:
        raise UsageError("请写明写到哪里，如 attrtrack journal export --out 日志.jsonl。")
    app = build_app(options.db, options.actor)
    count = journalling.export(app, Path(options.out))
    if options.json:
        print_row({"file": options.out, "entries": count})
        return 0
    say(f"已写出 {count} 条到 {shown(options.out)}。在别的机器上核对：python -m attrtrack.verify {shown(options.out)}")
    return 0
