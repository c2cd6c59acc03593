"""`GET/POST /interpretations/new`: one interpretation is registered, from a saved page or from its facts."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.contexts import Crumb, DeskView, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, ensure_short, own_form
from api.pages.interpretations_acts import sought_words
from api.pages.interpretations_views import InterpretationNewPage
from api.pages.rendering import show
from api.pages.telling import done
from api.permissions import GuardedRoute, needs, takes
from api.sessions import ensure_form
from api.uploads import MAX_FORM, MAX_JSON, TheUploads, Uploads
from attrtrack.domain.access import Right
from attrtrack.domain.interpretations import Interpretation
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.importing_pages import ImportedPage
from attrtrack.workflow.receiving import record_interpretation, record_page_upload
from attrtrack.workflow.seeking import seek_document

router = APIRouter(route_class=GuardedRoute)
_LONGEST_TEXT = 1_000_000
_TOLD = {
    "imported": "已登记解读",
    "updated": "这件解读登记过，已补充缺少的内容",
    "unchanged": "这件解读已经登记过，没有变化",
}


@router.get("/interpretations/new", dependencies=[needs(Right.IMPORT)])
def get_new_page(desk: TheDesk) -> HTMLResponse:
    """Show the forms."""
    return show(_page(desk, {}))


def _page(desk: DeskView, typed: dict[str, str]) -> InterpretationNewPage:
    empty = dict.fromkeys(("url", "title", "publisher", "published", "text"), "")
    return InterpretationNewPage(
        title="登记解读", desk=desk, trail=(Crumb("解读", "/interpretations"),), typed={**empty, **typed}
    )


@dataclass(frozen=True, slots=True)
class FactsForm:
    """The facts of an interpretation as typed."""

    url: Typed = ""
    title: Typed = ""
    publisher: Typed = ""
    published: Typed = ""
    text: Typed = ""


@router.post("/interpretations/new", dependencies=[needs(Right.IMPORT), own_form(), takes(MAX_JSON)])
def post_new(request: Request, app: TheApp, desk: TheDesk, form: Annotated[FactsForm, Depends()]) -> Response:
    """Register an interpretation by its facts."""

    def act() -> ImportedPage:
        made = Interpretation(
            id="",
            title=ensure_short(form.title, 1000, name="标题") or None,
            url=ensure_short(form.url, 2000, name="地址") or None,
            published=_day(form.published.strip()),
            publisher=ensure_short(form.publisher, 500, name="发布者") or None,
            text=ensure_short(form.text, _LONGEST_TEXT, name="正文"),
        )
        return record_interpretation(app, made)

    return _answer(request, app, act, desk=desk, typed=asdict(form))


@router.post("/interpretations/new/page", dependencies=[needs(Right.IMPORT), takes(MAX_FORM)])
def post_new_page(request: Request, app: TheApp, desk: TheDesk, sent: TheUploads) -> Response:
    """Register the interpretation that a saved page is."""
    ensure_form(request, sent.fields.get("form_token", ""))

    def act() -> ImportedPage:
        return _kept(app, sent)

    return _answer(request, app, act, desk=desk, typed={})


def _kept(app: App, sent: Uploads) -> ImportedPage:
    if len(sent.files) != 1:
        raise UsageError("请选择一个网页文件；有许多个时请用“批量导入”。")
    return record_page_upload(app, sent.files[0].name, sent.files[0].data)


def _answer(
    request: Request, app: App, act: Callable[[], ImportedPage], *, desk: DeskView, typed: dict[str, str]
) -> Response:
    """Do it and open what there is now; refused, show the form again with what was typed."""

    def again(trouble: TroubleView) -> InterpretationNewPage:
        return replace(_page(desk, typed), trouble=trouble)

    def told(kept: ImportedPage) -> Response:
        if kept.documents:
            read = (
                f"这是公文的公开页面，不是解读：页面上的链接{'没有变化' if kept.outcome == 'unchanged' else '已经读取'}"
            )
            return done(request, f"/documents/{kept.documents[0]}", f"{read}（{'、'.join(kept.documents)}）。")
        return done(request, f"/interpretations/{kept.id}", f"{_TOLD[kept.outcome]}（{kept.id}）。{_sought(app, kept)}")

    return attempted(act, again=again, done=told)


def _sought(app: App, kept: ImportedPage) -> str:
    """Look for the document of what is new, and say what came of it."""
    if kept.id is None or kept.outcome == "unchanged" or not app.access.may(Right.JUDGE_LINKS):
        return ""
    return sought_words(seek_document(app, kept.id))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError("发布日期不存在：请写成 2023-06-01。") from error
