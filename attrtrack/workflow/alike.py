"""Documents of the register that are like one at hand, and how they were decided."""

import datetime as dt
from dataclasses import dataclass

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.precedents import PrecedentMatch, Source
from attrtrack.workflow.app import App
from attrtrack.workflow.learning import precedents_like
from attrtrack.workflow.permitting import permitted

NEAREST = 5


@dataclass(frozen=True, slots=True)
class AlikeDocument:
    """A document that a person has decided or corrected, `likeness` 0..1 to the one at hand."""

    id: str
    title: str | None
    number: str | None
    unit: str | None
    likeness: float
    attribute: DisclosureAttribute
    reason: str | None
    source: Source
    decided_at: dt.datetime


def documents_alike(app: App, document_id: str, *, limit: int = NEAREST) -> tuple[AlikeDocument, ...]:
    """Return the teaching precedents that are most like a document, nearest first; itself is none of them."""
    permitted(app, Right.READ)
    with app.reading() as work:
        recorded = work.documents.get(document_id)
        found = precedents_like(app, work, recorded.document, unit=recorded.unit, excluding=document_id)
        nearest = sorted(found, key=lambda match: match.likeness, reverse=True)[:limit]
        return tuple(_alike(match) for match in nearest if work.documents.has(match.precedent.document_id))


def _alike(match: PrecedentMatch) -> AlikeDocument:
    precedent, lesson = match.precedent, match.precedent.lesson
    return AlikeDocument(
        id=precedent.document_id,
        title=precedent.title,
        number=precedent.number,
        unit=precedent.unit,
        likeness=match.likeness,
        attribute=lesson.attribute,
        reason=lesson.reason,
        source=lesson.source,
        decided_at=lesson.taught_at,
    )
