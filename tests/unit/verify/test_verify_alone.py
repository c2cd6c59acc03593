"""The proof outside the system: an export and a checkpoint, with nothing installed but Python."""

import ast
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrtrack.verify.__main__ import FIELDS, digest, main, sm3

FOLDER = Path(sys.modules[digest.__module__].__file__ or "").parent
_LINES = 200
OF_FIGURES = "figures.py"
"""It has a bound of its own, see `test_figures_alone`."""


def chained(count: int, *, algorithm_from: int | None = None) -> list[dict[str, Any]]:
    """Make a chain; from one entry on by SM3."""
    entries: list[dict[str, Any]] = []
    previous, algorithm = "0" * 64, "sha256"
    for sequence in range(1, count + 1):
        entry: dict[str, Any] = dict.fromkeys(FIELDS, "甲")
        entry |= {"sequence": sequence, "detail": "{}", "previous_hash": previous}
        if sequence == 1:
            entry["origin"] = None
        if sequence == algorithm_from:
            entry |= {"action": "set-journal-hash", "detail": '{"to":"sm3"}'}
            algorithm = "sm3"
        previous = entry["hash"] = digest(algorithm, entry)
        entries.append(entry)
    return entries


def write(path: Path, entries: list[dict[str, Any]]) -> str:
    """Write an export and return its name."""
    path.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries), encoding="utf-8")
    return str(path)


def checkpoint(path: Path, entries: list[dict[str, Any]], sequence: int) -> str:
    """Write the checkpoint of an entry and return its name."""
    row = {"attrtrack": "checkpoint", "register": entries[0]["hash"], "sequence": sequence}
    path.write_text("检查点\n" + json.dumps({**row, "hash": entries[sequence - 1]["hash"]}), encoding="utf-8")
    return str(path)


def test_it_is_small_and_imports_the_standard_library_only() -> None:
    """Whoever audits can read it in a quarter of an hour."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py")}
    assert sum(len(text.splitlines()) for name, text in texts.items() if name != OF_FIGURES) <= _LINES
    for text in texts.values():
        for node in ast.walk(ast.parse(text)):
            names = [item.name for item in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert all(name.split(".")[0] in sys.stdlib_module_names for name in names)


def test_the_copied_folder_runs_by_itself(tmp_path: Path) -> None:
    """On a machine without the program the folder alone gives the answer and the status."""
    shutil.copytree(FOLDER, tmp_path / "verify")
    entries = chained(5, algorithm_from=3)
    write(tmp_path / "e.jsonl", entries)
    command = [sys.executable, "-I", "verify", "e.jsonl", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["entries"]) == (0, 5)
    entries[3]["actor"] = "乙"
    write(tmp_path / "e.jsonl", entries)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["first_bad"]) == (1, 4)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (len, None),
        (lambda entries: entries.pop(), "只到第 5 条"),
        (lambda entries: entries.__setitem__(slice(None), chained(6, algorithm_from=2)), "重写过"),
        (lambda entries: entries.pop(2), "第 3 条断开"),
        (lambda entries: entries[4].update(hash="0" * 64), "第 5 条断开"),
        (lambda entries: entries[4].pop("detail"), "第 5 条断开"),
        (lambda entries: entries[4].update(action="set-journal-hash", detail="["), "第 5 条断开"),
    ],
)
def test_a_checkpoint_is_met_or_not(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[list[dict[str, Any]]], object],
    said: str | None,
) -> None:
    """A chain that is cut short, made anew or broken is told, where it can be told."""
    entries = chained(6)
    kept = checkpoint(tmp_path / "c.txt", entries, 6)
    spoil(entries)
    status = main([write(tmp_path / "e.jsonl", entries), "--checkpoint", kept])
    printed = capsys.readouterr().out
    assert status == (0 if said is None else 1)
    assert said is None or said in printed


def test_what_is_no_export_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file or a page without a checkpoint is wrong use; a line that is no entry is where the chain breaks."""
    export = write(tmp_path / "e.jsonl", chained(2))
    assert main([str(tmp_path / "none.jsonl")]) == 2
    (tmp_path / "c.txt").write_text("没有", encoding="utf-8")
    assert main([export, "--checkpoint", str(tmp_path / "c.txt")]) == 2
    (tmp_path / "e.jsonl").write_bytes(b"\xff\xfe[]\n")
    assert main([export]) == 1
    assert "第 1 条断开" in capsys.readouterr().out


@given(data=st.binary(max_size=300))
def test_its_own_sm3_is_the_standards(data: bytes) -> None:
    """Where OpenSSL knows no SM3 the folder's own gives the same digest."""
    if "sm3" in hashlib.algorithms_available:
        assert sm3(data) == hashlib.new("sm3", data).hexdigest()
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
