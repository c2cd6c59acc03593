"""What every answer bears and every request must fit, wherever it is routed."""

import re
from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem
from attrtrack.errors import SourceTooLargeError, UsageError

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?")
MAX_BODY = 64 * 1024
"""Bytes a request may carry; nothing on this porch takes a body."""


class Security:
    """ASGI middleware: known hosts only (against rebinding of names), small bodies only, safe headers always."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = LOCAL_HOSTS | {host.strip().lower() for host in hosts if host.strip()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
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
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdecimal() or int(length) > MAX_BODY:
            message = "请求内容过大：网页只供查看，不接收文件。"
            return problem(path, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, code=SourceTooLargeError.code, message=message)
        return None


def host_name(host: str) -> str:
    """Return the name in a Host header without its port, in lower case; empty when it is none."""
    match = _HOST.fullmatch(host.strip().lower())
    return match[1] if match else ""
