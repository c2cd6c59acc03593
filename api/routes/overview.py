"""`GET /api/v1/overview`."""

from fastapi import APIRouter

from api.dependencies import TheApp, TheScope
from api.schemas import Counts, OverviewAnswer, Row
from attrtrack.domain.measures import Measure
from attrtrack.workflow import shapes
from attrtrack.workflow.overview import overview, versions

router = APIRouter()


@router.get("/overview")
def get_overview(app: TheApp, scope: TheScope) -> OverviewAnswer:
    """Return counts and measures of a year and unit."""
    seen = overview(app, scope, limit=0)
    spoken = versions(app)
    counts = {item.urgency.value: item.count for item in seen.worklists if item.urgency}
    return OverviewAnswer(
        year=scope.year,
        unit=scope.unit,
        years=list(seen.choices.years),
        units=list(seen.choices.units),
        counts=Counts(documents=seen.documents, invented=seen.invented, **counts),
        measures=[_counted(measure) for measure in seen.measures],
        sample_notice=seen.sample_notice,
        rules_version=spoken.rules,
        model_version=spoken.model,
    )


def _counted(measure: Measure) -> Row:
    """Return a measure with counts only: the rows behind it are those of `/coverage?rows=true`."""
    return {**shapes.measure_row(measure, with_rows=False), "excluded": {"count": len(measure.excluded)}}
