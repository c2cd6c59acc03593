"""A cold `attrtrack suggest letter.docx` beside the bare start of the libraries it cannot do without, in the same run."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from repository import ROOT

RUNS = 5
LETTER = next((ROOT / "attrtrack" / "workflow" / "sample_year" / "letters").glob("01_*.docx"))
BARE = "import numpy, rjieba, lxml.etree; rjieba.cut('依申请公开')"


def median_seconds(*command: str | Path) -> float:
    """Return the median wall time of a process over several runs, the first (cold caches) left out."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run([str(part) for part in command], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def test_cold_suggestion_costs_little_more_than_its_libraries() -> None:
    """Rules, model, reading and proposing together stay within a few times the bare import of numpy, rjieba and lxml."""
    bare = median_seconds(sys.executable, "-c", BARE)
    cold = median_seconds(sys.executable, "-m", "attrtrack", "suggest", LETTER)
    print(f"\ncold suggest {cold:.2f} s; bare libraries {bare:.2f} s; ratio {cold / bare:.1f}")
    assert cold / bare < 4
