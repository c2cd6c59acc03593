"""`GET /api/v1/coverage`."""

from fastapi import APIRouter

from api.dependencies import TheApp, TheScope
from api.schemas import CoverageAnswer
from attrtrack.workflow import shapes
from attrtrack.workflow.measuring import coverage

router = APIRouter()


@router.get("/coverage")
def get_coverage(app: TheApp, scope: TheScope, *, rows: bool = False) -> CoverageAnswer:
    """Return every measure; with `rows` the ids above and below the line too."""
    measured = coverage(app, year=scope.year, unit=scope.unit)
    return CoverageAnswer(
        year=scope.year,
        unit=scope.unit,
        measures=[shapes.measure_row(measure, with_rows=rows) for measure in measured],
    )
