"""Errors as HTTP answers: one table from error class to status, problem+json for programs, a page for people."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.pages.contexts import ErrorPage
from api.pages.rendering import show
from attrtrack import errors

STATUSES: dict[type[errors.AttrtrackError], HTTPStatus] = {
    errors.AttrtrackError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.InputRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ClassifiedMaterialError: HTTPStatus.FORBIDDEN,
    errors.ScanWithoutTextError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.EncryptedSourceError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.BrokenSourceError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnsupportedFormatError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.SourceTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.EmptySourceError: HTTPStatus.NOT_FOUND,  # on this porch: a list of a year that has no document
    errors.SourceNotFoundError: HTTPStatus.NOT_FOUND,
    errors.BadRowError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnknownRecordError: HTTPStatus.NOT_FOUND,
    errors.GateRefusedError: HTTPStatus.CONFLICT,
    errors.TransitionNotAllowedError: HTTPStatus.CONFLICT,
    errors.UsageError: HTTPStatus.BAD_REQUEST,
    errors.EnvironmentFailedError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.StorageUnusableError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ModelUnusableError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.RulesInvalidError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Every class of the error tree has its row; a test walks the tree."""

PROBLEM = "application/problem+json"
_TITLES = {
    HTTPStatus.BAD_REQUEST: "请求写法不对",
    HTTPStatus.FORBIDDEN: "不得处理",
    HTTPStatus.NOT_FOUND: "没有找到",
    HTTPStatus.METHOD_NOT_ALLOWED: "这里只能查看",
    HTTPStatus.CONFLICT: "现在不能这样做",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容过大",
    HTTPStatus.MISDIRECTED_REQUEST: "访问地址不在允许范围",
    HTTPStatus.UNPROCESSABLE_ENTITY: "内容不能使用",
    HTTPStatus.SERVICE_UNAVAILABLE: "系统暂不可用",
}
_MESSAGES = {
    HTTPStatus.NOT_FOUND: "没有这个页面：请从首页进入。",
    HTTPStatus.METHOD_NOT_ALLOWED: "网页只供查看；登记、认定、签发请用 attrtrack 命令。",
}
_log = logging.getLogger("attrtrack.api")


def problem(path: str, status: HTTPStatus, *, code: str, message: str) -> Response:
    """Answer with RFC 9457 problem+json below /api, and with a page elsewhere."""
    title = _TITLES.get(status, "出错了")
    if path.startswith("/api/"):
        body = {"type": f"urn:attrtrack:{code}", "title": title, "status": int(status), "detail": message, "code": code}
        return JSONResponse(body, status, media_type=PROBLEM)
    return show(ErrorPage(title=title, notice=None, versions=None, message=message, code=code), status=status)


def install(app: FastAPI) -> None:
    """Make every error of a route leave as a problem; no traceback reaches the reader."""

    @app.exception_handler(errors.AttrtrackError)
    def refused(request: Request, error: errors.AttrtrackError) -> Response:
        return problem(request.url.path, STATUSES[type(error)], code=error.code, message=error.message)

    @app.exception_handler(RequestValidationError)
    def misput(request: Request, error: RequestValidationError) -> Response:
        names = "、".join(sorted({str(item["loc"][-1]) for item in error.errors()}))
        message = f"参数 {names} 的写法不对：请检查后重试。"
        return problem(request.url.path, HTTPStatus.BAD_REQUEST, code=errors.UsageError.code, message=message)

    @app.exception_handler(HTTPException)
    def refused_by_router(request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        message = _MESSAGES.get(status, "请求没有成功：请从首页进入。")
        code = status.name.lower().replace("_", "-")
        return problem(request.url.path, status, code=code, message=message)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> Response:
        _log.error("%s %s", request.url.path, type(error).__name__, exc_info=error)
        message = "程序出错，没有改动任何数据：请把时间和所看页面告诉维护人员。"
        return problem(
            request.url.path, HTTPStatus.INTERNAL_SERVER_ERROR, code=errors.AttrtrackError.code, message=message
        )
