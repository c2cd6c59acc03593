"""What is said of days beside them: the day of the week, rounds of a year."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.days import Day, days_in
from attrtrack.examining.text.paper import Paper, Sentence

_ROUNDS = re.compile(
    r"每个?(?P<period>月|季度?)(?:[^，。；\d至不]{0,8})?[一1](?P<unit>[次期场轮回]|批次?)，(?:全年|年内|[总一累]?共计?|累计|合计)(?:一共|总共|累计|合计|共|计)?[^，。；\d]{0,8}?(?P<count>\d{1,3})(?P=unit)"
)
_OF_ROUNDS = re.compile(
    r"(?:全年|年内|本年度?)[^，。；\d]{0,16}(?P<count>\d{1,3})(?P<unit>[次期场轮回]|批次?)[^，。；：\d至不]{0,10}[，（]每个?(?P<period>月|季度?)[^，。；\d至不]{0,4}[一1](?P=unit)"
)
_IN_A_YEAR = {"月": 12, "季": 4, "季度": 4}
_WEEKDAY = re.compile(
    r"^[（，、]?(?:当天|当日)?(?:恰?逢|正?[值是为])?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?!期|年|个)"
)
_WEEKDAYS = {sign: at for at, sign in enumerate("一二三四五六日")} | {"天": 6}
_NAMED_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_WEEKDAY_BEFORE = re.compile(r"(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?:[上下]午)?(?:[（，]|，?即)[于在]?$")
_NAMES = "一二三四五六日"


def check_periods(paper: Paper) -> Iterator[Contradiction]:
    """Compare what a sentence says of its days with the calendar."""
    for sentence in paper.sentences:
        days = days_in(sentence.text)
        yield from _weekdays(paper, sentence, days)
        yield from _rounds(paper, sentence)


def _weekdays(paper: Paper, sentence: Sentence, days: Sequence[Day]) -> Iterator[Contradiction]:
    """Check 5月8日（星期一）: by the calendar where the year is named, else against the other day of the sentence."""
    for day in days:
        told = _weekday(sentence.text, day)
        years = _years(paper, day) or {int(year) for year in _NAMED_YEAR.findall(sentence.text)}
        dates = [date for year in years if (date := _date(day, year))]
        date = dates[0] if dates else None
        if told and date and all(one.weekday() != _WEEKDAYS[told["weekday"]] for one in dates):
            place = paper.evidence(sentence.start + day.start, sentence.start + day.end)
            yield paper.found("day-of-week", place, date=date.isoformat(), weekday=_NAMES[date.weekday()])
    yield from _apart(paper, sentence, [day for day in days if not day.year and not day.is_part])


def _weekday(text: str, day: Day) -> re.Match[str] | None:
    """Return the day of the week told behind a day or before it: 5月8日（星期一）, 星期一（5月8日）."""
    return _WEEKDAY.match(text[day.end :]) or _WEEKDAY_BEFORE.search(text[max(0, day.start - 8) : day.start])


def _years(paper: Paper, day: Day) -> tuple[int, ...]:
    """Return the year of a day; of one without, those the title names, and that in which the document was made if it was over."""
    told = [int(year) for year in _NAMED_YEAR.findall(paper.document.title or "")]
    date = paper.document.date
    made = [date.year] if date and told and (day.month, day.day) <= (date.month, date.day or 0) else []
    return (day.year,) if day.year else (*told, *made)


def _apart(paper: Paper, sentence: Sentence, days: Sequence[Day]) -> Iterator[Contradiction]:
    """Check that two days without a year lie as far apart as their days of the week: 5月8日（星期一）至5月11日（星期四）."""
    for one, other in pairwise(days):
        first, second = (_weekday(sentence.text, day) for day in (one, other))
        if first is None or second is None or one.month != other.month or not (one.exists and other.exists):
            continue
        told = _WEEKDAYS[second["weekday"]] - _WEEKDAYS[first["weekday"]]
        if (other.day - one.day - told) % 7:
            weekday = _NAMES[(_WEEKDAYS[first["weekday"]] + other.day - one.day) % 7]
            place = paper.evidence(sentence.start + one.start, sentence.start + other.end)
            yield paper.found("day-of-week", place, date=f"{other.month}月{other.day}日", weekday=weekday)


def _rounds(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 每月巡检一次，全年共巡检12次 and 全年编发12期，每月一期; a round more or less may have its reason."""
    for match in (*_ROUNDS.finditer(sentence.text), *_OF_ROUNDS.finditer(sentence.text)):
        expected = _IN_A_YEAR[match["period"]]
        if int(match["count"]) != expected:
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found(
                "rounds-of-year",
                place,
                period=match["period"],
                unit=match["unit"],
                expected=expected,
                stated=match["count"],
            )


def _date(day: Day, year: int) -> dt.date | None:
    """Return a day in its own year, or in another where it has none or another is meant; None where there is no such day."""
    if day.is_part or not day.exists:
        return None
    try:
        return dt.date(year, day.month, day.day)
    except ValueError:
        return None
