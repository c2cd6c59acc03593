"""Training gives the same model again: another order of files, another hash seed, other numbers of threads and processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from repository import ROOT

_TRAIN = """
import sys
from pathlib import Path
from attrtrack.nlp.corpus import load_corpus
from attrtrack.nlp.training import train
from attrtrack.rules import load_rules
print(train(load_corpus(Path(sys.argv[1])), load_rules(None), processes=int(sys.argv[2])).digest)
"""


def _write(folder: Path, *, backwards: bool) -> Path:
    """Write every sixth letter (more than one chunk of them) to several files, whose names and rows are in one order or the other."""
    files = sorted((ROOT / "training_data" / "letters").glob("*.jsonl"))
    folder.mkdir()
    for number, file in enumerate(reversed(files) if backwards else files):
        rows = file.read_text(encoding="utf-8").splitlines()[::6]
        text = "\n".join(reversed(rows) if backwards else rows)
        (folder / f"{number:02}.jsonl").write_text(text, encoding="utf-8")
    return folder


def _digest(folder: Path, *, seed: str, threads: str, processes: int) -> str:
    settings = {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
    done = subprocess.run(
        [sys.executable, "-c", _TRAIN, str(folder), str(processes)],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of one training: one process, one thread, one hash seed."""
    folder = _write(tmp_path_factory.mktemp("first") / "letters", backwards=False)
    return _digest(folder, seed="1", threads="1", processes=1)


def test_the_order_of_files_and_rows_does_not_matter(digest: str, tmp_path: Path) -> None:
    """The same letters in other files, backwards, with another hash seed and more threads, give the same digest."""
    folder = _write(tmp_path / "letters", backwards=True)
    assert _digest(folder, seed="77", threads="4", processes=1) == digest


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_the_number_of_processes_does_not_matter(digest: str, tmp_path: Path) -> None:
    """Two processes give the same digest as one."""
    folder = _write(tmp_path / "letters", backwards=False)
    assert _digest(folder, seed="0", threads="2", processes=2) == digest


def test_another_letter_gives_another_digest(digest: str, tmp_path: Path) -> None:
    """The digest would show a change: one letter less is another model."""
    folder = _write(tmp_path / "letters", backwards=False)
    file = folder / "00.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["label"]
    file.write_text("\n".join(lines[1:]), encoding="utf-8")
    assert _digest(folder, seed="1", threads="1", processes=1) != digest
