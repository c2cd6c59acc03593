"""Questions to the register; the answers are frozen rows, long ones stream."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.measures import MeasuredDocument
from attrtrack.domain.register import (
    DecidedDocument,
    DeclaredDocument,
    OverviewRow,
    RecordedInterpretation,
    YearListRow,
)
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.decided import decided_documents
from attrtrack.storage.declared import declared_documents
from attrtrack.storage.evaluations import of_the_text
from attrtrack.storage.identifiers import document_id, document_key
from attrtrack.storage.mapping import interpretation_of
from attrtrack.storage.measured import measured_documents
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.selection import attribute_in_force, chosen, judged, newest
from attrtrack.storage.structures import attribute_of, findings_of
from attrtrack.storage.tables import documents, evaluations, interpretations, links
from attrtrack.storage.transaction import Transaction
from attrtrack.storage.yearlist import year_list


class Queries:
    """What pages, measures and lists ask."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def measured_documents(
        self, unit: str | None = None, year: int | None = None, as_of: dt.date | None = None
    ) -> Iterator[MeasuredDocument]:
        """Yield the documents of a unit and year as the measures see them (see `measured`)."""
        return measured_documents(self._transaction, unit, year, as_of=as_of)

    def decided_documents(self, unit: str | None = None, year: int | None = None) -> Iterator[DecidedDocument]:
        """Yield the documents of a unit and year that are decided on, with their texts (see `decided`)."""
        return decided_documents(self._transaction, unit, year)

    def declared_documents(self, unit: str | None = None, year: int | None = None) -> Iterator[DeclaredDocument]:
        """Yield the documents of a unit and year with the attribute in force and their texts (see `declared`)."""
        return declared_documents(self._transaction, unit, year)

    def year_list(self, unit: str | None = None, year: int | None = None) -> Iterator[YearListRow]:
        """Yield the rows of the year's list (see `yearlist`)."""
        return year_list(self._transaction, unit, year)

    def overview(
        self, unit: str | None = None, year: int | None = None, *, limit: int = 50, offset: int = 0
    ) -> list[OverviewRow]:
        """Return a page of documents, newest entry first, each with what the gate last found on it."""
        query = _overview().where(*chosen(unit, year)).order_by(documents.c.id.desc()).limit(limit).offset(offset)
        return [_overview_row(row) for row in self._transaction.rows(query)]

    def overview_of(self, document_ids: Sequence[str]) -> list[OverviewRow]:
        """Return the overview of some documents in the order given; for as many as a page shows."""
        found: dict[str, OverviewRow] = {}
        for part in parts_of(document_ids):
            query = _overview().where(documents.c.id.in_([document_key(identifier) for identifier in part]))
            found.update((row.id, row) for row in map(_overview_row, self._transaction.rows(query)))
        return [found[identifier] for identifier in document_ids]

    def count_by_state(self, unit: str | None = None, year: int | None = None) -> dict[State, int]:
        """Count documents by state; states that no document is in are left out."""
        query = sa.select(documents.c.state, sa.func.count()).where(*chosen(unit, year)).group_by(documents.c.state)
        return {State(state): count for state, count in self._transaction.rows(query)}

    def count_by_attribute(
        self, unit: str | None = None, year: int | None = None
    ) -> dict[DisclosureAttribute | None, int]:
        """Count documents by the attribute in force; None counts those of which nobody has said."""
        attribute = attribute_in_force().label("attribute")
        query = (
            sa.select(attribute, sa.func.count()).select_from(judged()).where(*chosen(unit, year)).group_by(attribute)
        )
        return {attribute_of(value): count for value, count in self._transaction.rows(query)}

    def awaiting_judgement(
        self, unit: str | None = None, year: int | None = None, *, limit: int = 50, offset: int = 0
    ) -> list[RecordedInterpretation]:
        """Return interpretations that have a pending link, in order of entry."""
        pending = sa.exists().where(
            links.c.interpretation_id == interpretations.c.id, links.c.judgement == Judgement.PENDING.value
        )
        query = sa.select(interpretations).where(pending).order_by(interpretations.c.id).limit(limit).offset(offset)
        if unit is not None:
            query = query.where(interpretations.c.unit == unit)
        if year is not None:
            query = query.where(interpretations.c.year == year)
        return [interpretation_of(row) for row in self._transaction.rows(query)]

    def units(self) -> list[str]:
        """Return every unit that has a document, in order of name."""
        query = sa.select(documents.c.unit).where(documents.c.unit.is_not(None)).distinct().order_by(documents.c.unit)
        return [row.unit for row in self._transaction.rows(query)]

    def years(self) -> list[int]:
        """Return every year that has a document, oldest first."""
        query = sa.select(documents.c.year).where(documents.c.year.is_not(None)).distinct().order_by(documents.c.year)
        return [row.year for row in self._transaction.rows(query)]


def _overview() -> "sa.Select[Any]":
    return sa.select(
        *(documents.c[name] for name in ("id", "title", "number", "state", "attribute_asked")),
        attribute_in_force().label("attribute"),
        evaluations.c.findings,
    ).select_from(judged().outerjoin(evaluations, evaluations.c.id == newest(evaluations, of_the_text())))


def _overview_row(row: AnyRow) -> OverviewRow:
    return OverviewRow(
        id=document_id(row.id),
        title=row.title,
        number=row.number,
        state=State(row.state),
        attribute=attribute_of(row.attribute),
        findings=findings_of(row.findings or ()),
        attribute_asked=row.attribute_asked,
    )
