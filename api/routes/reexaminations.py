"""What comes up again: re-examination, and kept judgements by the present rules."""

import datetime as dt
from itertools import islice
from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from api.cursors import PageSize
from api.dependencies import TheApp
from api.described import ACTING, told
from api.idempotency import TheOnce
from api.permissions import needs
from api.preconditions import IfMatch, seen
from api.routes.documents import DocumentId, UnitName, YearNumber
from api.routes.routers import resource
from api.schemas.documents import DoneAnswer
from api.schemas.reviewing import DueAnswer, Reexamined, ReplaysAnswer
from api.schemas.shape import Row
from attrtrack.domain.access import Right
from attrtrack.workflow import act_shapes, shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.reexamining import due_for_reexamination, reexamine
from attrtrack.workflow.replaying import replay

router = resource("复查")
_Day = Annotated[dt.date | None, Query(description="截至哪一天；不写为今天")]
_All = Annotated[bool, Query(alias="all", description="结论没有翻转的是否也列出")]


@router.get(
    "/reexaminations/due",
    dependencies=[needs(Right.READ)],
    response_model=DueAnswer,
    **told("应复查的公文", "到期应复查的不予公开、依申请公开公文，以及理由按现行规则不再成立的。"),
)
def get_due(app: TheApp, day: _Day = None, unit: UnitName = None, limit: PageSize = 100) -> Row:
    """Return what is to be looked at again."""
    found = list(islice(due_for_reexamination(app, day, unit=unit), limit + 1))
    rows = [act_shapes.due_row(item) for item in found[:limit]]
    return {"day": (day or app.today).isoformat(), "documents": rows, "more": len(found) > limit}


@router.post(
    "/documents/{document_id}/reexaminations",
    dependencies=[needs(Right.REEXAMINE)],
    response_model=DoneAnswer,
    **told("复查", "复查的结果：维持，则到期再复查；改变，则重新认定、签发。要写明为什么。", *ACTING),
)
def post_reexamination(once: TheOnce, document_id: DocumentId, said: Reexamined, if_match: IfMatch = None) -> Response:
    """Keep what came of looking again."""

    def act(app: App) -> DoneAnswer:
        recorded = reexamine(app, document_id, said.result, said.because)
        return DoneAnswer.model_validate({"document": shapes.recorded_row(recorded), "findings": []})

    return once.answer(act, said, seen=seen(document_id, if_match))


@router.get(
    "/replays",
    dependencies=[needs(Right.READ)],
    response_model=ReplaysAnswer,
    **told("按现行规则重判", "把保存的历次把关按现行规则重判，看哪些结论会翻转；不改动任何结论。"),
)
def get_replays(
    app: TheApp, year: YearNumber = None, unit: UnitName = None, limit: PageSize = 100, *, whole: _All = False
) -> Row:
    """Return the judgements that the present rules would turn round."""
    judged, found = 0, list[Row]()
    for replayed in replay(app, year=year, unit=unit):
        judged += 1
        if (whole or replayed.flips) and len(found) <= limit:
            found.append(act_shapes.replayed_row(replayed))
    return {"judged": judged, "replays": found[:limit], "more": len(found) > limit}
