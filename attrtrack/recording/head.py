"""The head of a document: letterhead, number, title and addressee, down to the first line of the body."""

import re
from dataclasses import dataclass

from attrtrack.domain.dates import WrittenDate, find_dates
from attrtrack.domain.evidence import Span
from attrtrack.domain.numbers import NumberReading, find_all, normalise
from attrtrack.recording.lines import Found, Line, bare, unspaced
from attrtrack.recording.organs import names_in, names_in_letterhead
from attrtrack.recording.titles import (
    IRREGULAR,
    LABELLED,
    NOISE,
    after_letterhead,
    is_noise,
    is_sentence,
    labelled_title,
    promulgated_title,
    title_before,
    title_first,
    with_edition,
)
from attrtrack.rules.tables import Rules

_HEAD_LINES = 25
_LONGEST_NUMBER = 40
_ADDRESSED = re.compile(r"^[^。；;！？!?《》]{2,400}[：:]$")
_NOT_ADDRESSED = re.compile(
    r"^(?:附件|附|说明|摘要|导读|关键词|联系|编号|抄送|发文|文号|标题|目录|序号|注|备注|[一二三四五六七八九十]+、|[（(]|第[一二三四五六七八九十]+|\d)"
    r"|如下|下列|以下|包括|分别|如[：:]|主要|内容[：:]|方式[：:]|时间[：:]|地点[：:]|现将|现就|解读[：:]"
)
_SUBTITLE = re.compile(r"^[（(]\s*(?=\S.*(?:[）)]$|通过|公布|发布))")
_SUBTITLE_LINES, _LABELLED_LINES = 3, 10
_TO = re.compile(r"^主\s*送(?:\s*(?:机关|单位))?\s*(?:[：:]|\t)\s*(\S.*)$")
_CITING = re.compile(r"关于|贯彻|落实|废止|转发|印发|修改")
_SERIES_ONLY = re.compile(r"^[（(]?((?:19|20)\d{2}\s*年\s*第\s*\d{1,4}\s*号)[）)]?$")
_SERIAL_LINE = re.compile(r"[（(]?\s*(?:(?:19|20)\d{2}\s*年\s*)?第\s*\d+\s*号\s*[）)]?")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a body states; `body_from` is the index of the first line after it.

    `dated` is the date in the bracket under the title (题注), else the one beside the issuer in a masthead.
    """

    title: Found | None
    number: NumberReading
    number_printed: Found | None
    addressee: Found | None
    letterhead: tuple[str, ...]
    body_from: int
    dated: tuple[WrittenDate, Found] | None = None


def read_head(lines: list[Line], rules: Rules) -> Head:
    """Find number, title and addressee in the first lines of a body."""
    addressed = _addressee(lines)
    end = addressed[0] if addressed else min(len(lines), _HEAD_LINES)
    number, printed = _number(lines[: end if addressed else _first_sentence(lines[:end])])
    if printed is None:
        number, printed = _lone_number(lines)
    free = _without(lines[:end], printed.span) if printed else lines[:end]
    below = printed.span.start if printed else 0
    title = title_before(free, rules, below=below) if addressed else title_first(free, rules, below=below)
    title = after_letterhead(free, title, rules) or promulgated_title(lines[:end]) or title_first(lines[:end], rules)
    title = labelled_title(lines[:_HEAD_LINES]) or with_edition(title, lines)
    letterhead = next((names for line in lines[:end] if (names := names_in_letterhead(line.text))), ())
    masthead = next((found for line in lines[:end] if (found := _masthead(line))), None)
    letterhead = letterhead or (masthead[0] if masthead else ())
    dated = _subtitle(lines, title) or (masthead[1] if masthead else None)
    body_from = addressed[1] + 1 if addressed else _index_after(lines, title)
    addressee = _without_colon(_joined(lines[addressed[0] : addressed[1] + 1])) if addressed else None
    addressee = addressee or _labelled_addressee(lines[: min(end, _LABELLED_LINES)])
    return Head(title, number, printed, addressee, letterhead, body_from, dated)


def _masthead(line: Line) -> tuple[tuple[str, ...], tuple[WrittenDate, Found]] | None:
    """Return the organs and the date of a line that names both, as mastheads of minutes do."""
    for date, span in find_dates(line.text):
        names = names_in(line.text[: span.start]) if span.end == len(line.text) else ()
        if names:
            return names, (date, _dated_at(line, span))
    return None


def _dated_at(line: Line, span: Span) -> Found:
    return Found(span.of(line.text), Span(line.span.start + span.start, line.span.start + span.end))


def _subtitle(lines: list[Line], title: Found | None) -> tuple[WrittenDate, Found] | None:
    """Read the date that begins the bracket under a title (题注: （某年某月某日某会议通过））, or that is all of it."""
    first = _index_after(lines, title)
    for line in lines[first : first + _SUBTITLE_LINES]:
        opening = _SUBTITLE.match(line.text)
        if opening is None:
            continue
        for date, span in find_dates(line.text):
            if span.start == opening.end():
                return date, _dated_at(line, span)
    return None


def _first_sentence(lines: list[Line]) -> int:
    return next(
        (index for index, line in enumerate(lines) if is_sentence(line.text) and not is_noise(line)), len(lines)
    )


def _without(lines: list[Line], number: Span) -> list[Line]:
    """Take the number out of the lines, whole lines or the end of one, so that it cannot become part of the title."""
    free: list[Line] = []
    for line in lines:
        if line.span.end <= number.start or number.end <= line.span.start:
            free.append(line)
        elif line.span.start < number.start:
            text = line.text[: number.start - line.span.start].rstrip()
            if text.startswith(("（", "(")) or text.endswith(("：", ":")):
                continue
            free.append(Line(text, Span(line.span.start, line.span.start + len(text))))
    return free


def _without_colon(found: Found | None) -> Found | None:
    return Found(found.text.rstrip("：: "), Span(found.span.start, found.span.end - 1)) if found else None


def _joined(lines: list[Line]) -> Found:
    return Found("".join(unspaced(line.text) for line in lines), Span(lines[0].span.start, lines[-1].span.end))


def _addressee(lines: list[Line]) -> tuple[int, int] | None:
    """Return first and last index of the addressee's lines: the first short line of the head that ends with a colon."""
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if _ends_sentence(line.text):
            return None
        if _ADDRESSED.match(line.text) and not _NOT_ADDRESSED.search(line.text):
            first = index
            while first > 1 and _runs_on(lines[first - 1].text) and not NOISE.search(lines[first - 1].text):
                first -= 1
            return first, index
    return None


def _labelled_addressee(lines: list[Line]) -> Found | None:
    """Take the addressee that the head states behind its label (主送：…)."""
    match = next(((line, hit) for line in lines if (hit := _TO.match(line.text))), None)
    if match is None:
        return None
    line, hit = match
    text = hit[1].rstrip("。：: ")
    start = line.span.start + hit.start(1)
    return Found(text, Span(start, start + len(text))) if text else None


def _ends_sentence(text: str) -> bool:
    return text.endswith(("。", "；", "！")) and len(text) > 30  # noqa: PLR2004 - a paragraph of the body, not a head line


def _runs_on(text: str) -> bool:
    """Whether a line is the beginning of an addressee that goes on in the next line."""
    return text.endswith(("，", ",", "、")) or (text.startswith("各") and "关于" not in text and len(text) > 20)  # noqa: PLR2004


def _index_after(lines: list[Line], title: Found | None) -> int:
    if title is None:
        return 0
    return next((index for index, line in enumerate(lines) if line.span.start >= title.span.end), len(lines))


def _number(lines: list[Line]) -> tuple[NumberReading, Found | None]:
    """Find the document's own number: the line that is a number, or closes with one; citations in sentences are not."""
    for index, line in enumerate(lines):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if names_in_letterhead(line.text) and _SERIAL_LINE.fullmatch(following):
            span = Span(line.span.start, lines[index + 1].span.end)
            whole = line.text + following.strip("（）() ")
            return normalise(whole), Found(whole, span)
        if _SERIAL_LINE.fullmatch(line.text) and following.endswith("令") and names_in_letterhead(following):
            whole = following + line.text.strip("（）() ")
            return normalise(whole), Found(whole, Span(line.span.start, lines[index + 1].span.end))
        labelled = LABELLED.match(line.text)
        if labelled:
            start = line.span.start + labelled.start(1)
            return normalise(labelled[1]), Found(labelled[1], Span(start, line.span.end))
        own = _own_number(line)
        if own is not None:
            return own
    return NumberReading(None), None


def _lone_number(lines: list[Line]) -> tuple[NumberReading, Found | None]:
    """Take a number from below the head if it is the only line of the text that is a number and nothing else."""
    short = [line for line in lines if len(line.text) <= _LONGEST_NUMBER and line.text.endswith("号")]
    found = [(normalise(line.text), line) for line in short if any(hit[1].start == 0 for hit in find_all(line.text))]
    whole = [(reading, line) for reading, line in found if not reading.irregular]
    if len(whole) != 1:
        return NumberReading(None), None
    reading, line = whole[0]
    return reading, Found(line.text, line.span)


def header_number(lines: list[Line]) -> NumberReading:
    """Find the number in a page header, where templates set the letterhead."""
    return next((own[0] for line in lines if (own := _own_number(line)) and not own[0].irregular), NumberReading(None))


def _own_number(line: Line) -> tuple[NumberReading, Found] | None:
    for _, span, _ in find_all(line.text):
        printed = span.of(line.text)
        rest = bare(line.text[: span.start] + line.text[span.end :])
        if "关于" in printed or _CITING.search(rest):
            continue
        alone = len(rest) * 10 <= len(bare(line.text)) * 4 or rest.startswith("签发人")
        closes = span.end == len(line.text) and line.text[span.start - 1 : span.start].isspace()
        announced = line.text[span.end :].lstrip().startswith(("公布", "发布"))
        promulgated = line.text[0] in "（(" and announced and "令" in printed
        if (alone and not line.text.endswith(("。", "："))) or closes or promulgated:
            place = Span(line.span.start + span.start, line.span.start + span.end)
            return normalise(printed), Found(printed, place)
    series = _SERIES_ONLY.match(line.text)
    if series:
        start = line.span.start + series.start(1)
        return NumberReading(series[1], irregular=True), Found(series[1], Span(start, start + len(series[1])))
    if IRREGULAR.match(line.text):
        return normalise(line.text), Found(line.text, line.span)
    return None
