"""What was typed into a form is still there after the session's end, for the same person, and after a refusal; each begins where work waits."""

import datetime as dt
import html
import re
from dataclasses import replace

import pytest
from web_client import Answer, TestClient
from web_people import ISSUER, LOGINS, PASSWORD, a_browser, a_peopled_app, with_password

from api.kept import MAX_KEPT
from api.pages.signing_in import landing
from attrtrack.domain.access import Role
from attrtrack.workflow.accounts import own_account
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import app_of_account, sign_in_identity

COOKIE = "__Host-attrtrack"
DRAFTER, OTHER = LOGINS[Role.DRAFTER], LOGINS[Role.OFFICE]
TITLE = '关于<script>alert("x")</script>饮水的通知'
TEXT = "各乡镇人民政府：\n请做好饮水安全工作。\n" + "饮水标准另行通知。\n" * 2_000
FILE = {"file": ("附件.txt", b"not kept")}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """Return a register with people, whose clock stands after every session begun today has ended."""
    made = a_peopled_app(tmp_path_factory.mktemp("kept"))
    for login in (DRAFTER, OTHER):
        with_password(made, login, PASSWORD)
    return made


@pytest.fixture(scope="module")
def later(app: App) -> TestClient:
    """Return a browser two hours later, on the form of a new document."""
    client = a_browser(replace(app, clock=lambda: dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)))
    client.headers["referer"] = "https://attrtrack.local/drafts/new"
    return client


@pytest.fixture
def browser(app: App, later: TestClient) -> TestClient:
    """Return a drafter's browser two hours after the last page."""
    later.cookies.clear()
    later.cookies.set(COOKIE, _ended_session(app))
    return later


def _ended_session(app: App) -> str:
    return sign_in_identity(app, ISSUER, DRAFTER, address="web 10.1.2.3").token


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return html.unescape(found[1])


def _typed(page: str, name: str) -> str:
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None, name
    return html.unescape(found[1])


def _sent(browser: TestClient, text: str = TEXT, **more: object) -> Answer:
    form = {"form_token": "of the old session", "title": TITLE, "text": text}
    files = more.pop("files", {"file": ("", b"")})
    return browser.post("/drafts/new", data=form, files=files, follow_redirects=False, **more)  # type: ignore[arg-type]


def _enter(browser: TestClient, kept: str, login: str = DRAFTER, **more: object) -> Answer:
    fields = {"login": login, "password": PASSWORD, "next": "/drafts/new", "kept": kept}
    parts = {name: (None, value) for name, value in fields.items()}
    return browser.post("/sign-in", files=parts, follow_redirects=False, **more)  # type: ignore[arg-type]


def test_a_draft_outlives_its_session(browser: TestClient) -> None:
    """Typed, the session over, signed in again: it is there to be gone on with, and is recorded when it is sent."""
    door = _sent(browser)
    assert door.status_code == 401
    assert "也没有丢" in door.text
    assert 'enctype="multipart/form-data"' in door.text
    assert "<script>alert" not in door.text
    assert _field(door.text, "login") == DRAFTER
    page = _enter(browser, _field(door.text, "kept"))
    assert page.status_code == 200
    assert "现在还没有保存" in page.text
    assert _field(page.text, "title") == TITLE
    assert _typed(page.text, "text") == TEXT
    assert "<script>alert" not in page.text
    assert 'href="/drafts/new"' in page.text
    form = {name: _field(page.text, name) for name in ("form_token", "title")}
    made = browser.post("/drafts/new", data={**form, "text": _typed(page.text, "text")}, files={"file": ("", b"")})
    assert "已登记" in made.text
    assert "/documents/D" in str(made.url)
    assert "<script>alert" not in made.text


def test_a_wrong_password_at_the_door_loses_nothing(browser: TestClient) -> None:
    """The form with the typed words comes back with the mistake."""
    kept = _field(_sent(browser).text, "kept")
    fields = {"login": DRAFTER, "password": "wrong password!!", "next": "/", "kept": kept}
    answer = browser.post("/sign-in", files={name: (None, value) for name, value in fields.items()})
    assert answer.status_code == 401
    assert _field(answer.text, "kept") == kept


def test_files_and_passwords_stay_behind(browser: TestClient, app: App) -> None:
    """A file must be chosen again, which the page says; a password is nowhere on the door's page."""
    door = _sent(browser, files=FILE)
    assert "not kept" not in door.text
    page = _enter(browser, _field(door.text, "kept"))
    assert "文件没有带过来" in page.text
    browser.cookies.clear()
    browser.cookies.set(COOKIE, _ended_session(app))
    changed = {"old": "secret one", "new": "secret two", "again": "secret two", "form_token": "x"}
    answer = browser.post("/account/password", data=changed)
    assert "secret" not in answer.text
    assert "没有保存" in answer.text


@pytest.mark.parametrize(("text", "why"), [("", "file"), ("水" * MAX_KEPT, "file")])
def test_what_cannot_be_kept_is_told(browser: TestClient, text: str, why: str) -> None:
    """A file alone, or a text beyond all measure: the door says that it is lost and leads back to the form."""
    form = {"form_token": "x", "title": "", "text": text}
    answer = browser.post("/drafts/new", data=form, files=FILE, follow_redirects=False)
    assert answer.headers["location"] == f"/sign-in?next=%2Fdrafts%2Fnew&why={why}"


def test_nobody_sends_what_another_typed(browser: TestClient) -> None:
    """Another account is told that something was typed, sees nothing of it, and is signed in."""
    page = _enter(browser, _field(_sent(browser).text, "kept"), login=OTHER)
    assert "另一个账号" in page.text
    assert "饮水" not in page.text
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[]",
        "[" * 5_000,
        '["https://evil.example/","drafter","/",[["text","x"]],false,[]]',
        '["/sign-out","drafter","/",[["text","x"]],false,[]]',
        '["/drafts/new","drafter","/",[["form_token","x"]],false,[]]',
        '["/drafts/new","drafter","/",[["password","x"]],false,[]]',
        '["/drafts/new","drafter","/",[["text",1]],false,[]]',
        '["/drafts/new","drafter","/",[["text","x"]],false,3]',
    ],
)
def test_a_forged_form_is_no_form(browser: TestClient, kept: str) -> None:
    """Nothing that our door did not write is shown or sent; the person is let in as always."""
    answer = _enter(browser, kept)
    assert (answer.status_code, answer.headers["location"]) == (303, "/drafts/new")


def test_a_kept_form_comes_from_our_door_only(browser: TestClient) -> None:
    """Another site cannot have a form of its own resumed."""
    kept = _field(_sent(browser).text, "kept")
    assert _enter(browser, kept, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_a_strangers_form_is_not_kept(browser: TestClient) -> None:
    """Without a session of this register nothing is carried."""
    browser.cookies.clear()
    browser.cookies.set(COOKIE, "x" * 43)
    assert _sent(browser).status_code == 303


def _now(browser: TestClient) -> App:
    return browser.app.state.attrtrack  # type: ignore[attr-defined, no-any-return]


LANDINGS = {
    Role.DRAFTER: "/drafts",
    Role.OFFICE: "/queue",
    Role.SIGNATORY: "/queue",
    Role.ASSESSOR: "/",
}


@pytest.mark.parametrize("role", list(Role))
def test_each_begins_where_work_waits(app: App, later: TestClient, role: Role) -> None:
    """The page opened first is there for the role; what was asked for goes before it."""
    account = own_account(app_of_account(app, LOGINS[role], origin="cli"))
    account = replace(account, must_change=False)
    first = landing(account, "/")
    assert first == LANDINGS.get(role, first)
    later.cookies.clear()
    later.cookies.set(COOKIE, sign_in_identity(_now(later), ISSUER, LOGINS[role], address="web 10.1.2.3").token)
    assert later.get(first).status_code == 200
    assert landing(account, "/documents") == "/documents"
    assert landing(replace(account, must_change=True), "/documents") == "/account"
