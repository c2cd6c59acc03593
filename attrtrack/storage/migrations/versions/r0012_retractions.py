"""The office may take back its own word on a declaration: a further result of a review, refused where somebody has acted on it.

On SQLite the stored statement of the table is put right, as in revision 0006.
"""

from alembic import op
from sqlalchemy.engine import Connection

from attrtrack.storage.migrations.guards_0012_postgresql import FUNCTIONS
from attrtrack.storage.migrations.guards_0012_sqlite import REPLACED, RESULTS, SQLITE_TRIGGERS

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Admit the result and put the guards that ask for the last review in its terms."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        _reword(bind)
        for name in REPLACED:
            bind.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in SQLITE_TRIGGERS.values():
            bind.exec_driver_sql(statement)
    else:
        op.drop_constraint("ck_reviews_result", "reviews")
        op.create_check_constraint("ck_reviews_result", "reviews", RESULTS[1])
        schema = bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
        for statement in FUNCTIONS.values():
            bind.exec_driver_sql(statement.replace("@schema@", schema).replace("%", "%%"))


def downgrade() -> None:
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _reword(bind: Connection) -> None:
    stored = bind.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'reviews'"
    ).scalar_one()
    if stored.count(RESULTS[0]) != 1:
        raise RuntimeError("table reviews is not as revision 0006 made it")
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    words = (stored.replace(*RESULTS),)
    bind.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'reviews'", words)
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql(f"PRAGMA schema_version = {int(version) + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")
