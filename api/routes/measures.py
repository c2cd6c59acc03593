"""The measures, with the rows behind them."""

import datetime as dt
from typing import Annotated

from fastapi import Query

from api.dependencies import TheApp, TheScope
from api.described import told
from api.permissions import needs
from api.routes.routers import resource
from api.schemas.overview import MeasuresAnswer
from api.schemas.shape import Row
from attrtrack.domain.access import Right
from attrtrack.workflow import shapes
from attrtrack.workflow.measuring import coverage

router = resource("指标")
_Rows = Annotated[bool, Query(description="是否列出分子、分母的编号")]
_Kind = Annotated[
    str | None,
    Query(alias="kind", max_length=40, description="文件种类：normative 规范性文件，policy 政策性文件；不写为全部"),
]
_AsOf = Annotated[dt.date | None, Query(description="截至哪一天；不写为现在")]


@router.get(
    "/measures",
    dependencies=[needs(Right.MEASURE)],
    response_model=MeasuresAnswer,
    **told("各项指标", "每项指标的现值、目标、分子、分母和排除；分母为零如实说明，不算 0 也不算 100%。"),
)
def get_measures(
    app: TheApp, scope: TheScope, *, rows: _Rows = False, as_of: _AsOf = None, policy_kind: _Kind = None
) -> Row:
    """Return every measure; with `rows` the ids above and below the line too."""
    measured = coverage(app, year=scope.year, unit=scope.unit, as_of=as_of, policy_kind=policy_kind)
    found = [shapes.measure_row(measure, with_rows=rows) for measure in measured]
    return {"year": scope.year, "unit": scope.unit, "measures": found}
