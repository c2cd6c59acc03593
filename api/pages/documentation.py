"""`GET /api/v1/docs`: the OpenAPI document as a page for people, without script, so that it opens on any office machine."""

import json
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.openapi import Document, document_of
from api.pages.contexts import Page
from api.pages.rendering import show
from api.permissions import GuardedRoute, open_to_all

router = APIRouter(route_class=GuardedRoute)
_ORDER = ("get", "post", "put", "delete")
_KINDS = {
    "string": "文字",
    "integer": "整数",
    "number": "小数",
    "boolean": "是否",
    "object": "对象",
    "array": "列表",
}
_PLACES = {"path": "地址中", "query": "参数", "header": "请求头"}


@dataclass(frozen=True, slots=True)
class FieldView:
    """A parameter or field: its name, where it stands, what it is, whether it must be there."""

    name: str
    place: str
    kind: str
    needed: bool
    told: str
    href: str | None


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer by its status."""

    status: str
    told: str
    kind: str
    href: str | None


@dataclass(frozen=True, slots=True)
class OperationView:
    """One thing that can be asked."""

    anchor: str
    method: str
    path: str
    summary: str
    told: str
    parameters: tuple[FieldView, ...]
    body: tuple[FieldView, ...]
    body_kind: str | None
    example: str | None
    answers: tuple[AnswerView, ...]
    refusals: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class ResourceView:
    """The operations of one resource."""

    name: str
    operations: tuple[OperationView, ...]


@dataclass(frozen=True, slots=True)
class ShapeView:
    """One body or row."""

    name: str
    told: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, kw_only=True)
class DocumentationPage(Page):
    """The whole document: introduction, operations by resource, bodies and rows."""

    template = "documentation.html"
    version: str
    lead: tuple[str, ...]
    rules: tuple[str, ...]
    resources: tuple[ResourceView, ...]
    shapes: tuple[ShapeView, ...]


@router.get("/api/v1/docs", dependencies=[open_to_all("接口说明是程序自带的，不含任何登记内容。")])
def get_documentation(request: Request) -> HTMLResponse:
    """Show what can be asked and what is answered."""
    return show(documentation_page(document_of(request.app)))


def documentation_page(document: Document) -> DocumentationPage:
    """Lay an OpenAPI document out as a page."""
    paragraphs = [line for line in document["info"]["description"].split("\n") if line]
    by_name: dict[str, list[OperationView]] = {}
    for path, operations in document["paths"].items():
        for method in sorted(operations, key=_ORDER.index):
            view = _operation(method, path, operations[method], document)
            by_name.setdefault(operations[method]["tags"][0], []).append(view)
    shapes = document["components"]["schemas"]
    return DocumentationPage(
        title="接口说明",
        version=document["info"]["version"],
        lead=tuple(line.replace("`", "") for line in paragraphs if not line.startswith("* ")),
        rules=tuple(line[2:].replace("`", "") for line in paragraphs if line.startswith("* ")),
        resources=tuple(ResourceView(name, tuple(found)) for name, found in by_name.items()),
        shapes=tuple(_shape(name, schema) for name, schema in sorted(shapes.items()) if "properties" in schema),
    )


def _operation(method: str, path: str, operation: Document, document: Document) -> OperationView:
    content = operation.get("requestBody", {}).get("content", {})
    kind, schema = next(((kind, part["schema"]) for kind, part in content.items()), (None, {}))
    body = _resolved(schema, document)
    answers = [_answer(status, answer) for status, answer in operation["responses"].items()]
    return OperationView(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        told=operation.get("description", ""),
        parameters=tuple(_parameter(item) for item in operation.get("parameters", [])),
        body=_fields(body),
        body_kind=kind,
        example=_example(body) if kind == "application/json" else None,
        answers=tuple(item for item in answers if item.status.startswith("2")),
        refusals=tuple(item for item in answers if not item.status.startswith("2")),
    )


def _answer(status: str, answer: Document) -> AnswerView:
    kind, schema = next(((kind, part.get("schema", {})) for kind, part in answer.get("content", {}).items()), ("", {}))
    return AnswerView(status, answer.get("description", ""), _kind(schema) if "$ref" in schema else kind, _href(schema))


def _parameter(parameter: Document) -> FieldView:
    schema = parameter["schema"]
    told = parameter.get("description", schema.get("description", ""))
    place = _PLACES.get(parameter["in"], parameter["in"])
    return FieldView(
        str(parameter["name"]), str(place), _kind(schema), bool(parameter.get("required")), told, _href(schema)
    )


def _shape(name: str, schema: Document) -> ShapeView:
    return ShapeView(name, schema.get("description", ""), _fields(schema))


def _fields(schema: Document) -> tuple[FieldView, ...]:
    needed = set(schema.get("required", ()))
    return tuple(
        FieldView(name, "", _kind(part), name in needed, part.get("description", ""), _href(part))
        for name, part in schema.get("properties", {}).items()
    )


def _kind(schema: Document) -> str:
    """Say in words what a value is."""
    if "anyOf" in schema:
        return "或".join(_kind(part) for part in schema["anyOf"] if part != {"type": "null"})
    words = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    if "$ref" in schema or words:
        return " / ".join(map(str, words)) or str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"列表：{_kind(schema.get('items', {}))}"
    kind = "文件" if schema.get("format") == "binary" else _KINDS.get(str(schema.get("type")), "任意")
    return f"{kind}{_bounds(schema)}"


def _bounds(schema: Document) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f"（{low}—{high}）"
    longest = schema.get("maxLength")
    return f"（至多 {longest} 字）" if longest else ""


def _href(schema: Document) -> str | None:
    """Return the anchor of the shape that a value has, alone or in a list."""
    for part in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if "$ref" in part:
            return f"#{str(part['$ref']).rpartition('/')[2]}"
    return None


def _resolved(schema: Document, document: Document) -> Document:
    if "$ref" not in schema:
        return schema
    found: Document = document["components"]["schemas"][str(schema["$ref"]).rpartition("/")[2]]
    return found


def _example(schema: Document) -> str | None:
    """Return a body made of the fields' own examples."""
    values: dict[str, Any] = {
        name: part["examples"][0] for name, part in schema.get("properties", {}).items() if part.get("examples")
    }
    return json.dumps(values, ensure_ascii=False, indent=2) if values else None
