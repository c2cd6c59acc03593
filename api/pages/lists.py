"""`GET /lists/{year}.xlsx`: the year's list to keep."""

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as PathParameter
from fastapi.responses import Response

from api.dependencies import TheApp, UnitText
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.workflow.listing import export_year_list

router = APIRouter(route_class=GuardedRoute)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Year = Annotated[int, PathParameter(ge=1949, le=2100)]


@router.get("/lists/{year}.xlsx", dependencies=[needs(Right.EXPORT)])
def get_year_list(app: TheApp, year: _Year, unit: UnitText = None) -> Response:
    """Return the year's list as a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "list.xlsx"
        export_year_list(app, year, out, unit=unit or None)
        data = out.read_bytes()
    return Response(data, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="list-{year}.xlsx"'})
