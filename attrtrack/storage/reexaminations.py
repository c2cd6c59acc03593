"""Re-examinations: what is kept back comes up again on a day; every look at it is appended."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.reexaminations import Reexamined
from attrtrack.errors import TransitionNotAllowedError
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id as id_of
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.mapping import storable
from attrtrack.storage.tables import decisions, documents
from attrtrack.storage.tables_gate import reexaminations
from attrtrack.storage.transaction import Transaction

_SCHEDULE = "schedule"


class KeptBack(NamedTuple):
    """A live decision that keeps a document back, and its newest re-examination: `act` None where none was scheduled."""

    id: str
    title: str | None
    number: str | None
    unit: str | None
    attribute: DisclosureAttribute
    reason: str | None
    decided_at: dt.datetime
    act: str | None
    due: dt.date | None


class Reexaminations:
    """When documents are looked at again, and what came of it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def schedule(self, document_id: str, due: dt.date) -> None:
        """Append the day on which a document decided on just now is to be looked at again."""
        self._append(document_id, {"act": _SCHEDULE, "due": due, "because": None})

    def add(self, document_id: str, result: Reexamined, because: str, *, due: dt.date | None) -> None:
        """Append what came of looking again; kept, it has a next day, and to be changed, it has none."""
        self._append(document_id, {"act": result.value, "due": due, "because": storable(because, "原因")})

    def kept_back(
        self, unit: str | None = None, *, units: frozenset[str] | None = None, document_id: str | None = None
    ) -> Iterator[KeptBack]:
        """Yield what live decisions keep back; `units` are those whose documents are seen, `document_id` takes that alone.

        First what has no day since none was ever set, then what is to be changed, then the others by their days.
        """
        newest = (
            sa.select(sa.func.max(reexaminations.c.id))
            .where(reexaminations.c.document_id == decisions.c.document_id)  # in the order of the index
            .where(reexaminations.c.decision_id == decisions.c.id)
            .correlate(decisions)
            .scalar_subquery()
        )
        conditions = [
            decisions.c.superseded_at.is_(None),
            decisions.c.attribute != DisclosureAttribute.PROACTIVE.value,
            documents.c.state.in_([State.SIGNED.value, State.PUBLISHED.value]),
        ]
        if document_id is not None:
            conditions.append(documents.c.id == document_key(document_id))
        if unit is not None:
            conditions.append(documents.c.unit == unit)
        if units is not None:
            conditions.append(documents.c.unit.in_(sorted(units)))
        query = (
            sa.select(
                *(documents.c[name] for name in ("id", "title", "number", "unit")),
                *(decisions.c[name] for name in ("attribute", "reason", "decided_at")),
                reexaminations.c.act,
                reexaminations.c.due,
            )
            .select_from(decisions.join(documents).outerjoin(reexaminations, reexaminations.c.id == newest))
            .where(*conditions)
            .order_by(
                reexaminations.c.id.is_not(None),
                reexaminations.c.act != Reexamined.CHANGE.value,
                reexaminations.c.due,
                documents.c.id,
            )
        )
        yield from map(_kept_back, self._transaction.stream(query))

    def _append(self, document_id: str, values: dict[str, object]) -> None:
        key = self._transaction.existing_document(document_id)
        decision = self._transaction.decided.get(key) or self._live(key)
        if decision is None:
            raise TransitionNotAllowedError("文件还没有签发，没有可复查的审定。")
        who = {"examined_by": self._transaction.actor, "examined_at": self._transaction.now}
        self._transaction.insert(reexaminations, {"document_id": key, "decision_id": decision, **values, **who})

    def _live(self, key: int) -> int | None:
        row = self._transaction.first(_LIVE, {"key": key})
        return None if row is None else int(row[0])


_LIVE = sa.select(decisions.c.id).where(
    decisions.c.document_id == sa.bindparam("key"), decisions.c.superseded_at.is_(None)
)


def _kept_back(row: AnyRow) -> KeptBack:
    attribute = DisclosureAttribute(row.attribute)
    return KeptBack(
        id_of(row.id), row.title, row.number, row.unit, attribute, row.reason, row.decided_at, row.act, row.due
    )
