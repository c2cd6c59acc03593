"""What a document cites, and what a forwarding one carries: numbers with their sentences, marks of the carried text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Span
from attrtrack.domain.marks import Mark, Place
from attrtrack.domain.numbers import find_all
from attrtrack.recording.lines import bare, squeeze

_FORWARDS = re.compile(r"转发|批转")
_SENTENCE_END = re.compile(r"[。！？；\n]")
_ANSWERED = re.compile(r"收悉|收到|你[局厅委市县区州盟院办]\S{0,12}(?:请示|报告|函|来文)")
_UPWARD = re.compile(r"(?:请示|报告|函)》?[（(]?$")
_DATE_LINE = re.compile(r"(?:\d|[〇○零一二三四五六七八九])日$")
_ISSUER, _FAR_ABOVE = 40, 200
_LONGEST_TITLE, _LONGEST_HALF, _MOST_CITED = 120, 300, 200


@dataclass(frozen=True, slots=True)
class Citation:
    """A number that the text cites, the sentence it stands in, and whether that sentence forwards what it cites."""

    number: str
    sentence: Span
    forwarded: bool


def citations(document: Document) -> tuple[Citation, ...]:
    """Return the documents cited by number, each once; the letter answered and the document's own number are none."""
    found: dict[str, Citation] = {}
    for number, sentence in _numbers(document):
        words = sentence.of(document.text)
        if number != document.number and number not in found and not _ANSWERED.search(words):
            found[number] = Citation(number, sentence, bool(_FORWARDS.search(words)))
        if len(found) >= _MOST_CITED:
            break
    return tuple(found.values())


def _numbers(document: Document) -> Iterator[tuple[str, Span]]:
    """Yield numbers in running text with their sentences, which are cut where they run on for too long.

    Those of a request or report are left out: what is asked from below stays between the two.
    """
    text = document.text
    for number, span, _ in find_all(text):
        low, high = max(0, span.start - _LONGEST_HALF), min(len(text), span.end + _LONGEST_HALF)
        end = _SENTENCE_END.search(text, span.end, high)
        sentence = Span(_start_of_sentence(text, low, span.start), end.end() if end else high)
        alone = bare(sentence.of(text)) == bare(span.of(text))
        if not alone and not _UPWARD.search(text[max(0, span.start - 6) : span.start].rstrip()):
            yield str(number), _stripped(text, sentence)


def _start_of_sentence(text: str, low: int, at: int) -> int:
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in "。！？；\n"))


def _stripped(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else span


def is_forwarding(document: Document) -> bool:
    """Whether the title says that the document forwards another organ's text (转发, 批转)."""
    return document.carried_title is not None and bool(_FORWARDS.search((document.title or "").split("《")[0]))


def carried_marks(document: Document) -> tuple[Mark, ...]:
    """Return the printed marks that belong to the text a forwarding document carries.

    Such a mark stands below the carried text's own title and right under a date; what the imprint at the end states is
    the forwarding document's own, and where the carried title is not found again nothing is said.
    """
    if not is_forwarding(document) or (start := _carried_start(document)) is None:
        return ()
    return tuple(
        mark
        for mark in document.marks
        if mark.place is Place.BODY and mark.span is not None and mark.span.start > start
        if _is_under_date(document.text, mark.span.start)
    )


def _carried_start(document: Document) -> int | None:
    """Return where the carried title stands again on lines of its own, an issuer's name allowed before it."""
    squeezed = squeeze(document.text)
    title = bare(document.carried_title or "")
    core = title[title.index("关于") :] if "关于" in title else title
    if not core or len(core) > _LONGEST_TITLE:
        return None
    printed = "\n?".join(map(re.escape, core))
    again = re.compile(rf"^[^\n，。：；]{{0,{_ISSUER}}}{printed}$", re.MULTILINE)
    below = bare(document.title or "")
    for match in again.finditer(squeezed.text):
        if match.group().replace("\n", "") != below:
            return squeezed.offsets[match.start()]
    return None


def _is_under_date(text: str, at: int) -> bool:
    """Whether the mark follows a date on the same line or on the nearest line above."""
    above = text[max(0, at - _FAR_ABOVE) : at].rstrip().rpartition("\n")[2]
    return bool(_DATE_LINE.search(above.rstrip()))
