"""The tables of the gate beside declarations, evaluations and decisions: reviews, opinions, withdrawals, re-examination."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Table

from attrtrack.storage.columns import Moment, RecordKey
from attrtrack.storage.tables import BLANKS, metadata

_ATTRIBUTES = "('proactive', 'on_request', 'withheld')"


def _key() -> "Column[int]":
    return Column("id", RecordKey, primary_key=True, autoincrement=False, nullable=False)


def _document(table: str, *, primary: bool = False) -> "tuple[Column[int], ForeignKeyConstraint]":
    return (
        Column("document_id", RecordKey, primary_key=primary, autoincrement=False, nullable=False),
        ForeignKeyConstraint(["document_id"], ["documents.id"], name=f"fk_{table}_document"),
    )


def _declaration(table: str) -> "tuple[Column[int], ForeignKeyConstraint]":
    return (
        Column("declaration_id", RecordKey, nullable=False),
        ForeignKeyConstraint(["declaration_id"], ["declarations.id"], name=f"fk_{table}_declaration"),
    )


def _said(column: str, table: str) -> CheckConstraint:
    return CheckConstraint(f"ltrim({column}, '{BLANKS}') <> ''", name=f"ck_{table}_{column}")


reviews = Table(
    "reviews",
    metadata,
    _key(),
    *_document("reviews"),
    *_declaration("reviews"),
    Column("result", sa.Text, nullable=False),
    Column("attribute", sa.Text),
    Column("reason", sa.Text),
    Column("comment", sa.Text),
    Column("reviewed_by", sa.Text, nullable=False),
    Column("reviewed_at", Moment, nullable=False),
    CheckConstraint("result IN ('agree', 'return', 'dispute', 'retract')", name="ck_reviews_result"),
    CheckConstraint(f"attribute IS NULL OR attribute IN {_ATTRIBUTES}", name="ck_reviews_attribute"),
    CheckConstraint("(result = 'dispute') = (attribute IS NOT NULL)", name="ck_reviews_dispute"),
    CheckConstraint(
        f"result <> 'return' OR (comment IS NOT NULL AND ltrim(comment, '{BLANKS}') <> '')", name="ck_reviews_comment"
    ),
    _said("reviewed_by", "reviews"),
    Index("ix_reviews_document", "document_id", "id"),
    Index("ix_reviews_declaration", "declaration_id", "id"),
)
"""What the office said of a declaration (审核): agreed, returned with a comment, disputed with its own attribute, or taken back."""

secrecy_reviews = Table(
    "secrecy_reviews",
    metadata,
    _key(),
    *_document("secrecy_reviews"),
    Column("result", sa.Text, nullable=False),
    Column("note", sa.Text),
    Column("personal_data_cleared", sa.Boolean, nullable=False),
    Column("reviewed_by", sa.Text, nullable=False),
    Column("reviewed_at", Moment, nullable=False),
    CheckConstraint("result IN ('cleared', 'partly', 'refused')", name="ck_secrecy_reviews_result"),
    _said("reviewed_by", "secrecy_reviews"),
    Index("ix_secrecy_reviews_document", "document_id", "id"),
)
"""Secrecy reviews before publication (保密审查): who, when, with what result, and whether personal data were looked at."""

opinions = Table(
    "opinions",
    metadata,
    _key(),
    *_document("opinions"),
    *_declaration("opinions"),
    Column("unit", sa.Text, nullable=False),
    Column("result", sa.Text, nullable=False),
    Column("comment", sa.Text),
    Column("recorded_by", sa.Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    CheckConstraint("result IN ('agree', 'disagree')", name="ck_opinions_result"),
    _said("unit", "opinions"),
    _said("recorded_by", "opinions"),
    Index("ix_opinions_document", "document_id", "id"),
    Index("ix_opinions_declaration", "declaration_id", "unit", "id"),
)
"""What the other issuers of a joint document said of the lead's declaration (联合发文单位的意见)."""

withdrawals = Table(
    "withdrawals",
    metadata,
    *_document("withdrawals", primary=True),
    Column("because", sa.Text, nullable=False),
    Column("withdrawn_by", sa.Text, nullable=False),
    Column("withdrawn_at", Moment, nullable=False),
    _said("because", "withdrawals"),
    _said("withdrawn_by", "withdrawals"),
)
"""Why a document was withdrawn before it was signed, and by whom; a document is withdrawn once."""

reexaminations = Table(
    "reexaminations",
    metadata,
    _key(),
    *_document("reexaminations"),
    Column("decision_id", RecordKey, nullable=False),
    Column("act", sa.Text, nullable=False),
    Column("due", sa.Date),
    Column("because", sa.Text),
    Column("examined_by", sa.Text, nullable=False),
    Column("examined_at", Moment, nullable=False),
    ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_reexaminations_decision"),
    CheckConstraint("act IN ('schedule', 'keep', 'change')", name="ck_reexaminations_act"),
    CheckConstraint("(act = 'change') = (due IS NULL)", name="ck_reexaminations_due"),
    CheckConstraint(
        f"act = 'schedule' OR (because IS NOT NULL AND ltrim(because, '{BLANKS}') <> '')",
        name="ck_reexaminations_because",
    ),
    _said("examined_by", "reexaminations"),
    Index("ix_reexaminations_document", "document_id", "id"),
)
"""When a withheld or on-request document is to be looked at again (定期复查), and what came of it; the newest row counts."""
