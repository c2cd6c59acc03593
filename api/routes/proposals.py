"""Proposals: for a text, for a file, for a recorded document."""

from fastapi.responses import Response

from api.dependencies import TheApp
from api.described import TAKING, told
from api.idempotency import TheOnce
from api.permissions import needs, takes
from api.routes.documents import DocumentId
from api.routes.routers import resource
from api.schemas.documents import GivenText
from api.schemas.rows import ProposalRow
from api.schemas.shape import Row
from api.uploads import MAX_FORM, MAX_JSON, TheUpload, upload_body
from attrtrack.domain.access import Right
from attrtrack.workflow import shapes
from attrtrack.workflow.proposing import propose, suggest_by_register
from attrtrack.workflow.receiving import received_file, received_text

router = resource("建议")


@router.post(
    "/proposals",
    dependencies=[needs(Right.USE_GATE), takes(MAX_JSON)],
    response_model=ProposalRow,
    **told("建议（文字）", "对一份不必登记的公文建议公开属性和理由，参照登记中的先例；不保存。", *TAKING),
)
def post_proposal(app: TheApp, given: GivenText) -> Row:
    """Propose for a text; nothing is kept."""
    return shapes.proposal_row("-", suggest_by_register(app, received_text(app, given.model_dump())))


@router.post(
    "/proposals/upload",
    dependencies=[needs(Right.USE_GATE), takes(MAX_FORM)],
    response_model=ProposalRow,
    openapi_extra=upload_body(),
    **told("建议（文件）", "同上，上传文件；不保存。", *TAKING),
)
def post_proposal_file(app: TheApp, upload: TheUpload) -> Row:
    """Propose for a file; nothing is kept."""
    upload.ensure_fields()
    return shapes.proposal_row("-", suggest_by_register(app, received_file(app, upload.name, upload.data)))


@router.post(
    "/documents/{document_id}/proposals",
    dependencies=[needs(Right.RECORD)],
    response_model=ProposalRow,
    **told("重新建议", "按现行规则、模型和先例重新建议并保存；以前的建议保留，认定和审定不变。", 404, 409, 422),
)
def post_document_proposal(once: TheOnce, document_id: DocumentId) -> Response:
    """Propose anew for a recorded document."""
    return once.answer(
        lambda app: ProposalRow.model_validate(shapes.proposal_row(document_id, propose(app, document_id)))
    )
