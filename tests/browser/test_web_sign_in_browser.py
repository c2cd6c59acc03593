"""The door in a real browser: fits, works by keyboard and without script, and holds against another site's page."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect
from web_people import LOGINS, PASSWORD, a_peopled_app, with_password
from web_served import served

from attrtrack.domain.access import Role

pytestmark = pytest.mark.browser
LOGIN = LOGINS[Role.OFFICE]
_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def peopled_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a register with people and return its address."""
    app = a_peopled_app(tmp_path_factory.mktemp("peopled"))
    with_password(app, LOGIN, PASSWORD)
    yield from served(app)


@pytest.fixture(scope="module")
def other_site(peopled_site: str) -> Iterator[str]:
    """Serve another site's page (`localhost` is not `127.0.0.1`): a link to a document list, and a form that signs out."""
    body = (
        f'<a href="{peopled_site}/documents?urgency=check">link</a>'
        f'<form method="post" action="{peopled_site}/sign-out"><input name="form_token" value="x"><button>go</button></form>'
    ).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def _enter(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("登录名").fill(LOGIN)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录").click()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_door_fits_and_leads_back(browser: Browser, peopled_site: str, *, width: int) -> None:
    """Without script: the form in the first view, the mistake told above it, then the page that was asked for."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{peopled_site}/documents?urgency=check")
    button = page.get_by_role("button", name="登录").bounding_box()
    assert button is not None
    assert button["y"] + button["height"] <= 900
    _enter(page, "not the password")
    expect(page.get_by_role("alert")).to_contain_text("登录名或口令不对")
    expect(page.get_by_label("登录名")).to_have_value(LOGIN)
    _enter(page)
    assert page.url == f"{peopled_site}/documents?urgency=check"
    expect(page.get_by_text("办公室审核人甲")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/sign-in", "/account"])
def test_pages_of_people_fit(browser: Browser, peopled_site: str, path: str, *, width: int) -> None:
    """Nothing scrolls sideways, nothing is complained of."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "info" else None)
    page.goto(f"{peopled_site}/account")
    _enter(page)
    page.goto(peopled_site + path)
    expect(page.locator("h1")).to_be_visible()
    assert not page.evaluate(_WIDER)
    assert complaints == []
    context.close()


def test_the_door_opens_by_keyboard(browser: Browser, peopled_site: str) -> None:
    """The name has the focus, Tab leads to the password, Enter opens; the way out is reached by Tab as well."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{peopled_site}/account")
    expect(page.get_by_label("登录名")).to_be_focused()
    page.keyboard.type(LOGIN)
    page.keyboard.press("Tab")
    expect(page.get_by_label("口令")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{peopled_site}/account")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "退出":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("已经退出")).to_be_visible()
    assert [cookie for cookie in context.cookies() if cookie["name"] == "attrtrack"] == []
    page.goto(f"{peopled_site}/account")
    expect(page.get_by_label("口令")).to_be_visible()
    context.close()


def test_a_link_of_another_site_opens_and_its_form_does_not(
    browser: Browser, peopled_site: str, other_site: str
) -> None:
    """The strict cookie stays behind at first, our own page fetches it; a form from there ends no session."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{peopled_site}/account")
    _enter(page)
    page.goto(other_site)
    page.get_by_text("link").click()
    page.wait_for_url(f"{peopled_site}/documents?urgency=check")
    expect(page.get_by_text("办公室审核人甲")).to_be_visible()
    page.goto(other_site)
    page.get_by_role("button", name="go").click()
    expect(page.get_by_text("不是从本系统的页面发出的")).to_be_visible()
    page.goto(f"{peopled_site}/account")
    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
    context.close()


def test_scripts_see_no_session(browser: Browser, peopled_site: str) -> None:
    """What a script could read of the cookies is nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{peopled_site}/account")
    _enter(page)
    assert page.evaluate("document.cookie") == ""
    context.close()
