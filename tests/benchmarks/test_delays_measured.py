"""Publication delay of 34,578 real titles of seven governments: one command, its time, its figures, what is left out."""

import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from shared_data import shared

pytestmark = pytest.mark.shared
TITLES = "data/titles.jsonl.gz"
GOAL = 10.0


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, list[dict[str, Any]], Path]:
    """Run the command once, as a person does, and give its seconds of processor, its rows and its picture."""
    picture = tmp_path_factory.mktemp("delays") / "picture.svg"
    command = [
        str(Path(sys.executable).parent / "attrtrack"),
        "delays",
        str(shared(TITLES)),
        "--json",
        "--picture",
        str(picture),
    ]
    began, spent = time.perf_counter(), _processor()
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "ATTRTRACK_USER": "测"}
    )
    print(f"\n{time.perf_counter() - began:.1f} s by the clock, other work of the machine included")
    return _processor() - spent, [json.loads(line) for line in done.stdout.splitlines()], picture


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_one_command_within_ten_seconds(counted: tuple[float, list[dict[str, Any]], Path]) -> None:
    """The whole list is read, counted and drawn within the goal."""
    seconds, rows, picture = counted
    head = rows[0]
    print(
        f"\n{head['rows']} rows, {head['both_dates']} with both dates, {head['counted']} counted: {seconds:.1f} s of processor"
    )
    print(f"picture {picture.stat().st_size // 1024} KB")
    assert (head["rows"], head["both_dates"]) == (34_578, 24_848)
    assert seconds <= GOAL


def test_what_is_left_out_is_listed_with_its_reason(counted: tuple[float, list[dict[str, Any]], Path]) -> None:
    """Before 2004, negative and still to come: as many as an independent count of the file finds, each with its row."""
    _, (head, *left_out), _ = counted
    by_reason = Counter(reason for row in left_out for reason in row["excluded"])
    print("\n" + ", ".join(f"{reason} {count}" for reason, count in by_reason.most_common()))
    assert head["excluded_by"] == by_reason
    assert by_reason["issued-before-2004"] == 2_687
    assert by_reason["published-before-issued"] == 59
    assert by_reason["day-to-come"] == 1
    assert head["counted"] + len(left_out) == head["rows"]
    assert len({row["row"] for row in left_out}) == len(left_out)


def test_shares_by_government(counted: tuple[float, list[dict[str, Any]], Path]) -> None:
    """Every cohort adds up from its governments and its classes; the figures are printed."""
    _, (head, *_), _ = counted
    for cohort in head["cohorts"]:
        whole = cohort["all"]
        print(f"\nsince {cohort['since']}: {_told(whole)}")
        for one in cohort["governments"]:
            print(f"  {one['name']}: {_told(one)}")
            assert sum(one["classes"]) == one["documents"]
            assert sum(one["classes"][:3]) == one["within_20"]
        assert sum(one["documents"] for one in cohort["governments"]) == whole["documents"]
        assert sum(one["within_20"] for one in cohort["governments"]) == whole["within_20"]
    assert [cohort["since"] for cohort in head["cohorts"]] == ["2004-01-01", "2008-05-01", "2019-05-15"]


def _told(spread: dict[str, Any]) -> str:
    return (
        f"{spread['documents']} documents, {spread['share_within_20']:.1%} within 20 working days, "
        f"median {spread['median']}, nine tenths within {spread['ninth_decile']}, classes {spread['classes']}"
    )
