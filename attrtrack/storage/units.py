"""Units as a tree; names never change, because documents and the journal call units by name."""

from collections.abc import Iterable

import sqlalchemy as sa

from attrtrack.domain.accounts import Unit
from attrtrack.errors import TransitionNotAllowedError, UnknownRecordError
from attrtrack.storage.tables_accounts import units
from attrtrack.storage.transaction import Transaction


class Units:
    """The units of the register."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, unit: Unit) -> None:
        """Add a unit below its parent; `TransitionNotAllowedError` when the name is taken."""
        if self._row(unit.name) is not None:
            raise TransitionNotAllowedError(f"已经有单位“{unit.name}”。")
        self._transaction.insert(
            units,
            {
                "name": unit.name,
                "parent_id": self.key(unit.parent) if unit.parent is not None else None,
                "top": unit.top,
                "created_by": self._transaction.actor,
                "created_at": self._transaction.now,
            },
        )

    def move(self, name: str, parent: str | None) -> None:
        """Put a unit below another (None: below none); the database refuses a circle."""
        above = self.key(parent) if parent is not None else None
        self._transaction.execute(units.update().where(units.c.id == self.key(name)).values(parent_id=above))

    def close(self, name: str) -> None:
        """Close a unit for ever; refused while units below it or accounts in it are open."""
        now = self._transaction.now
        self._transaction.execute(units.update().where(units.c.id == self.key(name)).values(closed_at=now))

    def all(self) -> list[Unit]:
        """Return every unit, in order of entry."""
        above = units.alias("above")
        query = (
            sa.select(units.c.name, above.c.name.label("parent"), units.c.top, units.c.closed_at)
            .select_from(units.outerjoin(above, above.c.id == units.c.parent_id))
            .order_by(units.c.id)
        )
        return [Unit(row.name, row.parent, row.top, row.closed_at) for row in self._transaction.rows(query)]

    def below(self, names: Iterable[str]) -> frozenset[str] | None:
        """Return these units with all below them, None (everything) when the top unit is among them."""
        seen = sa.select(units.c.id, units.c.name, units.c.top).where(units.c.name.in_(list(names)))
        tree = seen.cte("tree", recursive=True)
        lower = sa.select(units.c.id, units.c.name, units.c.top).join(tree, units.c.parent_id == tree.c.id)
        rows = self._transaction.rows(sa.select(tree.union(lower)))
        return None if any(row.top for row in rows) else frozenset(row.name for row in rows)

    def key(self, name: str) -> int:
        """Return the key of a unit; `UnknownRecordError` when there is none."""
        found = self._row(name)
        if found is None:
            raise UnknownRecordError(f"没有单位“{name[:50]}”：请核对名称，或先用 attrtrack unit add 建立。")
        return found

    def _row(self, name: str) -> int | None:
        row = self._transaction.first(sa.select(units.c.id).where(units.c.name == name))
        return None if row is None else int(row.id)


def subject(name: str) -> str:
    """Return how the journal names a unit."""
    return f"unit:{name}"
