"""The web porch over a small register that is filled once and only read, and empty registers on each database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from api_office import office_at
from web_client import TestClient
from web_register import a_filled_app

from api.app import create_app
from attrtrack.workflow.app import App


@pytest.fixture(scope="session")
def web_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Return the program over the filled register."""
    app = a_filled_app(tmp_path_factory.mktemp("web"))
    yield app
    app.store.close()


@pytest.fixture(scope="session")
def client(web_app: App) -> TestClient:
    """Return a client that opens the pages as a browser on this machine would."""
    return TestClient(create_app(web_app), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Callable[[str], TestClient]]:
    """Give a function that returns the API of one empty register with somebody acting; all are closed after the test."""
    clients: list[TestClient] = []

    def acting(actor: str) -> TestClient:
        clients.append(office_at(database_url, tmp_path, actor=actor))
        return clients[-1]

    yield acting
    for client in clients:
        client.app.state.attrtrack.store.close()  # type: ignore[attr-defined]


@pytest.fixture
def drafter(office: Callable[[str], TestClient]) -> TestClient:
    """Give the API of an empty register, acting as the drafter at this machine."""
    return office("李拟稿")


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    """Return a folder for a register of one test."""
    return tmp_path
