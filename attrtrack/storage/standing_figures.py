"""What an assessor asks of the standings: genres to choose from, and documents whose attribute is doubtful."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.doubts import Doubt
from attrtrack.domain.standings import Scope
from attrtrack.storage.identifiers import document_id as identifier_of
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.standing_columns import DOUBT_BITS, narrowed_by
from attrtrack.storage.tables_standings import standings
from attrtrack.storage.transaction import Transaction


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
        """Return the genres of the measured documents of a unit and year, in order of name; each is one step in the index."""
        genres: list[str] = []
        while row := self._transaction.first(_first_genre(scope, genres[-1] if genres else "")):
            genres.append(row.genre)
        return sorted(genres)

    def doubted(self, scope: Scope) -> tuple[int, int]:
        """Return how many documents of a scope are doubtful and not corrected, and how many were corrected."""
        query = (
            sa.select(standings.c.corrected, sa.func.count())
            .where(standings.c.doubts > 0, *_within(scope))
            .group_by(standings.c.corrected)
        )
        counts = {corrected: int(count) for corrected, count in self._transaction.rows(query)}
        return counts.get(0, 0), counts.get(1, 0)

    def doubtful(self, scope: Scope, *, corrected: bool, limit: int, offset: int = 0) -> list[Doubted]:
        """Return documents of a scope whose attribute or reason is doubtful, newest entry first: those open, or those corrected."""
        query = (
            sa.select(standings.c.document_id, standings.c.doubts, standings.c.corrected)
            .where(standings.c.doubts > 0, standings.c.corrected == int(corrected), *_within(scope))
            .order_by(standings.c.document_id.desc())
        )
        return [_doubted(*row) for row in self._transaction.rows(query.limit(limit).offset(offset))]

    def doubt_of(self, document_id: str) -> Doubted | None:
        """Return what is doubtful of one document; None where nothing is."""
        row = self._transaction.first(
            sa.select(standings.c.document_id, standings.c.doubts, standings.c.corrected).where(
                standings.c.doubts > 0, standings.c.document_id == document_key(document_id)
            )
        )
        return None if row is None else _doubted(*row)


def _doubted(key: int, doubts: int, corrected: int) -> Doubted:
    found = frozenset(one for one, bit in DOUBT_BITS.items() if doubts & bit)
    return Doubted(identifier_of(key), found, bool(corrected))


def _first_genre(scope: Scope, after: str) -> "sa.Select[Any]":
    within = (standings.c.kind.is_not(None), standings.c.genre > after, *_within(scope))
    return sa.select(standings.c.genre).where(*within).order_by(standings.c.genre).limit(1)


def _within(scope: Scope) -> "list[sa.ColumnElement[bool]]":
    return [standings.c[name] == value for name, value in narrowed_by(scope).items() if value is not None]
