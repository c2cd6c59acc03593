"""The door of the pages: in, out, back to the page asked for; what a browser keeps, and what no other site can do with it."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from web_client import Answer, TestClient
from web_people import HOST, LOGINS, OWN, PASSWORD, a_browser, a_peopled_app, signed_in, with_password

from api.pages.signing_in import own_path
from api.throttling import Buckets, Throttle
from attrtrack.domain.access import Role
from attrtrack.workflow import accounts
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import app_of_account

LOGIN = LOGINS[Role.OFFICE]
COOKIE = "__Host-attrtrack"
WRONG = "夜里没有月亮也没有星星"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """Return the program over a register with people."""
    made = a_peopled_app(tmp_path_factory.mktemp("people"))
    with_password(made, LOGIN, PASSWORD)
    return made


@pytest.fixture
def browser(app: App) -> TestClient:
    """Return a browser that nobody has signed in with."""
    return a_browser(app)


def _enter(browser: TestClient, *, password: str = PASSWORD, back: str = "/", login: str = LOGIN) -> Answer:
    form = {"login": login, "password": password, "next": back}
    return browser.post("/sign-in", data=form, follow_redirects=False)


def _form_token(page: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_page_leads_to_the_door_and_back(browser: TestClient) -> None:
    """The address asked for, with its query, is opened after the right password; the top of the page says who one is."""
    answer = browser.get("/documents?urgency=check&year=2023", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fdocuments%3Furgency%3Dcheck%26year%3D2023"
    door = browser.get(answer.headers["location"]).text
    assert 'type="password"' in door
    assert 'autocomplete="current-password"' in door
    assert 'value="/documents?urgency=check&amp;year=2023"' in door
    entered = _enter(browser, back="/documents?urgency=check&year=2023")
    assert entered.status_code == 303
    assert entered.headers["location"] == "/documents?urgency=check&year=2023"
    page = browser.get("/").text
    assert "办公室审核人甲" in page
    assert OWN in page
    assert 'action="/sign-out"' in page


def test_the_cookie_is_the_browsers_alone(browser: TestClient) -> None:
    """Of this host only, by https only, for no script and no other site; and gone when the browser is closed."""
    cookie = _enter(browser).headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    assert name == COOKIE
    value, *attributes = [part.strip() for part in rest.split(";")]
    assert len(value) >= 43
    assert {part.lower() for part in attributes} == {"httponly", "path=/", "samesite=strict", "secure"}


def test_over_plain_http_the_cookie_has_another_name(app: App) -> None:
    """A cookie of the plain page never counts by https, where a neighbouring site could have planted it."""
    plain = a_browser(app, host="http://attrtrack.local")
    cookie = _enter(plain).headers["set-cookie"]
    assert cookie.startswith("attrtrack=")
    assert "secure" not in cookie.lower()
    value = cookie.partition("=")[2].partition(";")[0]
    assert plain.get("/account").status_code == 200
    other = a_browser(app)
    other.cookies.set("attrtrack", value)
    assert other.get("/account", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("login", [LOGIN, "nobody-of-this-name", "", "x" * 200])
def test_a_wrong_password_says_nothing_more(browser: TestClient, app: App, login: str) -> None:
    """The same sentence for a wrong password and for no account; what was typed as password is nowhere on the page."""
    answer = _enter(browser, login=login, password=WRONG) if login else browser.post("/sign-in", data={})
    assert "set-cookie" not in answer.headers
    assert WRONG not in answer.text
    if login:
        assert answer.status_code == 401
        assert "登录名或口令不对，或者账号已被锁定或停用" in answer.text
    else:
        assert answer.status_code == 400
    with app.store.unit_of_work("test", "cli") as work:
        work.accounts.forget_failures(LOGIN)


def test_an_ended_session_says_so_and_leads_back(app: App) -> None:
    """After the idle time the next page leads to the door, which says what happened; a form's loss is told as such."""
    later = replace(app, clock=lambda: dt.datetime.now(dt.UTC) + dt.timedelta(hours=2))
    token = signed_in(app, LOGIN).cookies[COOKIE]
    browser = a_browser(later)
    browser.cookies.set(COOKIE, token)
    answer = browser.get("/documents", follow_redirects=False)
    assert answer.headers["location"] == "/sign-in?next=%2Fdocuments&why=ended"
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert "登录已经结束" in browser.get(answer.headers["location"]).text
    browser.cookies.set(COOKIE, token)
    lost = browser.post("/account/password", data={}, follow_redirects=False)
    assert lost.headers["location"] == "/sign-in?next=%2F&why=unsaved"
    assert "没有保存" in browser.get(lost.headers["location"]).text


def test_leaving_ends_the_session_everywhere(app: App) -> None:
    """The cookie is taken, and a copy of it opens nothing any more."""
    browser = signed_in(app, LOGIN)
    token, page = browser.cookies[COOKIE], browser.get("/account").text
    answer = browser.post("/sign-out", data={"form_token": _form_token(page)}, follow_redirects=False)
    assert answer.headers["location"] == "/sign-in?why=out"
    assert "cache" in answer.headers["clear-site-data"]
    copy = a_browser(app)
    copy.cookies.set(COOKIE, token)
    assert copy.get("/account", follow_redirects=False).status_code == 303
    with app.store.reading() as work:
        entry = work.journal.head()
    assert entry is not None
    assert (entry.action, entry.actor, entry.origin) == ("sign-out", LOGIN, "web 10.1.2.3")


def test_signing_in_again_ends_the_session_before(app: App) -> None:
    """Each sign-in has a new token; the one that the browser had is ended in the register."""
    browser = signed_in(app, LOGIN)
    before = browser.cookies[COOKIE]
    after = _enter(browser).headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert after != before
    copy = a_browser(app)
    copy.cookies.set(COOKIE, before)
    assert copy.get("/account", follow_redirects=False).status_code == 303


def test_a_planted_session_is_not_taken_over(app: App, browser: TestClient) -> None:
    """What somebody else put into the browser before the sign-in opens nothing after it."""
    browser.cookies.set(COOKIE, "planted-by-somebody-else-000000000000000000")
    assert _enter(browser).status_code == 303
    copy = a_browser(app)
    copy.cookies.set(COOKIE, "planted-by-somebody-else-000000000000000000")
    assert copy.get("/account", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": HOST, "sec-fetch-site": "same-site"},
        {"origin": "http://attrtrack.local"},
        {"origin": "https://attrtrack.local.evil.example"},
        {},
    ],
)
@pytest.mark.parametrize("path", ["/sign-out", "/account/password", "/sign-in"])
def test_no_other_site_can_send_a_form(app: App, headers: dict[str, str], path: str) -> None:
    """Not with the right token in it either, and the session stands as before."""
    browser = signed_in(app, LOGIN)
    token = _form_token(browser.get("/account").text)
    for name in ("origin", "sec-fetch-site"):
        del browser.headers[name]
    form = {"form_token": token, "old": PASSWORD, "new": "x" * 20, "again": "x" * 20, "login": LOGIN, "password": "x"}
    answer = browser.post(path, data=form, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert "不是从本系统的页面发出的" in answer.text
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("path", ["/sign-out", "/account/password"])
def test_a_form_needs_the_token_of_its_session(app: App, path: str) -> None:
    """Another session's token, an empty one or letters of another script are refused."""
    foreign = _form_token(signed_in(app, LOGIN).get("/account").text)
    browser = signed_in(app, LOGIN)
    for token in (foreign, "", "令牌"):
        form = {"form_token": token, "old": PASSWORD, "new": "x" * 20, "again": "x" * 20}
        answer = browser.post(path, data=form, follow_redirects=False)
        assert answer.status_code == (403 if token else 400)
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("asked", "opened"),
    [
        ("/documents/D1?x=1", "/documents/D1?x=1"),
        ("/", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("/ evil", "/"),
        ("evil", "/"),
        ("", "/"),
        ("/sign-in?next=/", "/"),
        ("/sign-out", "/"),
        ("/api/v1/documents", "/"),
        ("/" + "x" * 3000, "/"),
        ("http://[", "/"),
        ("/公文", "/"),
    ],
)
def test_the_way_back_never_leads_elsewhere(asked: str, opened: str) -> None:
    """Only an address of this porch is kept; all else becomes the front page."""
    assert own_path(asked) == opened


def test_a_link_from_another_site_meets_the_session(app: App) -> None:
    """Coming from the OA the strict cookie stays behind once: the page leads on by itself and then knows who one is."""
    stranger = a_browser(app)
    answer = stranger.get("/documents/D1?x=%22", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert '<meta http-equiv="refresh" content="0; url=/documents/D1?x=%22">' in answer.text
    assert stranger.get("/documents/D1", follow_redirects=False).status_code == 303


def test_a_given_password_is_changed_before_all_else(app: App) -> None:
    """The first sign-in opens the account page, nothing else, until the password is one's own."""
    maker = app_of_account(app, LOGINS[Role.SYSTEM_ADMINISTRATOR], origin="cli")
    login = LOGINS[Role.SIGNATORY]
    accounts.reset_password(maker, login, PASSWORD)
    browser = a_browser(app)
    entered = _enter(browser, login=login, back="/documents")
    assert entered.headers["location"] == "/account"
    assert "这个口令是别人给的" in browser.get("/account").text
    refused = browser.get("/documents", follow_redirects=False)
    assert refused.status_code == 403
    assert "口令是别人设的" in refused.text
    assert '<a href="/account">回到我的账号</a>' in refused.text
    own, page = "秋天的傍晚山里刮起大风了", browser.get("/account").text
    other = a_browser(app)
    _enter(other, login=login)
    form = {"old": PASSWORD, "new": own, "again": own, "form_token": _form_token(page)}
    assert "口令已经修改" in browser.post("/account/password", data=form).text
    assert browser.get("/documents").status_code == 200
    assert other.get("/account", follow_redirects=False).status_code == 303
    assert _enter(a_browser(app), login=login).status_code == 401
    assert _enter(a_browser(app), login=login, password=own).status_code == 303


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
def test_who_reads_no_document_is_not_sent_in_circles(app: App, role: Role) -> None:
    """What is refused to an administrator leads to the own account, and from there not back to what is refused."""
    browser = signed_in(app, LOGINS[role])
    assert '<a href="/account">回到我的账号</a>' in browser.get("/").text
    assert 'href="/"' not in browser.get("/account").text


@pytest.mark.parametrize(
    ("old", "new", "again", "status", "told"),
    [
        (PASSWORD, "夏天的中午湖边一丝风也没有", "另写一遍却不一样了啊啊", 400, "两次写的新口令不一样"),
        ("不对的旧口令啊啊啊啊啊啊", "夏天的中午湖边一丝风也没有", "夏天的中午湖边一丝风也没有", 403, "原口令不对"),
        (PASSWORD, "short", "short", 400, "口令不合要求"),
        (PASSWORD, PASSWORD, PASSWORD, 400, "相同"),
    ],
)
def test_a_password_is_changed_by_who_knows_it(
    app: App, old: str, new: str, again: str, status: int, told: str
) -> None:
    """A wrong old password, a weak or the same new one, two different ones: the page says which, and nothing changes."""
    browser = signed_in(app, LOGIN)
    token = _form_token(browser.get("/account").text)
    form = {"old": old, "new": new, "again": again, "form_token": token}
    answer = browser.post("/account/password", data=form)
    assert answer.status_code == status
    assert told in answer.text
    assert new not in answer.text
    assert _enter(a_browser(app)).status_code == 303


def test_guesses_from_one_address_run_out(app: App) -> None:
    """Wrong passwords over as many names, and the address waits, also with the right one; another address does not."""
    browser = a_browser(app)
    browser.app.state.throttle = Throttle(passwords=Buckets(3, 1 / 60))
    statuses = [_enter(browser, login=f"guess-{number}", password="x" * 12).status_code for number in range(4)]
    assert statuses == [401] * 3 + [429]
    answer = _enter(browser)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "请求过于频繁" in answer.text
    elsewhere = TestClient(browser.app, base_url=HOST, client=("10.9.9.9", 1))
    elsewhere.headers.update({"origin": HOST})
    assert _enter(elsewhere).status_code == 303


def test_strangers_requests_run_out_and_people_go_on(app: App) -> None:
    """An address without sign-in is made to wait; who has signed in there is not."""
    browser = a_browser(app)
    answers = (browser.get("/api/v1/documents") for _ in range(500))
    first = next(answers)
    refused = next((answer for answer in answers if answer.status_code != first.status_code), first)
    assert (first.status_code, refused.status_code) == (401, 429)
    assert int(refused.headers["retry-after"]) > 0
    assert refused.headers["content-type"] == "application/problem+json"
    token = signed_in(app, LOGIN).cookies[COOKIE]
    browser.cookies.set(COOKIE, token)
    assert browser.get("/api/v1/documents").status_code == 200


def test_programs_are_told_how_to_sign_in(browser: TestClient) -> None:
    """401 with the challenge that HTTP demands, as problem details; a token of another scheme or none at all."""
    for authorization in (None, "Basic eHg6eHg=", "Bearer", "Bearer " + "x" * 600, "Bearer unknown", "Bearer 令牌"):
        headers = {"authorization": authorization.encode()} if authorization else {}
        answer = browser.get("/api/v1/documents", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer realm="attrtrack"'
        assert answer.json()["code"] == "not-signed-in"


def test_a_token_opens_what_its_scopes_say(app: App) -> None:
    """Within them the program is let in, from where the journal says; beyond them it is refused, and that is journalled."""
    from attrtrack.domain.access import Right  # noqa: PLC0415 - only this test scopes

    own = app_of_account(app, LOGIN, origin="cli")
    secret = accounts.add_token(own, LOGIN, "OA", scopes=frozenset({Right.MEASURE}), days=7).secret
    program = a_browser(app)
    for name in ("origin", "sec-fetch-site"):
        del program.headers[name]
    program.headers["authorization"] = f"Bearer {secret}"
    assert program.get("/api/v1/measures", params={"year": ""}).status_code == 200
    refused = program.get("/api/v1/documents")
    assert refused.status_code == 403
    assert refused.json()["code"] == "not-permitted"
    assert "查看公文" in refused.json()["detail"]


def test_a_register_without_accounts_is_this_machines_alone(tmp_path: Path) -> None:
    """One desk: read at the machine itself, by nobody else, and never through a proxy."""
    from web_register import an_app  # noqa: PLC0415 - the register of this test alone

    desk = an_app(tmp_path)
    near = a_browser(desk, address="127.0.0.1")
    assert near.get("/").status_code == 200
    assert "退出" not in near.get("/").text
    assert near.get("/account").status_code == 200
    near.cookies.set("__Host-attrtrack", "of-another-register-on-this-machine")
    assert near.get("/").status_code == 200
    far = a_browser(desk, address="10.1.2.3")
    assert far.get("/api/v1/documents").status_code == 401
    door = far.get("/")
    assert "还没有账号" in door.text
    for header in ("x-forwarded-for", "forwarded", "via", "x-real-ip"):
        assert near.get("/api/v1/documents", headers={header: "127.0.0.1"}).status_code == 401
    accounts.add_account(desk, "first", password=PASSWORD, roles=[Role.SYSTEM_ADMINISTRATOR])
    assert near.get("/api/v1/documents").status_code == 401
