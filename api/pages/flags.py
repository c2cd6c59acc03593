"""`GET /flags`: documents of doubtful attribute; `GET /flags/{id}` and the form that says what it should have been."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import Offset, TheApp
from api.pages.assessing_views import ChoosingView, FlagPage, FlagsPage
from api.pages.contexts import Crumb, DeskView, ErrorPage, Option, Page, TabView, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, ensure_short, own_form, seen
from api.pages.proposals import reason_words
from api.pages.quoting import MarkedText, marked_text
from api.pages.rendering import show
from api.pages.slicing import TheSlice
from api.pages.telling import done
from api.pages.wording import link, scope_words
from api.permissions import GuardedRoute, needs, takes
from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import UnknownRecordError, UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing_views import doubted, doubtful, narrowings
from attrtrack.workflow.learning import correct, withdraw_correction
from attrtrack.workflow.overview import Scope
from attrtrack.workflow.sheets import DocumentSheet, document_sheet

router = APIRouter(route_class=GuardedRoute)
ROWS = 50
NOTE = 500
_REASON = 40
_FORM = 256 * 1024
"""Bytes that a form may have, so that too long a note comes back instead of being lost."""


@router.get("/flags", dependencies=[needs(Right.READ)])
def get_flags_page(
    app: TheApp, scope: TheSlice, desk: TheDesk, *, corrected: bool = False, offset: Offset = 0
) -> HTMLResponse:
    """Show the documents whose attribute or reason is doubtful, those open or those corrected."""
    found = doubtful(app, scope, corrected=corrected, limit=ROWS, offset=offset)
    state = int(corrected)
    total, further = (found.corrected if corrected else found.open), offset + ROWS
    page = FlagsPage(
        title="公开属性存疑",
        desk=desk,
        choosing=ChoosingView("/flags", scope, *narrowings(app, scope), (("corrected", str(state)),)),
        subject=scope_words(scope),
        tabs=(
            TabView("待核对", link("/flags", scope), found.open, here=not corrected),
            TabView("已更正", link("/flags", scope, corrected=1), found.corrected, here=corrected),
        ),
        rows=tuple((row, link(f"/flags/{row.row.id}", scope)) for row in found.rows),
        first=offset + 1,
        before=link("/flags", scope, corrected=state, offset=max(offset - ROWS, 0)) if offset else None,
        after=link("/flags", scope, corrected=state, offset=further) if further < total else None,
        trail=(Crumb("总览", link("/", scope)),),
    )
    return show(page)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands in the form of a correction."""

    attribute: str = ""
    reason: str = ""
    note: str = ""


def _said(attribute: Typed = "", reason: Typed = "", note: Typed = "") -> _Said:
    return _Said(attribute, reason, note)


@router.get("/flags/{document_id}", dependencies=[needs(Right.READ)])
def get_flag_page(app: TheApp, scope: TheSlice, desk: TheDesk, document_id: str) -> HTMLResponse:
    """Show one document with what is doubtful of it."""
    return show(_page(app, scope, desk, document_id=document_id))


@router.post("/documents/{document_id}/correction", dependencies=[needs(Right.CORRECT), own_form(), takes(_FORM)])
def post_correction(
    request: Request,
    app: TheApp,
    scope: TheSlice,
    desk: TheDesk,
    *,
    document_id: str,
    said: Annotated[_Said, Depends(_said)],
    version: Typed = "",
) -> Response:
    """Keep what the assessor says the attribute should have been."""

    def act() -> str:
        words = ensure_short(said.note, NOTE, name="说明")
        if not said.attribute:
            raise UsageError("请选择应当是哪种公开属性。")
        reason = ensure_short(said.reason, _REASON, name="理由") or None
        attribute = ensure_short(said.attribute, _REASON, name="公开属性")
        record, _ = correct(seen(app, document_id, version), document_id, attribute, reason=reason, note=words or None)
        assert record.correction is not None  # noqa: S101 - it has just been made
        return record.correction.attribute.chinese

    return attempted(
        act,
        again=lambda trouble: _again(app, scope, desk, document_id=document_id, said=said, trouble=trouble),
        done=lambda word: done(
            request,
            link("/flags", scope),
            f"{document_id} 已更正为{word}；原认定和审定仍然保留。",
            undo=link(f"/flags/{document_id}", scope),
            undo_words="查看或撤回",
        ),
    )


@router.post("/documents/{document_id}/correction/undo", dependencies=[needs(Right.CORRECT), own_form()])
def post_correction_undo(
    request: Request, app: TheApp, scope: TheSlice, desk: TheDesk, *, document_id: str, version: Typed = ""
) -> Response:
    """Take the correction in force back."""
    return attempted(
        lambda: withdraw_correction(seen(app, document_id, version), document_id),
        again=lambda trouble: _again(app, scope, desk, document_id=document_id, said=_Said(), trouble=trouble),
        done=lambda _: done(request, link(f"/flags/{document_id}", scope), "已撤回考核更正。"),
    )


def _again(app: App, scope: Scope, desk: DeskView, *, document_id: str, said: _Said, trouble: TroubleView) -> Page:
    """Return the form with what was typed; a document that the act has removed is told of without it."""
    try:
        return _page(app, scope, desk, document_id=document_id, said=said, trouble=trouble)
    except UnknownRecordError:
        return ErrorPage(title="没有更正", desk=desk, message=trouble.message, code="gate-refused")


def _page(
    app: App,
    scope: Scope,
    desk: DeskView,
    *,
    document_id: str,
    said: _Said | None = None,
    trouble: TroubleView | None = None,
) -> FlagPage:
    sheet = document_sheet(app, document_id)
    recorded, correction = sheet.recorded, sheet.recorded.correction
    found = doubted(app, document_id)
    said = said or _Said(
        correction.attribute.value if correction else "", (correction.reason or "") if correction else ""
    )
    return FlagPage(
        title=recorded.document.title or "（无标题）",
        desk=desk,
        sheet=sheet,
        attribute=recorded.attribute.chinese if recorded.attribute else "未认定",
        reason=reason_words(app, _stated_reason(sheet)),
        doubted=found,
        text=_text(sheet),
        corrected=_corrected(app, sheet),
        suggested=_suggested(app, sheet),
        attributes=tuple(_attributes(recorded.attribute)),
        reasons=tuple(Option(row.code, f"{row.code} {row.name}") for row in app.rules.reasons if row.proposable),
        chosen_attribute=said.attribute,
        chosen_reason=said.reason,
        note=said.note,
        action=link(f"/documents/{document_id}/correction", scope),
        undo=link(f"/documents/{document_id}/correction/undo", scope),
        version=str(sheet.version),
        trouble=trouble,
        trail=(Crumb("总览", link("/", scope)), Crumb("公开属性存疑", link("/flags", scope))),
    )


def _attributes(declared: DisclosureAttribute | None) -> Iterator[Option]:
    for attribute in DisclosureAttribute:
        under = "与现在的认定一致：核对无误" if attribute is declared else None
        yield Option(attribute.value, attribute.chinese, under)


def _stated_reason(sheet: DocumentSheet) -> str | None:
    recorded = sheet.recorded
    said = recorded.decision or recorded.declaration
    return said.reason if said is not None else recorded.document.declared_reason


def _corrected(app: App, sheet: DocumentSheet) -> str | None:
    said = sheet.recorded.correction
    if said is None:
        return None
    reason = reason_words(app, said.reason)
    parts = (said.attribute.chinese, *([reason] if reason else []), *([said.note] if said.note else []))
    return f"{'；'.join(parts)}（{said.corrected_by}，{said.corrected_at:%Y年%m月%d日}）"


def _suggested(app: App, sheet: DocumentSheet) -> str | None:
    proposal = sheet.proposal
    if proposal is None or proposal.attribute is None:
        return None
    reason = reason_words(app, proposal.reason)
    return proposal.attribute.chinese + (f"：{reason}" if reason else "")


def _text(sheet: DocumentSheet) -> MarkedText | None:
    carrying = sheet.proposal.evidence if sheet.proposal else ()
    questioned = [item for finding in sheet.findings if "doubtful" in finding.code for item in finding.evidence]
    return marked_text(sheet.recorded.document, carrying, questioned)
