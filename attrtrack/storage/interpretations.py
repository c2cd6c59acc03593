"""Interpretations of the register."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.interpretations import Interpretation
from attrtrack.domain.register import RecordedInterpretation
from attrtrack.storage import identifiers
from attrtrack.storage.engine import compact_json
from attrtrack.storage.identifiers import interpretation_key, unknown_record
from attrtrack.storage.journal import Journal
from attrtrack.storage.mapping import interpretation_of, interpretation_values, twin_hash, unit_key
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.tables import interpretations
from attrtrack.storage.transaction import Transaction

Added = tuple[str, bool]
"""The id of an interpretation, and whether it was new."""


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
        values = self._values(interpretation, unit, year)
        identifier = identifiers.interpretation_id(self._transaction.insert(interpretations, values))
        self._journal.append("record", identifier, "done", {"url": interpretation.url})
        return RecordedInterpretation(identifier, replace(interpretation, id=identifier), unit, year)

    def add_many(self, rows: Sequence[tuple[Interpretation, str | None, int | None]]) -> list[Added]:
        """Add many interpretations with their units and years; one journal entry holds range, count and a digest.

        Returns for each its id, and whether it is new: the same address and title of the same unit counts once here too.
        """
        twins = [twin_hash(item.url, item.title, unit) for item, unit, _ in rows]
        known = self._known_by_twin(twins)
        added, values = list[Added](), list[dict[str, Any]]()
        for twin, row in zip(twins, rows, strict=True):
            if twin in known:
                added.append((known[twin], False))
                continue
            key = self._transaction.next_key(interpretations)
            values.append({"id": key, **self._values(*row)})
            added.append((identifiers.interpretation_id(key), True))
            if twin is not None:
                known[twin] = added[-1][0]
        if values:
            self._transaction.execute(interpretations.insert(), values)
            self._journal_many(values)
        return added

    def _known_by_twin(self, twins: Iterable[str | None]) -> dict[str | None, str]:
        found: dict[str | None, str] = {}
        for part in parts_of({twin for twin in twins if twin is not None}):
            columns = (interpretations.c.id, interpretations.c.twin_hash)
            for row in self._transaction.rows(sa.select(*columns).where(interpretations.c.twin_hash.in_(part))):
                found[row.twin_hash] = identifiers.interpretation_id(row.id)
        return found

    def _values(self, interpretation: Interpretation, unit: str | None, year: int | None) -> dict[str, Any]:
        return {
            "twin_hash": twin_hash(interpretation.url, interpretation.title, unit),
            "unit": unit_key(unit),
            "year": year,
            "recorded_at": self._transaction.now,
            **interpretation_values(interpretation),
        }

    def _journal_many(self, values: Sequence[dict[str, Any]]) -> None:
        digest = hashlib.sha256()
        for row in values:
            digest.update(f"{compact_json([row['unit'], row['url'], row['title']])}\n".encode())
        subject = identifiers.range_of(identifiers.interpretation_id(row["id"]) for row in values)
        self._journal.append("record", subject, "done", {"count": len(values), "digest": digest.hexdigest()})

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
