"""Links between interpretations and documents: what waits for a person, and what a person says."""

from fastapi.responses import Response

from api.cursors import CursorText, Listing, PageSize, number_of, part_of
from api.dependencies import TheApp
from api.described import ACTING, told
from api.idempotency import TheOnce
from api.permissions import needs
from api.preconditions import IfMatch, seen
from api.routes.documents import UnitName, YearNumber
from api.routes.interpretations import InterpretationId, standing_row
from api.routes.routers import resource
from api.schemas.linking import Judged, StandingAnswer, WaitingAnswer
from api.schemas.shape import Row
from attrtrack.domain.access import Right
from attrtrack.domain.judgements import Act
from attrtrack.workflow import browsing, shapes
from attrtrack.workflow.linking import judge
from attrtrack.workflow.overview import Scope

router = resource("解读关联")


@router.get(
    "/links/waiting",
    dependencies=[needs(Right.READ)],
    response_model=WaitingAnswer,
    **told("待判定的关联", "系统建议了公文、等人判定的解读，按登记先后。"),
)
def get_waiting(
    app: TheApp,
    year: YearNumber = None,
    unit: UnitName = None,
    limit: PageSize = 50,
    cursor: CursorText = None,
) -> Row:
    """Return interpretations with a pending pair."""
    listing = Listing("waiting", {"unit": unit, "year": year})
    after = listing.after(cursor) or (0,)
    found = browsing.waiting(app, Scope(year, unit), after=after[0], limit=limit + 1)
    part = part_of(found, limit, listing, lambda item: (number_of(item.interpretation.id),))
    rows = [
        {
            "interpretation": shapes.interpretation_row(item.interpretation),
            "links": [shapes.link_row(link) for link in item.links],
        }
        for item in part.rows
    ]
    return {"waiting": rows, "next": part.next}


@router.post(
    "/interpretations/{interpretation_id}/judgements",
    dependencies=[needs(Right.JUDGE_LINKS)],
    response_model=StandingAnswer,
    **told("判定或撤销", "判定一件解读对应哪份公文，或撤销上一次判定；历次判定都保留。", *ACTING),
)
def post_judgement(
    once: TheOnce, interpretation_id: InterpretationId, said: Judged, if_match: IfMatch = None
) -> Response:
    """Keep a person's act on an interpretation."""
    return once.answer(
        lambda app: StandingAnswer.model_validate(
            standing_row(judge(app, interpretation_id, said.document_id, act=Act(said.act)))
        ),
        said,
        seen=seen(interpretation_id, if_match),
    )
