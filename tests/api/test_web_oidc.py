"""Sign-in by an identity provider: with a real one in a process of its own, and every way that is not one's own refused."""

import base64
import datetime as dt
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from oidc_server import CLIENT, SECRET, SUBJECT, LyingProvider, lying_provider
from web_client import Answer, TestClient
from web_people import HOST, LOGINS, a_browser, a_peopled_app

from attrtrack.domain.access import Role
from attrtrack.errors import UsageError
from attrtrack.workflow import accounts
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import app_of_account

LOGIN = LOGINS[Role.OFFICE]
COOKIE, WAY = "__Host-attrtrack", "__Host-attrtrack-way"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """Return the program over a register with people."""
    return a_peopled_app(tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="module")
def provider(app: App) -> Iterator[LyingProvider]:
    """Serve a provider that vouches for the office's person."""
    with lying_provider() as served:
        maker = app_of_account(app, LOGINS[Role.SYSTEM_ADMINISTRATOR], origin="cli")
        accounts.bind_identity(maker, LOGIN, served.issuer, subject_there=SUBJECT)
        yield served


def _browser(app: App, issuer: str, folder: Path) -> TestClient:
    secret = folder / "secret"
    secret.write_text(SECRET + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATTRTRACK_OIDC_ISSUER", issuer)
        patch.setenv("ATTRTRACK_OIDC_CLIENT_ID", CLIENT)
        patch.setenv("ATTRTRACK_OIDC_SECRET_FILE", str(secret))
        return a_browser(app)


@pytest.fixture
def browser(app: App, provider: LyingProvider, tmp_path: Path) -> TestClient:
    """Return a browser of an office that has set the provider."""
    provider.mint, provider.metadata, provider.answers = None, {}, {}
    return _browser(app, provider.issuer, tmp_path)


def _go(browser: TestClient, back: str = "/documents?urgency=check") -> str:
    answer = browser.get("/sign-in/elsewhere", params={"next": back}, follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["location"]


def _come_back(browser: TestClient, **query: str) -> Answer:
    cross = {"sec-fetch-site": "cross-site"}
    return browser.get(f"/sign-in/elsewhere/back?{urlencode(query)}", headers=cross, follow_redirects=False)


def test_the_door_offers_the_other_way(browser: TestClient, app: App) -> None:
    """Only where a provider is set; else the address is not there."""
    assert 'href="/sign-in/elsewhere?next=%2Fdocuments%2FD1"' in browser.get("/sign-in?next=/documents/D1").text
    without = a_browser(app)
    assert "统一身份认证" not in without.get("/sign-in").text
    assert without.get("/sign-in/elsewhere", follow_redirects=False).status_code == 404
    assert without.get("/sign-in/elsewhere/back", follow_redirects=False).status_code == 404


def test_whom_the_provider_vouches_for_is_let_in(browser: TestClient, provider: LyingProvider) -> None:
    """A session as by password, a page of our own that leads on, and the way's cookie is gone."""
    back = provider.visited(_go(browser))
    answer = _come_back(browser, **back)
    assert answer.status_code == 200
    assert 'content="0; url=/documents?urgency=check"' in answer.text
    cookies = {item.partition("=")[0]: item for item in answer.headers.get_list("set-cookie")}
    assert "samesite=strict" in cookies[COOKIE].lower()
    assert "Max-Age=0" in cookies[WAY]
    assert "办公室审核人甲" in browser.get("/").text


def test_the_cookie_of_the_way_is_the_browsers_alone(browser: TestClient) -> None:
    """Of this host, by https, for no script, for ten minutes; lax, since the way back comes from the provider."""
    answer = browser.get("/sign-in/elsewhere", follow_redirects=False)
    attributes = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert attributes == {"httponly", "path=/", "samesite=lax", "secure", "max-age=600"}
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["redirect_uri"] == [f"{HOST}/sign-in/elsewhere/back"]
    assert asked["scope"] == ["openid"]
    assert len({len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge")}) == 1


def _refused(answer: Answer, browser: TestClient) -> None:
    assert answer.status_code == 401
    assert not any(item.startswith(f"{COOKIE}=") for item in answer.headers.get_list("set-cookie"))
    assert browser.get("/account", follow_redirects=False).status_code == 303


def test_an_answer_to_another_question_is_refused(browser: TestClient, provider: LyingProvider) -> None:
    """Another state, none at all, another provider's name, no code, or the person's own refusal."""
    for change in ({"state": "x" * 43}, {"state": ""}, {"iss": "https://another.example"}, {"code": ""}):
        back = {**provider.visited(_go(browser)), **change}
        _refused(_come_back(browser, **back), browser)
    state = provider.visited(_go(browser))["state"]
    _refused(_come_back(browser, error="access_denied", state=state), browser)


def test_an_answer_is_good_in_its_own_browser_once(
    browser: TestClient, provider: LyingProvider, app: App, tmp_path: Path
) -> None:
    """A link with another's code and state opens nothing: not without the cookie, not with one's own, not a second time."""
    back = provider.visited(_go(browser))
    victim = _browser(app, provider.issuer, tmp_path)
    _refused(_come_back(victim, **back), victim)
    _go(victim)
    _refused(_come_back(victim, **back), victim)
    way = browser.cookies[WAY]
    assert _come_back(browser, **back).status_code == 200
    browser.cookies.clear()
    browser.cookies.set(WAY, way)
    _refused(_come_back(browser, **back), browser)


def test_a_way_that_was_changed_or_has_ended_is_refused(
    browser: TestClient, provider: LyingProvider, app: App, tmp_path: Path
) -> None:
    """Its seal must be ours, and ten minutes not gone."""
    back = provider.visited(_go(browser))
    body, _, seal = browser.cookies[WAY].partition(".")
    way = json.loads(base64.urlsafe_b64decode(body))
    changed = base64.urlsafe_b64encode(json.dumps({**way, "address": "//evil.example"}).encode()).decode()
    for forged in (f"{changed}.{seal}", body, f"{body}.", f".{seal}", f"{body}.{seal}0", "", "令"):
        browser.cookies.clear()
        if forged.isascii() and forged:
            browser.cookies.set(WAY, forged)
        _refused(_come_back(browser, **back), browser)
    late = replace(app, clock=lambda: dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11))
    other = _browser(late, provider.issuer, tmp_path)
    other.cookies.set(WAY, f"{body}.{seal}")
    _refused(_come_back(other, **back), other)


def test_a_lie_of_the_provider_lets_nobody_in(browser: TestClient, provider: LyingProvider) -> None:
    """What the checks of the token refuse reaches the page as one sentence, without saying which."""
    provider.mint = lambda liar, claims: liar.signed({**claims, "aud": "another"})
    answer = _come_back(browser, **provider.visited(_go(browser)))
    _refused(answer, browser)
    assert "统一身份认证没有通过" in answer.text
    assert "another" not in answer.text


def test_who_is_bound_to_no_account_is_refused(browser: TestClient, provider: LyingProvider) -> None:
    """No account is made by itself; the same subject of another issuer is another person."""
    provider.mint = lambda liar, claims: liar.signed({**claims, "sub": "somebody-else"})
    answer = _come_back(browser, **provider.visited(_go(browser)))
    _refused(answer, browser)
    assert "没有与这个身份绑定的账号" in answer.text


def test_a_provider_that_is_down_leaves_the_password(browser: TestClient, provider: LyingProvider) -> None:
    """The page says so, and the form stands below."""
    back = provider.visited(_go(browser))
    provider.answers = {"/token": (500, b"{}")}
    answer = _come_back(browser, **back)
    assert answer.status_code == 503
    assert 'type="password"' in answer.text


@pytest.mark.parametrize("missing", ["ISSUER", "CLIENT_ID", "SECRET_FILE"])
def test_half_a_setting_is_refused(app: App, tmp_path: Path, missing: str) -> None:
    """Nobody finds out at the door that the office forgot a line."""
    secret = tmp_path / "secret"
    secret.write_text("x", encoding="utf-8")
    given = {"ISSUER": "https://identity.local", "CLIENT_ID": "x", "SECRET_FILE": str(secret), missing: ""}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            patch.setenv(f"ATTRTRACK_OIDC_{name}", value)
        with pytest.raises(UsageError, match="ATTRTRACK_OIDC"):
            a_browser(app)
        patch.setenv("ATTRTRACK_OIDC_ISSUER", "https://identity.local")
        patch.setenv("ATTRTRACK_OIDC_CLIENT_ID", "x")
        for content in (b"", b"\xff\xff"):
            secret.write_bytes(content)
            patch.setenv("ATTRTRACK_OIDC_SECRET_FILE", str(secret))
            with pytest.raises(UsageError, match="SECRET_FILE"):
                a_browser(app)


@pytest.fixture(scope="module")
def real_provider() -> Iterator[str]:
    """Start another maker's provider as a process of its own, and return its issuer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "-r", "-n", "--user", "li-si"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        issuer = f"http://127.0.0.1:{port}"
        try:
            _wait_for(port, process)
            yield issuer
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, "the provider ended"
        try:
            _ask(port, "GET", "/.well-known/openid-configuration")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the provider did not start")


def _ask(port: int, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, str, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body or None, {"Content-Type": kind} if kind else {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read()
    finally:
        connection.close()


def test_a_real_provider_is_understood(app: App, real_provider: str, tmp_path: Path) -> None:
    """Registered there as a client, gone there, signed in there, come back: let in here by the bound account."""
    port = urlsplit(real_provider).port or 0
    client = {"redirect_uris": [f"{HOST}/sign-in/elsewhere/back"], "token_endpoint_auth_method": "client_secret_basic"}
    status, _, answered = _ask(port, "POST", "/oauth2/clients", json.dumps(client), "application/json")
    assert status == 201
    registered = json.loads(answered)
    maker = app_of_account(app, LOGINS[Role.SYSTEM_ADMINISTRATOR], origin="cli")
    accounts.bind_identity(maker, LOGINS[Role.SIGNATORY], real_provider, subject_there="li-si")
    secret = tmp_path / "secret"
    secret.write_text(registered["client_secret"], encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATTRTRACK_OIDC_ISSUER", real_provider)
        patch.setenv("ATTRTRACK_OIDC_CLIENT_ID", registered["client_id"])
        patch.setenv("ATTRTRACK_OIDC_SECRET_FILE", str(secret))
        browser = a_browser(app)
    there = urlsplit(_go(browser))
    status, location, page = _ask(
        port, "POST", f"{there.path}?{there.query}", urlencode({"sub": "li-si"}), "application/x-www-form-urlencoded"
    )
    assert status == 302, re.sub(r"<[^>]+>", "", page.decode())
    back = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
    assert _come_back(browser, **back).status_code == 200
    assert "签发人甲" in browser.get("/account").text
    _refused(_come_back(_browser(app, real_provider, tmp_path), **back), _browser(app, real_provider, tmp_path))
