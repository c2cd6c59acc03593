"""Who asks: the session cookie, the tokens of forms, and the acting App of a request.

Decisions: this process keeps nothing; the register knows the sessions. A bearer token goes before a cookie. The token of
a form is derived from the session's, so that it needs no place of its own and ends with the session.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from fastapi import Request
from fastapi.responses import Response

from api.callers import Caller, is_same_origin
from attrtrack.domain.access import OPEN
from attrtrack.errors import NotPermittedError, NotSignedInError
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import app_of_session, app_of_token, has_accounts

_COOKIE = "attrtrack"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST = 512


def program(request: Request) -> App:
    """Return the assembled program, with nobody acting yet."""
    app = request.app.state.attrtrack
    if not isinstance(app, App):
        raise TypeError(app)
    return app


def caller(request: Request) -> Caller:
    """Return where a request comes from, as the middleware has found it."""
    found = request.state.caller
    if not isinstance(found, Caller):
        raise TypeError(found)
    return found


def acting_app(request: Request) -> App:
    """Return the program with the person acting who asks; raise `NotSignedInError` where nobody does.

    A register without accounts is a single desk: it answers to this machine alone, and never to what was passed on. A
    cookie there is another register's, since browsers do not tell ports apart.
    """
    app, asking = program(request), caller(request)
    authorization = request.headers.get("authorization")
    if authorization is not None:
        return app_of_token(app, _bearer(authorization), address=asking.origin)
    session = session_token(request)
    if session is not None:
        try:
            return app_of_session(app, session, address=asking.origin)
        except NotSignedInError:
            if has_accounts(app):
                raise
    if has_accounts(app):
        raise NotSignedInError("请先登录：网页请从登录页进入，程序请带上 API 令牌。")
    if not asking.is_local:
        raise NotSignedInError("这个登记还没有账号，只能在本机打开：请管理员先用 attrtrack user add 建立账号。")
    return app.acting_as(app.actor, OPEN, origin=asking.origin, unit=app.unit)


def _bearer(authorization: str) -> str:
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _LONGEST:
        raise NotSignedInError("令牌的写法不对：请用 Authorization: Bearer 令牌。")
    return token


def ensure_own_page(request: Request) -> None:
    """Refuse an act that another site makes a browser send: cookies and this machine's own address come along unasked.

    A program that bears a token is let through (no site can add one), and on a single desk so is one that is no browser.
    """
    if request.method in _SAFE or "authorization" in request.headers:
        return
    own = is_same_origin(request.headers, secure=caller(request).secure)
    if own is None:
        own = session_token(request) is None
    if not own:
        raise NotPermittedError("请求不是从本系统的页面发出的，没有受理：请从本系统的页面重新操作。")


def cookie_name(request: Request) -> str:
    """Return the cookie's name: by https bound to this very host, so that no neighbouring site can plant one."""
    return f"__Host-{_COOKIE}" if caller(request).secure else _COOKIE


def session_token(request: Request) -> str | None:
    """Return the session's token that the browser brings."""
    token = request.cookies.get(cookie_name(request))
    return token if token and len(token) <= _LONGEST else None


def keep_session(request: Request, response: Response, token: str) -> None:
    """Give the browser its session: until it is closed, to no script, to no request from another site."""
    _set(response, cookie_name(request), token, secure=caller(request).secure)


def end_session(request: Request, response: Response) -> None:
    """Take the session from the browser."""
    name = cookie_name(request)
    if name in request.cookies:
        _set(response, name, "", secure=caller(request).secure, max_age=0)


def _set(response: Response, name: str, value: str, *, secure: bool, max_age: int | None = None) -> None:
    response.set_cookie(name, value, max_age=max_age, path="/", secure=secure, httponly=True, samesite="strict")


def form_token(request: Request) -> str:
    """Return the token that forms of this session bear; without a session there is nothing to protect."""
    session = session_token(request)
    return "" if session is None else token_of_session(session)


def token_of_session(session: str) -> str:
    """Return the token that forms of a session bear, for the answer that begins it."""
    digest = hmac.digest(session.encode(), b"attrtrack form", hashlib.sha256)
    return urlsafe_b64encode(digest).decode().rstrip("=")


def ensure_form(request: Request, token: str) -> None:
    """Refuse a form that was not made for this session."""
    if not hmac.compare_digest(form_token(request).encode(), token.encode()):
        raise NotPermittedError("页面已经过期，没有受理：请返回页面重新操作。")
