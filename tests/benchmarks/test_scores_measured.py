"""Published score tables recomputed: the two of the 2022 notice, and hundreds made from them with known changes.

Every change is named (its unit stands in a finding of its kind), none is invented (every finding holds a changed unit),
and the manner of ranking is told. What was changed is worked out here, by sums and definitions of our own.
"""

import csv
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from measuring import in_full
from score_tables import MARKS, PUBLISHED_FAULT, Planted, made, published
from shared_data import shared

from attrtrack.assessing import check_tables, ranked, score_unit
from attrtrack.domain.ledgers import Table
from attrtrack.domain.score_checks import ScoreCheck
from attrtrack.domain.scores import Fault, Missing
from attrtrack.reading import read_table
from attrtrack.reading.plain.tabbed import tables_in_text
from attrtrack.rules import Rules

TABLES = in_full(500, in_ci=100)


@dataclass
class Outcome:
    """How many changes of each kind were planted, which were missed, which findings were invented."""

    planted: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    methods_wrong: list[str] = field(default_factory=list)


def tables_of(name: str, data: bytes) -> tuple[Table, ...]:
    """Read a table as the command does."""
    return tables_in_text(data.decode(), name) if name.endswith(".txt") else read_table(data, name)


def judge(planted: Planted, found: ScoreCheck, called: str, outcome: Outcome) -> None:
    """Compare what was found with what was planted."""
    for kind, units, faults in (
        ("total", planted.totals, found.totals_wrong or ()),
        ("cap", planted.caps, found.caps_exceeded or ()),
    ):
        named = {fault.unit for fault in faults}
        outcome.planted[kind] += len(units)
        outcome.missed.extend(f"{called}: {kind} {unit}" for unit in units - named)
        outcome.invented.extend(f"{called}: {kind} {unit}" for unit in named - units)
    outcome.planted["rank"] += len(planted.ranks)
    groups = [frozenset(fault.units) for fault in found.rank_findings]
    outcome.missed.extend(
        f"{called}: rank {set(one)}" for one in planted.ranks if not any(one & group for group in groups)
    )
    outcome.invented.extend(
        f"{called}: rank {set(group)}" for group in groups if not any(group & one for one in planted.ranks)
    )
    outcome.invented.extend(f"{called}: unread {cell.text}" for cell in found.unread)
    outcome.planted["method"] += 1
    if found.rank_method != planted.method:
        outcome.methods_wrong.append(f"{called}: {found.rank_method} for {planted.method}")


def _checked(seeds: Iterator[int], rules: Rules) -> Outcome:
    base = tuple(published(shared("domain/seed004_scores.csv")).values())
    outcome = Outcome()
    for seed in seeds:
        sheet, name, data = made(base, seed)
        judge(sheet.planted, check_tables(tables_of(name, data), rules), f"seed {seed} {name}", outcome)
    return outcome


@pytest.mark.shared
def test_changed_tables_are_told_apart(rules: Rules) -> None:
    """Of all changes in cells, totals, ranks, full marks, manners of ranking and headings, each is named and none invented."""
    began = time.perf_counter()
    outcome = _checked(iter(range(TABLES)), rules)
    print(
        f"\n{TABLES} tables in {time.perf_counter() - began:.1f} s: planted {dict(outcome.planted)}, "
        f"missed {len(outcome.missed)}, invented {len(outcome.invented)}, methods wrong {len(outcome.methods_wrong)}"
    )
    for line in (*outcome.missed, *outcome.invented, *outcome.methods_wrong)[:30]:
        print("  ", line)
    assert min(outcome.planted[kind] for kind in ("total", "cap", "rank", "method")) >= TABLES // 10
    assert (outcome.missed, outcome.invented, outcome.methods_wrong) == ([], [], [])


@pytest.mark.shared
def test_the_published_columns_have_one_fault(rules: Rules) -> None:
    """All 49 totals are right, full marks are not stated, and one tie is broken with 28 ranks following."""
    path = shared("domain/seed004_scores.csv")
    found = check_tables(read_table(path.read_bytes(), path.name), rules)
    (fault,) = found.rank_findings
    assert (found.units, found.totals_wrong, found.caps_exceeded, found.rank_method) == (49, (), None, "dense")
    assert (frozenset(fault.units), fault.expected) == (PUBLISHED_FAULT, (5, 5))
    assert [len(fault.follows), fault.follows[0].expected, fault.follows[-1].expected] == [28, 6, 27]


@pytest.mark.shared
def test_the_notice_states_full_marks_that_nobody_exceeds(rules: Rules) -> None:
    """Read from the notice itself, both tables have right totals and no score above its full mark."""
    (path,) = Path(shared("seeds")).glob("004_*.txt")
    found = check_tables(tables_in_text(path.read_text(encoding="utf-8"), path.name), rules)
    assert [table.units for table in found.tables] == [15, 34]
    assert (found.totals_wrong, found.caps_exceeded, len(found.rank_findings)) == ((), (), 1)


@pytest.mark.shared
def test_the_published_scheme_gives_the_published_totals(rules: Rules) -> None:
    """The 49 totals of 2022 come out of what each unit lost, 未报资料 included; the ranks too but for the one broken tie."""
    scheme = next(one for one in rules.schemes if one.code == "xinzhou-2022")
    scores, totals = [], {}
    with shared("domain/seed004_scores.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            kind = "county" if row["table"] == "1" else "department"
            names = [f"{kind}-{part}" for part in ("written", "online", "survey")]
            cells = dict(zip(names, (row["written"], row["online"], row["survey"]), strict=True))
            marks = dict(zip(names, map(Decimal, MARKS[row["table"]]), strict=True))
            missing = [Missing(name, cell, "通报") for name, cell in cells.items() if cell.endswith("0分")]
            faults = [Fault(f"{name}-lost", marks[name] - Decimal(cell), "失分") for name, cell in cells.items() if not cell.endswith("0分")]  # fmt: skip
            faults.append(Fault("overall", Decimal(row["bonus"] or "0"), row["remark"]))
            scores.append(score_unit(scheme, kind, unit=row["unit"], faults=faults, missing=missing))
            totals[row["unit"]] = (Decimal(row["published_total"]), row["dense_rank"])
    found = {one.unit: (one.total, str(one.rank)) for one in ranked(scheme, scores)}
    assert found == totals
    assert found.keys() > PUBLISHED_FAULT
