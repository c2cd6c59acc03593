"""`journal`: proof, checkpoint, reading and export by the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from register_insides import spoil

from attrtrack.verify.__main__ import verify

SHAPE = {"ok", "entries", "first_bad", "message"}


@pytest.fixture
def recorded(run: Any, letter: str) -> Any:
    """Record a letter and return the runner."""
    assert run("record", letter).status == 0
    return run


def test_a_whole_journal_is_said_to_be_whole(recorded: Any) -> None:
    """Status 0, the contract's keys, and a sentence for people."""
    (row,) = recorded("journal", "verify", "--json").rows
    assert set(row) >= SHAPE
    assert (row["ok"], row["first_bad"], row["doubts"]) == (True, None, 0)
    done = recorded("journal", "verify")
    assert done.status == 0
    assert "首尾相接" in done.out


def test_a_checkpoint_finds_what_is_whole_in_itself(recorded: Any, tmp_path: Path) -> None:
    """The page is for printing; its last line is for the program, here and outside."""
    assert recorded("journal", "checkpoint", "--out", "检查点.txt").status == 0
    page = (tmp_path / "检查点.txt").read_text(encoding="utf-8")
    assert "打印留存" in page
    assert len(page.splitlines()) < 40
    assert recorded("journal", "verify", "--checkpoint", "检查点.txt").status == 0
    spoil(tmp_path / "attrtrack.db", "DELETE FROM journal WHERE sequence = (SELECT MAX(sequence) FROM journal)")
    done = recorded("journal", "verify", "--checkpoint", "检查点.txt", "--json")
    assert done.status == 1
    assert "检查点" in done.rows[0]["message"]
    assert done.rows[0]["ok"] is False


def test_what_was_changed_is_found_and_named(recorded: Any, tmp_path: Path) -> None:
    """An entry by its number, a row by its name."""
    spoil(tmp_path / "attrtrack.db", "UPDATE documents SET title = '改写'")
    done = recorded("journal", "verify", "--json")
    assert done.status == 1
    assert done.rows[0]["doubtful"] == [{"row": "documents/1", "doubt": "altered"}]
    assert "documents/1" in recorded("journal", "verify").out
    spoil(tmp_path / "attrtrack.db", "UPDATE journal SET actor = '别人' WHERE sequence = 5")
    done = recorded("journal", "verify", "--json")
    assert (done.status, done.rows[0]["first_bad"]) == (1, 5)


def test_show_and_export_give_the_same_entries(recorded: Any, tmp_path: Path) -> None:
    """What is shown of one document, and what is handed out of all, can be recomputed elsewhere."""
    shown = recorded("journal", "show", "--subject", "D1", "--json").rows
    assert shown[0]["action"] == "record"
    assert {row["subject"] for row in shown} == {"D1"}
    assert recorded("journal", "show", "--since", "2999-01-01", "--json").rows == []
    assert "登记 D1" in recorded("journal", "show").out
    (done,) = recorded("journal", "export", "--out", "日志.jsonl", "--json").rows
    exported = [json.loads(line) for line in (tmp_path / "日志.jsonl").read_text(encoding="utf-8").splitlines()]
    assert done["entries"] == len(exported)
    assert [row for row in exported if row["subject"] == "D1"] == shown
    assert verify(tmp_path / "日志.jsonl")["ok"]


def test_wrong_use_is_told(recorded: Any) -> None:
    """No file to write to, and a file that holds no checkpoint."""
    assert recorded("journal", "export").status == 2
    assert recorded("journal", "verify", "--checkpoint", "复函.txt").status == 2
    assert recorded("journal", "checkpoint", "--out", "没有/这个文件夹.txt").status == 2


def test_an_unknown_digest_is_refused(recorded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting takes two words; SM3 is noted in the chain."""
    monkeypatch.setenv("ATTRTRACK_JOURNAL_HASH", "md5")
    assert recorded("journal", "verify").status == 3
    monkeypatch.setenv("ATTRTRACK_JOURNAL_HASH", "sm3")
    assert recorded("journal", "verify").status == 0
    last = recorded("journal", "show", "--json").rows[-1]
    assert last["action"] == "set-journal-hash"
