"""People and programs that may enter the register: units, accounts, sessions, tokens and their laws.

Decisions. 三员分立: an account that holds one of the three administrator roles holds nothing else. Were it otherwise, who
grants rights could grant himself the right to sign, who makes accounts could act in one of his own making, and who reads
the log would read his own acts. The assessor stays apart from drafter, office and signatory as well: who scores a year
must not have made it, and sight of the units assessed must never carry a right to change their documents.
Logins are kept in one normal form and never given twice, so that a name in the journal means one person for ever.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from attrtrack.domain.access import ADMINISTRATORS, RIGHTS, Access, Right, Role
from attrtrack.errors import UsageError

_LOGIN = re.compile(r"\w[\w.@+-]{0,63}")
_NAME_LONGEST = 120
UNTIL_UNLOCKED = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Until when an account is locked that an administrator has locked: until one unlocks it."""
TOKEN_DAYS = 366
"""The longest life of an API token; nothing that opens the register lives for ever."""
_MAKERS = frozenset({Role.DRAFTER, Role.OFFICE, Role.SIGNATORY})
DOCUMENT_ROLES = _MAKERS | {Role.ASSESSOR}
"""Roles that see documents, and therefore need a unit or units."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An organ or department; it sees its own documents and those of all units below it.

    The `top` unit, of which there is one at most, sees everything, documents without a unit included.
    """

    name: str
    parent: str | None = None
    top: bool = False
    closed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may enter; `roles` are those in force, `assesses` the units assigned to an assessor."""

    login: str
    display_name: str
    unit: str | None
    roles: frozenset[Role]
    assesses: tuple[str, ...] = ()
    has_password: bool = False
    must_change: bool = False
    failures: int = 0
    locked_until: dt.datetime | None = None
    created_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None

    @property
    def suspended(self) -> bool:
        """Whether an administrator has locked the account, which ends every way in; a lock by wrong passwords ends one."""
        return self.locked_until is not None and self.locked_until >= UNTIL_UNLOCKED

    @property
    def rights(self) -> frozenset[Right]:
        """What the roles permit; nothing while a password given by somebody else stands, while suspended, or once closed."""
        if self.must_change or self.suspended or self.closed_at is not None:
            return frozenset()
        return frozenset(right for role in self.roles for right in RIGHTS[role])

    def access(self, units: frozenset[str] | None) -> Access:
        """Return what the account may do on the documents of `units` (None: of all)."""
        rights = self.rights
        return Access(rights, units if rights else frozenset(), self.unit, self.must_change)

    @property
    def sight(self) -> tuple[str, ...]:
        """The units whose documents, with those of all units below them, the roles let the account see."""
        if Role.ASSESSOR in self.roles:
            return self.assesses
        return (self.unit,) if self.unit is not None and self.roles & _MAKERS else ()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session begun: its secret, which is nowhere stored, whose it is and when it ends at the latest."""

    token: str
    account: Account
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A session as the register keeps it."""

    login: str
    started_at: dt.datetime
    seen_at: dt.datetime
    expires_at: dt.datetime
    origin: str
    ended_at: dt.datetime | None = None

    def open_at(self, now: dt.datetime, idle: dt.timedelta) -> bool:
        """Whether the session still stands: not ended, not too old, not left alone for longer than `idle`."""
        return self.ended_at is None and now < self.expires_at and now - self.seen_at <= idle


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A program's key as the register keeps it; the secret was shown once, `prefix` tells it from others."""

    id: str
    login: str
    name: str
    prefix: str
    scopes: frozenset[Right]
    created_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None

    def open_at(self, now: dt.datetime) -> bool:
        """Whether the token still opens the register."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made; `secret` is shown this once."""

    secret: str
    token: ApiToken


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody at an identity provider (OIDC), bound to an account beforehand."""

    issuer: str
    subject: str
    login: str
    bound_at: dt.datetime


def login_of(typed: str) -> str:
    """Return the one form in which a typed login is kept (compatibility forms folded, lower case)."""
    return unicodedata.normalize("NFKC", typed.strip()[:200]).casefold()


def checked_login(typed: str) -> str:
    """Return the form in which a new login is kept; raise `UsageError` when it cannot be one."""
    login = login_of(typed)
    if not _LOGIN.fullmatch(login):
        raise UsageError("登录名不合要求：1 到 64 个字，用汉字、字母、数字和 . @ + _ -，中间不留空格。")
    return login


def checked_name(typed: str, what: str) -> str:
    """Return a name for people or units without blanks around it; raise `UsageError` when it is empty or too long."""
    name = unicodedata.normalize("NFC", typed).strip()
    if not name or len(name) > _NAME_LONGEST or not name.isprintable():
        raise UsageError(f"{what}不能为空，不能超过 {_NAME_LONGEST} 个字，不能有控制字符。")
    return name


def role_named(typed: str) -> Role:
    """Return the role of a code or of the Chinese word; raise `UsageError` when there is none."""
    for role in Role:
        if typed.strip() in {role.value, role.chinese}:
            return role
    raise UsageError(f"没有这种角色。可用的角色：{'、'.join(f'{role.value}（{role.chinese}）' for role in Role)}。")


def scopes_named(typed: Iterable[str]) -> frozenset[Right]:
    """Return the rights of some codes; raise `UsageError` when one is none, or there are none at all."""
    given = {code.strip() for code in typed} - {""}
    known = {right.value for right in Right}
    if not given or given - known:
        raise UsageError(
            f"授权范围写得不对。可用的范围：{'、'.join(f'{right.value}（{right.chinese}）' for right in Right)}。"
        )
    return frozenset(map(Right, given))


def clash(held: Iterable[Role], role: Role) -> str | None:
    """Say why `role` cannot join the roles held, or None when it can."""
    others = frozenset(held) - {role}
    administers = others & ADMINISTRATORS
    if administers or (role in ADMINISTRATORS and others):
        named = "、".join(other.chinese for other in sorted(administers or others))
        return f"三员分立：{role.chinese}不能与{named}由同一账号担任，请另立账号。"
    if (role is Role.ASSESSOR and others & _MAKERS) or (role in _MAKERS and Role.ASSESSOR in others):
        return "考核人员不能同时是拟稿人、审核人或签发人：请另立账号。"
    return None
