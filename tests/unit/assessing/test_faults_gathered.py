"""Faults from the register's figures and findings, and those that a person enters."""

from decimal import Decimal
from typing import Any

import pytest

from attrtrack.assessing import entered, register_faults
from attrtrack.assessing.register_faults import below_floor
from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.domain.measures import Measure, MeasureState, Reading
from attrtrack.domain.register import OverviewRow
from attrtrack.errors import BadRowError
from attrtrack.rules import Rules


def a_measure(code: str, reached: int, of: int, state: MeasureState = MeasureState.DEFINED) -> Measure:
    """Make a figure over documents D1, D2 …, the first of which reach it."""
    rows = tuple(f"D{number}" for number in range(1, of + 1))
    fields: dict[str, Any] = dict.fromkeys(Measure.__dataclass_fields__)
    fields.update(
        code=code, name=code, reading=Reading.DOCUMENT, state=state, numerator=rows[:reached], denominator=rows
    )
    return Measure(**fields)


FULL = ("labelled-rate", "reasoned-rate", "interpretation-rate", "diversified-rate", "off-website-rate")


def test_short_rows_and_points_below_a_floor_are_faults(rules: Rules) -> None:
    """Each document short of a figure with its id; a share of 2/3 is 3.33 points below 70 %."""
    measures = [a_measure(code, 3, 3) for code in FULL if code not in {"labelled-rate", "diversified-rate"}]
    measures += [a_measure("labelled-rate", 1, 3), a_measure("diversified-rate", 2, 3)]
    found = register_faults(rules.schemes[0], "A", measures=measures, documents=())
    assert {fault.rule: (fault.count, fault.rows) for fault in found.faults} == {
        "attribute-missing": (2, ("D2", "D3")),
        "diversified-below": (Decimal("3.33"), ("D3",)),
    }
    assert found.open == ()


def test_findings_are_faults_of_their_documents(rules: Rules) -> None:
    """A document with the finding is one fault, others are none."""
    bad = Finding("mark-contradicts", Severity.BLOCK, "矛盾")
    rows = [OverviewRow(f"D{n}", None, None, State.DRAFT, None, (bad,) if n == 2 else ()) for n in (1, 2)]
    found = register_faults(rules.schemes[0], "A", measures=[a_measure(code, 1, 1) for code in FULL], documents=rows)
    assert [(fault.rule, fault.rows) for fault in found.faults] == [("mark-contradicts", ("D2",))]


def test_what_cannot_be_assessed_stays_open(rules: Rules) -> None:
    """Missing data leave a rule open; no row at all is no fault of a row, but no rate for a floor either."""
    measures = [a_measure(code, 0, 0, MeasureState.UNDEFINED) for code in FULL[1:]]
    measures.append(a_measure(FULL[0], 0, 0, MeasureState.NOT_ASSESSABLE))
    found = register_faults(rules.schemes[0], "A", measures=measures, documents=())
    assert found.faults == ()
    assert {one.rule for one in found.open} == {"attribute-missing", "diversified-below", "off-website-below"}
    assert {one.rule for one in register_faults(rules.schemes[0], "A", measures=(), documents=()).open} >= {
        "reason-missing"
    }


@pytest.mark.parametrize(
    ("floor", "reached", "of", "points"), [("0.70", 7, 10, "0"), ("0.70", 0, 1, "70"), ("0.5", 1, 3, "16.67")]
)
def test_points_below_a_floor(floor: str, reached: int, of: int, points: str) -> None:
    """Percentage points to two decimals, none where the floor is reached."""
    assert below_floor(Decimal(floor), reached, of) == Decimal(points)


def a_table(*rows: str) -> list[Table]:
    """Make a table of entries."""
    lines = ("单位,规则,次数,说明,依据", *rows)
    return [Table("t", "", tuple(TableRow(n, tuple(line.split(","))) for n, line in enumerate(lines, start=1)))]


def test_entries_bring_their_evidence() -> None:
    """Faults, bonuses and sections without material, each with reason and evidence; a blank count is one."""
    found = entered(
        a_table(
            "甲局,organisation,2,无台账,检查记录3",
            "甲局,未报资料：1,,书面材料,催报函",
            "乙局,organisation,,迟报,签收单",
        )
    )
    assert found["甲局"].faults[0].count == 2
    assert (found["甲局"].missing[0].indicator, found["甲局"].missing[0].evidence) == ("1", "催报函")
    assert (found["乙局"].faults[0].count, found["乙局"].faults[0].evidence) == (1, "签收单")


@pytest.mark.parametrize(
    ("row", "told"),
    [("甲局,organisation,1,无台账,", "第2行缺少“依据”"), ("甲局,organisation,许多,无台账,记录", "不是数"), ("甲局,,1,a,b", "缺少“规则”"), (",r,1,a,b", "缺少“单位”")],
)  # fmt: skip
def test_entries_without_evidence_are_refused(row: str, told: str) -> None:
    """Nothing of the table is used until its rows are whole."""
    with pytest.raises(BadRowError, match=told):
        entered(a_table(row))


def test_a_table_of_other_columns_is_refused() -> None:
    """The columns that are wanted are named."""
    with pytest.raises(BadRowError, match="依据"):
        entered([Table("t", "", (TableRow(1, ("单位", "规则", "次数", "说明")),))])
