"""The file of results: rows whole or not there, a rerun goes on, two writers never meet, other files are left alone."""

import json
import os
from pathlib import Path

import pytest

from attrtrack.errors import EnvironmentFailedError, UsageError
from attrtrack.workflow.results import Results

ROW = {"file": "甲.txt", "ok": True, "text": "正文"}


def rows(path: Path) -> list[dict[str, object]]:
    """Return the rows of the file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_rerun_knows_what_was_read(tmp_path: Path) -> None:
    """The same file in the same state is known; changed, it is not."""
    path = tmp_path / "r.jsonl"
    with Results(str(path)) as results:
        results.add(ROW, "10-1")
        assert results.has("甲.txt", "10-1")
    with Results(str(path)) as again:
        assert again.has("甲.txt", "10-1")
        assert not again.has("甲.txt", "10-2")
        assert not again.repaired
    assert rows(path) == [{**ROW, "state": "10-1"}]


@pytest.mark.parametrize("cut", [1, 5, 20, 40])
def test_a_half_written_line_is_cut_off(tmp_path: Path, cut: int) -> None:
    """After a crash in the middle of a row the others stand, and the next row begins on a line of its own."""
    path = tmp_path / "r.jsonl"
    with Results(str(path)) as results:
        results.add(ROW, "1-1")
        results.add({**ROW, "file": "乙.txt"}, "1-1")
    path.write_bytes(path.read_bytes()[:-cut])
    with Results(str(path)) as again:
        assert again.repaired
        assert again.has("甲.txt", "1-1")
        assert not again.has("乙.txt", "1-1")
        again.add({**ROW, "file": "丙.txt"}, "1-1")
    assert [row["file"] for row in rows(path)] == ["甲.txt", "丙.txt"]


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """A letter given for --out by mistake is not cut."""
    for number, content in enumerate((b"a letter", "标题\n正文\n".encode(), b'{"id": 1}\n', b"PK\x03\x04")):
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes(content)
        with pytest.raises(UsageError):
            Results(str(path))
        assert path.read_bytes() == content


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """Two readings of the same --out would mix their rows."""
    path = str(tmp_path / "r.jsonl")
    with Results(path), pytest.raises(EnvironmentFailedError, match="正被另一个程序"):
        Results(path)
    with Results(path):
        pass


def test_a_full_disk_keeps_whole_rows_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is taken back, told, and a rerun goes on from there."""
    path = tmp_path / "r.jsonl"
    write = os.write

    def full(handle: int, content: bytes) -> int:
        if len(content) > 50:
            return write(handle, content[:50])
        raise OSError(28, "No space left on device")

    with Results(str(path)) as results:
        results.add(ROW, "1-1")
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            with pytest.raises(EnvironmentFailedError, match="磁盘已满"):
                results.add({**ROW, "file": "乙.txt"}, "1-1")
        assert not results.has("乙.txt", "1-1")
        results.add({**ROW, "file": "丙.txt"}, "1-1")
    assert [row["file"] for row in rows(path)] == ["甲.txt", "丙.txt"]


@pytest.mark.parametrize("name", ["/dev/full", "/dev/null", "无此文件夹/r.jsonl", "."])
def test_what_cannot_hold_results_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Devices, folders and missing folders are refused in words."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises((EnvironmentFailedError, UsageError)):
        Results(name)


def test_names_that_are_no_utf8_come_back(tmp_path: Path) -> None:
    """A name's raw bytes survive in the row and in the state."""
    path = str(tmp_path / "r.jsonl")
    with Results(path) as results:
        results.add({**ROW, "file": "坏\udcb9.txt"}, "1-1")
    with Results(path) as again:
        assert again.has("坏\udcb9.txt", "1-1")
