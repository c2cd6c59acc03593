"""`GET /drafts` (one's own documents) and `GET` and `POST /drafts/new` (a new one: a file, or a title and text)."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.contexts import Crumb, DeskView, TroubleView
from api.pages.desk import TheDesk
from api.pages.drafting_views import STAGES, DraftsPage, NewDraftPage, draft_views, stage_tabs
from api.pages.forms import attempted
from api.pages.rendering import show
from api.pages.telling import done
from api.permissions import GuardedRoute, needs, takes
from api.sessions import ensure_form
from api.uploads import MAX_FILE, MAX_LETTER, SentLetter, TheLetter
from attrtrack.domain.access import Right
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.queueing import drafted_by
from attrtrack.workflow.receiving import record_text, record_upload
from attrtrack.workflow.registering import Recorded

router = APIRouter(route_class=GuardedRoute)
ROWS = 30
TITLE = 500
_MINE = Crumb("我的公文", "/drafts")
Chosen = Annotated[str, Query(alias="stage", max_length=20)]
Before = Annotated[int | None, Query(ge=1, le=10**15)]


@router.get("/drafts", dependencies=[needs(Right.READ), needs(Right.RECORD)])
def get_drafts(app: TheApp, desk: TheDesk, before: Before = None, code: Chosen = "") -> HTMLResponse:
    """Show what the person acting has drafted, of one stage or all."""
    stage = next((one for one in STAGES if one.code == code), STAGES[0])
    part = drafted_by(app, app.actor, limit=ROWS, before=before, states=stage.states)
    here = f"/drafts?stage={stage.code}" if stage.code else "/drafts"
    page = DraftsPage(
        title="我的公文",
        desk=desk,
        total=sum(part.counts.values()),
        tabs=stage_tabs(part, stage),
        rows=draft_views(part),
        largest=MAX_FILE,
        before=here if before is not None else None,
        after=f"{here}{'&' if stage.code else '?'}before={part.next}" if part.next is not None else None,
    )
    return show(page)


@router.get("/drafts/new", dependencies=[needs(Right.RECORD)])
def get_new_draft(desk: TheDesk) -> HTMLResponse:
    """Show the form."""
    return show(_form(desk))


@router.post("/drafts/new", dependencies=[needs(Right.RECORD), takes(MAX_LETTER)])
def post_new_draft(request: Request, app: TheApp, desk: TheDesk, letter: TheLetter) -> Response:
    """Keep a new document, or say why not; a file goes before a pasted text."""
    ensure_form(request, letter.fields.get("form_token", ""))
    title, text = (letter.fields.get(name, "").replace("\r\n", "\n") for name in ("title", "text"))

    def again(trouble: TroubleView) -> NewDraftPage:
        return _form(desk, title, text, trouble=trouble)

    return attempted(
        lambda: _recorded(app, letter, title, text=text), again=again, done=lambda made: _led(request, made)
    )


def _form(desk: DeskView, title: str = "", text: str = "", *, trouble: TroubleView | None = None) -> NewDraftPage:
    return NewDraftPage(
        title="登记一份公文",
        desk=desk,
        trail=(_MINE,),
        trouble=trouble,
        typed_title=title,
        typed_text=text,
        largest=MAX_FILE,
    )


def _recorded(app: App, letter: SentLetter, title: str, *, text: str) -> Recorded:
    upload = letter.upload
    if upload is not None:
        return record_upload(app, upload.name, upload.data)
    if not text.strip():
        raise UsageError("还没有选择文件，也没有粘贴正文：请任选一种。")
    if len(title) > TITLE:
        raise UsageError(f"标题太长：最多 {TITLE} 字，现有 {len(title)} 字。")
    return record_text(app, {"title": title.strip() or None, "text": text})


def _led(request: Request, made: Recorded) -> Response:
    path = f"/documents/{made.record.id}"
    if made.already:
        return done(request, path, f"这份公文已经登记过（{made.record.id}），没有重复登记。")
    return done(request, path, "已登记。请核对读到的要素和建议，再认定公开属性。")
