"""A served register and the distribution's Chromium; nothing is downloaded."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from web_register import a_filled_app, an_app

from api.app import create_app
from attrtrack.workflow.app import App

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_START_SECONDS = 20


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


def _served(app: App) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(app), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + _START_SECONDS
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    app.store.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the filled register and return its address."""
    yield from _served(a_filled_app(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an empty register and return its address."""
    yield from _served(an_app(tmp_path_factory.mktemp("empty")))
