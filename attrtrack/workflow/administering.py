"""What administrators look at: accounts a part at a time, one account with what belongs to it, the units as a tree."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attrtrack.domain.access import Right, Role
from attrtrack.domain.accounts import Account, ApiToken, Identity, Unit, login_of
from attrtrack.domain.administering import AccountState, AccountsWanted
from attrtrack.storage.accounts import subject
from attrtrack.storage.units import subject as unit_subject
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted

_MANAGERS = (Right.MANAGE_ACCOUNTS, Right.MANAGE_ROLES)


@dataclass(frozen=True, slots=True)
class AccountsPart:
    """Some accounts; `counts` says how many there are in each state (None: in any); `next` is the key where the list goes on."""

    accounts: Sequence[Account]
    counts: Mapping[AccountState | None, int]
    signed_in: Mapping[str, dt.datetime]
    next: int | None


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """One account; `version` is what an act on it must have seen.

    `sessions` is in how many places it is signed in. `identities` and `tokens` are None for who may not look after them; `lacks_security`: nobody holds the role of the
    security administrator, so that the system administrator names the first.
    """

    account: Account
    subject: str
    version: int
    signed_in: dt.datetime | None
    sessions: int
    identities: Sequence[Identity] | None
    tokens: Sequence[ApiToken] | None
    lacks_security: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the order of the tree: how deep it stands, and how many open accounts it has itself."""

    unit: Unit
    depth: int
    accounts: int


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """One unit, how many open accounts it has, and what an act on it must have seen."""

    unit: Unit
    accounts: int
    subject: str
    version: int


def accounts_part(app: App, wanted: AccountsWanted, *, after: int = 0, limit: int) -> AccountsPart:
    """Return some accounts in order of entry."""
    permitted(app, *_MANAGERS)
    with app.reading() as work:
        found = work.account_lists.part(wanted, after=after, limit=limit + 1)
        shown = [account for _, account in found[:limit]]
        return AccountsPart(
            shown,
            work.account_lists.count(wanted),
            work.account_lists.last_signed_in([account.login for account in shown]),
            found[limit - 1][0] if len(found) > limit else None,
        )


def account_sheet(app: App, login: str) -> AccountSheet:
    """Return one account; `UnknownRecordError` when there is none."""
    name = login_of(login)
    permitted(app, *_MANAGERS, subject=subject(name))
    manages = app.access.may(Right.MANAGE_ACCOUNTS)
    with app.reading() as work:
        return AccountSheet(
            work.accounts.get(name),
            subject(name),
            work.journal.version_of(subject(name)),
            work.account_lists.last_signed_in([name]).get(name),
            work.account_lists.open_sessions(name),
            work.identities.of(name) if manages else None,
            work.api_tokens.of(name) if manages else None,
            lacks_security=manages and not work.account_lists.has_open(Role.SECURITY_ADMINISTRATOR),
        )


def unit_names(app: App) -> tuple[str, ...]:
    """Return the names of the units in use, for forms that ask for one."""
    permitted(app, *_MANAGERS)
    with app.reading() as work:
        return tuple(unit.name for unit in work.units.all() if unit.closed_at is None)


def unit_part(app: App, text: str, *, offset: int = 0, limit: int) -> tuple[Sequence[UnitRow], int]:
    """Return some units in the order of the tree, those whose name holds a text, and how many there are."""
    permitted(app, *_MANAGERS)
    with app.reading() as work:
        found = [(unit, depth) for unit, depth in tree(work.units.all()) if text in unit.name]
        part = found[offset : offset + limit]
        counts = work.account_lists.in_units([unit.name for unit, _ in part])
    return [UnitRow(unit, depth, counts.get(unit.name, 0)) for unit, depth in part], len(found)


def unit_sheet(app: App, name: str) -> UnitSheet:
    """Return one unit; `UnknownRecordError` when there is none."""
    permitted(app, *_MANAGERS)
    with app.reading() as work:
        work.units.key(name)
        unit = next(unit for unit in work.units.all() if unit.name == name)
        accounts = work.account_lists.in_units([name]).get(name, 0)
        return UnitSheet(unit, accounts, unit_subject(name), work.journal.version_of(unit_subject(name)))


def tree(units: Sequence[Unit]) -> list[tuple[Unit, int]]:
    """Put each unit below the one above it, with its depth; the database lets no circle in."""
    below: dict[str | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent, []).append(unit)
    ordered, waiting = list[tuple[Unit, int]](), [(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        ordered.append((unit, depth))
        waiting += [(lower, depth + 1) for lower in reversed(below.get(unit.name, []))]
    return ordered


def has_top_unit(app: App) -> bool:
    """Whether the register has the unit that sees everything."""
    permitted(app, *_MANAGERS)
    with app.reading() as work:
        return any(unit.top and unit.closed_at is None for unit in work.units.all())
