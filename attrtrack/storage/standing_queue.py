"""The queue over the standings: first how many documents wait for what, then only those of the headings that a page shows.

What a document waits for is a set of bits, and some of it depends on the day. Registers know a few dozen such sets, so the
sets are counted first, and told apart in one place (`effective`); a page then reads the documents of the sets it needs.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.decisions import State
from attrtrack.domain.standings import QueueWanted, StandingRow
from attrtrack.domain.worklist import Urgency, WaitsFor
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id
from attrtrack.storage.standing_columns import BITS, day_of, number_of
from attrtrack.storage.structures import attribute_of
from attrtrack.storage.tables_standings import standings
from attrtrack.storage.transaction import Transaction

Place = tuple[int, ...]
Condition = sa.ColumnElement[bool]
COMING = dt.timedelta(days=60)
"""A re-examination is shown so long before its day."""
NEVER = 99_999_999
ORDER = tuple(WaitsFor)


@dataclass(frozen=True, slots=True)
class Sets:
    """The sets of things waited for, by heading: bits, whether the day of publishing is past, whether a re-examination is near."""

    counts: dict[WaitsFor, int]
    members: dict[WaitsFor, list[tuple[int, bool, bool]]]


def effective(waits: int, *, late: bool, near: bool) -> Iterator[WaitsFor]:
    """Yield what is waited for on a day, most urgent first."""
    for one in WaitsFor:
        if one is WaitsFor.OVERDUE:
            if late and waits & BITS[WaitsFor.PUBLISH]:
                yield one
        elif waits & BITS[one]:
            hidden = (one is WaitsFor.PUBLISH and late) or (one is WaitsFor.REEXAMINE and not near)
            if not hidden:
                yield one


def row_of(row: AnyRow, today: dt.date) -> StandingRow:
    """Return a document of a list as it stands on a day; due is the day of what it waits for most."""
    coming, now = number_of(today + COMING) or 0, number_of(today) or 0
    late = row.publish_by is not None and row.publish_by < now
    waits = tuple(effective(row.waits, late=late, near=row.reexamine_by is None or row.reexamine_by <= coming))
    first = waits[0] if waits else None
    day = getattr(row, _DAYS.get(first, "publish_by"))
    return StandingRow(
        id=document_id(row.document_id),
        unit=row.unit,
        genre=row.genre,
        state=State(row.state),
        attribute=attribute_of(row.attribute),
        urgency=Urgency(row.urgency),
        waits_for=first,
        also=waits[1:],
        due=day_of(day),
        drafter=row.declared_by or row.recorded_by,
        confirmed=row.confirmed,
        pending=row.pending,
        place=(ORDER.index(first) if first else len(ORDER), NEVER if day is None else day, row.document_id),
    )


_DAYS: dict[WaitsFor | None, str] = {WaitsFor.REEXAMINE: "reexamine_by", WaitsFor.INTERPRET: "interpret_by"}


class StandingQueue:
    """Documents that wait, in the queue's order."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def sets(self, wanted: QueueWanted, today: dt.date) -> Sets:
        """Count the documents that wait on a day, each once, under the most urgent."""
        late, near = _late(today).label("late"), _near(today).label("near")
        counted = sa.select(standings.c.waits, late, near, sa.func.count()).where(standings.c.waits != 0)
        query = counted.where(*chosen_by(wanted)).group_by(standings.c.waits, late, near)
        counts, members = dict.fromkeys(WaitsFor, 0), defaultdict[WaitsFor, list[tuple[int, bool, bool]]](list)
        for waits, is_late, is_near, count in self._transaction.rows(query):
            first = next(effective(waits, late=is_late, near=is_near), None)
            if first is not None:
                counts[first] += count
                members[first].append((waits, bool(is_late), bool(is_near)))
        return Sets(counts, dict(members))

    def after(
        self, sets: Sets, wanted: QueueWanted, today: dt.date, *, limit: int, place: Place | None
    ) -> list[StandingRow]:
        """Return the first documents after a place (None: from the beginning)."""
        rows: list[StandingRow] = []
        for heading in _headings(sets, wanted):
            rank = ORDER.index(heading)
            if len(rows) < limit and (place is None or rank >= place[0]):
                begin = place if place is not None and rank == place[0] else None
                order = _order(heading)
                query = self._of(sets, heading, wanted, today)
                if begin is not None:
                    query = query.where(sa.tuple_(*order) > sa.tuple_(*begin[1:]))
                rows += self._read(query.order_by(*order).limit(limit - len(rows)), order, today)
        return rows

    def before(self, sets: Sets, wanted: QueueWanted, today: dt.date, *, limit: int, place: Place) -> list[StandingRow]:
        """Return the last documents before a place, in order."""
        rows: list[StandingRow] = []
        for heading in reversed(_headings(sets, wanted)):
            rank = ORDER.index(heading)
            if len(rows) < limit and rank <= place[0]:
                order = _order(heading)
                query = self._of(sets, heading, wanted, today)
                if rank == place[0]:
                    query = query.where(sa.tuple_(*order) < sa.tuple_(*place[1:]))
                last = query.order_by(*(part.desc() for part in order)).limit(limit - len(rows))
                rows = [*self._read(last, order, today), *rows]
        return rows

    def find(self, wanted: QueueWanted, today: dt.date, key: int) -> StandingRow | None:
        """Return a document as it stands in the queue; None where it does not wait, or for something else."""
        here = (standings.c.document_id == key, standings.c.waits != 0)
        row = self._transaction.first(sa.select(standings).where(*here, *chosen_by(wanted)))
        found = None if row is None else row_of(row, today)
        fits = found is not None and found.waits_for is not None and wanted.waits_for in {None, found.waits_for}
        return found if fits else None

    def earlier(self, sets: Sets, wanted: QueueWanted, today: dt.date, *, place: Place) -> int:
        """Count the documents before a place at which one stands."""
        heading = ORDER[place[0]]
        within = self._of(sets, heading, wanted, today).where(sa.tuple_(*_order(heading)) < sa.tuple_(*place[1:]))
        row = self._transaction.first(sa.select(sa.func.count()).select_from(within.subquery()))
        above = sum(sets.counts[one] for one in _headings(sets, wanted) if ORDER.index(one) < place[0])
        return above + (0 if row is None else int(row[0]))

    def _of(self, sets: Sets, heading: WaitsFor, wanted: QueueWanted, today: dt.date) -> "sa.Select[Any]":
        by_day = defaultdict[tuple[bool, bool], list[int]](list)
        for waits, late, near in sets.members[heading]:
            by_day[late, near].append(waits)
        fits = [
            sa.and_(standings.c.waits.in_(bits), _late(today) == int(late), _near(today) == int(near))
            for (late, near), bits in by_day.items()
        ]
        every = [bits for some in by_day.values() for bits in some]
        return sa.select(standings.c.document_id).where(standings.c.waits.in_(every), sa.or_(*fits), *chosen_by(wanted))

    def _read(
        self, keys: "sa.Select[Any]", order: "tuple[sa.ColumnElement[Any], ...]", today: dt.date
    ) -> list[StandingRow]:
        """Read whole rows of those keys only that an index has found and a page shows."""
        query = sa.select(standings).where(standings.c.document_id.in_(sa.select(keys.subquery())))
        return [row_of(row, today) for row in self._transaction.rows(query.order_by(*order))]

    def choices(self, wanted: QueueWanted) -> dict[str, list[tuple[Any, int]]]:
        """Return the values of each column that a queue is narrowed by, among the documents that wait: most first, with how many."""
        all_of_it = [standings.c[name] for name in CHOSEN]
        query = sa.select(*all_of_it, sa.func.count()).where(standings.c.waits != 0, *chosen_by(wanted))
        found: dict[str, dict[Any, int]] = {name: defaultdict(int) for name in CHOSEN}
        for *values, count in self._transaction.rows(query.group_by(*all_of_it)):
            for name, value in zip(CHOSEN, values, strict=True):
                if value is not None:
                    found[name][value] += count
        return {name: sorted(counts.items(), key=lambda item: (-item[1], item[0])) for name, counts in found.items()}


CHOSEN = ("unit", "year", "genre", "reason")
"""By what a queue is narrowed, in the order of the index that counts the choices."""


def chosen_by(wanted: QueueWanted) -> list[Condition]:
    """Return the conditions by which a queue is narrowed, its heading aside."""
    asked = {"unit": wanted.unit, "year": wanted.year, "genre": wanted.genre, "reason": wanted.reason}
    conditions: list[Condition] = [standings.c[name] == value for name, value in asked.items() if value is not None]
    if wanted.drafter is not None:
        conditions.append(drafted_by(wanted.drafter))
    return conditions


def drafted_by(login: str) -> Condition:
    """Select what somebody recorded or declared on last."""
    return sa.or_(standings.c.recorded_by == login, standings.c.declared_by == login)


def _headings(sets: Sets, wanted: QueueWanted) -> list[WaitsFor]:
    return [one for one in ORDER if sets.counts[one] and wanted.waits_for in {None, one}]


def _order(heading: WaitsFor) -> "tuple[sa.ColumnElement[Any], ...]":
    day = standings.c[_DAYS.get(heading, "publish_by")]
    return sa.func.coalesce(day, NEVER), standings.c.document_id


def _late(today: dt.date) -> "sa.ColumnElement[int]":
    return sa.case((standings.c.publish_by < number_of(today), 1), else_=0)


def _near(today: dt.date) -> "sa.ColumnElement[int]":
    return sa.case((standings.c.reexamine_by > number_of(today + COMING), 0), else_=1)
