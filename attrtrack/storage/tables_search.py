"""The tables of the search index; made by revision 0010, filled along the journal (see `search_renewal`).

SQLite holds the words in an index of phrases beside them (`search_index`, FTS5, two signs a word, without the texts); PostgreSQL
holds each two signs that stand together as a number, exactly, for they are two of sixteen bits, in an array with a GIN index.
"""

import zlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from attrtrack.storage.columns import RecordKey
from attrtrack.storage.tables import metadata

_FAST = 1


class Packed(TypeDecorator[str]):
    """A text that only the program reads: PostgreSQL packs long ones itself, for SQLite it is done here."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Keep text on PostgreSQL, which looks for words in it, bytes on SQLite."""
        return sa.Text() if dialect.name == "postgresql" else sa.LargeBinary()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | bytes | None:
        """Pack."""
        if value is None or dialect.name == "postgresql":
            return value
        return zlib.compress(value.encode(), _FAST)

    def process_result_value(self, value: str | bytes | None, dialect: Dialect) -> str | None:
        """Unpack."""
        del dialect
        return zlib.decompress(value).decode() if isinstance(value, bytes) else value


search_entries = Table(
    "search_entries",
    metadata,
    Column(
        "place",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        primary_key=True,
        autoincrement=False,
        nullable=False,
    ),
    Column("kind", sa.Text, nullable=False),
    Column("record", RecordKey, nullable=False),
    Column("unit", sa.Text),
    Column("year", sa.Integer),
    Column("words", Packed, nullable=False),
    Column("pairs", sa.JSON(none_as_null=True).with_variant(ARRAY(sa.Integer), "postgresql")),
    Index("uq_search_entries_record", "kind", "record", unique=True),
    Index("ix_search_entries_within", "unit", "year", "kind", "place"),
)
"""Each record by the place of its day: `kind` D or I; `words` are its folded lines as they were indexed."""
Index("ix_search_entries_pairs", search_entries.c.pairs, postgresql_using="gin").ddl_if(dialect="postgresql")

search_stamp = Table(
    "search_stamp",
    metadata,
    Column("id", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("sequence", RecordKey, nullable=False),
    Column("version", sa.Text, nullable=False),
    Column("documents", RecordKey),
    Column("interpretations", RecordKey),
)
"""One row: up to which journal entry and by which folding the index is made; up to which record while it is made from the first."""
