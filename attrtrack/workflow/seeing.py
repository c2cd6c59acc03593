"""Getting a document that the person acting may see; any other is answered like one that is not there."""

from typing import TYPE_CHECKING

from attrtrack.domain.register import RecordedDocument
from attrtrack.workflow.app import App

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork


def seen(app: App, work: "UnitOfWork", document_id: str) -> RecordedDocument:
    """Return the record of a document; `UnknownRecordError` for one that is not there or belongs to a unit out of sight."""
    recorded = work.documents.get(document_id)
    app.access.ensure_sees(document_id, recorded.unit)
    return recorded
