"""What recording has to say of a document: missing, doubtful and contradictory elements."""

from collections.abc import Iterator
from typing import Protocol

from attrtrack.domain.documents import Document, SourceText
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.domain.marks import Mark
from attrtrack.domain.numbers import NumberReading
from attrtrack.recording.disagreements import PLACES, disagreements
from attrtrack.recording.handling import handling_finding
from attrtrack.recording.head import Head
from attrtrack.recording.marks import attributes_of, unclear_rows
from attrtrack.rules.tables import Rules

_SOURCE = "document"
# an office's landline and a company's credit code are found too, but are nobody's personal data
PERSONAL_KINDS = {
    "id-card": "身份证号",
    "mobile": "手机号",
    "bank-card": "银行卡号",
    "email": "电子邮箱",
    "home-address": "家庭住址",
}
"""Kinds of personal data in words."""


class Reading(Protocol):
    """What findings ask of one pass over one source."""

    source: SourceText
    head: Head
    number: NumberReading


def findings_of(document: Document, reading: Reading, rules: Rules) -> list[Finding]:
    """Return what is missing, doubtful or contradictory in a document, in the order that the paper is read."""
    return [
        *_missing(document, rules),
        *_about_number(document, reading, rules),
        *disagreements(document, reading.source, reading.head, rules),
        *_about_marks(document, rules),
        *_about_dates(document, rules),
        *_about_attachments(document, rules),
        *_about_people(document, rules),
        *handling_finding(reading.source, rules),
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


def _about_number(document: Document, reading: Reading, rules: Rules) -> list[Finding]:
    if reading.number.irregular:
        return [rules.finding("number-irregular", number=document.number)]
    if reading.number.repaired:
        printed = reading.head.number_printed
        words = printed.text if printed else document.number
        evidence = (document.quote(printed.span, _SOURCE),) if printed else ()
        return [rules.finding("number-repaired", *evidence, printed=words, number=document.number)]
    return []


def _about_marks(document: Document, rules: Rules) -> list[Finding]:
    findings = [
        rules.finding("redaction-noted", *((document.quote(mark.span, _SOURCE),) if mark.span else ()))
        for mark in document.marks
        if mark.redacted
    ][:1]
    if len(attributes_of(document.marks)) > 1:
        words = "、".join(dict.fromkeys(f"{mark.text}（{PLACES[mark.place]}）" for mark in document.marks))
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
    kinds = dict.fromkeys(
        PERSONAL_KINDS[passage.kind] for passage in document.personal_data if passage.kind in PERSONAL_KINDS
    )
    return [rules.finding("personal-data", kinds="、".join(kinds))] if kinds else []


def _about_attachments(document: Document, rules: Rules) -> Iterator[Finding]:
    """Compare the attachments named with those in the file; a document without attachments is told nothing."""
    for name, code in (("attachment_absent", "attachment-absent"), ("attachment_unnamed", "attachment-unnamed")):
        elements = [element for element in document.elements if element.name == name]
        if elements:
            evidence = [document.quote(element.span, _SOURCE) for element in elements if element.span]
            yield rules.finding(code, *evidence, names="、".join(element.text for element in elements))
