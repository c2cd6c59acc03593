"""Changes in tables of two years: what a column (or row) headed 同比 or 增幅 says against the columns of then and now."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Percentage, printed
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.text.tables import Cell, Table

_YEAR = re.compile(r"^(?:.*[^\d])?((?:19|20)\d{2})(?:年度?)?[^\d季月至—-]{0,8}$")
_THEN = re.compile(r"^(?:上一?年|去年|上年度|上年同期)(?!比)[^比较]{0,6}$")
_NOW = re.compile(r"^(?:本年度?|今年|当年|本年度)[^比较]{0,6}$")
_CHANGE = re.compile(r"同比|增幅|增[长减]|降幅|涨幅|升幅|变化|变动|较上年|比上年")
_NO_RATE = re.compile(r"百分点|数量|增减数|增[加减]?[数量额]")
_ROW_YEAR = re.compile(r"(?:19|20)\d{2}(?:年度?)?$")
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 3

_Row = Sequence[Cell]


def check_years(paper: Paper) -> Iterator[Contradiction]:
    """Work out every change of a table that has a column, or a row, for each of two years."""
    for table in paper.tables:
        if not table.flat and _could_compare(table):
            yield from _along(paper, table.rows)
            yield from _down(paper, table.rows)
            if len({len(row) for row in table.rows}) == 1:
                yield from _along(paper, tuple(zip(*table.rows, strict=True)))


def _down(paper: Paper, rows: Sequence[_Row]) -> Iterator[Contradiction]:
    """Work out a column of changes whose rows are years, one after the other, against a column of counts."""
    body = [row for row in rows[1:] if len(row) == len(rows[0]) and _ROW_YEAR.match(row[0].text)]
    years = [int(row[0].text[:4]) for row in body]
    changes = [
        at for at, cell in enumerate(rows[0]) if at and _CHANGE.search(cell.text) and not _NO_RATE.search(cell.text)
    ]
    steps = {later - earlier for earlier, later in pairwise(years)}
    if len(changes) != 1 or len(body) < _FEWEST_COLUMNS or steps != {1}:
        return
    bare = "%" in rows[0][changes[0]].text
    for at in (at for at in range(1, len(rows[0])) if at != changes[0]):
        told = [list(_judged(paper, one[at], row[at], row[changes[0]], bare=bare)) for one, row in pairwise(body)]
        wrong = [answers for answers in told if answers]
        if len(wrong) == 1 and len(told) > 1 and all(row[at].number is not None for row in body):
            yield from wrong[0]


def _could_compare(table: Table) -> bool:
    """Whether a table has room for a name, two years and a change, and a heading of a change at an edge."""
    edge = [*table.rows[0], *(row[0] for row in table.rows)]
    return len(edge) > _FEWEST_COLUMNS + 1 and any(_CHANGE.search(cell.text) for cell in edge)


def _along(paper: Paper, rows: Sequence[_Row]) -> Iterator[Contradiction]:
    head = rows[0] if len(rows) >= _FEWEST_ROWS else ()
    then, now = _years(head)
    changes = [
        at for at, cell in enumerate(head) if at and _CHANGE.search(cell.text) and not _NO_RATE.search(cell.text)
    ]
    if then is None or now is None or len(changes) != 1 or changes[0] in {then, now}:
        return
    bare = "%" in head[changes[0]].text
    body = [row for row in rows[1:] if len(row) == len(head)]
    sure = any(_is_rate(row[then], row[now], row[changes[0]]) for row in body)
    for row in body:
        yield from _judged(paper, row[then], row[now], row[changes[0]], bare=bare, sure=sure)


def _years(head: _Row) -> tuple[int | None, int | None]:
    """Return the places of the earlier and the later of two years; None where there are not just two, one after the other."""
    numbered = {
        at: int(match[1])
        for at, cell in enumerate(head)
        if (match := _YEAR.match(cell.text)) and not _CHANGE.search(cell.text)
    }
    years = sorted(numbered.values())
    if len(years) == 2 and years[1] == years[0] + 1:  # noqa: PLR2004 - then and now
        return min(numbered, key=lambda at: numbered[at]), max(numbered, key=lambda at: numbered[at])
    places = [[at for at, cell in enumerate(head) if pattern.match(cell.text)] for pattern in (_THEN, _NOW)]
    if not numbered and all(len(found) == 1 for found in places):
        return places[0][0], places[1][0]
    return None, None


def _is_rate(then: Cell, now: Cell, change: Cell) -> bool:
    """Whether a change can only be one in per cent."""
    old, new, number = then.number, now.number, change.number
    if not old or new is None or number is None or abs(new - old) == abs(number):
        return False
    return abs((new - old) / old * 100 - number) < 1


def _judged(
    paper: Paper, then: Cell, now: Cell, change: Cell, *, bare: bool, sure: bool = False
) -> Iterator[Contradiction]:
    """Compare the change of a row with what its figures come to; rates, and what is told in points, are left alone."""
    old, new, number = then.number, now.number, change.number
    rate = change.text.endswith("%") or (bare and bool(change.text))
    if not old or new is None or number is None or not rate or "%" in then.text + now.text:
        return
    decimals = len(change.text.rstrip("%").partition(".")[2])
    stated = Percentage(abs(number), decimals, 0, 0, rough=False, points=False)
    worked_out = (new - old) / old
    if not stated.fits(worked_out) and (sure or change.text.endswith("%") or abs(new - old) != abs(number)):
        yield _told(paper, change, f"（{now.text}－{then.text}）÷{then.text}＝{_percent(worked_out)}")


def _percent(share: Decimal) -> str:
    return f"{printed(round(share * 100, 1))}%"


def _told(paper: Paper, cell: Cell, because: str) -> Contradiction:
    return paper.found("percentage", paper.quote(cell.span), stated=cell.text, because=because)
