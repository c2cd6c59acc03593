"""Exports as jobs: a further kind, and the table of the files that jobs make.

On SQLite the stored statement of the table of jobs is put right, as in revision 0012.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

from attrtrack.storage.migrations.guards_0016_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0016_sqlite import KINDS, SQLITE_TRIGGERS

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Admit the kind, create the table, then the triggers."""
    _create_job_products()
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        _reword(bind)
        for statement in SQLITE_TRIGGERS.values():
            bind.exec_driver_sql(statement)
        return
    op.drop_constraint("ck_jobs_kind", "jobs")
    op.create_check_constraint("ck_jobs_kind", "jobs", KINDS[1])
    schema = bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in FUNCTIONS.values():
        bind.exec_driver_sql(statement.replace("@schema@", schema))
    for name, statement in POSTGRESQL_TRIGGERS.items():
        bind.exec_driver_sql(statement)
        bind.exec_driver_sql(f"ALTER TABLE job_products ENABLE ALWAYS TRIGGER {name}")


def downgrade() -> None:
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _create_job_products() -> None:
    op.create_table(
        "job_products",
        sa.Column("job_id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_products_job")),
        sa.CheckConstraint("place >= 0", name=op.f("ck_job_products_place")),
    )
    op.create_index("ix_job_products_made", "job_products", ["made_at"])


def _reword(bind: Connection) -> None:
    stored = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'jobs'").scalar_one()
    if stored.count(KINDS[0]) != 1:
        raise RuntimeError("table jobs is not as revision 0007 made it")
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    words = (stored.replace(*KINDS),)
    bind.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'jobs'", words)
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql(f"PRAGMA schema_version = {int(version) + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")
