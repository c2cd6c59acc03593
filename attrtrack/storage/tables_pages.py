"""The table of the links of saved pages, on the register's `metadata`.

Decision: one row a reading of a page, appended, its links in the row. A row a link would be an entry of the journal a link,
and what is asked (do two pages link to each other) is asked of whole pages. A page that several documents name as their
address is a row of each, so that it leaves with a document that is removed.
"""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Table

from attrtrack.storage.columns import Moment, RecordKey, Structure
from attrtrack.storage.tables import BLANKS, metadata, publications

page_links = Table(
    "page_links",
    metadata,
    Column("id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("document_id", RecordKey),
    Column("interpretation_id", RecordKey),
    Column("address", sa.Text, nullable=False),
    Column("links", Structure, nullable=False),
    Column("read_by", sa.Text, nullable=False),
    Column("read_at", Moment, nullable=False),
    ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_page_links_document"),
    ForeignKeyConstraint(["interpretation_id"], ["interpretations.id"], name="fk_page_links_interpretation"),
    CheckConstraint("(document_id IS NULL) <> (interpretation_id IS NULL)", name="ck_page_links_owner"),
    CheckConstraint(f"ltrim(address, '{BLANKS}') <> ''", name="ck_page_links_address"),
    CheckConstraint(f"ltrim(read_by, '{BLANKS}') <> ''", name="ck_page_links_read_by"),
    Index("ix_page_links_document", "document_id", "id"),
    Index("ix_page_links_interpretation", "interpretation_id", "id"),
)
"""What the page of a document or of an interpretation links to, as bare addresses; the newest reading of a page counts."""

Index("ix_publications_url", publications.c.url, postgresql_using="hash")
