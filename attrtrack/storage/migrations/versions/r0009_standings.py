"""Where each document stands for lists and figures, derived from the register and renewed along the journal.

The tables begin empty: the first list that is asked for, the end of an import or the start of the service fills them.
Nothing guards them, for nothing rests on them: they can be emptied at any time and are made again.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables and their indexes."""
    _create_standings()
    _create_links()
    op.create_table(
        "standing_stamp",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("sequence", _KEY, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("filled", _KEY),
    )
    op.create_index("ix_documents_state", "documents", ["state"])
    backups = sa.text("action = 'backup'")
    op.create_index("ix_journal_backups", "journal", ["sequence"], sqlite_where=backups, postgresql_where=backups)


def downgrade() -> None:
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _create_standings() -> None:
    op.create_table(
        "standings",
        _document(),
        *_place(),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attribute", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("kind", sa.Text),
        sa.Column("urgency", sa.Text, nullable=False),
        sa.Column("waits", sa.Integer, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("declared_by", sa.Text),
        sa.Column("confirmed", sa.Integer, nullable=False),
        sa.Column("pending", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Integer) for name in ("publish_by", "reexamine_by", "interpret_by")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("doubts", "corrected")),
        sa.Column("policy_kind", sa.Text),
        *(sa.Column(name, sa.Integer) for name in ("publish_days", "interpret_days")),
        sa.Column("provisional", sa.Integer, nullable=False),
        _of_document("standings"),
    )
    op.create_index("ix_standings_counted", "standings", ["unit", "year", "kind", "urgency"])
    op.create_index("ix_standings_waits", "standings", ["waits", "publish_by", "reexamine_by", "unit", "year"])
    op.create_index("ix_standings_choices", "standings", ["unit", "year", "genre", "reason", "waits"])
    doubted = ["doubts", "corrected", "unit", "year", "quarter", "genre", "document_id"]
    op.create_index("ix_standings_doubts", "standings", doubted)
    for name in ("genre", "quarter", "policy_kind"):
        op.create_index(f"ix_standings_{name}", "standings", [name, "kind", "urgency", "year", "unit"])
    uninterpreted = sa.text("waits & 256 != 0")
    op.create_index(
        "ix_standings_uninterpreted",
        "standings",
        ["interpret_by", "document_id", "unit", "year"],
        sqlite_where=uninterpreted,
        postgresql_where=uninterpreted,
    )
    for name in ("urgency", "recorded_by", "declared_by"):
        op.create_index(f"ix_standings_{name}", "standings", [name, "document_id"])


def _create_links() -> None:
    op.create_table(
        "standing_links",
        _document(),
        sa.Column("interpretation_id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        *_place(),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("policy_kind", sa.Text),
        _of_document("standing_links"),
    )
    counted = ["unit", "interpretation_id", "kind", "year"]
    op.create_index("ix_standing_links_counted", "standing_links", counted)
    for name in ("genre", "quarter", "policy_kind"):
        columns = [name, "interpretation_id", "kind", "year", "unit"]
        op.create_index(f"ix_standing_links_{name}", "standing_links", columns)
    op.create_index("ix_standing_links_year", "standing_links", ["year", "interpretation_id", "kind", "unit"])
    once = ["interpretation_id", "kind", "document_id", "unit", "year"]
    op.create_index("ix_standing_links_interpretation", "standing_links", once)


def _document() -> "sa.Column[Any]":
    return sa.Column("document_id", _KEY, primary_key=True, autoincrement=False, nullable=False)


def _place() -> "tuple[sa.Column[Any], ...]":
    return (
        sa.Column("unit", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("quarter", sa.Integer),
        sa.Column("genre", sa.Text),
    )


def _of_document(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["document_id"], ["documents.id"], name=op.f(f"fk_{table}_document"), ondelete="CASCADE"
    )
