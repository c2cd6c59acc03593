"""Rows of a list that the register itself wrote: whose document a row is, and which of its cells somebody edited.

Decision: the id beside a row is said by a file, so it is believed only where the row also bears the document's title or
number, and names no other unit. What a row of the list says is then compared with what the list wrote, read again in the
same way; a cell that says the same was not edited and changes nothing, whatever the rows around it say.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.ledgers import CellChange, LedgerEntry, LedgerError, LedgerInterpretation
from attrtrack.domain.register import ListedInterpretation, RecordedDocument
from attrtrack.recording.ledgers import listed_entry, listed_interpretation
from attrtrack.reporting.lines import non_text
from attrtrack.rules import Rules
from attrtrack.workflow.ledger_changes import FIELDS

_LISTED = ("title", "number", "attribute", "drafting_department")
_NON_TEXT = "non_text"


def as_listed(recorded: RecordedDocument, rules: Rules) -> LedgerEntry:
    """Return what an import reads of a document's row when nobody has edited it."""
    document, attribute = recorded.document, recorded.attribute
    return listed_entry(
        {
            "title": document.title,
            "number": document.number,
            "attribute": attribute.chinese if attribute else None,
            "drafting_department": document.drafting_department,
            "document_url": recorded.publications[-1].url if recorded.publications else None,
            "unit": recorded.unit,
        },
        rules,
    )


def means(entry: LedgerEntry, recorded: RecordedDocument, listed: LedgerEntry) -> bool:
    """Whether a row that bears the id of a document is about it: it bears its title or its number too."""
    if recorded.state is State.WITHDRAWN:
        return False
    said, known = entry.document, listed.document
    return (said.title is not None and said.title == known.title) or (
        said.number is not None and said.number == known.number
    )


def other_unit(
    entry: LedgerEntry, listed: LedgerEntry, columns: frozenset[str] | None, *, asked: str | None
) -> LedgerError | None:
    """Return the refusal of a row that gives its document to another unit; a list without units is of the unit `asked` for."""
    said = entry.unit if columns is not None and "unit" in columns else asked or listed.unit
    if said == listed.unit:
        return None
    words = (
        f"登记编号 {entry.register_id} 的公文在登记库里属于“{listed.unit or '（没有单位）'}”，"
        f"这一行的单位是“{said or '（空）'}”：导入不改公文的单位，请核对后重新导入。"
    )
    return LedgerError(entry.row, "bad-row", words)


def edited(
    said: Document, recorded: RecordedDocument, listed: Document, *, columns: frozenset[str] | None
) -> Mapping[str, Any]:
    """Return the facts that a row states otherwise than the list that was written, by the names the document keeps them under."""
    told: dict[str, Any] = {}
    for field, name in FIELDS.items():
        written = getattr(listed if field in _LISTED else recorded.document, name)
        if (columns is None or field in columns) and getattr(said, name) != written:
            told[name] = getattr(said, name)
    if "declared_attribute" in told:
        told["attribute_asked"] = True
    if "title" in told:
        told |= {"carried_title": said.carried_title, "genre": told.get("genre", said.genre or recorded.document.genre)}
    return told


def with_edits(known: Document, said: Document, edits: Mapping[str, Any]) -> Document:
    """Return a document with the facts that were edited; all others stay, its text too unless it is but its title or number."""
    if not edits:
        return known
    names = {name for name in ("title", "number", "issuers") if name in edits}
    kept = tuple(element for element in known.elements if element.name not in names)
    new = tuple(element for element in said.elements if element.name in names)
    text = said.text if known.text in {known.title, known.number} else known.text
    return replace(known, text=text, elements=(*kept, *new), **edits)


def edited_forms(item: LedgerInterpretation, there: ListedInterpretation, rules: Rules) -> tuple[str, ...] | None:
    """Return the forms that a row of the list gives an interpretation anew; None when its cell was not edited, or emptied."""
    listed = listed_interpretation(non_text(there, rules), rules)
    if item.non_text is None or (item.non_text, item.forms) == (listed.non_text, listed.forms):
        return None
    return item.forms or (("non-text",) if item.non_text else ("text",))


def forms_change(before: tuple[str, ...], after: tuple[str, ...], rules: Rules) -> CellChange:
    """Tell the forms of an interpretation before and after, as the list shows them."""
    shown = [non_text(ListedInterpretation(None, None, forms), rules) for forms in (before, after)]
    return CellChange(_NON_TEXT, shown[0], shown[1])
