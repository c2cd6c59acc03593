"""Points of time as texts tell them, each with its first and last day: 3月5日, 4月初, 8月底, 6月, 次年1月, 9日、16日."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from attrtrack.examining.text.figures import chinese_number

TO = r"(?:至|到|—+|-|~|－)"
_POINT = re.compile(
    r"(?<![\d.〔])(?:(?P<year>(?:19|20)\d{2})年度?|(?P<word>同年|当年|本年|今年|次年|翌年|第二年|去年|上年|明年)(?:的)?)?"
    r"(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]|(?P<part>[上中下]旬|[初中底末])|份?(?!\d+[日号]|刊))"
    r"|(?<=[日号])(?:[、，和及与]|至|到|—+|-|~|－){1,2}(?P<only>3[01]|[12]\d|0?[1-9])[日号](?![内前后])"
    r"|(?<![\d.〔])(?P<of>(?:19|20)\d{2})年(?P<edge>[底末初])"
    r"|(?:当月|同月)(?P<same>3[01]|[12]\d|0?[1-9])[日号](?![内前后])"
    r"|(?<![\d./-])(?P<y>(?:19|20)\d{2})(?P<sign>[.\-/])(?P<m>1[0-2]|0?[1-9])(?P=sign)(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.])"
)
_PARTS = {"上": (1, 10), "初": (1, 10), "中": (11, 20), "下": (21, 31), "底": (21, 31), "末": (21, 31)}
_YEAR_NAMED = re.compile(r"(?<![\d〔])((?:19|20)\d{2})年(?!度|报|年)")
_TITLE = re.compile(r"《[^《》\n]*》")
_NEXT = frozenset({"次年", "翌年", "第二年"})
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP = 4


@dataclass(frozen=True, slots=True)
class Point:
    """A day, part of a month or month: its year (0: none told), month, first and last day, and its place."""

    year: int
    month: int
    first: int
    last: int
    start: int
    end: int
    kind: str

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.kind == "day"

    def begins(self, year: int = 0) -> dt.date:
        """Return its first day, in a year of its own or in this one."""
        return _date(self.year or year, self.month, self.first)

    def ends(self, year: int = 0) -> dt.date:
        """Return its last day."""
        return _date(self.year or year, self.month, self.last)


def _date(year: int, month: int, day: int) -> dt.date:
    length = 29 if month == 2 and year % _LEAP == 0 else _LENGTHS[month - 1]  # noqa: PLR2004 - February
    return dt.date(year, month, min(day, length))


@lru_cache(maxsize=512)
def points_in(text: str) -> tuple[Point, ...]:
    """List the points of a text; one without a year takes that of the last named before it, outside titles."""
    return tuple(_points(_TITLE.sub(lambda match: "※" * len(match[0]), text)))


def months_of(season: str) -> tuple[int, int]:
    """Return the first and last month of 上半年, 第三季度, 前三季度 or 9月份."""
    if "半年" in season:
        return (1, 6) if season[0] == "上" else (7, 12)
    count = chinese_number(re.sub(r"[第前个季度月份]", "", season)) or 0
    if "月" in season:
        return count, count
    return (1, count * 3) if season[0] == "前" else (count * 3 - 2, count * 3)


def _points(text: str) -> Iterator[Point]:
    named = [(match.end(), int(match[1])) for match in _YEAR_NAMED.finditer(text)]
    year, month, before = 0, 0, 0
    for match in _POINT.finditer(text):
        start = match.start()
        while named and named[0][0] <= start:
            before = named.pop(0)[1]
        if match["only"] or match["same"]:
            day = int(match["only"] or match["same"])
            if month:
                yield Point(year, month, day, day, match.start("only" if match["only"] else "same"), match.end(), "day")
            continue
        if match["of"]:
            year, month = int(match["of"]), 1 if match["edge"] == "初" else 12
            yield Point(year, month, 1, 31, start, match.end(), "month")
            continue
        if match["y"]:
            year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
            yield Point(year, month, day, day, start, match.end(), "day")
            continue
        told = int(match["year"] or before)
        year = (max(year, told) if match["word"] else told) + (match["word"] in _NEXT and bool(told))
        month = int(match["month"])
        part = match["part"]
        first, last = _PARTS[part[0]] if part else (int(match["day"] or 1), int(match["day"] or 31))
        kind = "day" if match["day"] else "part" if part else "month"
        yield Point(year, month, first, last, start, match.end(), kind)
