"""Which content elements stand in an interpretation: background, basis, purpose and what else the rule table names."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from attrtrack.domain.copying import ContentElement
from attrtrack.domain.evidence import Evidence
from attrtrack.nlp.normalizer import Normalised, normalise
from attrtrack.nlp.wrapping import Line, breaks
from attrtrack.rules import Rules
from attrtrack.rules.schema import InterpretationElementRow

_READ_UP_TO = 100_000
_HEADING_LENGTH = 20
_SENTENCE = re.compile(r"(?:[^。！？；\n：]|(?<!如下)：(?!一、|（一）|1[.、]|〔|问：)){1,400}(?:[。！？；：])?")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.](?!\d)|第[一二三四五六]部分|〔|[❓◆●■▶★]"
    r"|问：|问题[一二三四五六七八九十\d]{1,2}[：、]|Q\d{0,2}[：.、]|Part\d{1,2}[.：、]?)"
)


def content_elements(text: str, rules: Rules) -> tuple[ContentElement, ...]:
    """Return every element of the table in its order, each with the sentence of `text` that shows it first, or None.

    A heading that names the element goes before a sentence in running text. The first 100,000 characters are read; lines
    that a printer broke are made whole again.
    """
    plain = _whole_lines(normalise(text[:_READ_UP_TO], rules.words("t2s-corrections")))
    sentences = [(match.start(), match.group()) for match in _SENTENCE.finditer(plain.text)]
    elements = []
    for row in rules.interpretation_elements:
        found = _showing(row, sentences)
        evidence = None
        if found is not None:
            span = plain.source_span(found[0], found[0] + len(found[1]))
            evidence = Evidence.at(text, span, f"rules:{row.code}")
        elements.append(ContentElement(row.code, row.name, row.asked, evidence))
    return tuple(elements)


def shows(row: InterpretationElementRow, sentence: str) -> bool:
    """Whether a single normalised sentence or heading shows the element."""
    return _showing(row, [(0, sentence)]) is not None


def _showing(row: InterpretationElementRow, sentences: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
    unless = _compiled(row.unless) if row.unless else None
    kept = [item for item in sentences if not (unless and unless.search(item[1]))]
    for start, words in kept:
        opening = _HEADING.match(words)
        if opening and _compiled(row.heading).search(words, opening.end(), opening.end() + _HEADING_LENGTH):
            return start, words
    pattern = _compiled(row.pattern)
    return next((item for item in kept if pattern.search(item[1])), None)


def _whole_lines(plain: Normalised) -> Normalised:
    holes = list(breaks(list(_lines(plain.text))))
    return plain.without(holes) if holes else plain


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for words in text.split("\n"):
        if words:
            yield Line(words, start)
        start += len(words) + 1


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
