"""The input of a judgement as plain values that are kept, and back: what a later replay has to go by.

Of a document of the register its id and content hash are kept, since its text never changes; of a letter that is not
there, digests and elements, no text. Of what it carries and cites only the attributes count, so nothing else is kept.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision, Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.genres import Genre
from attrtrack.domain.marks import Mark, Place
from attrtrack.domain.proposals import Proposal, ReasonLikelihood
from attrtrack.domain.register import RecordedDocument
from attrtrack.domain.reviews import (
    CoIssuerOpinion,
    Course,
    OfficeReview,
    OpinionResult,
    ReviewResult,
    SecrecyResult,
    SecrecyReview,
)
from attrtrack.gate import KnownDocument

Given = Mapping[str, Any]


def document_given(recorded: RecordedDocument) -> dict[str, Any]:
    """Name a document of the register by its id and content."""
    return {"id": recorded.id, "content_hash": recorded.content_hash}


def letter_given(document: Document) -> dict[str, Any]:
    """Keep digest and elements of a letter that is not in the register."""
    return {
        "digest": hashlib.sha256(document.text.encode(errors="surrogatepass")).hexdigest(),
        "length": len(document.text),
        "title": document.title,
        "number": document.number,
        "genre": document.genre.value if document.genre else None,
        "issuers": list(document.issuers),
        "date": document.date.isoformat() if document.date else None,
        "marks": [[mark.text, mark.attribute.value, mark.place.value, mark.redacted] for mark in document.marks],
        "personal_data": sorted({item.kind for item in document.personal_data}),
        "personal_data_found": any(finding.code == "personal-data" for finding in document.findings),
    }


def letter_of(given: Given) -> Document:
    """Return a letter without its text, as far as its elements were kept."""
    found = (Finding("personal-data", Severity.FLAG, ""),) if given.get("personal_data_found") else ()
    return Document(
        text="",
        title=given["title"],
        number=given["number"],
        genre=Genre(given["genre"]) if given["genre"] else None,
        issuers=tuple(given["issuers"]),
        marks=tuple(
            Mark(text, DisclosureAttribute(attribute), Place(place), None, redacted=redacted)
            for text, attribute, place, redacted in given["marks"]
        ),
        findings=found,
    )


def declaration_given(declaration: Declaration) -> dict[str, Any]:
    """Keep a declaration."""
    return {
        "attribute": _value(declaration.attribute),
        "reason": declaration.reason,
        "by": declaration.declared_by,
        "at": _moment(declaration.declared_at),
        "because": declaration.because,
    }


def declaration_of(given: Given) -> Declaration:
    """Return a declaration that was kept."""
    at = dt.datetime.fromisoformat(given["at"]) if given["at"] else None
    return Declaration(_attribute(given["attribute"]), given["reason"], given["by"], at, given["because"])


def proposal_given(proposal: Proposal | None) -> dict[str, Any] | None:
    """Keep of a proposal what the gate goes by; its evidence stays with the proposal itself."""
    if proposal is None:
        return None
    return {
        "attribute": _value(proposal.attribute),
        "probability": proposal.probability,
        "abstained": proposal.abstained,
        "reason": proposal.reason,
        "reasons": [[item.code, item.probability] for item in proposal.reasons],
        "rules_version": proposal.rules_version,
        "model_version": proposal.model_version,
    }


def proposal_of(given: Given | None) -> Proposal | None:
    """Return a proposal as far as it was kept: without evidence and voices."""
    if given is None:
        return None
    return Proposal(
        attribute=_attribute(given["attribute"]),
        probability=given["probability"],
        abstained=given["abstained"],
        doubt=None,
        reason=given["reason"],
        reasons=tuple(ReasonLikelihood(*pair) for pair in given["reasons"]),
        evidence=(),
        voices=(),
        findings=(),
        rules_version=given["rules_version"],
        model_version=given["model_version"],
    )


def known_given(documents: Iterable[KnownDocument]) -> list[str | None]:
    """Keep the attributes of what a document carries or cites."""
    return [_value(document.attribute) for document in documents]


def known_of(given: Sequence[str | None]) -> tuple[KnownDocument, ...]:
    """Return what a document carried or cited, as far as it was kept."""
    return tuple(KnownDocument("", _attribute(value), ()) for value in given)


def course_given(course: Course | None) -> dict[str, Any] | None:
    """Keep how a document came to its sign-off."""
    if course is None:
        return None
    return {
        "by": course.by,
        "reviews": [
            [item.result.value, item.comment, item.by, _moment(item.at), _value(item.attribute), item.reason]
            for item in course.reviews
        ],
        "secrecy": None if course.secrecy is None else _secrecy_given(course.secrecy),
        "opinions": [
            [item.unit, item.result.value, item.comment, item.by, _moment(item.at)] for item in course.opinions
        ],
        "decided": None
        if course.decided is None
        else [course.decided.attribute.value, course.decided.decided_by, _moment(course.decided.decided_at)],
        "because": course.because,
        "overruling": course.overruling,
        "needs_interpretation": course.needs_interpretation,
        "interpreted": course.interpreted,
        "addresses": list(course.addresses),
    }


def _secrecy_given(review: SecrecyReview) -> list[Any]:
    return [review.result.value, review.by, _moment(review.at), review.note, review.personal_data_cleared]


def course_of_given(given: Given | None) -> Course | None:
    """Return how a document came to its sign-off, as it was kept."""
    if given is None:
        return None
    secrecy, decided = given["secrecy"], given["decided"]
    return Course(
        by=given["by"],
        reviews=tuple(
            OfficeReview(ReviewResult(result), comment, by, _when(at), attribute=_attribute(attribute), reason=reason)
            for result, comment, by, at, attribute, reason in given["reviews"]
        ),
        secrecy=None
        if secrecy is None
        else SecrecyReview(
            SecrecyResult(secrecy[0]), secrecy[1], _when(secrecy[2]), note=secrecy[3], personal_data_cleared=secrecy[4]
        ),
        opinions=tuple(
            CoIssuerOpinion(unit, OpinionResult(result), comment, by, _when(at))
            for unit, result, comment, by, at in given["opinions"]
        ),
        decided=None
        if decided is None
        else Decision(DisclosureAttribute(decided[0]), None, decided[1], dt.datetime.fromisoformat(decided[2]), ""),
        because=given["because"],
        overruling=given["overruling"],
        needs_interpretation=given["needs_interpretation"],
        interpreted=given["interpreted"],
        addresses=tuple(given["addresses"]),
    )


def _value(attribute: DisclosureAttribute | None) -> str | None:
    return None if attribute is None else attribute.value


def _attribute(value: str | None) -> DisclosureAttribute | None:
    return None if value is None else DisclosureAttribute(value)


def _moment(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _when(value: str | None) -> dt.datetime | None:
    return None if value is None else dt.datetime.fromisoformat(value)
