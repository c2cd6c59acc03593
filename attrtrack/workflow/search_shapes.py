"""The plain rows of what was found, for the command line and the API."""

from typing import Any

from attrtrack.workflow.searching import Hit, Passage

Row = dict[str, Any]


def hit_row(hit: Hit) -> Row:
    """Return a record found: what it is, and the passages with the places of the words."""
    return {
        "kind": hit.kind.value,
        "id": hit.id,
        "title": _passage_row(hit.title),
        "doc_number": _text(hit.number),
        "unit": _text(hit.unit),
        "department": _text(hit.department),
        "year": hit.year,
        "date": hit.day,
        "state": hit.state.value if hit.state else None,
        "attribute": hit.attribute.value if hit.attribute else None,
        "url": hit.url,
        "passage": _passage_row(hit.text),
    }


def _text(passage: Passage | None) -> str | None:
    return None if passage is None else passage.text


def _passage_row(passage: Passage | None) -> Row | None:
    """Return `{"text","marks":[[start,end],…]}`."""
    if passage is None:
        return None
    return {"text": passage.text, "marks": [[span.start, span.end] for span in passage.spans]}
