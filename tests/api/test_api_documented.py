"""The OpenAPI document and its page: in Chinese, complete, without anything from elsewhere."""

import re
from typing import Any

import pytest
from web_client import TestClient

from api.security import HEADERS
from attrtrack.workflow.app import App

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    """The OpenAPI document."""
    answer: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return answer


def _operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]


def test_every_operation_is_told_in_chinese(document: dict[str, Any]) -> None:
    """Heading, sentence, parameters, answers."""
    for name, operation in _operations(document):
        texts = [operation["summary"], operation["description"], *operation["tags"]]
        texts += [parameter.get("description", "") for parameter in operation.get("parameters", [])]
        texts += [answer["description"] for answer in operation["responses"].values()]
        assert all(_CHINESE.search(text) for text in texts), (name, texts)


def test_every_shape_and_field_is_told_in_chinese(document: dict[str, Any]) -> None:
    """A docstring for programmers of this house never reaches those of another."""
    for name, schema in document["components"]["schemas"].items():
        if "properties" not in schema:
            continue
        assert _CHINESE.search(schema["description"]), name
        for field, part in schema["properties"].items():
            told = part.get("description") or ("$ref" in part)
            assert told, (name, field)


def test_every_operation_documents_its_refusals(document: dict[str, Any]) -> None:
    """Problem details with their schema; FastAPI's own error shape is gone."""
    for name, operation in _operations(document):
        refusals = {status for status in operation["responses"] if not status.startswith("2")}
        assert {"400", "401", "403", "500", "503"} <= refusals, name
        for status in refusals:
            content = operation["responses"][status]["content"]
            assert content == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert "HTTPValidationError" not in str(document)


def test_security_schemes_are_named(document: dict[str, Any]) -> None:
    """Token and session; every operation that needs one says so."""
    assert {scheme["type"] for scheme in document["components"]["securitySchemes"].values()} == {"http", "apiKey"}
    assert all(operation.get("security") for _, operation in _operations(document))
    assert document["openapi"].startswith("3.1")


def test_bodies_refuse_what_they_do_not_know(document: dict[str, Any]) -> None:
    """Every body that a client sends is closed."""
    for name, operation in _operations(document):
        for part in operation.get("requestBody", {}).get("content", {}).values():
            schema = part["schema"]
            if "$ref" in schema:
                schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            assert schema["additionalProperties"] is False, name


def test_the_page_shows_every_operation_and_shape(client: TestClient, document: dict[str, Any]) -> None:
    """Each has its place, and every link inside the page leads somewhere."""
    page = client.get("/api/v1/docs")
    assert page.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    anchors = set(re.findall(r'id="([^"]+)"', page.text))
    assert {operation["operationId"] for _, operation in _operations(document)} <= anchors
    assert set(re.findall(r'href="#([^"]+)"', page.text)) <= anchors
    assert "<script" not in page.text
    assert not re.search(r"""(?:href|src|action)=["']?[a-z]*:?//""", page.text)


def test_rows_are_those_of_the_command_line(client: TestClient, web_app: App) -> None:
    """The documented fields of a document's row are those that `shapes` prints, no more and no fewer."""
    from api.schemas.rows import DocumentRow, InterpretationRow, ProposalRow  # noqa: PLC0415 - asked here only
    from attrtrack.workflow import shapes  # noqa: PLC0415 - the same

    with web_app.reading() as work:
        recorded, interpretation = work.documents.get("D1"), work.interpretations.get("I1")
        proposal = work.proposals.latest("D1")
    assert proposal is not None
    assert set(shapes.recorded_row(recorded)) == set(DocumentRow.model_fields)
    assert set(shapes.interpretation_row(interpretation)) == set(InterpretationRow.model_fields)
    assert set(shapes.proposal_row("D1", proposal)) == set(ProposalRow.model_fields)
    assert client.get("/api/v1/documents/D1").json()["document"] == shapes.recorded_row(recorded)
