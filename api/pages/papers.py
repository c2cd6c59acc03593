"""Papers of one document to take away, and the registration table of many.

`GET /documents/{id}/opinion.docx`, `/original`, `/marked.docx`, `/files/{file}`, `/public.docx`, `/public.txt`; `GET /queue/registration.xlsx`.
"""

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from api.dependencies import TheApp
from api.pages.downloads import ANY, DOCX, TEXT, XLSX, saved, saved_in_parts
from api.pages.queue_filters import TheQueue
from api.permissions import GuardedRoute, needs, needs_one_of
from attrtrack.domain.access import Right
from attrtrack.workflow.opinion_forms import opinion_form_of
from attrtrack.workflow.papers import HANDLING, marked_letter_of, original_of, registration_table
from attrtrack.workflow.public_versions import kept_public_version_of, public_text_of, public_version_of

router = APIRouter(route_class=GuardedRoute)
_ENDINGS = frozenset({"docx", "doc", "wps", "pdf", "ofd", "html", "htm", "txt", "rtf", "xml", "mht", "docm"})


@router.get("/documents/{document_id}/opinion.docx", dependencies=[needs(Right.READ)])
def get_opinion(app: TheApp, document_id: str) -> Response:
    """Return the 拟发文件属性管理意见表 of a document."""
    made = opinion_form_of(app, document_id)
    return saved(made.content, made.name, kind=DOCX, plain=f"opinion-{document_id}.docx")


@router.get("/documents/{document_id}/original", dependencies=[needs_one_of(*HANDLING)])
def get_original(app: TheApp, document_id: str) -> Response:
    """Return the file that a document came in, byte for byte."""
    made = original_of(app, document_id)
    ending = made.name.rpartition(".")[2].lower()
    return saved(made.content, made.name, kind=ANY, plain=f"{document_id}.{ending if ending in _ENDINGS else 'bin'}")


@router.get("/documents/{document_id}/marked.docx", dependencies=[needs_one_of(*HANDLING)])
def get_marked(app: TheApp, document_id: str) -> Response:
    """Return the document's own docx with the mark of its attribute."""
    made = marked_letter_of(app, document_id)
    return saved(made.content, made.name, kind=DOCX, plain=f"marked-{document_id}.docx")


@router.get("/documents/{document_id}/public.docx", dependencies=[needs(Right.READ)])
def get_public(app: TheApp, document_id: str) -> Response:
    """Return the public version of a document as the cuts stand."""
    made = public_version_of(app, document_id)
    return saved(made.content, made.name, kind=DOCX, plain=f"public-{document_id}.docx")


@router.get("/documents/{document_id}/public.txt", dependencies=[needs(Right.READ)])
def get_public_text(app: TheApp, document_id: str) -> Response:
    """Return the public version as plain text."""
    made = public_text_of(app, document_id)
    return saved(made.content, made.name, kind=TEXT, plain=f"public-{document_id}.txt")


@router.get("/documents/{document_id}/files/{file_id}", dependencies=[needs(Right.READ)])
def get_file(app: TheApp, document_id: str, file_id: str) -> Response:
    """Return a public version that was kept, byte for byte."""
    made = kept_public_version_of(app, document_id, file_id)
    return saved(made.content, made.name, kind=DOCX, plain=f"public-{document_id}-{file_id}.docx")


@router.get("/queue/registration.xlsx", dependencies=[needs(Right.EXPORT)])
def get_registration(app: TheApp, narrowed: TheQueue) -> StreamingResponse:
    """Return the 公开发布归类登记表 of the queue's unit, year and genre: every document of it, waiting or not."""
    wanted = narrowed.wanted
    name, parts = registration_table(app, unit=wanted.unit, year=wanted.year, genre=wanted.genre)
    return saved_in_parts(parts, name, kind=XLSX, plain="registration.xlsx")
