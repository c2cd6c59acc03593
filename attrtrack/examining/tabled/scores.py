"""Tables of scores: the total of every row against its parts, bonuses added and deductions taken off."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import printed
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.text.tables import Cell, Table

_TOTAL = re.compile(
    r"^(?:总得?分|总成绩|最[终后]得?分|考核总?得分|综合得分|合计得?分|实际得分|得分合计|总分值)(?:\(分\))?$"
)
_LESS = re.compile(r"扣|减分|负分")
_NO_PART = re.compile(
    r"序号|编号|名次|排名|位次|等[次级]|满分|分值|率|占比|%|\d{4}年|备注|平均|上年|折[算合]|加权|换算"
)
_LEAST_RIGHT, _MOST_WRONG = 2, 3
"""Of the rows of a table so many must add up, and one in so many may not, before anything is said."""


def check_scores(paper: Paper) -> Iterator[Contradiction]:
    """Add up the rows of tables whose totals mostly are the sum of their parts."""
    for table in paper.tables:
        place = _total_of(table)
        if place is None:
            continue
        rows = [(row, _terms(table.rows[0], row, place)) for row in table.rows[1:] if len(row) == len(table.rows[0])]
        told = [(row[place], terms) for row, terms in rows if row[place].number is not None and len(terms) > 1]
        wrong = [(cell, terms) for cell, terms in told if sum(terms) != cell.number]
        if len(told) - len(wrong) >= _LEAST_RIGHT and len(wrong) * _MOST_WRONG <= len(told):
            for cell, terms in wrong:
                yield _told(paper, cell, terms)


def _total_of(table: Table) -> int | None:
    """Return the one column of totals behind a name and at least two parts, or None."""
    places = [at for at, cell in enumerate(table.rows[0]) if _TOTAL.match(cell.text)]
    return places[0] if len(places) == 1 and not table.flat else None


def _terms(head: Sequence[Cell], row: Sequence[Cell], place: int) -> list[Decimal]:
    """Return the figures that make up a total, those of a column of deductions with a minus; a dash counts nothing."""
    terms = []
    for at, cell in enumerate(row):
        if at == place or not head[at].text or _NO_PART.search(head[at].text) or cell.number is None:
            continue
        terms.append(-abs(cell.number) if _LESS.search(head[at].text) else cell.number)
    return terms


def _told(paper: Paper, cell: Cell, terms: Sequence[Decimal]) -> Contradiction:
    shown = "".join(f"{'－' if term < 0 else '＋'}{printed(abs(term))}" for term in terms).removeprefix("＋")
    return paper.found(
        "table-total", paper.quote(cell.span), total=cell.text, parts=shown, added=printed(sum(terms, Decimal(0)))
    )
