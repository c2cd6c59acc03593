"""`/sign-in/elsewhere`: to the identity provider and back."""

import hmac
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.dependencies import TheCaller, TheProgram
from api.guarding import throttle
from api.oidc import BACK, TheProvider, Way, forget_way, keep_way, kept_way, new_way, redirect_uri
from api.pages.contexts import PassingPage
from api.pages.door import START, TOLD, door_page, own_path
from api.pages.rendering import show
from api.pages.signing_in import landing, let_in
from api.permissions import GuardedRoute, open_to_all
from attrtrack.errors import AttrtrackError, SignInRefusedError, SourceNotFoundError
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import sign_in_identity

router = APIRouter(route_class=GuardedRoute)
_LONGEST = 2000
_Text = Annotated[str, Query(max_length=_LONGEST)]


@router.get(START, dependencies=[open_to_all("who has not signed in must find the other door")])
def get_way_there(
    request: Request,
    app: TheProgram,
    provider: TheProvider,
    *,
    address: Annotated[str, Query(alias="next", max_length=_LONGEST)] = "/",
) -> Response:
    """Send the browser to the provider."""
    throttle(request).strangers.take(request.state.caller.counted_as)
    _ensure_set(provider)
    way = new_way(own_path(address), app.clock())
    answer = RedirectResponse(provider.way_there(way, redirect_uri(request)), HTTPStatus.SEE_OTHER)
    keep_way(request, answer, way, secret=provider.secret)
    return answer


@router.get(BACK, dependencies=[open_to_all("the provider sends back who has not signed in yet")])
def get_way_back(
    request: Request,
    app: TheProgram,
    asking: TheCaller,
    provider: TheProvider,
    *,
    code: _Text = "",
    state: _Text = "",
    iss: _Text = "",
) -> Response:
    """Let somebody in for whom the provider vouches and who is bound to an account."""
    throttle(request).strangers.take(asking.counted_as)
    _ensure_set(provider)
    try:
        way = kept_way(request, secret=provider.secret, now=app.clock())
        _ensure_answer(way, provider.issuer, code=code, state=state, iss=iss)
        subject = provider.subject(way, code, redirect_uri=redirect_uri(request), now=app.clock())
        signed = sign_in_identity(app, provider.issuer, subject, address=asking.origin)
    except AttrtrackError as error:
        answer = _refusal(request, app, error)
    else:
        address = landing(signed.account, way.address)
        page = PassingPage(title="已经登录", address=address)
        answer = let_in(request, app, signed.token, show(page))
    forget_way(request, answer)
    return answer


def _ensure_set(provider: object) -> None:
    if provider is None:
        raise SourceNotFoundError("没有设置统一身份认证：请用口令登录。")


def _ensure_answer(way: Way, issuer: str, *, code: str, state: str, iss: str) -> None:
    """Refuse an answer to somebody else's question, or of another provider."""
    if not hmac.compare_digest(way.state.encode(), state.encode()) or (iss and iss != issuer):
        raise SignInRefusedError("这次登录不是从本系统开始的：请从登录页重新登录。")
    if not code:
        raise SignInRefusedError(TOLD["elsewhere"])


def _refusal(request: Request, app: App, error: AttrtrackError) -> Response:
    refused = isinstance(error, SignInRefusedError)
    page = door_page(request, app, "/", trouble=error.message)
    return show(page, status=HTTPStatus.UNAUTHORIZED if refused else HTTPStatus.SERVICE_UNAVAILABLE)
