"""Somebody with a database client of his own: a script of raw SQL, chosen at random, on a second connection.

On SQLite he comes without the program's functions, with functions that look like them, with ones that lie, or says that he
is the program; on PostgreSQL as a clerk with all rights on the rows, as one who says that he is the program, or as the
owner. What an owner does is judged otherwise: he can switch guards off, and must then be found.
"""

import random
import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg
import sqlalchemy as sa
from register_scripts import OF_POSTGRESQL, OF_SQLITE, OWNERS, Chosen, Script, structure
from register_watch import Watch

from attrtrack.storage.hashing import Acting, register_functions

CLERK = "attrtrack_clerk"
ANOTHER_REGISTER = {
    "gate_switches", "accounts", "role_grants", "units", "assessed_units", "sessions", "api_tokens", "identities", "removals",
    "journal_algorithms", "interpretations", "links", "judgements", "jobs", "job_files", "precedents", "corrections",
    "need_decisions", "proposals",
}  # fmt: skip
"""After a raw change of these the register goes on by other rules, or holds words that no person could have given."""
_PRAGMAS = (
    "ignore_check_constraints = ON", "foreign_keys = OFF", "writable_schema = ON", "recursive_triggers = OFF",
    "trusted_schema = ON", "defer_foreign_keys = ON", "legacy_alter_table = ON", "query_only = OFF", "journal_mode = DELETE",
)  # fmt: skip


@dataclass(frozen=True)
class Attack:
    """What was tried, by which way, and what it met: `refused` None where the database took it."""

    kind: str
    way: str
    script: tuple[str, ...]
    refused: str | None
    wrote: bool
    by_owner: bool = False

    @property
    def spoils(self) -> bool:
        """Whether a register that took it may hold words that the program cannot read."""
        return self.kind not in {"state", "course", "said"}


def attack(url: str, chance: random.Random, watch: Watch, key: int | None) -> Attack:
    """Choose a script and a way in, run it on a connection of its own, and say what it met."""
    sqlite = url.startswith("sqlite")
    there = [row["id"] for row in watch.rows.get("documents", {}).values()]
    chosen = Chosen(chance, watch, key if key is not None and chance.random() < 0.7 else chance.choice(there), sqlite)
    weights = OF_SQLITE if sqlite else OF_POSTGRESQL
    script = chance.choices(list(weights), list(weights.values()))[0]
    statements = tuple(script(chosen))
    return (_on_sqlite if sqlite else _on_postgresql)(url, chance, script, statements)


# -- SQLite -------------------------------------------------------------------------------------------------------------


def _plain(_connection: sqlite3.Connection, _chance: random.Random) -> None:
    """Bring nothing along."""


def _functions(connection: sqlite3.Connection, _chance: random.Random) -> None:
    register_functions(connection, Acting())


def _pretender(connection: sqlite3.Connection, _chance: random.Random) -> None:
    acting = Acting()
    acting.begin("system", "cli", None)
    register_functions(connection, acting)


_LIES: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    ("attrtrack_actor", 0, lambda: None),
    ("attrtrack_origin", 0, lambda: None),
    ("attrtrack_hash", 2, lambda _algorithm, _told: None),
    ("attrtrack_hash", 2, lambda _algorithm, _told: 5),
    ("attrtrack_now", 0, lambda: "gestern"),
    ("attrtrack_actor", 0, lambda: 7),
    ("attrtrack_actor", 0, lambda: b"\xff"),
)


def _liar(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Bring functions that look alike, one of which gives nothing or nonsense; the journal's own seal is left true."""
    _pretender(connection, chance)
    connection.create_function(*chance.choice(_LIES))


_WAYS = {"plain": _plain, "functions": _functions, "pretender": _pretender, "liar": _liar}


def _on_sqlite(url: str, chance: random.Random, script: Script, statements: tuple[str, ...]) -> Attack:
    way = chance.choices(list(_WAYS), (1, 4, 2, 2))[0]
    prelude = tuple(f"PRAGMA {chance.choice(_PRAGMAS)}" for _ in range(chance.choice((0, 0, 1, 2))))
    connection = sqlite3.connect(str(sa.make_url(url).database), isolation_level=None, timeout=10)
    refused, wrote = None, False
    try:
        _WAYS[way](connection, chance)
        for statement in prelude:
            with suppress(sqlite3.Error):
                connection.execute(statement)
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            try:
                connection.execute(statement).fetchall()
            except sqlite3.Error as error:
                refused = refused or _met(str(error))
                if chance.random() < 0.5:
                    break
        if connection.in_transaction:
            wrote = connection.total_changes > 0
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        refused = _met(str(error))
    finally:
        connection.close()
    return Attack(script.__name__, way, (*prelude, *statements), refused, wrote, by_owner=script in OWNERS)


# -- PostgreSQL ---------------------------------------------------------------------------------------------------------

_SAID = "SELECT set_config('attrtrack.actor', '系统', false), set_config('attrtrack.origin', 'cli', false), set_config('attrtrack.now', {now}, false)"


def grant_clerk(url: str) -> None:
    """Give the clerk all rights on rows that an owner can give, in a template."""
    with _server(url) as connection:
        with suppress(psycopg.errors.DuplicateObject):
            connection.execute(f"CREATE ROLE {CLERK} LOGIN")
        connection.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES ON ALL TABLES IN SCHEMA public TO {CLERK}"
        )
        connection.execute(f'GRANT TEMPORARY ON DATABASE "{connection.info.dbname}" TO {CLERK}')


def _server(url: str, user: str | None = None) -> "psycopg.Connection[Any]":
    parsed = sa.make_url(url)
    return psycopg.connect(
        host=str(parsed.query["host"]), user=user or parsed.username, dbname=parsed.database, autocommit=True
    )


def _on_postgresql(url: str, chance: random.Random, script: Script, statements: tuple[str, ...]) -> Attack:
    way = chance.choices(("clerk", "pretender", "liar", "owner"), (4, 2, 1, 1))[0]
    prelude: tuple[str, ...] = ()
    if way in {"pretender", "liar"}:
        prelude = (_SAID.format(now="''" if way == "pretender" else "'gestern'"),)
    if way == "owner":
        prelude = chance.choice(((), ("SET session_replication_role = replica",)))
    refused, wrote = None, False
    with _server(url, None if way == "owner" else CLERK) as connection:
        connection.execute("SET lock_timeout = '10s'")
        for statement in prelude:
            connection.execute(statement)
        whole = chance.random() < 0.5
        if whole:
            connection.execute("BEGIN")
        for statement in statements:
            try:
                wrote |= connection.execute(statement).rowcount > 0
            except psycopg.Error as error:
                refused = refused or _met(f"{error.sqlstate} {error}")
                if whole:
                    break
        if whole:
            wrote &= not refused
            connection.execute("ROLLBACK" if refused else "COMMIT")
    by_owner = way == "owner" and (script is structure or bool(prelude))
    return Attack(script.__name__, way, (*prelude, *statements), refused, wrote, by_owner=by_owner)


_SIGNS = (
    ("refused by a guard", r"attrtrack-"),
    ("refused: no function", r"no such function"),
    ("refused: no right", r"42501|permission denied|must be owner"),
    ("refused by a constraint", r"constraint|^23|datatype mismatch|^22|JSON cannot hold|user-defined function raised"),
    ("no such statement here", r"."),
)


def _met(words: str) -> str:
    return next(name for name, sign in _SIGNS if re.search(sign, words))
