"""Say whether a document needs an interpretation, where it does not say so itself."""

from dataclasses import replace

from attrtrack.domain.documents import Document
from attrtrack.rules import Rules
from attrtrack.rules.needs import needs_interpretation


def with_need(document: Document, rules: Rules) -> Document:
    """Return the document with the rule table's answer, unless a ledger stated one; None stays "nobody knows"."""
    if document.needs_interpretation is not None:
        return document
    need = needs_interpretation(document.title, document.number, rules)
    return document if need is None else replace(document, needs_interpretation=need)
