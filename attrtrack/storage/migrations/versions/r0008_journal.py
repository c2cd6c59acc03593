"""The journal written by triggers of every table, chained by hash, with its origin; rows that are there already are adopted.

An entry `adopt` with a digest is written for each row of an older register, so that from here on every row can be compared
with its entry. Entries of earlier revisions stay as they are: they have no origin, and their hash covers eight fields.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

from attrtrack.storage.engine import act
from attrtrack.storage.migrations import guards_0008_postgresql as postgresql
from attrtrack.storage.migrations import guards_0008_sqlite as sqlite
from attrtrack.storage.migrations.told_0008 import TOLD, Told

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Give the journal its origin, put the triggers in place, adopt what is there."""
    bind = op.get_bind()
    _create_algorithms()
    if bind.dialect.name == "sqlite":
        _renew_journal_of_sqlite(bind)
        bind.exec_driver_sql(sqlite.ACTS)
        for statement in sqlite.SQLITE_TRIGGERS.values():
            bind.exec_driver_sql(statement)
    else:
        op.add_column("journal", sa.Column("origin", sa.Text))
        op.drop_constraint("uq_journal_previous_hash", "journal")
        _guard_postgresql(bind)
    act(bind, "system", "db upgrade", now=None)
    for told in TOLD:
        _adopt(bind, told)


def downgrade() -> None:
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _create_algorithms() -> None:
    op.create_table(
        "journal_algorithms",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("algorithm", sa.Text, nullable=False),
        sa.Column("set_at", sa.Text, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.CheckConstraint("algorithm IN ('sha256', 'sm3')", name=op.f("ck_journal_algorithms_algorithm")),
    )


def _renew_journal_of_sqlite(bind: Connection) -> None:
    """Make the table anew: SQLite cannot drop a constraint. Triggers elsewhere that read it are put back as they were."""
    found = bind.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%journal%'")
    elsewhere = [(row[0], row[1]) for row in found if row[0] not in (*sqlite.REPLACED, *sqlite.GONE)]
    for name, _ in elsewhere:
        bind.exec_driver_sql(f"DROP TRIGGER {name}")
    for name in (*sqlite.REPLACED, *sqlite.GONE):
        bind.exec_driver_sql(f"DROP TRIGGER {name}")
    op.create_table("journal_anew", *_journal_columns())
    bind.exec_driver_sql("INSERT INTO journal_anew SELECT *, NULL FROM journal ORDER BY sequence")
    bind.exec_driver_sql("DROP TABLE journal")
    bind.exec_driver_sql("ALTER TABLE journal_anew RENAME TO journal")
    op.create_index("ix_journal_subject", "journal", ["subject", "sequence"])
    for _, statement in elsewhere:
        bind.exec_driver_sql(statement)


def _journal_columns() -> "tuple[sa.Column[Any] | sa.CheckConstraint, ...]":
    texts = ("at", "actor", "action", "subject", "outcome", "detail", "previous_hash", "hash")
    return (
        sa.Column("sequence", _KEY, primary_key=True, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("origin", sa.Text),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_journal_sequence")),
        sa.CheckConstraint("length(hash) = 64 AND length(previous_hash) = 64", name=op.f("ck_journal_hash")),
    )


def _guard_postgresql(bind: Connection) -> None:
    schema = bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    bind.exec_driver_sql(postgresql.ACTS)
    for statement in postgresql.FUNCTIONS.values():
        bind.exec_driver_sql(statement.replace("@schema@", schema))
    for name, table in postgresql.REPLACED.items():
        bind.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
    for name, statement in postgresql.POSTGRESQL_TRIGGERS.items():
        bind.exec_driver_sql(statement)
        table = statement.split(" ON ", 1)[1].split()[0]
        bind.exec_driver_sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def _adopt(bind: Connection, told: Told) -> None:
    if told.bare:
        return
    module = sqlite if bind.dialect.name == "sqlite" else postgresql
    digest = f"attrtrack_hash('sha256', {module.image(told, told.table)})"
    row, subject = told.row(told.table), told.subject.format(row=told.table)
    bind.exec_driver_sql(
        "INSERT INTO journal_acts (action, subject, outcome, detail) "  # noqa: S608 - names of the migration only
        f"""SELECT 'adopt', {subject}, 'done', '{{"row":"' || {row} || '","digest":"' || {digest} || '"}}' """
        f"FROM {told.table} ORDER BY {', '.join(told.key)}"
    )
