"""Columns headed as rates in small tables: two columns of counts make them, all rows but one right, or the only two there are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Percentage, printed
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.text.tables import Cell, Table

_RATE = re.compile(r"率|占比|比例|比重|百分比")
_NO_COUNT = re.compile(r"序号|编号|名次|排名|年份|年度|得分|率|占比|比例")
_BEYOND = re.compile(r"完成|执行|达成")
_NEAR, _PAIR, _MOST_COLUMNS = 15, 2, 12
_WHOLE = Decimal(100)

_Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way in which a rate may come from two counts of its row."""

    cell: Cell
    stated: Percentage
    part: Cell
    whole: Cell

    @property
    def share(self) -> Decimal:
        return (self.part.number or Decimal(0)) / (self.whole.number or Decimal(1))

    @property
    def is_right(self) -> bool:
        return self.stated.fits(self.share) or self.stated.fits(1 - self.share)


def check_headed_rates(paper: Paper) -> Iterator[Contradiction]:
    """Tell the one row of a column headed as a rate that does not follow from the two columns the others come from."""
    for table in paper.tables:
        for place, cell in enumerate(() if table.flat else table.rows[0][:_MOST_COLUMNS]):
            if _RATE.search(cell.text):
                yield from _column(paper, table, place)


def _column(paper: Paper, table: Table, place: int) -> Iterator[Contradiction]:
    head = table.rows[0]
    rows = [row for row in table.rows[1:] if len(row) == len(head) and _rate(row[place], head[place])]
    columns = [at for at in range(len(head)) if at != place and _counts(head[at], rows, at)]
    readings = [
        found
        for a, b in permutations(columns, _PAIR)
        if (found := _readings(rows, head, place, a=a, b=b))
        and (_BEYOND.search(head[place].text) or all(one.share <= 1 for one in found))
    ]
    best = min(readings, key=_slips, default=[])
    if _slips(best) == 1 and (len(rows) > 1 or len(columns) == _PAIR):
        wrong = next(one for one in best if not one.is_right)
        if abs(wrong.share * _WHOLE - wrong.stated.value) <= _NEAR:
            because = f"{wrong.part.text}÷{wrong.whole.text}＝{printed(round(wrong.share * _WHOLE, 1))}%"
            yield paper.found("percentage", paper.quote(wrong.cell.span), stated=wrong.cell.text, because=because)


def _slips(readings: Sequence[_Reading]) -> int:
    return sum(not one.is_right for one in readings)


def _readings(rows: Sequence[_Row], head: _Row, place: int, *, a: int, b: int) -> list[_Reading]:
    """Return how every row reads if column `a` is the part and `b` the whole; nothing if some whole is nothing."""
    found = []
    for row in rows:
        stated = _rate(row[place], head[place])
        if stated is None or not row[b].number:
            return []
        found.append(_Reading(row[place], stated, row[a], row[b]))
    return found


def _counts(head: Cell, rows: Sequence[_Row], at: int) -> bool:
    """Whether a column has a count in every row of some; numbers of rows, years and rates are none."""
    figures = all(row[at].number is not None and "%" not in row[at].text for row in rows)
    return bool(rows) and figures and not _NO_COUNT.search(head.text)


def _rate(cell: Cell, head: Cell) -> Percentage | None:
    """Read a cell as a percentage, the sign in it or in its heading."""
    if cell.number is None or not (cell.text.endswith("%") or "%" in head.text):
        return None
    decimals = len(cell.text.rstrip("%").partition(".")[2])
    return Percentage(abs(cell.number), decimals, 0, 0, rough=False, points=False)
