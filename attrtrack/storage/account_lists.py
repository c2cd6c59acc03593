"""Accounts as lists show them: found by name, state, unit or role, a part at a time, with when each last signed in."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from attrtrack.domain.access import Role
from attrtrack.domain.accounts import Account
from attrtrack.domain.administering import AccountState, AccountsWanted
from attrtrack.storage.accounts import Accounts
from attrtrack.storage.tables_accounts import accounts, role_grants, sessions, units
from attrtrack.storage.transaction import Transaction

Condition = sa.ColumnElement[bool]


class AccountLists:
    """Who may enter the register, for those who look after it."""

    def __init__(self, transaction: Transaction, known: Accounts) -> None:
        self._transaction = transaction
        self._accounts = known

    def part(self, wanted: AccountsWanted, *, after: int = 0, limit: int) -> list[tuple[int, Account]]:
        """Return accounts with their keys, in order of entry, those after a key."""
        query = sa.select(accounts.c.id, accounts.c.login).where(accounts.c.id > after, *self._conditions(wanted))
        rows = self._transaction.rows(query.order_by(accounts.c.id).limit(limit))
        known = {account.login: account for account in self._accounts.several(row.login for row in rows)}
        return [(row.id, known[row.login]) for row in rows]

    def count(self, wanted: AccountsWanted) -> dict[AccountState | None, int]:
        """Return how many accounts there are in each state (None: in any), the other filters as they are."""
        return {state: self._count(wanted.in_state(state)) for state in (*AccountState, None)}

    def last_signed_in(self, logins: Sequence[str]) -> Mapping[str, dt.datetime]:
        """Return when each of some accounts last began a session; who never did is not there."""
        query = (
            sa.select(accounts.c.login, sa.func.max(sessions.c.started_at).label("at"))
            .join(accounts, accounts.c.id == sessions.c.account_id)
            .where(accounts.c.login.in_(logins))
            .group_by(accounts.c.login)
        )
        return {row.login: row.at for row in self._transaction.rows(query)}

    def open_sessions(self, login: str) -> int:
        """Return in how many places an account is signed in now; one that was left alone too long counts until it is used."""
        query = (
            sa.select(sessions.c.id)
            .join(accounts, accounts.c.id == sessions.c.account_id)
            .where(
                accounts.c.login == login, sessions.c.ended_at.is_(None), sessions.c.expires_at > self._transaction.now
            )
        )
        return len(self._transaction.rows(query))

    def in_units(self, names: Iterable[str]) -> dict[str, int]:
        """Return how many open accounts each of some units has."""
        query = (
            sa.select(units.c.name, sa.func.count().label("accounts"))
            .join(accounts, accounts.c.unit_id == units.c.id)
            .where(units.c.name.in_(list(names)), accounts.c.closed_at.is_(None))
            .group_by(units.c.name)
        )
        return {row.name: row.accounts for row in self._transaction.rows(query)}

    def has_open(self, role: Role) -> bool:
        """Whether an open account holds a role."""
        query = sa.select(accounts.c.id).where(accounts.c.closed_at.is_(None), _holds(role)).limit(1)
        return self._transaction.first(query) is not None

    def _count(self, wanted: AccountsWanted) -> int:
        query = sa.select(sa.func.count()).select_from(accounts).where(*self._conditions(wanted))
        row = self._transaction.first(query)
        return 0 if row is None else int(row[0])

    def _conditions(self, wanted: AccountsWanted) -> list[Condition]:
        found: list[Condition] = []
        if wanted.text:
            found.append(
                sa.or_(
                    accounts.c.login.contains(wanted.text.casefold(), autoescape=True),
                    accounts.c.display_name.contains(wanted.text, autoescape=True),
                )
            )
        if wanted.unit:
            found.append(
                accounts.c.unit_id.in_(sa.select(units.c.id).where(units.c.name.contains(wanted.unit, autoescape=True)))
            )
        if wanted.role is not None:
            found.append(_holds(wanted.role))
        if wanted.state is not None:
            found += self._state(wanted.state)
        return found

    def _state(self, state: AccountState) -> list[Condition]:
        if state is AccountState.CLOSED:
            return [accounts.c.closed_at.is_not(None)]
        is_open = accounts.c.closed_at.is_(None)
        if state is AccountState.LOCKED:
            return [is_open, accounts.c.locked_until > self._transaction.now]
        if state is AccountState.MUST_CHANGE:
            return [is_open, accounts.c.must_change.is_(True)]
        return [is_open]


def _holds(role: Role) -> Condition:
    """Say whether the newest grant of a role says that it is held."""
    newest = (
        sa.select(role_grants.c.granted)
        .where(role_grants.c.account_id == accounts.c.id, role_grants.c.role == role.value)
        .order_by(role_grants.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return newest.is_(True)
