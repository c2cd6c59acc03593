"""A register served on a free port of this machine, for browsers."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from api.app import create_app
from attrtrack.workflow.app import App

WAYS = [
    pytest.param(1440, True, id="wide"),
    pytest.param(390, True, id="narrow"),
    pytest.param(390, False, id="narrow-without-script"),
]
"""How a day is walked: the width of the window, and whether scripts run; without them the narrow window is the harder one."""
_START_SECONDS = 20


def served(app: App) -> Iterator[str]:
    """Serve a register on a free port, yield its address, and stop."""
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
