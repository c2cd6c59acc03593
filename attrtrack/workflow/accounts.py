"""Making and closing accounts and units, giving and taking roles, tokens and identities.

Decisions. The system administrator makes accounts, the security administrator gives them roles and sight, and neither can
do the other's part (三员分立). Two beginnings need an exception, both journalled like everything else: the first account of
a register, which must be a system administrator, and the first security administrator, whom a system administrator names
because nobody else can. Recovery: whoever sits at the console of the database file could rewrite it anyway; so that
nobody is driven to that, a new system administrator may be made there without any right (`recover=True`), which enters
the journal as `recover` beside the account. It works at the console only, never through the web or a token.
"""

import datetime as dt
from collections.abc import Iterable

from attrtrack.domain.access import Right, Role
from attrtrack.domain.accounts import (
    DOCUMENT_ROLES,
    TOKEN_DAYS,
    UNTIL_UNLOCKED,
    Account,
    ApiToken,
    Identity,
    NewToken,
    Unit,
    checked_login,
    checked_name,
    clash,
    login_of,
)
from attrtrack.errors import NotPermittedError, TransitionNotAllowedError, UsageError
from attrtrack.storage import UnitOfWork
from attrtrack.storage.accounts import subject
from attrtrack.workflow.app import App
from attrtrack.workflow.passwords import new_token, secret_hash
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.signing_in import accepted_hash, has_accounts

CONSOLE = "cli"
_MANAGERS = (Right.MANAGE_ACCOUNTS, Right.MANAGE_ROLES)
_LONGEST = 500


def add_account(
    app: App,
    login: str,
    *,
    display_name: str | None = None,
    unit: str | None = None,
    password: str | None = None,
    roles: Iterable[Role] = (),
    recover: bool = False,
) -> Account:
    """Make an account; a password given by somebody else must be changed at the first sign-in.

    The first of a register, and one made with `recover` at the console, is a system administrator and nothing else.
    Raises `UsageError` for a bad login, name or password, `TransitionNotAllowedError` when the login was ever used.
    """
    name, wanted, first = checked_login(login), frozenset(roles), not has_accounts(app)
    if first or recover:
        _ensure_may_begin(app, wanted, first=first)
    else:
        _ensure_may_add(app, name, wanted)
    shown = checked_name(display_name or login, "姓名")
    account = Account(name, shown, unit, frozenset(), must_change=password is not None and not first)
    return _add(app, account, password, roles=wanted, beginning="first" if first else "recover" if recover else None)


def add_first_account(app: App, login: str, *, display_name: str | None, password: str) -> Account:
    """Make the first account of a register, a system administrator, for somebody whom the porch has found to sit at its machine.

    Raises `UsageError` as above, `NotPermittedError` once there is an account.
    """
    if has_accounts(app):
        raise NotPermittedError("登记里已经有账号：请登录后建立其他账号。")
    name, shown = checked_login(login), checked_name(display_name or login, "姓名")
    account = Account(name, shown, None, frozenset(), must_change=False)
    return _add(app, account, password, roles=frozenset({Role.SYSTEM_ADMINISTRATOR}), beginning="first")


def _add(app: App, account: Account, password: str | None, *, roles: frozenset[Role], beginning: str | None) -> Account:
    """Write an account with its roles; `beginning`: first, recover, None where an administrator makes it."""
    password_hash = None if password is None else accepted_hash(app, account, password)
    with app.store.unit_of_work(app.actor, app.origin) as work:
        if beginning == "first" and work.accounts.any():
            raise TransitionNotAllowedError("登记里刚刚已经建立了第一个账号：请用它来建立其他账号。")
        if beginning == "recover":
            work.journal.append("recover", subject(account.login), "done", {})
        work.accounts.add(account, password_hash)
        for role in sorted(roles):
            _grant(work, account.login, role)
        return work.accounts.get(account.login)


def close_account(app: App, login: str) -> Account:
    """Close an account for ever: its sessions end, its tokens and identities with them; the journal keeps the name."""
    name = login_of(login)
    permitted(app, Right.MANAGE_ACCOUNTS, subject=subject(name))
    with app.unit_of_work() as work:
        account = work.accounts.get(name)
        if account.closed_at is not None:
            return account
        work.sessions.end_all(name)
        work.api_tokens.revoke_all(name)
        work.identities.unbind_all(name)
        work.accounts.close(name)
        return work.accounts.get(name)


def rename_account(app: App, login: str, display_name: str) -> Account:
    """Change how a person is called on pages and papers; the login, by which the journal knows them, stays."""
    name = login_of(login)
    permitted(app, Right.MANAGE_ACCOUNTS, subject=subject(name))
    shown = checked_name(display_name, "姓名")
    with app.unit_of_work() as work:
        if work.accounts.get(name).display_name != shown:
            work.accounts.rename(name, shown)
        return work.accounts.get(name)


def lock_account(app: App, login: str) -> Account:
    """Lock an account until it is unlocked: its sessions end, and no password, identity or token opens anything.

    `TransitionNotAllowedError` for a system administrator, so that there is always one who can unlock.
    """
    name = login_of(login)
    permitted(app, Right.MANAGE_ACCOUNTS, subject=subject(name))
    with app.unit_of_work() as work:
        account = work.accounts.get(name)
        if Role.SYSTEM_ADMINISTRATOR in account.roles:
            raise TransitionNotAllowedError("系统管理员的账号不能锁定：请先由安全管理员收回角色，或者停用账号。")
        work.sessions.end_all(name)
        if not account.suspended:
            work.accounts.lock(name, UNTIL_UNLOCKED)
        return work.accounts.get(name)


def end_sessions(app: App, login: str) -> int:
    """End every session of an account, wherever it is signed in; return how many stood open."""
    name = login_of(login)
    permitted(app, Right.MANAGE_ACCOUNTS, subject=subject(name))
    with app.unit_of_work() as work:
        return work.sessions.end_all(name)


def unlock_account(app: App, login: str) -> Account:
    """End a lock, that of wrong passwords before its time as well as an administrator's."""
    name = login_of(login)
    permitted(app, Right.MANAGE_ACCOUNTS, subject=subject(name))
    with app.unit_of_work() as work:
        work.accounts.unlock(name)
        return work.accounts.get(name)


def reset_password(app: App, login: str, password: str) -> Account:
    """Give an account a password that must be changed at the next sign-in; its sessions end."""
    name = login_of(login)
    permitted(app, Right.MANAGE_ACCOUNTS, subject=subject(name))
    with app.reading() as work:
        password_hash = accepted_hash(app, work.accounts.get(name), password)
    with app.unit_of_work() as work:
        work.accounts.set_password(name, password_hash, must_change=True)
        work.sessions.end_all(name)
        return work.accounts.get(name)


def place_account(app: App, login: str, unit: str | None) -> Account:
    """Move a person to another unit, which changes what they see: therefore the security administrator's part."""
    name = login_of(login)
    permitted(app, Right.MANAGE_ROLES, subject=subject(name))
    with app.unit_of_work() as work:
        if unit is None and work.accounts.get(name).roles & DOCUMENT_ROLES:
            raise TransitionNotAllowedError("担任办文角色的账号必须有单位：请写明单位，或先收回角色。")
        work.accounts.place(name, unit)
        return work.accounts.get(name)


def grant_role(app: App, login: str, role: Role) -> Account:
    """Give an account a role; one it holds already changes nothing, one that clashes is a `TransitionNotAllowedError`."""
    name = login_of(login)
    _ensure_may_grant(app, name, frozenset({role}))
    with app.unit_of_work() as work:
        _grant(work, name, role)
        return work.accounts.get(name)


def revoke_role(app: App, login: str, role: Role) -> Account:
    """Take a role from an account, at once for all its sessions and tokens."""
    name = login_of(login)
    permitted(app, Right.MANAGE_ROLES, subject=subject(name))
    with app.unit_of_work() as work:
        if role in work.accounts.get(name).roles:
            work.accounts.set_role(name, role, granted=False)
        return work.accounts.get(name)


def assign_unit(app: App, login: str, unit: str, *, assigned: bool = True) -> Account:
    """Say that an assessor assesses a unit with all below it (or no longer)."""
    name = login_of(login)
    permitted(app, Right.MANAGE_ROLES, subject=subject(name))
    with app.unit_of_work() as work:
        if (unit in work.accounts.get(name).assesses) is not assigned:
            work.accounts.assign(name, unit, assigned=assigned)
        return work.accounts.get(name)


def list_accounts(app: App) -> list[Account]:
    """Return every account, closed ones as well; for administrators."""
    permitted(app, *_MANAGERS, Right.READ_JOURNAL)
    with app.reading() as work:
        return work.accounts.all()


def own_account(app: App) -> Account | None:
    """Return the account of the person acting, None in a register without accounts."""
    with app.store.reading() as work:
        return work.accounts.find(app.actor)


def add_unit(app: App, name: str, parent: str | None = None, *, top: bool = False) -> Unit:
    """Add a unit below another; `top` makes it the one that sees everything."""
    unit = Unit(checked_name(name, "单位名称"), parent, top)
    permitted(app, *_MANAGERS, subject=f"unit:{unit.name}")
    with app.unit_of_work() as work:
        work.units.add(unit)
    return unit


def move_unit(app: App, name: str, parent: str | None) -> Unit:
    """Put a unit below another, which changes who sees its documents: the security administrator's part."""
    permitted(app, Right.MANAGE_ROLES, subject=f"unit:{name[:_LONGEST]}")
    with app.unit_of_work() as work:
        work.units.move(name, parent)
        return next(unit for unit in work.units.all() if unit.name == name)


def close_unit(app: App, name: str) -> Unit:
    """Close a unit that has neither units below it nor accounts; its documents stay, seen from above."""
    permitted(app, *_MANAGERS, subject=f"unit:{name[:_LONGEST]}")
    with app.unit_of_work() as work:
        work.units.close(name)
        return next(unit for unit in work.units.all() if unit.name == name)


def list_units(app: App) -> list[Unit]:
    """Return the units, to administrators all of them, to others those they see."""
    permitted(app, *_MANAGERS, Right.READ, Right.READ_JOURNAL)
    with app.reading() as work:
        units = work.units.all()
    if any(app.access.may(right) for right in (*_MANAGERS, Right.READ_JOURNAL)):
        return units
    return [unit for unit in units if app.access.sees(unit.name)]


def add_token(app: App, login: str, name: str, *, scopes: frozenset[Right], days: int) -> NewToken:
    """Make an API token for one's own account; the secret is in the answer and nowhere else.

    Nobody makes one for another: it would act in the other's name. A token cannot make a token, nor hold what its
    account may not do. `days`: 1 to 365.
    """
    if not 1 <= days < TOKEN_DAYS:
        raise UsageError(f"令牌期限应为 1 到 {TOKEN_DAYS - 1} 天。")
    account = own_account(app)
    if account is None or account.login != login_of(login):
        raise NotPermittedError("接口令牌只能由账号本人建立：它代表本人办理。请用 --as 写明本人的登录名。")
    if app.access.rights != account.rights:
        raise NotPermittedError("不能用接口令牌再建立令牌：请登录后建立。")
    permitted(app, *sorted(account.rights) or [Right.READ], subject=subject(account.login))
    beyond = scopes - account.rights
    if beyond or not scopes:
        said = "、".join(f"{right.value}（{right.chinese}）" for right in sorted(beyond)) or "（空）"
        raise UsageError(f"授权范围超出了账号自己的权限：{said}。")
    secret, prefix = new_token()
    now = app.clock()
    made = ApiToken(
        "", account.login, checked_name(name, "令牌名称"), prefix, scopes, now, now + dt.timedelta(days=days)
    )
    with app.unit_of_work() as work:
        return NewToken(secret, work.api_tokens.add(made, secret_hash(secret)))


def revoke_token(app: App, token_id: str) -> ApiToken:
    """Revoke a token for ever: one's own, or any as system administrator."""
    with app.store.reading() as work:
        token = work.api_tokens.get(token_id)
    if token.login != app.actor:
        permitted(app, Right.MANAGE_ACCOUNTS, subject=f"token:{token_id}")
    with app.unit_of_work() as work:
        work.api_tokens.revoke(token.id)
        return work.api_tokens.get(token.id)


def list_tokens(app: App, login: str | None = None) -> list[ApiToken]:
    """Return the tokens of an account (None: of all, for administrators), revoked ones as well, without secrets."""
    name = None if login is None else login_of(login)
    if name is None or name != app.actor:
        permitted(app, Right.MANAGE_ACCOUNTS, Right.READ_JOURNAL)
    with app.reading() as work:
        return work.api_tokens.of(name)


def bind_identity(app: App, login: str, issuer: str, *, subject_there: str) -> Identity:
    """Bind somebody at an identity provider (OIDC issuer and subject) to an account."""
    name = login_of(login)
    permitted(app, Right.MANAGE_ACCOUNTS, subject=subject(name))
    if not (0 < len(issuer.strip()) <= _LONGEST and 0 < len(subject_there.strip()) <= _LONGEST):
        raise UsageError("身份绑定要写明签发方（issuer）和身份编号（subject）。")
    with app.unit_of_work() as work:
        work.identities.bind(name, issuer.strip(), subject_there.strip())
        return next(found for found in work.identities.of(name) if found.subject == subject_there.strip())


def unbind_identity(app: App, issuer: str, *, subject_there: str) -> None:
    """End a binding."""
    permitted(app, Right.MANAGE_ACCOUNTS)
    with app.unit_of_work() as work:
        work.identities.unbind(issuer.strip(), subject_there.strip())


def rebind_identity(app: App, login: str, issuer: str, *, subject_there: str, bound: bool) -> Account:
    """Bind an identity to an account or end its binding to it, and return the account."""
    if bound:
        bind_identity(app, login, issuer, subject_there=subject_there)
    else:
        unbind_identity(app, issuer, subject_there=subject_there)
    with app.reading() as work:
        return work.accounts.get(login_of(login))


def list_identities(app: App, login: str | None = None) -> list[Identity]:
    """Return the bindings in force, of an account or all."""
    permitted(app, Right.MANAGE_ACCOUNTS, Right.READ_JOURNAL)
    with app.reading() as work:
        return work.identities.of(None if login is None else login_of(login))


def _ensure_may_begin(app: App, roles: frozenset[Role], *, first: bool) -> None:
    if app.origin != CONSOLE:
        raise NotPermittedError("这一步只能在服务器上用命令办理：attrtrack user add。")
    if roles != {Role.SYSTEM_ADMINISTRATOR}:
        said = "第一个账号" if first else "--recover 建立的账号"
        raise UsageError(f"{said}必须是系统管理员，并且只担任系统管理员：请加 --role system_administrator。")


def _ensure_may_add(app: App, name: str, roles: frozenset[Role]) -> None:
    permitted(app, Right.MANAGE_ACCOUNTS, subject=subject(name))
    if roles:
        _ensure_may_grant(app, name, roles)


def _ensure_may_grant(app: App, name: str, roles: frozenset[Role]) -> None:
    """Let the security administrator through, and a system administrator who names the first security administrator."""
    if roles == {Role.SECURITY_ADMINISTRATOR} and app.access.may(Right.MANAGE_ACCOUNTS):
        with app.store.reading() as work:
            if not any(_is_open(account, Role.SECURITY_ADMINISTRATOR) for account in work.accounts.all()):
                return
    permitted(app, Right.MANAGE_ROLES, subject=subject(name))


def _is_open(account: Account, role: Role) -> bool:
    return account.closed_at is None and role in account.roles


def _grant(work: UnitOfWork, name: str, role: Role) -> None:
    account = work.accounts.get(name)
    if role in account.roles:
        return
    said = clash(account.roles, role)
    if said is not None:
        raise TransitionNotAllowedError(said)
    if role in DOCUMENT_ROLES - {Role.ASSESSOR} and account.unit is None:
        raise TransitionNotAllowedError("办文角色要有单位才知道能看哪些公文：请先指定单位（attrtrack user place）。")
    work.accounts.set_role(name, role, granted=True)
