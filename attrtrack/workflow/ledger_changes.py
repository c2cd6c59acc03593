"""What a ledger row says otherwise than the register: told cell by cell, before anything is written or after.

A ledger without a column for a fact says nothing of it: what the register knows stays. An empty cell of a column that is there
says that there is nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import Document
from attrtrack.domain.ledgers import CellChange

FIELDS = {
    "title": "title",
    "number": "number",
    "genre": "genre",
    "issuer": "issuers",
    "date": "date",
    "attribute": "declared_attribute",
    "reason": "declared_reason",
    "drafting_department": "drafting_department",
    "needs_interpretation": "needs_interpretation",
}
"""The fields of a ledger that are facts of a document, and where the document keeps them."""
_ELEMENTS = {"issuer": "issuers", "addressee": "addressee"}


def facts(document: Document) -> tuple[object, ...]:
    """Return what a ledger states of a document; where nothing of it differs, the row brings nothing new."""
    date = document.date.isoformat() if document.date else None
    return (
        document.title, document.number, document.genre, document.issuers, date, document.declared_attribute,
        document.declared_reason, document.attribute_asked, document.drafting_department, document.needs_interpretation,
    )  # fmt: skip


def completed(stated: Document, known: Document, columns: frozenset[str] | None) -> Document:
    """Return what a row states with what is known besides, of all that its ledger has no column for."""
    if columns is None:
        return stated
    silent = [field for field in (*FIELDS, "addressee") if field not in columns]
    kept: dict[str, Any] = {
        name: getattr(known, name) for field in silent if not getattr(stated, name := FIELDS.get(field, field))
    }
    names = {_ELEMENTS[field] for field in silent if field in _ELEMENTS}
    if names:
        own = tuple(element for element in known.elements if element.name in names)
        kept["elements"] = (*(element for element in stated.elements if element.name not in names), *own)
    if "attribute" in silent:
        kept["attribute_asked"] = known.attribute_asked
    if kept.get("date") is not None:
        kept["year_stated"] = None
    elif "date" in silent and stated.year_stated is None:
        kept["year_stated"] = known.year_stated
    return replace(stated, **kept)


def changes(
    known: Document, stated: Document, *, attribute: DisclosureAttribute | None, here: bool
) -> Iterator[CellChange]:
    """Yield each fact that a row states otherwise than the document in the register, whose attribute in force is given.

    `here`: the document was recorded here, so that nothing of it is taken over, and an empty cell contradicts nothing.
    """
    for field, name in FIELDS.items():
        before = attribute if field == "attribute" and here else getattr(known, name)
        after = getattr(stated, name)
        if before != after and (after or not here):
            yield CellChange(field, _shown(before), _shown(after), taken=not here)


def _shown(value: object) -> str | None:
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, DisclosureAttribute):
        return value.chinese
    if isinstance(value, WrittenDate):
        return value.isoformat()
    return "、".join(value) if isinstance(value, tuple) else str(value)
