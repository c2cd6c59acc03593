"""What an assessor asks of the standings: genres to choose from, and documents whose attribute is doubtful."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.doubts import Doubt
from attrtrack.domain.genres import Genre
from attrtrack.domain.standings import Scope
from attrtrack.domain.worklist import WaitsFor
from attrtrack.storage.evaluations import of_the_text
from attrtrack.storage.identifiers import document_id as identifier_of
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.standing_columns import BITS
from attrtrack.storage.tables import corrections, documents, evaluations
from attrtrack.storage.tables_standings import standings
from attrtrack.storage.transaction import Transaction

Conditions = list[sa.ColumnElement[bool]]
_FLAGGED = sum(BITS[one] for one in (WaitsFor.BLOCKED, WaitsFor.DOUBTFUL, WaitsFor.CHECK))
"""A document on which the gate found more than a note waits for one of these."""
_IN_TITLE = ("复函", "函复", "答复", "批复")
"""Words by which the title of a 函 shows that it answers another."""
_BY_FINDING = {Doubt.ATTRIBUTE: "attribute-doubtful", Doubt.REASON: "reason-doubtful"}


@dataclass(frozen=True, slots=True)
class Doubted:
    """A document of doubtful attribute: why, and whether an assessor has corrected it."""

    id: str
    doubts: frozenset[Doubt]
    corrected: bool


class StandingFigures:
    """Questions of assessors; the standings are read as they are."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def genres(self, scope: Scope) -> list[str]:
        """Return the genres of the measured documents of a unit and year, in order of name."""
        query = (
            sa.select(standings.c.genre)
            .where(standings.c.kind.is_not(None), standings.c.genre.is_not(None))
            .where(*_within(scope))
            .distinct()
        )
        return sorted(row.genre for row in self._transaction.rows(query))

    def doubtful(self, scope: Scope, document_id: str | None = None) -> list[Doubted]:
        """Return the documents of a scope, or one of them, whose attribute or reason is doubtful, newest entry first."""
        found: dict[int, set[Doubt]] = {}
        conditions = _within(scope)
        if document_id is not None:
            conditions.append(standings.c.document_id == document_key(document_id))
        for key, doubt in (*self._found(conditions), *self._replies(conditions)):
            found.setdefault(key, set()).add(doubt)
        live = sa.select(corrections.c.document_id).where(corrections.c.superseded_at.is_(None))
        corrected = {row.document_id for row in self._transaction.rows(live)} if found else set()
        return [
            Doubted(identifier_of(key), frozenset(found[key]), key in corrected) for key in sorted(found, reverse=True)
        ]

    def _found(self, conditions: Conditions) -> Iterator[tuple[int, Doubt]]:
        newest = (
            sa.select(sa.func.max(evaluations.c.id))
            .where(evaluations.c.document_id == standings.c.document_id, of_the_text())
            .correlate(standings)
            .scalar_subquery()
        )
        told = sa.cast(evaluations.c.findings, sa.Text)
        signs = [told.contains(f'"{code}"') for code in _BY_FINDING.values()]
        query = (
            sa.select(standings.c.document_id, *signs)
            .select_from(standings.join(evaluations, evaluations.c.id == newest))
            .where(
                standings.c.waits.bitwise_and(_FLAGGED) != 0,
                standings.c.attribute.is_not(None),
                sa.or_(*signs),
                *conditions,
            )
        )
        for key, *holds in self._transaction.rows(query):
            yield from ((key, doubt) for doubt, one in zip(_BY_FINDING, holds, strict=True) if one)

    def _replies(self, conditions: Conditions) -> Iterator[tuple[int, Doubt]]:
        """Yield letters of reply that are withheld: by their genre, or a 函 whose title says that it answers one."""
        replies = [genre.value for genre in Genre if genre.is_reply]
        answers = sa.or_(*(documents.c.title.contains(word) for word in _IN_TITLE))
        query = (
            sa.select(standings.c.document_id)
            .select_from(standings.join(documents, documents.c.id == standings.c.document_id))
            .where(
                standings.c.kind.is_not(None),
                standings.c.attribute == DisclosureAttribute.WITHHELD.value,
                standings.c.genre.in_([*replies, Genre.LETTER.value]),
                sa.or_(standings.c.genre != Genre.LETTER.value, answers),
                *conditions,
            )
        )
        yield from ((row.document_id, Doubt.REPLY) for row in self._transaction.rows(query))


def _within(scope: Scope) -> Conditions:
    asked = {"unit": scope.unit, "year": scope.year, "quarter": scope.quarter, "genre": scope.genre}
    return [standings.c[name] == value for name, value in asked.items() if value is not None]
