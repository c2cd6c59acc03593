"""How long it is from one day to another, in the units that texts count in."""

import datetime as dt
from collections.abc import Sequence

from attrtrack.examining.text.days import Day
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.times.report_years import years_of
from attrtrack.rules.workdays import is_workday

_DAYS_OF_MONTH = 30.4
_ANY_YEAR = range(2018, 2026)


def readings(paper: Paper, one: Day, other: Day) -> Sequence[tuple[dt.date, dt.date]]:
    """Return two days as dates, in each year they may be of; one without a year may lie in the year after the other."""
    found = []
    named = one.year or other.year
    for year in (named,) if named else years_of(paper) or _ANY_YEAR:
        try:
            begin, end = (
                dt.date(one.year or year, one.month, one.day),
                dt.date(other.year or year, other.month, other.day),
            )
        except ValueError:
            continue
        if end < begin and not (one.year and other.year) and other.month < one.month:
            end = _next_year(end)
        found.append((begin, end))
    return found


def _next_year(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=365)


def elapsed(begin: dt.date, end: dt.date, unit: str) -> float:
    """Return how many days, days of work, weeks, months or years have passed since a day when another has come."""
    days = (end - begin).days
    if unit == "工作日":
        return sum(is_workday(begin + dt.timedelta(days=at + 1)) for at in range(days))
    if unit in {"周", "星期"}:
        return days / 7
    if unit == "月":
        return days / _DAYS_OF_MONTH
    return days / 365 if unit == "年" else days
