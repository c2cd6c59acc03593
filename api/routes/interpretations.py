"""Interpretations: listed, shown with their links, recorded."""

import datetime as dt
from http import HTTPStatus
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.cursors import CursorText, Listing, PageSize, number_of, part_of
from api.dependencies import TheApp
from api.described import TAKING, told
from api.idempotency import TheOnce
from api.permissions import needs, takes
from api.preconditions import etag
from api.routes.documents import UnitName, YearNumber
from api.routes.routers import resource
from api.schemas.linking import (
    GivenInterpretation,
    InterpretationsAnswer,
    RecordedInterpretationAnswer,
    StandingAnswer,
)
from api.schemas.shape import Row
from api.uploads import MAX_FORM, MAX_JSON, TheUpload, upload_body
from attrtrack.domain.access import Right
from attrtrack.domain.interpretations import Interpretation
from attrtrack.errors import UsageError
from attrtrack.workflow import browsing, shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.importing_pages import ImportedPage
from attrtrack.workflow.linking import Judged, standing
from attrtrack.workflow.overview import Scope
from attrtrack.workflow.receiving import record_interpretation, record_page_upload

router = resource("解读")
InterpretationId = Annotated[str, Path(max_length=20, description="解读的登记编号", examples=["I7"])]


@router.get(
    "/interpretations",
    dependencies=[needs(Right.READ)],
    response_model=InterpretationsAnswer,
    **told("解读列表", "可见范围内的解读，按登记先后。"),
)
def get_interpretations(
    app: TheApp,
    year: YearNumber = None,
    unit: UnitName = None,
    limit: PageSize = 50,
    cursor: CursorText = None,
) -> Row:
    """Return interpretations in order of entry."""
    listing = Listing("interpretations", {"unit": unit, "year": year})
    after = listing.after(cursor) or (0,)
    found = browsing.interpretations(app, Scope(year, unit), after=after[0], limit=limit + 1)
    part = part_of(found, limit, listing, lambda item: (number_of(item.id),))
    return {"interpretations": [shapes.interpretation_row(item) for item in part.rows], "next": part.next}


@router.get(
    "/interpretations/{interpretation_id}",
    dependencies=[needs(Right.READ)],
    response_model=StandingAnswer,
    **told("一件解读", "一件解读、它与公文的关联和历次判定。", 404),
)
def get_interpretation(app: TheApp, interpretation_id: InterpretationId, response: Response) -> Row:
    """Return how an interpretation stands."""
    found = standing(app, interpretation_id)
    response.headers["ETag"] = etag(found.version)
    return {**standing_row(found), "version": etag(found.version)}


def standing_row(judged: Judged) -> Row:
    """Return the row of an interpretation with its links and acts."""
    return {
        "interpretation_id": judged.recorded.id,
        "interpretation": shapes.interpretation_row(judged.recorded),
        "links": [shapes.link_row(item) for item in judged.links],
        "acts": [shapes.link_act_row(act) for act in judged.acts],
        "changed": judged.changed,
    }


@router.post(
    "/interpretations",
    dependencies=[needs(Right.IMPORT), takes(MAX_JSON)],
    response_model=RecordedInterpretationAnswer,
    status_code=HTTPStatus.CREATED,
    **told("登记解读", "登记一件解读，形式和渠道由系统识别；已有的补全，不重复登记。", *TAKING),
)
def post_interpretation(once: TheOnce, given: GivenInterpretation) -> Response:
    """Keep an interpretation."""
    made = Interpretation(
        id="",
        title=given.title,
        url=given.url,
        published=_day(given.published),
        publisher=given.publisher,
        text=given.text or "",
    )
    return once.answer(lambda app: _recorded(app, record_interpretation(app, made)), given, status=HTTPStatus.CREATED)


@router.post(
    "/interpretations/upload",
    dependencies=[needs(Right.IMPORT), takes(MAX_FORM)],
    response_model=RecordedInterpretationAnswer,
    status_code=HTTPStatus.CREATED,
    openapi_extra=upload_body(),
    **told("登记解读（网页）", "上传浏览器保存的一个网页（html、mht），读出标题、地址、日期、正文并登记。", *TAKING),
)
def post_interpretation_page(once: TheOnce, upload: TheUpload) -> Response:
    """Keep the interpretation that a saved web page is."""
    upload.ensure_fields()
    return once.answer(
        lambda app: _recorded(app, record_page_upload(app, upload.name, upload.data)),
        upload.name,
        upload.data,
        status=HTTPStatus.CREATED,
    )


def _recorded(app: App, page: ImportedPage) -> RecordedInterpretationAnswer:
    made = shapes.interpretation_row(standing(app, page.id).recorded) if page.id is not None else None
    row = {"outcome": page.outcome, "interpretation": made, "documents": list(page.documents)}
    return RecordedInterpretationAnswer.model_validate(row)


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"日期 {text} 不存在：请写成 2023-06-01。") from error
