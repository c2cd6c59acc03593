"""The first voice: what is printed on the document; evidence of what was meant, not the decision."""

from collections.abc import Iterator

from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.domain.marks import Mark
from attrtrack.domain.proposals import Opinion, Voice
from attrtrack.rules.tables import Rules

MARK_PROBABILITY = 0.97
_NO_MARK = Opinion(Voice.MARK, None)


def hear_mark(document: Document) -> Opinion:
    """Return the attribute that all printed marks name; marks that contradict each other have no opinion."""
    meant = {mark.attribute for mark in document.marks}
    if len(meant) != 1:
        return _NO_MARK
    return Opinion(
        Voice.MARK,
        meant.pop(),
        probability=MARK_PROBABILITY,
        evidence=tuple(_quote(document, mark) for mark in document.marks),
    )


def _quote(document: Document, mark: Mark) -> Evidence:
    if mark.span is None:
        return Evidence(mark.text, None, Voice.MARK)
    return document.quote(mark.span, Voice.MARK)


def mark_findings(document: Document, rules: Rules) -> Iterator[Finding]:
    """Tell of marks that announce a redacted publication, and of marks that contradict each other."""
    redacted = [_quote(document, mark) for mark in document.marks if mark.redacted]
    if redacted:
        yield rules.finding("redaction-noted", *redacted)
    if len({mark.attribute for mark in document.marks}) > 1:
        evidence = [_quote(document, mark) for mark in document.marks]
        yield rules.finding("mark-unclear", *evidence, marks="、".join(mark.text for mark in document.marks))


def without_marks(document: Document) -> str:
    """Return the text with printed marks blanked out (same length), so that no other voice repeats them."""
    text = document.text
    for mark in document.marks:
        if mark.span is not None:
            text = text[: mark.span.start] + " " * (mark.span.end - mark.span.start) + text[mark.span.end :]
    return text
