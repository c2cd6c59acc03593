"""Served registers and the distribution's Chromium; nothing is downloaded."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from patient_acts import act_patiently
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from sample_office import SampleOffice, a_sample_office
from web_people import ISSUER, LOGINS
from web_register import a_filled_app, an_app
from web_served import served

from attrtrack.domain.access import Role
from attrtrack.workflow.signing_in import sign_in_identity

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
_STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_VIOLATIONS = """rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
    .then(found => found.violations)"""
_PATIENCE = 20_000
"""Milliseconds that a page is waited for: another process may have the machine; what has a limit is timed by itself."""
DeskAt = Callable[..., Page]
Checking = Callable[..., Callable[[], None]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser; without one the tests are skipped with a reason, and in CI they fail."""
    if not CHROMIUM.exists():
        reason = f"没有 {CHROMIUM}：请安装 chromium 软件包"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    expect.set_options(timeout=_PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        act_patiently(patch)
        launched = driver.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the filled register and return its address."""
    yield from served(a_filled_app(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an empty register and return its address."""
    yield from served(an_app(tmp_path_factory.mktemp("empty")))


@pytest.fixture(scope="session")
def sample_office(tmp_path_factory: pytest.TempPathFactory) -> SampleOffice:
    """Return the register of the sample year, which walks change: take documents of your own."""
    return a_sample_office(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def sample_site(sample_office: SampleOffice) -> Iterator[str]:
    """Serve the sample year and return its address."""
    yield from served(sample_office.app)


@pytest.fixture
def desk_at(browser: Browser, sample_office: SampleOffice, sample_site: str) -> Iterator[DeskAt]:
    """Give a function that opens a page of somebody signed in; what complains or asks another host fails the test at its end."""
    contexts, faults = [], list[str]()

    def opened(role: Role, *, width: int = 1440, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=sample_site, viewport={"width": width, "height": 900}, java_script_enabled=javascript
        )
        contexts.append(context)
        token = sign_in_identity(sample_office.app, ISSUER, LOGINS[role], address="web 127.0.0.1").token
        context.add_cookies([{"name": "attrtrack", "value": token, "url": sample_site, "sameSite": "Strict"}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
        page.on("request", lambda asked: faults.append(asked.url) if _is_foreign(asked.url, sample_site) else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def _is_fault(message: ConsoleMessage) -> bool:
    """Refused forms answer with their status, which the console mentions; so it does, as `info`, when a test was sooner in a field than the page's own focus."""
    return message.type != "info" and "the server responded with a status of 4" not in message.text


def _is_foreign(url: str, own: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"} and urlsplit(url).netloc != urlsplit(own).netloc


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Give a function that checks a page against WCAG 2.2 AA (axe-core, MPL-2.0) and says what is wrong, rule and place.

    What passes is not told node by node, which halves the time.
    """
    source = _AXE.read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.wait_for_load_state()
        page.evaluate(source)
        found: list[dict[str, Any]] = page.evaluate(_VIOLATIONS, _STANDARD)
        return [f"{item['id']}: {node['html'][:200]}" for item in found for node in item["nodes"]]

    return violations


@pytest.fixture(scope="session")
def checking(axe: Callable[[Page], list[str]]) -> Checking:
    """Give a function that makes the check of a page: no fault that axe knows (it needs scripts), nothing sideways at each width.

    Without scripts nothing else waits for a page that was asked for and has no body yet.
    """

    def of(page: Page, *widths: int, javascript: bool) -> Callable[[], None]:
        def checked() -> None:
            page.wait_for_load_state()
            if javascript:
                assert axe(page) == []
            own = page.viewport_size
            assert own is not None
            for width in widths:
                page.set_viewport_size({"width": width, "height": own["height"]})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
            page.set_viewport_size(own)

        return checked

    return of
