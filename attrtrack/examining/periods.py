"""What is said of days beside them: how long a period lasts, how long something is valid, the day of the week, rounds of a year."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.days import Day, days_in
from attrtrack.examining.figures import chinese_number
from attrtrack.examining.paper import Paper, Sentence

_NUMBER = r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_TO = re.compile(r"^(?:起|开始)?(?:施行|实施|执行)?，?(?:有效期)?(?:[至到]|—+|-|~|－)$")
_LASTS = re.compile(rf"^[^。；\d]{{0,12}}(?:为期|历时|共计?|期限为?|时限为?){_NUMBER}(?:个自然日|[天日])(?!内)")
_LEAP_YEAR = 2024
"""In this year and the one before it a period is counted that names none: either may fit."""
_VALID = re.compile(rf"有效期限?(?:为|是)?{_NUMBER}年")
_VALID_TO = re.compile(rf"^(?:起|开始)?(?:施行|实施|执行)?，?(?:{_VALID.pattern}，?)?(?:有效期)?(?:[至到]|—+|-|~|－)$")
_ROUNDS = re.compile(
    r"每(?P<period>月|季度?)(?:[^，。；\d]{0,8})?[一1]次，全年(?:一共|总共|累计|合计|共|计)?[^，。；\d]{0,8}?(?P<count>\d{1,3})次"
)
_IN_A_YEAR = {"月": 12, "季": 4, "季度": 4}
_WEEKDAY = re.compile(r"^（(?:星期|周)(?P<weekday>[一二三四五六日天])）")
_WEEKDAYS = {sign: at for at, sign in enumerate("一二三四五六日")} | {"天": 6}
_NAMES = "一二三四五六日"
_WORKING = re.compile(r"工作日|除节假日|法定")


def check_periods(paper: Paper) -> Iterator[Contradiction]:
    """Compare what a sentence says of its days with the calendar."""
    for sentence in paper.sentences:
        days = days_in(sentence.text)
        yield from _lengths(paper, sentence, days)
        yield from _validity(paper, sentence, days)
        yield from _weekdays(paper, sentence, days)
        yield from _rounds(paper, sentence)


def _lengths(paper: Paper, sentence: Sentence, days: Sequence[Day]) -> Iterator[Contradiction]:
    """Check 4月2日至4月13日，为期12天; the first or the last day may be left out of the count."""
    for one, other in pairwise(days):
        told = _LASTS.match(sentence.text[other.end :]) if _TO.match(sentence.text[one.end : other.start]) else None
        if told is None or _WORKING.search(sentence.text[other.end :]):
            continue
        stated = chinese_number(told["number"]) or 0
        counted = {
            (end - begin).days
            for year in (_LEAP_YEAR, _LEAP_YEAR - 1)
            if (begin := _date(one, one.year or year)) and (end := _date(other, other.year or year))
        }
        if counted and min(counted) >= 0 and not counted & {stated - 1, stated, stated + 1}:
            place = paper.evidence(sentence.start + one.start, sentence.start + other.end + told.end())
            yield paper.found("period-length", place, stated=f"{stated}天", counted=f"{min(counted) + 1}天")


def _validity(paper: Paper, sentence: Sentence, days: Sequence[Day]) -> Iterator[Contradiction]:
    """Check 有效期5年，自2023年5月1日至2028年4月30日."""
    valid = _VALID.search(sentence.text)
    ends = [(one, other) for one, other in pairwise(days) if _VALID_TO.match(sentence.text[one.end : other.start])]
    if valid is None or len(ends) != 1 or not all(day.year and not day.is_part for day in ends[0]):
        return
    one, other = ends[0]
    years = chinese_number(valid["number"]) or 0
    begin, end = _date(one, one.year + years), _date(other, other.year)
    if begin and end and not -1 <= (begin - end).days <= 1:
        first, last = min(one.start, valid.start()), max(other.end, valid.end())
        place = paper.evidence(sentence.start + first, sentence.start + last)
        yield paper.found("period-length", place, stated=f"{years}年", counted=_counted(one, other))


def _counted(one: Day, other: Day) -> str:
    months = 12 * (other.year - one.year) + other.month - one.month
    years, rest = divmod(months + (other.day - one.day > 0), 12)
    return f"{years}年" if not rest else f"{years}年{rest}个月" if years else f"{rest}个月"


def _weekdays(paper: Paper, sentence: Sentence, days: Sequence[Day]) -> Iterator[Contradiction]:
    """Check 5月8日（星期一）: by the calendar where the year is named, else against the other day of the sentence."""
    for day in days:
        told = _WEEKDAY.match(sentence.text[day.end :])
        date = _date(day, day.year) if day.year and not day.is_part else None
        if told and date and date.weekday() != _WEEKDAYS[told["weekday"]]:
            place = paper.evidence(sentence.start + day.start, sentence.start + day.end + told.end())
            yield paper.found("day-of-week", place, date=date.isoformat(), weekday=_NAMES[date.weekday()])
    yield from _apart(paper, sentence, [day for day in days if not day.year and not day.is_part])


def _apart(paper: Paper, sentence: Sentence, days: Sequence[Day]) -> Iterator[Contradiction]:
    """Check that two days without a year lie as far apart as their days of the week: 5月8日（星期一）至5月11日（星期四）."""
    for one, other in pairwise(days):
        first, second = (_WEEKDAY.match(sentence.text[day.end :]) for day in (one, other))
        if first is None or second is None or one.month != other.month or not (one.exists and other.exists):
            continue
        told = _WEEKDAYS[second["weekday"]] - _WEEKDAYS[first["weekday"]]
        if (other.day - one.day - told) % 7:
            weekday = _NAMES[(_WEEKDAYS[first["weekday"]] + other.day - one.day) % 7]
            place = paper.evidence(sentence.start + one.start, sentence.start + other.end + second.end())
            yield paper.found("day-of-week", place, date=f"{other.month}月{other.day}日", weekday=weekday)


def _rounds(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 每月巡检一次，全年共巡检12次; a round more or less may have its reason."""
    for match in _ROUNDS.finditer(sentence.text):
        expected = _IN_A_YEAR[match["period"]]
        if int(match["count"]) != expected:
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("rounds-of-year", place, period=match["period"], expected=expected, stated=match["count"])


def _date(day: Day, year: int) -> dt.date | None:
    """Return a day in its own year, or in another where it has none or another is meant; None where there is no such day."""
    if day.is_part or not day.exists:
        return None
    try:
        return dt.date(year, day.month, day.day)
    except ValueError:
        return None
