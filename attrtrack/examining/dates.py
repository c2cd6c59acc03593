"""Dates out of order: printed before made, ended before begun, done before asked, told before it happened."""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.domain.evidence import Span
from attrtrack.domain.numbers import find_all
from attrtrack.examining.paper import Paper, Sentence

_WRITTEN = re.compile(r"(?<!\d)((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日|(?<!\d)(?<!\d年)(\d{1,2})月(\d{1,2})日")
_NAMED_YEAR = re.compile(r"((?:19|20)\d{2})年|((?:19|20)\d{2})-\d")
_TO = re.compile(r"^(?:起|开始|启动)?(?:施行|实施|执行)?，?(?:持续|延续|有效期)?(?:至|到|—+|-+|~|－)(?:截止到?)?$")
_HOURS = re.compile(r"止|(?:\d{1,2}|零|二十四|十[二七八])?[时点](?:整|\d{1,2}分)?|（[^（）]{1,6}）")
_MONTHS = 12
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BEFORE = re.compile(r"收到|受理|登记|接到|提出申请|提交申请|申请人?于|递交|启动|开始|立案|开工")
_AFTER = re.compile(r"答复|办结|作出|做出|送达|回复|办理完毕|结束|完成|结案|竣工")
_DONE = re.compile(r"召开|举办|印发|发布|开展|组织|完成|上线|开通|举行|公布|出台|公示|检查|考核|收到|受理|答复")
_PLANNED = re.compile(r"前|拟|将|计划|预计|下一步|施行|实施|起执行|截止|截至|有效期|明年|力争|应|要|须|定于|将于")
_UP_TO, _COUNTED = re.compile(r"^截[至止]到?$"), re.compile(r"^[^。；]*?(?:已|累计|共)[^。；]*?\d")
_REPORTS = re.compile(r"年度报告|情况的?(?:报告|通报)|工作总结|考核结果|情况汇报|完成情况")
_TITLE_YEAR = re.compile(r"((?:19|20)\d{2})年")
_EFFECTIVE = re.compile(r"自[^，。；]{0,4}$")
_DATED = tuple[tuple[int, int, int], int, int]


def check_dates(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Compare the dates that a document states of itself and within its sentences."""
    yield from _printed(paper)
    yield from _year_of_report(paper)
    yield from _numbers_ahead(paper)
    for sentence in paper.sentences:
        yield from _impossible(paper, sentence)
        yield from _in_order(paper, sentence)
        yield from _ahead(paper, sentence)
    if paper.document.date is None:
        yield paper.unchecked("print-date-before-date")


def _span(paper: Paper, name: str) -> Span | None:
    return next((item.span for item in paper.document.elements if item.name == name), None)


def _printed(paper: Paper) -> Iterator[Contradiction]:
    made, printed_on = paper.document.date, paper.document.print_date
    where, beside = _span(paper, "date"), _span(paper, "print_date")
    if made and printed_on and where and beside and made.day and printed_on.day and printed_on < made:
        yield paper.found(
            "print-date-before-date",
            paper.quote(beside),
            paper.quote(where),
            date=made.isoformat(),
            printed=printed_on.isoformat(),
        )


def _year_of_report(paper: Paper) -> Iterator[Contradiction]:
    """A report on a year is made when the year is over, or nearly."""
    title, made, where = paper.document.title or "", paper.document.date, _span(paper, "date")
    year = _TITLE_YEAR.search(title)
    if made and where and year and _REPORTS.search(title):
        early = made.year < int(year[1]) or (made.year == int(year[1]) and "年度报告" in title and made.month < _MONTHS)
        if early:
            yield paper.found("report-before-year-end", paper.quote(where), date=made.isoformat(), year=year[1])


def _numbers_ahead(paper: Paper) -> Iterator[Contradiction]:
    """A document cannot cite a number of a later year than its own."""
    made = paper.document.date
    if made is None:
        return
    for number, span, _ in find_all(paper.document.text):
        if number.year is not None and number.year > made.year:
            yield paper.found("cites-later-number", paper.quote(span), number=str(number), date=made.isoformat())


def _dates(sentence: Sentence) -> list[_DATED]:
    """List the days of a sentence; one without a year takes that of the date before it."""
    found: list[_DATED] = []
    for match in _WRITTEN.finditer(sentence.text):
        if match[1]:
            day = (int(match[1]), int(match[2]), int(match[3]))
        else:
            named = list(_NAMED_YEAR.finditer(sentence.text, 0, match.start()))
            if not named:
                continue
            day = (int(named[-1][1] or named[-1][2]), int(match[4]), int(match[5]))
        found.append((day, match.start(), match.end()))
    return found


def _impossible(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    for match in _WRITTEN.finditer(sentence.text):
        month, day = int(match[2] or match[4]), int(match[3] or match[5])
        if not 1 <= month <= _MONTHS or not 1 <= day <= _DAYS[month - 1] or _no_leap_day(match):
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("date-impossible", place, date=match[0])


def _no_leap_day(match: re.Match[str]) -> bool:
    if not match[1] or (int(match[2]), int(match[3])) != (2, 29):
        return False
    year = int(match[1])
    return not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _in_order(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    for one, other in pairwise(_dates(sentence)):
        gap = sentence.text[one[2] : other[1]]
        period = _TO.match(_HOURS.sub("", gap)) is not None
        steps = _BEFORE.search(_around(sentence, one)) and _AFTER.search(_around(sentence, other)) and "；" not in gap
        asked = bool(steps) and not _AFTER.search(_around(sentence, one))
        if (period or asked) and other[0] < one[0] and _is_day(one[0]) and _is_day(other[0]):
            place = paper.evidence(sentence.start + one[1], sentence.start + other[2])
            yield paper.found(
                "dates-out-of-order",
                place,
                first=sentence.text[one[1] : one[2]],
                second=sentence.text[other[1] : other[2]],
                because="期间的终点早于起点" if period else "后一步的日期早于前一步",
            )


def _is_day(day: tuple[int, int, int]) -> bool:
    return 1 <= day[1] <= _MONTHS and 1 <= day[2] <= _DAYS[day[1] - 1]


def _around(sentence: Sentence, dated: _DATED) -> str:
    """Return what a date belongs to: the words behind it up to the next comma or date, and the few before."""
    behind = re.split(r"[，；。]|\d", sentence.text[dated[2] : dated[2] + 16])[0]
    before = re.split(r"[，；。]|\d", sentence.text[max(0, dated[1] - 8) : dated[1]])[-1]
    return before + behind


def _ahead(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Something told as done cannot lie after the day on which the document was made."""
    made = paper.document.date.as_date if paper.document.date else None
    where = _span(paper, "date")
    if made is None or where is None:
        return
    for day, start, end in _dates(sentence):
        source = paper.plain.source_span(sentence.start + start, sentence.start + end)
        pieces = re.split(r"[，；。]", sentence.text[end : end + 32])
        clause = pieces[0] or (pieces[1] if len(pieces) > 1 and re.search(r"了|已", pieces[1]) else "")
        before = re.split(r"[，；。]", sentence.text[max(0, start - 10) : start])[-1]
        own = source.start >= where.start - 1
        if own or not _is_day(day) or day <= (made.year, made.month, made.day):
            continue
        counted = _UP_TO.search(before) is not None and _COUNTED.search(sentence.text[end : end + 32]) is not None
        if counted or (_DONE.search(clause) and not _PLANNED.search(before + clause)):
            yield paper.found("told-before-it-happened", paper.quote(source), date=made.isoformat(), day=_iso(day))


def _iso(day: tuple[int, int, int]) -> str:
    return f"{day[0]}-{day[1]:02d}-{day[2]:02d}"
