"""A served register and the distribution's Chromium; nothing is downloaded."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from web_register import a_filled_app, an_app
from web_served import served

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser; without one the tests are skipped with a reason, and in CI they fail."""
    if not CHROMIUM.exists():
        reason = f"没有 {CHROMIUM}：请安装 chromium 软件包"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with sync_playwright() as driver:
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
