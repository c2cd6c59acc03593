"""Faults and bonuses that a person enters, from a table: unit, rule, how many times, why, and the evidence for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from attrtrack.assessing.figures import figure, plain
from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.domain.scores import Fault, Missing
from attrtrack.errors import BadRowError

_FIELDS = {
    "unit": ("单位", "单位名称", "被考核单位"),
    "rule": ("规则", "规则代码", "代码"),
    "count": ("次数", "件数", "项数", "数量", "分数"),
    "reason": ("说明", "原因", "失分原因", "加分原因"),
    "evidence": ("依据", "证据", "佐证", "出处"),
}
MISSING = "未报资料"
_TOLD = 5


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered for one unit."""

    unit: str
    faults: tuple[Fault, ...]
    missing: tuple[Missing, ...]


def entered(tables: Sequence[Table]) -> dict[str, Entered]:
    """Return what was entered, by unit; raises `BadRowError` with the numbers of the rows that lack something.

    A rule `未报资料:1` says that nothing was handed in for the level-1 indicator 1.
    """
    found: dict[str, tuple[list[Fault], list[Missing]]] = {}
    bad: list[str] = []
    for table in tables:
        columns = _columns(table)
        for row in table.rows[1:]:
            values = {field: _value(row, index) for field, index in columns.items()}
            problem = _problem(values)
            if problem:
                bad.append(f"第{row.number}行{problem}")
                continue
            faults, missing = found.setdefault(values["unit"], ([], []))
            kind, _, indicator = plain(values["rule"]).partition(":")
            if kind == MISSING:
                missing.append(Missing(indicator, values["reason"], values["evidence"]))
                continue
            count = figure(values["count"]).value if values["count"] else Decimal(1)
            faults.append(
                Fault(plain(values["rule"]), count or Decimal(0), values["reason"], evidence=values["evidence"])
            )
    if bad:
        more = f"等 {len(bad)} 行" if len(bad) > _TOLD else ""
        raise BadRowError(f"录入的扣分、加分表有问题：{'；'.join(bad[:_TOLD])}{more}。请补正后再试。")
    return {unit: Entered(unit, tuple(faults), tuple(missing)) for unit, (faults, missing) in found.items()}


def _columns(table: Table) -> dict[str, int]:
    heads = [plain(cell) for cell in table.rows[0].cells]
    columns = {field: index for field, names in _FIELDS.items() for index, head in enumerate(heads) if head in names}
    lacking = [names[0] for field, names in _FIELDS.items() if field not in columns]
    if lacking:
        raise BadRowError(f"录入的扣分、加分表缺少列：{'、'.join(lacking)}。第一行应为 单位、规则、次数、说明、依据。")
    return columns


def _value(row: TableRow, index: int) -> str:
    return row.cells[index].strip() if index < len(row.cells) else ""


def _problem(values: dict[str, str]) -> str | None:
    for field in ("unit", "rule", "reason", "evidence"):
        if not values[field]:
            return f"缺少“{_FIELDS[field][0]}”"
    read = figure(values["count"]).value
    if read is None or read < 0:
        return f"次数“{values['count'][:20]}”不是数"
    return None
