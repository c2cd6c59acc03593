"""Long work: started, looked at, cancelled."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.cursors import PageSize
from api.dependencies import TheApp
from api.described import TAKING, told
from api.idempotency import TheOnce
from api.permissions import needs, signed_in, takes
from api.routes.routers import resource
from api.schemas.jobs import JobAsked, JobRow, JobsAnswer
from api.schemas.shape import Row
from api.uploads import MAX_FORM, TheUpload, upload_body
from attrtrack.domain.access import Right
from attrtrack.domain.jobs import Upload
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.job_shapes import job_row
from attrtrack.workflow.jobs import cancel, listed, start, status

router = resource("批量任务")
JobId = Annotated[str, Path(max_length=20, description="任务编号", examples=["J3"])]
_IMPORTS = frozenset({"import-ledger", "import-pages"})


@router.get(
    "/jobs",
    dependencies=[signed_in()],
    response_model=JobsAnswer,
    **told("批量任务列表", "自己发起的任务；有批量任务权限的，可见范围内各单位的任务。新的在前。"),
)
def get_jobs(app: TheApp, limit: PageSize = 50) -> Row:
    """Return the newest jobs."""
    return {"jobs": [job_row(job) for job in listed(app, limit=limit)]}


@router.post(
    "/jobs",
    dependencies=[needs(Right.RUN_JOBS)],
    response_model=JobRow,
    status_code=HTTPStatus.ACCEPTED,
    **told("发起批量任务", "重新提建议、重新找关联、审查属性；随即答 202，进度另查。", *TAKING),
)
def post_job(once: TheOnce, asked: JobAsked) -> Response:
    """Start long work over the register."""
    parameters = {"unit": asked.unit, "year": asked.year}
    return once.answer(lambda app: _started(app, start(app, asked.kind, parameters)), asked, status=HTTPStatus.ACCEPTED)


@router.post(
    "/jobs/upload",
    dependencies=[needs(Right.IMPORT), takes(MAX_FORM)],
    response_model=JobRow,
    status_code=HTTPStatus.ACCEPTED,
    openapi_extra=upload_body(
        kind="import-ledger 导入台账（xlsx、csv），import-pages 导入解读网页", unit="单位", year="年度（台账）"
    ),
    **told("发起导入", "上传一个台账或网页，作为批量任务导入；随即答 202，进度和各行结果另查。", *TAKING),
)
def post_import(once: TheOnce, upload: TheUpload) -> Response:
    """Start an import of an uploaded file."""
    upload.ensure_fields("kind", "unit", "year")
    kind, year = upload.fields.get("kind", ""), upload.fields.get("year")
    if kind not in _IMPORTS:
        raise UsageError("字段 kind 应为 import-ledger（台账）或 import-pages（网页）。")
    if year is not None and not (year.isascii() and year.isdecimal() and len(year) == len("2023")):
        raise UsageError("字段 year 应为四位年份，例如 2023。")
    parameters: dict[str, object] = {"unit": upload.fields.get("unit") or None, "year": int(year) if year else None}
    said = f"{kind} {year} {parameters['unit']}"
    return once.answer(
        lambda app: _started(app, start(app, kind, parameters, [Upload(upload.name, upload.data)])),
        upload.name,
        upload.data,
        said,
        status=HTTPStatus.ACCEPTED,
    )


@router.get(
    "/jobs/{job_id}",
    dependencies=[signed_in()],
    response_model=JobRow,
    **told("任务进度", "一个批量任务的进度和结果。", 404),
)
def get_job(app: TheApp, job_id: JobId) -> Row:
    """Return how a job stands."""
    return job_row(status(app, job_id))


@router.post(
    "/jobs/{job_id}/cancellations",
    dependencies=[signed_in()],
    response_model=JobRow,
    **told("取消任务", "排队的立即取消，办理中的办完手头一段后停下；已办的保留。", 404, 409, 422),
)
def post_cancellation(once: TheOnce, job_id: JobId) -> Response:
    """Cancel a job."""
    return once.answer(lambda app: JobRow.model_validate(job_row(cancel(app, job_id))))


def _started(app: App, job_id: str) -> JobRow:
    return JobRow.model_validate(job_row(status(app, job_id)))
