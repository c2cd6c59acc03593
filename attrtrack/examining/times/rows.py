"""Days in the cells of tables: days that do not exist, periods turned round, lengths, seasons and days of the week told beside them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.days import Day, days_in
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.text.tables import Cell, Table
from attrtrack.examining.times.elapsed import elapsed, readings

_TO = re.compile(r"[起日]?(?:至|到|—+|-+|~|～|－)")
_LENGTH = re.compile(r"用时|天数|时长|历时|工作日|办理时限|耗时|期限|时间|周期")
_NUMBER = re.compile(r"(\d{1,3})(?:个?(?:工作日|[天日]))?")
_SEASON = re.compile(r"第?([一二三四1-4])季度|([上下])半年")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_ROUND = re.compile(r"第?([一二三四五六七八九十]{1,2}|\d{1,2})[期轮次批场届季]?|[一二三四]季度")
_ROUNDS = re.compile(r"期|轮|次|批|场|届|阶段|步骤")
_MONTHS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12), "上": (1, 6), "下": (7, 12)}
_LEAST, _LEAST_IN_TURN = 2, 3


def check_rows(paper: Paper) -> Iterator[Contradiction]:
    """Read the days in the cells of every table and compare them with the cells beside them."""
    for table in paper.tables:
        for cell in (cell for row in table.rows for cell in row):
            yield from _cell(paper, cell)
        if not table.flat:
            yield from _lengths(paper, table)
            yield from _named(paper, table, _season)
            yield from _named(paper, table, _weekday)
            yield from _in_turn(paper, table)


def _cell(paper: Paper, cell: Cell) -> Iterator[Contradiction]:
    days = days_in(cell.text) if "月" in cell.text or "-" in cell.text or "." in cell.text else ()
    for day in days:
        if not day.exists and "月" in cell.text[day.start : day.end]:
            yield paper.found("date-impossible", paper.quote(cell.span), date=cell.text[day.start : day.end])
    for one, other in pairwise(days):
        if _TO.fullmatch(cell.text, one.end, other.start) and one.after(other):
            yield _turned(paper, cell, one, other, "期间的终点早于起点")


def _turned(paper: Paper, cell: Cell, one: Day, other: Day, because: str) -> Contradiction:
    first, second = cell.text[one.start : one.end], cell.text[other.start : other.end]
    return paper.found("dates-out-of-order", paper.quote(cell.span), first=first, second=second, because=because)


def _days(row: Sequence[Cell]) -> list[tuple[Cell, Day]]:
    return [(cell, day) for cell in row for day in days_in(cell.text) if day.exists and not day.is_part]


def _lengths(paper: Paper, table: Table) -> Iterator[Contradiction]:
    """Compare a column of lengths with the two days of each row: those that differ where most agree."""
    head = table.rows[0]
    for at, title in enumerate(head):
        if not _LENGTH.search(title.text):
            continue
        unit = "工作日" if "工作日" in title.text + table.title else "天"
        told = [
            (row[at], number, days)
            for row in table.rows[1:]
            if at < len(row) and (number := _NUMBER.fullmatch(row[at].text)) and len(days := _days(row)) == _LEAST
        ]
        for count in (unit, "工作日", "天"):
            off = [(cell, _passed(paper, days, count), int(number[1])) for cell, number, days in told]
            wrong = [(cell, passed, stated) for cell, passed, stated in off if stated not in {passed, passed + 1}]
            if wrong and len(told) > _LEAST and len(wrong) == 1:
                cell, passed, stated = wrong[0]
                name = "个工作日" if count == "工作日" else "天"
                yield paper.found(
                    "period-length", paper.quote(cell.span), stated=f"{stated}{name}", counted=f"{passed}{name}"
                )
            if len(wrong) <= 1:
                break


def _passed(paper: Paper, days: Sequence[tuple[Cell, Day]], unit: str) -> int:
    spans = readings(paper, days[0][1], days[1][1])
    return int(elapsed(*spans[0], unit)) if spans and spans[0][0] <= spans[0][1] else -1


def _season(paper: Paper, cell: Cell, day: Day) -> bool | None:  # noqa: ARG001 - as the readers of names are called
    """Return whether a day lies in the season a cell names, None if it names none."""
    match = _SEASON.fullmatch(cell.text)
    if match is None:
        return None
    sign = match[2] or ("一二三四"[int(match[1]) - 1] if match[1].isdigit() else match[1])
    first, last = _MONTHS[sign]
    return first <= day.month <= last


def _weekday(paper: Paper, cell: Cell, day: Day) -> bool | None:
    """Return whether a day is the day of the week a cell names, None if it names none or its year is not known."""
    match = _WEEKDAY.fullmatch(cell.text)
    dates = [begin for begin, _ in readings(paper, day, day)] if match else []
    if match is None or not dates:
        return None
    return any("一二三四五六日".find(match[1].replace("天", "日")) == date.weekday() for date in dates)


def _named(paper: Paper, table: Table, read: Callable[[Paper, Cell, Day], bool | None]) -> Iterator[Contradiction]:
    """Report the row whose day does not fit what its first cells name, where the other rows do."""
    told = [
        (cell, found[0], fits)
        for row in table.rows
        if len(found := _days(row)) in {1, 2}
        for cell in row
        if (fits := read(paper, cell, found[0][1])) is not None
    ]
    wrong = [(cell, day) for cell, day, fits in told if not fits]
    if len(wrong) == 1 and len(told) >= _LEAST:
        cell, (beside, day) = wrong[0]
        date = next((begin for begin, _ in readings(paper, day, day)), dt.date.min)
        told_as = beside.text[day.start : day.end]
        if read is _weekday:
            yield paper.found(
                "day-of-week", paper.quote(beside.span), date=date.isoformat(), weekday="一二三四五六日"[date.weekday()]
            )
        else:
            yield paper.found(
                "dates-out-of-order",
                paper.quote(beside.span),
                first=cell.text,
                second=told_as,
                because=f"{told_as}不在{cell.text}",
            )


def _in_turn(paper: Paper, table: Table) -> Iterator[Contradiction]:
    """Report the one row of numbered rounds or stages whose day lies before that of the row above."""
    if not table.rows[0] or not _ROUNDS.search(table.rows[0][0].text):
        return
    rows = [
        (chinese_number(match[1]) or 0, _days(row))
        for row in table.rows[1:]
        if row and (match := _ROUND.fullmatch(row[0].text)) and match[1]
    ]
    told = [(number, days[0]) for number, days in rows if days]
    if len(told) < _LEAST_IN_TURN or any(other[0] != one[0] + 1 for one, other in pairwise(told)):
        return
    falls = [(one[1], other[1]) for one, other in pairwise(told) if one[1][1].after(other[1][1])]
    if len(falls) == 1:
        (first, one), (second, other) = falls[0]
        names = first.text[one.start : one.end], second.text[other.start : other.end]
        yield paper.found(
            "dates-out-of-order",
            paper.quote(second.span),
            first=names[0],
            second=names[1],
            because="后一次的时间早于前一次",
        )
