"""Dates out of order: printed before made, ended before begun, done before asked, told before it happened."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.domain.evidence import Span
from attrtrack.domain.numbers import find_all
from attrtrack.examining.text.days import days_in
from attrtrack.examining.text.paper import Paper, Sentence

_DONE = re.compile(
    r"召开|举办|印发|发布|开展|组织|完成|上线|开通|举行|公布|出台|公示|检查|考核|收到|受理|答复|恢复|补齐|补发|整改|修复|关停|建成|启用|改版|通过|审议|提交|报送|通报|更新|约谈|督查|核查|复核|验收|到位|结束|成立|发出|移交|归档|更正|上报|办结|送达|签收|作出|反馈"
)
_PLANNED = re.compile(r"前|拟|将|计划|预计|下一步|施行|实施|起执行|截止|截至|有效期|明年|力争|应|要|须|定于|将于")
_ALREADY = re.compile(r"已经?[于在]?$")
_UP_TO, _COUNTED = (
    re.compile(r"^截[至止]到?$"),
    re.compile(r"^[^。；]*?(?:已(?!定)|全部|均|完成|(?:累计|共)[^。；]*?\d)"),
)
_REPORTS = re.compile(r"年度报告|情况的?(?:报告|通报)|工作总结|考核结果|情况汇报|完成情况")
_TITLE_YEAR = re.compile(r"((?:19|20)\d{2})年")
_WHOLE_YEAR = re.compile(
    r"现[将就](?P<year>(?:19|20)\d{2})年(?:度|全年)(?:（[^（）]{1,12}）)?[^，。；\d]{0,30}(?:情况|结果)[^，。；\d]{0,12}(?:通报|公布|报告|公示)"
)
_DECEMBER = 12
_BY_THEN = re.compile(r"^[底末]?之?前")
_HELD, _OVER = re.compile(r"[\u4e00-\u9fff]{0,4}(?:组织|召开|举办|举行|开展)"), re.compile(r"了(?!解)|已")
_TIME = re.compile(r"(?<![\d.：])(?P<hour>\d{1,2})[时点](?P<minute>\d{2})分")
_HOURS, _MINUTES = 24, 60


def check_dates(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Compare the dates that a document states of itself and within its sentences."""
    yield from _printed(paper)
    yield from _year_of_report(paper)
    yield from _numbers_ahead(paper)
    for sentence in paper.sentences:
        yield from _impossible(paper, sentence)
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
        early = made.year < int(year[1]) or (
            made.year == int(year[1]) and "年度报告" in title and made.month < _DECEMBER
        )
        if early:
            yield paper.found("report-before-year-end", paper.quote(where), date=made.isoformat(), year=year[1])
            return
    told = _WHOLE_YEAR.search(paper.plain.text) if made and where and not year else None
    if made and where and told and (made.year, made.month) < (int(told["year"]), _DECEMBER):
        yield paper.found("report-before-year-end", paper.quote(where), date=made.isoformat(), year=told["year"])


def _numbers_ahead(paper: Paper) -> Iterator[Contradiction]:
    """A document cannot cite a number of a later year than its own."""
    made = paper.document.date
    if made is None:
        return
    for number, span, _ in find_all(paper.document.text):
        if number.year is not None and number.year > made.year:
            yield paper.found("cites-later-number", paper.quote(span), number=str(number), date=made.isoformat())


def _impossible(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    for day in days_in(sentence.text):
        if not day.exists and "月" in sentence.text[day.start : day.end]:
            place = paper.evidence(sentence.start + day.start, sentence.start + day.end)
            yield paper.found("date-impossible", place, date=sentence.text[day.start : day.end])
    for match in _TIME.finditer(sentence.text):
        if int(match["hour"]) > _HOURS or int(match["minute"]) >= _MINUTES:
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("time-impossible", place, time=match[0])


def _ahead(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Something told as done cannot lie after the day on which the document was made."""
    made = paper.document.date.as_date if paper.document.date else None
    where = _span(paper, "date")
    if made is None or where is None:
        return
    for day in days_in(sentence.text):
        start, end = day.start, day.end
        source = paper.plain.source_span(sentence.start + start, sentence.start + end)
        before = re.split(r"[，；。]", sentence.text[max(0, start - 10) : start])[-1]
        own = source.start >= where.start - 1
        if own or not day.exists or not day.year or day.value <= (made.year, made.month, made.day):
            continue
        clause = _clause(sentence.text[end:])
        counted = _UP_TO.search(before) is not None and _COUNTED.search(sentence.text[end : end + 32]) is not None
        done = (_DONE.search(clause) and not day.is_part) or _ALREADY.search(before)
        clause = _BY_THEN.sub("", clause) if _ALREADY.search(before) else clause
        if counted or (done and not _PLANNED.search(before + clause)):
            told = f"{day.year}-{day.month:02d}-{day.day:02d}"
            yield paper.found("told-before-it-happened", paper.quote(source), date=made.isoformat(), day=told)


def _clause(rest: str) -> str:
    """Return what is told of a day: the words behind it, or behind the comma if they are told as done, there or in the next clause."""
    near, clauses = re.split(r"[，；。]", rest[:32]), re.split(r"[，；。]", rest)
    if near[0] or len(near) == 1:
        return near[0]
    if _OVER.search(near[1]):
        return near[1]
    following = "".join(clauses[2:3])
    held = _HELD.match(clauses[1]) and _OVER.search(following) and not _PLANNED.search(following)
    return clauses[1] if held else ""
