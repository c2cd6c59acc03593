"""What every answer bears and every request must fit, wherever it is routed."""

import re
from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.callers import Proxies
from api.errors import problem
from attrtrack.errors import UsageError

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser hides from us that our own page sent the form
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?")
STAY_WITH_HTTPS = "max-age=31536000; includeSubDomains"


class Security:
    """ASGI middleware: who calls, known hosts only (against rebinding of names), safe headers always."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = (), *, proxies: Proxies) -> None:
        self._app = app
        self._proxies = proxies
        self._hosts = LOCAL_HOSTS | {host.strip().lower() for host in hosts if host.strip()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        caller = self._proxies.caller(scope)
        scope.setdefault("state", {})["caller"] = caller

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
                if caller.secure:
                    headers["Strict-Transport-Security"] = STAY_WITH_HTTPS
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send_safely)
            return
        await self._app(scope, receive, send_safely)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        path = str(scope["path"])
        host = host_name(headers.get("host", ""))
        if host not in self._hosts:
            message = (
                "这个访问地址不在允许范围内：请用 http://127.0.0.1 访问，或在 ATTRTRACK_HOSTS 中写明允许的主机名。"
            )
            return problem(path, HTTPStatus.MISDIRECTED_REQUEST, code=UsageError.code, message=message)
        return None


def host_name(host: str) -> str:
    """Return the name in a Host header without its port, in lower case; empty when it is none."""
    match = _HOST.fullmatch(host.strip().lower())
    return match[1] if match else ""
