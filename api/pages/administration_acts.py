"""What is done with an account; closing it and giving it another password are asked once more on a page of their own."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.administration import LONGEST, LOOKS, TRAIL, password_page, sheet_page, typed_unit
from api.pages.administration_views import ConfirmPage
from api.pages.administration_words import ACCOUNTS, account_href, moment_words
from api.pages.contexts import Crumb, DeskView, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, ensure_short, own_form, seen
from api.pages.rendering import show
from api.pages.telling import done
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right, Role
from attrtrack.domain.accounts import Account, ApiToken, role_named
from attrtrack.errors import UnknownRecordError, UsageError
from attrtrack.workflow import accounts
from attrtrack.workflow.administering import AccountSheet, account_sheet
from attrtrack.workflow.app import App
from attrtrack.workflow.passwords import temporary_password

router = APIRouter(route_class=GuardedRoute)
_ONE = f"{ACCOUNTS}/accounts/{{login}}"
_LONGEST = 500
_MAKES, _GRANTS = needs(Right.MANAGE_ACCOUNTS), needs(Right.MANAGE_ROLES)


@router.get(f"{_ONE}/closing", dependencies=[_MAKES])
def get_closing_page(app: TheApp, desk: TheDesk, login: str) -> HTMLResponse:
    """Ask once more."""
    return show(_closing_page(account_sheet(app, login), desk))


@router.post(f"{_ONE}/closing", dependencies=[_MAKES, own_form()])
def post_closing(request: Request, app: TheApp, desk: TheDesk, login: str, version: Typed = "") -> Response:
    """Close an account for ever."""
    return attempted(
        lambda: accounts.close_account(seen(app, _subject(app, login), version), login),
        again=lambda trouble: _closing_page(account_sheet(app, login), desk, trouble),
        done=lambda made: done(request, account_href(made.login), f"已停用账号：{made.display_name}。"),
    )


@router.get(f"{_ONE}/password", dependencies=[_MAKES])
def get_password_page(app: TheApp, desk: TheDesk, login: str) -> HTMLResponse:
    """Ask once more."""
    return show(_password_page(account_sheet(app, login), desk))


@router.post(f"{_ONE}/password", dependencies=[_MAKES, own_form()])
def post_password(app: TheApp, desk: TheDesk, login: str, version: Typed = "") -> Response:
    """Give an account another password, which is in this answer and nowhere else."""
    secret = temporary_password(app.sign_in_rules.password_length)
    return attempted(
        lambda: accounts.reset_password(seen(app, _subject(app, login), version), login, secret),
        again=lambda trouble: _password_page(account_sheet(app, login), desk, trouble),
        done=lambda made: show(
            password_page(desk, made, secret, f"已重设口令：{made.display_name}（{made.login}）。别处的登录已经失效。")
        ),
    )


@router.post(f"{_ONE}/roles", dependencies=[LOOKS, own_form()])
def post_role(request: Request, app: TheApp, desk: TheDesk, login: str, role: Typed = "") -> Response:
    """Grant a role, or say in place why it cannot join those held."""
    return account_done(
        request,
        app,
        desk,
        login,
        lambda: accounts.grant_role(app, login, _role(role)),
        sentence=f"已授予角色：{_role_words(role)}。",
        role=role,
    )


@router.post(f"{_ONE}/roles/revocation", dependencies=[_GRANTS, own_form()])
def post_role_revocation(request: Request, app: TheApp, desk: TheDesk, login: str, role: Typed = "") -> Response:
    """Take a role back."""
    return account_done(
        request,
        app,
        desk,
        login,
        lambda: accounts.revoke_role(app, login, _role(role)),
        sentence=f"已收回角色：{_role_words(role)}，即刻生效。",
    )


@router.post(f"{_ONE}/unit", dependencies=[_GRANTS, own_form()])
def post_unit(request: Request, app: TheApp, desk: TheDesk, login: str, unit: Typed = "") -> Response:
    """Move a person to another unit, or to none."""
    said = f"所属单位已改为{unit.strip()}。" if unit.strip() else "已取消所属单位。"
    return account_done(
        request,
        app,
        desk,
        login,
        lambda: accounts.place_account(app, login, typed_unit(app, unit)),
        sentence=said,
        unit=unit,
    )


@router.post(f"{_ONE}/assessed", dependencies=[_GRANTS, own_form()])
def post_assessed(request: Request, app: TheApp, desk: TheDesk, login: str, assessed: Typed = "") -> Response:
    """Say which unit an assessor assesses."""
    said = f"已指定考核{assessed.strip()}（含下级单位）。"
    return account_done(
        request,
        app,
        desk,
        login,
        lambda: accounts.assign_unit(app, login, typed_unit(app, _named(assessed, "单位")) or ""),
        sentence=said,
        assessed=assessed,
    )


@router.post(f"{_ONE}/assessed/removal", dependencies=[_GRANTS, own_form()])
def post_assessed_removal(request: Request, app: TheApp, desk: TheDesk, login: str, assessed: Typed = "") -> Response:
    """Say that an assessor assesses a unit no longer."""
    return account_done(
        request,
        app,
        desk,
        login,
        lambda: accounts.assign_unit(app, login, _named(assessed, "单位"), assigned=False),
        sentence=f"不再考核{assessed.strip()}。",
    )


@router.post(f"{_ONE}/identities", dependencies=[_MAKES, own_form()])
def post_identity(
    request: Request, app: TheApp, desk: TheDesk, login: str, *, issuer: Typed = "", subject: Typed = ""
) -> Response:
    """Bind somebody at an identity provider to an account."""
    return _rebound(request, app, desk, login, issuer=issuer, subject=subject, bound=True)


@router.post(f"{_ONE}/identities/removal", dependencies=[_MAKES, own_form()])
def post_identity_removal(
    request: Request, app: TheApp, desk: TheDesk, login: str, *, issuer: Typed = "", subject: Typed = ""
) -> Response:
    """End a binding."""
    return _rebound(request, app, desk, login, issuer=issuer, subject=subject, bound=False)


@router.get(f"{_ONE}/tokens/{{token_id}}/revocation", dependencies=[_MAKES])
def get_token_revocation_page(app: TheApp, desk: TheDesk, login: str, token_id: str) -> HTMLResponse:
    """Ask once more."""
    return show(_token_page(app, desk, login, token_id))


@router.post(f"{_ONE}/tokens/{{token_id}}/revocation", dependencies=[_MAKES, own_form()])
def post_token_revocation(request: Request, app: TheApp, desk: TheDesk, login: str, token_id: str) -> Response:
    """Revoke somebody's token for ever."""
    token = _token(app, login, token_id)
    return attempted(
        lambda: accounts.revoke_token(app, token.id),
        again=lambda trouble: _token_page(app, desk, login, token_id, trouble),
        done=lambda made: done(request, account_href(made.login), f"已撤销接口令牌：{made.name}。"),
    )


def account_done(
    request: Request,
    app: App,
    desk: DeskView,
    login: str,
    act: Callable[[], Account],
    *,
    sentence: str,
    **typed: str,
) -> Response:
    """Do an act and go back to the account, or show it with why not and what was typed."""
    return attempted(
        act,
        again=lambda trouble: sheet_page(app, desk, login, trouble=trouble, **typed),
        done=lambda made: done(request, account_href(made.login), sentence),
    )


def _rebound(
    request: Request, app: App, desk: DeskView, login: str, *, issuer: str, subject: str, bound: bool
) -> Response:
    def act() -> Account:
        there = ensure_short(subject, _LONGEST, name="身份编号")
        place = ensure_short(issuer, _LONGEST, name="签发方")
        _ensure_own_identity(app, login, (place, there), bound=bound)
        return accounts.rebind_identity(app, login, place, subject_there=there, bound=bound)

    said = "已绑定身份，可以用统一身份认证登录。" if bound else "已解除身份绑定。"
    return account_done(request, app, desk, login, act, sentence=said, issuer=issuer, subject=subject)


def _ensure_own_identity(app: App, login: str, identity: tuple[str, str], *, bound: bool) -> None:
    """Refuse to end from one account's page the binding of another's."""
    own = {(one.issuer, one.subject) for one in account_sheet(app, login).identities or ()}
    if not bound and identity not in own:
        raise UsageError("这个账号没有绑定这个身份：可能已经解除，请刷新页面。")


def _subject(app: App, login: str) -> str:
    """Name an account as the journal does; one that is not there is an `UnknownRecordError`."""
    return account_sheet(app, login).subject


def _named(text: str, what: str) -> str:
    name = ensure_short(text, LONGEST, name=what)
    if not name:
        raise UsageError(f"请写{what}。")
    return name


def _role(code: str) -> Role:
    if not code:
        raise UsageError("请先选一个角色。")
    return role_named(code[:LONGEST])


def _role_words(code: str) -> str:
    return Role(code).chinese if code in set(Role) else ""


def _token(app: App, login: str, token_id: str) -> ApiToken:
    for token in account_sheet(app, login).tokens or ():
        if token.id == token_id:
            return token
    raise UnknownRecordError("这个账号没有这个接口令牌：请从账号页进入。")


def trail_of(account: Account) -> tuple[Crumb, ...]:
    """Return the way to what is asked about an account."""
    return (*TRAIL, Crumb(account.display_name, account_href(account.login)))


def _closing_page(sheet: AccountSheet, desk: DeskView, trouble: TroubleView | None = None) -> ConfirmPage:
    account = sheet.account
    href = account_href(account.login)
    return ConfirmPage(
        title="停用账号",
        desk=desk,
        trail=trail_of(account),
        question=f"停用{account.display_name}（{account.login}）的账号？",
        consequences=(
            "停用以后不能恢复，这个登录名也不再给别人。",
            "本人立即退出登录，接口令牌和身份绑定全部失效。",
            "以前办理的记录照旧保留，日志中的名字不变。",
        ),
        action=f"{href}/closing",
        hidden={"version": str(sheet.version)},
        button="停用账号",
        back=href,
        trouble=trouble,
    )


def _password_page(sheet: AccountSheet, desk: DeskView, trouble: TroubleView | None = None) -> ConfirmPage:
    account = sheet.account
    href = account_href(account.login)
    return ConfirmPage(
        title="重设口令",
        desk=desk,
        trail=trail_of(account),
        question=f"给{account.display_name}（{account.login}）换一个临时口令？",
        consequences=(
            "原来的口令立即作废，本人在各处的登录全部退出，锁定一并解除。",
            "临时口令在下一页只显示一次，请当面交给本人。",
            "请先核实是本人要求的。",
        ),
        action=f"{href}/password",
        hidden={"version": str(sheet.version)},
        button="重设口令",
        back=href,
        trouble=trouble,
    )


def _token_page(app: App, desk: DeskView, login: str, token_id: str, trouble: TroubleView | None = None) -> ConfirmPage:
    token, account = _token(app, login, token_id), account_sheet(app, login).account
    href = account_href(account.login)
    return ConfirmPage(
        title="撤销接口令牌",
        desk=desk,
        trail=trail_of(account),
        question=f"撤销接口令牌“{token.name}”（{token.prefix}…）？",
        consequences=(
            "用它的程序立即不能再接入，撤销以后不能恢复。",
            f"最近一次使用：{moment_words(token.used_at, '没有用过')}。",
        ),
        action=f"{href}/tokens/{token.id}/revocation",
        hidden={},
        button="撤销令牌",
        back=href,
        trouble=trouble,
    )
