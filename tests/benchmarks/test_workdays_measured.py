"""The statutory count of working days against terms that were worked out by hand."""

import csv
import datetime as dt
import os
from pathlib import Path

import pytest

from attrtrack.rules import load_rules

SHARED = Path(os.environ.get("ATTRTRACK_SHARED", Path(__file__).parents[2] / ".." / "shared"))
VECTORS = SHARED / "domain" / "workday_vectors.csv"
TERMS = {"plus7": 7, "plus15": 15, "plus20": 20, "plus40": 40}


@pytest.mark.shared
def test_every_term_ends_on_its_day() -> None:
    """All terms of all rows; rows that begin on a rest day are those where the library's own count is a day late."""
    if not VECTORS.is_file():
        pytest.skip(f"no {VECTORS.name} under ATTRTRACK_SHARED")
    calendar = load_rules().calendar
    with VECTORS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong, late = [], 0
    for row in rows:
        begins = dt.date.fromisoformat(row["start"])
        assert calendar.is_workday(begins) is (row["start_is_workday"] == "True")
        late += row["find_workday_20"] != row["plus20"]
        for column, count in TERMS.items():
            ends = dt.date.fromisoformat(row[column])
            if calendar.later(begins, count) != ends or calendar.term(begins, ends) != count:
                wrong.append((row["start"], count, calendar.later(begins, count), ends))
    print(
        f"\n{len(rows)} days, {len(rows) * len(TERMS)} terms: {len(wrong)} wrong; the library's own count is late in {late}"
    )
    assert rows
    assert wrong == []
