"""Column types that read and write the same in both databases."""

import datetime as dt
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

AnyRow = sa.Row[*tuple[Any, ...]]
RecordKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Structure = sa.JSON(none_as_null=True)


@lru_cache(maxsize=64)
def moment_text(moment: dt.datetime) -> str:
    """Print a moment in UTC with microseconds, 32 characters, so that text order is time order.

    A moment without time zone is a programming error (ValueError): nobody could say when it was. The last ones are remembered:
    all that one transaction writes bears the same.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


class Moment(TypeDecorator[dt.datetime]):
    """A point in time kept as UTC text: SQLite has no zones, and the journal's chain hashes the very text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        """Write UTC text."""
        del dialect
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        """Read UTC text."""
        del dialect
        return None if value is None else dt.datetime.fromisoformat(value)
