"""Rows of a table written as SQLite keeps them before they are inserted, and before their keys are known.

Printing a row costs about as much as inserting it, and needs no register: the process that reads a ledger prints its rows,
and the one that holds the transaction hands them to the driver as they are. PostgreSQL's own types read them back.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from attrtrack.storage.columns import moment_text
from attrtrack.storage.engine import compact_json
from attrtrack.storage.prepared import Insertion

PrintedRow = tuple[Any, ...]
"""The printed values of a row, in the order of the form's `names`."""


class PrintedForm:
    """How the rows of one table are printed; the columns `late` are known only in the transaction, `common` alike for all rows."""

    def __init__(self, table: sa.Table, *, late: Sequence[str], common: Sequence[str]) -> None:
        self.table = table
        self.names = tuple(column.name for column in table.c if column.name not in {*late, *common})
        self._all = (*late, *self.names, *common)
        self._common = tuple(common)
        self._picked: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(*self.names)
        self._structures = self._places(sa.JSON)
        self._days = self._places(sa.Date)
        columns, marks = ", ".join(self._all), ", ".join("?" * len(self._all))
        self.insertion = Insertion(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})")  # noqa: S608 - own names

    def print(self, values: Mapping[str, Any]) -> PrintedRow:
        """Print the values of a row that are known beforehand."""
        row = list(self._picked(values))
        for place in self._structures:
            row[place] = None if row[place] is None else compact_json(row[place])
        for place in self._days:
            row[place] = None if row[place] is None else row[place].isoformat()
        return tuple(row)

    def bound(self, common: Mapping[str, Any]) -> PrintedRow:
        """Print what is alike for all rows; it goes behind each."""
        values = (common[name] for name in self._common)
        return tuple(moment_text(value) if isinstance(value, dt.datetime) else value for value in values)

    def values(self, row: PrintedRow, common: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of a row that begins with what was known late, as every database takes them."""
        found = {**dict(zip(self._all, row, strict=False)), **common}
        for place in self._structures:
            text = found[self.names[place]]
            found[self.names[place]] = None if text is None else json.loads(text)
        for place in self._days:
            text = found[self.names[place]]
            found[self.names[place]] = None if text is None else dt.date.fromisoformat(text)
        return found

    def _places(self, kind: type[Any]) -> tuple[int, ...]:
        return tuple(place for place, name in enumerate(self.names) if isinstance(self.table.c[name].type, kind))
