"""The files as they came, and the public versions with a reason for each cut."""

import sqlalchemy as sa
from alembic import op

from attrtrack.storage.migrations.guards_0011_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0011_sqlite import SQLITE_TRIGGERS

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, then the triggers."""
    _create_cuts()
    _create_kept_files()
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
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _check(condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(name))


def _reference(column: str, target: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(name))


def _create_cuts() -> None:
    op.create_table(
        "cuts",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("starts", sa.Integer),
        sa.Column("ends", sa.Integer),
        sa.Column("undoes", _KEY),
        sa.Column("reason", sa.Text),
        sa.Column("because", sa.Text),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        _reference("document_id", "documents.id", "fk_cuts_document"),
        _reference("undoes", "cuts.id", "fk_cuts_undoes"),
        _check("undoes IS NOT NULL OR (starts >= 0 AND ends > starts)", "ck_cuts_place"),
        _check("(undoes IS NULL) = (starts IS NOT NULL AND ends IS NOT NULL)", "ck_cuts_undoes"),
        _check(
            f"undoes IS NOT NULL OR (reason IS NOT NULL AND ltrim(reason, '{_BLANKS}') <> '')",
            "ck_cuts_reason",
        ),
        _check(f"ltrim(made_by, '{_BLANKS}') <> ''", "ck_cuts_made_by"),
    )
    op.create_index("ix_cuts_document", "cuts", ["document_id", "id"])


def _create_kept_files() -> None:
    op.create_table(
        "kept_files",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("size", _KEY, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("cut_id", _KEY),
        sa.Column("kept_by", sa.Text, nullable=False),
        sa.Column("kept_at", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        _reference("document_id", "documents.id", "fk_kept_files_document"),
        _reference("cut_id", "cuts.id", "fk_kept_files_cut"),
        _check("kind IN ('original', 'public')", "ck_kept_files_kind"),
        _check("(kind = 'public') = (cut_id IS NOT NULL)", "ck_kept_files_cut"),
        _check("size = length(content) AND size BETWEEN 1 AND 26214400", "ck_kept_files_size"),
        _check("length(sha256) = 64", "ck_kept_files_sha256"),
        _check(f"ltrim(kept_by, '{_BLANKS}') <> ''", "ck_kept_files_kept_by"),
    )
    op.create_index("ix_kept_files_document", "kept_files", ["document_id", "id"])
