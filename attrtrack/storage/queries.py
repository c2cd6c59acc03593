"""Questions to the register; the answers are frozen rows, long ones stream."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

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
from attrtrack.storage.identifiers import document_id, document_key, interpretation_key
from attrtrack.storage.mapping import interpretation_of
from attrtrack.storage.measured import Compared, first_published, measured_documents
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.selection import attribute_in_force, chosen, in_the_register, issued, judged, newest
from attrtrack.storage.structures import attribute_of, findings_of
from attrtrack.storage.tables import documents, evaluations, interpretations, links
from attrtrack.storage.transaction import Transaction
from attrtrack.storage.yearlist import year_list


class Titled(NamedTuple):
    """By what people know a record: a document's title and number, an interpretation's title or address; and whose it is."""

    title: str | None
    number: str | None
    unit: str | None


class Queries:
    """What pages, measures and lists ask."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def measured_documents(
        self,
        unit: str | None = None,
        year: int | None = None,
        *,
        as_of: dt.date | None = None,
        compared: Compared | None = None,
    ) -> Iterator[MeasuredDocument]:
        """Yield the documents of a unit and year as the measures see them (see `measured`)."""
        return measured_documents(self._transaction, unit, year, as_of=as_of, compared=compared)

    def issued_documents(self, unit: str | None = None, year: int | None = None) -> Iterator[tuple[str, str | None]]:
        """Yield the id and unit of the documents that are measured, in order of entry."""
        query = sa.select(documents.c.id, documents.c.unit).where(*chosen(unit, year), issued())
        for row in self._transaction.stream(query.order_by(documents.c.id)):
            yield document_id(row.id), row.unit

    def issued_count(self, unit: str | None = None, year: int | None = None) -> int:
        """Count the same documents."""
        row = self._transaction.first(sa.select(sa.func.count(documents.c.id)).where(*chosen(unit, year), issued()))
        return 0 if row is None else int(row[0])

    def titles(self, *, limit: int) -> Iterator[tuple[str, str | None]]:
        """Yield title and number of documents that have a title, in order of entry."""
        query = sa.select(documents.c.title, documents.c.number).where(
            in_the_register(), documents.c.title.is_not(None)
        )
        for row in self._transaction.stream(query.order_by(documents.c.id).limit(limit)):
            yield row.title, row.number

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
        """Return the overview of some documents in the order given, of those that are there; for as many as a page shows."""
        found: dict[str, OverviewRow] = {}
        for part in parts_of(document_ids):
            query = _overview().where(documents.c.id.in_([document_key(identifier) for identifier in part]))
            found.update((row.id, row) for row in map(_overview_row, self._transaction.rows(query)))
        return [found[identifier] for identifier in document_ids if identifier in found]

    def found_by_unit(self, year: int) -> dict[str, Counter[str]]:
        """Return by unit on how many measured documents of a year each finding is, as the gate last judged them."""
        later = evaluations.alias("later")
        superseded = sa.exists().where(
            later.c.document_id == documents.c.id, later.c.id > evaluations.c.id, of_the_text(later)
        )
        query = (
            sa.select(documents.c.unit, evaluations.c.findings)
            .select_from(documents.join(evaluations, evaluations.c.document_id == documents.c.id))
            .where(*chosen(None, year), issued(), documents.c.unit.is_not(None))
            .where(evaluations.c.gravest.is_not(None), of_the_text(), ~superseded)
        )
        found = defaultdict[str, Counter[str]](Counter)
        for unit, rows in self._transaction.stream(query):
            found[unit].update({one.code for one in findings_of(rows)})
        return found

    def titles_of(self, identifiers: Sequence[str]) -> dict[str, Titled]:
        """Return title, number and unit of some documents or interpretations, by id; for as many as a page shows."""
        found: dict[str, Titled] = {}
        numbers = {document_key(one): one for one in identifiers if one.startswith("D")}
        for part in parts_of(numbers):
            columns = (documents.c.id, documents.c.title, documents.c.number, documents.c.unit)
            for key, title, number, unit in self._transaction.rows(sa.select(*columns).where(documents.c.id.in_(part))):
                found[numbers[key]] = Titled(title, number, unit)
        pages = {interpretation_key(one): one for one in identifiers if one.startswith("I")}
        for part in parts_of(pages):
            titles = sa.func.coalesce(interpretations.c.title, interpretations.c.url)
            query = sa.select(interpretations.c.id, titles, interpretations.c.unit)
            for key, title, unit in self._transaction.rows(query.where(interpretations.c.id.in_(part))):
                found[pages[key]] = Titled(title, None, unit)
        return found

    def published_on(self, document_ids: Sequence[str]) -> dict[str, dt.date]:
        """Return the first day of publication of those of some documents that have one; for as many as a page shows."""
        found: dict[str, dt.date] = {}
        for part in parts_of(document_ids):
            condition = documents.c.id.in_([document_key(identifier) for identifier in part])
            query = sa.select(documents.c.id, first_published(None).label("day")).where(condition)
            found.update((document_id(row.id), row.day) for row in self._transaction.rows(query) if row.day)
        return found

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

    def has_unit(self, unit: str) -> bool:
        """Whether a unit has a document."""
        return self._transaction.first(sa.select(documents.c.id).where(documents.c.unit == unit).limit(1)) is not None

    def years(self) -> list[int]:
        """Return every year that has a document, oldest first; each is one step in the index, however many documents it has."""
        years: list[int] = []
        while row := self._transaction.first(_first_year(years[-1] if years else None)):
            years.append(row.year)
        return years


def _first_year(after: int | None) -> "sa.Select[Any]":
    later = documents.c.year.is_not(None) if after is None else documents.c.year > after
    return sa.select(documents.c.year).where(later).order_by(documents.c.year).limit(1)


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
