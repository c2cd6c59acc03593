"""Recompute the journal's chain from an export, and meet a checkpoint.

An entry's hash is the digest of the UTF-8 of the compact JSON array [sequence, at, actor, origin, action, subject, outcome,
detail, previous_hash]; an entry without `origin` was made before the register kept it, and has eight fields. The digest is
SHA-256; from an entry `set-journal-hash` on (itself included) the one that its detail names in `to`.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

FIELDS = ("sequence", "at", "actor", "origin", "action", "subject", "outcome", "detail", "previous_hash")
GENESIS = "0" * 64
OUTSIDE = "outside:"
DONE, FOUND, WRONG_USE = 0, 1, 2

Entry = dict[str, Any]


def digest(algorithm: str, entry: Entry) -> str:
    """Return the hash that an entry ought to have."""
    told = [entry[name] for name in FIELDS if name != "origin" or entry.get(name) is not None]
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    if algorithm in hashlib.algorithms_available:
        return hashlib.new(algorithm, data).hexdigest()
    return sm3(data)


def sm3(data: bytes) -> str:
    """Return the SM3 digest (GB/T 32905-2016) where Python's OpenSSL has none; slow, some thousand entries a second."""
    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        words = [int.from_bytes(padded[place : place + 4], "big") for place in range(start, start + 64, 4)]
        mixed = zip(_rounds(state, words), state, strict=True)
        state = [one ^ other for one, other in mixed]
    return "".join(f"{word:08x}" for word in state)


def _turn(word: int, by: int) -> int:
    return (word << by % 32 | word >> (32 - by) % 32) & 0xFFFFFFFF if by % 32 else word


def _rounds(state: list[int], words: list[int]) -> list[int]:
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _turn(words[j - 3], 15)
        words.append(mixed ^ _turn(mixed, 15) ^ _turn(mixed, 23) ^ _turn(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        first = j < 16  # noqa: PLR2004 - the standard's own number of rounds
        one = _turn((_turn(a, 12) + e + _turn(0x79CC4519 if first else 0x7A879D8A, j)) & 0xFFFFFFFF, 7)
        majority = a ^ b ^ c if first else (a & b) | (a & c) | (b & c)
        choice = e ^ f ^ g if first else (e & f) | (~e & g)
        two = (majority + d + (one ^ _turn(a, 12)) + (words[j] ^ words[j + 4])) & 0xFFFFFFFF
        three = (choice + h + one + words[j]) & 0xFFFFFFFF
        a, b, c, d = two, a, _turn(b, 9), c
        e, f, g, h = three ^ _turn(three, 9) ^ _turn(three, 17), e, _turn(f, 19), g
    return [a, b, c, d, e, f, g, h]


def algorithm_named(entry: Entry) -> str | None:
    """Return the digest that an entry changes to, None for any other entry."""
    if entry.get("action") != "set-journal-hash":
        return None
    named = json.loads(entry["detail"]).get("to")
    return named if named in {"sha256", "sm3"} else None


def first_bad(entries: Iterable[Entry], met: dict[int, str]) -> tuple[int, int | None, int]:
    """Return how many entries follow each other, the sequence of the first that does not, and how many came from outside.

    `met` is given the hashes of the entries whose sequences it holds.
    """
    count, previous, algorithm, outside = 0, GENESIS, "sha256", 0
    for entry in entries:
        try:
            algorithm = algorithm_named(entry) or algorithm
            follows = (
                entry["sequence"] == count + 1
                and entry["previous_hash"] == previous
                and entry["hash"] == digest(algorithm, entry)
            )
        except (KeyError, TypeError, AttributeError, json.JSONDecodeError):
            follows = False
        if not follows:
            return count, count + 1, outside
        count, previous = count + 1, entry["hash"]
        outside += str(entry["actor"]).startswith(OUTSIDE)
        if count in met:
            met[count] = previous
    return count, None, outside


def entries_of(path: Path) -> Iterator[Entry]:
    """Yield the entries of an export; a line that is none stands as an empty entry, at which the chain breaks."""
    with path.open(encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                entry = None
            yield entry if isinstance(entry, dict) else {}


def checkpoint_of(path: Path) -> Entry:
    """Return the checkpoint of a file, the line of JSON on its page; ValueError when there is none."""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("{"):
            row = json.loads(line)
            if row.get("attrtrack") == "checkpoint":
                return {"sequence": int(row["sequence"]), "hash": str(row["hash"]), "register": str(row["register"])}
    raise ValueError(f"{path} 里没有检查点")


def verify(export: Path, checkpoint: Path | None = None) -> dict[str, Any]:
    """Return `ok`, `entries`, `first_bad`, `message`, `outside` of an export."""
    kept = None if checkpoint is None else checkpoint_of(checkpoint)
    met = {1: GENESIS} | ({} if kept is None else {kept["sequence"]: GENESIS})
    count, bad, outside = first_bad(entries_of(export), met)
    fault = None if kept is None or bad is not None else fault_of(kept, count, met)
    if bad is not None:
        message = f"日志在第 {bad} 条断开，此前 {count} 条完好。"
    else:
        message = f"日志 {count} 条首尾相接" + (f"，但是与检查点不符：{fault}。" if fault else "。")
    return {
        "ok": bad is None and fault is None,
        "entries": count,
        "first_bad": bad,
        "message": message,
        "outside": outside,
    }


def fault_of(kept: Entry, count: int, met: dict[int, str]) -> str | None:
    """Say in Chinese how a checkpoint is not met, None when it is."""
    if count < kept["sequence"]:
        return f"导出的只到第 {count} 条，检查点记到第 {kept['sequence']} 条"
    if met[1] != kept["register"]:
        return "检查点属于另一个登记库，或者日志从头被重写过"
    if met[kept["sequence"]] != kept["hash"]:
        return f"第 {kept['sequence']} 条的摘要与检查点不同，日志被重写过"
    return None


def check_figures(arguments: list[str]) -> int:
    """Recompute the figures of an exported list; status 0 all hold, 1 some differ, 2 wrong use."""
    parser = argparse.ArgumentParser(
        prog="attrtrack.verify figures", description="不靠登记系统，重算导出清单里的每个指标。"
    )
    parser.add_argument("export", type=Path, metavar="清单.xlsx", help="attrtrack export 写出的文件")
    parser.add_argument("--json", action="store_true", help="输出 JSON，每个指标一行")
    options = parser.parse_args(arguments)
    figures = import_module(f"{__package__}.figures" if __package__ else "figures")
    try:
        found = figures.recomputed(options.export)
    except (OSError, ValueError, KeyError, IndexError, StopIteration, SyntaxError, RuntimeError, BadZipFile) as error:
        reason = f"里面没有 {error}" if isinstance(error, KeyError) else f"{type(error).__name__} {error}"
        sys.stderr.write(f"无法核对，请给出 attrtrack export 写出的 xlsx：{reason}\n")
        return WRONG_USE
    for one in found:
        held = f"按{'、'.join(one['facts'])}重算，一致（步骤摘要 {one['steps']}）"
        fraction = f"{one['numerator']}/{one['denominator']}，排除 {one['excluded']}"
        line = f"{one['name']}（{one['reading']}）{fraction}：{'；'.join(one['differences']) or held}"
        sys.stdout.write((json.dumps(one, ensure_ascii=False) if options.json else line) + "\n")
    return FOUND if any(one["differences"] for one in found) else DONE


def main(arguments: list[str] | None = None) -> int:
    """Verify an export and say what was found; status 0 whole, 1 found something, 2 wrong use."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["figures"]:
        return check_figures(arguments[1:])
    parser = argparse.ArgumentParser(prog="attrtrack.verify", description="不靠登记系统，核对导出的审计日志。")
    parser.add_argument("export", type=Path, metavar="日志.jsonl", help="attrtrack journal export 写出的文件")
    parser.add_argument("--checkpoint", type=Path, metavar="文件", help="先前留存的检查点")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    options = parser.parse_args(arguments)
    try:
        found = verify(options.export, options.checkpoint)
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"无法核对：{error}\n")
        return WRONG_USE
    sys.stdout.write((json.dumps(found, ensure_ascii=False) if options.json else found["message"]) + "\n")
    return DONE if found["ok"] else FOUND


if __name__ == "__main__":
    sys.exit(main())
