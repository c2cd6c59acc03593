"""The table of the answers kept for idempotency keys; made by revision 0007."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Index, Table

from attrtrack.storage.columns import Moment
from attrtrack.storage.tables import metadata

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("actor", sa.Text, primary_key=True, nullable=False),
    Column("key", sa.Text, primary_key=True, nullable=False),
    Column("digest", sa.Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("status", sa.Integer),
    Column("answer", sa.Text),
    Column("etag", sa.Text),
    CheckConstraint("(status IS NULL) = (answer IS NULL)", name="ck_idempotency_keys_answer"),
    Index("ix_idempotency_keys_begun", "begun_at"),
)
"""What was answered to a request that bore a key, for a day; no part of the register: it may be emptied at any time."""
