"""`journal`: prove the audit journal, take a checkpoint, read it, hand it out."""

import argparse
import datetime as dt
from pathlib import Path

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import local_time, print_row, say, shown, told
from attrtrack.domain.journal_proofs import JournalProof
from attrtrack.domain.journal_words import action_words, outcome_words
from attrtrack.domain.register import JournalEntry
from attrtrack.errors import UsageError
from attrtrack.errors import told as said
from attrtrack.workflow import journalling

_FOUND = 1
_SHOWN = 20


def journal(options: argparse.Namespace) -> int:
    """Run one of the acts on the journal."""
    acts = {"verify": _verify, "checkpoint": _checkpoint, "show": _show, "export": _export}
    return acts[options.act](options)


def _verify(options: argparse.Namespace) -> int:
    app = build_app(options.db, options.actor)
    proof = journalling.verify(app, None if options.checkpoint is None else Path(options.checkpoint))
    message = journalling.proof_message(proof)
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
    """Print an entry in words, and its detail as it is kept: programs find the codes in `--json`."""
    outcome = "" if entry.outcome == "done" else f"［{told(outcome_words(entry.outcome))}］"
    who = f"{told(entry.actor)}（{told(entry.origin)}）" if entry.origin else told(entry.actor)
    act = f"{told(action_words(entry.action))} {told(entry.subject)}"
    return " ".join(
        (
            f"{entry.sequence}  {local_time(entry.at)}  {who}  {act}",
            *((outcome,) if outcome else ()),
            told(entry.detail),
        )
    )


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
