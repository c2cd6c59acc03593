"""Documents: listed, shown, recorded."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Path, Query
from fastapi.responses import Response

from api.cursors import CursorText, Listing, PageSize, number_of, part_of
from api.dependencies import TheApp
from api.described import TAKING, told
from api.idempotency import TheOnce
from api.permissions import needs, takes
from api.preconditions import etag
from api.routes.routers import resource
from api.schemas.documents import DocumentAnswer, DocumentsAnswer, GivenText, RecordedAnswer
from api.schemas.shape import Row
from api.uploads import MAX_FORM, MAX_JSON, TheUpload, upload_body
from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.browsing import Wanted
from attrtrack.domain.decisions import State
from attrtrack.workflow import browsing, shapes
from attrtrack.workflow.receiving import record_text, record_upload
from attrtrack.workflow.registering import Recorded
from attrtrack.workflow.sheets import document_sheet

router = resource("公文")
DocumentId = Annotated[str, Path(max_length=20, description="公文的登记编号", examples=["D12"])]
YearNumber = Annotated[int | None, Query(ge=1949, le=2100, description="年度；不写为全部")]
UnitName = Annotated[str | None, Query(min_length=1, max_length=500, description="单位；不写为全部")]
_State = Annotated[State | None, Query(description="办理状态；不写为全部")]
_Attribute = Annotated[DisclosureAttribute | None, Query(description="现行属性；不写为全部")]
_Number = Annotated[str | None, Query(min_length=1, max_length=200, description="发文字号，须完整")]
_FIELDS = {"title", "text", "doc_number", "genre", "issuer", "addressee", "date"}


@router.get(
    "/documents",
    dependencies=[needs(Right.READ)],
    response_model=DocumentsAnswer,
    **told("公文列表", "可见范围内的公文，后登记的在前；翻页用 next，其间新登记的不会使后面各页错位。"),
)
def get_documents(  # noqa: PLR0913, PLR0917 - each is a filter of the list, by name
    app: TheApp,
    year: YearNumber = None,
    unit: UnitName = None,
    state: _State = None,
    attribute: _Attribute = None,
    doc_number: _Number = None,
    limit: PageSize = 50,
    cursor: CursorText = None,
) -> Row:
    """Return documents, newest entry first."""
    wanted = Wanted(unit, year, state, attribute, doc_number)
    filters = {"unit": unit, "year": year, "state": state, "attribute": attribute, "number": doc_number}
    listing = Listing("documents", filters)
    after = listing.after(cursor)
    found = browsing.documents(app, wanted, before=after[0] if after else None, limit=limit + 1)
    part = part_of(found, limit, listing, lambda item: (number_of(item.id),))
    return {"documents": [shapes.listed_row(item) for item in part.rows], "next": part.next}


@router.get(
    "/documents/{document_id}",
    dependencies=[needs(Right.READ)],
    response_model=DocumentAnswer,
    **told("一份公文", "登记情况、最近一次把关意见和建议、解读。答复头的 ETag 是版本，办理时带回。", 404),
)
def get_document(app: TheApp, document_id: DocumentId, response: Response) -> Row:
    """Return one document."""
    sheet = document_sheet(app, document_id)
    response.headers["ETag"] = etag(sheet.version)
    return {
        "document": shapes.recorded_row(sheet.recorded),
        "findings": shapes.finding_rows(sheet.findings),
        "proposal": shapes.proposal_row(document_id, sheet.proposal) if sheet.proposal else None,
        "precedent": shapes.precedent_row(sheet.precedent) if sheet.precedent else None,
        "interpretations": [
            {**shapes.interpretation_row(item.interpretation), "judgement": item.judgement.value}
            for item in sheet.interpretations
        ],
        "invented": sheet.invented,
        "version": etag(sheet.version),
    }


@router.post(
    "/documents",
    dependencies=[needs(Right.RECORD), takes(MAX_JSON)],
    response_model=RecordedAnswer,
    status_code=HTTPStatus.CREATED,
    **told("登记公文（文字）", "以文字和要素登记一份公文，状态为拟稿，并作出建议；内容相同的只登记一次。", *TAKING),
)
def post_document(once: TheOnce, given: GivenText) -> Response:
    """Keep a document given as text."""
    fields = given.model_dump(include=_FIELDS)
    return once.answer(lambda app: recorded(record_text(app, fields)), given, status=HTTPStatus.CREATED)


@router.post(
    "/documents/upload",
    dependencies=[needs(Right.RECORD), takes(MAX_FORM)],
    response_model=RecordedAnswer,
    status_code=HTTPStatus.CREATED,
    openapi_extra=upload_body(),
    **told(
        "登记公文（文件）", "上传 docx、doc、wps、pdf、ofd、html、txt 登记；带国家秘密标志的拒收，不留内容。", *TAKING
    ),
)
def post_document_file(once: TheOnce, upload: TheUpload) -> Response:
    """Keep an uploaded document."""
    upload.ensure_fields()
    return once.answer(
        lambda app: recorded(record_upload(app, upload.name, upload.data)),
        upload.name,
        upload.data,
        status=HTTPStatus.CREATED,
    )


def recorded(done: Recorded) -> RecordedAnswer:
    """Make the answer of a recording."""
    row = {
        "document": shapes.recorded_row(done.record),
        "already": done.already,
        "findings": shapes.finding_rows(done.findings),
        "proposal": shapes.proposal_row(done.record.id, done.proposal) if done.proposal else None,
    }
    return RecordedAnswer.model_validate(row)
