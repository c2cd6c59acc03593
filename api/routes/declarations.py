"""What drafters declare."""

from fastapi.responses import Response

from api.described import ACTING, told
from api.idempotency import TheOnce
from api.permissions import needs
from api.preconditions import IfMatch, seen
from api.routes.acts import done
from api.routes.documents import DocumentId
from api.routes.routers import resource
from api.schemas.documents import Declared, DoneAnswer
from attrtrack.domain.access import Right
from attrtrack.workflow.registering import declare

router = resource("认定")


@router.post(
    "/documents/{document_id}/declarations",
    dependencies=[needs(Right.DECLARE)],
    response_model=DoneAnswer,
    **told("认定属性", "起草部门认定公开属性和理由，并立即说明签发时会遇到什么问题；可以重做，历次都保留。", *ACTING),
)
def post_declaration(once: TheOnce, document_id: DocumentId, said: Declared, if_match: IfMatch = None) -> Response:
    """Keep what the drafter declares."""
    return once.answer(
        lambda app: done(declare(app, document_id, said.attribute, said.reason, because=said.because)),
        said,
        seen=seen(document_id, if_match),
    )
