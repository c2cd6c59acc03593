"""`GET /queue/{id}`: one document of the queue with everything needed to decide on it, and the acts that the person may do."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.dependencies import TheApp
from api.pages.contexts import Crumb, DeskView, Option, TroubleView
from api.pages.desk import TheDesk
from api.pages.proposals import reason_words
from api.pages.queue_filters import Narrowed, TheQueue
from api.pages.queue_views import RESULTS, QueueDocumentPage, ReexaminationView, SignView, Way
from api.pages.rendering import show
from api.pages.sheets import SheetView, sheet_view
from api.pages.wording import sure, without_commands
from api.permissions import GuardedRoute, needs, needs_one_of
from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Severity
from attrtrack.domain.people import same_person
from attrtrack.domain.worklist import WaitsFor
from attrtrack.workflow.app import App
from attrtrack.workflow.deciding import DecisionCourse, decision_course
from attrtrack.workflow.queueing import Position, position

router = APIRouter(route_class=GuardedRoute)
_EXPLAINABLE = frozenset({"dispute-unanswered", "adjustment-unexplained"})
"""What a reason given by the signatory answers."""
_SAID = 200
_NEEDS = {True: "需要解读", False: "不需要解读", None: "还没有确定"}
_CLOSED = frozenset({State.WITHDRAWN})
_FIELDS = (
    "result", "comment", "attribute", "reason", "secrecy", "note", "personal", "issuer", "opinion", "said", "because",
    "kept", "why", "needed", "needed_why", "taught", "teach_why",
)  # fmt: skip
"""The fields of all forms of the page: what was typed into one that is refused is shown again."""


@router.get("/queue/{document_id}", dependencies=[needs(Right.READ), needs_one_of(Right.REVIEW, Right.SIGN)])
def get_queue_document_page(app: TheApp, desk: TheDesk, document_id: str, narrowed: TheQueue) -> HTMLResponse:
    """Show one document of the queue."""
    return show(document_page(app, desk, document_id, narrowed))


def document_page(
    app: App,
    desk: DeskView,
    document_id: str,
    narrowed: Narrowed,
    *,
    trouble: TroubleView | None = None,
    typed: Mapping[str, str] | None = None,
) -> QueueDocumentPage:
    """Put together the page of one document; refused, with the trouble and what was typed."""
    view, course = sheet_view(app, document_id), decision_course(app, document_id)
    recorded, found = view.recorded, position(app, narrowed.wanted, document_id)
    said = recorded.declaration
    first, more = _duties(app, view, course, found)
    return QueueDocumentPage(
        title=recorded.document.title or "（无标题）",
        desk=desk if view.sheet.invented else replace(desk, notice=None),
        trail=(Crumb("办理", narrowed.link()),),
        view=view,
        course=course,
        way=_way(found, narrowed),
        query=narrowed.link(""),
        waits=tuple(one.chinese for one in found.waits) if found else (),
        disagreement=_disagreement(view, course),
        first=first,
        more=more,
        signing=_signing(course),
        co_issuers=recorded.document.issuers[1:],
        reexamination=_reexamination(app, course),
        need=_NEEDS[course.need.need.needed],
        attributes=tuple(
            Option(one.value, one.chinese) for one in DisclosureAttribute if said is None or one is not said.attribute
        ),
        reasons=tuple(
            Option(row.code, reason_words(app, row.code) or row.name) for row in app.rules.reasons if row.proposable
        ),
        results=RESULTS,
        typed={**dict.fromkeys(_FIELDS, ""), **(typed or {})},
        trouble=trouble,
    )


def _way(found: Position | None, narrowed: Narrowed) -> Way:
    def leading(document_id: str | None) -> str | None:
        return narrowed.link(f"/queue/{document_id}") if document_id else None

    if found is None:
        return Way(None, None, None, narrowed.link())
    told = f"第 {found.number} 份，共 {found.total} 份"
    return Way(told, leading(found.before), leading(found.after), narrowed.link())


def _disagreement(view: SheetView, course: DecisionCourse) -> str | None:
    """Say who says what of the attribute where they differ; None where nobody differs."""
    said, proposal = view.recorded.declaration, view.sheet.proposal
    told: list[tuple[str, DisclosureAttribute, str]] = []
    if said is not None and said.attribute is not None:
        told.append(("起草部门认定为", said.attribute, ""))
    if proposal is not None and proposal.attribute is not None:
        chance = sure(proposal.probability)
        words = "（拿不准）" if proposal.abstained else f"（把握{chance}）" if chance else ""
        told.append(("系统建议", proposal.attribute, words))
    review = course.review
    if review is not None and review.attribute is not None:
        words = f"（{' '.join(review.comment.split())[:_SAID]}）" if review.comment else ""
        told.append((f"{course.names[review.by]}（审核）认为应为", review.attribute, words))
    if len({attribute for _, attribute, _ in told}) < 2:  # noqa: PLR2004 - one opinion is no disagreement
        return None
    return "；".join(f"{who}{attribute.chinese}{words}" for who, attribute, words in told) + "。"


def _duties(
    app: App, view: SheetView, course: DecisionCourse, found: Position | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the acts that the person may do on this document: those that it waits for, and the others."""
    known = dict(_possible(app, view, course, waits=frozenset(found.waits) if found else frozenset()))
    return tuple(code for code, due in known.items() if due), tuple(code for code, due in known.items() if not due)


def _possible(
    app: App, view: SheetView, course: DecisionCourse, *, waits: frozenset[WaitsFor]
) -> Iterator[tuple[str, bool]]:
    recorded, may = view.recorded, app.access.may
    proactive = recorded.attribute is DisclosureAttribute.PROACTIVE
    if course.awaits:
        yield from _before_signing(app, view, course)
    if may(Right.RESOLVE_PRECEDENTS) and view.conflict is not None:
        yield "precedent", True
    if may(Right.REEXAMINE) and course.reexamination is not None:
        yield "reexamination", WaitsFor.REEXAMINE in waits
    if may(Right.DECIDE_NEEDS) and recorded.state not in _CLOSED:
        yield "need", course.need.need.needed is None and proactive


def _before_signing(app: App, view: SheetView, course: DecisionCourse) -> Iterator[tuple[str, bool]]:
    recorded, may = view.recorded, app.access.may
    said, others = recorded.declaration, recorded.document.issuers[1:]
    own = said is not None and same_person(said.declared_by, app.actor)
    if may(Right.REVIEW) and not own:
        yield "review", course.review is None
    if may(Right.REVIEW_SECRECY) and not own and said is not None and said.attribute is DisclosureAttribute.PROACTIVE:
        yield "secrecy", course.secrecy is None
    if others and (may(Right.REVIEW) or may(Right.DECLARE)):
        yield "opinion", not {item.unit for item in course.opinions}.issuperset(others)
    if may(Right.SIGN) and not own:
        yield "sign", True


def _signing(course: DecisionCourse) -> SignView:
    blocking = [item for item in course.before_signing if item.severity is Severity.BLOCK]
    stopping = tuple(without_commands(item.message) for item in blocking if item.code not in _EXPLAINABLE)
    answered = tuple(without_commands(item.message) for item in blocking if item.code in _EXPLAINABLE)
    return SignView(stopping, answered)


def _reexamination(app: App, course: DecisionCourse) -> ReexaminationView | None:
    due = course.reexamination
    if due is None:
        return None
    if due.due is None:
        return ReexaminationView("已定改变，等待重新认定", due.gone)
    left = (due.due - app.today).days
    words = f"已过 {-left} 天" if left < 0 else f"还有 {left} 天"
    return ReexaminationView(f"{due.due.isoformat()}（{words}）", due.gone)
