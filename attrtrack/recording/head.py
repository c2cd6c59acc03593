"""The head of a document: letterhead, number, title and addressee, down to the first line of the body."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from attrtrack.domain.dates import WrittenDate, find_dates
from attrtrack.domain.evidence import Span
from attrtrack.domain.numbers import NumberReading, find_all, normalise
from attrtrack.recording.lines import Found, Line, bare, unspaced
from attrtrack.recording.mastheads import letterhead_of, masthead_of, order_of, organs_below, passed_by
from attrtrack.recording.organs import names_in_letterhead
from attrtrack.recording.titles import (
    IRREGULAR,
    LABELLED,
    NOISE,
    after_letterhead,
    is_noise,
    is_sentence,
    labelled_title,
    looks_like_title,
    minutes_title,
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
_SUBTITLE = re.compile(
    r"^[（(]\s*(?=\S.*(?:[）)]$|通过|公布|发布))|^(?:[—－-]{1,2}\s*(?=\S.{4,60}[上中]$)|(?=(?:19|20)\d{2}年\S{3,6}日在.{4,60}上$))"
)
_OPENED, _CLOSED = (
    re.compile(r"^(?:[（(]|[—－-]{1,2}|(?=\d{4}年))[^（()）]{10,}$"),
    re.compile(r"^[^（()）]{1,80}[）)]$|^\S{1,20}[上中]$"),
)
_TOP, _SUBTITLE_LINES, _LABELLED_LINES = 2, 4, 10
_WHOLE_DATE, _AUDIENCE = re.compile(r"(?=\S{4,5}年\S{1,3}月\S{1,3}日$)"), re.compile(r"^(?:各位|同志们)")
_ANNEX_LABEL = re.compile(
    r"^(?:附件|附表|附录|大纲)\s*(?:[\d一二三四五六七八九十]{1,3}(?:[-—]\d{1,2})?\s*[：:\s]|[：:])\s*(?=[^\d\s].{4,80}$|\d{4})"
)
_FIELD = re.compile(
    r"^(?:公文|文件)?(?:标\s*题|主\s*送|抄\s*送|拟\s*稿|核\s*稿|签\s*发|会\s*签|发文(?:机关|单位)|缓急|印数)[^：:。]{0,6}[：:]"
)
_TO = re.compile(r"^主\s*送(?:\s*(?:机关|单位))?\s*(?:[：:]|\t)\s*(\S.*)$")
_CITING = re.compile(r"关于|贯彻|落实|废止|转发|印发|修改")
_SUBJECT = re.compile(r"^[^，。；：]{0,60}关于[^，。；]{4,}")
_TITLE_END = re.compile(r"(?:通知|决定|决议|意见|函|批复|公告|通告|通报|答复|公示|办法|规定|细则|方案|规划|条例)$")
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
    lines = [*(_without_label(line, rules) for line in lines[:_TOP]), *lines[_TOP:]]
    addressed = _addressee(lines)
    end = addressed[0] if addressed else min(len(lines), _HEAD_LINES)
    number, printed = _number(lines[: end if addressed else _first_sentence(lines[:end])])
    if printed is None:
        number, printed = _beside_title(lines[:end])
    if printed is None:
        number, printed = _lone_number(lines)
    free = _without(lines[:end], printed.span) if printed else lines[:end]
    below = printed.span.start if printed else 0
    title = title_before(free, rules, below=below) if addressed else title_first(free, rules, below=below)
    title = after_letterhead(free, title, rules) or promulgated_title(lines[:end]) or title_first(lines[:end], rules)
    title = labelled_title(lines[:_HEAD_LINES]) or with_edition(title or minutes_title(lines[:_TOP]), lines)
    masthead = masthead_of(lines[:end])
    letterhead = letterhead_of(lines[:end]) or (masthead[0] if masthead else ())
    if title is not None and not letterhead:
        letterhead = organs_below(lines, _index_after(lines, title), addressed=addressed[0] if addressed else None)
    first = _index_after(lines, title)
    letterhead = letterhead or passed_by(lines[first : first + _SUBTITLE_LINES])
    dated = _subtitle(lines, title) or (masthead[1] if masthead else None)
    body_from = addressed[1] + 1 if addressed else _index_after(lines, title)
    addressee = _without_colon(_joined(lines[addressed[0] : addressed[1] + 1])) if addressed else None
    addressee = addressee or _labelled_addressee(lines[: min(end, _LABELLED_LINES)])
    return Head(title, number, printed, addressee, letterhead, body_from, dated)


def _without_label(line: Line, rules: Rules) -> Line:
    """Take the label off a line that is an annex's label and title in one (附件1：某某名单)."""
    label = _ANNEX_LABEL.match(line.text)
    if label is None or is_sentence(line.text[label.end() :]) or not looks_like_title(line.text, rules):
        return line
    return Line(line.text[label.end() :], Span(line.span.start + label.end(), line.span.end))


def _subtitle(lines: list[Line], title: Found | None) -> tuple[WrittenDate, Found] | None:
    """Read the date that begins the bracket under the title (题注: （某年某月某日某会议通过）), or that is all of it.

    The bracket may be broken over two lines; a report says after a dash when and where it was made (——某日在某会议上).
    """
    first = _index_after(lines, title)
    below = lines[first : first + _SUBTITLE_LINES + 1]
    for line, following in zip_longest(below[:_SUBTITLE_LINES], below[1:]):
        whole = line.text + (following.text if following and _CLOSED.match(following.text) else "")
        opening = _SUBTITLE.match(whole if _OPENED.match(line.text) else line.text)
        if opening is None and following and _AUDIENCE.match(following.text):
            opening = _WHOLE_DATE.match(line.text)
        if opening is None:
            continue
        for date, span in find_dates(line.text):
            if span.start == opening.end():
                return date, line.part(span)
    return None


def _first_sentence(lines: list[Line]) -> int:
    return next(
        (
            index
            for index, line in enumerate(lines)
            if is_sentence(line.text) and not is_noise(line) and not _FIELD.match(line.text)
        ),
        len(lines),
    )


def _without(lines: list[Line], number: Span) -> list[Line]:
    """Take the number out of the lines, whole lines or the end of one, so that it cannot become part of the title."""
    free: list[Line] = []
    for line in lines:
        if line.span.end <= number.start or number.end <= line.span.start:
            free.append(line)
        elif line.span.start < number.start:
            text = line.text[: number.start - line.span.start].rstrip("（( \u3000\t")
            if not text or text.startswith(("（", "(")) or text.endswith(("：", ":")):
                continue
            free.append(Line(text, Span(line.span.start, line.span.start + len(text))))
        elif "关于" in line.text[number.end - line.span.start :]:
            text = line.text[number.end - line.span.start :].strip()
            free.append(Line(text, Span(line.span.end - len(text), line.span.end)))
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
        order = order_of(lines, index) if _SERIAL_LINE.fullmatch(following) else None
        if order is not None:
            whole = order[0] + following.strip("（）() ")
            return normalise(whole), Found(whole, Span(order[1].start, lines[index + 1].span.end))
        if names_in_letterhead(line.text) and _SERIAL_LINE.fullmatch(following):
            span = Span(line.span.start, lines[index + 1].span.end)
            whole = line.text + following.strip("（）() ")
            return normalise(whole), Found(whole, span)
        if _SERIAL_LINE.fullmatch(line.text) and following.endswith("令") and names_in_letterhead(following):
            whole = following + line.text.strip("（）() ")
            return normalise(whole), Found(whole, Span(line.span.start, lines[index + 1].span.end))
        labelled = LABELLED.match(line.text)
        if labelled:
            at = Span(*labelled.span(1)).moved(line.span.start)
            return normalise(labelled[1]), Found(labelled[1], at)
        own = _own_number(line)
        if own is not None:
            return own
    return NumberReading(None), None


def _beside_title(lines: list[Line]) -> tuple[NumberReading, Found | None]:
    """Find a number printed on the title's line: before it, or behind its last word, mostly in brackets."""
    for line in lines:
        for _, span, _ in find_all(line.text):
            before = line.text[: span.start].rstrip("（( \u3000\t")
            after = line.text[span.end :].strip("）) \u3000\t")
            leads = not before and _SUBJECT.match(after)
            if leads or (not after and _TITLE_END.search(before)):
                return normalise(span.of(line.text)), Found(span.of(line.text), span.moved(line.span.start))
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


def _undated(text: str) -> str:
    """Leave out the date that some offices print beside the number: （某政发〔2023〕1号　2023年1月5日）."""
    for _, span in find_dates(text):
        return text[: span.start] + text[span.end :]
    return text


def _own_number(line: Line) -> tuple[NumberReading, Found] | None:
    for _, span, _ in find_all(line.text):
        printed = span.of(line.text)
        rest = bare(_undated(line.text[: span.start]) + _undated(line.text[span.end :]))
        cited = line.text[span.end :].lstrip().startswith("文")
        if "关于" in printed or cited or _CITING.search(rest):
            continue
        alone = len(rest) * 10 <= len(bare(line.text)) * 4 or rest.startswith("签发人")
        closes = span.end == len(line.text) and line.text[span.start - 1 : span.start].isspace()
        announced = line.text[span.end :].lstrip().startswith(("公布", "发布"))
        promulgated = line.text[0] in "（(" and announced and "令" in printed
        if (alone and not line.text.endswith(("。", "："))) or closes or promulgated:
            return normalise(printed), Found(printed, span.moved(line.span.start))
    series = _SERIES_ONLY.match(line.text)
    if series:
        return NumberReading(series[1], irregular=True), line.part(Span(*series.span(1)))
    if IRREGULAR.match(line.text):
        return normalise(line.text), Found(line.text, line.span)
    return None
