"""Lists and counts over the standings: each answer reads narrow rows only, and stops when a page is full."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal

import sqlalchemy as sa

from attrtrack.domain.decisions import State
from attrtrack.domain.standings import ON_ITS_WAY, KindCount, LinkCount, Scope, StandingRow
from attrtrack.domain.worklist import Urgency
from attrtrack.storage.identifiers import document_id, interpretation_id
from attrtrack.storage.standing_columns import BY_PEOPLE, DAYS, day_of, days_in, narrowed_by
from attrtrack.storage.standing_figures import StandingFigures
from attrtrack.storage.standing_queue import NEVER, StandingQueue, drafted_by, row_of
from attrtrack.storage.tables_standings import UNINTERPRETED, standing_links, standings
from attrtrack.storage.transaction import Transaction

Group = Literal["unit", "year", "quarter", "genre", "policy_kind"]
Place = tuple[int, ...]
Condition = sa.ColumnElement[bool]
_URGENCIES = {one.value: one for one in Urgency}


class StandingLists:
    """What pages ask of the standings."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self.queue = StandingQueue(transaction)
        self.figures = StandingFigures(transaction)

    def kinds(self, scope: Scope, by: Group | None = None) -> Iterator[tuple[KindCount, Urgency]]:
        """Yield how many documents of a scope are of each kind and urgency, in all (those on their way too) or by group."""
        named = standings.c[by] if by else sa.null()
        keys = _grouped_by(by)
        counted = (
            sa.select(*(standings.c[key] for key in keys), sa.func.count().label("count"))
            .where(standings.c.kind != ON_ITS_WAY if by else standings.c.kind.is_not(None), *_within(standings, scope))
            .group_by(*(standings.c[key] for key in keys))
        )
        inner = counted.subquery()
        group = inner.c[by] if by else named
        query = sa.select(group, inner.c.kind, inner.c.urgency, sa.func.sum(inner.c.count)).group_by(
            *([group] if by else []), inner.c.kind, inner.c.urgency
        )
        for value, kind, urgency, count in self._transaction.rows(query):
            yield KindCount(kind, int(count), value), _URGENCIES[urgency]

    def invented(self, scope: Scope, unit: str) -> int:
        """Count the measured documents of a scope that are of one unit."""
        query = sa.select(sa.func.count()).where(
            standings.c.kind != ON_ITS_WAY, standings.c.unit == unit, *_within(standings, scope)
        )
        return self._number(query)

    def link_kinds(self, scope: Scope, by: Group | None = None) -> list[LinkCount]:
        """Return how many interpretations of a scope are of each kind, each counted once in every group that it is linked in."""
        table = standing_links
        group = [table.c[by]] if by else []
        inner = (
            sa.select(*group, sa.func.max(table.c.kind).label("best"), _by_people().label("said"))
            .where(*_within(table, scope))
            .group_by(*group, table.c.interpretation_id)
            .subquery()
        )
        keys = [*([inner.c[by]] if by else []), inner.c.best, inner.c.said]
        query = sa.select(inner.c[by] if by else sa.null(), inner.c.best, inner.c.said, sa.func.count()).group_by(*keys)
        rows = self._transaction.rows(query)
        return [LinkCount(*_apart(best), count, key, _said(said)) for key, best, said, count in rows]

    def kind_rows(self, scope: Scope) -> Iterator[tuple[str, str, dict[str, int], frozenset[str]]]:
        """Yield the measured documents of a scope in order of entry: id, kind, working days by measure, which are provisional."""
        columns = ("document_id", "kind", *(column for column, _ in DAYS.values()), "provisional")
        query = sa.select(*(standings.c[name] for name in columns)).where(
            standings.c.kind != ON_ITS_WAY, *_within(standings, scope)
        )
        for row in self._transaction.stream(query.order_by(standings.c.document_id)):
            yield document_id(row.document_id), row.kind, *days_in(row)

    def link_rows(self, scope: Scope) -> Iterator[tuple[str, str, bool, str | None]]:
        """Yield the interpretations of a scope once each, in order of their documents.

        Id, kind, confirmed if any of its links is, its kind by those of its links alone that people confirmed.
        """
        once = self._once(scope).add_columns(_by_people().label("said")).subquery()
        for row in self._transaction.stream(sa.select(once).order_by(once.c.first, once.c.interpretation_id)):
            yield interpretation_id(row.interpretation_id), *_apart(row.best), _said(row.said)

    def documents_of(
        self, scope: Scope, place: int, signs: Sequence[str], *, limit: int, offset: int
    ) -> list[tuple[str, str]]:
        """Return documents, with their signs, whose kind bears one of some signs at a place (0: the first), in order of entry."""
        sign = sa.func.substr(standings.c.kind, place + 1, 1)
        query = sa.select(standings.c.document_id, sign).where(sign.in_(signs), *_within(standings, scope))
        rows = self._transaction.rows(query.order_by(standings.c.document_id).limit(limit).offset(offset))
        return [(document_id(key), found) for key, found in rows]

    def interpretations_of(
        self, scope: Scope, place: int, signs: Sequence[str], *, limit: int, offset: int, pending: bool
    ) -> list[tuple[str, str | None]]:
        """Return confirmed interpretations by the sign at a place; with `pending` those not confirmed too, without a sign."""
        inner = self._once(scope).subquery()
        sign, yes = sa.func.substr(inner.c.best, place + 2, 1), sa.func.substr(inner.c.best, 1, 1) == "1"
        fits = sa.and_(yes, sign.in_(signs))
        query = sa.select(inner.c.interpretation_id, inner.c.best).where(sa.or_(fits, ~yes) if pending else fits)
        rows = self._transaction.rows(
            query.order_by(inner.c.first, inner.c.interpretation_id).limit(limit).offset(offset)
        )
        return [(interpretation_id(key), best[place + 1] if _apart(best)[1] else None) for key, best in rows]

    def by_urgency(
        self,
        scope: Scope,
        urgency: Urgency,
        today: dt.date,
        *,
        limit: int,
        offset: int = 0,
        before: int | None = None,
    ) -> list[StandingRow]:
        """Return documents of one urgency, newest entry first, those entered before the one with key `before`."""
        query = sa.select(standings).where(
            standings.c.kind.is_not(None), standings.c.urgency == urgency.value, *_within(standings, scope)
        )
        if before is not None:
            query = query.where(standings.c.document_id < before)
        rows = self._transaction.rows(query.order_by(standings.c.document_id.desc()).limit(limit).offset(offset))
        return [row_of(row, today) for row in rows]

    def uninterpreted(
        self, scope: Scope, today: dt.date, *, limit: int, after: Place | None
    ) -> tuple[int, list[StandingRow]]:
        """Return how many documents lack an interpretation, and those after a place, nearest day first."""
        lacking = [UNINTERPRETED, *_within(standings, scope)]
        total = self._number(sa.select(sa.func.count()).select_from(standings).where(*lacking))
        day = sa.func.coalesce(standings.c.interpret_by, NEVER)
        place = (day, standings.c.document_id)
        first = sa.select(standings.c.document_id).where(*lacking)
        if after is not None:
            first = first.where(sa.tuple_(*place) > sa.tuple_(*after))
        shown = sa.select(first.order_by(*place).limit(limit).subquery())
        query = sa.select(standings, day.label("day")).where(standings.c.document_id.in_(shown))
        rows = self._transaction.rows(query.order_by(*place))
        return total, [
            replace(row_of(row, today), due=day_of(row.interpret_by), place=(row.day, row.document_id)) for row in rows
        ]

    def drafted(
        self, login: str, today: dt.date, *, limit: int, before: int | None, states: Collection[State] = ()
    ) -> tuple[dict[State, int], list[StandingRow]]:
        """Return how many documents somebody recorded or last declared, by state, and those before a key, newest first.

        `states`: rows of these only, all where none is named; the counts are of all.
        """
        counted = sa.select(standings.c.state, sa.func.count().label("number")).where(drafted_by(login))
        counts = {
            State(row.state): int(row.number) for row in self._transaction.rows(counted.group_by(standings.c.state))
        }
        asked = [] if before is None else [standings.c.document_id < before]
        asked += [standings.c.state.in_([state.value for state in states])] if states else []
        keys = sa.union(
            *(
                sa.select(
                    sa.select(standings.c.document_id)
                    .where(column == login, *asked)
                    .order_by(standings.c.document_id.desc())
                    .limit(limit)
                    .subquery()
                )
                for column in (standings.c.recorded_by, standings.c.declared_by)
            )
        )
        query = sa.select(standings).where(standings.c.document_id.in_(keys))
        rows = self._transaction.rows(query.order_by(standings.c.document_id.desc()).limit(limit))
        return counts, [row_of(row, today) for row in rows]

    def _once(self, scope: Scope) -> "sa.Select[Any]":
        """Select each interpretation of a scope once, with the last in order of its kinds beside several documents."""
        table = standing_links
        best, first = sa.func.max(table.c.kind).label("best"), sa.func.min(table.c.document_id).label("first")
        query = sa.select(table.c.interpretation_id, best, first).where(*_within(table, scope))
        return query.group_by(table.c.interpretation_id)

    def _number(self, query: "sa.Select[Any]") -> int:
        row = self._transaction.first(query)
        return 0 if row is None else int(row[0])


def _grouped_by(by: Group | None) -> tuple[str, ...]:
    """Return what is counted first: in the order of the index, so that the rows need not be sorted."""
    return ("unit", "year", "kind", "urgency") if by in {None, "unit", "year"} else (str(by), "kind", "urgency")


def _within(table: sa.Table, scope: Scope) -> list[Condition]:
    return [table.c[name] == value for name, value in narrowed_by(scope).items() if value is not None]


def _apart(kind: str) -> tuple[str, bool]:
    """Take the kind of an interpretation as it is kept apart: what kind it is, and whether its link is confirmed."""
    return kind[1:-1], kind[0] == "1"


def _by_people() -> "sa.ColumnElement[str | None]":
    """Select the last in order of the kinds of links that people confirmed."""
    kind = standing_links.c.kind
    return sa.func.max(sa.case((kind.endswith(BY_PEOPLE), kind)))


def _said(kind: str | None) -> str | None:
    return None if kind is None else _apart(kind)[0]
