"""Headers, hosts, bodies and methods of the web porch."""

from pathlib import Path

import pytest
from web_client import TestClient

from api.app import create_app
from api.permissions import MAX_BODY
from api.security import HEADERS, STAY_WITH_HTTPS, host_name

PATHS = (
    "/",
    "/documents?urgency=done",
    "/documents/D1",
    "/documents/D999",
    "/figures/interpretation-rate/document?year=2023",
    "/lists/2023.xlsx",
    "/static/page.css",
    "/api/v1/overview",
    "/api/v1/measures",
    "/api/v1/documents",
    "/api/v1/documents/D1",
    "/api/v1/openapi.json",
    "/nothing-here",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_bears_the_safe_headers(client: TestClient, path: str) -> None:
    """Pages, JSON, files and errors alike; and none gives another site leave to read it."""
    answer = client.get(path, headers={"origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
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
    """A large body is answered before it is read, one of unknown length at the byte that is too much."""
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/sign-out", content=b"x" * (MAX_BODY + 1), headers=form).status_code == 413
    assert client.post("/sign-out", content=iter([b"x" * MAX_BODY, b"x"]), headers=form).status_code == 413
    assert client.post("/sign-out", headers={**form, "content-length": "-1"}).status_code == 413
    assert client.post("/sign-out", content=iter([b"x"]), headers=form).status_code == 400


def test_https_is_to_be_kept_to(client: TestClient) -> None:
    """An answer by https tells the browser so; an answer by http does not."""
    assert "strict-transport-security" not in client.get("/").headers
    answer = client.get("https://127.0.0.1/static/page.css")
    assert answer.headers["strict-transport-security"] == STAY_WITH_HTTPS


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/documents", "/documents/D1"])
def test_pages_change_nothing(client: TestClient, method: str, path: str) -> None:
    """The pages of the register are read-only."""
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert "回到首页" in answer.text


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/docs", "/redoc"]
)
def test_no_file_beyond_static_is_served(client: TestClient, path: str) -> None:
    """No path leaves the folder, and no documentation page that would load scripts from elsewhere exists."""
    assert client.get(path).status_code == 404
