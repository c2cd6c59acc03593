"""Tables in running text: a row a line with its cells parted by tabs, or (as some converters write) a cell a line after a tab.

In the second form an empty line ends a row, a line without tab goes on with the cell above it, and blank cells are lines of
a tab alone; so it must be read from the text as it is, before lines are joined.
"""

import re
from collections.abc import Iterator

from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.reading.limits import MAX_LINES

_MOST_COLUMNS = 200
_NUMBER = re.compile(r"\s*[-+]?\d+(?:\.\d+)?\s*")
_TITLE = 80


def tables_in_text(text: str, name: str) -> tuple[Table, ...]:
    """Return the tables of a text; each is called by the line before it, rows are numbered by the lines they begin on."""
    lines = text.split("\n")[:MAX_LINES]
    tables: list[Table] = []
    start, title = 0, ""
    while start < len(lines):
        if "\t" not in lines[start]:
            title = lines[start].strip() or title
            start += 1
            continue
        rows, end = _rows(lines, start)
        if len(rows) > 1:
            tables.append(Table(name, _titled(lines, start) or title[:_TITLE], tuple(rows)))
        start = max(end, start + 1)
    return tuple(tables)


def _titled(lines: list[str], start: int) -> str:
    """Return the words of the line right above a table, with the line before where it is only a bracket to that."""
    above = lines[start - 1].strip() if start else ""
    if above.startswith(("（", "(")) and start > 1:
        above = lines[start - 2].strip() + above
    return above[:_TITLE]


def _rows(lines: list[str], start: int) -> tuple[list[TableRow], int]:
    stacked = "\t" not in lines[start][1:]
    return _stacked(lines, start) if stacked else _tabbed(lines, start)


def _tabbed(lines: list[str], start: int) -> tuple[list[TableRow], int]:
    end = start
    while end < len(lines) and "\t" in lines[end]:
        end += 1
    rows = [
        TableRow(number, tuple(cell.strip() for cell in lines[number - 1].split("\t")[:_MOST_COLUMNS]))
        for number in range(start + 1, end + 1)
    ]
    return rows, end


def _stacked(lines: list[str], start: int) -> tuple[list[TableRow], int]:
    rows: list[TableRow] = []
    cells: list[str] = []
    begun, place = start, start
    for place, line in _within(lines, start):
        if line.startswith("\t"):
            begun = begun if cells else place
            cells.append(line.strip())
        elif line.strip():
            cells[-1] += line.strip()
        else:
            rows.extend(_row(begun, cells))
            cells = []
    rows.extend(_row(begun, cells))
    return rows, place + 1


def _within(lines: list[str], start: int) -> Iterator[tuple[int, str]]:
    """Yield the lines of a table up to the first that is of none: it follows a row's end, or a cell that is a number."""
    above = ""
    for place in range(start, len(lines)):
        line = lines[place]
        if line.strip() and not line.startswith("\t") and (not above.strip() or _NUMBER.fullmatch(above)):
            return
        yield place, line
        above = line


def _row(begun: int, cells: list[str]) -> Iterator[TableRow]:
    if any(cells):
        yield TableRow(begun + 1, tuple(cells[:_MOST_COLUMNS]))
