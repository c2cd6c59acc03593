"""The journal's chain recomputed: which entry follows which, by the digest that the chain itself says it uses.

What is hashed of an entry is printed by the database, several times faster than here; that both databases print it as
Python's json does is what a property test tries. `attrtrack.verify` prints it in Python, from an export.
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.hashing import ALGORITHMS, SHA256, hasher
from attrtrack.storage.transaction import Transaction

GENESIS = "0" * 64
SET_HASH = "set-journal-hash"
COLUMNS = ("sequence", "at", "actor", "origin", "action", "subject", "outcome", "detail", "previous_hash", "hash")
"""The columns of an entry in the order in which they are hashed, its own hash last."""

_PART, _COMPARED = 2_000, 400
"""Entries read at once from PostgreSQL, and those compared at once: few enough to stay in the processor's cache."""
_SAID = ", at, actor, action, detail"
_HASHED = COLUMNS[:-1]
_FORMERLY = tuple(name for name in _HASHED if name != "origin")


class Link(NamedTuple):
    """What the proof needs of an entry; the chain alone is read without what stands after `told`.

    `change` is the detail of an entry that changes the digest, None of any other; `told` the UTF-8 that the hash covers.
    """

    sequence: int
    previous_hash: str
    hash: str
    change: str | None
    told: bytes
    at: str
    actor: str
    action: str
    detail: str


class Chain:
    """The end of the chain so far: `sequence` and `hash` of the last entry that followed, and the digest in use.

    `broken_at` is the sequence at which it first breaks, None as long as it is whole.
    """

    def __init__(self) -> None:
        self.sequence, self.hash, self.algorithm = 0, GENESIS, SHA256
        self.broken_at: int | None = None
        self.used = {SHA256}
        self._digest = hasher(SHA256)

    def following(self, links: Iterator[Link]) -> Iterator[Link]:
        """Yield each entry that is the next, and end where one is not; a chain that has broken is not to be asked again.

        Entries are taken some hundred at a time and compared column by column; one by one only where a column differs
        or the digest changes, for a million comparisons in Python cost as much as the hashing.
        """
        while part := list(islice(links, _COMPARED)):
            if self._follows_whole(part):
                yield from part
            else:
                yield from self._following(part)
                if self.broken_at is not None:
                    return

    def _follows_whole(self, part: list[Link]) -> bool:
        sequences, previous, own, changes, told, *_ = zip(*part, strict=True)
        digest, end = self._digest, self.sequence + len(part)
        if (
            any(changes)
            or sequences != tuple(range(self.sequence + 1, end + 1))
            or previous != (self.hash, *own[:-1])
            or own != tuple([digest(text).hexdigest() for text in told])
        ):
            return False
        self.sequence, self.hash = end, own[-1]
        return True

    def _following(self, part: list[Link]) -> Iterator[Link]:
        for link in part:
            sequence, previous, own, change, told, *_ = link
            if change is not None:
                self._change(change)
            if sequence != self.sequence + 1 or previous != self.hash or own != self._digest(told).hexdigest():
                self.broken_at = self.sequence + 1
                return
            self.sequence, self.hash = sequence, own
            yield link

    def _change(self, detail: str) -> None:
        named = _named(detail)
        if named in ALGORITHMS:
            self.algorithm, self._digest = named, hasher(named)
            self.used.add(named)


def _named(detail: str) -> str | None:
    try:
        said = json.loads(detail)
    except ValueError:
        return None
    return said.get("to") if isinstance(said, dict) else None


def links_of(transaction: Transaction, *, chain_only: bool = False) -> Iterator[Link]:
    """Yield every entry in order, as the proof needs it, or for the chain only as far as `told`."""
    sqlite = is_sqlite(transaction.connection)
    told = _told_sqlite if sqlite else _told_postgresql
    links = transaction.raw(
        f"SELECT sequence, previous_hash, hash, CASE WHEN action = '{SET_HASH}' THEN detail END, "  # noqa: S608 - own names
        f"CASE WHEN origin IS NULL THEN {told(_FORMERLY)} ELSE {told(_HASHED)} END{'' if chain_only else _SAID} "
        "FROM journal ORDER BY sequence",
        part=_PART,
    )
    stored = next(transaction.raw("PRAGMA encoding", part=1))[0] if sqlite else "UTF-8"
    if stored != "UTF-8":
        links = ((*link[:4], link[4].decode(stored, "replace").encode(), *link[5:]) for link in links)
    return links  # type: ignore[return-value]  # plain tuples: making a million values costs more than hashing them


def _told_sqlite(names: tuple[str, ...]) -> str:
    return f"CAST(json_array({', '.join(names)}) AS BLOB)"


def _told_postgresql(names: tuple[str, ...]) -> str:
    printed = " || ',' || ".join(f"to_json({name})" for name in names[1:])
    return f"convert_to('[' || sequence || ',' || {printed} || ']', 'UTF8')"
