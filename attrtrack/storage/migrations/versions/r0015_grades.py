"""Grades as people decide them, the days of visits, and the tasks that follow from both."""

import sqlalchemy as sa
from alembic import op

from attrtrack.storage.migrations.guards_0015_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0015_sqlite import SQLITE_TRIGGERS

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, then the triggers."""
    _create_grade_decisions()
    _create_assessment_acts()
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


def _said(column: str, table: str) -> sa.CheckConstraint:
    return _check(f"ltrim({column}, '{_BLANKS}') <> ''", f"ck_{table}_{column}")


def _assessed() -> "list[sa.Column[object]]":
    return [
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("scheme", sa.Text, nullable=False),
    ]


def _create_grade_decisions() -> None:
    table = "grade_decisions"
    op.create_table(
        table,
        *_assessed(),
        sa.Column("rules_version", sa.Text, nullable=False),
        sa.Column("proposed", sa.Text),
        sa.Column("total", sa.Text, nullable=False),
        sa.Column("lowest", sa.Text, nullable=False),
        sa.Column("grade", sa.Text),
        sa.Column("rectify", sa.Boolean, nullable=False),
        sa.Column("mend_by", sa.Date),
        sa.Column("because", sa.Text),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.Text, nullable=False),
        _check("year BETWEEN 1949 AND 2999", "ck_grade_decisions_year"),
        _check(f"grade IS NULL OR ltrim(grade, '{_BLANKS}') <> ''", "ck_grade_decisions_grade"),
        _check(
            "(grade IS NOT NULL AND proposed IS NOT NULL AND grade = proposed) "
            f"OR (because IS NOT NULL AND ltrim(because, '{_BLANKS}') <> '')",
            "ck_grade_decisions_because",
        ),
        _check("grade IS NOT NULL OR NOT rectify", "ck_grade_decisions_rectify"),
        _check("mend_by IS NULL OR rectify", "ck_grade_decisions_mend_by"),
        _said("unit", table),
        _said("scheme", table),
        _said("decided_by", table),
    )
    op.create_index("ix_grade_decisions_unit", table, ["unit", "year", "scheme", "id"])


def _create_assessment_acts() -> None:
    table = "assessment_acts"
    op.create_table(
        table,
        *_assessed(),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("visit_on", sa.Date),
        sa.Column("notify_by", sa.Date),
        sa.Column("visit_id", _KEY),
        sa.Column("decision_id", _KEY),
        sa.Column("note", sa.Text),
        sa.Column("acted_by", sa.Text, nullable=False),
        sa.Column("acted_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["assessment_acts.id"], name=op.f("fk_assessment_acts_visit")),
        sa.ForeignKeyConstraint(["decision_id"], ["grade_decisions.id"], name=op.f("fk_assessment_acts_decision")),
        _check("year BETWEEN 1949 AND 2999", "ck_assessment_acts_year"),
        _check("act IN ('visit', 'done', 'reopen')", "ck_assessment_acts_act"),
        _check(
            "(act = 'visit') = (visit_on IS NOT NULL) AND (act = 'visit') = (notify_by IS NOT NULL)",
            "ck_assessment_acts_days",
        ),
        _check(
            "(act = 'visit') = (visit_id IS NULL AND decision_id IS NULL) AND (visit_id IS NULL OR decision_id IS NULL)",
            "ck_assessment_acts_task",
        ),
        _check(
            f"act = 'visit' OR (note IS NOT NULL AND ltrim(note, '{_BLANKS}') <> '')",
            "ck_assessment_acts_note",
        ),
        _said("unit", table),
        _said("scheme", table),
        _said("acted_by", table),
    )
    op.create_index("ix_assessment_acts_unit", table, ["unit", "year", "scheme", "id"])
    op.create_index("ix_assessment_acts_visit", table, ["visit_id", "id"])
    op.create_index("ix_assessment_acts_decision", table, ["decision_id", "id"])
