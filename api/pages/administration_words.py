"""Accounts, units and tokens in the words of the administrators' pages."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import quote, urlencode

from api.pages.administration_views import AccountRow, IdentityView, RoleView, TokenView, UnitView
from api.pages.contexts import DeskView, Option, TabView
from attrtrack.domain.access import RIGHTS, Right, Role
from attrtrack.domain.accounts import Account, ApiToken, Identity, clash
from attrtrack.domain.administering import AccountState, state_of
from attrtrack.workflow.administering import UnitRow

ACCOUNTS, UNITS, SYSTEM = "/administration", "/administration/units", "/administration/system"
_DEEPEST = 6


def moment_words(moment: dt.datetime | None, never: str = "—") -> str:
    """Print a moment by the clock of the office, to the minute."""
    return never if moment is None else f"{moment.astimezone():%Y-%m-%d %H:%M}"


def places(desk: DeskView, here: str) -> tuple[TabView, ...]:
    """Return the pages of administrators beside each other."""
    known = [("账号", ACCOUNTS), ("单位", UNITS)]
    known += [("系统", SYSTEM)] if Right.MANAGE_SYSTEM.value in desk.may else []
    return tuple(TabView(name, href, None, here=href == here) for name, href in known)


def account_href(login: str) -> str:
    """Return the address of an account."""
    return f"{ACCOUNTS}/accounts/{quote(login, safe='')}"


def unit_href(name: str) -> str:
    """Return the address of a unit; its name may hold anything."""
    return f"{UNITS}/one?{urlencode({'name': name})}"


def roles_words(account: Account) -> str:
    """Name the roles, in their fixed order."""
    return "、".join(role.chinese for role in Role if role in account.roles) or "没有角色"


def rights_words(role: Role) -> str:
    """Say what a role permits."""
    return "、".join(right.chinese for right in Right if right in RIGHTS[role])


def account_row(account: Account, now: dt.datetime, signed_in: dt.datetime | None) -> AccountRow:
    """Return an account as a list shows it."""
    state = state_of(account, now)
    return AccountRow(
        account.login,
        account.display_name,
        account_href(account.login),
        account.unit,
        roles_words(account),
        None if state is AccountState.OPEN else state.chinese,
        moment_words(signed_in, "没有登录过"),
    )


def state_words(account: Account, now: dt.datetime) -> str:
    """Say how an account stands, and since or until when."""
    state = state_of(account, now)
    if state is AccountState.CLOSED:
        return f"已于 {moment_words(account.closed_at)} 停用"
    if account.suspended:
        return "已由管理员锁定，解除以前不能登录"
    if state is AccountState.LOCKED:
        return f"口令连续错误 {account.failures} 次，锁定到 {moment_words(account.locked_until)}"
    return "在用，下次登录须先改口令" if state is AccountState.MUST_CHANGE else "在用"


def ways_words(account: Account, identities: Iterable[Identity] | None) -> str:
    """Say how somebody can sign in."""
    ways = ["口令"] if account.has_password else []
    ways += ["统一身份认证"] if identities else []
    return "、".join(ways) or ("没有口令" if identities is None else "还不能登录：请设口令或绑定身份")


def held_roles(account: Account) -> tuple[RoleView, ...]:
    """Return the roles held with what each permits."""
    return tuple(RoleView(role.value, role.chinese, rights_words(role)) for role in Role if role in account.roles)


def grantable_roles(account: Account, roles: Iterable[Role]) -> tuple[Option, ...]:
    """Return roles not held yet; one that cannot join those held says so beforehand."""
    return tuple(
        Option(role.value, role.chinese, clash(account.roles, role) or f"可以：{rights_words(role)}")
        for role in roles
        if role not in account.roles
    )


def identity_view(identity: Identity) -> IdentityView:
    """Return a binding."""
    return IdentityView(identity.issuer, identity.subject, moment_words(identity.bound_at))


def token_view(token: ApiToken, now: dt.datetime, revoke: str) -> TokenView:
    """Return a token; only one that still opens the register can be revoked."""
    is_open = token.open_at(now)
    if token.revoked_at is not None:
        state = f"已于 {moment_words(token.revoked_at)} 撤销"
    else:
        state = "有效" if is_open else "已到期"
    return TokenView(
        token.id,
        token.name,
        token.prefix,
        "、".join(scope.chinese for scope in Right if scope in token.scopes),
        moment_words(token.expires_at),
        moment_words(token.used_at, "没有用过"),
        state,
        revoke if is_open else None,
    )


def unit_view(row: UnitRow) -> UnitView:
    """Return a unit of the tree."""
    unit = row.unit
    return UnitView(
        unit.name,
        unit_href(unit.name),
        min(row.depth, _DEEPEST),
        unit.parent,
        unit.top,
        row.accounts,
        f"{ACCOUNTS}?{urlencode({'unit': unit.name})}",
        moment_words(unit.closed_at) if unit.closed_at else None,
    )
