"""How an account is called and whether it may come in: its name, its lock, the places where it is signed in."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.administration import LONGEST
from api.pages.administration_acts import account_done, trail_of
from api.pages.administration_views import ConfirmPage
from api.pages.administration_words import ACCOUNTS, account_href
from api.pages.contexts import DeskView, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, ensure_short, own_form, seen
from api.pages.rendering import show
from api.pages.telling import done
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.workflow import accounts
from attrtrack.workflow.administering import AccountSheet, account_sheet

router = APIRouter(route_class=GuardedRoute)
_ONE = f"{ACCOUNTS}/accounts/{{login}}"
_MAKES = needs(Right.MANAGE_ACCOUNTS)


@router.post(f"{_ONE}/name", dependencies=[_MAKES, own_form()])
def post_name(request: Request, app: TheApp, desk: TheDesk, login: str, name: Typed = "") -> Response:
    """Change how somebody is called."""
    return account_done(
        request,
        app,
        desk,
        login,
        lambda: accounts.rename_account(app, login, ensure_short(name, LONGEST, name="姓名")),
        sentence=f"姓名已改为{name.strip()}。",
        name=name,
    )


@router.get(f"{_ONE}/locking", dependencies=[_MAKES])
def get_locking_page(app: TheApp, desk: TheDesk, login: str) -> HTMLResponse:
    """Ask once more."""
    return show(_locking_page(account_sheet(app, login), desk))


@router.post(f"{_ONE}/locking", dependencies=[_MAKES, own_form()])
def post_locking(request: Request, app: TheApp, desk: TheDesk, login: str, version: Typed = "") -> Response:
    """Lock an account until it is unlocked."""
    return attempted(
        lambda: accounts.lock_account(seen(app, account_sheet(app, login).subject, version), login),
        again=lambda trouble: _locking_page(account_sheet(app, login), desk, trouble),
        done=lambda made: done(
            request, account_href(made.login), f"已锁定账号：{made.display_name}。要恢复使用，请按“解除锁定”。"
        ),
    )


@router.post(f"{_ONE}/unlocking", dependencies=[_MAKES, own_form()])
def post_unlocking(request: Request, app: TheApp, desk: TheDesk, login: str) -> Response:
    """End a lock."""
    return account_done(
        request, app, desk, login, lambda: accounts.unlock_account(app, login), sentence="已解除锁定，可以重新登录。"
    )


@router.post(f"{_ONE}/sessions", dependencies=[_MAKES, own_form()])
def post_sessions_end(request: Request, app: TheApp, login: str) -> Response:
    """End every session of an account."""
    ended, there = accounts.end_sessions(app, login), account_sheet(app, login).account
    said = f"已让{there.display_name}退出 {ended} 处登录。" if ended else f"{there.display_name}没有在别处登录。"
    return done(request, account_href(there.login), said)


def _locking_page(sheet: AccountSheet, desk: DeskView, trouble: TroubleView | None = None) -> ConfirmPage:
    account, href = sheet.account, account_href(sheet.account.login)
    return ConfirmPage(
        title="锁定账号",
        desk=desk,
        trail=trail_of(account),
        question=f"锁定{account.display_name}（{account.login}）的账号？",
        consequences=(
            "本人在各处的登录立即退出，口令、统一身份认证和接口令牌都不能再用。",
            "角色、单位和以前办理的记录都不变；解除锁定以后照常使用。",
            "离岗、借调、账号可能被别人使用的，先锁定；不再任职的，停用。",
        ),
        action=f"{href}/locking",
        hidden={"version": str(sheet.version)},
        button="锁定账号",
        back=href,
        trouble=trouble,
    )
