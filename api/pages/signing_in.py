"""`/sign-in` and `/sign-out`: the door, and the way back to the page that was asked for."""

from contextlib import suppress
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.dependencies import TheCaller, TheProgram
from api.guarding import SIGN_IN, throttle
from api.pages.contexts import SignInPage
from api.pages.people import reads_figures
from api.pages.rendering import show
from api.permissions import GuardedRoute, open_to_all
from api.sessions import caller, end_session, ensure_form, keep_session, session_token
from attrtrack.domain.accounts import Account
from attrtrack.errors import NotSignedInError, SignInRefusedError, TooOftenError
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import app_of_session, has_accounts, sign_in, sign_out

router = APIRouter(route_class=GuardedRoute)
TOLD = {
    "ended": "登录已经结束（离开过久、到了时限，或在别处改了口令），请重新登录，然后回到刚才的页面。",
    "unsaved": "登录已经结束，刚才提交的内容没有保存：请重新登录后再办一次。",
    "out": "已经退出。",
    "elsewhere": "统一身份认证没有完成：请重试，或用口令登录。",
}
"""Why one stands at the door, by the code in the address."""
START = "/sign-in/elsewhere"
_LONGEST_PATH = 2000
_DOOR = open_to_all("who has not signed in must find the door")


@router.get(SIGN_IN, dependencies=[_DOOR])
def get_sign_in_page(
    request: Request,
    app: TheProgram,
    *,
    address: Annotated[str, Query(alias="next", max_length=_LONGEST_PATH)] = "/",
    why: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show the form."""
    throttle(request).strangers.take(request.state.caller.counted_as)
    return show(door_page(request, app, own_path(address), told=TOLD.get(why)))


@router.post(SIGN_IN, dependencies=[_DOOR])
def post_sign_in(
    request: Request,
    app: TheProgram,
    asking: TheCaller,
    *,
    login: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1024)],
    address: Annotated[str, Form(alias="next", max_length=_LONGEST_PATH)] = "/",
) -> Response:
    """Let somebody in, or show the form again with one sentence that does not say what was wrong."""
    back = own_path(address)
    try:
        with throttle(request).password_check(asking.counted_as):
            signed = sign_in(app, login, password, address=asking.origin)
    except SignInRefusedError as error:
        page = door_page(request, app, back, login=login, trouble=error.message)
        return show(page, status=HTTPStatus.UNAUTHORIZED)
    except TooOftenError as error:
        page = door_page(request, app, back, login=login, trouble=error.message)
        answer = show(page, status=HTTPStatus.TOO_MANY_REQUESTS)
        answer.headers["Retry-After"] = str(error.wait)
        return answer
    return let_in(request, app, signed.token, RedirectResponse(landing(signed.account, back), HTTPStatus.SEE_OTHER))


@router.post("/sign-out", dependencies=[open_to_all("leaving a session that has ended already is no mistake")])
def post_sign_out(request: Request, app: TheProgram, *, form_token: Annotated[str, Form(max_length=100)]) -> Response:
    """End the session in the register and in the browser."""
    ensure_form(request, form_token)
    end_in_register(request, app)
    answer = RedirectResponse(f"{SIGN_IN}?{urlencode({'why': 'out'})}", HTTPStatus.SEE_OTHER)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    end_session(request, answer)
    return answer


def let_in(request: Request, app: App, token: str, answer: Response) -> Response:
    """Give the browser its new session; the one it had ends."""
    end_in_register(request, app)
    keep_session(request, answer, token)
    return answer


def end_in_register(request: Request, app: App) -> None:
    """End the session that the browser brings, if it still stands."""
    token = session_token(request)
    if token is not None:
        with suppress(NotSignedInError):
            sign_out(app_of_session(app, token, address=caller(request).origin), token)


def landing(account: Account, back: str) -> str:
    """Return the page to open first: a password given by others is changed before all else; not all may see the figures."""
    if account.must_change:
        return "/account"
    return back if back != "/" or reads_figures(account) else "/account"


def own_path(text: str) -> str:
    """Return an address of this porch as it is; whatever could lead elsewhere, or back to the door, becomes the front page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    strange = parts.scheme or parts.netloc or "\\" in text or not (text.isascii() and text.isprintable()) or " " in text
    if strange or not text.startswith("/") or text.startswith("//") or len(text) > _LONGEST_PATH:
        return "/"
    return "/" if parts.path.startswith((SIGN_IN, "/sign-out", "/api/")) else text


def door_page(
    request: Request, app: App, back: str, *, login: str = "", told: str | None = None, trouble: str | None = None
) -> SignInPage:
    """Make the page of the door, with what is to be said there and the other way in where one is set."""
    asking = caller(request)
    return SignInPage(
        title="登录",
        login=login,
        address=back,
        told=told,
        trouble=trouble,
        provider=f"{START}?{urlencode({'next': back})}" if request.app.state.provider is not None else None,
        has_accounts=has_accounts(app),
        unencrypted=not (asking.secure or asking.is_local),
    )
