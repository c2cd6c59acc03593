"""Days as texts state them: with or without a year, in characters or in figures, or only a month or a third of it (上旬)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

_WRITTEN = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d{2})年|(?<!\d年))(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<third>[上中下])旬|(?P<end>[底末]))"
    r"|(?<!\d)(?P<of>(?:19|20)\d{2})年(?P<whole>\d{1,2})月(?!\d|[上中下]旬)"
    r"|(?<![\d./])(?:(?<!-)|(?=\d{4}[./]))(?P<y>(?:19|20)\d{2})(?P<sign>[.\-/])(?P<m>\d{1,2})(?P=sign)(?P<d>\d{1,2})(?![\d.])"
    r"|(?<=[日号])(?:至|到|—|-|~|－)(?P<only>\d{1,2})日(?![内前后])"
    r"|(?:当月|同月)(?P<same>\d{1,2})日(?![内前后])"
)
_NAMED_YEAR = re.compile(r"((?:19|20)\d{2})年|((?:19|20)\d{2})-\d")
_THIRDS = {"上": 5, "中": 15, "下": 25, "底": 28, "末": 28}
_MONTHS = 12
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HALF_A_YEAR, _NEAR = 6, 40


@dataclass(frozen=True, slots=True)
class Day:
    """A day, its place, and its year: the one stated with it or before it, 0 when none is.

    `is_part`: a month or a third of one is stated, of which a day stands for the whole.
    """

    year: int
    month: int
    day: int
    start: int
    end: int
    is_part: bool = False

    @property
    def value(self) -> tuple[int, int, int]:
        """Year, month and day, to be compared."""
        return self.year, self.month, self.day

    @property
    def exists(self) -> bool:
        """Whether the calendar has the day."""
        if not 1 <= self.month <= _MONTHS or not 1 <= self.day <= _LENGTHS[self.month - 1]:
            return False
        leap = self.year % 4 == 0 and (self.year % 100 != 0 or self.year % 400 == 0)
        return not self.year or leap or (self.month, self.day) != (2, 29)

    def after(self, other: "Day") -> bool:
        """Whether this day is surely later than another; without years, one far ahead may be of the year before."""
        if not (self.exists and other.exists) or bool(self.year) != bool(other.year):
            return False
        if self.is_part != other.is_part and (self.year, self.month) == (other.year, other.month):
            return False
        if not self.year and self.month - other.month > _HALF_A_YEAR:
            return False
        return self.value > other.value


@lru_cache(maxsize=512)
def days_in(text: str) -> tuple[Day, ...]:
    """List the days of a text; one without a year takes that of the last year named before it."""
    return tuple(_days(text))


def _days(text: str) -> Iterator[Day]:
    last: Day | None = None
    for match in _WRITTEN.finditer(text):
        if match["only"]:
            if last is not None and last.end == match.start():
                yield replace(last, day=int(match["only"]), start=match.start("only"), end=match.end())
            continue
        if match["same"]:
            if last is not None and match.start() - last.end <= _NEAR:
                last = replace(last, day=int(match["same"]), start=match.start(), end=match.end(), is_part=False)
                yield last
            continue
        last = _day(text, match)
        yield last


def _day(text: str, match: re.Match[str]) -> Day:
    if match["y"]:
        return Day(int(match["y"]), int(match["m"]), int(match["d"]), match.start(), match.end())
    if match["of"]:
        return Day(int(match["of"]), int(match["whole"]), 1, match.start(), match.end(), is_part=True)
    year = int(match["year"] or year_before(text, match.start()))
    day = _THIRDS.get(match["third"] or match["end"]) or int(match["day"])
    return Day(year, int(match["month"]), day, match.start(), match.end(), is_part=not match["day"])


def _is_of_title(text: str, place: int) -> bool:
    """Whether a place lies within 《》: the year of a title is not that of the days behind it."""
    return text.rfind("《", 0, place) > text.rfind("》", 0, place)


def year_before(text: str, place: int) -> int:
    """Return the last year that is named before a place, outside titles; 0 when none is."""
    named = [match for match in _NAMED_YEAR.finditer(text, 0, place) if not _is_of_title(text, match.start())]
    return int(named[-1][1] or named[-1][2]) if named else 0
