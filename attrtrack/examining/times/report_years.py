"""Days against the year that a report is of: the period its figures are of, a 29 February that the year does not have."""

import calendar
import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.days import days_in
from attrtrack.examining.text.paper import Paper, Sentence

_TITLE_YEAR = re.compile(r"((?:19|20)\d{2})年")
_OF_FIGURES = re.compile(
    r"(?:统计|填报|数据)的?(?:起止|截止)?(?:期限|时段|时间|期间|周期|区间|范围)[^。；\d]{0,6}(?P<period>(?P<one>(?:19|20)\d{2})年[^，。；\d]{0,2}\d{1,2}月(?:\d{1,2}日)?起?(?:至|到|—+|-|~|－)(?P<other>(?:19|20)\d{2})年\d{1,2}月)"
)
_OURS = re.compile(r"本|以上|上述|所列|各项|全部")
_PLANNED = re.compile(r"拟|将|计划|预计|定于|应|须|要|力争|请[^，。；]{0,12}$")
_LEAP_DAY = (2, 29)


def check_report_years(paper: Paper) -> Iterator[Contradiction]:
    """Compare the days of every sentence with the year in the title."""
    years = set(_TITLE_YEAR.findall(paper.document.title or ""))
    if len(years) != 1:
        return
    year = int(years.pop())
    for sentence in paper.sentences:
        yield from _figures(paper, sentence, year)
        yield from _leap_day(paper, sentence)


def years_of(paper: Paper) -> tuple[int, ...]:
    """Return the years that days without one may be of: those the title names, and that in which the document was made."""
    named = {int(year) for year in _TITLE_YEAR.findall(paper.document.title or "")}
    made = paper.document.date
    return tuple(sorted(named | ({made.year} if made else set())))


def _figures(paper: Paper, sentence: Sentence, year: int) -> Iterator[Contradiction]:
    """Check 统计期限自2023年1月1日至2023年12月31日: the period of the figures touches the year of the report."""
    match = _OF_FIGURES.search(sentence.text)
    if match and _OURS.search(sentence.text[: match.start()]) and not int(match["one"]) <= year <= int(match["other"]):
        if int(match["one"]) > int(match["other"]):
            return
        place = paper.evidence(sentence.start + match.start("period"), sentence.start + match.end("period"))
        because = f"统计的期间不含{year}年"
        yield paper.found(
            "dates-out-of-order",
            place,
            first=f"{year}年",
            second=f"{match['one']}年至{match['other']}年",
            because=because,
        )


def _leap_day(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 已于2月29日公布 in a report on a year without that day, made before the next one has it."""
    made = paper.document.date
    for day in days_in(sentence.text):
        if day.year or day.is_part or (day.month, day.day) != _LEAP_DAY or _PLANNED.search(sentence.text[: day.start]):
            continue
        over = [
            year for year in years_of(paper) if not made or (year, *_LEAP_DAY) <= (made.year, made.month, made.day or 0)
        ]
        if over and not any(map(calendar.isleap, over)):
            place = paper.evidence(sentence.start + day.start, sentence.start + day.end)
            yield paper.found("date-impossible", place, date=f"{over[-1]}年{sentence.text[day.start : day.end]}")
