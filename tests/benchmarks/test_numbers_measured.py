"""The number grammar measured on every number of seven governments' lists and of the ledgers."""

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import pytest
from shared_data import shared

from attrtrack.domain.numbers import normalise
from attrtrack.reading import read_table
from attrtrack.recording.ledgers import recognise
from attrtrack.rules import Rules

pytestmark = pytest.mark.shared

SHOWN = 100


def _measured(printed: Iterable[str]) -> tuple[Counter[str], list[str], list[tuple[str, str]]]:
    kinds: Counter[str] = Counter()
    irregular: list[str] = []
    repaired: list[tuple[str, str]] = []
    for cell in printed:
        reading = normalise(cell)
        if reading.number is None:
            kinds["none"] += 1
        elif reading.irregular:
            kinds["irregular"] += 1
            irregular.append(reading.number)
        elif reading.repaired:
            kinds["repaired"] += 1
            repaired.append((cell, reading.number))
        else:
            kinds["right"] += 1
    return kinds, irregular, repaired


def _shown(name: str, printed: Iterable[str]) -> tuple[Counter[str], list[tuple[str, str]]]:
    kinds, irregular, repaired = _measured(printed)
    print(f"\n{name}: {dict(kinds)}; irregular: {irregular[:20]}")
    return kinds, repaired


def test_numbers_of_seven_governments() -> None:
    """Of some 28,000 printed numbers fewer than one in a thousand stay irregular; every repair keeps year and serial."""
    with gzip.open(shared("data/titles.jsonl.gz"), "rt", encoding="utf-8") as lines:
        kinds, repaired = _shown("titles", (str(json.loads(line)["doc_number"]) for line in lines))
    sample = random.Random(9704).sample(repaired, SHOWN)  # noqa: S311 - a sample to look at
    print("\n".join(f"  {printed!r} -> {number}" for printed, number in sample))
    assert kinds["irregular"] * 1000 < sum(kinds.values()) - kinds["none"]
    assert all(_same_digits(printed, number) for printed, number in repaired)


def _same_digits(printed: str, number: str) -> bool:
    """Whether a repair invented no digit: leading zeros aside they are those printed."""
    told = "".join(char for char in printed if char.isdecimal())
    return sorted(str(int(char)) for char in told if int(char)) == sorted(
        char for char in number if char in "123456789"
    )


@pytest.mark.parametrize("name", ["chongqing_docno.xlsx", "ningxia_docno.xlsx", "missing-cited-docs.csv"])
def test_numbers_of_ledgers(name: str, rules: Rules) -> None:
    """Every number cell of the ledgers is read, or kept as printed; none is lost."""
    tables = read_table(shared(f"data/files/ledger/{name}").read_bytes(), name)
    cells = [cell for table in tables for cell in _number_cells([row.cells for row in table.rows])]
    kinds, _ = _shown(name, cells)
    documents = [entry.document for table in tables for entry in recognise(table, rules).entries]
    assert kinds["irregular"] * 100 <= len(cells)
    assert sum(1 for document in documents if document.number) == kinds.total() - kinds["none"]


def _number_cells(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    column: int | None = None
    for cells in rows:
        if column is None:
            column = next((at for at, cell in enumerate(cells) if cell in {"doc_number", "document_number"}), None)
        elif column < len(cells):
            yield cells[column]
