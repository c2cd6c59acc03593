"""The checks of the gate on the interpretations that are linked to a document: its own words, and what they must say."""

from collections.abc import Callable, Iterator

from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.gate.cases import Case, Explained
from attrtrack.rules import Rules

_MOST_QUOTED = 10


def explaining_findings(explained: Explained, document: Document, rules: Rules) -> tuple[Finding, ...]:
    """Return what the gate says of one interpretation of a document; copied passages are quoted from the document."""
    return tuple(finding for check in _EXPLAINING for finding in check(explained, document, rules))


def explains_in_its_own_words(case: Case, rules: Rules) -> Iterator[Finding]:
    """An interpretation that is mostly an excerpt of its document is flagged with the passages that it copies."""
    for explained in case.explained:
        yield from _copied(explained, case.document, rules)


def explains_what_is_asked(case: Case, rules: Rules) -> Iterator[Finding]:
    """An interpretation says what the office asks of it: background, basis, purpose, content, as the rule table has it."""
    for explained in case.explained:
        yield from _missing(explained, case.document, rules)


def _copied(explained: Explained, document: Document, rules: Rules) -> Iterator[Finding]:
    measure = explained.measure
    if measure.share is None or measure.share < float(rules.switch("copied_share")[0]):
        return
    longest = sorted(measure.spans, key=lambda span: span.own, reverse=True)[:_MOST_QUOTED]
    evidence = [document.quote(span.source, "copied") for span in sorted(longest, key=lambda span: span.source)]
    yield rules.finding("interpretation-copied", *evidence, called=explained.called, share=f"{measure.share:.0%}")


def _missing(explained: Explained, _document: Document, rules: Rules) -> Iterator[Finding]:
    missing = [element.name for element in explained.elements if element.asked and element.evidence is None]
    if missing:
        evidence = Evidence(explained.called, None, "interpretation")
        yield rules.finding(
            "interpretation-elements-missing", evidence, called=explained.called, missing="、".join(missing)
        )


_EXPLAINING: tuple[Callable[[Explained, Document, Rules], Iterator[Finding]], ...] = (_copied, _missing)
