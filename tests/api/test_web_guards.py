"""The guard itself: no route without a rule, no rule without a guard, bodies counted and timed on the wire."""

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import APIRouter, FastAPI, Form
from web_client import TestClient
from web_people import HOST, LOGINS, a_peopled_app, signed_in
from web_register import an_app
from web_served import served

from api import bodies
from api.app import create_app
from api.dependencies import TheApp
from api.permissions import MAX_BODY, GuardedRoute, doors, needs, open_to_all, takes
from api.permissions import signed_in as signed_in_rule
from attrtrack.domain.access import RIGHTS, Right, Role
from attrtrack.workflow.app import App


def test_a_route_without_a_rule_cannot_be_made() -> None:
    """The program does not even start with one."""
    router = APIRouter(route_class=GuardedRoute)
    with pytest.raises(TypeError, match="/forgotten declares no rule"):
        router.get("/forgotten")(lambda: None)


def test_a_route_without_a_guard_cannot_be_served() -> None:
    """A plain router is found when the application is assembled, whatever rule it declares."""
    web, router = FastAPI(openapi_url=None), APIRouter()
    router.get("/unwatched", dependencies=[needs(Right.READ)])(lambda: None)
    web.include_router(router, prefix="/api")
    with pytest.raises(TypeError, match="not a GuardedRoute"):
        list(doors(web))


def test_a_rule_that_no_guard_asks_answers_nothing() -> None:
    """Were such a route served all the same, it would fail and show nothing."""
    web, router = FastAPI(), APIRouter()
    for path, rule in (("/a", needs(Right.READ)), ("/b", signed_in_rule()), ("/c", open_to_all("test"))):
        router.get(path, dependencies=[rule])(lambda: "secret")
    web.include_router(router)
    client = TestClient(web, raise_server_exceptions=False)
    for path in ("/a", "/b", "/c"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text


def _extended(app: App) -> FastAPI:
    """Return the application with three more routes: an open one that asks who acts, a small and a large body."""
    web, router = create_app(app), APIRouter(route_class=GuardedRoute)

    def who(app: TheApp) -> str:
        return app.actor

    def told(text: Annotated[str, Form()]) -> int:
        return len(text)

    router.get("/api/v1/who", dependencies=[open_to_all("test")])(who)
    router.post("/api/v1/small", dependencies=[signed_in_rule()])(told)
    router.post("/api/v1/large", dependencies=[signed_in_rule(), takes(1_000_000)])(told)
    web.include_router(router)
    return web


def test_an_open_route_has_nobody_acting(tmp_path: Path) -> None:
    """A route that forgot to ask for a right gets no program to read with."""
    client = TestClient(_extended(an_app(tmp_path)), base_url="http://localhost", raise_server_exceptions=False)
    assert client.get("/api/v1/who").status_code == 500


def test_each_route_has_its_own_limit(tmp_path: Path) -> None:
    """What one takes another refuses, announced or not; at the limit it still passes."""
    client = TestClient(_extended(an_app(tmp_path)), base_url="http://localhost", raise_server_exceptions=False)
    body = b"text=" + b"x" * (MAX_BODY - 5)
    form = {"content-type": "application/x-www-form-urlencoded"}

    def parts() -> Iterator[bytes]:
        yield body
        yield b"x"

    assert client.post("/api/v1/small", content=body, headers=form).json() == MAX_BODY - 5
    for content in (body + b"x", parts()):
        answer = client.post("/api/v1/small", content=content, headers=form)
        assert answer.status_code == 413
        assert answer.json()["code"] == "too-large"
    assert client.post("/api/v1/large", content=parts(), headers=form).status_code == 200
    assert client.post("/api/v1/large", content=b"x" * 1_000_001, headers=form).status_code == 413


@pytest.fixture
def wire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """Serve a register on a port, with little patience."""
    monkeypatch.setattr(bodies, "PATIENCE", 0.5)
    for address in served(an_app(tmp_path)):
        host, _, port = address.removeprefix("http://").partition(":")
        yield host, int(port)


def _status(wire: tuple[str, int], head: str, parts: list[bytes], *, pause: float) -> int:
    with socket.create_connection(wire, timeout=20) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode())
        for part in parts:
            time.sleep(pause)
            try:
                connection.sendall(part)
            except OSError:
                break
        return int(connection.recv(64).split()[1])


_HEAD = "POST /sign-in HTTP/1.1\nHost: {host}\nOrigin: http://{host}\nContent-Type: application/x-www-form-urlencoded\n{more}\n\n"


def test_a_body_that_drips_in_is_answered_408(wire: tuple[str, int]) -> None:
    """On a real connection: a part every now and then does not keep the request alive."""
    head = _HEAD.format(host=f"{wire[0]}:{wire[1]}", more="Content-Length: 1000")
    assert _status(wire, head, [b"x"] * 10, pause=0.1) == 408
    assert _status(wire, head, [], pause=0) == 408


def test_a_chunked_body_is_counted_on_the_wire(wire: tuple[str, int]) -> None:
    """Without a length announced, the answer comes at the byte that is too much."""
    head = _HEAD.format(host=f"{wire[0]}:{wire[1]}", more="Transfer-Encoding: chunked").replace("/sign-in", "/sign-out")
    chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    assert _status(wire, head, [chunk] * 5, pause=0) == 413


@pytest.mark.parametrize("token", ["", "Authorization: Bearer unknown\n", "Cookie: attrtrack=unknown\n"])
def test_a_stranger_is_answered_before_anything_is_read(tmp_path: Path, token: str) -> None:
    """Twenty megabytes are announced, not one byte is sent, and the answer is there: nobody fills the memory unknown."""
    for address in served(a_peopled_app(tmp_path)):
        host, _, port = address.removeprefix("http://").partition(":")
        lines = f"POST /api/v1/documents/upload HTTP/1.1\nHost: {host}\nOrigin: http://{host}\n"
        head = f"{lines}{token}Content-Type: multipart/form-data; boundary=x\nContent-Length: 20000000\n\n"
        assert _status((host, int(port)), head, [], pause=0) == 401


NO_SESSION = {"/sign-in", "/first-run", "/first-run/sample"}
"""Forms for those who have no session yet; the browser's own word says that they come from a page of ours."""


def test_every_form_of_the_pages_needs_its_token(tmp_path: Path) -> None:
    """Generated from the routes: whoever may come through a door brings the token of the session, or nothing is done."""
    app = a_peopled_app(tmp_path)
    browsers = {role: signed_in(app, LOGINS[role]) for role in Role}
    forms = [
        door
        for door in doors(browsers[Role.OFFICE].app)  # type: ignore[arg-type]
        if door.method not in {"GET", "HEAD"} and not door.path.startswith("/api/") and door.path not in NO_SESSION
    ]
    assert len(forms) > 20
    fields = {"old": "x", "new": "x", "again": "x", "form_token": "x"}
    for door in forms:
        browser = browsers[next(role for role in Role if door.rule.lets(RIGHTS[role]))]
        path = re.sub(r"\{\w+\}", "D1", door.path)
        plain = browser.post(path, data=fields)
        answer = plain if plain.status_code == 403 else browser.post(path, data=fields, files={"file": ("a.txt", b"x")})
        assert (answer.status_code, "页面已经过期" in answer.text) == (403, True), door.path
        assert browser.post(path, data={**fields, "form_token": ""}).status_code in {400, 403}


def test_a_program_on_a_single_desk_needs_no_browsers_headers(tmp_path: Path) -> None:
    """A page of another site that sends to this machine is refused; a program that sends no such headers is not."""
    client = TestClient(_extended(an_app(tmp_path)), base_url="http://localhost", raise_server_exceptions=False)
    assert client.post("/api/v1/small", data={"text": "x"}).status_code == 200
    assert client.post("/api/v1/small", data={"text": "x"}, headers={"origin": HOST}).status_code == 403
    crossed = {"sec-fetch-site": "cross-site"}
    assert client.post("/api/v1/small", data={"text": "x"}, headers=crossed).status_code == 403
