"""Lists to keep."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Path
from fastapi.responses import StreamingResponse

from api.dependencies import TheApp
from api.described import told
from api.permissions import needs
from api.routes.documents import UnitName
from api.routes.routers import resource
from attrtrack.domain.access import Right
from attrtrack.workflow.listing import year_list

router = resource("导出")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YearInPath = Annotated[int, Path(ge=1949, le=2100, description="年度")]
_PART = 64 * 1024


@router.get(
    "/exports/year-list/{year}",
    dependencies=[needs(Right.EXPORT)],
    response_class=StreamingResponse,
    **told("年度清单", "一个年度的公文清单（xlsx），含解读和公开地址；没有公文的年度答 404。", 404),
    openapi_extra={"responses": {"200": {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}},
)
def get_year_list(app: TheApp, year: YearInPath, unit: UnitName = None) -> StreamingResponse:
    """Return the year's list as a workbook."""
    workbook, _ = year_list(app, year, unit=unit)
    headers = {"Content-Disposition": f'attachment; filename="list-{year}.xlsx"', "Content-Length": str(len(workbook))}
    return StreamingResponse(_parts(workbook), media_type=XLSX, headers=headers)


def _parts(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _PART):
        yield data[start : start + _PART]
