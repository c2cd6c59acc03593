"""How a route is described to the programmers of other systems: in Chinese, with every refusal that it may answer."""

from http import HTTPStatus
from typing import Any

from api.schemas.problems import Problem

PROBLEM = "application/problem+json"
_WORDS = {
    HTTPStatus.BAD_REQUEST: "请求写法不对；fields 列出字段",
    HTTPStatus.UNAUTHORIZED: "没有登录，或令牌失效",
    HTTPStatus.FORBIDDEN: "没有权限，或文件带有国家秘密标志",
    HTTPStatus.NOT_FOUND: "没有这条记录，或不在可见范围",
    HTTPStatus.CONFLICT: "现在不能这样办：把关不通过（findings 说明原因）、状态不允许，或同一请求正在办理",
    HTTPStatus.PRECONDITION_FAILED: "记录已被他人改动（If-Match 与现状不符）",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容过大",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "不支持这种文件",
    HTTPStatus.UNPROCESSABLE_ENTITY: "内容不能使用，或 Idempotency-Key 已用于别的内容",
    HTTPStatus.PRECONDITION_REQUIRED: "没有写 If-Match",
    HTTPStatus.TOO_MANY_REQUESTS: "请求过于频繁",
    HTTPStatus.REQUEST_TIMEOUT: "请求内容迟迟没有传完",
    HTTPStatus.MISDIRECTED_REQUEST: "访问地址不在允许范围",
    HTTPStatus.INTERNAL_SERVER_ERROR: "程序出错，没有改动数据",
    HTTPStatus.SERVICE_UNAVAILABLE: "数据库、规则、模型或磁盘暂不可用",
}
EVERYWHERE = (400, 401, 403, 408, 413, 421, 429, 500, 503)
"""Refusals that any route may answer."""
ACTING = (404, 409, 412, 422, 428)
"""Refusals of an act on a record."""
TAKING = (409, 415, 422)
"""Refusals of a route that takes a text or a file."""


def told(summary: str, description: str, *refusals: int) -> dict[str, Any]:
    """Return the description of a route for its decorator."""
    answers = {status: _refusal(HTTPStatus(status)) for status in sorted({*EVERYWHERE, *refusals})}
    return {"summary": summary, "description": description, "responses": answers, "response_description": "办成"}


def _refusal(status: HTTPStatus) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    return {"description": _WORDS[status], "content": {PROBLEM: {"schema": schema}}}
