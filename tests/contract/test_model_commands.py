"""`train` and `evaluate` hold to the contract: what is printed where, what is left alone, what is refused."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from attrtrack.resources import models_folder, training_folder

_TEXT = "云溪县水务局关于再生水价格执行口径的复函\n各乡镇水务站：\n全县再生水价格统一按每立方米1.2元执行，适用于各类用户。\n此复。\n"


@pytest.fixture
def few_letters(tmp_path: Path) -> str:
    """A sixth of the training letters, in one file."""
    files = sorted((training_folder(None) / "letters").glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()[::6]]
    (tmp_path / "letters.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return "letters.jsonl"


@pytest.fixture
def own_rows(tmp_path: Path) -> str:
    """Two rows as an office labels them, and one that says too little."""
    rows = [
        {"id": "a", "text": _TEXT, "label": "proactive", "issuer": "云溪县水务局", "date": "2023-05-06"},
        {"id": "b", "text": _TEXT, "label": "withheld", "reason": "R16-1a"},
        {"id": "c", "text": _TEXT},
    ]
    (tmp_path / "own.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return "own.jsonl"


def test_train_prints_one_object_and_no_progress_for_programs(run: Any, few_letters: str) -> None:
    """Stdout holds folder and digest, stderr nothing; trained again, the digest is the same."""
    first = run("train", "--data", few_letters, "--out", "model", "--json")
    again = run("train", "--data", few_letters, "--out", "model", "--json", "--jobs", "2")
    assert (first.status, first.err) == (0, "")
    assert first.rows == again.rows
    assert first.rows[0]["out"] == "model"
    assert json.loads(Path("model/manifest.json").read_text(encoding="utf-8"))["digest"] == first.rows[0]["digest"]


def test_train_tells_progress_to_people_unless_quiet(run: Any, few_letters: str) -> None:
    """Letters read, folds and heads are told on stderr; with --quiet nothing is."""
    told = run("train", "--data", few_letters, "--out", "model")
    quiet = run("train", "--data", few_letters, "--out", "model", "--quiet")
    for word in ("提取特征", "校准", "训练"):
        assert word in told.err
    assert (quiet.status, quiet.err) == (0, "")
    assert "摘要" in quiet.out


def test_ctrl_c_leaves_the_old_model(tmp_path: Path) -> None:
    """Interrupted while it works, training ends with status 1 and a sentence, and the model is what it was."""
    out = tmp_path / "model"
    shutil.copytree(models_folder(None), out)
    before = _contents(out)
    command = [sys.executable, "-m", "attrtrack", "train", "--data", str(training_folder(None)), "--out", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as training:
        assert training.stderr is not None
        first = training.stderr.readline()
        os.kill(training.pid, signal.SIGINT)
        rest = training.stderr.read()
    assert "提取特征" in first
    assert training.returncode == 1, rest
    assert "已中断" in rest
    assert "Traceback" not in rest
    assert _contents(out) == before


def _contents(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.rglob("*") if file.is_file()}


def test_evaluate_prints_one_object_a_split_and_voice(run: Any, few_letters: str) -> None:
    """Two splits, four voices, the same figures in each; no progress for programs."""
    done = run("evaluate", "--data", few_letters, "--json")
    assert (done.status, done.err) == (0, "")
    assert {(row["split"], row["voice"]) for row in done.rows} == {
        (split, voice)
        for split in ("unseen-writers", "unseen-issuer-years")
        for voice in ("baseline", "model", "rules", "together")
    }
    for row in done.rows:
        assert {"balanced_accuracy", "hard_balanced_accuracy", "worst_group", "pairs_right", "f2_withheld"} <= set(row)
        assert {"reason_first", "reason_in_three", "calibration_error", "answered", "precision_answered"} <= set(row)
        assert {"coverage", "confusion", "by_group"} <= set(row)


def test_evaluate_on_own_rows_measures_the_present_model(run: Any, own_rows: str) -> None:
    """Voices, causes of what was left out, and the list of disagreements come as objects."""
    done = run("evaluate", "--data", own_rows, "--rows", "--json")
    figures = {row["voice"]: row for row in done.rows if "voice" in row}
    assert figures["together"]["letters"] == 2
    assert sum(figures["together"]["left_out"].values()) == 1
    assert set(figures["together"]["by_year"]) == {"2023", "（未写明）"}
    listed = [row for row in done.rows if "decided" in row]
    assert {row["id"] for row in listed} <= {"a", "b"}
    assert {"id", "decided", "proposed", "probability", "reason"} <= set(listed[0])


def test_evaluate_tells_people_what_was_left_out(run: Any, own_rows: str) -> None:
    """The table names the cause and the line, and how to list the disagreements."""
    done = run("evaluate", "--data", own_rows)
    assert done.status == 0
    for words in ("直接测 2 件", "没有写明公开属性", "own.jsonl 第 3 行", "按机关", "按年度", "--rows"):
        assert words in done.out


def test_evaluate_refuses_bad_rows_and_obeys_no_terminal_command(run: Any, own_rows: str) -> None:
    """A bad row makes the status 1, the others are measured; names of issuers and titles are words, not commands."""
    with Path(own_rows).open("a", encoding="utf-8") as lines:
        row = {"id": "d", "text": _TEXT, "label": "withheld", "issuer": "\x1b[31m局", "title": "\x1b[2J函"}
        lines.write("\n{oops\n" + json.dumps(row))
    done = run("evaluate", "--data", own_rows, "--rows")
    assert done.status == 1
    assert "直接测 3 件" in done.out
    assert "\x1b" not in done.out


def test_rows_of_training_writers_are_told_apart(run: Any, few_letters: str) -> None:
    """Measured as they are, letters that the model was trained on are named as such."""
    done = run("evaluate", "--data", few_letters, "--current")
    assert done.status == 0
    assert "撰写人见于模型的训练数据" in done.out


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--register", "--data", "x"), 2, "只能选一个"),
        (("--year", "2023"), 2, "--register"),
        (("--current",), 2, "--data"),
        (("--rows",), 2, "--rows"),
        (("--data", "nowhere.jsonl"), 1, "nowhere.jsonl"),
        (("--register", "--year", "2023"), 1, "attrtrack sign"),
    ],
)
def test_wrong_use_and_nothing_to_measure_are_told(
    run: Any, arguments: tuple[str, ...], status: int, told: str
) -> None:
    """Each wrong use has its sentence; an empty register says what to do."""
    done = run("evaluate", *arguments)
    assert done.status == status
    assert told in done.err
