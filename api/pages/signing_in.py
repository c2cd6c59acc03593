"""`/sign-in` and `/sign-out`: the door, and the way back to the page that was asked for."""

from contextlib import suppress
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.callers import is_same_origin
from api.dependencies import TheCaller, TheProgram
from api.guarding import throttle
from api.kept import MAX_DOOR, Kept, unpacked
from api.pages.contexts import ErrorPage
from api.pages.desk import PLACES
from api.pages.door import LONGEST_PATH, SIGN_IN, TOLD, door_page, own_path
from api.pages.kept_form import kept_page
from api.pages.rendering import show
from api.permissions import GuardedRoute, open_to_all, takes
from api.sessions import caller, end_session, ensure_form, keep_session, session_token
from attrtrack.domain.access import Role
from attrtrack.domain.accounts import Account, SignedIn
from attrtrack.errors import NotSignedInError, SignInRefusedError, TooOftenError
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import app_of_session, sign_in, sign_out

router = APIRouter(route_class=GuardedRoute)
ACCOUNT = "/account"
_OTHER_ACCOUNT = (
    "刚才的内容是用另一个账号填写的，不能由现在的账号代为提交，没有保存。需要时请退出，用原来的账号重新办理。"
)
_DOOR = open_to_all("who has not signed in must find the door")


@router.get(SIGN_IN, dependencies=[_DOOR])
def get_sign_in_page(
    request: Request,
    app: TheProgram,
    *,
    address: Annotated[str, Query(alias="next", max_length=LONGEST_PATH)] = "/",
    why: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show the form."""
    throttle(request).strangers.take(request.state.caller.counted_as)
    return show(door_page(request, app, own_path(address), told=TOLD.get(why)))


@router.post(SIGN_IN, dependencies=[_DOOR, takes(MAX_DOOR)])
def post_sign_in(
    request: Request,
    app: TheProgram,
    asking: TheCaller,
    *,
    login: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1024)],
    address: Annotated[str, Form(alias="next", max_length=LONGEST_PATH)] = "/",
    packed: Annotated[str, Form(alias="kept")] = "",
) -> Response:
    """Let somebody in, or show the form again with one sentence that does not say what was wrong."""
    back, kept = own_path(address), _resumable(request, packed)
    try:
        with throttle(request).password_check(asking.counted_as):
            signed = sign_in(app, login, password, address=asking.origin)
    except SignInRefusedError as error:
        page = door_page(request, app, back, login=login, trouble=error.message, kept=kept)
        return show(page, status=HTTPStatus.UNAUTHORIZED)
    except TooOftenError as error:
        page = door_page(request, app, back, login=login, trouble=error.message, kept=kept)
        answer = show(page, status=HTTPStatus.TOO_MANY_REQUESTS)
        answer.headers["Retry-After"] = str(error.wait)
        return answer
    kept = None if signed.account.must_change else kept
    return let_in(request, app, signed.token, _entered(request, app, signed, back, kept=kept))


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


_FIRST_PAGES = (
    (frozenset({Role.OFFICE, Role.SIGNATORY}), "/queue"),
    (frozenset({Role.DRAFTER}), "/drafts"),
    (frozenset({Role.ASSESSOR}), "/"),
    (frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}), "/administration"),
    (frozenset({Role.AUDIT_ADMINISTRATOR}), "/journal"),
)
"""Where each begins the day; who has several roles begins where others wait for them."""


def landing(account: Account, back: str) -> str:
    """Return the page to open first: a password given by others is changed before all else, then what was asked for.

    Nothing was asked for: the desk of the first role that has one, else the own account.
    """
    if account.must_change:
        return ACCOUNT
    if back != "/":
        return back
    there = {place.href for place in PLACES}
    return next((page for roles, page in _FIRST_PAGES if roles & account.roles and page in there), ACCOUNT)


def _entered(request: Request, app: App, signed: SignedIn, back: str, *, kept: Kept | None) -> Response:
    """Lead on; or show the form that was not taken when the session ended, to the account that filled it in."""
    if kept is None:
        return RedirectResponse(landing(signed.account, back), HTTPStatus.SEE_OTHER)
    if kept.login != signed.account.login:
        return show(ErrorPage(title="刚才的内容没有带过来", message=_OTHER_ACCOUNT, code="other-account"))
    acting = app_of_session(app, signed.token, address=caller(request).origin)
    return show(kept_page(request, acting, kept, token=signed.token))


def _resumable(request: Request, packed: str) -> Kept | None:
    """Return the form that the door carried, if the browser itself says that our page sent it and it leads to a page of ours."""
    if not packed or not is_same_origin(request.headers, secure=caller(request).secure):
        return None
    kept = unpacked(packed)
    return kept if kept is not None and own_path(kept.address) == kept.address != "/" else None
