"""Score tables as they were published: blocks of rows under their headings, units with their cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from attrtrack.assessing.figures import Figure, figure, plain, rank
from attrtrack.assessing.headings import (
    MOST_HEADING_ROWS,
    Column,
    Kind,
    aligned,
    columns,
    is_heading,
    is_marks_row,
    known_kind,
    paths,
)
from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.rules import Rules

_SUMMARY = re.compile(
    r"^(合计|总计|平均分?|平均值|平均得分|均值|最高分?|最低分?|小计|满分|备注|注|说明|填表人.*|制表.*)[:：]?$"
)
_NOTE = re.compile(r"^(注|备注|说明|填表|制表|审核)[:：]?")


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One unit: its row as a person counts it, the words of its cells, the block of the table that it stands in."""

    number: int
    unit: str
    group: str
    cells: tuple[str, ...]

    def figure(self, column: Column) -> Figure:
        """Read a cell as a number."""
        return figure(self.cells[column.index] if column.index < len(self.cells) else "")

    def words(self, column: Column) -> str:
        """Return a cell as it is written."""
        return self.cells[column.index] if column.index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """A heading with the units below it; `skipped` are rows of averages and sums."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[ScoredRow, ...]
    skipped: tuple[str, ...]

    def of(self, *kinds: Kind) -> tuple[Column, ...]:
        """Return the columns of some kinds."""
        return tuple(column for column in self.columns if column.kind in kinds)


def score_tables(table: Table, rules: Rules) -> Iterator[ScoreTable]:
    """Yield the score tables of a sheet: every heading begins one; sheets without a heading of this kind give none."""
    starts = [index for index, row in enumerate(table.rows) if is_heading(row.cells, rules)]
    starts = [start for before, start in zip([-MOST_HEADING_ROWS, *starts], starts, strict=False) if start - before > 1]
    for number, (start, end) in enumerate(
        zip(starts, [*starts[1:], len(table.rows)][: len(starts)], strict=True), start=1
    ):
        name = table.sheet or (f"第{number}张表" if len(starts) > 1 else "")
        found = _block(
            name if table.sheet == "" or len(starts) == 1 else f"{table.sheet} 第{number}段",
            table.rows[start:end],
            rules,
        )
        if found is not None:
            yield found


def _block(name: str, rows: Sequence[TableRow], rules: Rules) -> ScoreTable | None:
    depth, marked = _depth(rows, rules)
    heads = [row.cells for row in rows[:depth]]
    width = max((len(row.cells) for row in rows[depth:]), default=0)
    if width > len(heads[-1]):
        heads[-1] = (*heads[-1], *[""] * (width - len(heads[-1])))
    found = columns(paths(aligned(heads)), rows[depth].cells if marked else None, rules=rules)
    units = [column for column in found if column.kind is Kind.UNIT]
    if not units:
        return None
    scored, skipped = _scored(rows[depth + marked :], units[0], found)
    kept = tuple(_settled(column, scored) for column in found)
    return ScoreTable(name, kept, tuple(scored), tuple(skipped)) if scored else None


def _depth(rows: Sequence[TableRow], rules: Rules) -> tuple[int, bool]:
    """Return how many rows the heading has, and whether a row of full marks follows."""
    unit = next(index for index, cell in enumerate(rows[0].cells) if known_kind(cell, rules) is Kind.UNIT)
    label = rows[0].cells[unit]
    depth = 1
    while depth < min(MOST_HEADING_ROWS, len(rows)) and _continues(rows[depth].cells, unit, label):
        depth += 1
    return depth, depth < len(rows) and is_marks_row(rows[depth].cells, unit)


def _continues(cells: Sequence[str], unit: int, label: str) -> bool:
    own = cells[unit].strip() if unit < len(cells) else ""
    words = [cell for cell in cells if cell.strip()]
    numbers = any(figure(cell).value is not None and not figure(cell).blank for cell in words)
    return bool(words) and not numbers and own in {"", label.strip()}


def _scored(rows: Sequence[TableRow], unit: Column, found: Sequence[Column]) -> tuple[list[ScoredRow], list[str]]:
    scored: list[ScoredRow] = []
    skipped: list[str] = []
    grouped = next((column for column in found if column.kind is Kind.GROUP), None)
    label = ""
    for row in rows:
        words = {cell.strip() for cell in row.cells if cell.strip()}
        name = " ".join((row.cells[unit.index] if unit.index < len(row.cells) else "").split())
        if len(words) == 1:
            (only,) = words
            label = label if _NOTE.match(only) else only
        elif name and _SUMMARY.match(plain(name)):
            skipped.append(name)
        elif name:
            stated = row.cells[grouped.index].strip() if grouped and grouped.index < len(row.cells) else ""
            scored.append(ScoredRow(row.number, name, stated or label, row.cells))
    return scored, skipped


def _settled(column: Column, rows: Sequence[ScoredRow]) -> Column:
    """A column of unknown heading is a section where it holds numbers, else words beside the table."""
    if column.kind is not Kind.SECTION:
        return column
    read = [row.figure(column) for row in rows]
    filled = [one for one in read if not one.blank]
    numbers = sum(one.value is not None for one in filled)
    if filled and numbers * 2 > len(filled):
        return column
    return Column(column.index, column.path, Kind.REMARK, None, None)


def published_rank(row: ScoredRow, column: Column) -> Decimal | None:
    """Return the rank that a row states."""
    return rank(row.words(column))
