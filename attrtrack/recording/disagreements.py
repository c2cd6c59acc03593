"""Where two places of one file state an element differently: one value is used, one finding shows them all.

The Title property of an office file or PDF is not compared: it is mostly left over from the document that was copied.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attrtrack.domain.documents import Document, SourceText
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.findings import Finding
from attrtrack.domain.marks import Place
from attrtrack.recording import beside
from attrtrack.recording.genres import core_of
from attrtrack.recording.head import Head
from attrtrack.recording.lines import bare
from attrtrack.recording.organs import names_in_title, same_organ
from attrtrack.rules.tables import Rules

PLACES = {
    Place.BODY: "正文",
    Place.HEADER: "页眉页脚",
    Place.BOX: "网页属性栏",
    Place.METADATA: "网页标题",
    Place.FILE_NAME: "文件名",
}
_SOURCE = "document"
_SIGNS = re.compile(r"[\s《》“”\"'、，,（）()〔〕【】\[\]\-—_]")
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Statement:
    """What one place says of an element."""

    value: str
    place: Place
    span: Span | None = None


def disagreements(document: Document, source: SourceText, head: Head, rules: Rules) -> Iterator[Finding]:
    """Yield one finding for each element that is stated differently elsewhere; both values and places are shown."""
    compared = (
        ("发文字号", "number", document.number, _numbers(source), _other_number),
        ("标题", "title", document.title, _titles(source, rules), _other_title),
        ("发文机关", "issuers", document.issuer, _issuers(document, source, head), _other_organs),
        ("成文日期", "date", _iso(document.date), _dates(beside.box_date(source)), str.__ne__),
        ("印发日期", "print_date", _iso(document.print_date), _dates(beside.box_print_date(source)), str.__ne__),
    )
    for label, name, used, stated, differs in compared:
        others = [item for item in stated if used and item.value and differs(used, item.value)]
        if used and others:
            yield _finding(document, Statement(used, *_where(document, name)), others, label=label, rules=rules)


def _finding(document: Document, used: Statement, others: Iterable[Statement], *, label: str, rules: Rules) -> Finding:
    told = {f"{item.value}（{PLACES[item.place]}）": item for item in others}
    evidence = [_evidence(document, item) for item in (used, *told.values())]
    words = f"{used.value}（{PLACES[used.place]}）"
    return rules.finding("elements-disagree", *evidence, element=label, used=words, other="、".join(told))


def _evidence(document: Document, item: Statement) -> Evidence:
    return document.quote(item.span, _SOURCE) if item.span else Evidence(item.value, None, item.place.value)


def _where(document: Document, name: str) -> tuple[Place, Span | None]:
    element = next((element for element in document.elements if element.name == name), None)
    return (element.place, element.span) if element else (Place.BODY, None)


def _iso(date: object) -> str | None:
    return date.isoformat() if hasattr(date, "isoformat") else None


def _dates(date: object) -> list[Statement]:
    text = _iso(date)
    return [Statement(text, Place.BOX)] if text else []


def _numbers(source: SourceText) -> list[Statement]:
    stated = ((beside.box_number(source).number, Place.BOX), (beside.name_number_loosely(source), Place.FILE_NAME))
    return [Statement(number, place) for number, place in stated if number]


def _other_number(used: str, other: str) -> bool:
    """Whether two numbers differ; file names leave out brackets and with them the word 字 before the year."""
    return bare(used).replace("字〔", "〔") != bare(other).replace("字〔", "〔")


def _titles(source: SourceText, rules: Rules) -> list[Statement]:
    stated = (
        (beside.box_title(source, rules), Place.BOX),
        (beside.page_title(source, rules), Place.METADATA),
        (beside.name_title(source, rules), Place.FILE_NAME),
    )
    return [Statement(title, place) for title, place in stated if title]


def _other_title(used: str, other: str) -> bool:
    """Whether two titles name different documents: neither holds the other, and most of its pairs of characters differ."""
    one, two = (_SIGNS.sub("", core_of(title)) for title in (used, other))
    short, long = sorted((one, two), key=len)
    if not short or short in long:
        return False
    pairs = {short[at : at + 2] for at in range(len(short) - 1)}
    held = sum(pair in long for pair in pairs)
    return not pairs or held / len(pairs) < _ALIKE


def _issuers(document: Document, source: SourceText, head: Head) -> list[Statement]:
    stated = [Statement(" ".join(beside.box_issuers(source)), Place.BOX)]
    in_body = (names_in_title(document.title or ""), head.letterhead)
    return stated + [Statement(" ".join(names), Place.BODY) for names in in_body]


def _other_organs(used: str, other: str) -> bool:
    """Whether a place names an organ that did not issue the document; the lead organ alone, or a short name, is the same."""
    return any(not any(same_organ(name, known) for known in used.split()) for name in other.split())
