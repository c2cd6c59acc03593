"""`/account/tokens`: one's own API tokens; a new one is shown once."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.administration_views import ConfirmPage, SecretPage, TokensPage
from api.pages.administration_words import moment_words, token_view
from api.pages.contexts import Crumb, DeskView, Option, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, ensure_short, own_form
from api.pages.once import a_mark, done_once
from api.pages.rendering import show
from api.pages.telling import done
from api.permissions import GuardedRoute, signed_in
from attrtrack.domain.access import Right
from attrtrack.domain.accounts import TOKEN_DAYS, ApiToken, scopes_named
from attrtrack.errors import UnknownRecordError, UsageError
from attrtrack.workflow.accounts import add_token, list_tokens, revoke_token
from attrtrack.workflow.app import App

router = APIRouter(route_class=GuardedRoute)
TOKENS = "/account/tokens"
_ONE = f"{TOKENS}/{{token_id}}/revocation"
_TRAIL = (Crumb("我的账号", "/account"), Crumb("接口令牌", TOKENS))
_LONGEST = 120
_DAYS = "180"
_ADVICE = (
    "请现在复制，交给要用的程序保管；离开本页以后谁也查不到它。",
    "程序在请求头中带上：Authorization: Bearer 令牌。",
    "泄露或不再使用时，请立即撤销。",
)
_Scopes = Annotated[list[str], Form(max_length=len(Right))]


@router.get(TOKENS, dependencies=[signed_in()])
def get_tokens_page(app: TheApp, desk: TheDesk) -> HTMLResponse:
    """Show one's own tokens."""
    return show(_page(app, desk))


@router.post(TOKENS, dependencies=[signed_in(), own_form()])
def post_token(
    app: TheApp,
    desk: TheDesk,
    *,
    name: Typed = "",
    days: Typed = "",
    scope: _Scopes = [],  # noqa: B006 - FastAPI copies it
    once: Typed = "",
) -> Response:
    """Make a token; its secret is in this answer and nowhere else, also when the form is sent twice."""
    secrets = list[str]()

    def act(once: App) -> str:
        made = add_token(
            once,
            app.actor,
            ensure_short(name, _LONGEST, name="令牌名称"),
            scopes=scopes_named(scope),
            days=_days(days),
        )
        secrets.append(made.secret)
        return made.token.id

    return attempted(
        lambda: done_once(app, once, repr((name, days, sorted(scope))).encode(errors="replace"), act),
        again=lambda trouble: _page(app, desk, name=name, days=days, chosen=scope, trouble=trouble),
        done=lambda made: show(_secret_page(desk, made, secrets[0] if secrets else None)),
    )


@router.get(_ONE, dependencies=[signed_in()])
def get_revocation_page(app: TheApp, desk: TheDesk, token_id: str) -> HTMLResponse:
    """Ask once more."""
    return show(_confirm_page(_own(app, token_id), desk))


@router.post(_ONE, dependencies=[signed_in(), own_form()])
def post_revocation(request: Request, app: TheApp, desk: TheDesk, token_id: str) -> Response:
    """Revoke one's own token for ever."""
    token = _own(app, token_id)
    return attempted(
        lambda: revoke_token(app, token.id),
        again=lambda trouble: _confirm_page(token, desk, trouble),
        done=lambda made: done(request, TOKENS, f"已撤销接口令牌：{made.name}。"),
    )


def _page(
    app: App,
    desk: DeskView,
    *,
    name: str = "",
    days: str = _DAYS,
    chosen: list[str] | None = None,
    trouble: TroubleView | None = None,
) -> TokensPage:
    now = app.clock()
    own = list_tokens(app, app.actor) if desk.person else []
    return TokensPage(
        title="接口令牌",
        desk=desk,
        trail=_TRAIL[:1],
        tokens=tuple(token_view(one, now, _ONE.format(token_id=one.id)) for one in own),
        scopes=tuple(Option(right.value, right.chinese) for right in Right if app.access.may(right)),
        chosen=tuple(chosen or ()),
        name=name,
        days=days,
        longest=TOKEN_DAYS - 1,
        once=a_mark(),
        trouble=trouble,
    )


def _secret_page(desk: DeskView, token_id: str, secret: str | None) -> SecretPage:
    told = f"已建立接口令牌 {token_id}。"
    lost = ("这个令牌已经建立，只在刚才显示过一次。", "没有记下的，请撤销后另建一个。")
    return SecretPage(
        title="新的接口令牌",
        desk=desk,
        trail=_TRAIL,
        sentence=told,
        what=f"令牌 {token_id}",
        secret=secret,
        advice=_ADVICE if secret else lost,
        onward=TOKENS,
        onward_words="已经保管好，回到接口令牌",
    )


def _confirm_page(token: ApiToken, desk: DeskView, trouble: TroubleView | None = None) -> ConfirmPage:
    return ConfirmPage(
        title="撤销接口令牌",
        desk=desk,
        trail=_TRAIL,
        question=f"撤销接口令牌“{token.name}”（{token.prefix}…）？",
        consequences=(
            "用它的程序立即不能再接入，撤销以后不能恢复。",
            f"最近一次使用：{moment_words(token.used_at, '没有用过')}。",
        ),
        action=_ONE.format(token_id=token.id),
        hidden={},
        button="撤销令牌",
        back=TOKENS,
        trouble=trouble,
    )


def _own(app: App, token_id: str) -> ApiToken:
    for token in list_tokens(app, app.actor):
        if token.id == token_id:
            return token
    raise UnknownRecordError("您没有这个接口令牌：请从接口令牌页进入。")


def _days(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) <= len(str(TOKEN_DAYS))):
        raise UsageError(f"请写令牌期限：1 到 {TOKEN_DAYS - 1} 天。")
    return int(text)
