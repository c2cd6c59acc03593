"""`user`: accounts, their roles and passwords."""

import argparse
from collections.abc import Callable

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import local_time, print_row, say, told
from attrtrack.cli.passwords import new_password, old_password
from attrtrack.domain.access import Role
from attrtrack.domain.accounts import Account, login_of, role_named
from attrtrack.errors import UsageError
from attrtrack.workflow import accounts
from attrtrack.workflow.account_shapes import account_row
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import change_password


def user(options: argparse.Namespace) -> int:
    """Do one act on accounts and print the accounts concerned."""
    app = build_app(options.db, options.actor)
    if options.act == "list":
        _print(options, accounts.list_accounts(app))
        return 0
    if not options.login:
        raise UsageError(f"请写登录名：attrtrack user {options.act} 登录名。")
    _print(options, [_ACTS[options.act](app, options)])
    return 0


def _add(app: App, options: argparse.Namespace) -> Account:
    password = None if options.no_password else new_password(options)
    account = accounts.add_account(
        app,
        options.login,
        display_name=options.name,
        unit=options.unit,
        password=password,
        roles=_roles(options),
        recover=options.recover,
    )
    if options.recover:
        say("已另建系统管理员，审计日志中记为 recover：请尽快查明原有管理员无法使用的原因。")
    return account


def _close(app: App, options: argparse.Namespace) -> Account:
    return accounts.close_account(app, options.login)


def _lock(app: App, options: argparse.Namespace) -> Account:
    return accounts.lock_account(app, options.login)


def _rename(app: App, options: argparse.Namespace) -> Account:
    if not options.name:
        raise UsageError("请写 --name（显示的姓名）。")
    return accounts.rename_account(app, options.login, options.name)


def _sign_out(app: App, options: argparse.Namespace) -> Account:
    say(f"已退出 {accounts.end_sessions(app, options.login)} 处登录。")
    return next(account for account in accounts.list_accounts(app) if account.login == login_of(options.login))


def _unlock(app: App, options: argparse.Namespace) -> Account:
    return accounts.unlock_account(app, options.login)


def _password(app: App, options: argparse.Namespace) -> Account:
    own = accounts.own_account(app)
    if own is None or own.login != login_of(options.login):
        return accounts.reset_password(app, options.login, new_password(options))
    old = old_password(options)
    change_password(app, old, new_password(options))
    return accounts.own_account(app) or own


def _grant(app: App, options: argparse.Namespace) -> Account:
    return accounts.grant_role(app, options.login, _role(options))


def _revoke(app: App, options: argparse.Namespace) -> Account:
    return accounts.revoke_role(app, options.login, _role(options))


def _place(app: App, options: argparse.Namespace) -> Account:
    return accounts.place_account(app, options.login, options.unit)


def _assign(app: App, options: argparse.Namespace) -> Account:
    if not options.unit:
        raise UsageError("请写所考核的单位：attrtrack user assign 登录名 --unit 单位。")
    return accounts.assign_unit(app, options.login, options.unit, assigned=not options.remove)


def _bind(app: App, options: argparse.Namespace) -> Account:
    if not (options.issuer and options.subject):
        raise UsageError("请写 --issuer（身份认证系统的地址）和 --subject（该系统里这个人的编号）。")
    return accounts.rebind_identity(
        app, options.login, options.issuer, subject_there=options.subject, bound=not options.remove
    )


_ACTS: dict[str, Callable[[App, argparse.Namespace], Account]] = {
    "add": _add,
    "close": _close,
    "lock": _lock,
    "unlock": _unlock,
    "rename": _rename,
    "sign-out": _sign_out,
    "password": _password,
    "grant": _grant,
    "revoke": _revoke,
    "place": _place,
    "assign": _assign,
    "bind": _bind,
}


def _roles(options: argparse.Namespace) -> list[Role]:
    return [role_named(name) for name in options.role or ()]


def _role(options: argparse.Namespace) -> Role:
    roles = _roles(options)
    if len(roles) != 1:
        raise UsageError(f"请写一个角色：attrtrack user {options.act} 登录名 --role 角色。")
    return roles[0]


def _print(options: argparse.Namespace, found: list[Account]) -> None:
    for account in found:
        if options.json:
            print_row(account_row(account))
        else:
            print(_line(account))


def _line(account: Account) -> str:
    roles = "、".join(role.chinese for role in sorted(account.roles)) or "（没有角色）"
    parts = [account.login, told(account.display_name), told(account.unit or "（没有单位）"), roles]
    if account.assesses:
        parts.append(f"考核：{'、'.join(map(told, account.assesses))}")
    if account.closed_at is not None:
        parts.append(f"已于 {local_time(account.closed_at)} 停用")
    elif account.suspended:
        parts.append("已由管理员锁定")
    elif account.locked_until is not None:
        parts.append(f"锁定到 {local_time(account.locked_until)}")
    if account.must_change:
        parts.append("下次登录须改口令")
    return "  ".join(parts)
