"""The year at a glance, and what there is to do."""

from typing import Annotated, Any

from fastapi import Query

from api.cursors import CursorText, Listing, PageSize
from api.dependencies import TheApp, TheScope
from api.described import told
from api.permissions import needs
from api.routes.routers import resource
from api.schemas.overview import OverviewAnswer, WorklistAnswer
from api.schemas.shape import Row
from attrtrack.domain.access import Right
from attrtrack.domain.worklist import Urgency
from attrtrack.workflow import shapes
from attrtrack.workflow.overview import Listed, overview, versions, worklist_after

router = resource("概况")
_Urgency = Annotated[Urgency | None, Query(description="refused 签发受阻，check 需要核对，done 已办妥；不写为全部")]


@router.get(
    "/overview",
    dependencies=[needs(Right.READ, Right.MEASURE)],
    response_model=OverviewAnswer,
    **told("年度概况", "一个年度和单位的公文份数和各项指标；年度不写为最近一年。"),
)
def get_overview(app: TheApp, scope: TheScope) -> Row:
    """Return counts and measures of a year and unit."""
    seen = overview(app, scope, limit=0)
    spoken = versions(app)
    counts = {item.urgency.value: item.count for item in seen.worklists if item.urgency}
    return {
        "year": scope.year,
        "unit": scope.unit,
        "years": list(seen.choices.years),
        "units": list(seen.choices.units),
        "counts": {"documents": seen.documents, "invented": seen.invented, **counts},
        "measures": [shapes.counted_row(measure) for measure in seen.measures],
        "sample_notice": seen.sample_notice,
        "rules_version": spoken.rules,
        "model_version": spoken.model,
    }


@router.get(
    "/worklist",
    dependencies=[needs(Right.READ)],
    response_model=WorklistAnswer,
    **told("待办清单", "一个年度和单位的公文，最急的在前，同样急的后登记的在前，并说明为什么要办。"),
)
def get_worklist(
    app: TheApp, scope: TheScope, urgency: _Urgency = None, limit: PageSize = 50, cursor: CursorText = None
) -> dict[str, Any]:
    """Return documents of a year and unit, most urgent first."""
    listing = Listing("worklist", {"year": scope.year, "unit": scope.unit, "urgency": urgency})
    total, rows, last = worklist_after(app, scope, urgency, limit=limit, after=listing.after(cursor, parts=2))
    following = listing.cursor(*last) if last is not None else None
    return {"total": total, "documents": [_listed(item) for item in rows], "next": following}


def _listed(listed: Listed) -> Row:
    row = listed.item.row
    return {
        "id": row.id,
        "title": row.title,
        "doc_number": row.number,
        "state": row.state.value,
        "attribute": row.attribute.value if row.attribute else None,
        "urgency": listed.item.urgency.value,
        "reasons": list(listed.item.reasons),
        "findings": shapes.finding_rows(row.findings),
        "interpretations": listed.confirmed,
        "pending_links": listed.pending,
        "invented": listed.invented,
    }
