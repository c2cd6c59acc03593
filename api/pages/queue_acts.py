"""The acts on one document of the queue: each a form of `GET /queue/{id}`; done, the next document opens and tells what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.contexts import Crumb, DeskView, Page, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, ensure_short, own_form, seen
from api.pages.queue_document import document_page
from api.pages.queue_filters import Narrowed, TheQueue
from api.pages.queue_views import RetractionPage
from api.pages.rendering import show
from api.pages.telling import done
from api.permissions import GuardedRoute, needs, needs_one_of, takes
from attrtrack.domain.access import Right
from attrtrack.domain.reexaminations import Reexamined
from attrtrack.domain.reviews import OpinionResult, ReviewResult, SecrecyResult
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.deciding import decision_course
from attrtrack.workflow.learning import resolve
from attrtrack.workflow.needing import decide_need
from attrtrack.workflow.queueing import position
from attrtrack.workflow.reexamining import reexamine
from attrtrack.workflow.registering import sign
from attrtrack.workflow.reviewing import co_issuer_opinion, retract_review, review, review_secrecy
from attrtrack.workflow.sheets import document_sheet

_FORM = 512 * 1024
"""Bytes of a form: texts that are too long come back with their form to be shortened."""
router = APIRouter(route_class=GuardedRoute, dependencies=[takes(_FORM)])
_WORDS = 2000
_SHORTENED = 40


@dataclass(frozen=True, slots=True)
class Bench:
    """Where acts are done: who acts, in which queue, and the page that comes after."""

    request: Request
    app: App
    desk: DeskView
    narrowed: Narrowed

    def acts(
        self, document_id: str, version: str, *, act: Callable[[App], object], told: str, **typed: str
    ) -> Response:
        """Do an act on the version that was seen, then open the next document; refused, show this one with what was typed."""
        sheet = document_sheet(self.app, document_id)
        found = position(self.app, self.narrowed.wanted, document_id)
        title = _short(sheet.recorded.document.title or "（无标题）")

        def again(trouble: TroubleView) -> Page:
            return document_page(self.app, self.desk, document_id, self.narrowed, trouble=trouble, typed=typed)

        def on(_: object) -> Response:
            after = self.narrowed.link(f"/queue/{found.after}") if found and found.after else self.narrowed.link()
            undo, words = self._way_back(document_id)
            return done(self.request, after, f"{told}：{title}。", undo=undo, undo_words=words)

        return attempted(lambda: act(seen(self.app, document_id, version)), again=again, done=on)

    def _way_back(self, document_id: str) -> tuple[str, str]:
        if decision_course(self.app, document_id).retractable:
            return self.narrowed.link(f"/queue/{document_id}/retraction"), "收回审核意见"
        return self.narrowed.link(f"/queue/{document_id}"), "回到这份"


def the_bench(request: Request, app: TheApp, desk: TheDesk, narrowed: TheQueue) -> Bench:
    """Return the bench of a request."""
    return Bench(request, app, desk, narrowed)


TheBench = Annotated[Bench, Depends(the_bench)]


@router.post("/queue/{document_id}/review", dependencies=[needs(Right.REVIEW), own_form()])
def post_review(
    bench: TheBench,
    document_id: str,
    *,
    version: Typed,
    result: Typed,
    comment: Typed = "",
    attribute: Typed = "",
    reason: Typed = "",
) -> Response:
    """Keep the office's word: agreed, returned with a comment, or disputed with its own attribute and reason."""

    def act(app: App) -> object:
        said = ensure_short(comment, _WORDS, name="意见") or None
        if result == ReviewResult.RETURN.value and said is None:
            raise UsageError("退回要写明意见：请告诉起草部门改什么。")
        if result == ReviewResult.DISPUTE.value and not attribute:
            raise UsageError("有不同意见的，请选择应为哪种公开属性。")
        own = {"attribute": attribute or None, "reason": reason or None} if result == ReviewResult.DISPUTE.value else {}
        return review(app, document_id, result, said, **own)

    told = {"agree": "已同意", "return": "已退回", "dispute": "已登记不同意见"}.get(result, "已审核")
    return bench.acts(
        document_id, version, act=act, told=told, result=result, comment=comment, attribute=attribute, reason=reason
    )


@router.post("/queue/{document_id}/secrecy", dependencies=[needs(Right.REVIEW_SECRECY), own_form()])
def post_secrecy(
    bench: TheBench,
    document_id: str,
    *,
    version: Typed,
    secrecy: Typed = "",
    note: Typed = "",
    personal: Typed = "",
) -> Response:
    """Keep a secrecy review."""

    def act(app: App) -> object:
        said = ensure_short(note, _WORDS, name="说明") or None
        if not secrecy:
            raise UsageError("请选择保密审查的结果。")
        return review_secrecy(app, document_id, secrecy, said, personal_data_cleared=personal == "yes")

    told = f"保密审查已登记（{SecrecyResult(secrecy).chinese}）" if secrecy in set(SecrecyResult) else "保密审查已登记"
    return bench.acts(document_id, version, act=act, told=told, secrecy=secrecy, note=note, personal=personal)


@router.post("/queue/{document_id}/opinion", dependencies=[needs_one_of(Right.REVIEW, Right.DECLARE), own_form()])
def post_opinion(
    bench: TheBench, document_id: str, *, version: Typed, issuer: Typed = "", opinion: Typed = "", said: Typed = ""
) -> Response:
    """Keep what a co-issuer says of the declaration."""

    def act(app: App) -> object:
        if opinion not in set(OpinionResult):
            raise UsageError("请选择联合发文单位的意见：同意或不同意。")
        return co_issuer_opinion(app, document_id, issuer, opinion, ensure_short(said, _WORDS, name="意见") or None)

    return bench.acts(
        document_id, version, act=act, told="联合发文单位的意见已登记", issuer=issuer, opinion=opinion, said=said
    )


@router.post("/queue/{document_id}/sign", dependencies=[needs(Right.SIGN), own_form()])
def post_sign(bench: TheBench, document_id: str, *, version: Typed, because: Typed = "") -> Response:
    """Sign the document off, with a reason where the office disputes."""
    return bench.acts(
        document_id,
        version,
        act=lambda app: sign(app, document_id, because=ensure_short(because, _WORDS, name="原因") or None),
        told="已签发",
        because=because,
    )


@router.post("/queue/{document_id}/reexamination", dependencies=[needs(Right.REEXAMINE), own_form()])
def post_reexamination(
    bench: TheBench, document_id: str, *, version: Typed, kept: Typed = "", why: Typed = ""
) -> Response:
    """Keep what came of looking at the document again."""

    def act(app: App) -> object:
        said = ensure_short(why, _WORDS, name="原因")
        if kept not in set(Reexamined):
            raise UsageError("请选择复查结果：维持或改变。")
        if not said:
            raise UsageError("复查要写明原因：为什么维持或改变。")
        return reexamine(app, document_id, kept, said)

    told = "复查：维持不公开" if kept == Reexamined.KEEP.value else "复查：应当改变，等待重新认定"
    return bench.acts(document_id, version, act=act, told=told, kept=kept, why=why)


@router.post("/queue/{document_id}/need", dependencies=[needs(Right.DECIDE_NEEDS), own_form()])
def post_need(
    bench: TheBench, document_id: str, *, version: Typed, needed: Typed = "", needed_why: Typed = ""
) -> Response:
    """Keep whether the document needs an interpretation, and why."""

    def act(app: App) -> object:
        why = ensure_short(needed_why, _WORDS, name="原因")
        if needed not in {"yes", "no"}:
            raise UsageError("请选择是否需要解读。")
        if not why:
            raise UsageError("请写明为什么这样认定。")
        return decide_need(app, document_id, needed, why)

    told = "已认定为需要解读" if needed == "yes" else "已认定为不需要解读"
    return bench.acts(document_id, version, act=act, told=told, needed=needed, needed_why=needed_why)


@router.post("/queue/{document_id}/precedent", dependencies=[needs(Right.RESOLVE_PRECEDENTS), own_form()])
def post_precedent(
    bench: TheBench, document_id: str, *, version: Typed, taught: Typed = "", teach_why: Typed = ""
) -> Response:
    """Say whether a decision that a rule speaks against is a precedent."""

    def act(app: App) -> object:
        why = ensure_short(teach_why, _WORDS, name="说明") or None
        if taught not in {"yes", "no"}:
            raise UsageError("请选择是否作为先例。")
        return resolve(app, document_id, teach=taught == "yes", note=why)

    told = "已作为先例" if taught == "yes" else "已定为不作先例"
    return bench.acts(document_id, version, act=act, told=told, taught=taught, teach_why=teach_why)


@router.get("/queue/{document_id}/retraction", dependencies=[needs(Right.REVIEW)])
def get_retraction_page(app: TheApp, desk: TheDesk, narrowed: TheQueue, document_id: str) -> HTMLResponse:
    """Show the form that takes back one's own word."""
    return show(_retraction(app, desk, narrowed, document_id))


@router.post("/queue/{document_id}/retraction", dependencies=[needs(Right.REVIEW), own_form()])
def post_retraction(
    request: Request, app: TheApp, desk: TheDesk, narrowed: TheQueue, document_id: str, *, version: Typed
) -> Response:
    """Take back one's own word and open the document again."""
    return attempted(
        lambda: retract_review(seen(app, document_id, version), document_id),
        again=lambda trouble: _retraction(app, desk, narrowed, document_id, trouble=trouble),
        done=lambda _: done(request, narrowed.link(f"/queue/{document_id}"), "已收回审核意见，这份文件重新待审核。"),
    )


def _retraction(
    app: App, desk: TheDesk, narrowed: Narrowed, document_id: str, *, trouble: TroubleView | None = None
) -> RetractionPage:
    sheet, course = document_sheet(app, document_id), decision_course(app, document_id)
    return RetractionPage(
        title="收回审核意见",
        desk=desk,
        trail=(Crumb("办理", narrowed.link()),),
        document_title=sheet.recorded.document.title or "（无标题）",
        said=course.review.result.chinese if course.review and course.retractable else None,
        action=narrowed.link(f"/queue/{document_id}/retraction"),
        version=sheet.version,
        back=narrowed.link(f"/queue/{document_id}"),
        trouble=trouble,
    )


def _short(title: str) -> str:
    return title if len(title) <= _SHORTENED else f"{title[:_SHORTENED]}…"
