"""Working days of the State Council's yearly notices and of an office's own table, and the count of a legal term.

The day on which a term begins is not counted, a term ends on a working day (民法典 arts 201, 203). The holidays are those
of the package chinesecalendar, whose own `find_workday` is one day late from a rest day; a row of workdays.toml goes before
them. Years that neither knows are counted by weekends alone, and the result is provisional until the notice is out.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.metadata import version

from attrtrack.rules.schema import WorkdayRow
from attrtrack.rules.tables import Rules

_SATURDAY, _WEEK = 5, 7
_TERMS = 65_536


@dataclass(frozen=True)
class Calendar:
    """Days on which people do not work though it is no weekend, and weekends on which they do; `years` that are known."""

    holidays: frozenset[dt.date]
    made_up: frozenset[dt.date]
    years: frozenset[int]
    version: str
    _ends: dict[tuple[dt.date, int], dt.date | None] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, rows: Iterable[WorkdayRow]) -> "Calendar":
        """Make the calendar of the yearly notices with an office's own rows on top; a year with such a row is known."""
        return _with(frozenset((row.day, row.is_workday) for row in rows))

    def is_workday(self, day: dt.date) -> bool:
        """Whether people work on a day; of a year that nobody knows yet, by its weekday."""
        return day in self.made_up or (day.weekday() < _SATURDAY and day not in self.holidays)

    def is_provisional(self, day: dt.date) -> bool:
        """Whether the holidays of a day's year are not known."""
        return day.year not in self.years

    def exceptions(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Return, in order, the weekdays on which people do not work and the weekends on which they do."""
        numbers = sorted((*self._freed, *self._worked_off))
        within = numbers[bisect_left(numbers, first.toordinal()) : bisect_right(numbers, last.toordinal())]
        return [dt.date.fromordinal(number) for number in within]

    def later(self, day: dt.date, count: int) -> dt.date | None:
        """Return the last day of a term of so many working days from a day on; None beyond the end of the calendar."""
        key = (day, count)
        if key not in self._ends:
            if len(self._ends) >= _TERMS:
                self._ends.clear()
            self._ends[key] = self._later(day, count)
        return self._ends[key]

    def _later(self, day: dt.date, count: int) -> dt.date | None:
        try:
            while count:
                day += dt.timedelta(days=1)
                count -= self.is_workday(day)
        except OverflowError:
            return None
        return day

    def term(self, begins: dt.date, reached: dt.date) -> int:
        """Return the shortest term in working days that a day keeps: 0 on the first day itself or before it.

        What is reached on a rest day keeps the term that ends on the working day after it, so that a term of at most n is
        the same as a day not after `later(begins, n)`.
        """
        if reached <= begins:
            return 0
        return self._worked(reached - dt.timedelta(days=1)) - self._worked(begins) + 1

    def _worked(self, day: dt.date) -> int:
        """Count the working days from the first day of all to a day; one number says nothing, a difference does."""
        number = day.toordinal()
        weeks, rest = divmod(number, _WEEK)
        return (
            weeks * _SATURDAY
            + min(rest, _SATURDAY)
            - bisect_right(self._freed, number)
            + bisect_right(self._worked_off, number)
        )

    @cached_property
    def _freed(self) -> list[int]:
        return sorted(day.toordinal() for day in self.holidays if day.weekday() < _SATURDAY and day not in self.made_up)

    @cached_property
    def _worked_off(self) -> list[int]:
        return sorted(day.toordinal() for day in self.made_up if day.weekday() >= _SATURDAY)


@lru_cache(maxsize=4)
def _with(rows: frozenset[tuple[str, bool]]) -> Calendar:
    from chinese_calendar import constants  # noqa: PLC0415 - read when the first term is counted

    own = {dt.date.fromisoformat(day): works for day, works in rows}
    worked = {day for day, works in own.items() if works}
    noticed = frozenset(constants.holidays)
    holidays = (noticed - worked) | (own.keys() - worked)
    made_up = (frozenset(constants.workdays) - own.keys()) | worked
    known = range(min(noticed).year, max(noticed).year + 1)
    return Calendar(holidays, made_up, frozenset((*known, *(day.year for day in own))), calendar_version())


def interpretation_term(rules: Rules) -> int | None:
    """Return within how many working days an interpretation follows its document; None where the office asks for none."""
    return int(float(rules.switch("interpretation_workdays")[0])) or None


@cache
def calendar_version() -> str:
    """Return by which calendar days are counted, an office's own table aside: its rows are part of the rules."""
    return f"chinesecalendar {version('chinesecalendar')}"


def is_workday(day: dt.date) -> bool:
    """Whether people work on a day by the yearly notices alone; of a year without notice, by its weekday."""
    return _with(frozenset()).is_workday(day)


def is_provisional(day: dt.date) -> bool:
    """Whether the notice on the holidays of a day's year is not known."""
    return _with(frozenset()).is_provisional(day)


def workdays_later(day: dt.date, count: int) -> dt.date | None:
    """Return the last day of a term by the yearly notices alone; None beyond the end of the calendar."""
    return _with(frozenset()).later(day, count)
