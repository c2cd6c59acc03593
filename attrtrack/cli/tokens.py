"""`token`: keys for programs; the secret is printed once."""

import argparse

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import local_time, print_row, say, told
from attrtrack.domain.accounts import ApiToken, scopes_named
from attrtrack.errors import UsageError
from attrtrack.workflow import accounts
from attrtrack.workflow.account_shapes import token_row
from attrtrack.workflow.app import App


def token(options: argparse.Namespace) -> int:
    """Do one act on tokens and print the tokens concerned."""
    app = build_app(options.db, options.actor)
    if options.act == "add":
        return _add(app, options)
    if options.act == "list":
        found = accounts.list_tokens(app, None if options.all else app.actor)
    elif not options.name:
        raise UsageError("请写令牌编号：attrtrack token revoke T3。编号见 attrtrack token list。")
    else:
        found = [accounts.revoke_token(app, options.name)]
    for one in found:
        if options.json:
            print_row(token_row(one))
        else:
            print(_line(one))
    return 0


def _add(app: App, options: argparse.Namespace) -> int:
    if not options.name or options.days is None:
        raise UsageError(
            "请写令牌名称、范围和期限：attrtrack token add 办公系统 --scope use-gate --days 180 --as 登录名。"
        )
    made = accounts.add_token(app, app.actor, options.name, scopes=scopes_named(options.scope or ()), days=options.days)
    if options.json:
        print_row({**token_row(made.token), "secret": made.secret})
        return 0
    print(_line(made.token))
    print(made.secret)
    say("令牌只显示这一次，请马上交给要用的程序保管。")
    return 0


def _line(one: ApiToken) -> str:
    scopes = "、".join(scope.chinese for scope in sorted(one.scopes))
    ended = f"  已于 {local_time(one.revoked_at)} 撤销" if one.revoked_at is not None else ""
    used = f"上次使用 {local_time(one.used_at)}" if one.used_at is not None else "没有用过"
    return f"{one.id}  {told(one.name)}  {one.prefix}…  {one.login}  {scopes}  {local_time(one.expires_at)} 到期  {used}{ended}"
