"""`/account`: one's own account, and the form that changes its password."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from api.dependencies import TheApp, TheCaller
from api.guarding import throttle
from api.pages.contexts import AccountPage
from api.pages.desk import desk_of
from api.pages.people import acting_account
from api.pages.rendering import show
from api.permissions import GuardedRoute, signed_in
from api.sessions import ensure_form, session_token
from attrtrack.domain.access import Right
from attrtrack.errors import AttrtrackError, SignInRefusedError, TooOftenError, UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import change_password

router = APIRouter(route_class=GuardedRoute)
_SHOWN_UNITS = 20
_Password = Annotated[str, Form(max_length=1024)]
_STATUSES: dict[type[AttrtrackError], HTTPStatus] = {
    SignInRefusedError: HTTPStatus.FORBIDDEN,
    TooOftenError: HTTPStatus.TOO_MANY_REQUESTS,
    UsageError: HTTPStatus.BAD_REQUEST,
}


@router.get("/account", dependencies=[signed_in()])
def get_account_page(request: Request, app: TheApp) -> Response:
    """Show who one is here, and what one may do."""
    return show(_page(request, app))


@router.post("/account/password", dependencies=[signed_in()])
def post_password(
    request: Request,
    app: TheApp,
    asking: TheCaller,
    *,
    old: _Password,
    new: _Password,
    again: _Password,
    form_token: Annotated[str, Form(max_length=100)],
) -> Response:
    """Change one's password; all other sessions end."""
    ensure_form(request, form_token)
    try:
        if new != again:
            raise UsageError("两次写的新口令不一样：请重写一遍。")
        with throttle(request).password_check(asking.counted_as):
            change_password(app, old, new, keep=session_token(request))
    except tuple(_STATUSES) as error:
        return show(_page(request, app, trouble=error.message), status=_STATUSES[type(error)])
    return show(_page(request, app, told="口令已经修改，别处的登录已经失效。"))


def _page(request: Request, app: App, *, told: str | None = None, trouble: str | None = None) -> AccountPage:
    account = acting_account(app)
    return AccountPage(
        title="我的账号",
        desk=desk_of(request, app),
        rights=tuple(right.chinese for right in Right if app.access.may(right)),
        units=_units(app),
        told=told,
        trouble=trouble,
        must_change=bool(account and account.must_change),
        password_length=app.sign_in_rules.password_length if account and account.has_password else None,
    )


def _units(app: App) -> str:
    if app.access.units is None:
        return "全部单位的公文"
    named = sorted(app.access.units)
    shown = "、".join(named[:_SHOWN_UNITS])
    return f"{shown}{'等' if len(named) > _SHOWN_UNITS else ''} {len(named)} 个单位的公文" if named else "没有"
