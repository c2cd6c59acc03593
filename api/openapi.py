"""The OpenAPI document: what FastAPI derives from the routes, told in Chinese, with the refusals that are really answered."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.idempotency import REPLAYED
from api.schemas.problems import MisputField, Problem
from api.schemas.rows import FindingRow

Document = dict[str, Any]
VERSION = "1"
_ABOUT = """公文公开属性、政策解读关联和把关的接口。

签发前请先调用 `POST /api/v1/gate`：passed 为真方可签发，否则按 findings 处理。

* 登录：请求头 `Authorization: Bearer 令牌`（令牌由 `attrtrack token add` 建立），或网页登录后的会话。
* 防重复：POST 可带 `Idempotency-Key`，24 小时内同号重发只办理一次。
* 防覆盖：查看时得到 `ETag`，办理时放在 `If-Match` 中带回；其间被人改动过则答 412。
* 翻页：答复中的 `next` 作为下一次的 `cursor`。
* 没有办成：`application/problem+json`，`code` 固定，`detail` 说明怎么办。
* 文字为 UTF-8，日期写作 2023-05-18，原文位置按字计、从 0 起。"""
_FASTAPI_OWN = ("HTTPValidationError", "ValidationError")
_REFERENCE = "#/components/schemas/{model}"


_SESSION = {
    "type": "apiKey",
    "in": "cookie",
    "name": "attrtrack",
    "description": "网页登录后的会话；经 https 时名为 __Host-attrtrack。只给本系统的网页用。",
}


def document_of(web: FastAPI) -> Document:
    """Return the OpenAPI document of the application, made once."""
    if web.openapi_schema is None:
        made = get_openapi(
            title="attrtrack 接口", version=VERSION, description=_ABOUT, routes=web.routes, openapi_version="3.1.0"
        )
        web.openapi_schema = _completed(made)
    return web.openapi_schema


def _completed(made: Document) -> Document:
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for name in _FASTAPI_OWN:
        schemas.pop(name, None)
    for shape in (Problem, MisputField, FindingRow):
        whole = shape.model_json_schema(ref_template=_REFERENCE, mode="serialization")
        schemas.update(whole.pop("$defs", {}))
        schemas[shape.__name__] = whole
    made["components"].setdefault("securitySchemes", {})["Session"] = _SESSION
    words = {name: schemas.pop(name) for name in [*schemas] if "enum" in schemas[name]}
    _put_words_in_place(made, words)
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            _complete(path, method, operation)
    made["servers"] = [{"url": "/", "description": "本机"}]
    return made


def _complete(path: str, method: str, operation: Document) -> None:
    answers = operation["responses"]
    unprocessable = str(int(HTTPStatus.UNPROCESSABLE_ENTITY))
    if "HTTPValidationError" in str(answers.get(unprocessable)):
        del answers[unprocessable]
    operation["operationId"] = _name(path, method)
    if operation.get("security"):
        operation["security"].append({"Session": []})
    for parameter in operation.get("parameters", []):
        _plain(parameter)
    good: Document = next((answer for status, answer in answers.items() if status.startswith("2")), {})
    named = {parameter["name"] for parameter in operation.get("parameters", [])}
    if "If-Match" in named or (method == "get" and "version" in str(good)):
        good.setdefault("headers", {})["ETag"] = {"description": "版本", "schema": {"type": "string"}}
    if "Idempotency-Key" in named:
        told = {"description": "为 true 时是以前的答复", "schema": {"type": "string", "enum": ["true"]}}
        good.setdefault("headers", {})[REPLAYED] = told


def _put_words_in_place(part: object, words: Document) -> None:
    """Write the words that a value may be where the value stands, instead of a reference to a class of ours."""
    if isinstance(part, list):
        for item in part:
            _put_words_in_place(item, words)
    if not isinstance(part, dict):
        return
    name = str(part.get("$ref", "")).rpartition("/")[2]
    if name in words:
        del part["$ref"]
        part.update({key: words[name][key] for key in ("type", "enum")})
    for item in part.values():
        _put_words_in_place(item, words)


def _name(path: str, method: str) -> str:
    words = path.removeprefix("/api/v1").replace("{", "").replace("}", "").replace("/", "-").strip("-")
    return f"{method}-{words}"


def _plain(parameter: Document) -> None:
    """Leave out what clients cannot send: `null` for a parameter that may be left out, and titles made from names."""
    schema = parameter["schema"]
    schema.pop("title", None)
    kinds = [kind for kind in schema.get("anyOf", []) if kind != {"type": "null"}]
    if len(kinds) == 1:
        del schema["anyOf"]
        schema.update({**kinds[0], **schema})
