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
_COPIES = r"[\s，,（(]*(?:共\s*)?(?:印\s*数?\s*)?[：:]?\s*(?:\d+\s*份)?[）)]?\s*"
_IMPRINT = re.compile(rf"(?:印\s*[发制]|日\s*印){_COPIES}$|^印\s*[发制]\s*(?:日期|时间)\s*[：:]")
_PRINTED = re.compile(rf"^印(?:\s*[发制])?{_COPIES}$")
_PRINT_LABEL = re.compile(r"印\s*[发制]\s*(?:日期|时间)\s*[：:]\s*$")
_LONGEST_NAME = 30
_ORGAN_END = re.compile(r"[组会社班团处部队院校所站台]$")
_NO_SIGNATURE = re.compile(
    r"[，。；：！？、,;:!?\t（(）)《》\d]|(?:长|主任|书记|主席|行长|代表|经理)[\s\u3000]+[\u4e00-\u9fa5\s]{2,5}$"
    r"|^(?:此复|特此|专此|此致|敬礼|附件|抄送|以上|妥否|当否)"
)
_AFTER_DATE = re.compile(r"^[\s\u3000]*(?:[（(【\[].*|(?:政府)?(?:信息)?公开.*|$)")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when; `issuers` empty when the date stands alone, `unread` when what stands above it is no known name."""

    issuers: tuple[str, ...] = ()
    issuers_at: Found | None = None
    date: WrittenDate | None = None
    date_at: Found | None = None
    unread: bool = False


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
        unread = not names and index > start and _signs(lines[index - 1].text)
        return Signature(names, names_at, date, at, unread)
    return None


def _signs(text: str) -> bool:
    """Whether a line above a date can be a signature whose name is not recognised; a leader's own name is not one."""
    return len(text) <= _LONGEST_NAME and bool(_ORGAN_END.search(text)) and not _NO_SIGNATURE.search(text)


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
            before, after = line.text[: span.start], line.text[span.end :].strip()
            if _PRINTED.match(after) or (_PRINT_LABEL.search(before) and not after):
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
