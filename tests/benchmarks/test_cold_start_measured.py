"""A cold `attrtrack suggest letter.docx` beside the bare start of the libraries it cannot do without, in the same run.

Both are timed as an installed program starts, with the byte code of its modules compiled (pip does so at installation).
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import NamedTuple

import pytest
from repository import ROOT

RUNS = 10
RATIO = 3.2
"""Processor seconds of a suggestion to those of the bare libraries, the best of each: what a busy machine adds is not ours."""
LETTER = next((ROOT / "attrtrack" / "workflow" / "sample_year" / "letters").glob("01_*.docx"))
SUGGEST = ("-m", "attrtrack", "suggest", str(LETTER))
BARE = ("-c", "import rjieba, ahocorasick_rs, lxml.etree; rjieba.cut('依申请公开')")
HEAVY = (
    "numpy",
    "sklearn",
    "scipy",
    "sqlalchemy",
    "fastapi",
    "starlette",
    "jieba",
    "phonenumbers",
    "pypdfium2",
    "opencc",
)
LOADED = "import sys, attrtrack.cli.main as porch; porch.main(); print('loaded:', *sys.modules)"


class Run(NamedTuple):
    """Seconds of one process, by the clock and of the processor."""

    clock: float
    processor: float


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """An environment in which byte code is kept, in a folder of the test."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**environment, "PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("bytecode"))}


def run(arguments: tuple[str, ...], environment: Mapping[str, str]) -> Run:
    """Run Python once and take its times."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=dict(environment))
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def told(name: str, runs: list[Run]) -> str:
    """Print median and best of several runs."""
    clocks, processors = [one.clock for one in runs], [one.processor for one in runs]
    return (
        f"{name}: clock median {statistics.median(clocks):.2f} s, best {min(clocks):.2f} s; "
        f"processor median {statistics.median(processors):.2f} s, best {min(processors):.2f} s"
    )


def test_cold_suggestion_costs_little_more_than_its_libraries(compiled: Mapping[str, str]) -> None:
    """Rules, model, reading and proposing together stay near what loading rjieba's dictionary and lxml costs anyway."""
    bare, cold = [], []
    for attempt in range(RUNS + 1):
        pair = run(BARE, compiled), run(SUGGEST, compiled)
        if attempt:
            bare.append(pair[0])
            cold.append(pair[1])
    ratio = min(one.processor for one in cold) / min(one.processor for one in bare)
    print(
        f"\n{told('cold suggest', cold)}\n{told('bare libraries', bare)}\nratio of the best processor times {ratio:.2f}"
    )
    assert ratio < RATIO


def test_cold_suggestion_loads_no_heavy_library(compiled: Mapping[str, str]) -> None:
    """One letter is judged without what training, the register, the web, ledgers and batches load."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "suggest", str(LETTER)],
        check=True,
        capture_output=True,
        env=dict(compiled),
        encoding="utf-8",
    )
    loaded = {name.partition(".")[0] for name in done.stdout.rpartition("loaded:")[2].split()}
    assert {"rjieba", "lxml"} <= loaded
    assert not loaded & set(HEAVY)
