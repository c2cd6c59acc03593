"""Sign-off."""

from fastapi.responses import Response

from api.described import ACTING, told
from api.idempotency import TheOnce
from api.permissions import needs
from api.preconditions import IfMatch, seen
from api.routes.acts import done
from api.routes.documents import DocumentId
from api.routes.routers import resource
from api.schemas.documents import DoneAnswer
from api.schemas.reviewing import Signed
from attrtrack.domain.access import Right
from attrtrack.workflow.registering import sign

router = resource("审定")


@router.post(
    "/documents/{document_id}/decisions",
    dependencies=[needs(Right.SIGN)],
    response_model=DoneAnswer,
    **told("签发", "审定并签发；把关不通过答 409，findings 说明先解决什么。认定人不得签发自己认定的公文。", *ACTING),
)
def post_decision(once: TheOnce, document_id: DocumentId, said: Signed, if_match: IfMatch = None) -> Response:
    """Sign a document off, or answer why not."""
    return once.answer(
        lambda app: done(sign(app, document_id, because=said.because)), said, seen=seen(document_id, if_match)
    )
