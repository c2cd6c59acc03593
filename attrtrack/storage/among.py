"""Rows whose column holds one of many keys: what a batch of some thousand rows asks of the register.

On SQLite the keys go as one list into a statement that is made once: to write a mark for each of them into a statement,
and to compile it, took as long as the answer. PostgreSQL is asked for some hundred keys at a time.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa

from attrtrack.storage.columns import AnyRow, Structure
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.transaction import Transaction

Ask = Callable[["sa.ColumnElement[bool]"], "sa.Select[Any]"]
"""Makes the question from the condition that the column holds one of the keys; one that a module keeps, as `query.where`."""


def rows_among(
    transaction: Transaction, ask: Ask, column: "sa.ColumnElement[Any]", *, keys: Iterable[str | int]
) -> Iterator[AnyRow]:
    """Yield what is asked of the rows whose `column` holds one of the keys, each of which is named once."""
    if not is_sqlite(transaction.connection):
        for part in parts_of(keys):
            yield from transaction.rows(ask(column.in_(part)))
    elif named := list(keys):
        yield from transaction.rows(_of_listed(ask, column), {"keys": named})


@cache
def _of_listed(ask: Ask, column: "sa.ColumnElement[Any]") -> "sa.Select[Any]":
    listed = sa.func.json_each(sa.bindparam("keys", type_=Structure)).table_valued("value")
    return ask(column.in_(sa.select(listed.c.value)))
