"""The tables of what is derived for lists and figures; made by revision 0009, filled along the journal (see `standing_renewal`)."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKeyConstraint, Index, Table

from attrtrack.domain.worklist import WaitsFor
from attrtrack.storage.columns import RecordKey
from attrtrack.storage.standing_columns import BITS
from attrtrack.storage.tables import metadata


def _of_document(table: str) -> ForeignKeyConstraint:
    """Bind a row to its document: it goes with it, whoever removes the document."""
    return ForeignKeyConstraint(["document_id"], ["documents.id"], name=f"fk_{table}_document", ondelete="CASCADE")


standings = Table(
    "standings",
    metadata,
    Column("document_id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("unit", sa.Text),
    Column("year", sa.Integer),
    Column("quarter", sa.Integer),
    Column("genre", sa.Text),
    Column("state", sa.Text, nullable=False),
    Column("attribute", sa.Text),
    Column("reason", sa.Text),
    Column("kind", sa.Text),
    Column("urgency", sa.Text, nullable=False),
    Column("waits", sa.Integer, nullable=False),
    Column("recorded_by", sa.Text, nullable=False),
    Column("declared_by", sa.Text),
    Column("confirmed", sa.Integer, nullable=False),
    Column("pending", sa.Integer, nullable=False),
    Column("publish_by", sa.Integer),
    Column("reexamine_by", sa.Integer),
    Column("interpret_by", sa.Integer),
    Column("doubts", sa.Integer, nullable=False),
    Column("corrected", sa.Integer, nullable=False),
    Column("policy_kind", sa.Text),
    Column("publish_days", sa.Integer),
    Column("interpret_days", sa.Integer),
    Column("provisional", sa.Integer, nullable=False),
    _of_document("standings"),
    Index("ix_standings_counted", "unit", "year", "kind", "urgency"),
    Index("ix_standings_urgency", "urgency", "document_id"),
    Index("ix_standings_waits", "waits", "publish_by", "reexamine_by", "unit", "year"),
    Index("ix_standings_choices", "unit", "year", "genre", "reason", "waits"),
    Index("ix_standings_doubts", "doubts", "corrected", "unit", "year", "quarter", "genre", "document_id"),
    Index(
        "ix_standings_genre",
        *("genre", "kind", "urgency", "year", "unit"),
        *("waits", "publish_by", "reexamine_by", "reason"),  # the queue of one genre
    ),
    Index("ix_standings_quarter", "quarter", "kind", "urgency", "year", "unit"),
    Index("ix_standings_policy_kind", "policy_kind", "kind", "urgency", "year", "unit"),
    Index("ix_standings_recorded_by", "recorded_by", "document_id"),
    Index("ix_standings_declared_by", "declared_by", "document_id"),
)
"""Where each document stands; `waits`, `doubts` and `provisional` are sets of bits, the days are whole numbers (20260131), so that they sort and are short."""

UNINTERPRETED = standings.c.waits.bitwise_and(sa.literal_column(str(BITS[WaitsFor.INTERPRET]))) != sa.literal_column(
    "0"
)
Index(
    "ix_standings_uninterpreted",
    *(standings.c[name] for name in ("interpret_by", "document_id", "unit", "year")),
    sqlite_where=UNINTERPRETED,
    postgresql_where=UNINTERPRETED,
)

standing_links = Table(
    "standing_links",
    metadata,
    Column("document_id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("interpretation_id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("unit", sa.Text),
    Column("year", sa.Integer),
    Column("quarter", sa.Integer),
    Column("genre", sa.Text),
    Column("kind", sa.Text, nullable=False),
    Column("policy_kind", sa.Text),
    _of_document("standing_links"),
    Index("ix_standing_links_counted", "unit", "interpretation_id", "kind", "year"),
    *(
        Index(f"ix_standing_links_{name}", name, "interpretation_id", "kind", "year", "unit")
        for name in ("genre", "quarter", "policy_kind")
    ),
    Index("ix_standing_links_year", "year", "interpretation_id", "kind", "unit"),
    Index("ix_standing_links_interpretation", "interpretation_id", "kind", "document_id", "unit", "year"),
)
"""The interpretations of measured documents, for measures counted by interpretations; the document's unit and year stand beside.

An interpretation is not referred to: when it goes, its rows must still tell which documents are to be looked at again.
"""

standing_stamp = Table(
    "standing_stamp",
    metadata,
    Column("id", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("sequence", RecordKey, nullable=False),
    Column("version", sa.Text, nullable=False),
    Column("filled", RecordKey),
)
"""One row: up to which journal entry, and by which rules, the standings are made; `filled` while they are made from the first."""
