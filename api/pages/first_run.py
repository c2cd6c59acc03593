"""`/first-run`: while the register has no account, somebody at its machine makes the first one, or looks at a sample year.

Decision: only from this machine with nobody between, and only by a page of ours, as the browser itself says; there is no
default password. Once an account exists the page leads to the door. The sample year is loaded while the answer is being sent,
a line for each step: no script is needed to see how far it is, and loading again goes on where it was left.
"""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from markupsafe import Markup, escape

from api.callers import is_same_origin
from api.dependencies import TheCaller, TheProgram
from api.errors import STATUSES
from api.guarding import throttle
from api.pages.contexts import Crumb, TroubleView
from api.pages.door import FIRST_RUN, SIGN_IN
from api.pages.first_run_views import FirstRunPage, LoadingPage
from api.pages.forms import Typed, trouble_of
from api.pages.rendering import show
from api.pages.signing_in import landing, let_in
from api.permissions import GuardedRoute, open_to_all
from api.sessions import acting_app
from attrtrack.errors import (
    AttrtrackError,
    NotPermittedError,
    NotSignedInError,
    StillUnderWayError,
    TooOftenError,
    TransitionNotAllowedError,
    UsageError,
)
from attrtrack.workflow.accounts import add_first_account
from attrtrack.workflow.app import App
from attrtrack.workflow.beginning import begin_sample, may_load_sample
from attrtrack.workflow.sample import SampleStep
from attrtrack.workflow.signing_in import has_accounts, sign_in

router = APIRouter(route_class=GuardedRoute)
_OPEN = open_to_all("the register has no account yet; only this machine is answered, and nobody once there is one")
_MENDABLE = (
    UsageError,
    TransitionNotAllowedError,
    StillUnderWayError,
    TooOftenError,
    NotPermittedError,
    NotSignedInError,
)
_HALVES = "attrtrack-steps"
_OF_COMMANDS = frozenset({"list"})
"""Steps that tell of a command; the pages have buttons for it."""


@router.get(FIRST_RUN, dependencies=[_OPEN])
def get_first_run_page(request: Request, app: TheProgram) -> Response:
    """Show the ways to begin."""
    return _over(request, app) or show(_page(request, app))


@router.post(FIRST_RUN, dependencies=[_OPEN])
def post_first_account(
    request: Request,
    app: TheProgram,
    asking: TheCaller,
    *,
    login: Typed,
    name: Typed = "",
    password: Typed,
    again: Typed,
) -> Response:
    """Make the first account, a system administrator, and let its owner in."""
    over = _over(request, app)
    if over is not None:
        return over
    try:
        if password != again:
            raise UsageError("两次写的口令不一样：请重写一遍。")
        acting = acting_app(request)
        with throttle(request).password_check(asking.counted_as):
            add_first_account(acting, login, display_name=name.strip() or None, password=password)
            signed = sign_in(app, login, password, address=asking.origin)
    except _MENDABLE as error:
        return _again(request, app, error, login=login, name=name)
    return let_in(request, app, signed.token, RedirectResponse(landing(signed.account, "/"), HTTPStatus.SEE_OTHER))


@router.post(f"{FIRST_RUN}/sample", dependencies=[_OPEN])
def post_sample(request: Request, app: TheProgram) -> Response:
    """Load the sample year into an empty register, telling each step as it is done."""
    over = _over(request, app)
    if over is not None:
        return over
    try:
        steps = begin_sample(acting_app(request))
    except _MENDABLE as error:
        return _again(request, app, error)
    page = LoadingPage(title="装入示例年度", steps=_HALVES, trail=(Crumb("首次使用", FIRST_RUN),))
    before, _, after = bytes(show(page).body).decode().partition(_HALVES)
    return StreamingResponse(_loading(steps, before, after), media_type="text/html")


def _loading(steps: Iterator[SampleStep], before: str, after: str) -> Iterator[str]:
    yield before
    try:
        for step in (step for step in steps if step.name not in _OF_COMMANDS):
            yield Markup("<li>{}</li>\n").format(step.message)
        yield Markup('<li><b>装好了。</b> <a class="button main" href="/">看总览</a></li>')
    except AttrtrackError as error:
        yield f'<li><b>没有装完：{escape(error.message)}</b>　<a href="{FIRST_RUN}">返回</a></li>'
    yield after


def _over(request: Request, app: App) -> Response | None:
    """Lead to the door once an account exists; refuse other machines, and acts that no page of ours sent."""
    asking = request.state.caller
    throttle(request).strangers.take(asking.counted_as)
    if has_accounts(app):
        return RedirectResponse(f"{SIGN_IN}?{urlencode({'why': 'begun'})}", HTTPStatus.SEE_OTHER)
    if not asking.is_local:
        raise NotPermittedError("首次使用只能在运行本系统的那台机器上办理：请管理员在那台机器的浏览器里打开本页。")
    if request.method == "POST" and not is_same_origin(request.headers, secure=asking.secure):
        raise NotPermittedError("请求不是从本系统的页面发出的，没有受理：请从首次使用页重新操作。")
    return None


def _again(request: Request, app: App, error: AttrtrackError, *, login: str = "", name: str = "") -> Response:
    """Show the ways to begin with why it was refused; or the door, where somebody else was faster."""
    over = _over(request, app)
    if over is not None:
        return over
    page = _page(request, app, login=login, name=name, trouble=trouble_of(error))
    return show(page, status=STATUSES[type(error)])


def _page(
    request: Request, app: App, *, login: str = "", name: str = "", trouble: TroubleView | None = None
) -> FirstRunPage:
    return FirstRunPage(
        title="首次使用",
        login=login,
        name=name,
        password_length=app.sign_in_rules.password_length,
        may_load=may_load_sample(acting_app(request)),
        trouble=trouble,
    )
