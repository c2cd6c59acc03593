"""States of review, gate decisions with their input, secrecy reviews, re-examination.

SQLite cannot change a CHECK or drop NOT NULL: the stored statement of the two tables is put right in `sqlite_master`
(https://www.sqlite.org/lang_altertable.html, section 7, the way for changes that leave what is on disk as it is), so that
no table is rebuilt and triggers and foreign keys stay.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

from attrtrack.storage.migrations.guards_0006_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0006_sqlite import REPLACED, SQLITE_TRIGGERS

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ATTRIBUTES = "('proactive', 'on_request', 'withheld')"
_STATES = ("state IN ('draft', 'declared', 'signed', 'published', 'issued_elsewhere')",
    "state IN ('draft', 'declared', 'reviewed', 'returned', 'signed', 'published', 'withdrawn', 'issued_elsewhere')")  # fmt: skip
_OUTCOME = (
    "outcome IS NULL OR (outcome = 'blocked' AND gravest IS NOT NULL AND gravest = 'block') "
    "OR (outcome = 'passed' AND (gravest IS NULL OR gravest <> 'block'))"
)
_ACT = "act IS NULL OR act IN ('record', 'declare', 'review', 'sign', 'publish', 'gate')"


def upgrade() -> None:
    """Widen states and evaluations, create the tables, then the triggers of the database at hand."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        _reword(bind, "documents", *_STATES)
        _reword(bind, "evaluations", "document_id INTEGER NOT NULL", "document_id INTEGER")
        _read_again(bind)
    else:
        op.drop_constraint("ck_documents_state", "documents")
        op.create_check_constraint("ck_documents_state", "documents", _STATES[1])
        op.alter_column("evaluations", "document_id", nullable=True)
    _add_columns(bind)
    _create_reviews()
    _create_secrecy_reviews()
    _create_opinions()
    _create_withdrawals()
    _create_reexaminations()
    _guard(bind)


def downgrade() -> None:
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _reword(bind: Connection, table: str, former: str, present: str) -> None:
    stored = bind.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).scalar_one()
    if stored.count(former) != 1:
        raise RuntimeError(f"table {table} is not as revision 0005 made it")
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    words = (stored.replace(former, present), table)
    bind.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", words)


def _read_again(bind: Connection) -> None:
    """Let this connection and, by the new number, every other one read the schema anew."""
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql(f"PRAGMA schema_version = {int(version) + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")


def _add_columns(bind: Connection) -> None:
    key = "INTEGER" if bind.dialect.name == "sqlite" else "BIGINT"
    referring = "CONSTRAINT {name} REFERENCES {table} (id)".format
    for table, column in (
        ("declarations", "because TEXT"),
        ("evaluations", "code TEXT"),
        ("evaluations", f"act TEXT CONSTRAINT ck_evaluations_act CHECK ({_ACT})"),
        ("evaluations", f"outcome TEXT CONSTRAINT ck_evaluations_outcome CHECK ({_OUTCOME})"),
        ("evaluations", f"declaration_id {key} {referring(name='fk_evaluations_declaration', table='declarations')}"),
        ("evaluations", "unit TEXT"),
        ("evaluations", "input JSON"),
        ("evaluations", "model_version TEXT"),
        ("evaluations", "evaluated_by TEXT"),
        ("decisions", "because TEXT"),
        ("decisions", f"evaluation_id {key} {referring(name='fk_decisions_evaluation', table='evaluations')}"),
    ):
        bind.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.create_index("uq_evaluations_code", "evaluations", ["code"], unique=True)


def _id() -> "sa.Column[int]":
    return sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False)


def _document(table: str, *, primary: bool = False) -> "tuple[sa.Column[int], sa.ForeignKeyConstraint]":
    return (
        sa.Column("document_id", _KEY, primary_key=primary, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f(f"fk_{table}_document")),
    )


def _declaration(table: str) -> "tuple[sa.Column[int], sa.ForeignKeyConstraint]":
    return (
        sa.Column("declaration_id", _KEY, nullable=False),
        sa.ForeignKeyConstraint(["declaration_id"], ["declarations.id"], name=op.f(f"fk_{table}_declaration")),
    )


def _said(column: str, table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"ltrim({column}, '{_BLANKS}') <> ''", name=op.f(f"ck_{table}_{column}"))


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        _id(),
        *_document("reviews"),
        *_declaration("reviews"),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("attribute", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("comment", sa.Text),
        sa.Column("reviewed_by", sa.Text, nullable=False),
        sa.Column("reviewed_at", sa.Text, nullable=False),
        sa.CheckConstraint("result IN ('agree', 'return', 'dispute')", name=op.f("ck_reviews_result")),
        sa.CheckConstraint(f"attribute IS NULL OR attribute IN {_ATTRIBUTES}", name=op.f("ck_reviews_attribute")),
        sa.CheckConstraint("(result = 'dispute') = (attribute IS NOT NULL)", name=op.f("ck_reviews_dispute")),
        sa.CheckConstraint(
            f"result <> 'return' OR (comment IS NOT NULL AND ltrim(comment, '{_BLANKS}') <> '')",
            name=op.f("ck_reviews_comment"),
        ),
        _said("reviewed_by", "reviews"),
    )
    op.create_index("ix_reviews_document", "reviews", ["document_id", "id"])


def _create_secrecy_reviews() -> None:
    op.create_table(
        "secrecy_reviews",
        _id(),
        *_document("secrecy_reviews"),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("personal_data_cleared", sa.Boolean, nullable=False),
        sa.Column("reviewed_by", sa.Text, nullable=False),
        sa.Column("reviewed_at", sa.Text, nullable=False),
        sa.CheckConstraint("result IN ('cleared', 'partly', 'refused')", name=op.f("ck_secrecy_reviews_result")),
        _said("reviewed_by", "secrecy_reviews"),
    )
    op.create_index("ix_secrecy_reviews_document", "secrecy_reviews", ["document_id", "id"])


def _create_opinions() -> None:
    op.create_table(
        "opinions",
        _id(),
        *_document("opinions"),
        *_declaration("opinions"),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.CheckConstraint("result IN ('agree', 'disagree')", name=op.f("ck_opinions_result")),
        _said("unit", "opinions"),
        _said("recorded_by", "opinions"),
    )
    op.create_index("ix_opinions_document", "opinions", ["document_id", "id"])


def _create_withdrawals() -> None:
    op.create_table(
        "withdrawals",
        *_document("withdrawals", primary=True),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("withdrawn_by", sa.Text, nullable=False),
        sa.Column("withdrawn_at", sa.Text, nullable=False),
        _said("because", "withdrawals"),
        _said("withdrawn_by", "withdrawals"),
    )


def _create_reexaminations() -> None:
    op.create_table(
        "reexaminations",
        _id(),
        *_document("reexaminations"),
        sa.Column("decision_id", _KEY, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("because", sa.Text),
        sa.Column("examined_by", sa.Text, nullable=False),
        sa.Column("examined_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_reexaminations_decision")),
        sa.CheckConstraint("act IN ('schedule', 'keep', 'change')", name=op.f("ck_reexaminations_act")),
        sa.CheckConstraint("(act = 'change') = (due IS NULL)", name=op.f("ck_reexaminations_due")),
        sa.CheckConstraint(
            f"act = 'schedule' OR (because IS NOT NULL AND ltrim(because, '{_BLANKS}') <> '')",
            name=op.f("ck_reexaminations_because"),
        ),
        _said("examined_by", "reexaminations"),
    )
    op.create_index("ix_reexaminations_document", "reexaminations", ["document_id", "id"])


def _guard(bind: Connection) -> None:
    if bind.dialect.name == "sqlite":
        for name in REPLACED:
            bind.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in SQLITE_TRIGGERS.values():
            bind.exec_driver_sql(statement)
        return
    schema = bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in FUNCTIONS.values():
        bind.exec_driver_sql(statement.replace("@schema@", schema).replace("%", "%%"))
    for name, statement in POSTGRESQL_TRIGGERS.items():
        bind.exec_driver_sql(statement)
        table = statement.split(" ON ", 1)[1].split()[0]
        bind.exec_driver_sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
