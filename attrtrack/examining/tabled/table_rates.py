"""Columns of percentages in tables: what most rows work out from two other columns, the others must work out too."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Percentage, printed
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.text.tables import Cell, Table

_Row = Sequence[Cell]
_Formula = Callable[[Decimal, Decimal], Decimal]
_FORMULAS: tuple[tuple[str, _Formula], ...] = (
    ("{a}÷{b}", lambda a, b: a / b),
    ("（{a}－{b}）÷{b}", lambda a, b: (a - b) / b),
)
_LEAST_RIGHT, _TRIVIAL, _MOST_COLUMNS = 2, (Decimal(0), Decimal(100)), 12


def check_rates(paper: Paper) -> Iterator[Contradiction]:
    """Find the two columns a column of percentages comes from and tell the rows that do not follow."""
    for table in paper.tables:
        for place in () if table.flat else _percent_columns(table):
            yield from _column(paper, table, place)
            yield from _of_total(paper, table, place)


def _percent_columns(table: Table) -> list[int]:
    width = max(map(len, table.rows))
    return [
        at
        for at in range(min(width, _MOST_COLUMNS))
        if sum(_percent(row, at) is not None for row in table.rows) > _LEAST_RIGHT
    ]


def _percent(row: _Row, place: int) -> Percentage | None:
    if place >= len(row) or not row[place].text.endswith("%") or row[place].number is None:
        return None
    value, decimals = abs(row[place].number or Decimal(0)), len(row[place].text[:-1].partition(".")[2])
    return Percentage(value, decimals, 0, 0, rough=False, points=False)


def _column(paper: Paper, table: Table, place: int) -> Iterator[Contradiction]:
    for a, b in permutations([at for at in range(min(max(map(len, table.rows)), _MOST_COLUMNS)) if at != place], 2):
        for told, formula in _FORMULAS:
            rows = list(_worked_out(table, place, a, b, formula=formula))
            right = [stated for _, stated, share in rows if stated.fits(share)]
            wrong = [(row, share) for row, stated, share in rows if not stated.fits(share)]
            proven = sum(stated.value not in _TRIVIAL for stated in right) >= _LEAST_RIGHT
            if proven and wrong and len(wrong) * 2 <= len(right):
                for row, share in wrong:
                    terms = told.format(a=row[a].text, b=row[b].text)
                    yield _told(paper, row[place], f"{terms}＝{printed(round(share * 100, 1))}%")
                return


def _of_total(paper: Paper, table: Table, place: int) -> Iterator[Contradiction]:
    """Check a column of shares against the column whose total most of them are shares of."""
    rows = [row for row in table.rows if _percent(row, place) is not None]
    for at in range(min(map(len, rows))):
        numbers = [(row, row[at].number) for row in rows if at != place and _percent(row, at) is None]
        figures = [(row, number) for row, number in numbers if number is not None]
        whole = max((number for _, number in figures), default=Decimal(0))
        rest = sum((number for _, number in figures), Decimal(0))
        for total in {whole, rest} - {Decimal(0)}:
            stated = [(row, _percent(row, place), number / total) for row, number in figures]
            right = [one for _, one, share in stated if one and one.fits(share) and one.value not in _TRIVIAL]
            wrong = [
                (row, number)
                for (row, one, share), (_, number) in zip(stated, figures, strict=True)
                if one and not one.fits(share)
            ]
            if len(right) >= _LEAST_RIGHT and wrong and len(wrong) * 2 <= len(right):
                for row, number in wrong:
                    share = f"{printed(round(number / total * 100, 1))}%"
                    yield _told(paper, row[place], f"{printed(number)}÷{printed(total)}＝{share}")
                return


def _worked_out(
    table: Table, place: int, a: int, b: int, *, formula: _Formula
) -> Iterator[tuple[_Row, Percentage, Decimal]]:
    for row in table.rows:
        stated = _percent(row, place)
        if stated is None or max(a, b) >= len(row) or _percent(row, a) or _percent(row, b):
            continue
        one, other = row[a].number, row[b].number
        if one is not None and other:
            yield row, stated, formula(one, other)


def _told(paper: Paper, cell: Cell, because: str) -> Contradiction:
    return paper.found("percentage", paper.quote(cell.span), stated=cell.text, because=because)
