"""The journal's chain recomputed: which entry follows which, by the digest that the chain itself says it uses.

What is hashed of an entry is printed by the database, several times faster than here; that both databases print it as
Python's json does is what a property test tries. `attrtrack.verify` prints it in Python, from an export.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.hashing import ALGORITHMS, SHA256, hasher
from attrtrack.storage.transaction import Transaction

GENESIS = "0" * 64
SET_HASH = "set-journal-hash"
COLUMNS = ("sequence", "at", "actor", "origin", "action", "subject", "outcome", "detail", "previous_hash", "hash")
"""The columns of an entry in the order in which they are hashed, its own hash last."""

_PART = 2_000
_SAID = "at, actor, action, detail"
_HASHED = COLUMNS[:-1]
_FORMERLY = tuple(name for name in _HASHED if name != "origin")


class Link(NamedTuple):
    """What the proof needs of an entry; `told` is the UTF-8 of the text that its hash covers."""

    sequence: int
    at: str
    actor: str
    action: str
    detail: str
    previous_hash: str
    hash: str
    told: bytes


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
        """Yield each entry that is the next, and end where one is not; a chain that has broken is not to be asked again."""
        expected, last, digest = self.sequence + 1, self.hash, self._digest
        for link in links:
            sequence, _, _, action, detail, previous, own, told = link
            if action == SET_HASH:
                self._change(detail)
                digest = self._digest
            if sequence != expected or previous != last or own != digest(told).hexdigest():
                self.broken_at = expected
                return
            self.sequence = sequence
            self.hash = last = own
            expected += 1
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
    """Yield every entry in order, as the proof needs it; for the chain only without actor and time (empty), a tenth faster."""
    sqlite = is_sqlite(transaction.connection)
    told = _told_sqlite if sqlite else _told_postgresql
    said = f"'', '', action, CASE WHEN action = '{SET_HASH}' THEN detail ELSE '' END" if chain_only else _SAID
    links = transaction.raw(
        f"SELECT sequence, {said}, previous_hash, hash, "  # noqa: S608 - own names
        f"CASE WHEN origin IS NULL THEN {told(_FORMERLY)} ELSE {told(_HASHED)} END FROM journal ORDER BY sequence",
        part=_PART,
    )
    stored = next(transaction.raw("PRAGMA encoding", part=1))[0] if sqlite else "UTF-8"
    if stored != "UTF-8":
        links = ((*link[:-1], link[-1].decode(stored, "replace").encode()) for link in links)
    return links  # type: ignore[return-value]  # plain tuples: making a million values costs more than hashing them


def _told_sqlite(names: tuple[str, ...]) -> str:
    return f"CAST(json_array({', '.join(names)}) AS BLOB)"


def _told_postgresql(names: tuple[str, ...]) -> str:
    printed = " || ',' || ".join(f"to_json({name})" for name in names[1:])
    return f"convert_to('[' || sequence || ',' || {printed} || ']', 'UTF8')"
