"""The foot of a document: signature, date made and imprint."""

import re
from dataclasses import dataclass

from attrtrack.domain.dates import WrittenDate, find_dates
from attrtrack.domain.evidence import Span
from attrtrack.domain.numbers import parse
from attrtrack.recording.imprint import is_imprint
from attrtrack.recording.lines import Found, Line, bare, unspaced
from attrtrack.recording.mastheads import is_row
from attrtrack.recording.organs import names_in, with_second_names

_MOST_SIGNERS = 12
_ANNEX = re.compile(r"^(?:附件|\d{1,2}\s*[.．、])")
_LONGEST_NAME, _LONGEST_DATED = 30, 80  # longer lines are sentences
_BROKEN = re.compile(r"(?:^|[\s\u3000])[12一二１２]\S{3}\s*年(?:\s*\S{1,3}\s*月)?$")
_MONTH = re.compile(r"^((?:19|20)\d{2})\s*[.．]\s*(1[0-2]|0?[1-9])$")
_AFTER_SIGNATURE = re.compile(r"^(?:抄|分送|主题词|附|注|联系|[（(【]|公开|信息公开|共印|印数)")
_COMPILED = re.compile(r"[\s\u3000]+(?:编|编印|编制|编著|主编|编写|制|印制|发布)$")
_DATED = re.compile(r"\d|年")
_REST = re.compile(r"^\S{1,3}\s*[月日]")
_ORGAN_END = re.compile(r"[组会社班团处部队院校所站台]$")
_NO_SIGNATURE = re.compile(
    r"[，。；：！？、,;:!?\t（(）)《》\d]|(?:长|主任|书记|主席|行长|代表|经理)[\s\u3000]+[\u4e00-\u9fa5\s]{2,5}$"
    r"|^(?:此复|特此|专此|此致|敬礼|附件|抄送|以上|妥否|当否)"
)
_AFTER_DATE = re.compile(r"^[\s\u3000]*(?:\d{1,2}\s*时(?:\d{1,2}\s*分)?$|[（(【\[].*|(?:政府)?(?:信息)?公开.*|$)")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when; `issuers` empty when the date stands alone, `unread` when what stands above it is no known name.

    `line` is the index of the line with the date, else of the last line with a name.
    """

    issuers: tuple[str, ...] = ()
    issuers_at: Found | None = None
    date: WrittenDate | None = None
    date_at: Found | None = None
    unread: bool = False
    line: int | None = None


def read_signature(lines: list[Line], start: int) -> Signature:
    """Find the first date line that stands where a signature can; a date in a table cell is taken only for want of one.

    A publication such as a communique prints organs and date under its title; that counts too.
    """
    alone: Signature | None = None
    for index in range(start, len(lines)):
        signature = _at(lines, index, start)
        if signature is None:
            continue
        if signature.issuers or (_closes(lines[index - 1].text) and not _heads_entry(lines, index)):
            return signature
        if alone is None and not _heads_entry(lines, index):
            alone = signature
    return alone or _undated(lines, start)


def _closes(text: str) -> bool:
    """Whether a line can be the last above a signature of which only the date is printed: a sentence, a list of annexes."""
    return text.endswith(("。", "！")) or bool(_ANNEX.match(text))


def _heads_entry(lines: list[Line], index: int) -> bool:
    """Whether a date alone on its line heads an entry of a chronicle: running text follows, and such dates come again."""
    below = [lines[place].text for place in (index + 1, index + 2) if place < len(lines)]
    entry = bool(below) and below[0].endswith("。") and not _AFTER_SIGNATURE.match(below[0])
    dates = sum(_is_date(line.text) for line in lines)
    return entry and dates > 1


def _is_date(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and any(span == Span(0, len(text)) for _, span in find_dates(text))


def _at(lines: list[Line], index: int, start: int) -> Signature | None:
    line = lines[index]
    if len(line.text) > _LONGEST_DATED or not _DATED.search(line.text) or is_imprint(line.text):
        return None
    broken = _over_two_lines(lines, index)
    spread = _letter_spaced(line) or _month_only(lines, index)
    if broken or spread:
        names, names_at = _above(lines, index, start)
        date, at = broken or spread or (None, None)
        before = line.text[: at.span.start - line.span.start] if broken and at else ""
        own = names_in(before)
        if before.strip() and not own:
            return None
        if own:
            names, names_at = _with_above(own, Found(before.strip(), line.span), names, names_at)
        return Signature(names, names_at, date, at, line=index + bool(broken))
    several = _side_by_side(line)
    for date, span in [several] if several else find_dates(line.text):
        before, after = "" if several else line.text[: span.start].strip(), line.text[span.end :]
        if not _AFTER_DATE.match(after):
            continue
        own = names_in(before) if before else ()
        if (before and not own) or (own and is_row(lines, index)):
            continue
        at = line.part(span)
        names, names_at = _above(lines, index, start)
        if own:
            names, names_at = _with_above(own, Found(before, line.span), names, names_at)
        unread = not names and index > start and _signs(lines[index - 1].text)
        return Signature(names, names_at, date, at, unread=unread, line=index)
    return None


def _with_above(
    own: tuple[str, ...], at: Found, names: tuple[str, ...], names_at: Found | None
) -> tuple[tuple[str, ...], Found]:
    """Put organs that signed above before those that stand beside the date, as signatures set in a table do."""
    if names_at is None:
        return own, at
    return tuple(dict.fromkeys(names + own)), Found(
        f"{names_at.text} {at.text}", Span(names_at.span.start, at.span.end)
    )


def _side_by_side(line: Line) -> tuple[WrittenDate, Span] | None:
    """Return the latest of several dates that fill a line, one below each signature: the last signer's day counts."""
    dates = list(find_dates(line.text))
    filled = (
        sum(len(bare(span.of(line.text))) for _, span in dates) == len(bare(line.text)) if len(dates) > 1 else False
    )
    return max(dates) if filled else None


def _letter_spaced(line: Line) -> tuple[WrittenDate, Found] | None:
    """Read a date that is set digit by digit (2 0 2 3 年 7 月 1 0 日) and fills its line."""
    text = unspaced(line.text)
    if text == line.text:
        return None
    return next(((date, Found(text, line.span)) for date, span in find_dates(text) if span == Span(0, len(text))), None)


def _month_only(lines: list[Line], index: int) -> tuple[WrittenDate, Found] | None:
    """Read year and month with a stop between (2023.12), a date only directly below an organ's name."""
    match = _MONTH.match(lines[index].text)
    if match is None or not index or not names_in(_COMPILED.sub("", lines[index - 1].text)):
        return None
    return WrittenDate(int(match[1]), int(match[2])), Found(match[0], lines[index].span)


def _over_two_lines(lines: list[Line], index: int) -> tuple[WrittenDate, Found] | None:
    """Read a date that is broken over two lines (2023年 / 7月10日)."""
    line, below = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    if below is None or not _BROKEN.search(line.text) or not _REST.match(below.text):
        return None
    for date, span in find_dates(line.text + below.text):
        if span.start < len(line.text) < span.end:
            end = below.span.start + span.end - len(line.text)
            return date, Found(line.text + below.text, Span(line.span.start + span.start, end))
    return None


def _signs(text: str) -> bool:
    """Whether a line above a date can be a signature whose name is not recognised; a leader's own name is not one."""
    return len(text) <= _LONGEST_NAME and bool(_ORGAN_END.search(text)) and not _NO_SIGNATURE.search(text)


def _above(lines: list[Line], index: int, start: int) -> tuple[tuple[str, ...], Found | None]:
    names: tuple[str, ...] = ()
    last = index - 1 if index > start and _is_number(lines[index - 1].text) else index
    first = last
    while first > start and last - first < _MOST_SIGNERS:
        above = names_in(_COMPILED.sub("", lines[first - 1].text))
        if not above:
            break
        names = above + names
        first -= 1
    if not names:
        return (), None
    span = Span(lines[first].span.start, lines[last - 1].span.end)
    return with_second_names(names), Found(" ".join(line.text for line in lines[first:last]), span)


def _is_number(text: str) -> bool:
    """Whether a line is a document number, as some offices print it between signature and date."""
    return text.endswith("号") and parse(text) is not None


def _is_list(lines: list[Line]) -> bool:
    """Whether the organ at the very end is the last of several lines of organs: a list of them, no signature."""
    return len(lines) > 1 and bool(names_in(lines[-2].text))


def _undated(lines: list[Line], start: int) -> Signature:
    """Take organs that stand alone at the very end, when no date follows them."""
    last = lines[-1] if len(lines) > start and not _is_list(lines) else None
    names = names_in(last.text) if last else ()
    return Signature(names, Found(last.text, last.span), line=len(lines) - 1) if last and names else Signature()
