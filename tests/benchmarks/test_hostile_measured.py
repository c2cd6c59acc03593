"""Hostile files, all other real files, and mutants of good ones through the isolated path: outcome, time, memory."""

import io
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from hostile_files import samples
from isolated_runs import Measured, measured
from measuring import in_full
from mutants import mutants
from office_files import a_docx
from shared_data import rows_of, shared

from attrtrack.reading.isolation import IsolatedReader
from attrtrack.rules import Rules

pytestmark = pytest.mark.shared
MUTANTS = in_full(2000, in_ci=100)
_SECONDS, _MEGABYTES = 5.0, 300.0
_CODES = {
    "read", "classified", "scan-without-text", "encrypted", "broken", "unsupported-format", "too-large", "empty", "bad-row",
}  # fmt: skip


def state_of(*folders: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of every file below the folders."""
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


def held(runs: Iterator[tuple[str, Measured]]) -> list[tuple[str, Measured]]:
    """Assert of every run that it ended in a known word, in time and within memory."""
    kept = []
    for label, run in runs:
        assert run.outcome in _CODES, label
        assert run.outcome == "read" or run.message, label
        assert "Traceback" not in run.message, label
        assert run.seconds < _SECONDS, f"{label}: {run.seconds:.1f} s"
        assert run.megabytes < _MEGABYTES, f"{label}: {run.megabytes:.0f} MB"
        kept.append((label, run))
    return kept


def tell(title: str, runs: list[tuple[str, Measured]]) -> None:
    """Print outcomes by kind of file, and the slowest and largest of all."""
    kinds = sorted({label.partition(" ")[0] for label, _ in runs})
    words = sorted({run.outcome for _, run in runs})
    print(f"\n{title}: {len(runs)} files\n{'':18}" + "".join(f"{word:>20}" for word in words))
    for kind in kinds:
        counts = Counter(run.outcome for label, run in runs if label.partition(" ")[0] == kind)
        print(f"{kind:18}" + "".join(f"{counts[word]:>20}" for word in words))
    crashes = sum("程序异常" in run.message for _, run in runs)
    heavy = sum("耗时过长" in run.message for _, run in runs)
    print(f"reading process died {crashes}, ran out of time or memory {heavy}")
    for word, key in (("slowest", "seconds"), ("largest", "megabytes")):
        label, run = max(runs, key=lambda item: getattr(item[1], key))
        print(f"{word}: {label} {run.seconds:.2f} s {run.megabytes:.0f} MB {run.outcome}")


def test_real_and_hostile_files(rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of the reference folder is read or refused by its code; nothing is written anywhere."""
    rows = list(rows_of("data/files/INDEX.jsonl"))
    home, temporary = tmp_path / "home", tmp_path / "temp"
    for folder, name in ((home, "HOME"), (temporary, "TMPDIR")):
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    monkeypatch.chdir(tmp_path)
    before = state_of(tmp_path, shared("data/files"))

    def runs(reader: IsolatedReader) -> Iterator[tuple[str, Measured]]:
        for row in rows:
            data = shared(f"data/files/{row['file']}").read_bytes()
            run = measured(reader, Path(row["file"]).name, data, rules)
            wanted = row.get("must_refuse")
            assert not wanted or run.outcome == wanted, row["file"]
            yield row["file"].replace("/", " "), run

    with IsolatedReader() as reader:
        kept = held(runs(reader))
    assert state_of(tmp_path, shared("data/files")) == before
    tell("real and hostile files", kept)
    for label, run in kept:
        if label.startswith("hostile"):
            print(f"  {label[8:50]:42} {run.outcome:20} {run.seconds:6.2f} s {run.megabytes:4.0f} MB")


def test_own_hostile_files(rules: Rules) -> None:
    """Every file of our own making likewise."""
    with IsolatedReader() as reader:
        kept = held((f"{name[2:]} {label}", measured(reader, name, make(), rules)) for label, name, make in samples())
    tell("own hostile files", kept)
    for label, run in kept:
        print(f"  {label:28} {run.outcome:20} {run.seconds:6.2f} s {run.megabytes:4.0f} MB")


def test_mutants(rules: Rules) -> None:
    """Damaged copies of the real files that can be read or that once could."""
    good = [
        (Path(row["file"]).name, shared(f"data/files/{row['file']}").read_bytes())
        for row in rows_of("data/files/INDEX.jsonl")
        if row["kind"] != "hostile" and row["bytes"] < 300_000
    ]

    def runs(reader: IsolatedReader) -> Iterator[tuple[str, Measured]]:
        for damage, name, data in mutants(good, MUTANTS, seed=20250702):
            yield f"{Path(name).suffix[1:]} {damage} {name}", measured(reader, name, data, rules)

    with IsolatedReader() as reader:
        kept = held(runs(reader))
    tell("mutants", kept)
    tell("mutants by damage", [(label.split(" ")[1], run) for label, run in kept])


def test_the_command_survives_the_whole_folder(tmp_path: Path) -> None:
    """`read` over the reference folder as a person calls it: its own memory stays small, its status says refusals."""
    command = [sys.executable, "-m", "attrtrack", "read", str(shared("data/files")), "--out", "r.jsonl"]
    peak = 0
    with (tmp_path / "out").open("wb") as kept, (tmp_path / "err").open("wb") as told:
        process = subprocess.Popen(command, cwd=tmp_path, stdout=kept, stderr=told)
        while process.poll() is None:
            peak = max(peak, resident(process.pid))
            time.sleep(0.01)
    out = (tmp_path / "out").read_text(encoding="utf-8")
    print(f"\n{out[out.index('共处理') :]}peak of the command itself {peak} MB")
    assert process.returncode == 1
    assert peak < _MEGABYTES
    assert "Traceback" not in (tmp_path / "err").read_text(encoding="utf-8")


def resident(process: int) -> int:
    """Return the most memory a process has held, in MB; 0 when it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def a_long_letter(paragraphs: int) -> bytes:
    """Make a docx as Word writes it, formatting on every run; fourteen paragraphs fill a page."""
    face = (
        '<w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/><w:sz w:val="32"/></w:rPr>'
    )
    words = ("各区县要加强组织领导，落实工作责任，", "确保各项任务按期完成，并将有关情况于每年年底前报送汇总。")
    runs = "".join(f"<w:r>{face}<w:t>{piece}</w:t></w:r>" for piece in words)
    layout = '<w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640"/></w:pPr>'
    return a_docx(f"<w:p>{layout}{runs}</w:p>" * paragraphs)


def a_long_ledger(rows: int) -> bytes:
    """Make a workbook of six columns."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("标题", "文号", "公开属性", "理由", "部门", "成文日期"))
        for row in range(1, rows + 1):
            cells = (f"云栖市关于第{row}项工作的通知", f"云政发〔2020〕{row}号", "主动公开", "", "教育局", "2020-01-01")
            sheet.write_row(row, 0, cells)
    return buffer.getvalue()


def test_honest_large_files_pass() -> None:
    """Five hundred pages and a hundred thousand rows are read within the caps that stop hostile files."""
    with IsolatedReader() as reader:
        for pages in (100, 500, 1000):
            began = time.monotonic()
            text = reader.source(a_long_letter(pages * 14), "长文.docx").text
            print(f"\ndocx of {pages} pages: {len(text)} characters in {time.monotonic() - began:.2f} s", end="")
            assert len(text) > pages * 500
        data = a_long_ledger(100_000)
        began = time.monotonic()
        rows = len(reader.tables(data, "台账.xlsx")[0].rows)
        print(f"\nxlsx of {rows} rows in {time.monotonic() - began:.2f} s")
        assert rows == 100_001
