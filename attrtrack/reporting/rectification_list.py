"""The rectification list (整改清单): by unit and measure below its target what is short, what to do, until when.

Columns after the score sheets in use (指标分值, 扣分, 失分原因, 整改情况): the first two are there where a scheme was applied.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from attrtrack.domain.grades import MendingOrder
from attrtrack.domain.measures import AnyMeasure
from attrtrack.domain.reports import (
    Block,
    Column,
    Grid,
    Level,
    Named,
    Number,
    PageBreak,
    Paragraph,
    Part,
    Receipt,
    Report,
    ReportKind,
    Row,
)
from attrtrack.domain.scores import LossLine
from attrtrack.reporting.measured_words import (
    COUNTED,
    body,
    day_in_words,
    fraction,
    listed,
    name_of,
    number,
    percent,
    receipts,
)
from attrtrack.rules import Rules

_MOST_NAMED = 20
_COLUMNS = (
    Column("序号", 14), Column("单位", 28), Column("失分原因", 52, centred=False), Column("涉及的文件", 72, centred=False),
    Column("整改要求", 40, centred=False), Column("整改期限", 38), Column("整改情况", 26),
)  # fmt: skip


_SHEET = (
    Column("指标", 44, centred=False), Column("指标分值", 22), Column("扣分", 20), Column("失分原因", 108, centred=False),
    Column("整改情况", 56),
)  # fmt: skip
_ORDERED = (
    Column("序号", 20), Column("单位", 84, centred=False), Column("等次", 42), Column("整改期限", 48),
    Column("整改情况", 70, centred=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A unit's measure below its target, with the rows that are short (as many as are named)."""

    unit: str
    measure: AnyMeasure
    rows: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A unit's score sheet by a scheme."""

    unit: str
    scheme: str
    lines: tuple[LossLine, ...]


@dataclass(frozen=True, slots=True)
class Rectification:
    """What the list says; `scope` names the unit it is for, None all of them; `orders` are units whose grade asks for mending."""

    year: int
    made: dt.date
    scope: str | None
    shortfalls: tuple[Shortfall, ...]
    measures: tuple[AnyMeasure, ...]
    sheets: tuple[ScoreSheet, ...] = ()
    orders: tuple[MendingOrder, ...] = ()
    deadline: dt.date | None = None
    notice: str | None = None


def rectification_list(facts: Rectification, rules: Rules) -> Report:
    """Return the list."""
    title = f"{facts.scope or ''}{facts.year}年度政务公开问题整改清单"
    return Report(ReportKind.RECTIFICATION, title, facts.made, tuple(_blocks(facts, rules, title)), landscape=True)


def _blocks(facts: Rectification, rules: Rules, title: str) -> Iterator[Block]:
    yield Paragraph(Level.TITLE, (title,))
    if facts.notice:
        yield Paragraph(Level.NOTE, (facts.notice,))
    if facts.shortfalls:
        rows = tuple(_row(place, item, facts, rules) for place, item in enumerate(facts.shortfalls, start=1))
        yield Grid(f"整改期限：{day_in_words(facts.deadline)}", _COLUMNS, rows)
    else:
        yield body("能够计算的指标均已达到目标" + ("。" if facts.orders else "，没有需要整改的问题。"))
    if facts.orders:
        rows = tuple(_order(place, order, facts) for place, order in enumerate(facts.orders, start=1))
        yield Grid("按等次限期整改的单位（写明“拟定”的尚待审定）", _ORDERED, rows)
    if facts.sheets:
        yield PageBreak()
        yield Paragraph(Level.TITLE, ("扣分明细",))
        for sheet in facts.sheets:
            yield Grid(
                f"{sheet.unit}（按“{sheet.scheme}”）", _SHEET, tuple(_line(sheet, line, facts) for line in sheet.lines)
            )
    yield PageBreak()
    yield Paragraph(Level.TITLE, ("数字出处",))
    unit = facts.scope or "单位"
    how = f"attrtrack coverage --year {facts.year} --unit {unit} --rows"
    scored = facts.sheets or not all(order.decided for order in facts.orders)
    yield receipts(facts.measures, ("score",) if scored else (), rules, how=how)


def _order(place: int, order: MendingOrder, facts: Rectification) -> Row:
    proposed = Number(f"拟定{order.grade}", Receipt("score", None, Part.EXCLUDED, order.unit, facts.year))
    until = day_in_words(order.mend_by) if order.mend_by else ""
    mended = f"{order.ended.note}（{order.ended.said_by}）" if order.ended else ""
    return Row(((str(place),), (order.unit,), (order.grade if order.decided else proposed,), (until,), (mended,)))


def _row(place: int, item: Shortfall, facts: Rectification, rules: Rules) -> Row:
    measure, year = item.measure, facts.year
    remedy = next((row for row in rules.remedies if row.measure == measure.code), None)
    target = percent(measure.target.value) if measure.target else "—"
    why = (
        f"{remedy.fault}：" if remedy else "", f"{name_of(measure, rules)}", number(measure, Part.VALUE, year), "（",
        *fraction(measure, year), f"），目标{target}",
    )  # fmt: skip
    which = (number(measure, Part.SHORT, year), f"{COUNTED[measure.reading]}：", *listed(item.rows, _MOST_NAMED))
    demand = remedy.demand if remedy else ""
    return Row(
        (
            (str(place),),
            (item.unit,),
            why,
            which,
            (demand,),
            (day_in_words(facts.deadline) if facts.deadline else "",),
            ("",),
        )
    )


def _line(sheet: ScoreSheet, line: LossLine, facts: Rectification) -> Row:
    def printed(words: str) -> Number:
        return Number(words, Receipt("score", None, Part.SHORT, sheet.unit, facts.year))

    weight = "—" if line.weight is None else f"{line.weight:f}"
    return Row(((line.indicator,), (weight,), (printed(f"{line.lost:f}"),), (printed(line.reason),), (line.rectified,)))
