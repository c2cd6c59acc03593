# ruff: noqa: S608 - attacks are written as an intruder would
"""What raw SQL on a second connection cannot do to accounts, roles, sessions and tokens."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.people import HASH, add_people
from unit.storage.samples import NOON

from attrtrack.domain.access import Right, Role
from attrtrack.domain.accounts import Account, ApiToken, Session
from attrtrack.storage import Store
from attrtrack.storage.columns import moment_text

_AT = f"'{moment_text(NOON)}'"
_LATER = "'2024-03-02T12:00:00.000000+00:00'"
_LONG_LATER = "'2026-03-02T12:00:00.000000+00:00'"
_HEX = "'" + "a" * 64 + "'"
_ACCOUNT = "accounts (id, login, display_name, password_hash, must_change, failures, created_by, created_at, closed_at)"
_GRANT = "role_grants (id, account_id, role, granted, granted_by, granted_at)"
_SESSION = "sessions (id, account_id, token_hash, origin, started_at, seen_at, expires_at, ended_at)"
_TOKEN = "api_tokens (id, account_id, name, prefix, token_hash, scopes, created_at, expires_at, revoked_at)"


def _grant(key: int, login: str, role: str, *, granted: bool = True) -> str:
    who = f"(SELECT id FROM accounts WHERE login = '{login}')"
    return f"INSERT INTO {_GRANT} VALUES ({key}, {who}, '{role}', {granted}, 'x', {_AT})"


_ATTACKS = {
    "an account without a login": f"INSERT INTO {_ACCOUNT} VALUES (90, ' ', 'x', NULL, FALSE, 0, 'x', {_AT}, NULL)",
    "a login given twice": f"INSERT INTO {_ACCOUNT} VALUES (90, 'admin', 'x', NULL, FALSE, 0, 'x', {_AT}, NULL)",
    "a password in plain words": "UPDATE accounts SET password_hash = 'hunter2'",
    "another weak hash": "UPDATE accounts SET password_hash = '5f4dcc3b5aa765d61d8327deb882cf99'",
    "another login": "UPDATE accounts SET login = 'boss' WHERE login = 'drafter'",
    "fewer than no failures": "UPDATE accounts SET failures = -5 WHERE login = 'drafter'",
    "no account any more": "DELETE FROM accounts WHERE login = 'auditor'",
    "the last system administrator closed": f"UPDATE accounts SET closed_at = {_AT} WHERE login = 'admin'",
    "a closed account opened": "UPDATE accounts SET closed_at = NULL WHERE login = 'gone'",
    "a new password for a closed account": f"UPDATE accounts SET password_hash = '{HASH}' WHERE login = 'gone'",
    "the last system administrator's role taken": _grant(10, "admin", "system_administrator", granted=False),
    "two administrators in one": _grant(10, "security", "audit_administrator"),
    "an administrator who signs": _grant(10, "security", "signatory"),
    "a drafter who administers": _grant(10, "drafter", "security_administrator"),
    "a drafter who assesses": _grant(10, "drafter", "assessor"),
    "an assessor who signs": _grant(10, "assessor", "signatory"),
    "a role that is none": _grant(10, "drafter", "emperor"),
    "a role for a closed account": _grant(10, "gone", "drafter"),
    "a grant out of order": _grant(1000, "drafter", "office"),
    "a grant rewritten": "UPDATE role_grants SET role = 'signatory' WHERE role = 'drafter'",
    "a grant taken back unseen": "DELETE FROM role_grants",
    "an assignment rewritten": "UPDATE assessed_units SET unit_id = 1",
    "an assignment deleted": "DELETE FROM assessed_units",
    "an ended session revived": "UPDATE sessions SET ended_at = NULL WHERE ended_at IS NOT NULL",
    "an ended session seen again": f"UPDATE sessions SET seen_at = {_LATER} WHERE ended_at IS NOT NULL",
    "a session prolonged": f"UPDATE sessions SET expires_at = {_LONG_LATER} WHERE ended_at IS NULL",
    "a session of somebody else": "UPDATE sessions SET account_id = 1 WHERE ended_at IS NULL",
    "a session back in time": "UPDATE sessions SET seen_at = '2020' WHERE ended_at IS NULL",
    "a session deleted": "DELETE FROM sessions",
    "a session of a closed account": f"INSERT INTO {_SESSION} SELECT 90, id, {_HEX}, 'x', {_AT}, {_AT}, {_LATER}, NULL "
    "FROM accounts WHERE login = 'gone'",
    "a session token in plain": f"INSERT INTO {_SESSION} SELECT 90, id, 'abc', 'x', {_AT}, {_AT}, {_LATER}, NULL "
    "FROM accounts WHERE login = 'drafter'",
    "a token without an end": f"INSERT INTO {_TOKEN} SELECT 90, id, 'x', 'x', {_HEX}, '[]', {_AT}, NULL, NULL "
    "FROM accounts WHERE login = 'drafter'",
    "a token for two years": f"INSERT INTO {_TOKEN} SELECT 90, id, 'x', 'x', {_HEX}, '[]', {_AT}, {_LONG_LATER}, NULL "
    "FROM accounts WHERE login = 'drafter'",
    "a token that lives longer": f"UPDATE api_tokens SET expires_at = {_LATER}",
    "a token with more scopes": """UPDATE api_tokens SET scopes = '["read","sign"]'""",
    "a revoked token revived": "UPDATE api_tokens SET revoked_at = NULL WHERE revoked_at IS NOT NULL",
    "a token deleted": "DELETE FROM api_tokens",
    "an identity moved": "UPDATE identities SET account_id = 1",
    "an identity bound twice": "INSERT INTO identities (id, account_id, issuer, subject, bound_by, bound_at) "
    f"VALUES (90, 1, 'https://id.example', 'u-1', 'x', {_AT})",
    "an identity deleted": "DELETE FROM identities",
    "a unit renamed": "UPDATE units SET name = '别的' WHERE name = '水务局'",
    "a unit below itself": "UPDATE units SET parent_id = (SELECT id FROM units WHERE name = '房管科') "
    "WHERE name = '住建局'",
    "a unit made top": "UPDATE units SET top = TRUE, parent_id = NULL WHERE name = '水务局'",
    "a second top unit": "INSERT INTO units (id, name, top, created_by, created_at) "
    f"VALUES (90, '丙', TRUE, 'x', {_AT})",
    "a unit with people closed": f"UPDATE units SET closed_at = {_AT} WHERE name = '住建局'",
    "a unit deleted": "DELETE FROM units WHERE name = '水务局'",
}
_SQLITE_ATTACKS = {
    "an account replaced": f"INSERT OR REPLACE INTO {_ACCOUNT} VALUES (1, 'admin', 'x', NULL, FALSE, 0, 'x', {_AT}, NULL)",
    "an account replaced by its login": f"REPLACE INTO {_ACCOUNT} VALUES (90, 'admin', 'x', NULL, FALSE, 0, 'x', {_AT}, NULL)",
    "a session replaced": f"INSERT OR REPLACE INTO {_SESSION} SELECT id, account_id, token_hash, origin, started_at, "
    "seen_at, expires_at, NULL FROM sessions WHERE ended_at IS NOT NULL",
    "a token replaced": f"INSERT OR REPLACE INTO {_TOKEN} SELECT id, account_id, name, prefix, token_hash, scopes, "
    "created_at, expires_at, NULL FROM api_tokens",
    "a grant replaced": f"INSERT OR REPLACE INTO {_GRANT} SELECT id, account_id, 'signatory', 1, 'x', granted_at "
    "FROM role_grants WHERE role = 'drafter'",
    "a unit replaced": f"REPLACE INTO units (id, name, top, created_by, created_at) VALUES (90, '水务局', 0, 'x', {_AT})",
}
_POSTGRESQL_ATTACKS = {
    f"{table} emptied": f"TRUNCATE {table} CASCADE"
    for table in ("units", "accounts", "role_grants", "assessed_units", "sessions", "api_tokens", "identities")
}

_SQLITE_MANNERS = (
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA recursive_triggers = OFF",
)
_REFUSALS = r"attrtrack-|constraint|NOT NULL|not-null|violates"


@pytest.fixture
def peopled(store: Store) -> Store:
    """Give a register with people, one of them gone, an ended and an open session, a revoked and a live token."""
    with store.unit_of_work("设立人") as work:
        add_people(work)
        work.accounts.add(Account("gone", "gone", None, frozenset()), HASH)
        for name, digest in (("drafter", "1" * 64), ("office", "2" * 64)):
            work.sessions.begin(Session(name, NOON, NOON, NOON.replace(hour=20), "web"), digest)
        work.sessions.end("1" * 64)
        for digest in ("3" * 64, "4" * 64):
            end = NOON.replace(month=6)
            work.api_tokens.add(ApiToken("", "office", "OA", "atk_1", frozenset({Right.READ}), NOON, end), digest)
        work.api_tokens.revoke("T1")
        work.identities.bind("drafter", "https://id.example", "u-1")
        work.accounts.close("gone")
    return store


def _everything(store: Store) -> tuple[Any, ...]:
    with store.reading() as work:
        return (
            work.accounts.all(),
            work.units.all(),
            work.sessions.find("1" * 64),
            work.sessions.find("2" * 64),
            work.api_tokens.of(None),
            work.identities.of(None),
            [work.accounts.password_hash(account.login) for account in work.accounts.all()],
        )


def _got_through(store: Store, raw: Engine, attacks: dict[str, str], *before: str) -> list[str]:
    """Name the attacks that were not refused, or changed something all the same."""
    kept, found = _everything(store), []
    for name, statement in attacks.items():
        try:
            _attack(raw, statement, *before)
        except DBAPIError as refusal:
            if re.search(_REFUSALS, str(refusal.orig)):
                continue
        found.append(name)
    return found if _everything(store) == kept else [*found, "something changed"]


def _attack(raw: Engine, statement: str, *before: str) -> None:
    with raw.connect() as connection:
        for pragma in before:
            connection.exec_driver_sql(pragma)
        connection.exec_driver_sql(statement)
        connection.commit()


def test_raw_sql_is_refused(peopled: Store, raw: Engine) -> None:
    """No statement makes an account without login, mixes powers, revives what ended or rewrites what was granted."""
    assert _got_through(peopled, raw, _ATTACKS) == []


def test_raw_sql_without_manners_is_refused(peopled: Store, raw: Engine) -> None:
    """The triggers hold with CHECKs, foreign keys and recursive triggers off, for REPLACE, for TRUNCATE, for replicas."""
    if raw.dialect.name == "sqlite":
        found = _got_through(peopled, raw, {**_ATTACKS, **_SQLITE_ATTACKS}, *_SQLITE_MANNERS)
    else:
        found = _got_through(
            peopled, raw, {**_ATTACKS, **_POSTGRESQL_ATTACKS}, "SET session_replication_role = replica"
        )
    assert found == []


def test_first_must_be_system_administrator(store: Store, raw: Engine) -> None:
    """In a register without a system administrator no other role can be granted, whoever writes."""
    with store.unit_of_work("设立人") as work:
        work.accounts.add(_somebody(), HASH)
    with pytest.raises(DBAPIError, match="第一个账号必须是系统管理员"):
        _attack(raw, _grant(1, "first", "signatory"))
    _attack(raw, _grant(1, "first", "system_administrator"))
    with store.reading() as work:
        assert work.accounts.get("first").roles == {Role.SYSTEM_ADMINISTRATOR}


def test_with_a_second_administrator_the_first_may_go(peopled: Store, raw: Engine) -> None:
    """The law is about the last one: with another open system administrator an account can be closed."""
    with peopled.unit_of_work("甲") as work:
        work.accounts.add(_somebody(), HASH)
        work.accounts.set_role("first", Role.SYSTEM_ADMINISTRATOR, granted=True)
    _attack(raw, f"UPDATE accounts SET closed_at = {_AT} WHERE login = 'admin'")
    with pytest.raises(DBAPIError, match="最后一个系统管理员"):
        _attack(raw, f"UPDATE accounts SET closed_at = {_AT} WHERE login = 'first'")


def test_laws_are_expected_at_start(peopled: Store, raw: Engine, database_url: str, opened: Any) -> None:
    """A register from which a law of accounts was taken is not opened."""
    del peopled
    sqlite = raw.dialect.name == "sqlite"
    dropped = "DROP TRIGGER role_grants_enter" + ("" if sqlite else " ON role_grants")
    with raw.begin() as connection:
        connection.execute(sa.text(dropped))
    with pytest.raises(Exception, match="role_grants_enter"):
        opened(database_url)


def _somebody() -> Account:
    return Account("first", "first", None, frozenset())
