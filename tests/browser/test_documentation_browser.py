"""The documentation page in a real browser: nothing from elsewhere, no error, nothing wider than the screen."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
def test_the_documentation_opens_offline(browser: Browser, site: str, width: int) -> None:
    """Under the policy that forbids other origins the page and its style load whole; a link in it leads to its place."""
    with browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=True) as context:
        page = context.new_page()
        asked, troubles = list[str](), list[str]()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: troubles.append(message.text))
        page.goto(f"{site}/api/v1/docs")
        assert {urlsplit(url).netloc for url in asked} == {urlsplit(site).netloc}
        assert troubles == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("link", name="签发前询问", exact=True).click()
        assert page.url.endswith("#post-gate")
        assert page.locator("#post-gate").is_visible()
