"""Sign-in by an identity provider (OIDC), where an office has set one: the way there and back, kept in the browser alone.

The cookie of the way bears state, nonce and PKCE verifier, signed by the client's secret, for ten minutes; it goes along
when the provider sends the browser back (SameSite=Lax), and it is taken away whatever comes of it.
"""

import base64
import datetime as dt
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response

from api.sessions import caller
from attrtrack.config import Settings
from attrtrack.errors import EnvironmentFailedError, SignInRefusedError, UsageError, told

if TYPE_CHECKING:
    from api.provider import Provider

BACK = "/sign-in/elsewhere/back"
_COOKIE = "attrtrack-way"
_MINUTES = 10
_LONGEST = 4000
_LARGEST_SECRET = 4096


@dataclass(frozen=True, slots=True)
class Way:
    """What the browser keeps while it is at the provider."""

    state: str
    nonce: str
    verifier: str
    address: str
    until: int


def provider_of(settings: Settings) -> "Provider | None":
    """Return the provider of the settings, None where none is set; half a setting is a `UsageError`."""
    given = (settings.oidc_issuer, settings.oidc_client_id, settings.oidc_secret_file)
    if not any(given):
        return None
    if not all(given):
        raise UsageError(
            "统一身份认证要同时设置 ATTRTRACK_OIDC_ISSUER、ATTRTRACK_OIDC_CLIENT_ID、ATTRTRACK_OIDC_SECRET_FILE。"
        )
    try:
        from api.provider import Provider  # noqa: PLC0415 - Authlib is needed only where a provider is set
    except ImportError as error:
        raise EnvironmentFailedError("没有安装统一身份认证所需的组件：请安装 attrtrack[oidc]。") from error
    return Provider(settings.oidc_issuer, settings.oidc_client_id, _secret(Path(settings.oidc_secret_file)))


def _secret(path: Path) -> str:
    try:
        text = path.read_bytes()[:_LARGEST_SECRET].decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = told(error) if isinstance(error, OSError) else "不是 UTF-8 文字"
        raise UsageError(f"ATTRTRACK_OIDC_SECRET_FILE 读不出：{reason}。") from error
    if not text:
        raise UsageError("ATTRTRACK_OIDC_SECRET_FILE 是空的：请写入统一身份认证给的密钥。")
    return text


def the_provider(request: Request) -> Any:  # noqa: ANN401 - a type that exists only where Authlib is installed
    """Return the provider that this application was given, or None."""
    return request.app.state.provider


TheProvider = Annotated[Any, Depends(the_provider)]


def new_way(address: str, now: dt.datetime) -> Way:
    """Return a way with secrets of its own that leads back to `address`."""
    until = int((now + dt.timedelta(minutes=_MINUTES)).timestamp())
    return Way(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), address, until)


def keep_way(request: Request, response: Response, way: Way, *, secret: str) -> None:
    """Give the browser its way."""
    body = base64.urlsafe_b64encode(json.dumps(asdict(way)).encode()).decode()
    _set(request, response, f"{body}.{_seal(body, secret)}", max_age=_MINUTES * 60)


def forget_way(request: Request, response: Response) -> None:
    """Take the way from the browser."""
    _set(request, response, "", max_age=0)


def kept_way(request: Request, *, secret: str, now: dt.datetime) -> Way:
    """Return the way that the browser brings; raise `SignInRefusedError` when it is none of ours or has ended."""
    brought = request.cookies.get(_name(request), "")
    body, _, seal = brought.partition(".")
    if len(brought) > _LONGEST or not hmac.compare_digest(_seal(body, secret).encode(), seal.encode()):
        raise SignInRefusedError("这次登录不是从本系统开始的，或浏览器没有保留 Cookie：请从登录页重新登录。")
    way = Way(**json.loads(base64.urlsafe_b64decode(body)))
    if now.timestamp() > way.until:
        raise SignInRefusedError("这次登录用的时间太长，已经作废：请从登录页重新登录。")
    return way


def redirect_uri(request: Request) -> str:
    """Return the address to which the provider sends back; the host is one of those that are served."""
    scheme = "https" if caller(request).secure else "http"
    return f"{scheme}://{request.headers['host'].lower()}{BACK}"


def _seal(body: str, secret: str) -> str:
    key = hmac.digest(secret.encode(), b"attrtrack way", hashlib.sha256)
    return hmac.digest(key, body.encode(), hashlib.sha256).hex()


def _name(request: Request) -> str:
    return f"__Host-{_COOKIE}" if caller(request).secure else _COOKIE


def _set(request: Request, response: Response, value: str, *, max_age: int) -> None:
    secure = caller(request).secure
    response.set_cookie(_name(request), value, max_age=max_age, path="/", secure=secure, httponly=True, samesite="lax")
