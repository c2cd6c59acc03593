"""What the lists of administrators are narrowed to: accounts by name, unit, role and state, entries of the journal."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from attrtrack.domain.access import Role
from attrtrack.domain.accounts import Account


class AccountState(StrEnum):
    """How an account stands; one that is open may be locked, or have to change its password, too."""

    OPEN = "open"
    LOCKED = "locked"
    MUST_CHANGE = "must-change"
    CLOSED = "closed"

    @property
    def chinese(self) -> str:
        """The word that administrators read."""
        return {"open": "在用", "locked": "已锁定", "must-change": "待改口令", "closed": "已停用"}[self.value]


@dataclass(frozen=True, slots=True)
class AccountsWanted:
    """What a list of accounts is narrowed to; `text` is part of a login or name, `unit` part of a unit's name."""

    text: str = ""
    unit: str = ""
    state: AccountState | None = None
    role: Role | None = None

    def in_state(self, state: AccountState | None) -> "AccountsWanted":
        """Return the same in another state."""
        return replace(self, state=state)


def state_of(account: Account, now: dt.datetime) -> AccountState:
    """Return what matters most of an account's states."""
    if account.closed_at is not None:
        return AccountState.CLOSED
    if account.locked_until is not None and now < account.locked_until:
        return AccountState.LOCKED
    return AccountState.MUST_CHANGE if account.must_change else AccountState.OPEN


@dataclass(frozen=True, slots=True)
class EntriesWanted:
    """What a list of journal entries is narrowed to; `until` is the moment after the last."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    outcome: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
