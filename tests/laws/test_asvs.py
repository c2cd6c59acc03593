"""The table of OWASP ASVS 5: every number of levels 1 and 2 stands in it once, and every test it names exists."""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parents[1]
TABLE: dict[str, Any] = tomllib.loads((TESTS / "asvs.toml").read_text(encoding="utf-8"))
STANDINGS = ("met", "partly", "unmet", "apart")
ROWS = [(standing, row) for standing in STANDINGS for row in TABLE[standing]]


def _numbers(text: str) -> Iterator[str]:
    """Return the numbers of a list in which `6.2.1-8` stands for eight."""
    for item in text.split():
        head, _, last = item.partition("-")
        section, _, first = head.rpartition(".")
        yield from (f"{section}.{number}" for number in range(int(first), int(last or first) + 1))


@cache
def _tests_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_the_levels_are_those_of_the_standard() -> None:
    """Version 5.0.0 has 70 requirements of level 1 and 183 of level 2."""
    assert [len(set(_numbers(TABLE["levels"][level]))) for level in ("1", "2")] == [70, 183]


def test_every_requirement_stands_in_the_table_once() -> None:
    """None is passed over, none is told in two ways, none is of another level."""
    told = Counter(number for _, row in ROWS for number in _numbers(row["numbers"]))
    wanted = {number for text in TABLE["levels"].values() for number in _numbers(text)}
    assert {number for number, times in told.items() if times > 1} == set()
    assert set(told) - wanted == set()
    assert wanted - set(told) == set()


@pytest.mark.parametrize(
    ("standing", "row"), ROWS, ids=lambda value: value["numbers"] if isinstance(value, dict) else value
)
def test_every_row_says_what_stands_behind_it(standing: str, row: dict[str, Any]) -> None:
    """What is met names tests that exist; what is met in part says what is not; the rest gives a reason."""
    if standing in {"unmet", "apart"}:
        assert set(row) == {"numbers", "why"}
        assert row["why"].endswith(".")
        return
    assert set(row) == {"numbers", "asks", "tests"} | ({"but"} if standing == "partly" else set())
    assert row["tests"]
    for name in row["tests"]:
        path, _, test = name.partition("::")
        assert test in _tests_of(TESTS / path), name
