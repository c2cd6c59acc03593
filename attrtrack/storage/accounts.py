"""Accounts with their roles; a password is here as its hash only, and nothing of it enters the journal, which the triggers write."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.access import Role
from attrtrack.domain.accounts import Account
from attrtrack.errors import TransitionNotAllowedError, UnknownRecordError
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.tables_accounts import accounts, assessed_units, role_grants, units
from attrtrack.storage.transaction import Transaction
from attrtrack.storage.units import Units


class Accounts:
    """Who may enter the register, and as what."""

    def __init__(self, transaction: Transaction, unit_tree: Units) -> None:
        self._transaction = transaction
        self._units = unit_tree

    def any(self) -> bool:
        """Whether the register knows accounts; where it knows none a name alone counts."""
        return self._transaction.first(sa.select(accounts.c.id).limit(1)) is not None

    def add(self, account: Account, password_hash: str | None) -> None:
        """Add an account without roles; `TransitionNotAllowedError` when the login has ever been given."""
        if self.find(account.login) is not None:
            raise TransitionNotAllowedError(
                f"登录名“{account.login}”已经用过：每个登录名只给一个人，停用后也不再给别人。"
            )
        self._transaction.insert(
            accounts,
            {
                "login": account.login,
                "display_name": account.display_name,
                "unit_id": None if account.unit is None else self._units.key(account.unit),
                "password_hash": password_hash,
                "must_change": account.must_change,
                "failures": 0,
                "created_by": self._transaction.actor,
                "created_at": self._transaction.now,
            },
        )

    def get(self, login: str) -> Account:
        """Return an account; `UnknownRecordError` when there is none."""
        found = self.find(login)
        if found is None:
            raise UnknownRecordError(f"没有账号“{login[:50]}”：请核对登录名。")
        return found

    def find(self, login: str) -> Account | None:
        """Return the account of a login, or None."""
        return next(iter(self._accounts(accounts.c.login == login)), None)

    def all(self) -> list[Account]:
        """Return every account, closed ones as well, in order of entry."""
        return self._accounts(sa.true())

    def several(self, logins: Iterable[str]) -> list[Account]:
        """Return the accounts of some logins, in order of entry; those that are none are not there."""
        return self._accounts(accounts.c.login.in_(list(logins)))

    def password_hash(self, login: str) -> str | None:
        """Return the hash of an account's password, None when it has none."""
        row = self._transaction.first(sa.select(accounts.c.password_hash).where(accounts.c.login == login))
        return None if row is None else row.password_hash

    def set_password(self, login: str, password_hash: str, *, must_change: bool) -> None:
        """Set a password; failures and lock end with the old one."""
        values = {"password_hash": password_hash, "must_change": must_change, "failures": 0, "locked_until": None}
        self._change(login, values)

    def renew_hash(self, login: str, password_hash: str) -> None:
        """Keep the same password under stronger parameters."""
        self._change(login, {"password_hash": password_hash})

    def count_failure(self, login: str, failures: int, locked_until: dt.datetime | None) -> None:
        """Keep how often in a row a password was wrong, and until when the account is locked."""
        self._change(login, {"failures": failures, "locked_until": locked_until})

    def forget_failures(self, login: str) -> None:
        """Begin to count anew after a right password."""
        self._change(login, {"failures": 0, "locked_until": None})

    def unlock(self, login: str) -> None:
        """End a lock before its time."""
        self.forget_failures(login)

    def lock(self, login: str, until: dt.datetime) -> None:
        """Lock an account; how often its password was wrong stays."""
        self._change(login, {"locked_until": until})

    def rename(self, login: str, display_name: str) -> None:
        """Change how a person is called; the login stays for ever."""
        self._change(login, {"display_name": display_name})

    def place(self, login: str, unit: str | None) -> None:
        """Move a person to another unit."""
        self._change(login, {"unit_id": None if unit is None else self._units.key(unit)})

    def close(self, login: str) -> None:
        """Close an account for ever; the database refuses for the last system administrator."""
        self._change(login, {"closed_at": self._transaction.now})

    def set_role(self, login: str, role: Role, *, granted: bool) -> None:
        """Append that a role is granted or taken back; the database refuses what breaks the separation of powers."""
        row = {"account_id": self.key(login), "role": role.value, "granted": granted}
        self._append(role_grants, row, "granted")

    def assign(self, login: str, unit: str, *, assigned: bool) -> None:
        """Append that an assessor assesses a unit, or no longer."""
        row = {"account_id": self.key(login), "unit_id": self._units.key(unit), "assigned": assigned}
        self._append(assessed_units, row, "assigned")

    def key(self, login: str) -> int:
        """Return the key of an account; `UnknownRecordError` when there is none."""
        row = self._transaction.first(sa.select(accounts.c.id).where(accounts.c.login == login))
        if row is None:
            raise UnknownRecordError(f"没有账号“{login[:50]}”：请核对登录名。")
        return int(row.id)

    def _append(self, table: sa.Table, row: dict[str, Any], word: str) -> None:
        said = {f"{word}_by": self._transaction.actor, f"{word}_at": self._transaction.now}
        self._transaction.insert(table, {**row, **said})

    def _change(self, login: str, values: dict[str, Any]) -> None:
        self._transaction.execute(accounts.update().where(accounts.c.id == self.key(login)).values(**values))

    def _accounts(self, condition: "sa.ColumnElement[bool]") -> list[Account]:
        query = (
            sa.select(accounts, units.c.name.label("unit"))
            .select_from(accounts.outerjoin(units, units.c.id == accounts.c.unit_id))
            .where(condition)
            .order_by(accounts.c.id)
        )
        rows = self._transaction.rows(query)
        roles = self._in_force(role_grants, condition, role_grants.c.role, "granted")
        assessed = self._in_force(assessed_units, condition, units.c.name, "assigned")
        return [_account(row, roles.get(row.id, []), assessed.get(row.id, [])) for row in rows]

    def _in_force(
        self, table: sa.Table, condition: "sa.ColumnElement[bool]", named: "sa.Column[Any]", word: str
    ) -> dict[int, list[str]]:
        """Return by account what its newest rows of the appended `table` say is held."""
        source = table.join(accounts, accounts.c.id == table.c.account_id)
        if named.table is units:
            source = source.join(units, units.c.id == table.c.unit_id)
        query = sa.select(table.c.account_id, named.label("named"), table.c[word].label("held"))
        held: dict[tuple[int, str], bool] = {}
        for row in self._transaction.rows(query.select_from(source).where(condition).order_by(table.c.id)):
            held[row.account_id, row.named] = row.held
        found: dict[int, list[str]] = {}
        for (key, name), is_held in held.items():
            if is_held:
                found.setdefault(key, []).append(name)
        return found


def subject(login: str) -> str:
    """Return how the journal names an account."""
    return f"user:{login}"


def _account(row: AnyRow, roles: list[str], assessed: list[str]) -> Account:
    return Account(
        login=row.login,
        display_name=row.display_name,
        unit=row.unit,
        roles=frozenset(map(Role, roles)),
        assesses=tuple(sorted(assessed)),
        has_password=row.password_hash is not None,
        must_change=row.must_change,
        failures=row.failures,
        locked_until=row.locked_until,
        created_at=row.created_at,
        closed_at=row.closed_at,
    )
