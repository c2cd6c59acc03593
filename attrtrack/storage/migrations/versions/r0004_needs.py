"""Which documents need an interpretation: the rules' proposal beside what a ledger states, and what a person decides.

Until here one column held a ledger's word and the rules' alike. Of documents recorded from files it was always the rules':
it becomes their proposal. Of documents from ledgers nobody can tell, so it stands, marked as of unrecorded origin.
"""

import sqlalchemy as sa
from alembic import op

from attrtrack.storage.migrations.guards_0004_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0004_sqlite import SQLITE_TRIGGERS

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns and the table, tell the former answers apart, then create the triggers."""
    op.add_column("documents", sa.Column("need_origin", sa.Text))
    op.add_column("documents", sa.Column("need_proposed", sa.Boolean))
    op.add_column("documents", sa.Column("need_rule", sa.Text))
    _create_decisions()
    bind = op.get_bind()
    bind.exec_driver_sql(
        "UPDATE documents SET need_origin = CASE WHEN state = 'issued_elsewhere' THEN 'unrecorded' ELSE 'rule' END, "
        "need_proposed = CASE WHEN state = 'issued_elsewhere' THEN NULL ELSE needs_interpretation END, "
        "need_rule = CASE WHEN state = 'issued_elsewhere' THEN NULL ELSE 'unrecorded' END "
        "WHERE needs_interpretation IS NOT NULL"
    )
    if bind.dialect.name == "sqlite":
        for statement in SQLITE_TRIGGERS.values():
            bind.exec_driver_sql(statement)
        return
    schema = bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in FUNCTIONS.values():
        bind.exec_driver_sql(statement.replace("@schema@", schema))
    for name, statement in POSTGRESQL_TRIGGERS.items():
        bind.exec_driver_sql(statement)
        bind.exec_driver_sql(f"ALTER TABLE need_decisions ENABLE ALWAYS TRIGGER {name}")


def downgrade() -> None:
    """Refuse: going back would throw decisions away."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _create_decisions() -> None:
    op.create_table(
        "need_decisions",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("needed", sa.Boolean, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.Text, nullable=False),
        sa.Column("rules_version", sa.Text, nullable=False),
        sa.Column("superseded_at", sa.Text),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_need_decisions_document")),
        sa.CheckConstraint(f"ltrim(because, '{_BLANKS}') <> ''", name=op.f("ck_need_decisions_because")),
        sa.CheckConstraint(f"ltrim(decided_by, '{_BLANKS}') <> ''", name=op.f("ck_need_decisions_decided_by")),
    )
    op.create_index("ix_need_decisions_document", "need_decisions", ["document_id", "id"])
    op.create_index(
        "uq_need_decisions_live",
        "need_decisions",
        ["document_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
