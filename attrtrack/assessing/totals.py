"""Totals recomputed: by which sum of its columns a table comes to its totals, and the rows that do not.

Decision: a table says its sum by its headings (sections, plus bonus, less deductions). Another sum (weighted, divided, some
columns left out) is believed only where it explains most rows and the plain one does not: a fault is never explained away.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from attrtrack.assessing.figures import shown
from attrtrack.assessing.headings import Column, Kind
from attrtrack.assessing.tables import ScoredRow, ScoreTable
from attrtrack.domain.score_checks import CapFault, TotalFault, UnreadCell

_LEAST_SHARE, _MARGIN, _FEW = 0.6, 0.3, 3
_MOST_TRIED = 12
_HUNDRED = Decimal(100)
_ADDED = (Kind.SECTION, Kind.BONUS)


@dataclass(frozen=True, slots=True)
class Formula:
    """A way to come to the total of a row: what it is called, the columns it reads, and the sum."""

    name: str
    reads: tuple[Column, ...]
    sum: Callable[[ScoredRow], Decimal | None]


@dataclass(frozen=True, slots=True)
class Totals:
    """The column of totals, the sum that they follow, each row's recomputed total, and those that differ (None: not assessable)."""

    column: Column | None
    formula: Formula | None
    places: int
    recomputed: dict[int, Decimal]
    wrong: tuple[TotalFault, ...] | None
    note: str | None = None


def total_column(table: ScoreTable) -> Column | None:
    """Return the column of totals: the last so called, else the last that may be one."""
    strong = table.of(Kind.TOTAL)
    weak = table.of(Kind.WEAK_TOTAL)
    return strong[-1] if strong else weak[-1] if weak else None


def recomputed_totals(table: ScoreTable) -> Totals:
    """Recompute the totals of a table."""
    column = total_column(table)
    if column is None:
        return Totals(None, None, 0, {}, None, "没有总分一列，总分无从复核。")
    places = max((row.figure(column).places for row in table.rows), default=0)
    tried = list(_formulas(table, column))
    if not tried:
        return Totals(column, None, places, {}, None, "没有分项得分，总分无从复核。")
    shares = [_share(table, column, formula, places=places) for formula in tried]
    best = max(range(len(tried)), key=lambda index: (shares[index], -index))
    plainly = shares[0] >= _LEAST_SHARE or shares[best] < max(_LEAST_SHARE, shares[0] + _MARGIN)
    chosen = tried[0 if plainly else best]
    sums = {row.number: total for row in table.rows if (total := chosen.sum(row)) is not None}
    if plainly and shares[0] < 1 - _LEAST_SHARE and len(table.rows) > _FEW:
        return Totals(
            column, chosen, places, {}, None, f"大多数单位的总分不等于{chosen.name}，看不出总分的算法，未作复核。"
        )
    return Totals(column, chosen, places, sums, tuple(_wrong(table, column, sums, places=places, formula=chosen)))


def _wrong(
    table: ScoreTable, column: Column, sums: dict[int, Decimal], *, places: int, formula: Formula
) -> Iterator[TotalFault]:
    for row in table.rows:
        published, total = row.figure(column), sums.get(row.number)
        if total is None or published.value is None or fits(published.value, total, places):
            continue
        value, right = None if published.blank else published.value, rounded(total, places)
        said = "没有公布总分" if value is None else f"公布总分 {shown(value)}"
        because = "" if value is None else f"，相差 {shown(value - right)}"
        message = f"第{row.number}行 {row.unit}：{said}，按{formula.name}应为 {shown(right)}{because}。"
        yield TotalFault(table.name, row.number, row.unit, value, right, message)


def fits(published: Decimal, total: Decimal, places: int) -> bool:
    """Whether a published total is the sum, rounded either way at the half."""
    return published in {rounded(total, places), total.quantize(_unit(places), ROUND_HALF_EVEN)}


def rounded(total: Decimal, places: int) -> Decimal:
    """Round half up, as people do."""
    return total.quantize(_unit(places), ROUND_HALF_UP)


def _unit(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def _share(table: ScoreTable, column: Column, formula: Formula, *, places: int) -> float:
    """Return the share of readable rows of which a formula gives the published total."""
    asked = fitting = 0
    for row in table.rows:
        published, total = row.figure(column), formula.sum(row)
        if published.blank or published.value is None or total is None:
            continue
        asked += 1
        fitting += fits(published.value, total, places)
    return fitting / asked if asked else 0.0


def _formulas(table: ScoreTable, total: Column) -> Iterator[Formula]:
    """Yield the sums a table may follow, the one that its headings say first."""
    sections, bonuses, taken = table.of(Kind.SECTION), table.of(Kind.BONUS), table.of(Kind.DEDUCTION)
    weak = tuple(column for column in table.of(Kind.WEAK_TOTAL, Kind.TOTAL) if column != total)
    if sections:
        yield _plain((*sections, *bonuses), taken)
        yield from _other_sums(sections, bonuses, taken)
    for column in weak:
        yield _plain((column, *bonuses), taken)
        yield _plain((*sections, column, *bonuses), taken)
    if taken and not sections:
        marks = total.full_mark or _HUNDRED
        yield _summed(f"{shown(marks)} 分减去扣分" + ("、加上加分" if bonuses else ""), bonuses, taken, base=marks)


def _other_sums(
    sections: tuple[Column, ...], bonuses: tuple[Column, ...], taken: tuple[Column, ...]
) -> Iterator[Formula]:
    if any(column.share for column in sections):
        yield _weighted(sections, bonuses, taken)
    marked = tuple(column for column in sections if column.full_mark is not None)
    if marked and len(marked) < len(sections):
        yield _plain((*marked, *bonuses), taken)
    for left in sections[:_MOST_TRIED] if len(sections) > 1 else ():
        yield _plain((*(column for column in sections if column != left), *bonuses), taken)
    if bonuses:
        yield _plain(sections, taken)
    marks = sum((column.full_mark or Decimal(0) for column in sections), Decimal(0))
    if len(marked) == len(sections) and marks not in {0, _HUNDRED}:
        added = _plain((*sections, *bonuses), taken)
        yield Formula(f"（{added.name}）÷{shown(marks)}×100", added.reads, _scaled(added.sum, _HUNDRED / marks))
    if len(sections) > 1:
        added = _plain(sections, ())
        yield Formula(f"{added.name}的平均", added.reads, _scaled(added.sum, Decimal(1) / len(sections)))


def _plain(added: Sequence[Column], taken: Sequence[Column]) -> Formula:
    name = "+".join(_bare(column) for column in added) + "".join(f"-{_bare(column)}" for column in taken)
    return _summed(name, added, taken)


def _bare(column: Column) -> str:
    return column.name.partition("（")[0].partition("(")[0].replace("\n", "").replace(" ", "") or column.name


def _summed(name: str, added: Sequence[Column], taken: Sequence[Column], *, base: Decimal = Decimal(0)) -> Formula:
    def of(row: ScoredRow) -> Decimal | None:
        total = base
        for columns, sign in ((added, 1), (taken, -1)):
            for column in columns:
                value = row.figure(column).value
                if value is None:
                    return None
                total += value if sign > 0 else -abs(value)
        return total

    return Formula(name, (*added, *taken), of)


def _weighted(sections: Sequence[Column], bonuses: Sequence[Column], taken: Sequence[Column]) -> Formula:
    beside = _plain(bonuses, taken)

    def of(row: ScoredRow) -> Decimal | None:
        total = beside.sum(row)
        for column in sections:
            value = row.figure(column).value
            if value is None or total is None:
                return None
            total += value * (column.share if column.share is not None else 1)
        return total

    name = "+".join(f"{_bare(column)}×{shown((column.share or 1) * _HUNDRED)}%" for column in sections)
    return Formula(name + (f"+{beside.name}" if bonuses or taken else ""), (*sections, *beside.reads), of)


def _scaled(inner: Callable[[ScoredRow], Decimal | None], factor: Decimal) -> Callable[[ScoredRow], Decimal | None]:
    def of(row: ScoredRow) -> Decimal | None:
        total = inner(row)
        return None if total is None else total * factor

    return of


def unread_cells(table: ScoreTable, totals: Totals) -> Iterator[UnreadCell]:
    """Yield the cells that the sum needs and that hold no number; a unit with no total at all was not scored."""
    if totals.formula is None or totals.column is None:
        return
    for row in table.rows:
        if row.figure(totals.column).blank and all(row.figure(column).value is None for column in totals.formula.reads):
            continue
        for column in (*totals.formula.reads, totals.column):
            read = row.figure(column)
            if read.value is None:
                message = f"第{row.number}行 {row.unit}：{_bare(column)}一列写的是“{read.text[:40]}”，不是数字，这一行没有复核。"
                yield UnreadCell(table.name, row.number, row.unit, column.name, read.text[:200], message)


def exceeded_caps(table: ScoreTable) -> tuple[CapFault, ...] | None:
    """Return the scores above the full mark in their heading; None where the table states no full mark."""
    capped = [column for column in table.of(*_ADDED) if column.full_mark is not None]
    if not capped:
        return None
    return tuple(_above(table, capped))


def _above(table: ScoreTable, capped: Sequence[Column]) -> Iterator[CapFault]:
    for row in table.rows:
        for column in capped:
            value, mark = row.figure(column).value, column.full_mark
            if value is not None and mark is not None and value > mark:
                message = (
                    f"第{row.number}行 {row.unit}：{_bare(column)}得 {shown(value)} 分，超过满分 {shown(mark)} 分。"
                )
                yield CapFault(table.name, row.number, row.unit, _bare(column), value, mark, message)
