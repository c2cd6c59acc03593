"""What comes round: days that are all one day of the week, so many rounds from month to month, the figures of a month when it is over."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.days import Day, days_in
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.report_years import years_of

_NAMES = "一二三四五六日"
_ALL = re.compile(
    r"(?:均|都|皆|全部?)(?:正?[为是在系逢值])?(?:每月|当月)?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])"
)
_EVERY = re.compile(
    r"每个?(?:周|星期)(?:(?P<weekday>[二三四五六日天])|(?P<first>一)(?=上午|下午|召开|例会|晚))[^。；\d]{0,12}[，：（](?=(?:(?:19|20)\d{2}年)?\d{1,2}月\d)"
)
_LISTED = re.compile(r"[、，和及与]{1,2}")
_NAMED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_ANY_YEAR = range(2008, 2031)
_MONTHLY = re.compile(
    r"(?<!\d)(?P<one>\d{1,2})月份?(?:起|开始)[^。；\d]{0,24}(?:每个?月[”\"]?(?P<each>[一二两三])?|按月|逐月|月(?:通报|报|刊|例会|调度))[^。；\d]{0,16}(?:截?至|到|截止)(?:(?:19|20)\d{2}年)?(?P<other>\d{1,2})月(?:[底末份]|3[01]日)?[^。；\d]{0,14}?(?P<count>\d{1,3})(?P<unit>[期次场份批篇轮])"
)
_OF_MONTH = re.compile(
    r"(?<!\d)(?P<month>\d{1,2})月份?(?P<whole>全月|整月|当月)?的?[^，。；、\d]{0,14}(?:数据|报表|月报|统计表|台账|收支|账目|财务|明细|考勤)(?:[^，。；、\d]{0,12}|，[^，。；、\d]{0,14})[于在](?P<on>\d{1,2})月(?P<day>\d{1,2})日[^，。；\d]{0,6}(?:汇总|上报|报送|报出|填报|公布|公开|发布|通报|张[榜贴]|上墙)"
)
_LEAST, _ENDING, _LATE_IN_MONTH = 2, 28, 20


def check_recurring(paper: Paper) -> Iterator[Contradiction]:
    """Compare what every sentence says of what comes round with the calendar."""
    for sentence in paper.sentences:
        yield from _weekdays(paper, sentence)
        for match in _MONTHLY.finditer(sentence.text):
            months = (int(match["other"]) - int(match["one"])) % 12 + 1
            expected = months * (chinese_number(match["each"] or "一") or 1)
            if int(match["count"]) != expected:
                place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                stated = f"{match['count']}{match['unit']}"
                yield paper.found("period-length", place, stated=stated, counted=f"{months}个月")
        for match in _OF_MONTH.finditer(sentence.text):
            latest = _ENDING if match["whole"] else _LATE_IN_MONTH
            if match["on"] == match["month"] and int(match["day"]) < latest:
                place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                first, second = f"{match['month']}月", f"{match['on']}月{match['day']}日"
                because = f"{match['month']}月还没有过完"
                yield paper.found("dates-out-of-order", place, first=first, second=second, because=because)


def _weekdays(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 3月26日、6月25日、9月25日，均为星期二: in the year told, else in any one year, all of them are."""
    text = sentence.text
    told = [(match, _list_before(text, match.start())) for match in _ALL.finditer(text)]
    told += [(match, _list_behind(text, match.end())) for match in _EVERY.finditer(text)]
    for match, days in told:
        weekday = _NAMES.index((match["weekday"] or "一").replace("天", "日"))
        if len(days) < _LEAST:
            continue
        named = {int(year) for year in _NAMED_YEAR.findall(sentence.text)} or set(years_of(paper)) or set(_ANY_YEAR)
        wrong = min((_others(days, year, weekday) for year in sorted(named)), key=len)
        if wrong:
            start, end = min(days[0].start, match.start()), max(days[-1].end, match.end())
            place = paper.evidence(sentence.start + start, sentence.start + end)
            yield paper.found("day-of-week", place, date=wrong[0].isoformat(), weekday=_NAMES[wrong[0].weekday()])


def _list_before(text: str, place: int) -> Sequence[Day]:
    """Return the days told side by side that end before a place."""
    found: list[Day] = []
    for day in reversed([day for day in days_in(text) if day.end <= place]):
        gap = text[day.end : found[0].start if found else place]
        if day.is_part or not day.exists or not (_LISTED.fullmatch(gap) if found else re.fullmatch(r"[，（]?", gap)):
            break
        found.insert(0, day)
    return found


def _list_behind(text: str, place: int) -> Sequence[Day]:
    """Return the days told side by side that begin at a place."""
    found: list[Day] = []
    for day in days_in(text):
        if day.start >= place and not day.is_part and day.exists:
            gap = text[found[-1].end if found else place : day.start]
            if not (_LISTED.fullmatch(gap) if found else not gap):
                break
            found.append(day)
    return found


def _others(days: Sequence[Day], year: int, weekday: int) -> list[dt.date]:
    """Return the days that are another day of the week, in a year of their own or in this one."""
    dates = []
    for day in days:
        try:
            dates.append(dt.date(day.year or year, day.month, day.day))
        except ValueError:
            continue
    return [date for date in dates if date.weekday() != weekday]
