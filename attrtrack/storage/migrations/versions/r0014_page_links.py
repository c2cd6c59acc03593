"""The links of the pages of documents and interpretations, and an index by which a document is found by its address.

An address may be longer than a sorted index of PostgreSQL takes: there it is one of digests.
"""

import sqlalchemy as sa
from alembic import op

from attrtrack.storage.migrations.guards_0014_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0014_sqlite import SQLITE_TRIGGERS

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table and the indexes, then the triggers."""
    _create_page_links()
    op.create_index("ix_publications_url", "publications", ["url"], postgresql_using="hash")
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
        bind.exec_driver_sql(f"ALTER TABLE page_links ENABLE ALWAYS TRIGGER {name}")


def downgrade() -> None:
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _create_page_links() -> None:
    op.create_table(
        "page_links",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY),
        sa.Column("interpretation_id", _KEY),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("links", sa.JSON, nullable=False),
        sa.Column("read_by", sa.Text, nullable=False),
        sa.Column("read_at", sa.Text, nullable=False),
        _reference("document_id", "documents.id", "fk_page_links_document"),
        _reference("interpretation_id", "interpretations.id", "fk_page_links_interpretation"),
        _check("(document_id IS NULL) <> (interpretation_id IS NULL)", "ck_page_links_owner"),
        _check(f"ltrim(address, '{_BLANKS}') <> ''", "ck_page_links_address"),
        _check(f"ltrim(read_by, '{_BLANKS}') <> ''", "ck_page_links_read_by"),
    )
    op.create_index("ix_page_links_document", "page_links", ["document_id", "id"])
    op.create_index("ix_page_links_interpretation", "page_links", ["interpretation_id", "id"])


def _check(condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(name))


def _reference(column: str, target: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(name))
