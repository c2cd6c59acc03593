"""Values inside values, as JSON: spans, evidence, findings, marks, elements, opinions; each with its way back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Element, PersonalData
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.marks import Mark, Place
from attrtrack.domain.proposals import Opinion, ReasonLikelihood, Voice

Row = Mapping[str, Any]


def attribute_of(value: str | None) -> DisclosureAttribute | None:
    """Read an attribute that may be absent."""
    return None if value is None else DisclosureAttribute(value)


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span_of(value: Sequence[int] | None) -> Span | None:
    return None if value is None else Span(value[0], value[1])


def evidence_rows(items: Iterable[Evidence]) -> list[Row]:
    """Write evidence."""
    return [{"quote": item.quote, "span": _span(item.span), "source": item.source} for item in items]


def evidence_of(rows: Iterable[Row]) -> tuple[Evidence, ...]:
    """Read evidence."""
    return tuple(Evidence(row["quote"], _span_of(row["span"]), row["source"]) for row in rows)


def finding_rows(items: Iterable[Finding]) -> list[Row]:
    """Write findings."""
    return [
        {
            "code": item.code,
            "severity": item.severity.value,
            "message": item.message,
            "evidence": evidence_rows(item.evidence),
        }
        for item in items
    ]


def findings_of(rows: Iterable[Row]) -> tuple[Finding, ...]:
    """Read findings."""
    return tuple(
        Finding(row["code"], Severity(row["severity"]), row["message"], evidence_of(row["evidence"])) for row in rows
    )


def mark_rows(items: Iterable[Mark]) -> list[Row]:
    """Write printed marks."""
    return [
        {
            "text": item.text,
            "attribute": item.attribute.value,
            "place": item.place.value,
            "span": _span(item.span),
            "redacted": item.redacted,
        }
        for item in items
    ]


def marks_of(rows: Iterable[Row]) -> tuple[Mark, ...]:
    """Read printed marks."""
    return tuple(
        Mark(
            row["text"],
            DisclosureAttribute(row["attribute"]),
            Place(row["place"]),
            _span_of(row["span"]),
            redacted=row["redacted"],
        )
        for row in rows
    )


def element_rows(items: Iterable[Element]) -> list[Row]:
    """Write elements of a document."""
    return [
        {"name": item.name, "text": item.text, "place": item.place.value, "span": _span(item.span)} for item in items
    ]


def elements_of(rows: Iterable[Row]) -> tuple[Element, ...]:
    """Read elements of a document."""
    return tuple(Element(row["name"], row["text"], Place(row["place"]), _span_of(row["span"])) for row in rows)


def personal_data_rows(items: Iterable[PersonalData]) -> list[Row]:
    """Write where personal data stand (never the data)."""
    return [{"kind": item.kind, "span": [item.span.start, item.span.end]} for item in items]


def personal_data_of(rows: Iterable[Row]) -> tuple[PersonalData, ...]:
    """Read where personal data stand."""
    return tuple(PersonalData(row["kind"], Span(*row["span"])) for row in rows)


def opinion_rows(items: Iterable[Opinion]) -> list[Row]:
    """Write the voices of a proposal."""
    return [
        {
            "voice": item.voice.value,
            "attribute": None if item.attribute is None else item.attribute.value,
            "reason": item.reason,
            "probability": item.probability,
            "evidence": evidence_rows(item.evidence),
        }
        for item in items
    ]


def opinions_of(rows: Iterable[Row]) -> tuple[Opinion, ...]:
    """Read the voices of a proposal."""
    return tuple(
        Opinion(
            Voice(row["voice"]),
            attribute_of(row["attribute"]),
            row["reason"],
            row["probability"],
            evidence_of(row["evidence"]),
        )
        for row in rows
    )


def likelihood_rows(items: Iterable[ReasonLikelihood]) -> list[Row]:
    """Write the likelihoods of reasons."""
    return [{"code": item.code, "probability": item.probability} for item in items]


def likelihoods_of(rows: Iterable[Row]) -> tuple[ReasonLikelihood, ...]:
    """Read the likelihoods of reasons."""
    return tuple(ReasonLikelihood(row["code"], row["probability"]) for row in rows)
