"""`GET /needs` and `GET /needs/{id}`: which documents need an interpretation; a person decides, with a reason, and takes it back."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.cursors import CursorText, Listing, number_of
from api.dependencies import TheApp, UnitText, YearText
from api.pages import interpretations_words as words
from api.pages.contexts import Crumb, DeskView, Option, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, ensure_short, own_form, seen
from api.pages.interpretations import narrowed, wanted_in
from api.pages.interpretations_views import NeedPage, NeedsPage, NeedView
from api.pages.rendering import show
from api.pages.telling import done
from api.pages.wording import shortened
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.needs import DocumentNeed, NeedSource
from attrtrack.errors import UsageError
from attrtrack.workflow import browsing
from attrtrack.workflow.app import App
from attrtrack.workflow.comparing import reading_counts
from attrtrack.workflow.needing import ToldNeed, because_of, decide_need, tell_need, undo_need
from attrtrack.workflow.overview import Scope
from attrtrack.workflow.queueing import missing_interpretations
from attrtrack.workflow.sheets import document_version

router = APIRouter(route_class=GuardedRoute)
ROWS = 50
_LONGEST_REASON = 500
_ANSWERS = (
    Option("yes", "应当解读", "计入解读率的分母，没有解读的列入“缺解读”。"),
    Option("no", "不需要解读", "不计入解读率。"),
)
_WORDS = {True: "应当解读", False: "不需要解读", None: "没有定论"}


@router.get("/needs", dependencies=[needs(Right.READ)])
def get_needs_page(
    app: TheApp, desk: TheDesk, *, year: YearText = None, unit: UnitText = None, cursor: CursorText = None
) -> HTMLResponse:
    """Show the documents of which nobody knows, or the voices disagree, whether they need an interpretation."""
    scope = narrowed(app, year, unit)
    chosen = Scope(int(scope.year) if scope.year else None, scope.unit or None)
    listing = Listing("needs-page", {"query": scope.query})
    after = listing.after(cursor) or (0,)
    found = browsing.doubtful_needs(app, chosen, after=after[0], limit=ROWS + 1)
    rows, more = found[:ROWS], len(found) > ROWS
    counts = reading_counts(app, wanted_in(scope))
    missing = missing_interpretations(app, chosen, limit=1).total
    page = NeedsPage(
        title="是否应解读",
        desk=desk,
        trail=(Crumb("解读", words.address_of("/interpretations", scope.query)),),
        tabs=words.tabs(counts, missing, scope, here="needs"),
        scope=scope,
        rows=tuple(_view(app, row) for row in rows),
        begin=words.address_of("/needs", scope.query) if cursor else None,
        after=words.address_of("/needs", scope.query, cursor=listing.cursor(number_of(rows[-1].id))) if more else None,
    )
    return show(page)


def _view(app: App, need: DocumentNeed) -> NeedView:
    return NeedView(
        id=need.id,
        title=shortened(need.title or words.UNTITLED),
        number=need.number or "（无文号）",
        unit=need.unit or "",
        in_force=_WORDS[need.needed],
        said=tuple(_said(app, need)),
    )


def _said(app: App, need: DocumentNeed) -> list[str]:
    """Say what each voice says, the one that is followed first."""
    lines = []
    if need.decision is not None:
        day = need.decision.decided_at.date().isoformat()
        lines.append(f"{need.decision.decided_by} {day} 认定{_WORDS[need.decision.needed]}：{need.decision.because}")
    if need.stated is not None:
        lines.append(f"台账写明{_WORDS[need.stated]}")
    lines.append(f"规则建议{_WORDS[need.proposed]}（{because_of(app, need.row)}）")
    return lines


@router.get("/needs/{document_id}", dependencies=[needs(Right.READ)])
def get_need_page(app: TheApp, desk: TheDesk, document_id: str) -> HTMLResponse:
    """Show what is said of one document's need, and the form that decides."""
    return show(_page(app, desk, document_id))


def _page(app: App, desk: DeskView, document_id: str, *, answer: str = "", because: str = "") -> NeedPage:
    version = document_version(app, document_id)
    told = tell_need(app, document_id)
    need, proposal = told.need, told.proposal
    return NeedPage(
        title=need.title or words.UNTITLED,
        desk=desk,
        trail=(Crumb("解读", "/interpretations"), Crumb("是否应解读", "/needs")),
        need=_view(app, need),
        version=version,
        reason=f"{_WORDS[proposal.needed]}：{proposal.reason}",
        quote=shortened(proposal.evidence.quote) if proposal.evidence else None,
        decided=None if need.decision is None else _WORDS[need.decision.needed],
        because=because,
        answer=answer,
        answers=_ANSWERS,
        used=_used(need),
    )


def _used(need: DocumentNeed) -> str:
    """Say what the measures use."""
    if need.needed is None:
        return "没有定论，暂不计入解读率"
    sources = {
        NeedSource.PERSON.value: "人工认定",
        NeedSource.LEDGER.value: "台账所载",
        NeedSource.UNRECORDED.value: "旧登记所载（来源未记）",
    }
    return f"{_WORDS[need.needed]}，依据{sources.get(need.source or '', '规则建议')}"


@router.post("/needs/{document_id}", dependencies=[needs(Right.DECIDE_NEEDS), own_form()])
def post_need(
    request: Request,
    app: TheApp,
    desk: TheDesk,
    document_id: str,
    *,
    answer: Typed = "",
    because: Typed = "",
    version: Typed = "",
) -> Response:
    """Keep a person's decision."""

    def act() -> ToldNeed:
        reason = ensure_short(because, _LONGEST_REASON, name="理由")
        if answer not in {"yes", "no"}:
            raise UsageError("请选择“应当解读”或“不需要解读”。")
        if not reason:
            raise UsageError("请写明理由：为什么这样认定。")
        return decide_need(seen(app, document_id, version), document_id, answer, reason)

    def again(trouble: TroubleView) -> NeedPage:
        return replace(_page(app, desk, document_id, answer=answer, because=because), trouble=trouble)

    def told(result: ToldNeed) -> Response:
        sentence = f"已认定{_WORDS[result.need.needed]}：{shortened(result.need.title or document_id, 40)}。"
        return done(request, "/needs", sentence, undo=f"/needs/{document_id}#undo")

    return attempted(act, again=again, done=told)


@router.post("/needs/{document_id}/undo", dependencies=[needs(Right.DECIDE_NEEDS), own_form()])
def post_need_undo(request: Request, app: TheApp, desk: TheDesk, document_id: str, *, version: Typed = "") -> Response:
    """Take a person's decision back."""

    def again(trouble: TroubleView) -> NeedPage:
        return replace(_page(app, desk, document_id), trouble=trouble)

    def told(result: ToldNeed) -> Response:
        return done(request, f"/needs/{document_id}", f"已撤销认定，现在：{_used(result.need)}。")

    return attempted(lambda: undo_need(seen(app, document_id, version), document_id), again=again, done=told)
