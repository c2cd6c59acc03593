"""Statements made once and run many times on SQLite, straight by its driver.

To compile, bind and wrap one short statement costs SQLAlchemy thirty times what SQLite needs to answer it, and a sign-off
runs two dozen. So what every act runs is compiled once, and its values and rows pass the types' own processors here.
PostgreSQL keeps to the usual way: there the way to the server and back outweighs it.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.sql import ClauseElement
from sqlalchemy.types import TypeEngine

from attrtrack.storage.sight import narrowed

_Processor = Callable[[Any], Any]
_PREPARED = 512
_TOGETHER = 40
"""Rows that one statement inserts: each statement keeps what would undo it, page by page, and most rows touch the same pages."""


class Prepared:
    """A statement as SQLite's driver takes it, and the way of its values there and of its rows back."""

    def __init__(self, dialect: Dialect, statement: ClauseElement, names: Sequence[str]) -> None:
        columns = list(names) if isinstance(statement, sa.Insert) else None
        compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
        self._sql = str(compiled)
        self._insertion = Insertion(self._sql) if isinstance(statement, sa.Insert) else None
        self._names = compiled.positiontup or ()
        self._writers = [
            (place, process)
            for place, name in enumerate(self._names)
            if (process := _to_driver(dialect, compiled.binds[name].type)) is not None
        ]
        self._fixed = {name: value for name, value in compiled.params.items() if name not in names}
        found = list(statement.selected_columns) if isinstance(statement, sa.SelectBase) else []
        self._row = _row_of([getattr(column, "name", "") for column in found])
        self._readers = [
            (place, process)
            for place, column in enumerate(found)
            if (process := _from_driver(dialect, column.type)) is not None
        ]

    def rows(self, driver: Any, values: Mapping[str, Any], *, units: frozenset[str] | None = None) -> list[Any]:  # noqa: ANN401 - a driver's connection has no common type
        """Run it and return its rows; the driver's refusals come out as SQLAlchemy would raise them."""
        sql, bound = self._sql, self._bound(values)
        if units is not None:
            sql, bound = narrowed(sql, bound, units, sqlite=True)
        try:
            found = driver.execute(sql, bound).fetchall()
        except sqlite3.Error as error:
            raise _as_sqlalchemy(error) from error
        return [self._made(row) for row in found] if self._readers else list(map(self._row, found))

    def write(self, driver: Any, values: Mapping[str, Any]) -> None:  # noqa: ANN401 - as above
        """Run it once; refusals as above."""
        try:
            driver.execute(self._sql, self._bound(values))
        except sqlite3.Error as error:
            raise _as_sqlalchemy(error) from error

    def write_all(self, driver: Any, rows: Iterable[Mapping[str, Any]]) -> None:  # noqa: ANN401 - as above
        """Run it for each of several rows of values; refusals as above."""
        bound = map(self._bound, rows)
        if self._insertion is not None:
            self._insertion.write_all(driver, bound)
            return
        try:
            driver.executemany(self._sql, bound)
        except sqlite3.Error as error:
            raise _as_sqlalchemy(error) from error

    def _bound(self, values: Mapping[str, Any]) -> list[Any]:
        known = {**self._fixed, **values} if self._fixed else values
        bound = [known[name] for name in self._names]
        for place, process in self._writers:
            bound[place] = process(bound[place])
        return bound

    def _made(self, row: Sequence[Any]) -> Any:  # noqa: ANN401 - a row of any statement
        values = list(row)
        for place, process in self._readers:
            values[place] = process(values[place])
        return self._row(values)


class Insertion:
    """An INSERT of one row of values, run for many rows: most of them several in one statement."""

    def __init__(self, sql: str) -> None:
        self._sql, self._of_several = sql, _of_several(sql)

    def write_all(self, driver: Any, rows: Iterable[Sequence[Any]]) -> None:  # noqa: ANN401 - as above
        """Insert rows of values as the driver takes them; refusals as above."""
        coming = iter(rows)
        try:
            while part := list(islice(coming, _TOGETHER)):
                if self._of_several is not None and len(part) == _TOGETHER:
                    driver.execute(self._of_several, tuple(chain.from_iterable(part)))
                else:
                    driver.executemany(self._sql, part)
        except sqlite3.Error as error:
            raise _as_sqlalchemy(error) from error


def begin(driver: Any, *, writing: bool) -> None:  # noqa: ANN401 - as above
    """Open a transaction; one that writes waits for its turn, and refusals come out as above."""
    try:
        driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
    except sqlite3.Error as error:
        raise _as_sqlalchemy(error) from error


@lru_cache(maxsize=_PREPARED)
def prepared(dialect: Dialect, statement: ClauseElement, names: tuple[str, ...]) -> Prepared:
    """Return a statement that a module keeps, ready for values of these names."""
    return Prepared(dialect, statement, names)


def _of_several(insert: str) -> str | None:
    """Return an insertion of one row of values as one of several rows; None where it is of another shape."""
    head, values, row = insert.partition(" VALUES ")
    return f"{head}{values}{', '.join([row] * _TOGETHER)}" if set(row) <= set("(?, )") and row else None


def _row_of(names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """Return the maker of rows of these names; one that is no name of Python's, or stands twice, is reached by its place."""
    make: Any = namedtuple  # noqa: PYI024 - the names are the statement's, known when it is compiled
    made: Callable[[Sequence[Any]], Any] = make("Row", names, rename=True)._make
    return made


def _to_driver(dialect: Dialect, kind: TypeEngine[Any]) -> _Processor | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from_driver(dialect: Dialect, kind: TypeEngine[Any]) -> _Processor | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _as_sqlalchemy(error: sqlite3.Error) -> SQLAlchemyError:
    made = DBAPIError.instance(None, None, error, sqlite3.Error, hide_parameters=True)
    return made if isinstance(made, SQLAlchemyError) else SQLAlchemyError(str(error))
