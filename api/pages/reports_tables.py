"""Long tables of a report on a page: of many units first the best, the worst and one's own; the whole table by itself, part by part.

What is taken along is whole; a preview of a province's notice would else weigh more than a page may.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from attrtrack.domain.reports import Grid, Row

_OF_UNITS = "单位"
_LONG, _BEST, _WORST = 12, 5, 3
PART = 50


@dataclass(frozen=True, slots=True)
class Opened:
    """Which table is shown by itself (1 is the first, 0 none) from which row on; `address` asks for the report, `own` is one's unit."""

    address: str
    table: int = 0
    offset: int = 0
    own: str | None = None

    def at(self, table: int, offset: int = 0) -> str:
        """Return the address of a part of a table."""
        return f"{self.address}&table={table}&offset={offset}#table-{table}"


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows of a table that are shown, each with how many are left out before it; where the rest is."""

    rows: tuple[tuple[int, Row], ...]
    opens: str | None = None
    closes: str | None = None
    before: str | None = None
    after: str | None = None


def shown(grid: Grid, number: int, opened: Opened) -> Shown:
    """Return what is shown of a table; only those of many units are not shown whole."""
    count = len(grid.rows)
    if count <= _LONG or all(column.name != _OF_UNITS for column in grid.columns):
        return Shown(tuple((0, row) for row in grid.rows))
    if number == opened.table:
        offset = min(opened.offset, count - 1)
        return Shown(
            tuple((0, row) for row in grid.rows[offset : offset + PART]),
            closes=f"{opened.address}#table-{number}",
            before=opened.at(number, max(offset - PART, 0)) if offset else None,
            after=opened.at(number, offset + PART) if offset + PART < count else None,
        )
    return Shown(tuple(_first(grid, opened.own)), opens=opened.at(number))


def _first(grid: Grid, own: str | None) -> Iterator[tuple[int, Row]]:
    last, worst = -1, len(grid.rows) - _WORST
    for place, row in enumerate(grid.rows):
        if place < _BEST or place >= worst or (own,) in row.cells:
            yield place - last - 1, row
            last = place
