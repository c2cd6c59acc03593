"""What the office, the secrecy reviewer and co-issuers say; withdrawals."""

from fastapi.responses import Response

from api.described import ACTING, told
from api.idempotency import TheOnce
from api.permissions import needs, needs_one_of
from api.preconditions import IfMatch, seen
from api.routes.acts import done
from api.routes.documents import DocumentId
from api.routes.routers import resource
from api.schemas.documents import DoneAnswer
from api.schemas.reviewing import Opined, Reviewed, SecrecyReviewed, Withdrawn
from attrtrack.domain.access import Right
from attrtrack.workflow.registering import withdraw
from attrtrack.workflow.reviewing import co_issuer_opinion, review, review_secrecy

router = resource("审核")


@router.post(
    "/documents/{document_id}/reviews",
    dependencies=[needs(Right.REVIEW)],
    response_model=DoneAnswer,
    **told("审核", "办公室对认定的意见：同意、退回，或提出不同的属性；认定人不得审核自己的认定。", *ACTING),
)
def post_review(once: TheOnce, document_id: DocumentId, said: Reviewed, if_match: IfMatch = None) -> Response:
    """Keep the office's word."""
    return once.answer(
        lambda app: done(
            review(app, document_id, said.result, said.comment, attribute=said.attribute, reason=said.reason)
        ),
        said,
        seen=seen(document_id, if_match),
    )


@router.post(
    "/documents/{document_id}/secrecy-reviews",
    dependencies=[needs(Right.REVIEW_SECRECY)],
    response_model=DoneAnswer,
    **told("保密审查", "公开前的保密审查：谁、何时、结果；没有审查的不得签发为主动公开。", *ACTING),
)
def post_secrecy_review(
    once: TheOnce, document_id: DocumentId, said: SecrecyReviewed, if_match: IfMatch = None
) -> Response:
    """Keep a secrecy review."""
    return once.answer(
        lambda app: done(
            review_secrecy(app, document_id, said.result, said.note, personal_data_cleared=said.personal_data_cleared)
        ),
        said,
        seen=seen(document_id, if_match),
    )


@router.post(
    "/documents/{document_id}/opinions",
    dependencies=[needs_one_of(Right.REVIEW, Right.DECLARE)],
    response_model=DoneAnswer,
    **told("联合发文单位意见", "登记联合发文单位对认定的意见；有不同意的不得签发。", *ACTING),
)
def post_opinion(once: TheOnce, document_id: DocumentId, said: Opined, if_match: IfMatch = None) -> Response:
    """Keep what a co-issuer says."""
    return once.answer(
        lambda app: done(co_issuer_opinion(app, document_id, said.unit, said.result, said.comment)),
        said,
        seen=seen(document_id, if_match),
    )


@router.post(
    "/documents/{document_id}/withdrawals",
    dependencies=[needs(Right.WITHDRAW)],
    response_model=DoneAnswer,
    **told("撤回", "撤回还没有签发的公文，要写明原因；撤回的保留在登记中，不再办理。", *ACTING),
)
def post_withdrawal(once: TheOnce, document_id: DocumentId, said: Withdrawn, if_match: IfMatch = None) -> Response:
    """Withdraw a document."""
    return once.answer(
        lambda app: done(withdraw(app, document_id, said.because)), said, seen=seen(document_id, if_match)
    )
