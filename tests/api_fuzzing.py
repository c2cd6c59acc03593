"""schemathesis over the OpenAPI document, against the application itself: requests as documented, and as not documented.

Ids and versions that exist are given to a part of the requests, so that the acts behind them are reached as well.
"""

import copy
import random
from typing import Any

import schemathesis
from schemathesis.checks import CHECKS, load_all_checks
from starlette.types import ASGIApp, Receive, Scope, Send
from web_client import TestClient

IDS = {
    "document_id": ["D1", "D2", "D3", "D4", "D99", "x"],
    "interpretation_id": ["I1", "I2", "I3", "I99"],
    "job_id": ["J1", "J9"],
}
EXCLUDED = (
    "ignored_auth",  # a register without accounts asks nobody to sign in at its own desk; rights have a test of their own
    "use_after_free",  # nothing is deleted by this API
    "positive_data_acceptance",  # cursors, versions and the law's own rules say more than a schema can
    "ensure_resource_availability",  # a document recorded as file is the same document when it comes again as file
)


class AtThisDesk:
    """The application as a client at this machine reaches it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say that the client is this machine."""
        await self._app({**scope, "client": ("127.0.0.1", 50_000)}, receive, send)


def documented(client: TestClient, *, known_ids: bool) -> Any:
    """Return the schema of an application in this process; `known_ids`: requests name records that are there."""
    document = copy.deepcopy(client.get("/api/v1/openapi.json").json())
    document["components"].pop("securitySchemes")  # a single desk asks nobody to sign in
    for operations in document["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
            for parameter in operation.get("parameters", ()):
                if known_ids and parameter["name"] in IDS:
                    parameter["schema"] = {"type": "string", "enum": IDS[parameter["name"]]}
    schema = schemathesis.openapi.from_dict(document)
    schema.app = AtThisDesk(client.app)
    schema.config.update(base_url="http://127.0.0.1:8000")
    return schema


def chosen_checks() -> list[Any]:
    """Return every check of schemathesis but those that ask for what this API does not have."""
    load_all_checks()
    return [check for check in CHECKS.get_all() if getattr(check, "__name__", str(check)) not in EXCLUDED]


def give_versions(client: TestClient, case: Any, *, chance: random.Random) -> None:
    """Put the present version into most requests that must bear one, so that they come through."""
    headers = case.headers
    if not headers or "If-Match" not in headers or chance.random() < 0.3:
        return
    subject = (case.path_parameters or {}).get("document_id") or (case.path_parameters or {}).get("interpretation_id")
    kind = "documents" if str(subject).startswith("D") else "interpretations"
    found = client.get(f"/api/v1/{kind}/{subject}")
    if "etag" in found.headers:
        case.headers["If-Match"] = found.headers["etag"]
