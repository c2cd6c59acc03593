"""The test client, imported in one place: this starlette warns that it will want httpx2 instead of httpx one day."""

import warnings
from typing import Any

from httpx import Response as Answer
from starlette.exceptions import StarletteDeprecationWarning

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient as _TestClient

__all__ = ["Answer", "TestClient"]


class TestClient(_TestClient):
    """A client at this machine, unless a test says from which address it comes."""

    __test__ = False

    def __init__(self, app: Any, **named: Any) -> None:
        super().__init__(app, **{"client": ("127.0.0.1", 50_000), **named})
