"""The number grammar measured on every number of seven governments' lists."""

import gzip
import json
from collections import Counter

import pytest
from shared_data import shared

from attrtrack.domain.numbers import normalise

pytestmark = pytest.mark.shared


def test_numbers_of_seven_governments() -> None:
    """Of some 28,000 printed numbers fewer than one in a thousand stay irregular."""
    kinds: Counter[str] = Counter()
    irregular: list[str] = []
    with gzip.open(shared("data/titles.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            reading = normalise(str(json.loads(line)["doc_number"]))
            kind = (
                "none"
                if reading.number is None
                else "irregular"
                if reading.irregular
                else "repaired"
                if reading.repaired
                else "right"
            )
            kinds[kind] += 1
            irregular += [str(reading.number)] if reading.irregular else []
    print(f"\n{dict(kinds)} irregular: {irregular[:10]}")
    assert kinds["irregular"] * 1000 < sum(kinds.values()) - kinds["none"]
