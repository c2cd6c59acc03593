"""Tables of what people decide in an assessment, on the register's `metadata`: grades, visits, tasks that are done."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Table

from attrtrack.storage.columns import Moment, RecordKey
from attrtrack.storage.tables import BLANKS, metadata


def _said(column: str, table: str) -> CheckConstraint:
    return CheckConstraint(f"ltrim({column}, '{BLANKS}') <> ''", name=f"ck_{table}_{column}")


grade_decisions = Table(
    "grade_decisions",
    metadata,
    Column("id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("unit", sa.Text, nullable=False),
    Column("year", sa.Integer, nullable=False),
    Column("scheme", sa.Text, nullable=False),
    Column("rules_version", sa.Text, nullable=False),
    Column("proposed", sa.Text),
    Column("total", sa.Text, nullable=False),
    Column("lowest", sa.Text, nullable=False),
    Column("grade", sa.Text),
    Column("rectify", sa.Boolean, nullable=False),
    Column("mend_by", sa.Date),
    Column("because", sa.Text),
    Column("decided_by", sa.Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    CheckConstraint("year BETWEEN 1949 AND 2999", name="ck_grade_decisions_year"),
    CheckConstraint(f"grade IS NULL OR ltrim(grade, '{BLANKS}') <> ''", name="ck_grade_decisions_grade"),
    CheckConstraint(
        "(grade IS NOT NULL AND proposed IS NOT NULL AND grade = proposed) "
        f"OR (because IS NOT NULL AND ltrim(because, '{BLANKS}') <> '')",
        name="ck_grade_decisions_because",
    ),
    CheckConstraint("grade IS NOT NULL OR NOT rectify", name="ck_grade_decisions_rectify"),
    CheckConstraint("mend_by IS NULL OR rectify", name="ck_grade_decisions_mend_by"),
    _said("unit", "grade_decisions"),
    _said("scheme", "grade_decisions"),
    _said("decided_by", "grade_decisions"),
    Index("ix_grade_decisions_unit", "unit", "year", "scheme", "id"),
)
"""Grades (等次) as decided, appended only: the newest of a unit, year and scheme counts, one without grade takes it back."""

assessment_acts = Table(
    "assessment_acts",
    metadata,
    Column("id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("unit", sa.Text, nullable=False),
    Column("year", sa.Integer, nullable=False),
    Column("scheme", sa.Text, nullable=False),
    Column("act", sa.Text, nullable=False),
    Column("visit_on", sa.Date),
    Column("notify_by", sa.Date),
    Column("visit_id", RecordKey),
    Column("decision_id", RecordKey),
    Column("note", sa.Text),
    Column("acted_by", sa.Text, nullable=False),
    Column("acted_at", Moment, nullable=False),
    ForeignKeyConstraint(["visit_id"], ["assessment_acts.id"], name="fk_assessment_acts_visit"),
    ForeignKeyConstraint(["decision_id"], ["grade_decisions.id"], name="fk_assessment_acts_decision"),
    CheckConstraint("year BETWEEN 1949 AND 2999", name="ck_assessment_acts_year"),
    CheckConstraint("act IN ('visit', 'done', 'reopen')", name="ck_assessment_acts_act"),
    CheckConstraint(
        "(act = 'visit') = (visit_on IS NOT NULL) AND (act = 'visit') = (notify_by IS NOT NULL)",
        name="ck_assessment_acts_days",
    ),
    CheckConstraint(
        "(act = 'visit') = (visit_id IS NULL AND decision_id IS NULL) AND (visit_id IS NULL OR decision_id IS NULL)",
        name="ck_assessment_acts_task",
    ),
    CheckConstraint(
        f"act = 'visit' OR (note IS NOT NULL AND ltrim(note, '{BLANKS}') <> '')", name="ck_assessment_acts_note"
    ),
    _said("unit", "assessment_acts"),
    _said("scheme", "assessment_acts"),
    _said("acted_by", "assessment_acts"),
    Index("ix_assessment_acts_unit", "unit", "year", "scheme", "id"),
    Index("ix_assessment_acts_visit", "visit_id", "id"),
    Index("ix_assessment_acts_decision", "decision_id", "id"),
)
"""When units are visited, and what was said of the tasks of visits and decisions: done, or open again; appended only."""
