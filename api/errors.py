"""Errors as HTTP answers: one table from error class to status, problem+json for programs, a page for people."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.misput import misput_fields, misput_sentence
from api.pages.contexts import STRANGER, DeskView, ErrorPage
from api.pages.desk import desk_of
from api.pages.rendering import show
from api.sessions import acting_app
from attrtrack import errors
from attrtrack.domain.findings import Finding
from attrtrack.workflow.shapes import finding_rows

STATUSES: dict[type[errors.AttrtrackError], HTTPStatus] = {
    errors.AttrtrackError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.InputRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ClassifiedMaterialError: HTTPStatus.FORBIDDEN,
    errors.ScanWithoutTextError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.EncryptedSourceError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.BrokenSourceError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnsupportedFormatError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.SourceTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.EmptySourceError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.EmptyListError: HTTPStatus.NOT_FOUND,
    errors.SourceNotFoundError: HTTPStatus.NOT_FOUND,
    errors.BadRowError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnknownRecordError: HTTPStatus.NOT_FOUND,
    errors.GateRefusedError: HTTPStatus.CONFLICT,
    errors.TransitionNotAllowedError: HTTPStatus.CONFLICT,
    errors.NotSignedInError: HTTPStatus.UNAUTHORIZED,
    errors.SignInRefusedError: HTTPStatus.UNAUTHORIZED,
    errors.NotPermittedError: HTTPStatus.FORBIDDEN,
    errors.ChangedMeanwhileError: HTTPStatus.PRECONDITION_FAILED,
    errors.ChangeUnseenError: HTTPStatus.PRECONDITION_REQUIRED,
    errors.KeyUsedOtherwiseError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.StillUnderWayError: HTTPStatus.CONFLICT,
    errors.TooOftenError: HTTPStatus.TOO_MANY_REQUESTS,
    errors.TooSlowError: HTTPStatus.REQUEST_TIMEOUT,
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
    HTTPStatus.UNAUTHORIZED: "请先登录",
    HTTPStatus.FORBIDDEN: "不得处理",
    HTTPStatus.PRECONDITION_FAILED: "内容已被他人改动",
    HTTPStatus.NOT_FOUND: "没有找到",
    HTTPStatus.METHOD_NOT_ALLOWED: "这里不能这样做",
    HTTPStatus.CONFLICT: "现在不能这样做",
    HTTPStatus.REQUEST_TIMEOUT: "没有传完",
    HTTPStatus.TOO_MANY_REQUESTS: "请求过于频繁",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容过大",
    HTTPStatus.MISDIRECTED_REQUEST: "访问地址不在允许范围",
    HTTPStatus.UNPROCESSABLE_ENTITY: "内容不能使用",
    HTTPStatus.SERVICE_UNAVAILABLE: "系统暂不可用",
    HTTPStatus.PRECONDITION_REQUIRED: "没有写明所见版本",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "不支持这种格式",
}
_MESSAGES = {
    HTTPStatus.NOT_FOUND: "没有这个页面：请从首页进入。",
    HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不接受这种请求：请对照接口说明 /api/v1/docs。",
}
_TO_PROGRAMS = {
    HTTPStatus.NOT_FOUND: "没有这个接口地址：请对照接口说明 /api/v1/docs。",
    HTTPStatus.BAD_REQUEST: "请求内容读不了：请发送完整的 JSON（或表单），对照接口说明 /api/v1/docs。",
}
_CHALLENGE = 'Bearer realm="attrtrack"'
_log = logging.getLogger("attrtrack.api")


def problem(
    path: str,
    status: HTTPStatus,
    *,
    code: str,
    message: str,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, object] | None = None,
    desk: DeskView = STRANGER,
) -> Response:
    """Answer with RFC 9457 problem+json below /api, and with a page elsewhere; `more` are members of this kind of problem.

    `desk` is what stands around the page, so that it leads out.
    """
    title = _TITLES.get(status, "出错了")
    if path.startswith("/api/"):
        body = {"type": f"urn:attrtrack:{code}", "title": title, "status": int(status), "detail": message, "code": code}
        return JSONResponse({**body, **(more or {})}, status, headers, media_type=PROBLEM)
    answer = show(ErrorPage(title=title, desk=desk, message=message, code=code), status=status)
    answer.headers.update(headers or {})
    return answer


def told(path: str, error: errors.AttrtrackError, *, desk: DeskView = STRANGER) -> Response:
    """Answer a refusal with what goes with it: the gate's findings, the header of a challenge, the time to wait."""
    headers: dict[str, str] = {}
    more: dict[str, object] = {}
    if isinstance(error, errors.NotSignedInError):
        headers["WWW-Authenticate"] = _CHALLENGE
    if isinstance(error, errors.TooOftenError):
        headers["Retry-After"] = str(error.wait)
    if isinstance(error, errors.StillUnderWayError):
        headers["Retry-After"] = "1"
    if isinstance(error, errors.GateRefusedError):
        more["findings"] = finding_rows(item for item in error.findings if isinstance(item, Finding))
    status = STATUSES[type(error)]
    return problem(path, status, code=error.code, message=error.message, headers=headers, more=more, desk=desk)


def _desk(request: Request) -> DeskView:
    """Return what stands around a page that somebody asked for and does not get; nothing where nobody is signed in."""
    if request.url.path.startswith("/api/"):
        return STRANGER
    try:
        return desk_of(request, getattr(request.state, "acting", None) or acting_app(request))
    except errors.AttrtrackError:
        return STRANGER


def install(app: FastAPI) -> None:
    """Make every error of a route leave as a problem; no traceback reaches the reader."""

    @app.exception_handler(errors.AttrtrackError)
    def refused(request: Request, error: errors.AttrtrackError) -> Response:
        return told(request.url.path, error, desk=_desk(request))

    @app.exception_handler(RequestValidationError)
    def misput(request: Request, error: RequestValidationError) -> Response:
        fields = misput_fields(error.errors())
        return problem(
            request.url.path,
            HTTPStatus.BAD_REQUEST,
            code=errors.UsageError.code,
            message=misput_sentence(fields),
            more={"fields": fields},
            desk=_desk(request),
        )

    @app.exception_handler(HTTPException)
    def refused_by_router(request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        known = {**_MESSAGES, **_TO_PROGRAMS} if request.url.path.startswith("/api/") else _MESSAGES
        message = known.get(status, "请求没有成功：请从首页进入。")
        code = status.name.lower().replace("_", "-")
        desk = _desk(request)
        return problem(request.url.path, status, code=code, message=message, headers=error.headers, desk=desk)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> Response:
        _log.error("%s %s", request.url.path, type(error).__name__, exc_info=error)
        message = "程序出错，没有改动任何数据：请把时间和所看页面告诉维护人员。"
        return problem(
            request.url.path, HTTPStatus.INTERNAL_SERVER_ERROR, code=errors.AttrtrackError.code, message=message
        )
