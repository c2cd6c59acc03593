"""Precedents (先例): appended, superseded, resolved by persons; found again by the hashes that like documents share.

Decision: a lookup reads at most a hundred precedents for each of the document's smallest hashes (corrections first, then
the newest, so that stock phrases of a whole archive cost no more than rare words), weighs the shared hashes by rarity, and
compares sketches for the best thirty and the best ten corrections only: an assessor's word is not buried under a hundred
like decisions. Precedents in conflict or set aside have no hashes: they cannot be found by likeness.
"""

import datetime as dt
import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from attrtrack.domain.precedents import Lesson, Precedent, PrecedentMatch, Resolution, Source, Standing
from attrtrack.nlp.sketches import Sketch, likeness
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.mapping import precedent_of, storable
from attrtrack.storage.tables import documents, precedent_hashes, precedents
from attrtrack.storage.transaction import Transaction

PROBES = 16
"""How many of the smallest hashes stand in the index: enough that letters half alike share some of them."""
_NEWEST = 100
_CANDIDATES = 30
_CORRECTIONS = 10


class Precedents:
    """The lessons of the office's decided documents; one is live for each document."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, document_id: str, lesson: Lesson) -> Standing:
        """Append a precedent in place of the document's live one; one against which a rule speaks only waits."""
        key = self._transaction.existing_document(document_id)
        self._supersede(key)
        standing = Standing.CONFLICT if lesson.opposed else Standing.TEACHING
        values = {
            "source": lesson.source.value,
            "attribute": lesson.attribute.value,
            "reason": storable(lesson.reason, "理由"),
            "weight": lesson.weight,
            "rules": list(lesson.opposed),
        }
        identifier = self._transaction.insert(
            precedents,
            {
                "document_id": key,
                **values,
                "sketch": list(lesson.sketch),
                "opposed": bool(lesson.opposed),
                "taught_by": lesson.taught_by,
                "taught_at": lesson.taught_at,
                "standing": standing.value,
            },
        )
        if standing is Standing.TEACHING:
            self._enter(identifier, lesson.sketch, lesson.source)
        return standing

    def resolve(self, document_id: str, resolution: Resolution) -> bool:
        """Let the document's live precedent teach, or set it aside; return whether there is one.

        The note stays out of the journal, which nobody can take a word out of should the document turn out to be classified.
        """
        found = self._live(document_id)
        if found is None:
            return False
        standing = Standing.TEACHING if resolution.teach else Standing.SET_ASIDE
        self._leave(found.id, found.sketch)
        self._transaction.execute(
            precedents.update()
            .where(precedents.c.id == found.id)
            .values(
                standing=standing.value,
                resolved_by=storable(resolution.resolved_by, "处理人"),
                resolved_at=resolution.resolved_at,
                note=storable(resolution.note, "说明"),
            )
        )
        if standing is Standing.TEACHING:
            self._enter(found.id, found.sketch, Source(found.source))
        return True

    def end(self, document_id: str) -> None:
        """Supersede the document's live precedent without a new one."""
        self._supersede(self._transaction.existing_document(document_id))

    def of_document(self, document_id: str) -> Precedent | None:
        """Return the live precedent of a document, or None."""
        row = self._live(document_id)
        return None if row is None else precedent_of(row)

    def resolution_since(self, document_id: str, decided_at: dt.datetime) -> Resolution | None:
        """Return what a person last said of the superseded precedent of a document's decision of that time, if anything."""
        query = (
            sa.select(precedents.c.standing, precedents.c.note, precedents.c.resolved_by, precedents.c.resolved_at)
            .where(
                precedents.c.document_id == document_key(document_id),
                precedents.c.source == Source.DECISION.value,
                precedents.c.taught_at >= decided_at,
                precedents.c.superseded_at.is_not(None),
            )
            .order_by(precedents.c.id.desc())
        )
        row = self._transaction.first(query)
        if row is None or row.resolved_by is None:
            return None
        return Resolution(row.standing == Standing.TEACHING, row.note, row.resolved_by, row.resolved_at)

    def live(self, *, standing: Standing | None = None, year: int | None = None) -> Iterator[Precedent]:
        """Yield the live precedents in order of entry, of one standing and year of documents or all."""
        query = _LIVE.order_by(precedents.c.id)
        if standing is not None:
            query = query.where(precedents.c.standing == standing.value)
        if year is not None:
            query = query.where(documents.c.year == year)
        return (precedent_of(row) for row in self._transaction.stream(query))

    def like(self, sketch: Sketch, *, least: float, excluding: str | None = None) -> tuple[PrecedentMatch, ...]:
        """Return the teaching precedents at least so like a sketch, the likest first; `excluding` names a document."""
        candidates = self._candidates(sketch[:PROBES])
        if not candidates:
            return ()
        query = _LIVE.where(precedents.c.id.in_(candidates), precedents.c.standing == Standing.TEACHING.value)
        found = (
            PrecedentMatch(precedent_of(row), likeness(sketch, row.sketch)) for row in self._transaction.rows(query)
        )
        fit = [match for match in found if match.likeness >= least and match.precedent.document_id != excluding]
        fit.sort(key=lambda match: (-match.likeness, -match.precedent.lesson.taught_at.timestamp()))
        return tuple(fit)

    def _candidates(self, hashes: Sequence[int]) -> list[int]:
        """Return the precedents that share the most telling of some hashes, those of the best corrections among them."""
        if not hashes:
            return []
        bound = {f"hash{place}": value for place, value in enumerate(hashes)}
        statement = _PROBES[len(hashes) - 1].bindparams(**bound)
        rows = self._transaction.rows(statement)
        holders = Counter(row.hash for row in rows)
        shared: defaultdict[int, float] = defaultdict(float)
        for row in rows:
            shared[row.precedent_id] += math.log(1 + _NEWEST / holders[row.hash])
        corrected = {row.precedent_id for row in rows if row.corrected}
        best = [
            *heapq.nlargest(_CANDIDATES, shared, key=lambda identifier: (shared[identifier], identifier)),
            *heapq.nlargest(_CORRECTIONS, corrected, key=lambda identifier: (shared[identifier], identifier)),
        ]
        return list(dict.fromkeys(best))

    def _live(self, document_id: str) -> "sa.Row[tuple[object, ...]] | None":
        return self._transaction.first(_LIVE_ONE, {"key": document_key(document_id)})

    def _supersede(self, key: int) -> bool:
        row = self._transaction.first(_SUPERSEDED, {"key": key})
        if row is None:
            return False
        self._leave(row.id, row.sketch)
        self._transaction.execute(
            precedents.update().where(precedents.c.id == row.id).values(superseded_at=self._transaction.now)
        )
        return True

    def _enter(self, identifier: int, sketch: Sequence[int], source: Source) -> None:
        held = {"corrected": source is Source.CORRECTION, "precedent_id": identifier}
        rows = [{"hash": value, **held} for value in sketch[:PROBES]]
        if rows:
            self._transaction.write_all(_ENTER, rows)

    def _leave(self, identifier: int, sketch: Sequence[int]) -> None:
        mine = (precedent_hashes.c.hash.in_(list(sketch[:PROBES])), precedent_hashes.c.precedent_id == identifier)
        self._transaction.execute(precedent_hashes.delete().where(*mine))


_LIVE = (
    sa.select(precedents, documents.c.title, documents.c.number, documents.c.unit)
    .join(documents, documents.c.id == precedents.c.document_id)
    .where(precedents.c.superseded_at.is_(None))
)


_LIVE_ONE = _LIVE.where(precedents.c.document_id == sa.bindparam("key"))
_SUPERSEDED = sa.select(precedents.c.id, precedents.c.sketch).where(
    precedents.c.document_id == sa.bindparam("key"), precedents.c.superseded_at.is_(None)
)
_ENTER = precedent_hashes.insert()


def _probe(count: int) -> sa.TextClause:
    part = (
        "SELECT * FROM (SELECT hash, corrected, precedent_id FROM precedent_hashes WHERE hash = :hash{place} "
        "ORDER BY corrected DESC, precedent_id DESC LIMIT {newest}) AS held{place}"
    )
    return sa.text(" UNION ALL ".join(part.format(place=place, newest=_NEWEST) for place in range(count)))


_PROBES = tuple(_probe(count) for count in range(1, PROBES + 1))
"""The statement for each number of hashes."""
