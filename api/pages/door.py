"""The page of the door: why one stands there, what was typed before it closed, and where one goes on."""

from urllib.parse import urlencode, urlsplit

from fastapi import Request

from api.kept import Kept, packed
from api.pages.contexts import SignInPage
from api.sessions import caller
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import has_accounts

SIGN_IN = "/sign-in"
FIRST_RUN = "/first-run"
START = "/sign-in/elsewhere"
TOLD = {
    "ended": "登录已经结束（离开过久、到了时限，或在别处改了口令），请重新登录，然后回到刚才的页面。",
    "unsaved": "登录已经结束，刚才提交的内容没有保存：请重新登录后再办一次。",
    "file": "登录已经结束，刚才交的文件没有保存：请重新登录，回到刚才的页面再交一次。",
    "out": "已经退出。",
    "begun": "登记里已经有账号了：请登录。忘了是谁建立的，请问系统管理员。",
    "elsewhere": "统一身份认证没有完成：请重试，或用口令登录。",
}
"""Why one stands at the door, by the code in the address."""
LONGEST_PATH = 2000
_KEPT = "登录已经结束。刚才填写的内容还没有保存，也没有丢：请用原来的账号重新登录，核对后再提交。"


def own_path(text: str) -> str:
    """Return an address of this porch as it is; whatever could lead elsewhere, or back to the door, becomes the front page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    strange = parts.scheme or parts.netloc or "\\" in text or not (text.isascii() and text.isprintable()) or " " in text
    if strange or not text.startswith("/") or text.startswith("//") or len(text) > LONGEST_PATH:
        return "/"
    return "/" if parts.path.startswith((SIGN_IN, FIRST_RUN, "/sign-out", "/api/")) else text


def page_before(request: Request) -> str:
    """Return the page of ours from which a request was sent, as far as the browser says; else the front page."""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/"
    if parts.netloc.lower() != request.headers.get("host", "").lower():
        return "/"
    return own_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def door_page(
    request: Request,
    app: App,
    back: str,
    *,
    login: str = "",
    told: str | None = None,
    trouble: str | None = None,
    kept: Kept | None = None,
) -> SignInPage:
    """Make the page of the door, with what is to be said there and the other way in where one is set."""
    asking = caller(request)
    return SignInPage(
        title="登录",
        login=login or (kept.login if kept else ""),
        address=back,
        told=_KEPT if kept and not told else told,
        trouble=trouble,
        provider=f"{START}?{urlencode({'next': back})}" if request.app.state.provider is not None else None,
        has_accounts=has_accounts(app),
        unencrypted=not (asking.secure or asking.is_local),
        kept=packed(kept) if kept else None,
        at_this_machine=asking.is_local,
    )
