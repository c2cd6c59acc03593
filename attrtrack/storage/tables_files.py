"""Tables of the files kept with documents and of the cuts of their public versions, on the register's `metadata`.

Decision: a file lies in the register itself. A backup holds it, sight and removal follow its document, and no folder can
drift away from the rows. Its bytes stand last in the row, so that what is known of it is read without them.
"""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Table

from attrtrack.storage.columns import Moment, RecordKey
from attrtrack.storage.tables import BLANKS, metadata

cuts = Table(
    "cuts",
    metadata,
    Column("id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("document_id", RecordKey, nullable=False),
    Column("starts", sa.Integer),
    Column("ends", sa.Integer),
    Column("undoes", RecordKey),
    Column("reason", sa.Text),
    Column("because", sa.Text),
    Column("made_by", sa.Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_cuts_document"),
    ForeignKeyConstraint(["undoes"], ["cuts.id"], name="fk_cuts_undoes"),
    CheckConstraint("undoes IS NOT NULL OR (starts >= 0 AND ends > starts)", name="ck_cuts_place"),
    CheckConstraint("(undoes IS NULL) = (starts IS NOT NULL AND ends IS NOT NULL)", name="ck_cuts_undoes"),
    CheckConstraint(
        f"undoes IS NOT NULL OR (reason IS NOT NULL AND ltrim(reason, '{BLANKS}') <> '')", name="ck_cuts_reason"
    ),
    CheckConstraint(f"ltrim(made_by, '{BLANKS}') <> ''", name="ck_cuts_made_by"),
    Index("ix_cuts_document", "document_id", "id"),
)
"""What is left out of public versions, appended only; a row that `undoes` another takes that cut back."""

kept_files = Table(
    "kept_files",
    metadata,
    Column("id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("document_id", RecordKey, nullable=False),
    Column("kind", sa.Text, nullable=False),
    Column("name", sa.Text, nullable=False),
    Column("format", sa.Text, nullable=False),
    Column("size", RecordKey, nullable=False),
    Column("sha256", sa.Text, nullable=False),
    Column("cut_id", RecordKey),
    Column("kept_by", sa.Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("content", sa.LargeBinary, nullable=False),
    ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_kept_files_document"),
    ForeignKeyConstraint(["cut_id"], ["cuts.id"], name="fk_kept_files_cut"),
    CheckConstraint("kind IN ('original', 'public')", name="ck_kept_files_kind"),
    CheckConstraint("(kind = 'public') = (cut_id IS NOT NULL)", name="ck_kept_files_cut"),
    CheckConstraint("size = length(content) AND size BETWEEN 1 AND 26214400", name="ck_kept_files_size"),
    CheckConstraint("length(sha256) = 64", name="ck_kept_files_sha256"),
    CheckConstraint(f"ltrim(kept_by, '{BLANKS}') <> ''", name="ck_kept_files_kept_by"),
    Index("ix_kept_files_document", "document_id", "id"),
)
"""The original of a document and its public versions, as they are; never changed, removed with their document only."""
