"""Delimited text: quoted cells over several lines are joined, a quote that never closes harms its line only."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile

from attrtrack.domain.ledgers import TableRow

_DELIMITERS = ",\t;|"
_SAMPLE = 200
_MOST_LINES = 40
_PATIENCE = 500
_TWO = 2
_CELL = r' *+"((?:[^"]|""|"(?! *(?:{mark}|\Z)))*+)" *(?={mark}|\Z)|([^{mark}]*)'
"""One cell: quoted (a quote before other words is one of its words), or bare; group 1 is the quoted words."""


def rows_of(text: str) -> Iterator[TableRow]:
    """Yield every line as a row, numbered by the line that it begins on; ragged rows stay as they are.

    What a program wrote is read by its quotes. In what a hand has spoilt a quoted cell may hold line breaks too, but
    it is not believed, and its first line is read without quoting, when the quote closes nowhere near or when a line
    within the cell is itself a row.
    """
    lines = io.StringIO(text, newline=None).read().split("\n")
    delimiter = _delimiter(lines)
    yield from _regular(lines, delimiter) or _irregular(lines, delimiter)


def _regular(lines: list[str], delimiter: str) -> list[TableRow] | None:
    """Read by the quotes alone; None unless every quote closes and all rows from the widest on are as wide as it.

    Nor may a cell hold what looks like rows: then two quotes left open stand around them.
    """
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, skipinitialspace=True, strict=True)
    rows: list[TableRow] = []
    begun, long = 1, set[int]()
    try:
        for cells in reader:
            rows.append(TableRow(begun, tuple(map(str.strip, cells))))
            if reader.line_num > begun:
                long.add(begun)
            begun = reader.line_num + 1
    except csv.Error:
        return None
    width = max((len(row.cells) for row in rows), default=0)
    table = list(dropwhile(lambda row: len(row.cells) < width, (row for row in rows if any(row.cells))))
    uniform = width > _TWO and {len(row.cells) for row in table} <= {width}
    held = uniform and any(_holds_rows(row.cells, delimiter) for row in table if row.number in long)
    return rows if uniform and not held else None


def _holds_rows(row: Sequence[str], delimiter: str) -> bool:
    """Whether a cell is the end of one row, whole rows, and the beginning of one up to the same column."""
    return any(
        [line.count(delimiter) for line in lines] == [len(row) - 1 - column, *[len(row) - 1] * (len(lines) - 2), column]
        for column, lines in enumerate(cell.split("\n") for cell in row)
        if len(lines) > 1
    )


def _irregular(lines: list[str], delimiter: str) -> Iterator[TableRow]:
    cells = re.compile(_CELL.format(mark=re.escape(delimiter)))
    width = _width(lines, delimiter)
    patience = _PATIENCE
    index = 0
    while index < len(lines):
        line, taken = lines[index], 1
        row: list[str] | None = line.split(delimiter)
        if '"' in line:
            row = _row(line, cells)
            if row is None and patience:
                row, taken = _joined(lines[index : index + _MOST_LINES], cells, delimiter, width=width)
            if row is None:
                patience -= patience > 0
                row, taken = [_unquoted(cell) for cell in line.split(delimiter)], 1
        yield TableRow(index + 1, tuple(cell.strip() for cell in row or ()))
        index += taken


def _row(text: str, cells: "re.Pattern[str]") -> list[str] | None:
    """Split one row; None when a quote is still open at its end."""
    row: list[str] = []
    place = 0
    while place <= len(text):
        match = cells.match(text, place)
        if match is None or (match[1] is None and match[2].lstrip().startswith('"')):
            return None
        row.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        place = match.end() + 1
    return row


def _joined(lines: list[str], cells: "re.Pattern[str]", delimiter: str, *, width: int) -> tuple[list[str] | None, int]:
    """Join lines until every quote is closed; (None, 1) when none closes, or when whole rows would be swallowed."""
    for last in range(1, len(lines)):
        if '"' not in lines[last]:
            continue
        row = _row("\n".join(lines[: last + 1]), cells)
        if row is not None:
            return (None, 1) if _swallowed(row, delimiter, width=width) else (row, last + 1)
    return None, 1


def _swallowed(row: Sequence[str], delimiter: str, *, width: int) -> bool:
    return any(_swallows(cell, width - 1 - column, delimiter, width=width) for column, cell in enumerate(row))


def _swallows(cell: str, to_come: int, delimiter: str, *, width: int) -> bool:
    """Whether the first line of a cell holds all the columns still to come, or a later one a whole row."""
    if "\n" not in cell or delimiter not in cell:
        return False
    first, *others = (part.count(delimiter) for part in cell.split("\n"))
    return 0 < to_come <= first or any(count >= max(width - 1, _TWO) for count in others[:-1])


def _unquoted(cell: str) -> str:
    bare = cell.strip()
    return bare.replace('"', "", 1) if bare.count('"') % 2 and bare.startswith('"') else bare


def _width(lines: list[str], delimiter: str) -> int:
    widths = Counter(line.count(delimiter) + 1 for line in lines[:_SAMPLE] if delimiter in line and '"' not in line)
    return widths.most_common(1)[0][0] if widths else _TWO + 1


def _delimiter(lines: list[str]) -> str:
    sample = [line for line in lines[:50] if line.strip() and not line.startswith("#")]
    return max(_DELIMITERS, key=lambda mark: (sum(mark in line for line in sample), mark == ","))
