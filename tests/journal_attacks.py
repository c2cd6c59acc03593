"""Attacks on a journal by somebody who owns the file: triggers are dropped, entries and rows are changed, chains are made anew.

Each attack works on an open transaction of a real register, which its caller rolls back. It returns the sequence of the
earliest entry that it touches, or whose row it touches: with a checkpoint at or after that entry it must be found.
"""

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

COLUMNS = ("sequence", "at", "actor", "action", "subject", "outcome", "detail", "previous_hash", "hash", "origin")
HASHED = ("sequence", "at", "actor", "origin", "action", "subject", "outcome", "detail", "previous_hash")
FORGED = {
    "at": "2024-03-01T05:00:00.000000+00:00",
    "actor": "别人",
    "origin": "cli",
    "action": "publish",
    "subject": "D1",
    "outcome": "refused",
    "detail": '{"rule":"R14-1"}',
}


@dataclass(frozen=True)
class Attacked:
    """The earliest sequence touched, and whether a row of the register was touched without an entry that tells of it."""

    sequence: int
    unrecorded: bool = False


Attack = Callable[[Connection, random.Random, int], Attacked | None]


def drop_triggers(connection: Connection) -> None:
    """Switch every guard off, as an owner of the file can."""
    for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def rows_after(connection: Connection, sequence: int) -> list[dict[str, Any]]:
    """Return the entries from a sequence on."""
    query = f"SELECT {', '.join(COLUMNS)} FROM journal WHERE sequence >= ? ORDER BY sequence"  # noqa: S608 - own names
    return [dict(zip(COLUMNS, row, strict=True)) for row in connection.exec_driver_sql(query, (sequence,))]


def forge_chain(connection: Connection, entries: list[dict[str, Any]], first: int) -> None:
    """Put entries in place of those from `first` on, numbered and hashed anew: a chain that is whole in itself."""
    found = connection.exec_driver_sql("SELECT hash FROM journal WHERE sequence = ?", (first - 1,)).scalar()
    previous = found or "0" * 64
    connection.exec_driver_sql("DELETE FROM journal WHERE sequence >= ?", (first,))
    for place, entry in enumerate(entries):
        entry["sequence"], entry["previous_hash"] = first + place, previous
        told = json.dumps([entry[name] for name in HASHED], ensure_ascii=False, separators=(",", ":"))
        previous = entry["hash"] = hashlib.sha256(told.encode()).hexdigest()
        values = tuple(entry[name] for name in COLUMNS)
        marks = ", ".join("?" * len(COLUMNS))
        connection.exec_driver_sql(f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({marks})", values)  # noqa: S608 - the same


def edit(connection: Connection, chance: random.Random, last: int) -> Attacked | None:
    """Change one field of one entry."""
    sequence, field = chance.randint(1, last), chance.choice([*FORGED, "hash", "previous_hash"])
    value = FORGED.get(field, f"{chance.getrandbits(256):064x}")
    before = connection.exec_driver_sql(f"SELECT {field} FROM journal WHERE sequence = ?", (sequence,)).scalar_one()  # noqa: S608
    connection.exec_driver_sql(f"UPDATE journal SET {field} = ? WHERE sequence = ?", (value, sequence))  # noqa: S608 - own names
    return None if before == value else Attacked(sequence)


def delete(connection: Connection, chance: random.Random, last: int) -> Attacked:
    """Take one entry out, with or without closing the gap in the numbers."""
    sequence = chance.randint(1, last)
    connection.exec_driver_sql("DELETE FROM journal WHERE sequence = ?", (sequence,))
    if chance.random() < 0.5:
        for number in range(sequence + 1, last + 1):
            connection.exec_driver_sql("UPDATE journal SET sequence = ? WHERE sequence = ?", (number - 1, number))
    return Attacked(sequence)


def insert(connection: Connection, chance: random.Random, last: int) -> Attacked:
    """Put a forged entry between two others, rightly hashed for its place."""
    sequence = chance.randint(1, last)
    for number in range(last, sequence - 1, -1):
        connection.exec_driver_sql("UPDATE journal SET sequence = ? WHERE sequence = ?", (number + 1, number))
    rest = rows_after(connection, sequence + 1)
    forge_chain(connection, [{**rest[0], **FORGED}], sequence)
    for entry in rest:
        marks = ", ".join("?" * len(COLUMNS))
        values = tuple(entry[name] for name in COLUMNS)
        connection.exec_driver_sql(f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({marks})", values)  # noqa: S608 - own names
    return Attacked(sequence)


def reorder(connection: Connection, chance: random.Random, last: int) -> Attacked:
    """Let two entries change places."""
    one, other = sorted(chance.sample(range(1, last + 1), 2))
    for former, present in ((one, -1), (other, one), (-1, other)):
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.exec_driver_sql("UPDATE journal SET sequence = ? WHERE sequence = ?", (present, former))
    return Attacked(one)


def truncate(connection: Connection, chance: random.Random, last: int) -> Attacked:
    """Cut the end off."""
    sequence = chance.randint(1, last)
    connection.exec_driver_sql("DELETE FROM journal WHERE sequence >= ?", (sequence,))
    return Attacked(sequence)


def rebuild(connection: Connection, chance: random.Random, last: int) -> Attacked:
    """Change, drop or add an entry and make the whole rest of the chain anew, so that it is whole in itself."""
    sequence = chance.randint(1, last)
    entries = rows_after(connection, sequence)
    kind = chance.choice(("change", "drop", "add"))
    if kind == "change":
        field = chance.choice(("at", "actor", "outcome", "detail", "subject"))
        entries[0][field] = f"{FORGED[field]} "
    elif kind == "drop":
        del entries[0]
    else:
        entries.insert(0, {**entries[0], **FORGED})
    forge_chain(connection, entries, sequence)
    return Attacked(sequence)


def a_row(connection: Connection, chance: random.Random) -> tuple[str, str, int] | None:
    """Choose a row by chance: table, key and the sequence of its newest entry."""
    table = chance.choice(
        ("documents", "declarations", "proposals", "publications", "interpretations", "gate_switches")
    )
    key = connection.exec_driver_sql(f"SELECT id FROM {table} ORDER BY random() LIMIT 1").scalar()  # noqa: S608 - own names
    if key is None:
        return None
    newest = connection.exec_driver_sql(
        "SELECT MAX(sequence) FROM journal WHERE detail LIKE ?", (f'{{"row":"{table}/{key}"%',)
    ).scalar_one()
    return table, str(key), int(newest)


_EDITED = {
    "documents": "title = 'x' || COALESCE(title, '')",
    "declarations": "reason = 'x' || COALESCE(reason, '')",
    "proposals": "probability = COALESCE(probability, 0) / 2 + 0.001",
    "publications": "url = url || 'x'",
    "interpretations": "title = 'x' || COALESCE(title, '')",
    "gate_switches": "value = '[]' || value",
}


def edit_row(connection: Connection, chance: random.Random, last: int) -> Attacked | None:
    """Change, delete or add a row of the register with the triggers off."""
    del last
    chosen = a_row(connection, chance)
    if chosen is None:
        return None
    table, key, newest = chosen
    kind = chance.choice(("change", "delete", "add"))
    if kind == "change":
        connection.exec_driver_sql(f"UPDATE {table} SET {_EDITED[table]} WHERE id = {key}")  # noqa: S608 - own names
    elif kind == "delete":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = {key}")  # noqa: S608 - own names
    else:
        names = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
        values = ", ".join("id + 100000" if name == "id" else "NULL" if name == "twin_hash" else name for name in names)
        connection.exec_driver_sql(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE id = {key}")  # noqa: S608 - own names
    return Attacked(newest, unrecorded=True)


def edit_row_and_entry(connection: Connection, chance: random.Random, last: int) -> Attacked | None:
    """Change a row, put the fitting digest into its entry, and make the chain anew: only a checkpoint can tell."""
    del last
    chosen = a_row(connection, chance)
    if chosen is None:
        return None
    table, key, newest = chosen
    connection.exec_driver_sql(f"UPDATE {table} SET {_EDITED[table]} WHERE id = {key}")  # noqa: S608 - own names
    entries = rows_after(connection, newest)
    detail = json.loads(entries[0]["detail"])
    detail["digest"] = present_digest(connection, table, key)
    entries[0]["detail"] = json.dumps(detail, ensure_ascii=False, separators=(",", ":"))
    forge_chain(connection, entries, newest)
    return Attacked(newest)


def present_digest(connection: Connection, table: str, key: str) -> str:
    """Return the digest that the row's entry would have to hold."""
    from attrtrack.storage.migrations.guards_0008_sqlite import image  # noqa: PLC0415 - the attacker's own copy
    from attrtrack.storage.migrations.told import TOLD  # noqa: PLC0415 - the same

    told = next(item for item in TOLD if item.table == table)
    query = f"SELECT {image(told, table)} FROM {table} WHERE id = {key}"  # noqa: S608 - own names
    return hashlib.sha256(connection.exec_driver_sql(query).scalar_one().encode()).hexdigest()


ATTACKS: dict[str, Attack] = {
    "edit": edit,
    "delete": delete,
    "insert": insert,
    "reorder": reorder,
    "truncate": truncate,
    "rebuild": rebuild,
    "row": edit_row,
    "row and entry": edit_row_and_entry,
}
