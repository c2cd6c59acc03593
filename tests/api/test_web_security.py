"""Headers, hosts, bodies and methods of the web porch."""

from pathlib import Path

import pytest
from starlette.routing import Mount
from web_client import TestClient

from api.app import create_app
from api.security import HEADERS, MAX_BODY, host_name

PATHS = (
    "/",
    "/documents?urgency=done",
    "/documents/D1",
    "/documents/D999",
    "/figures/interpretation-rate/document?year=2023",
    "/lists/2023.xlsx",
    "/static/page.css",
    "/api/v1/overview",
    "/api/v1/coverage",
    "/api/v1/documents",
    "/api/v1/documents/D1",
    "/api/v1/openapi.json",
    "/nothing-here",
)


def test_every_route_is_visited_by_these_tests(client: TestClient) -> None:
    """A new route must be added to `PATHS`: each is matched by at least one of them."""
    from starlette.routing import Match  # noqa: PLC0415 - only this test asks the router

    for route in client.app.router.routes:  # type: ignore[attr-defined]
        scopes = [{"type": "http", "method": "GET", "path": path.partition("?")[0], "headers": []} for path in PATHS]
        assert any(route.matches(scope)[0] is Match.FULL for scope in scopes), route
        assert isinstance(route, Mount) or not hasattr(route, "methods") or set(route.methods) <= {"GET", "HEAD"}


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_bears_the_safe_headers(client: TestClient, path: str) -> None:
    """Pages, JSON, files and errors alike."""
    answer = client.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example", "", "[::2]:8000"]
)
def test_other_hosts_are_refused(client: TestClient, host: str) -> None:
    """A name that was rebound to this machine gets no data, and the headers all the same."""
    answer = client.get("/api/v1/documents", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"
    assert "ATTRTRACK_HOSTS" in answer.json()["detail"]
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "LOCALHOST", "[::1]:8000", "[::1]"])
def test_this_machine_is_served(client: TestClient, host: str) -> None:
    """By every name it has, with and without a port."""
    assert client.get("/api/v1/overview", headers={"host": host}).status_code == 200


def test_an_office_may_name_more_hosts(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ATTRTRACK_HOSTS` adds hosts and keeps the local ones."""
    from web_register import an_app  # noqa: PLC0415 - the register of this test alone

    monkeypatch.setenv("ATTRTRACK_HOSTS", "oa.local, 10.1.2.3")
    web = TestClient(create_app(an_app(empty_folder)), base_url="http://oa.local:8000")
    assert web.get("/").status_code == 200
    assert web.get("/", headers={"host": "10.1.2.3"}).status_code == 200
    assert web.get("/", headers={"host": "localhost"}).status_code == 200
    assert web.get("/", headers={"host": "oa.local.evil"}).status_code == 421


@pytest.mark.parametrize(("host", "name"), [("A:1", "a"), ("[::1]:80", "[::1]"), ("[::1", ""), ("a:b", ""), ("", "")])
def test_host_names_are_read_without_their_port(host: str, name: str) -> None:
    """IPv6 in brackets keeps its colons; what is no host has no name."""
    assert host_name(host) == name


def test_bodies_are_refused(client: TestClient) -> None:
    """A large body, or one of unknown length, is answered before it is read."""
    assert client.request("GET", "/", content=b"x" * (MAX_BODY + 1)).status_code == 413
    assert client.request("GET", "/", content=iter([b"x"])).status_code == 413
    assert client.request("GET", "/", headers={"content-length": "-1"}).status_code == 413


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/api/v1/documents", "/documents/D1"])
def test_nothing_can_be_changed(client: TestClient, method: str, path: str) -> None:
    """The porch is read-only."""
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert "这里只能查看" in answer.text


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/docs", "/redoc"]
)
def test_no_file_beyond_static_is_served(client: TestClient, path: str) -> None:
    """No path leaves the folder, and no documentation page that would load scripts from elsewhere exists."""
    assert client.get(path).status_code == 404
