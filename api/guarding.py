"""The guard at each route's door: body counted, origin of the request, who asks, what they may."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from api.bodies import CountedBody
from api.callers import is_same_origin
from api.errors import STATUSES, told
from api.kept import WITH_FILE, Kept, kept_form
from api.pages.contexts import ErrorPage, PassingPage
from api.pages.desk import desk_of
from api.pages.door import SIGN_IN, door_page, page_before
from api.pages.rendering import show
from api.sessions import acting_app, caller, cookie_name, end_session, ensure_own_page, program, session_token
from api.throttling import Throttle
from attrtrack.domain.access import Right
from attrtrack.errors import NotPermittedError, NotSignedInError, TooOftenError
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.signing_in import whose_session

_SHOWN = 100
Groups = tuple[tuple[Right, ...], ...]
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def guarded(handler: Handler, groups: Groups | None, *, max_body: int) -> Handler:
    """Put the guard before a route's handler; `groups` None: open to all, empty: whoever has signed in."""

    async def handle(request: Request) -> Response:
        request.state.guarded = True
        body = CountedBody(request.receive, max_body)
        body.ensure_announced(request.headers)
        refusal = await run_in_threadpool(_refusal, request, groups)
        if refusal is not None:
            return await _with_kept(request, body, refusal)
        try:
            return await handler(Request(request.scope, body.receive))
        except Exception:
            if body.failure is not None:
                raise body.failure from None
            raise

    return handle


def throttle(request: Request) -> Throttle:
    """Return the limits of this process."""
    found = request.app.state.throttle
    if not isinstance(found, Throttle):
        raise TypeError(found)
    return found


def _refusal(request: Request, groups: Groups | None) -> Response | None:
    """Find who asks and keep it for the route, or return the answer that sends them away."""
    ensure_own_page(request)
    if groups is None:
        return None
    try:
        app = acting_app(request)
    except NotSignedInError as error:
        return _not_signed_in(request, error)
    request.state.acting = app
    try:
        for group in groups:
            permitted(app, *group, subject=f"{request.method} {request.url.path[:_SHOWN]}")
    except NotPermittedError as error:
        return _not_permitted(request, app, error)
    return None


def _not_permitted(request: Request, app: App, error: NotPermittedError) -> Response:
    """Answer that the person may not, on a page that still says who one is and leads out."""
    if request.url.path.startswith("/api/"):
        return told(request.url.path, error)
    page = ErrorPage(
        title="没有权限",
        desk=desk_of(request, app),
        message=error.message,
        code=error.code,
    )
    return show(page, status=STATUSES[NotPermittedError])


def _not_signed_in(request: Request, error: NotSignedInError) -> Response:
    try:
        throttle(request).strangers.take(caller(request).counted_as)
    except TooOftenError as often:
        return told(request.url.path, often)
    if request.url.path.startswith("/api/"):
        return told(request.url.path, error)
    if request.headers.get("sec-fetch-site") == "cross-site" and cookie_name(request) not in request.cookies:
        return show(PassingPage(title="正在打开", address=_address(request)))
    return _to_sign_in(request)


def _to_sign_in(request: Request) -> Response:
    """Lead to the sign-in page, which says what happened and knows the way back."""
    lost = request.method not in {"GET", "HEAD"}
    ended = cookie_name(request) in request.cookies
    why = _lost(request) if lost else "ended" if ended else ""
    names = {"next": page_before(request) if lost else _address(request), "why": why}
    query = urlencode({name: value for name, value in names.items() if value})
    answer = RedirectResponse(f"{SIGN_IN}?{query}", HTTPStatus.SEE_OTHER)
    end_session(request, answer)
    return answer


def _lost(request: Request) -> str:
    """Say what was lost, and remember whose form it was, so that what was typed can be kept."""
    request.state.ended_login = _ended_login(request)
    return "file" if request.headers.get("content-type", "").startswith(WITH_FILE) else "unsaved"


async def _with_kept(request: Request, body: CountedBody, refusal: Response) -> Response:
    """Return the refusal; of a form whose session had ended the door itself, with what was typed."""
    login = getattr(request.state, "ended_login", None)
    if login is None:
        return refusal
    kept = await kept_form(body, request.headers, address=_address(request), login=login, page=page_before(request))
    return refusal if kept is None else await run_in_threadpool(_door_with, request, kept)


def _door_with(request: Request, kept: Kept) -> Response:
    answer = show(door_page(request, program(request), kept.page, kept=kept), status=STATUSES[NotSignedInError])
    end_session(request, answer)
    return answer


def _ended_login(request: Request) -> str | None:
    """Return whose session has ended; None unless the browser itself says that a page of ours sent the request."""
    token = session_token(request)
    if token is None or not is_same_origin(request.headers, secure=caller(request).secure):
        return None
    return whose_session(program(request), token)


def _address(request: Request) -> str:
    query = request.url.query
    path = quote(str(request.scope["path"]))
    return f"{path}?{query}" if query else path
