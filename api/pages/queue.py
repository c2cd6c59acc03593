"""`GET /queue` (what waits, most urgent first), and agreeing with several undisputed documents at once, with the way back."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response

from api.cursors import CursorText
from api.dependencies import TheApp
from api.pages.contexts import Crumb, Option, TabView
from api.pages.desk import TheDesk
from api.pages.forms import own_form, seen, trouble_of
from api.pages.proposals import reason_words
from api.pages.queue_filters import Narrowed, TheQueue
from api.pages.queue_views import FilterView, Outcome, OutcomesPage, QueuePage, WaitingView
from api.pages.rendering import show
from api.permissions import GuardedRoute, needs, needs_one_of
from attrtrack.domain.access import Right
from attrtrack.domain.worklist import WaitsFor
from attrtrack.errors import AttrtrackError, EnvironmentFailedError, UsageError
from attrtrack.workflow.accepting import Offer, accept_undisputed, offers
from attrtrack.workflow.app import App
from attrtrack.workflow.queueing import QueueChoices, QueuePart, QueueRow, queue, queue_choices
from attrtrack.workflow.registering import Recorded
from attrtrack.workflow.reviewing import retract_review
from attrtrack.workflow.sheets import document_version

router = APIRouter(route_class=GuardedRoute)
ROWS = 50
_LONGEST_ID = 16
_REGISTRATION = "/queue/registration.xlsx"
_EXPLANATION = "急的在前；同样急的，期限近的在前。"
DUTIES: dict[Right, tuple[WaitsFor, ...]] = {
    Right.REVIEW: (WaitsFor.DOUBTFUL, WaitsFor.REVIEW),
    Right.REVIEW_SECRECY: (WaitsFor.SECRECY,),
    Right.SIGN: (WaitsFor.DOUBTFUL, WaitsFor.SIGN),
    Right.REEXAMINE: (WaitsFor.REEXAMINE,),
}
"""What each right can work off here."""
_Chosen = Annotated[list[str], Form(alias="chosen", max_length=2 * ROWS)]


@router.get("/queue", dependencies=[needs(Right.READ), needs_one_of(Right.REVIEW, Right.SIGN)])
def get_queue_page(
    app: TheApp,
    desk: TheDesk,
    narrowed: TheQueue,
    *,
    after: CursorText = None,
    before: CursorText = None,
) -> HTMLResponse:
    """Show a part of the queue."""
    part = queue(app, narrowed.wanted, limit=ROWS, after=narrowed.place(after), before=narrowed.place(before))
    waits, may_review = narrowed.wanted.waits_for, app.access.may(Right.REVIEW)
    page = QueuePage(
        title="办理",
        desk=desk,
        tabs=tuple(_tabs(part, narrowed)),
        duties=tuple(_duties(app, part, narrowed)),
        waits=waits.value if waits else "",
        heading=waits.chinese if waits else "全部待办",
        explanation=waits.sentence if waits else _EXPLANATION,
        filters=tuple(_filters(app, queue_choices(app, narrowed.wanted), narrowed)),
        cleared=_cleared(narrowed) if narrowed.narrowed else None,
        rows=tuple(_rows(app, part.rows, narrowed, may_review=may_review)),
        total=part.total,
        accept=narrowed.link("/queue/accept") if may_review else None,
        before=narrowed.link(before=narrowed.cursor(part.previous)) if part.previous else None,
        after=narrowed.link(after=narrowed.cursor(part.next)) if part.next else None,
        registration=narrowed.link(_REGISTRATION) if app.access.may(Right.EXPORT) else None,
    )
    return show(page)


@router.post("/queue/accept", dependencies=[needs(Right.REVIEW), own_form()])
def post_accept(app: TheApp, desk: TheDesk, narrowed: TheQueue, chosen: _Chosen = []) -> Response:  # noqa: B006 - FastAPI copies it
    """Agree with the chosen documents, each on its own; say what was done and what was not."""
    done, refused = _each(app, chosen, accept_undisputed, narrowed)
    sentence = f"已同意 {len(done)} 份" + (f"，{len(refused)} 份没有办理。" if refused else "。")
    if not chosen:
        sentence = "没有勾选公文：请先勾选，再点“同意所选”。"
    return _outcomes(desk, narrowed, (done, refused), sentence, undo=True)


@router.post("/queue/retractions", dependencies=[needs(Right.REVIEW), own_form()])
def post_retractions(app: TheApp, desk: TheDesk, narrowed: TheQueue, chosen: _Chosen = []) -> Response:  # noqa: B006 - the same
    """Take back the agreement with the chosen documents, each on its own."""
    done, refused = _each(app, chosen, retract_review, narrowed)
    sentence = f"已收回 {len(done)} 份的同意，重新待审核" + (f"；{len(refused)} 份没有收回。" if refused else "。")
    return _outcomes(desk, narrowed, (done, refused), sentence, undo=False)


def _outcomes(
    desk: TheDesk, narrowed: Narrowed, found: tuple[list[Outcome], list[Outcome]], sentence: str, *, undo: bool
) -> HTMLResponse:
    done, refused = found
    page = OutcomesPage(
        title="办理结果",
        desk=desk,
        trail=(Crumb("办理", narrowed.link()),),
        sentence=sentence,
        done=tuple(done),
        refused=tuple(refused),
        undo=narrowed.link("/queue/retractions") if undo and done else None,
        back=narrowed.link(),
    )
    return show(page)


def _each(
    app: App, chosen: Sequence[str], act: Callable[[App, str], Recorded], narrowed: Narrowed
) -> tuple[list[Outcome], list[Outcome]]:
    """Do an act on each document that a form names with the version seen; each is a transaction of its own."""
    done, refused = list[Outcome](), list[Outcome]()
    for identifier, version in dict(map(_named, chosen)).items():
        href = narrowed.link(f"/queue/{identifier}")
        try:
            record = act(seen(app, identifier, version), identifier).record
        except EnvironmentFailedError:
            raise
        except AttrtrackError as error:
            refused.append(Outcome(identifier, identifier, href, trouble_of(error).message))
        else:
            title = record.document.title or "（无标题）"
            done.append(Outcome(identifier, title, href, None, document_version(app, identifier)))
    return done, refused


def _named(chosen: str) -> tuple[str, str]:
    identifier, _, version = chosen.partition(":")
    if not (
        identifier[:1] == "D"
        and identifier[1:].isascii()
        and identifier[1:].isdecimal()
        and len(identifier) <= _LONGEST_ID
    ):
        raise UsageError("页面不完整：请刷新后重新选择。")
    return identifier, version


def _tabs(part: QueuePart, narrowed: Narrowed) -> Iterable[TabView]:
    chosen = narrowed.wanted.waits_for
    yield TabView("全部", narrowed.waiting_for(None).link(), sum(part.counts.values()), here=chosen is None)
    for waits, count in part.counts.items():
        if count or waits is chosen:
            yield TabView(waits.chinese, narrowed.waiting_for(waits).link(), count, here=waits is chosen)


def _duties(app: App, part: QueuePart, narrowed: Narrowed) -> Iterable[TabView]:
    own = {waits for right, several in DUTIES.items() if app.access.may(right) for waits in several}
    for waits, count in part.counts.items():
        if waits in own and count:
            here = waits is narrowed.wanted.waits_for
            yield TabView(waits.chinese, narrowed.waiting_for(waits).link(), count, here=here)


def _cleared(narrowed: Narrowed) -> str:
    waits = narrowed.wanted.waits_for
    return f"/queue?waits={waits.value}" if waits else "/queue"


def _filters(app: App, choices: QueueChoices, narrowed: Narrowed) -> Iterable[FilterView]:
    wanted = narrowed.wanted
    for name, label, chosen, found in (
        ("unit", "单位", wanted.unit, choices.units),
        ("genre", "文种", wanted.genre, choices.genres),
        ("reason", "理由", wanted.reason, choices.reasons),
        ("year", "年度", wanted.year, choices.years),
    ):
        value = "" if chosen is None else str(chosen)
        known = [(str(item), f"{_words(app, name, item)}（{count}）") for item, count in found]
        if value and value not in dict(known):
            known.append((value, f"{_words(app, name, value)}（0）"))
        if known:
            yield FilterView(name, label, value, tuple(Option(*item) for item in known))


def _words(app: App, name: str, value: str | int) -> str:
    if name == "year":
        return f"{value}年"
    return (reason_words(app, str(value)) or str(value)) if name == "reason" else str(value)


def _rows(app: App, rows: Sequence[QueueRow], narrowed: Narrowed, *, may_review: bool) -> Iterable[WaitingView]:
    waiting = [row.id for row in rows if row.waits_for is WaitsFor.REVIEW] if may_review else []
    offered = offers(app, waiting)
    for row in rows:
        offer = offered.get(row.id)
        yield WaitingView(
            row,
            narrowed.link(f"/queue/{row.id}"),
            why=_why(row, offer, told=narrowed.wanted.waits_for),
            left=left_words(row),
            late=row.days_left is not None and row.days_left < 0,
            chosen=f"{row.id}:{offer.version}" if offer and not offer.against else None,
        )


def _why(row: QueueRow, offer: Offer | None, *, told: WaitsFor | None) -> tuple[str, ...]:
    """Return what there is to say of a row: nothing that stands above the list already."""
    said = [words for words in row.why if told is None or words != told.sentence]
    if offer is not None:
        said.insert(0, offer.against or "与系统建议一致，没有疑点。")
    return tuple(said)


def left_words(row: QueueRow) -> str | None:
    """Say how many days there are left; a day counted over holidays that are not announced yet is about right."""
    left, about = row.days_left, "约" if row.provisional else ""
    if left is None:
        return None
    if left < 0:
        return f"逾期{about} {-left} 天"
    return "今天到期" if left == 0 else f"还有{about} {left} 天"
