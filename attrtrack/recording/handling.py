"""Words that ask for careful handling (内部资料, 注意保存, 工作秘密 …): reported for a person, never a refusal."""

import re
import unicodedata
from collections.abc import Iterator

from attrtrack.domain.documents import SourceText
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.findings import Finding
from attrtrack.domain.marks import Place
from attrtrack.recording.lines import bare, lines_of
from attrtrack.recording.scripts import simplified
from attrtrack.rules.tables import Rules

_LONGEST = 40
_SIGNS = ("部", "仅", "不", "勿", "禁", "保", "后", "後", "秘")
_BETWEEN = re.compile(r"[，,、；;。.！!·|/\s]+")
_BRACKETS = '【】（）()[]〔〕《》“”"*—-'
_SOURCE = "document"


def handling_finding(source: SourceText, rules: Rules) -> list[Finding]:
    """Report the lines that consist of such words alone, in the body, the page header or the file name; one finding."""
    evidence = list(_lines(source, rules))
    if not evidence:
        return []
    words = "、".join(dict.fromkeys(bare(item.quote).strip(_BRACKETS) for item in evidence))
    return [rules.finding("handling-restricted", *evidence, words=words)]


def _lines(source: SourceText, rules: Rules) -> Iterator[Evidence]:
    for line in lines_of(source.text):
        if asks_for_care(line.text, rules):
            yield Evidence.at(source.text, Span(line.span.start, line.span.end), _SOURCE)
    for line in lines_of(source.header):
        if asks_for_care(line.text, rules):
            yield Evidence(line.text, None, Place.HEADER.value)


def asks_for_care(line: str, rules: Rules) -> bool:
    """Whether a short line says nothing but such words."""
    if len(line) > _LONGEST or not any(sign in line for sign in _SIGNS):
        return False
    plain = simplified(unicodedata.normalize("NFKC", line))
    if _is_phrase(bare(plain), rules):
        return True
    pieces = [piece.strip(_BRACKETS) for piece in _BETWEEN.split(plain) if piece.strip(_BRACKETS)]
    return bool(pieces) and all(_is_phrase(piece, rules) for piece in pieces)


def _is_phrase(text: str, rules: Rules) -> bool:
    return any(re.fullmatch(row.pattern, text.strip(_BRACKETS)) for row in rules.handling)
