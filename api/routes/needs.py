"""Which documents need an interpretation."""

from fastapi.responses import Response

from api.cursors import CursorText, Listing, PageSize, number_of, part_of
from api.dependencies import TheApp
from api.described import ACTING, told
from api.idempotency import TheOnce
from api.permissions import needs
from api.preconditions import IfMatch, etag, seen
from api.routes.documents import DocumentId, UnitName, YearNumber
from api.routes.routers import resource
from api.schemas.needing import NeedAnswer, NeedDecided, NeedsAnswer
from api.schemas.shape import Row
from attrtrack.domain.access import Right
from attrtrack.workflow import browsing, shapes
from attrtrack.workflow.needing import ToldNeed, decide_need, tell_need, undo_need
from attrtrack.workflow.overview import Scope
from attrtrack.workflow.sheets import document_version

router = resource("应解读认定")


@router.get(
    "/needs",
    dependencies=[needs(Right.READ)],
    response_model=NeedsAnswer,
    **told("存疑的应解读认定", "是否应当解读没有定论，或人、台账与规则意见不一的公文，按登记先后。"),
)
def get_needs(
    app: TheApp,
    year: YearNumber = None,
    unit: UnitName = None,
    limit: PageSize = 50,
    cursor: CursorText = None,
) -> Row:
    """Return the doubtful needs."""
    listing = Listing("needs", {"unit": unit, "year": year})
    after = listing.after(cursor) or (0,)
    found = browsing.doubtful_needs(app, Scope(year, unit), after=after[0], limit=limit + 1)
    part = part_of(found, limit, listing, lambda item: (number_of(item.id),))
    return {"needs": [shapes.listed_need_row(item) for item in part.rows], "next": part.next}


@router.get(
    "/documents/{document_id}/need",
    dependencies=[needs(Right.READ)],
    response_model=NeedAnswer,
    **told("是否应当解读", "一份公文是否应当解读、出自谁、规则怎么建议。", 404),
)
def get_need(app: TheApp, document_id: DocumentId, response: Response) -> Row:
    """Return all that is said of a document's need."""
    version = etag(document_version(app, document_id))
    response.headers["ETag"] = version
    found = tell_need(app, document_id)
    return {**shapes.need_row(found.need, found.proposal), "version": version}


@router.post(
    "/documents/{document_id}/need-decisions",
    dependencies=[needs(Right.DECIDE_NEEDS)],
    response_model=NeedAnswer,
    **told("认定是否应当解读", "人的认定先于台账和规则，要写明为什么；后一次认定代替前一次。", *ACTING),
)
def post_need_decision(once: TheOnce, document_id: DocumentId, said: NeedDecided, if_match: IfMatch = None) -> Response:
    """Keep a person's decision."""
    word = "yes" if said.needed else "no"
    return once.answer(
        lambda app: _told(decide_need(app, document_id, word, said.because)), said, seen=seen(document_id, if_match)
    )


@router.post(
    "/documents/{document_id}/need-decisions/undo",
    dependencies=[needs(Right.DECIDE_NEEDS)],
    response_model=NeedAnswer,
    **told("撤销应解读认定", "撤销人的认定，台账或规则的结论重新有效。", *ACTING),
)
def post_need_undo(once: TheOnce, document_id: DocumentId, if_match: IfMatch = None) -> Response:
    """Take a person's decision back."""
    return once.answer(lambda app: _told(undo_need(app, document_id)), seen=seen(document_id, if_match))


def _told(found: ToldNeed) -> NeedAnswer:
    return NeedAnswer.model_validate(shapes.need_row(found.need, found.proposal))
