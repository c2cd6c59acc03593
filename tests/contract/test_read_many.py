"""`read` over a folder of many files: streams, survives, resumes, and tells what became of each."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from builders import LETTER
from office_files import a_docx, a_pdf, paragraph

from attrtrack.workflow.results import Results


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of several formats, good and bad."""
    made = tmp_path / "来件"
    (made / "下级").mkdir(parents=True)
    (made / "甲.txt").write_text(LETTER, encoding="utf-8")
    (made / "乙.docx").write_bytes(a_docx(paragraph("云栖市水务局关于水价问题的复函")))
    (made / "丙.pdf").write_bytes(a_pdf("Notice of water saving"))
    (made / "丁.pdf").write_bytes(a_pdf(""))
    (made / "下级" / "戊.docx").write_bytes(b"PK\x03\x04 cut")
    (made / "下级" / "~$己.docx").write_bytes(b"\x06user")
    return made


def results(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of results."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_table_says_what_was_read_and_refused(run: Any, folder: Path) -> None:
    """People read formats, codes, counts and the first names on stdout; programs find rows there, the table beside."""
    done = run("read", str(folder))
    assert done.status == 1
    assert "共处理 6 个文件" in done.out
    assert "读取 3 个：docx 1、pdf 1、txt 1" in done.out
    assert "scan-without-text 扫描件，没有文字 1 个" in done.out
    done = run("read", str(folder), "--json")
    assert len(done.rows) == 6
    assert "共处理 6 个文件" in done.err
    assert "共处理" not in run("read", str(folder), "--json", "--quiet").err


def test_results_are_rows_and_a_rerun_reads_what_is_new(run: Any, folder: Path, tmp_path: Path) -> None:
    """Read once, kept once; changed and added files are read on the rerun, refused ones are not tried again."""
    first = run("read", str(folder), "--out", "r.jsonl")
    assert first.status == 1
    rows = results(tmp_path / "r.jsonl")
    assert sorted(Path(row["file"]).name for row in rows) == sorted(p.name for p in folder.rglob("*.*"))
    shown = {row["file"]: row for row in run("read", str(folder), "--json").rows}
    assert all({key: row[key] for key in row if key != "state"} == shown[row["file"]] for row in rows)
    again = run("read", str(folder), "--out", "r.jsonl", "--json")
    assert (again.status, again.rows) == (0, [])
    assert "跳过 6 个" in again.err
    (folder / "甲.txt").write_text(LETTER + "补记。", encoding="utf-8")
    (folder / "庚.txt").write_text(LETTER, encoding="utf-8")
    third = run("read", str(folder), "--out", "r.jsonl", "--json")
    assert [Path(row["file"]).name for row in third.rows] == ["庚.txt", "甲.txt"]


def test_the_order_does_not_depend_on_the_number_of_processes(run: Any, folder: Path) -> None:
    """Two processes give the same rows in the same order as one."""
    assert run("read", str(folder), "--json", "--jobs", "2").rows == run("read", str(folder), "--json").rows


@pytest.mark.parametrize("jobs", ["0", "-1", "1000", "x"])
def test_a_senseless_number_of_processes_is_wrong_use(run: Any, folder: Path, jobs: str) -> None:
    """None, fewer, or too many processes are no number of processes."""
    assert run("read", str(folder), "--jobs", jobs).status == 2


def test_results_within_the_folder_are_not_read(run: Any, folder: Path) -> None:
    """The file being written is not one of the incoming ones."""
    out = str(folder / "r.jsonl")
    run("read", str(folder), "--out", out)
    assert not any("r.jsonl" in row["file"] for row in results(Path(out)))


def test_a_second_reading_into_the_same_file_is_refused(run: Any, folder: Path, tmp_path: Path) -> None:
    """Status 3, nothing read, nothing mixed."""
    with Results(str(tmp_path / "r.jsonl")):
        done = run("read", str(folder), "--out", "r.jsonl")
    assert done.status == 3
    assert "正被另一个程序" in done.err
    assert (tmp_path / "r.jsonl").read_bytes() == b""


def test_results_in_a_file_of_something_else_are_wrong_use(run: Any, folder: Path, tmp_path: Path) -> None:
    """A letter is never overwritten."""
    (tmp_path / "信.txt").write_text(LETTER, encoding="utf-8")
    assert run("read", str(folder), "--out", "信.txt").status == 2
    assert (tmp_path / "信.txt").read_text(encoding="utf-8") == LETTER


@pytest.mark.skipif(sys.platform == "win32", reason="limits and signals of a POSIX system")
def test_a_full_disk_is_the_environments_fault_and_a_rerun_goes_on(run: Any, folder: Path, tmp_path: Path) -> None:
    """Status 3 and a sentence; the rows written stand, and the rerun adds the others."""
    command = [sys.executable, "-m", "attrtrack", "read", str(folder), "--out", "r.jsonl"]
    limited = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)); "
        "sys.argv[1:] = sys.argv[2:]; runpy.run_module('attrtrack', run_name='__main__')"
    )
    full = subprocess.run(
        [sys.executable, "-c", limited, "x", *command[3:]], capture_output=True, cwd=tmp_path, check=False
    )
    assert full.returncode == 3
    assert "重新运行同一命令".encode() in full.stderr
    assert b"Traceback" not in full.stderr
    before = results(tmp_path / "r.jsonl")
    run("read", str(folder), "--out", "r.jsonl")
    rows = results(tmp_path / "r.jsonl")
    assert rows[: len(before)] == before
    assert len({row["file"] for row in rows}) == len(rows) == 6


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a POSIX system")
def test_an_interruption_loses_nothing(run: Any, tmp_path: Path) -> None:
    """Ctrl-C to the whole group: no traceback, no process left, how to go on; the rerun reads each other file once."""
    incoming = tmp_path / "多件"
    incoming.mkdir()
    for number in range(400):
        (incoming / f"{number:03}.docx").write_bytes(a_docx(paragraph(f"关于第{number}项工作的复函") * 50))
    reading = subprocess.Popen(
        [sys.executable, "-m", "attrtrack", "read", "多件", "--out", "r.jsonl"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    out = tmp_path / "r.jsonl"
    while not out.exists() or out.stat().st_size < 10_000:
        assert reading.poll() is None
        time.sleep(0.01)
    os.killpg(reading.pid, signal.SIGINT)
    _, err = reading.communicate(timeout=20)
    assert reading.returncode == 1
    assert b"Traceback" not in err
    assert "接着读".encode() in err
    done = len(results(out))
    assert 0 < done < 400
    again = run("read", "多件", "--out", "r.jsonl")
    assert f"跳过 {done} 个" in again.out
    rows = results(out)
    assert len({row["file"] for row in rows}) == len(rows) == 400


def test_record_reads_a_folder_the_same_way(run: Any, folder: Path) -> None:
    """Bad files do not stop the register; the table stands at the end."""
    done = run("record", str(folder))
    assert done.status == 1
    assert "共处理 6 个文件" in done.out
    assert done.out.count("已登记") == 3
    assert run("record", str(folder), "--json", "--jobs", "2").status == 1
