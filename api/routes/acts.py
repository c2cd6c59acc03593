"""What the acts on a document answer."""

from api.schemas.documents import DoneAnswer
from attrtrack.workflow import shapes
from attrtrack.workflow.registering import Recorded


def done(act: Recorded) -> DoneAnswer:
    """Make the answer of an act; the new version stands in the ETag."""
    row = {"document": shapes.recorded_row(act.record), "findings": shapes.finding_rows(act.findings)}
    return DoneAnswer.model_validate(row)
