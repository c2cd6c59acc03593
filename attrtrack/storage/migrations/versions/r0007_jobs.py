"""Long work with its progress, and the answers kept for idempotency keys; on PostgreSQL the queue that wakes workers."""

import sqlalchemy as sa
from alembic import op

from attrtrack.storage.migrations.guards_0007_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0007_sqlite import REPLACED, SQLITE_TRIGGERS
from attrtrack.storage.queue_schema import create_queue

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Create the tables, then the triggers, then the queue's own schema."""
    _create_jobs()
    _create_job_files()
    _create_idempotency_keys()
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        for name in REPLACED:
            bind.exec_driver_sql(f"DROP TRIGGER {name}")
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
    create_queue(bind)


def downgrade() -> None:
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _check(condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(name))


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("parameters", _JSON, nullable=False),
        sa.Column("access", _JSON, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("started_by", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("done", _KEY, nullable=False),
        sa.Column("total", _KEY),
        sa.Column("message", sa.Text),
        sa.Column("cursor", _JSON),
        sa.Column("result", _JSON),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("fruitless", sa.Integer, nullable=False),
        sa.Column("holder", sa.Text),
        sa.Column("heartbeat_at", sa.Text),
        sa.Column("taken_at", sa.Text),
        sa.Column("done_when_taken", _KEY, nullable=False),
        sa.Column("started_at", sa.Text),
        sa.Column("finished_at", sa.Text),
        sa.Column("cancel_asked_by", sa.Text),
        _check("kind IN ('import-ledger', 'import-pages', 're-propose', 're-link', 'audit')", "ck_jobs_kind"),
        _check("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", "ck_jobs_state"),
        _check("(state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)", "ck_jobs_finished"),
        _check("(state = 'running') = (holder IS NOT NULL)", "ck_jobs_holder"),
        _check("holder IS NULL OR heartbeat_at IS NOT NULL", "ck_jobs_heartbeat"),
        _check("done >= 0 AND attempts >= 0 AND fruitless >= 0", "ck_jobs_counts"),
        _check(f"ltrim(started_by, '{_BLANKS}') <> ''", "ck_jobs_started_by"),
    )
    op.create_index("ix_jobs_state", "jobs", ["state", "id"])


def _create_job_files() -> None:
    op.create_table(
        "job_files",
        sa.Column("job_id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", _KEY, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_files_job")),
        _check("place >= 0 AND size >= 0", "ck_job_files_place"),
    )


def _create_idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("actor", sa.Text, primary_key=True, nullable=False),
        sa.Column("key", sa.Text, primary_key=True, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("begun_at", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("answer", sa.Text),
        sa.Column("etag", sa.Text),
        _check("(status IS NULL) = (answer IS NULL)", "ck_idempotency_keys_answer"),
    )
    op.create_index("ix_idempotency_keys_begun", "idempotency_keys", ["begun_at"])
