"""Interpretations of the register."""

from collections.abc import Iterator
from dataclasses import replace

import sqlalchemy as sa

from attrtrack.domain.interpretations import Interpretation
from attrtrack.domain.register import RecordedInterpretation
from attrtrack.storage import identifiers
from attrtrack.storage.identifiers import interpretation_key, unknown_record
from attrtrack.storage.journal import Journal
from attrtrack.storage.mapping import interpretation_of, interpretation_values, twin_hash, unit_key
from attrtrack.storage.tables import interpretations
from attrtrack.storage.transaction import Transaction


class Interpretations:
    """The interpretations; the same address and title of the same unit is the same interpretation."""

    def __init__(self, transaction: Transaction, journal: Journal) -> None:
        self._transaction = transaction
        self._journal = journal

    def add(self, interpretation: Interpretation, *, unit: str | None, year: int | None) -> RecordedInterpretation:
        """Add an interpretation, or return the one already there; its `id` is given by the register.

        One with neither address nor title cannot be known again and is added each time.
        """
        known = self.known(interpretation, unit=unit)
        if known is not None:
            return known
        values = {
            "twin_hash": twin_hash(interpretation.url, interpretation.title, unit),
            "unit": unit_key(unit),
            "year": year,
            "recorded_at": self._transaction.now,
            **interpretation_values(interpretation),
        }
        identifier = identifiers.interpretation_id(self._transaction.insert(interpretations, values))
        self._journal.append("record", identifier, "done", {"url": interpretation.url})
        return RecordedInterpretation(identifier, replace(interpretation, id=identifier), unit, year)

    def known(self, interpretation: Interpretation, *, unit: str | None) -> RecordedInterpretation | None:
        """Return the record of an interpretation that is there already, or None."""
        twin = twin_hash(interpretation.url, interpretation.title, unit)
        return self._first(interpretations.c.twin_hash == twin) if twin is not None else None

    def get(self, interpretation_id: str) -> RecordedInterpretation:
        """Return an interpretation; `UnknownRecordError` when there is none."""
        found = self._first(interpretations.c.id == interpretation_key(interpretation_id))
        if found is None:
            raise unknown_record("I", interpretation_id)
        return found

    def all(self, unit: str | None = None, year: int | None = None) -> Iterator[RecordedInterpretation]:
        """Yield the interpretations of a unit and a year (None: all) in order of entry."""
        query = sa.select(interpretations).order_by(interpretations.c.id)
        if unit is not None:
            query = query.where(interpretations.c.unit == unit)
        if year is not None:
            query = query.where(interpretations.c.year == year)
        return map(interpretation_of, self._transaction.stream(query))

    def _first(self, condition: "sa.ColumnElement[bool]") -> RecordedInterpretation | None:
        row = self._transaction.first(sa.select(interpretations).where(condition))
        return None if row is None else interpretation_of(row)
