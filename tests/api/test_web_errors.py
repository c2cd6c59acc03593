"""Errors of the web porch: one status a class, one shape, no traceback."""

import re
from collections.abc import Iterator

import pytest
from web_client import TestClient
from web_people import LOGINS, a_browser, a_peopled_app, signed_in

from api.app import create_app
from api.errors import STATUSES
from attrtrack.domain.access import Role
from attrtrack.errors import AttrtrackError, GateRefusedError, StorageUnusableError
from attrtrack.workflow.app import App


def _tree(root: type[AttrtrackError]) -> Iterator[type[AttrtrackError]]:
    yield root
    for child in root.__subclasses__():
        yield from _tree(child)


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.SYSTEM_ADMINISTRATOR])
def test_a_page_that_is_not_there_leads_out(people: App, role: Role) -> None:
    """Whoever is signed in keeps the head with the own places and a way back; a stranger sees no head at all."""
    home = "/account" if role is Role.SYSTEM_ADMINISTRATOR else "/"
    places = _places(signed_in(people, LOGINS[role]).get("/account").text)
    assert places
    for path in ("/no-such-page", "/figures/none/document?part=x"):
        answer = signed_in(people, LOGINS[role]).get(path)
        assert answer.status_code in {400, 403, 404}
        assert _places(answer.text) == places
        assert f'<a href="{home}">回到' in answer.text
    stranger = a_browser(people).get("/no-such-page")
    assert stranger.status_code == 404
    assert "<nav" not in stranger.text
    assert '<a href="/">回到首页</a>' in stranger.text


def _places(page: str) -> list[str]:
    """Return where the head of a page leads to."""
    found = re.search(r'<nav aria-label="主要页面">.*?</nav>', page, re.DOTALL)
    return re.findall(r'href="([^"]+)"', found[0]) if found else []


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Return a register with people."""
    made = a_peopled_app(tmp_path_factory.mktemp("errors"))
    yield made
    made.store.close()


def test_every_error_class_has_its_status() -> None:
    """A new error must be given a row; the table holds nothing else."""
    shipped = {kind for kind in _tree(AttrtrackError) if kind.__module__.startswith("attrtrack.")}
    assert set(STATUSES) == shipped
    assert all(400 <= status < 600 for status in STATUSES.values())


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/documents/D999", 404, "unknown-record"),
        ("/api/v1/documents/nonsense", 404, "unknown-record"),
        ("/api/v1/documents?limit=0", 400, "usage"),
        ("/api/v1/documents?offset=0", 400, "usage"),
        ("/api/v1/worklist?urgency=panic", 400, "usage"),
        ("/api/v1/measures?year=abcd", 400, "usage"),
        ("/api/v1/measures?year=1200", 400, "usage"),
        ("/api/v1/measures?year=20233", 400, "usage"),
        ("/api/v1/nothing", 404, "not-found"),
    ],
)
def test_programs_get_a_problem(client: TestClient, path: str, status: int, code: str) -> None:
    """RFC 9457: type, title, status, detail, and the stable code; the sentence is Chinese."""
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert set(body) - {"fields"} == {"type", "title", "status", "detail", "code"}
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:attrtrack:{code}")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in body["detail"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/documents/D999", 404),
        ("/figures/none/document", 404),
        ("/lists/1990.xlsx", 404),
        ("/lists/1.xlsx", 400),
        ("/x", 404),
    ],
)
def test_people_get_a_page(client: TestClient, path: str, status: int) -> None:
    """A Chinese page that leads back to the front page."""
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert '<a href="/">回到首页</a>' in answer.text


def test_programs_are_led_to_the_documentation(client: TestClient) -> None:
    """An address that is none and a body that is no JSON are told to a program as such, not sent to the front page."""
    for answer in (
        client.get("/api/v1/none"),
        client.post("/api/v1/documents", content=b"[" * 20_000, headers={"content-type": "application/json"}),
    ):
        assert "/api/v1/docs" in answer.json()["detail"]
        assert "首页" not in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/", "/api/v1/overview"])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StorageUnusableError("数据库打不开：请检查路径。"), 503),
        (GateRefusedError("不予签发。", ()), 409),
        (ZeroDivisionError("secret detail"), 500),
    ],
)
def test_no_traceback_reaches_the_reader(
    web_app: App, monkeypatch: pytest.MonkeyPatch, path: str, error: Exception, status: int
) -> None:
    """Foreseen errors tell their sentence; unforeseen ones tell nothing of the inside."""

    def fail(_app: object, *_rest: object, **_named: object) -> None:
        raise error

    for asked in ("api.pages.overview.assessed", "api.routes.overview.overview"):
        monkeypatch.setattr(asked, fail)
    client = TestClient(create_app(web_app), base_url="http://localhost", raise_server_exceptions=False)
    answer = client.get(path)
    assert answer.status_code == status
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text
    if isinstance(error, AttrtrackError):
        assert error.message in answer.text
