"""Learning from decisions: corrections of assessors, precedents, and the hashes by which like documents are found."""

import sqlalchemy as sa
from alembic import op

from attrtrack.storage.migrations.guards_0002_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0002_sqlite import SQLITE_TRIGGERS

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ATTRIBUTES = "('proactive', 'on_request', 'withheld')"


def upgrade() -> None:
    """Create the tables, then the triggers of the database at hand."""
    _create_corrections()
    _create_precedents()
    op.create_table(
        "precedent_hashes",
        sa.Column("hash", sa.BigInteger, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("corrected", sa.Boolean, primary_key=True, nullable=False),
        sa.Column("precedent_id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sqlite_with_rowid=False,
    )
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        for statement in SQLITE_TRIGGERS.values():
            bind.exec_driver_sql(statement)
        return
    schema = bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in FUNCTIONS.values():
        bind.exec_driver_sql(statement.replace("@schema@", schema))
    for name, statement in POSTGRESQL_TRIGGERS.items():
        bind.exec_driver_sql(statement)
        table = statement.split(" ON ", 1)[1].split()[0]
        bind.exec_driver_sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def downgrade() -> None:
    """Refuse: going back would throw corrections and precedents away."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _create_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("attribute", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("corrected_by", sa.Text, nullable=False),
        sa.Column("corrected_at", sa.Text, nullable=False),
        sa.Column("rules_version", sa.Text, nullable=False),
        sa.Column("superseded_at", sa.Text),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_corrections_document")),
        sa.CheckConstraint(f"attribute IN {_ATTRIBUTES}", name=op.f("ck_corrections_attribute")),
        sa.CheckConstraint(f"ltrim(corrected_by, '{_BLANKS}') <> ''", name=op.f("ck_corrections_corrected_by")),
    )
    op.create_index("ix_corrections_document", "corrections", ["document_id", "id"])
    _create_live_index("corrections")


def _create_precedents() -> None:
    op.create_table(
        "precedents",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("attribute", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("sketch", sa.JSON, nullable=False),
        sa.Column("opposed", sa.Boolean, nullable=False),
        sa.Column("rules", sa.JSON, nullable=False),
        sa.Column("taught_by", sa.Text, nullable=False),
        sa.Column("taught_at", sa.Text, nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("resolved_by", sa.Text),
        sa.Column("resolved_at", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("superseded_at", sa.Text),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_precedents_document")),
        sa.CheckConstraint("source IN ('decision', 'correction')", name=op.f("ck_precedents_source")),
        sa.CheckConstraint(f"attribute IN {_ATTRIBUTES}", name=op.f("ck_precedents_attribute")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_precedents_weight")),
        sa.CheckConstraint("standing IN ('teaching', 'conflict', 'set_aside')", name=op.f("ck_precedents_standing")),
        sa.CheckConstraint(
            "resolved_by IS NOT NULL OR standing = 'conflict' OR (standing = 'teaching' AND NOT opposed)",
            name=op.f("ck_precedents_resolved"),
        ),
    )
    op.create_index("ix_precedents_document", "precedents", ["document_id", "id"])
    op.create_index("ix_precedents_standing", "precedents", ["standing", "id"])
    _create_live_index("precedents")


def _create_live_index(table: str) -> None:
    op.create_index(
        f"uq_{table}_live",
        table,
        ["document_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
