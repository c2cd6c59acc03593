"""The use of the room: source text in, document out."""

from dataclasses import replace

from attrtrack.domain.documents import Document, SourceText
from attrtrack.domain.evidence import Span
from attrtrack.nlp.normalizer import simplify
from attrtrack.recording.elements import Reading
from attrtrack.recording.findings import findings_of
from attrtrack.recording.marks import find_marks
from attrtrack.recording.scripts import as_printed, is_traditional
from attrtrack.recording.secrecy import refuse_classified
from attrtrack.rules.tables import Rules


def record(source: SourceText, rules: Rules) -> Document:
    """Find the elements of a document; raises `ClassifiedMaterialError` if it bears a sign of state secrecy."""
    refuse_classified(source, rules)
    plain = _plain(source)
    reading = Reading(plain, rules)
    document = reading.document()
    if plain is not source:
        document = replace(_printed(document, source.text), marks=find_marks(source, rules))
    findings = findings_of(document, reading, rules)
    if plain is not source:
        findings.append(rules.finding("converted-traditional"))
    return replace(document, findings=(*source.findings, *findings))


def _plain(source: SourceText) -> SourceText:
    """Return the source in simplified characters, offsets unchanged, when it is printed in Traditional ones."""
    if not is_traditional(source.text):
        return source
    return replace(source, text=simplify(source.text), header=simplify(source.header))


def _printed(document: Document, text: str) -> Document:
    """Give title, issuers, addressee and dates the characters of the source `text`; the number stays simplified."""

    def printed(value: str, span: Span | None) -> str:
        at = document.text.find(value)
        whole = span or (Span(at, at + len(value)) if at >= 0 else None)
        return as_printed(value, whole.of(document.text), whole.of(text)) if whole else value

    spans = {element.name: element.span for element in document.elements if element.span}
    elements = (
        element if element.name == "number" else replace(element, text=printed(element.text, element.span))
        for element in document.elements
    )
    issuers = printed(" ".join(document.issuers), spans.get("issuers"))
    return replace(
        document,
        text=text,
        title=document.title and printed(document.title, spans.get("title")),
        issuers=tuple(issuers.split()),
        addressee=document.addressee and printed(document.addressee, spans.get("addressee")),
        carried_title=document.carried_title and printed(document.carried_title, spans.get("title")),
        elements=tuple(elements),
    )
