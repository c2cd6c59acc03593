"""`GET/POST /documents/{id}/public`: the public version of a document, its cuts made and taken back, the version kept.

A passage is named by its exact words, which works without any script; with one it is marked with the mouse.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import Offset, TheApp
from api.pages.contexts import Crumb, DeskView, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, own_form, seen
from api.pages.public_views import (
    PART,
    PublicPage,
    TypedCut,
    cut_views,
    file_views,
    offer_views,
    preview_of,
    reason_options,
    text_pieces,
)
from api.pages.rendering import show
from api.pages.telling import done
from api.permissions import GuardedRoute, needs, needs_one_of, takes
from attrtrack.domain.access import Right
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.public_versions import (
    Passage,
    cut_passage,
    cut_personal_data,
    keep_public_version,
    public_sheet,
    take_cut_back,
)

router = APIRouter(route_class=GuardedRoute)
_CUTTING = (Right.DECLARE, Right.REVIEW)
_BODY = 256 * 1024
_MOST = 500
_Chosen = Annotated[list[str], Form(alias="chosen", max_length=_MOST)]


@router.get("/documents/{document_id}/public", dependencies=[needs(Right.READ)])
def get_public_page(app: TheApp, desk: TheDesk, document_id: str, *, offset: Offset = 0) -> HTMLResponse:
    """Show the text with its cuts, what is offered, what was cut and kept."""
    return show(_page(app, desk, document_id, offset=offset))


@router.post("/documents/{document_id}/public", dependencies=[needs_one_of(*_CUTTING), own_form(), takes(_BODY)])
def post_cut(  # noqa: PLR0913, PLR0917 - each is a field of the form
    request: Request,
    app: TheApp,
    desk: TheDesk,
    document_id: str,
    version: Typed,
    words: Typed = "",
    occurrence: Typed = "",
    reason: Typed = "",
    because: Typed = "",
    everywhere: Typed = "",
) -> Response:
    """Cut a passage that is quoted."""
    typed = TypedCut(words, occurrence, bool(everywhere), reason, because)

    def act() -> int:
        passage = Passage(words, _occurrence(occurrence), bool(everywhere))
        return cut_passage(seen(app, document_id, version), document_id, passage, reason=reason, because=because)

    return attempted(
        act,
        again=lambda trouble: _page(app, desk, document_id, typed=typed, trouble=trouble),
        done=lambda count: done(request, _path(document_id), f"已删去 {count} 处，公开版里显示为［略］。"),
    )


@router.post("/documents/{document_id}/public/personal", dependencies=[needs_one_of(*_CUTTING), own_form()])
def post_personal(
    request: Request,
    app: TheApp,
    desk: TheDesk,
    document_id: str,
    version: Typed,
    chosen: _Chosen = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Cut the personal data that were ticked."""

    def act() -> int:
        acting = seen(app, document_id, version)
        sheet = public_sheet(app, document_id)
        starts = [int(item) for item in chosen if item.isascii() and item.isdecimal() and len(item) <= 9]  # noqa: PLR2004 - offsets are shorter
        return cut_personal_data(acting, document_id, starts, reason=sheet.personal)

    return attempted(
        act,
        again=lambda trouble: _page(app, desk, document_id, trouble=trouble),
        done=lambda count: done(request, _path(document_id), f"已删去 {count} 处个人信息。"),
    )


@router.post("/documents/{document_id}/public/restore", dependencies=[needs_one_of(*_CUTTING), own_form()])
def post_restore(
    request: Request, app: TheApp, desk: TheDesk, document_id: str, version: Typed, cut: Typed = ""
) -> Response:
    """Take a cut back."""
    return attempted(
        lambda: take_cut_back(seen(app, document_id, version), document_id, cut),
        again=lambda trouble: _page(app, desk, document_id, trouble=trouble),
        done=lambda _: done(request, _path(document_id), "已恢复这一处，公开版里重新出现。"),
    )


@router.post("/documents/{document_id}/public/keep", dependencies=[needs_one_of(*_CUTTING), own_form()])
def post_keep(request: Request, app: TheApp, desk: TheDesk, document_id: str, version: Typed) -> Response:
    """Keep the public version as the cuts stand."""
    return attempted(
        lambda: keep_public_version(seen(app, document_id, version), document_id),
        again=lambda trouble: _page(app, desk, document_id, trouble=trouble),
        done=lambda _: done(request, _path(document_id), "已留存公开版，与原件放在一起。"),
    )


def _page(
    app: App,
    desk: DeskView,
    document_id: str,
    *,
    offset: int = 0,
    typed: TypedCut | None = None,
    trouble: TroubleView | None = None,
) -> PublicPage:
    sheet = public_sheet(app, document_id)
    document, path = sheet.recorded.document, _path(document_id)
    may_cut = sheet.why_not is None and any(app.access.may(right) for right in _CUTTING)
    start = min(offset, max(len(document.text) - 1, 0)) // PART * PART
    files = file_views(sheet)
    return PublicPage(
        title="删减后公开",
        desk=desk,
        trail=(Crumb(document.title or "（无标题）", f"/documents/{document_id}"),),
        document_id=document_id,
        number=document.number,
        path=path,
        version=sheet.version,
        may_cut=may_cut,
        why_not=sheet.why_not,
        pieces=text_pieces(sheet, start, may_cut=may_cut),
        preview=preview_of(sheet, start, may_cut=may_cut),
        before=f"{path}?offset={start - PART}" if start else None,
        after=f"{path}?offset={start + PART}" if start + PART < len(document.text) else None,
        from_start=start == 0,
        offers=offer_views(sheet) if may_cut else (),
        personal=next(item.words for item in reason_options(app) if item.value == sheet.personal),
        cuts=cut_views(app, sheet, may_cut=may_cut),
        live=len(sheet.cutting.live),
        files=files,
        kept_now=any(item.present for item in files),
        reasons=reason_options(app),
        typed=typed or TypedCut(),
        trouble=trouble,
    )


def _path(document_id: str) -> str:
    return f"/documents/{document_id}/public"


def _occurrence(text: str) -> int | None:
    bare = text.strip()
    if not bare:
        return None
    if not (bare.isascii() and bare.isdecimal() and len(bare) <= 6):  # noqa: PLR2004 - a text has fewer places
        raise UsageError("“第几处”请写数字，例如 2；只有一处的不用写。")
    return int(bare)
