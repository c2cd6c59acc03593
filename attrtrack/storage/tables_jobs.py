"""Tables of long work, on the register's `metadata`.

Decision: what was handed in for a job lies in the register itself until the job has run. Any process on any host may take
the job up, a backup holds it, and wiping it needs no sweep of folders. It lies in a table of its own, so that moving a
job's progress on does not write its files again.
"""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Table

from attrtrack.storage.columns import Moment, RecordKey, Structure
from attrtrack.storage.tables import BLANKS, metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("kind", sa.Text, nullable=False),
    Column("parameters", Structure, nullable=False),
    Column("access", Structure, nullable=False),
    Column("unit", sa.Text),
    Column("started_by", sa.Text, nullable=False),
    Column("origin", sa.Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("state", sa.Text, nullable=False),
    Column("done", RecordKey, nullable=False),
    Column("total", RecordKey),
    Column("message", sa.Text),
    Column("cursor", Structure),
    Column("result", Structure),
    Column("attempts", sa.Integer, nullable=False),
    Column("fruitless", sa.Integer, nullable=False),
    Column("holder", sa.Text),
    Column("heartbeat_at", Moment),
    Column("taken_at", Moment),
    Column("done_when_taken", RecordKey, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Column("cancel_asked_by", sa.Text),
    CheckConstraint(
        "kind IN ('import-ledger', 'import-pages', 're-propose', 're-link', 'audit', 'export')", name="ck_jobs_kind"
    ),
    CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="ck_jobs_state"),
    CheckConstraint("(state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)", name="ck_jobs_finished"),
    CheckConstraint("(state = 'running') = (holder IS NOT NULL)", name="ck_jobs_holder"),
    CheckConstraint("holder IS NULL OR heartbeat_at IS NOT NULL", name="ck_jobs_heartbeat"),
    CheckConstraint("done >= 0 AND attempts >= 0 AND fruitless >= 0", name="ck_jobs_counts"),
    CheckConstraint(f"ltrim(started_by, '{BLANKS}') <> ''", name="ck_jobs_started_by"),
    Index("ix_jobs_state", "state", "id"),
)

job_files = Table(
    "job_files",
    metadata,
    Column("job_id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("place", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("name", sa.Text, nullable=False),
    Column("size", RecordKey, nullable=False),
    Column("content", sa.LargeBinary),
    ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_job_files_job"),
    CheckConstraint("place >= 0 AND size >= 0", name="ck_job_files_place"),
)
"""What was handed in, as far as it may be kept; `content` is emptied when the job has ended."""

job_products = Table(
    "job_products",
    metadata,
    Column("job_id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("place", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("content", sa.LargeBinary, nullable=False),
    ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_job_products_job"),
    CheckConstraint("place >= 0", name="ck_job_products_place"),
    Index("ix_job_products_made", "made_at"),
)
"""The file that a job has made, in pieces, for some days; no part of the register: it may be emptied at any time."""
