"""Lists of interpretations by how they stand to documents: counted, shown a part at a time, and the next that waits.

Only the columns of a list are read, never a text; what waits comes in order of entry, everything else newest first.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.linked_readings import ListedReading, ReadingsWanted, Standing
from attrtrack.storage.identifiers import document_id
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.selection import in_the_register
from attrtrack.storage.sight import OVER_ALL
from attrtrack.storage.tables import documents, interpretations, links
from attrtrack.storage.transaction import Transaction

Condition = sa.ColumnElement[bool]
_COLUMNS = ("id", "title", "url", "published", "publisher", "unit", "forms", "channels")
_TIED = (Judgement.AUTO, Judgement.CONFIRMED)


class ReadingLists:
    """The lists from which people judge links."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def counts(self, wanted: ReadingsWanted) -> dict[Standing, int]:
        """Count the interpretations of a unit and year by how they stand; each is counted once."""
        waits = sa.func.max(sa.case((links.c.judgement == Judgement.PENDING.value, 1), else_=0))
        of_each = sa.select(waits.label("waits")).where(links.c.judgement != Judgement.REJECTED.value)
        within = _within(wanted)
        if within:  # whoever sees a pair sees its interpretation, which need be asked for only to be narrowed
            of_each = of_each.where(links.c.interpretation_id.in_(sa.select(interpretations.c.id).where(*within)))
        of_each = of_each.group_by(links.c.interpretation_id)
        linked_ones = of_each.subquery()
        linked = self._transaction.first(
            sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(linked_ones.c.waits), 0)).prefix_with(OVER_ALL)
        )
        count = sa.select(sa.func.count(interpretations.c.id)).prefix_with(OVER_ALL)
        whole = self._transaction.first(count.where(*within))
        some, waiting = (int(linked[0]), int(linked[1])) if linked is not None else (0, 0)
        total = int(whole[0]) if whole is not None else 0
        return {Standing.WAITING: waiting, Standing.LINKED: some - waiting, Standing.NONE: max(total - some, 0)}

    def count_waiting(self, wanted: ReadingsWanted) -> int:
        """Count the interpretations of a unit and year that wait for a person."""
        query = sa.select(sa.func.count(links.c.interpretation_id.distinct()))
        query = query.where(links.c.judgement == Judgement.PENDING.value)
        within = _within(wanted)
        if within:
            query = query.where(links.c.interpretation_id.in_(sa.select(interpretations.c.id).where(*within)))
        found = self._transaction.first(query)
        return 0 if found is None else int(found[0])

    def part(self, wanted: ReadingsWanted, *, limit: int, after: int | None = None) -> list[ListedReading]:
        """Return the interpretations after the one with key `after` in the order of their list."""
        rising = wanted.standing is Standing.WAITING
        key = interpretations.c.id
        query = sa.select(*(interpretations.c[name] for name in _COLUMNS)).prefix_with(OVER_ALL).where(*_within(wanted))
        if wanted.standing is not None:
            query = query.where(*_STANDING[wanted.standing])
        if after is not None:
            query = query.where(key > after if rising else key < after)
        rows = self._transaction.rows(query.order_by(key if rising else key.desc()).limit(limit))
        pairs = self._pairs([row.id for row in rows])
        return [
            ListedReading(
                row.id,
                row.title,
                row.url,
                row.published,
                row.publisher,
                row.unit,
                tuple(row.forms),
                tuple(row.channels),
                tuple(pairs.get(row.id, ())),
            )
            for row in rows
        ]

    def next_waiting(self, wanted: ReadingsWanted, *, after: int) -> str | None:
        """Return the next that waits for a person, the first of all where none comes after; None where none waits."""
        query = sa.select(interpretations.c.id).where(*_within(wanted), *_STANDING[Standing.WAITING])
        query = query.order_by(interpretations.c.id).limit(1)
        for condition in (interpretations.c.id > after, interpretations.c.id < after):
            found = self._transaction.first(query.where(condition))
            if found is not None:
                return f"I{found.id}"
        return None

    def documents_called(self, words: str, *, limit: int) -> list[str]:
        """Return documents whose title holds these words, newest entry first."""
        titled = documents.c.title.contains(words, autoescape=True)
        query = sa.select(documents.c.id).where(titled, in_the_register()).order_by(documents.c.id.desc()).limit(limit)
        return [document_id(row.id) for row in self._transaction.rows(query)]

    def _pairs(self, keys: Sequence[int]) -> dict[int, list[tuple[str, Judgement]]]:
        found: dict[int, list[tuple[str, Judgement]]] = {}
        columns = (links.c.interpretation_id, links.c.document_id, links.c.judgement)
        for part in parts_of(keys):
            query = sa.select(*columns).where(
                links.c.interpretation_id.in_(part), links.c.judgement != Judgement.REJECTED.value
            )
            order = (links.c.probability.desc().nulls_last(), links.c.document_id)
            for row in self._transaction.rows(query.order_by(*order)):
                pair = (document_id(row.document_id), Judgement(row.judgement))
                found.setdefault(row.interpretation_id, []).append(pair)
        return found


def _within(wanted: ReadingsWanted) -> list[Condition]:
    conditions: list[Condition] = []
    if wanted.unit is not None:
        conditions.append(interpretations.c.unit == wanted.unit)
    if wanted.year is not None:
        conditions.append(interpretations.c.year == wanted.year)
    return conditions


def _has(*judgements: Judgement) -> "sa.Exists":
    said = [judgement.value for judgement in judgements]
    return sa.exists().where(links.c.interpretation_id == interpretations.c.id, links.c.judgement.in_(said))


_STANDING: dict[Standing, tuple[Any, ...]] = {
    Standing.WAITING: (_has(Judgement.PENDING),),
    Standing.LINKED: (_has(*_TIED), ~_has(Judgement.PENDING)),
    Standing.NONE: (~_has(Judgement.PENDING, *_TIED),),
}
