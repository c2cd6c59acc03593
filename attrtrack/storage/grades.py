"""Decisions on grades: appended; the newest of a unit, year and scheme counts."""

from collections.abc import Iterator
from decimal import Decimal

import sqlalchemy as sa

from attrtrack.domain.grades import GradeDecision
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.mapping import storable
from attrtrack.storage.tables_grades import grade_decisions
from attrtrack.storage.transaction import Transaction


class Grades:
    """What people decided on the grades of units, with what was proposed at that moment."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, decision: GradeDecision) -> str:
        """Append a decision of the person acting and return its id; `id`, `decided_by` and `decided_at` are given here."""
        stated = {
            "unit": storable(decision.unit, "单位"),
            "year": decision.year,
            "scheme": decision.scheme,
            "rules_version": decision.rules_version,
            "proposed": decision.proposed,
            "total": f"{decision.total:f}",
            "lowest": f"{decision.lowest:f}",
            "grade": decision.grade,
            "rectify": decision.rectify,
            "mend_by": decision.mend_by,
            "because": storable(decision.because, "理由"),
        }
        who = {"decided_by": self._transaction.actor, "decided_at": self._transaction.now}
        return f"G{self._transaction.insert(grade_decisions, {**stated, **who})}"

    def all(
        self, *, unit: str | None = None, year: int | None = None, scheme: str | None = None
    ) -> Iterator[GradeDecision]:
        """Yield every decision in the order they were made, of one unit, year or scheme where these are given."""
        asked = {"unit": unit, "year": year, "scheme": scheme}
        conditions = [grade_decisions.c[name] == value for name, value in asked.items() if value is not None]
        query = sa.select(grade_decisions).where(*conditions).order_by(grade_decisions.c.id)
        yield from map(_decision, self._transaction.rows(query))


def _decision(row: AnyRow) -> GradeDecision:
    return GradeDecision(
        id=f"G{row.id}",
        unit=row.unit,
        year=row.year,
        scheme=row.scheme,
        rules_version=row.rules_version,
        proposed=row.proposed,
        total=Decimal(row.total),
        lowest=Decimal(row.lowest),
        grade=row.grade,
        rectify=row.rectify,
        mend_by=row.mend_by,
        because=row.because,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
