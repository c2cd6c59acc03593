"""The use of the room: source text in, document out."""

from dataclasses import replace

from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import Document, Element, PersonalData, SourceText
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.findings import Finding
from attrtrack.domain.marks import Mark, Place
from attrtrack.domain.numbers import NumberReading
from attrtrack.nlp.identifiers import find_identifiers
from attrtrack.nlp.normalizer import simplify
from attrtrack.recording import beside
from attrtrack.recording.genres import carried_title, genre_of
from attrtrack.recording.head import Found, Head, read_head
from attrtrack.recording.lines import Line, bare, lines_of
from attrtrack.recording.marks import attributes_of, find_marks, unclear_rows
from attrtrack.recording.organs import names_in, names_in_title
from attrtrack.recording.scripts import as_printed, is_traditional
from attrtrack.recording.secrecy import refuse_classified
from attrtrack.recording.signature import Signature, promulgated, read_imprint, read_signature
from attrtrack.rules.tables import Rules

_SOURCE = "document"
_KINDS = {"id-card": "身份证号", "mobile": "手机号", "bank-card": "银行卡号"}


def record(source: SourceText, rules: Rules) -> Document:
    """Find the elements of a document; raises `ClassifiedMaterialError` if it bears a sign of state secrecy."""
    refuse_classified(source, rules)
    plain = _plain(source)
    reading = _Reading(plain, rules)
    document = reading.document()
    if plain is not source:
        document = replace(_printed(document, source.text), marks=find_marks(source, rules))
    findings = _findings(document, reading, rules)
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


class _Reading:
    """One pass over one source: the parts found, from which the document and its findings are made."""

    def __init__(self, source: SourceText, rules: Rules) -> None:
        self.source, self.rules = source, rules
        self.lines: list[Line] = lines_of(source.text)
        self.head: Head = read_head(self.lines, rules)
        self.signature: Signature = read_signature(self.lines, self.head.body_from)
        self.imprint = read_imprint(self.lines)
        self.elements: list[Element] = []
        self.marks: tuple[Mark, ...] = find_marks(source, rules)
        self.number = self._number()
        self.title = self._stated("title", self.head.title, self._title_beside())

    def _number(self) -> NumberReading:
        places = ((self.head.number, Place.BODY), (beside.box_number(self.source), Place.BOX))
        for reading, place in (*places, (beside.name_number(self.source), Place.FILE_NAME)):
            if reading.number is not None:
                span = self.head.number_printed.span if self.head.number_printed and place is Place.BODY else None
                self.elements.append(Element("number", reading.number, place, span))
                return reading
        return NumberReading(None)

    def _title_beside(self) -> str | None:
        return beside.box_title(self.source, self.rules) or beside.page_title(self.source, self.rules)

    def _stated(self, name: str, found: Found | None, in_box: str | None) -> str | None:
        """Take an element from the body, else from the box."""
        if found is not None:
            self.elements.append(Element(name, found.text, Place.BODY, found.span))
            return found.text
        if in_box is not None:
            self.elements.append(Element(name, in_box, Place.BOX))
        return in_box

    def _issuers(self) -> tuple[str, ...]:
        """Take the signature, else the box, else the title's beginning, else the letterhead; never the re-poster."""
        in_title = names_in_title(self.title or "")
        signed = self.signature.issuers
        if bare("".join(in_title)) == bare("".join(signed)):
            signed = in_title
        if signed and self.signature.issuers_at:
            self.elements.append(Element("issuers", " ".join(signed), Place.BODY, self.signature.issuers_at.span))
            return signed
        in_box = beside.box_issuers(self.source)
        if not in_box and self.signature.unread:
            return ()
        names = in_box or in_title or self.head.letterhead or names_in((self.number.number or "").partition("令第")[0])
        if names:
            self.elements.append(Element("issuers", " ".join(names), Place.BOX if in_box else Place.BODY))
        return names

    def _date(self) -> WrittenDate | None:
        date, found = self.signature.date, self.signature.date_at
        if date is None and self.head.number_printed is not None:
            date, found = promulgated(self.source.text, self.head.number_printed.span)
        if date is not None:
            self._stated("date", found, None)
            return date
        in_box = beside.box_date(self.source)
        self._stated("date", None, in_box.isoformat() if in_box else None)
        return in_box

    def document(self) -> Document:
        """Put the parts together; text and findings are added by the caller."""
        issuers, date = self._issuers(), self._date()
        addressee = self._stated("addressee", self.head.addressee, None)
        print_date = self.imprint[0] if self.imprint else None
        self._stated("print_date", self.imprint[1] if self.imprint else None, None)
        return Document(
            text=self.source.text,
            format=self.source.format,
            title=self.title,
            number=self.number.number,
            genre=genre_of(self.title, self.rules) if self.title else None,
            issuers=issuers,
            addressee=addressee,
            date=date,
            print_date=print_date,
            marks=self.marks,
            personal_data=tuple(PersonalData(kind, span) for kind, span in find_identifiers(self.source.text)),
            elements=tuple(self.elements),
            carried_title=carried_title(self.title) if self.title else None,
        )


def _findings(document: Document, reading: _Reading, rules: Rules) -> list[Finding]:
    return [
        *_missing(document, rules),
        *_about_number(document, reading, rules),
        *_disagreeing(document, reading, rules),
        *_about_marks(document, rules),
        *_about_dates(document, rules),
        *_about_people(document, rules),
    ]


def _missing(document: Document, rules: Rules) -> list[Finding]:
    present = {
        "title-missing": document.title,
        "number-missing": document.number,
        "genre-missing": document.genre,
        "issuer-missing": document.issuers,
        "addressee-missing": document.addressee,
        "date-missing": document.date,
        "mark-missing-in-text": document.marks,
    }
    return [rules.finding(code) for code, value in present.items() if not value]


def _about_number(document: Document, reading: _Reading, rules: Rules) -> list[Finding]:
    if reading.number.irregular:
        return [rules.finding("number-irregular", number=document.number)]
    if reading.number.repaired:
        printed = reading.head.number_printed
        words = printed.text if printed else document.number
        evidence = (document.quote(printed.span, _SOURCE),) if printed else ()
        return [rules.finding("number-repaired", *evidence, printed=words, number=document.number)]
    return []


def _disagreeing(document: Document, reading: _Reading, rules: Rules) -> list[Finding]:
    """Compare body and attribute box where both speak."""
    box_number = beside.box_number(reading.source).number
    box_title = beside.box_title(reading.source, rules)
    box_date = beside.box_date(reading.source)
    pairs = (
        ("发文字号", document.number, box_number),
        ("标题", document.title, box_title),
        ("成文日期", document.date.isoformat() if document.date else None, box_date.isoformat() if box_date else None),
    )
    return [
        rules.finding("elements-disagree", element=name, used=used, other=other)
        for name, used, other in pairs
        if used and other and bare(used) != bare(other)
    ]


def _about_marks(document: Document, rules: Rules) -> list[Finding]:
    findings = [
        rules.finding("redaction-noted", *((document.quote(mark.span, _SOURCE),) if mark.span else ()))
        for mark in document.marks
        if mark.redacted
    ][:1]
    if len(attributes_of(document.marks)) > 1:
        words = "、".join(dict.fromkeys(mark.text for mark in document.marks))
        evidence = [_mark_evidence(document, mark) for mark in document.marks]
        findings.append(rules.finding("mark-unclear", *evidence, marks=words))
    for span in unclear_rows(document.text):
        row = document.quote(span, _SOURCE)
        findings.append(rules.finding("mark-unclear", row, marks=" ".join(row.quote.split())))
    return findings


def _mark_evidence(document: Document, mark: Mark) -> Evidence:
    return document.quote(mark.span, _SOURCE) if mark.span else Evidence(mark.text, None, mark.place.value)


def _about_dates(document: Document, rules: Rules) -> list[Finding]:
    made, printed = document.date, document.print_date
    if not made or not printed or not made.day or not printed.day or printed >= made:
        return []
    names = {"print_date": printed.isoformat(), "date": made.isoformat()}
    spans = [element.span for element in document.elements if element.name in names and element.span]
    return [rules.finding("print-date-before-date", *(document.quote(span, _SOURCE) for span in spans), **names)]


def _about_people(document: Document, rules: Rules) -> list[Finding]:
    kinds = dict.fromkeys(_KINDS[passage.kind] for passage in document.personal_data)
    return [rules.finding("personal-data", kinds="、".join(kinds))] if kinds else []
