"""The foot of a document: signature, date made and imprint."""

import re
from dataclasses import dataclass

from attrtrack.domain.dates import WrittenDate, find_dates
from attrtrack.domain.evidence import Span
from attrtrack.domain.numbers import parse
from attrtrack.recording.head import Found
from attrtrack.recording.lines import Line
from attrtrack.recording.organs import names_in

_MOST_SIGNERS = 12
_ANNEX = re.compile(r"^(?:附件|\d{1,2}\s*[.．、])")
_IMPRINT = re.compile(r"印\s*发\s*$|印\s*制\s*$")
_AFTER_DATE = re.compile(r"^[\s\u3000]*(?:[（(【\[].*|(?:政府)?(?:信息)?公开.*|$)")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when; `issuers` empty when the date stands alone."""

    issuers: tuple[str, ...] = ()
    issuers_at: Found | None = None
    date: WrittenDate | None = None
    date_at: Found | None = None


def read_signature(lines: list[Line], start: int) -> Signature:
    """Find the first date line that stands where a signature can; a date in a table cell is taken only for want of one.

    A publication such as a communique prints organs and date under its title; that counts too.
    """
    alone: Signature | None = None
    for index in range(start, len(lines)):
        signature = _at(lines, index, start)
        if signature is None:
            continue
        if signature.issuers or _closes(lines[index - 1].text):
            return signature
        alone = alone or signature
    return alone or _undated(lines, start)


def _closes(text: str) -> bool:
    """Whether a line can be the last above a signature of which only the date is printed: a sentence, a list of annexes."""
    return text.endswith(("。", "！")) or bool(_ANNEX.match(text))


def _at(lines: list[Line], index: int, start: int) -> Signature | None:
    line = lines[index]
    if len(line.text) > 80 or _IMPRINT.search(line.text):  # noqa: PLR2004 - longer lines are sentences
        return None
    for date, span in find_dates(line.text):
        before, after = line.text[: span.start].strip(), line.text[span.end :]
        if not _AFTER_DATE.match(after):
            continue
        own = names_in(before) if before else ()
        if before and not own:
            continue
        at = Found(span.of(line.text), Span(line.span.start + span.start, line.span.start + span.end))
        names, names_at = (own, Found(before, line.span)) if own else _above(lines, index, start)
        return Signature(names, names_at, date, at)
    return None


def _above(lines: list[Line], index: int, start: int) -> tuple[tuple[str, ...], Found | None]:
    names: tuple[str, ...] = ()
    last = index - 1 if index > start and _is_number(lines[index - 1].text) else index
    first = last
    while first > start and last - first < _MOST_SIGNERS:
        above = names_in(lines[first - 1].text)
        if not above:
            break
        names = above + names
        first -= 1
    if not names:
        return (), None
    span = Span(lines[first].span.start, lines[last - 1].span.end)
    return tuple(dict.fromkeys(names)), Found(" ".join(line.text for line in lines[first:last]), span)


def _is_number(text: str) -> bool:
    """Whether a line is a document number, as some offices print it between signature and date."""
    return text.endswith("号") and parse(text) is not None


def _undated(lines: list[Line], start: int) -> Signature:
    """Take organs that stand alone at the very end, when no date follows them."""
    last = lines[-1] if len(lines) > start else None
    names = names_in(last.text) if last else ()
    return Signature(names, Found(last.text, last.span)) if last and names else Signature()


def read_imprint(lines: list[Line]) -> tuple[WrittenDate, Found] | None:
    """Find the date of printing in the imprint (版记: …年…月…日印发), the last one of the text."""
    for line in reversed(lines):
        if not _IMPRINT.search(line.text):
            continue
        for date, span in find_dates(line.text):
            if _IMPRINT.match(line.text[span.end :].strip()):
                at = Span(line.span.start + span.start, line.span.start + span.end)
                return date, Found(span.of(line.text), at)
    return None


def promulgated(text: str, number: Span) -> tuple[WrittenDate | None, Found | None]:
    """Read the date in the bracket under a title that names the order (（某年某月某日某令第几号公布）)."""
    start = text.rfind("\n", 0, number.start) + 1
    before = text[start : number.start]
    if before.lstrip().startswith(("（", "(")):
        for date, span in find_dates(before):
            return date, Found(span.of(before), Span(start + span.start, start + span.end))
    return None, None
