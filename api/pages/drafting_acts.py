"""What a drafter does with a document: declare, withdraw, register its publication, mend what was misread.

`POST /documents/{id}/declaration`, `/withdrawal`, `/publication`, `/elements`; refused, the page comes back with what was typed.
"""

import datetime as dt
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from api.dependencies import TheApp
from api.pages.contexts import DeskView, TroubleView
from api.pages.desk import TheDesk
from api.pages.document_page import Typed as TypedForm
from api.pages.document_page import document_page
from api.pages.document_views import DocumentPage, Said, offered_reasons
from api.pages.forms import Typed, attempted, ensure_short, own_form, seen
from api.pages.rendering import show
from api.pages.sheets import count_words
from api.pages.telling import done
from api.permissions import GuardedRoute, needs, takes
from attrtrack.domain.access import Right
from attrtrack.errors import GateRefusedError, UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.correcting_elements import ELEMENTS, Corrected, correct_elements
from attrtrack.workflow.foreseeing import foreseen
from attrtrack.workflow.registering import Recorded, declare, publish, withdraw

_FORM = 1024 * 1024
"""Bytes of a form: far too long a text must come in, so that it can come back with a word on its length."""
router = APIRouter(route_class=GuardedRoute, dependencies=[takes(_FORM)])
WORDS = 1000
"""Signs of a reason, a comment or an address that a person types."""
LOOK = "look"
_SECRET = "secret-reason"  # noqa: S105 - the code of a finding


@router.post("/documents/{document_id}/declaration", dependencies=[needs(Right.DECLARE), own_form()])
def post_declaration(  # noqa: PLR0913, PLR0917 - each is a field of the form
    request: Request,
    app: TheApp,
    desk: TheDesk,
    document_id: str,
    version: Typed,
    attribute: Typed = "",
    reason: Typed = "",
    words: Typed = "",
    because: Typed = "",
    act: Typed = "",
    instead: Typed = "",
) -> Response:
    """Keep what the drafter declares, or only show what it would bring (`act` is `look`), or the form of another attribute (`instead`)."""
    said = Said(attribute, reason, words, because)

    def again(trouble: TroubleView) -> DocumentPage:
        return document_page(app, desk, document_id, typed=TypedForm("declaration", trouble, said))

    if instead:
        return _turned(app, desk, document_id, said=replace(said, attribute=instead))
    if act == LOOK:
        return _looked(app, desk, document_id, said=said)
    return attempted(
        lambda: _declared(seen(app, document_id, version), document_id, _checked(app, said)),
        again=again,
        done=lambda made: _told(request, document_id, made),
    )


def _turned(app: App, desk: DeskView, document_id: str, *, said: Said) -> Response:
    """Show the form of another attribute with what was typed, and what that attribute would bring."""
    attribute = app.rules.attribute_named(said.attribute)
    if attribute is None:
        raise UsageError("没有这种公开属性：请在主动公开、依申请公开、不予公开中选一种。")
    found = foreseen(app, document_id, attribute.value, replace(said, words=said.words[:WORDS]).whole_reason)
    return show(document_page(app, desk, document_id, typed=TypedForm("declaration", said=said), found=found))


def _looked(app: App, desk: DeskView, document_id: str, *, said: Said) -> Response:
    def again(trouble: TroubleView) -> DocumentPage:
        return document_page(app, desk, document_id, typed=TypedForm("declaration", trouble, said))

    def asked() -> DocumentPage:
        checked = _checked(app, said)
        found = foreseen(app, document_id, checked.attribute, checked.whole_reason)
        return document_page(app, desk, document_id, typed=TypedForm("declaration", said=said), found=found)

    return attempted(asked, again=again, done=show)


def _checked(app: App, said: Said) -> Said:
    """Return the form without space around its texts; a reason must be one of those that the form offers for the attribute."""
    attribute = app.rules.attribute_named(said.attribute)
    if attribute is None:
        raise UsageError("还没有选择公开属性：请在主动公开、依申请公开、不予公开中选一种。")
    words = ensure_short(said.words, WORDS, name="补充说明")
    because = ensure_short(said.because, WORDS, name="改动的原因")
    offered = {row.code for row in offered_reasons(app, attribute)}
    if said.reason and said.reason not in offered:
        raise UsageError(f"所选理由不能作为{attribute.chinese}的依据：请从所列理由中重新选择。")
    return Said(attribute.value, said.reason, words, because)


def _declared(app: App, document_id: str, said: Said) -> Recorded | str:
    """Declare; a document that turned out to be classified is gone, and the sentence says so."""
    try:
        return declare(app, document_id, said.attribute, said.whole_reason, because=said.because or None)
    except GateRefusedError as refusal:
        if any(getattr(item, "code", None) == _SECRET for item in refusal.findings):
            return refusal.message
        raise


def _told(request: Request, document_id: str, made: Recorded | str) -> Response:
    if isinstance(made, str):
        return done(request, "/drafts", made)
    attribute = made.record.declaration.attribute if made.record.declaration else None
    problems = count_words(made.findings)
    said = f"已认定为{attribute.chinese if attribute else '所选属性'}。"
    return done(request, f"/documents/{document_id}", said + (f"还有问题：{problems}，见“问题”。" if problems else ""))


@router.post("/documents/{document_id}/withdrawal", dependencies=[needs(Right.WITHDRAW), own_form()])
def post_withdrawal(
    request: Request, app: TheApp, desk: TheDesk, document_id: str, version: Typed, because: Typed = ""
) -> Response:
    """Withdraw a document that has not been signed."""

    def again(trouble: TroubleView) -> DocumentPage:
        return document_page(app, desk, document_id, typed=TypedForm("withdrawal", trouble, because=because))

    def act() -> Recorded:
        why = ensure_short(because, WORDS, name="撤回的原因")
        if not why:
            raise UsageError("撤回要写明原因。")
        return withdraw(seen(app, document_id, version), document_id, why)

    return attempted(act, again=again, done=lambda _: done(request, "/drafts", f"已撤回 {document_id}。"))


@router.post("/documents/{document_id}/publication", dependencies=[needs(Right.PUBLISH), own_form()])
def post_publication(  # noqa: PLR0913, PLR0917 - each is a field of the form
    request: Request,
    app: TheApp,
    desk: TheDesk,
    document_id: str,
    version: Typed,
    url: Typed = "",
    day: Typed = "",
    channel: Typed = "",
) -> Response:
    """Register where and when a signed document was published."""

    def again(trouble: TroubleView) -> DocumentPage:
        typed = TypedForm("publication", trouble, publication=(url, day, channel))
        return document_page(app, desk, document_id, typed=typed)

    def act() -> Recorded:
        address = ensure_short(url, WORDS, name="公开地址")
        return publish(seen(app, document_id, version), document_id, address, _day(day), channel=channel)

    path = f"/documents/{document_id}"
    return attempted(act, again=again, done=lambda _: done(request, path, "已登记公开发布。"))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError("公开日期看不懂：请写成 2026-06-01。") from error


@router.post("/documents/{document_id}/elements", dependencies=[needs(Right.RECORD), needs(Right.WITHDRAW), own_form()])
def post_elements(  # noqa: PLR0913, PLR0917 - each is a field of the form
    request: Request,
    app: TheApp,
    desk: TheDesk,
    document_id: str,
    version: Typed,
    title: Typed = "",
    number: Typed = "",
    genre: Typed = "",
    issuer: Typed = "",
    addressee: Typed = "",
    date: Typed = "",
    drafting_department: Annotated[str, Form()] = "",
) -> Response:
    """Record a draft anew with the elements as the drafter states them."""
    values = (title, number, genre, issuer, addressee, date, drafting_department)
    stated = dict(zip(ELEMENTS, values, strict=True))

    def again(trouble: TroubleView) -> DocumentPage:
        return document_page(app, desk, document_id, typed=TypedForm("elements", trouble, elements=stated))

    return attempted(
        lambda: correct_elements(seen(app, document_id, version), document_id, stated),
        again=again,
        done=lambda made: _corrected(request, document_id, made),
    )


def _corrected(request: Request, document_id: str, made: Corrected) -> Response:
    path = f"/documents/{made.record.id}"
    if not made.changed:
        return done(request, path, "要素没有改动。")
    return done(request, path, f"已按更正后的要素重新登记，并重新提出建议；原来的 {document_id} 已撤回。")
