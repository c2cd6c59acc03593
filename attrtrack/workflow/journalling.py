"""The journal for auditors: prove it, take a checkpoint, read it, hand it out. Entries are never deleted."""

import datetime as dt
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrtrack.domain.access import Right
from attrtrack.domain.administering import EntriesWanted
from attrtrack.domain.journal_proofs import Checkpoint, JournalProof
from attrtrack.domain.register import JournalEntry
from attrtrack.errors import EmptySourceError, UsageError, told
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.storage.journal_lists import EntriesPart

CHECKPOINT = "checkpoint"
FIELDS = ("sequence", "at", "actor", "origin", "action", "subject", "outcome", "detail", "previous_hash", "hash")
"""The fields of an exported entry; `detail` is the very text that is hashed."""
LOOKED_AT = 50_000
"""How many entries one part of the journal looks at."""
_MOST_BYTES = 1_000_000
_WORDS = {
    "documents": "公文",
    "declarations": "认定",
    "decisions": "审定",
    "publications": "公开记录",
    "interpretations": "解读",
}


def verify(app: App, checkpoint: Path | None = None) -> JournalProof:
    """Recompute the chain, meet the checkpoint in a file, and compare every row of the register with its entry."""
    permitted(app, Right.READ_JOURNAL)
    return prove(app, None if checkpoint is None else read_checkpoint(checkpoint))


def prove(app: App, kept: Checkpoint | None) -> JournalProof:
    """Do the same with a checkpoint that is at hand."""
    permitted(app, Right.READ_JOURNAL)
    with app.store.reading() as work:
        return work.journal.prove(kept)


def checkpoint(app: App) -> Checkpoint:
    """Return the journal's end as it stands, to be printed or handed out."""
    permitted(app, Right.READ_JOURNAL)
    with app.store.reading() as work:
        taken = work.journal.checkpoint()
    if taken is None:
        raise EmptySourceError("审计日志还是空的，没有可以留存的检查点：请在登记第一份公文后再运行。")
    return taken


def entries(
    app: App, *, subject: str | None = None, since: dt.datetime | None = None, after: int = 0, limit: int | None = None
) -> Iterator[JournalEntry]:
    """Yield entries in order: of one subject (`D12`), from a moment on, after a sequence."""
    permitted(app, Right.READ_JOURNAL)
    with app.store.reading() as work:
        yield from work.journal.entries(subject, after=after, since=since, limit=limit)


def part(app: App, wanted: EntriesWanted, *, before: int | None = None, limit: int) -> "EntriesPart":
    """Return a part of the journal, the newest entries first."""
    permitted(app, Right.READ_JOURNAL)
    with app.store.reading() as work:
        return work.journal_lists.part(wanted, before=before, limit=limit, looked_at=LOOKED_AT)


def export(app: App, path: Path) -> int:
    """Write every entry as a line of JSON, whole or not at all, readable by its owner only; return how many there are."""
    permitted(app, Right.READ_JOURNAL)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise UsageError(f"不能写入 {path}：{told(error)}。请检查文件夹和权限。") from error
    count = 0
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out, app.store.reading() as work:
            for entry in work.journal.raw_entries():
                out.write(json.dumps(dict(zip(FIELDS, entry, strict=True)), ensure_ascii=False) + "\n")
                count += 1
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return count


def checkpoint_row(taken: Checkpoint) -> dict[str, Any]:
    """Return the machine's line of a checkpoint."""
    return {
        "attrtrack": CHECKPOINT,
        "register": taken.register,
        "sequence": taken.sequence,
        "hash": taken.hash,
        "at": taken.at,
        "algorithm": taken.algorithm,
        "counts": dict(taken.counts),
    }


def checkpoint_page(taken: Checkpoint) -> str:
    """Print a checkpoint on one page for people, with the machine's line at the end."""
    counts = "，".join(f"{word} {taken.counts[table]}" for table, word in _WORDS.items() if table in taken.counts)
    return "\n".join(
        (
            "审计日志检查点",
            "",
            f"登记库标识：{taken.register}",
            f"日志末条：第 {taken.sequence} 条，记于 {taken.at}（UTC）",
            f"末条摘要（{taken.algorithm.upper()}）：",
            f"  {_grouped(taken.hash)}",
            f"登记行数：{counts}",
            "",
            "请把本页打印留存，或者交由审计部门保管，不要只放在本机。",
            "日后运行 attrtrack journal verify --checkpoint 本文件，截至上述末条的日志如被改动、删除、替换或重写，都会查出。",
            "审计日志只增不删，留存不少于六个月（网络安全法第二十一条）。",
            "",
            json.dumps(checkpoint_row(taken), ensure_ascii=False),
            "",
        )
    )


def _grouped(text: str) -> str:
    return " ".join(text[start : start + 8] for start in range(0, len(text), 8))


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint from its page or its bare line; `UsageError` when the file holds none."""
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode(errors="replace")
    except OSError as error:
        raise UsageError(f"检查点文件 {path} 无法读取：{told(error)}。") from error
    found = checkpoint_in(text)
    if found is None:
        raise UsageError(f"{path} 里没有检查点：请给出 attrtrack journal checkpoint 写出的文件。")
    return found


def checkpoint_in(text: str) -> Checkpoint | None:
    """Return the checkpoint that a page or bare line holds, None where there is none."""
    for line in text[:_MOST_BYTES].splitlines():
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return _checkpoint_of(json.loads(line))
    return None


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


def _checkpoint_of(row: Mapping[str, Any]) -> Checkpoint:
    if row["attrtrack"] != CHECKPOINT:
        raise ValueError(CHECKPOINT)
    texts = [str(row[name]) for name in ("register", "hash", "at", "algorithm")]
    counts = {str(name): int(count) for name, count in row["counts"].items()}
    return Checkpoint(texts[0], int(row["sequence"]), texts[1], texts[2], texts[3], counts)
