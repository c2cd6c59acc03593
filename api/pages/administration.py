"""`GET /administration`: the accounts, a new one, and one account with what may be done with it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from api.cursors import CursorText, Listing
from api.dependencies import TheApp
from api.pages.administration_views import AccountSheetPage, AccountsPage, NewAccountPage, SecretPage
from api.pages.administration_words import (
    ACCOUNTS,
    account_href,
    account_row,
    grantable_roles,
    held_roles,
    identity_view,
    moment_words,
    places,
    state_words,
    token_view,
    ways_words,
)
from api.pages.contexts import Crumb, DeskView, Option, TabView, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, ensure_short, own_form
from api.pages.rendering import show
from api.permissions import GuardedRoute, needs, needs_one_of
from attrtrack.domain.access import Right, Role
from attrtrack.domain.accounts import Account, login_of
from attrtrack.domain.administering import AccountState, AccountsWanted
from attrtrack.errors import UnknownRecordError, UsageError
from attrtrack.workflow.accounts import add_account
from attrtrack.workflow.administering import AccountSheet, account_sheet, accounts_part, unit_names
from attrtrack.workflow.app import App
from attrtrack.workflow.passwords import temporary_password

router = APIRouter(route_class=GuardedRoute)
ROWS = 50
LONGEST = 120
TRAIL = (Crumb("账号", ACCOUNTS),)
LOOKS = needs_one_of(Right.MANAGE_ACCOUNTS, Right.MANAGE_ROLES)
_ALL = "all"
_DOORS = (
    Option("password", "用临时口令", "下一页显示一次，请当面交给本人；本人第一次登录时改成自己的。"),
    Option("elsewhere", "只用统一身份认证", "不设口令；建立以后在账号页绑定身份。"),
)
_ADVICE = (
    "请现在抄下，当面或用可靠的方式交给本人，不要用群消息转发。",
    "离开本页以后，谁也查不到它；没记下的，重设一次即可。",
    "本人第一次登录后必须改成自己的口令，改之前不能办理。",
)
_Text = Annotated[str, Query(max_length=200)]


@router.get(ACCOUNTS, dependencies=[LOOKS])
def get_accounts_page(
    app: TheApp,
    desk: TheDesk,
    *,
    q: _Text = "",
    unit: _Text = "",
    role: _Text = "",
    state: _Text = AccountState.OPEN.value,
    cursor: CursorText = None,
) -> HTMLResponse:
    """Show some accounts."""
    wanted = AccountsWanted(q.strip(), unit.strip(), _state(state), _role(role))
    filters = {"q": wanted.text, "unit": wanted.unit, "role": wanted.role.value if wanted.role else ""}
    kept = {**filters, "state": wanted.state.value if wanted.state else _ALL}
    listing = Listing("accounts", kept)
    after = listing.after(cursor)
    part = accounts_part(app, wanted, after=after[0] if after else 0, limit=ROWS)
    now = app.clock()
    page = AccountsPage(
        title="账号管理",
        desk=desk,
        places=places(desk, ACCOUNTS),
        tabs=tuple(
            TabView(one.chinese if one else "全部", _link(filters, one), count, here=one is wanted.state)
            for one, count in part.counts.items()
        ),
        text=wanted.text,
        unit=wanted.unit,
        role=filters["role"],
        state=kept["state"],
        roles=tuple(Option(one.value, one.chinese) for one in Role),
        rows=tuple(account_row(one, now, part.signed_in.get(one.login)) for one in part.accounts),
        narrowed=any(filters.values()),
        first=_link(filters, wanted.state) if after else None,
        after=_link(filters, wanted.state, cursor=listing.cursor(part.next)) if part.next else None,
    )
    return show(page)


@router.get(f"{ACCOUNTS}/new", dependencies=[needs(Right.MANAGE_ACCOUNTS)])
def get_new_account_page(app: TheApp, desk: TheDesk, unit: _Text = "") -> HTMLResponse:
    """Show the form of a new account."""
    return show(_new_page(app, desk, unit=unit))


@router.post(f"{ACCOUNTS}/accounts", dependencies=[needs(Right.MANAGE_ACCOUNTS), own_form()])
def post_account(
    app: TheApp, desk: TheDesk, *, login: Typed = "", name: Typed = "", unit: Typed = "", door: Typed = "password"
) -> Response:
    """Make an account; its temporary password is in this answer and nowhere else."""
    secret = temporary_password(app.sign_in_rules.password_length) if door != "elsewhere" else None

    def act() -> Account:
        return add_account(
            app,
            ensure_short(login, LONGEST, name="登录名"),
            display_name=ensure_short(name, LONGEST, name="姓名"),
            unit=typed_unit(app, unit),
            password=secret,
        )

    def again(trouble: TroubleView) -> NewAccountPage:
        return _new_page(app, desk, login=login, name=name, unit=unit, door=door, trouble=trouble)

    return attempted(act, again=again, done=lambda made: show(_made_page(desk, made, secret)))


@router.get(f"{ACCOUNTS}/accounts/{{login}}", dependencies=[LOOKS])
def get_account_sheet(app: TheApp, desk: TheDesk, login: str) -> HTMLResponse:
    """Show one account."""
    return show(sheet_page(app, desk, login))


def typed_unit(app: App, text: str) -> str | None:
    """Return the unit that somebody typed, None for nothing; `UsageError` for one that is not in use, so that the form comes back."""
    name = ensure_short(text, LONGEST, name="单位")
    if name and name not in unit_names(app):
        raise UsageError(f"没有单位“{name}”：请从列表中选，或者先在“单位”页增加。")
    return name or None


def sheet_page(
    app: App, desk: DeskView, login: str, *, trouble: TroubleView | None = None, **typed: str
) -> AccountSheetPage:
    """Make the page of one account, after a refused form with what it held."""
    sheet, now = account_sheet(app, login), app.clock()
    account, href = sheet.account, account_href(sheet.account.login)
    tokens = sheet.tokens
    return AccountSheetPage(
        title=account.display_name,
        desk=desk,
        trail=TRAIL,
        login=account.login,
        name=account.display_name,
        href=href,
        unit=account.unit,
        state=state_words(account, now),
        is_open=account.closed_at is None,
        is_locked=account.locked_until is not None and now < account.locked_until,
        lockable=Role.SYSTEM_ADMINISTRATOR not in account.roles,
        signed_in=moment_words(sheet.signed_in, "没有登录过"),
        sessions=sheet.sessions,
        created=moment_words(account.created_at),
        ways=ways_words(account, sheet.identities),
        held=held_roles(account),
        grantable=grantable_roles(account, _grantable(app, sheet)),
        assesses=account.assesses,
        is_assessor=Role.ASSESSOR in account.roles,
        units=unit_names(app) if Right.MANAGE_ROLES.value in desk.may else (),
        identities=None if sheet.identities is None else tuple(map(identity_view, sheet.identities)),
        tokens=None
        if tokens is None
        else tuple(token_view(one, now, f"{href}/tokens/{one.id}/revocation") for one in tokens),
        typed={
            "name": account.display_name,
            "unit": account.unit or "",
            "role": "",
            "assessed": "",
            "issuer": "",
            "subject": "",
            **typed,
        },
        trouble=trouble,
    )


def password_page(desk: DeskView, account: Account, secret: str, sentence: str) -> SecretPage:
    """Make the page that shows a temporary password this once."""
    return SecretPage(
        title="临时口令",
        desk=desk,
        trail=(*TRAIL, Crumb(account.display_name, account_href(account.login))),
        sentence=sentence,
        what=f"{account.login} 的临时口令",
        secret=secret,
        advice=_ADVICE,
        onward=account_href(account.login),
        onward_words="已经交给本人，打开这个账号",
    )


def _made_page(desk: DeskView, account: Account, secret: str | None) -> SecretPage:
    page = password_page(desk, account, secret or "", f"已建立账号：{account.display_name}（{account.login}）。")
    if secret is not None:
        return page
    return SecretPage(
        title="账号已建立",
        desk=desk,
        trail=page.trail,
        sentence=page.sentence,
        what="",
        secret=None,
        advice=("没有设口令：请打开账号，绑定本人在统一身份认证中的身份。", "角色由安全管理员授予，授予以前不能办理。"),
        onward=page.onward,
        onward_words="打开这个账号",
    )


def _new_page(
    app: App,
    desk: DeskView,
    *,
    login: str = "",
    name: str = "",
    unit: str = "",
    door: str = "password",
    trouble: TroubleView | None = None,
) -> NewAccountPage:
    return NewAccountPage(
        title="增加账号",
        desk=desk,
        trail=TRAIL,
        login=login,
        name=name,
        unit=unit,
        door=door,
        doors=_DOORS,
        units=unit_names(app),
        known=_known(app, login) if trouble else None,
        trouble=trouble,
    )


def _known(app: App, login: str) -> str | None:
    """Return where the account is that has a login already: perhaps the form was sent twice."""
    try:
        return account_href(account_sheet(app, login_of(login)).account.login)
    except UnknownRecordError:
        return None


def _grantable(app: App, sheet: AccountSheet) -> tuple[Role, ...]:
    """Return what this administrator may grant: all roles, or the first security administrator while there is none."""
    if app.access.may(Right.MANAGE_ROLES):
        return tuple(Role)
    return (Role.SECURITY_ADMINISTRATOR,) if sheet.lacks_security else ()


def _state(code: str) -> AccountState | None:
    return AccountState(code) if code in set(AccountState) else None


def _role(code: str) -> Role | None:
    return Role(code) if code in set(Role) else None


def _link(filters: dict[str, str], state: AccountState | None, **more: str) -> str:
    kept = {name: value for name, value in filters.items() if value}
    return f"{ACCOUNTS}?{urlencode({**kept, 'state': state.value if state else _ALL, **more})}"
