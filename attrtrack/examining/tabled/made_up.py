"""Columns (or rows) of a table that those beside them make up, whatever they are called: true of all rows but one, it is meant."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import printed
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.text.tables import Cell

_NOT_ADDED = re.compile(r"率|占比|比例|名次|排名|位次|序号|编号|年[份度]?$|日期|平均|%|同比|增[长幅减]|环比|较上")
_RATE = re.compile(r"率|占比|比例|平均|%|同比|环比|名次|排名")
_FEWEST_ROWS, _FEWEST_PARTS, _MOST_PARTS, _MOST_COLUMNS = 3, 2, 8, 14
_LEAST_TOTAL = 5
"""A row speaks for a sum where its total is as large: small figures make one another up by chance."""

_Row = Sequence[Cell]


class _Sum(NamedTuple):
    """A column as the sum of others that stand side by side: the row of which it is not true, and those that speak for it."""

    row: _Row
    total: int
    parts: range
    speaking: int


def check_made_up(paper: Paper) -> Iterator[Contradiction]:
    """Look for the one row, else the one column, in which a sum does not hold that holds in all others."""
    for table in paper.tables:
        if not table.flat and len({len(row) for row in table.rows}) == 1 and len(table.rows[0]) <= _MOST_COLUMNS:
            yield from list(_checked(paper, table.rows)) or _checked(paper, tuple(zip(*table.rows, strict=True)))


def _checked(paper: Paper, rows: Sequence[_Row]) -> Iterator[Contradiction]:
    head, body = rows[0], [row for row in rows[1:] if not _RATE.search(row[0].text)]
    if len(body) < _FEWEST_ROWS or any(cell.number is not None for cell in head[1:]):
        return
    counts = [at for at in range(len(head)) if _is_counted(head[at], body, at)]
    sums = [_judged(body, total, parts) for total, parts in _offered(counts)]
    broken = [one for one in sums if isinstance(one, _Sum)]
    if not broken or any(one is True for one in sums):
        return
    best = max(broken, key=lambda one: (one.speaking, len(one.parts)))
    cell, parts = best.row[best.total], [best.row[at].number or Decimal(0) for at in best.parts]
    yield paper.found(
        "table-total",
        paper.quote(cell.span),
        total=cell.text,
        parts="＋".join(map(printed, parts)),
        added=printed(sum(parts, Decimal(0))),
    )


def _is_counted(head: Cell, body: Sequence[_Row], at: int) -> bool:
    """Whether a column has a figure in every row, and is headed as something that may be added."""
    added = bool(head.text) and not _NOT_ADDED.search(head.text)
    return added and all(row[at].number is not None and "%" not in row[at].text for row in body)


def _offered(counts: Sequence[int]) -> Iterator[tuple[int, range]]:
    """Yield every column with the columns right behind it or right before it that may make it up."""
    among = set(counts)
    for total in counts:
        for many in range(_FEWEST_PARTS, _MOST_PARTS + 1):
            for parts in (range(total + 1, total + 1 + many), range(total - many, total)):
                if among.issuperset(parts):
                    yield total, parts


def _judged(body: Sequence[_Row], total: int, parts: range) -> _Sum | bool:
    """Return the sum that one row breaks; else whether it holds in all rows."""
    wrong, speaking = [], 0
    for row in body:
        figures = [row[at].number or Decimal(0) for at in parts]
        if sum(figures) != row[total].number:
            wrong.append(row)
        elif sum(figures) >= _LEAST_TOTAL and sum(figure > 0 for figure in figures) > 1:
            speaking += 1
    if len(wrong) == 1 and speaking >= max(_FEWEST_ROWS - 1, len(body) - 2):
        return _Sum(wrong[0], total, parts, speaking)
    return not wrong
