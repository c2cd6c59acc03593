"""Where and when documents were published."""

from fastapi.responses import Response

from api.described import ACTING, told
from api.idempotency import TheOnce
from api.permissions import needs
from api.preconditions import IfMatch, seen
from api.routes.acts import done
from api.routes.documents import DocumentId
from api.routes.routers import resource
from api.schemas.documents import DoneAnswer, Published
from attrtrack.domain.access import Right
from attrtrack.errors import UsageError
from attrtrack.workflow.registering import publish

router = resource("公开发布")


@router.post(
    "/documents/{document_id}/publications",
    dependencies=[needs(Right.PUBLISH)],
    response_model=DoneAnswer,
    **told("登记公开", "登记已签发公文公开发布的地址、日期和渠道；审定不是主动公开的，答 409。", *ACTING),
)
def post_publication(once: TheOnce, document_id: DocumentId, said: Published, if_match: IfMatch = None) -> Response:
    """Keep where and when a document was published."""
    day = said.day
    if day is None:
        raise UsageError(f"日期 {said.date} 不存在：请写成 2023-06-01。")
    return once.answer(
        lambda app: done(publish(app, document_id, said.url, day, channel=said.channel)),
        said,
        seen=seen(document_id, if_match),
    )
