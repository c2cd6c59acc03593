"""Tables turned on their side: a group opens with 总数 and its figure, and its parts stand in the rows below."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import printed
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.text.tables import Cell, Table

_TOTAL = re.compile(r"^(?:总数|总量|总计|合计|共计|总数量)(?:\(.{1,4}\))?$")
_NO_PART, _NESTED = re.compile(r"率|占比|平均|%"), re.compile(r"其中")
_FEWEST, _LEAST = 2, 3

_Row = Sequence[Cell]


def check_side_totals(paper: Paper) -> Iterator[Contradiction]:
    """Add up the rows below a total that stands in a column of its own, up to where the next group begins."""
    for table in paper.tables:
        for at, row in enumerate(() if table.flat else table.rows):
            if _opens(row):
                yield from _judged(paper, row[-1], _parts(table, at))


def _opens(row: _Row) -> bool:
    """Whether a row reads: name of the group, 总数, figure."""
    return len(row) == _LEAST and bool(row[0].text) and bool(_TOTAL.match(row[1].text)) and row[-1].number is not None


def _parts(table: Table, at: int) -> list[Decimal]:
    """Return the figures of the rows that belong to the group opened by row `at`; none where some are parts of others."""
    parts: list[Decimal] = []
    for row in table.rows[at + 1 :]:
        own = len(row) == _LEAST and row[0].text not in {"", table.rows[at][0].text}
        number = row[-1].number
        if _NESTED.search(row[0].text + row[-2].text if len(row) > 1 else ""):
            return []
        if own or len(row) not in {_FEWEST, _LEAST} or number is None or _NO_PART.search(row[-2].text):
            break
        parts.append(number)
    return parts


def _judged(paper: Paper, cell: Cell, parts: Sequence[Decimal]) -> Iterator[Contradiction]:
    """Tell a total that neither all parts nor the first so many make up, but that is of their size."""
    total, added = cell.number or Decimal(0), sum(parts, Decimal(0))
    whole = any(sum(parts[:count]) == total for count in range(_FEWEST, len(parts) + 1))
    if len(parts) >= _FEWEST and not whole and min(total, added) * 2 >= max(total, added) > 0:
        yield paper.found(
            "table-total",
            paper.quote(cell.span),
            certainty=Certainty.PROBABLE,
            total=cell.text,
            parts="＋".join(map(printed, parts)),
            added=printed(added),
        )
