"""Working days of the State Council's yearly notices, and the count of a legal term.

The day on which a term begins is not counted, a term ends on a working day (民法典 arts 201, 203). The holidays are those
of the package chinesecalendar, whose own `find_workday` is one day late from a rest day. Years that it does not know yet
are counted by weekends alone, and the result is provisional until the notice is out.
"""

import datetime as dt
from functools import lru_cache
from importlib.metadata import version

_SATURDAY = 5
_TERMS = 65_536


@lru_cache(maxsize=1)
def _known() -> tuple[frozenset[dt.date], frozenset[dt.date], int, int]:
    from chinese_calendar import constants  # noqa: PLC0415 - read when the first term is counted

    holidays, made_up = frozenset(constants.holidays), frozenset(constants.workdays)
    return holidays, made_up, min(holidays).year, max(holidays).year


def calendar_version() -> str:
    """Return by which calendar days are counted."""
    return f"chinesecalendar {version('chinesecalendar')}"


def is_workday(day: dt.date) -> bool:
    """Whether people work on a day; of a year without notice, by its weekday."""
    holidays, made_up, _, _ = _known()
    return day in made_up or (day.weekday() < _SATURDAY and day not in holidays)


def is_provisional(day: dt.date) -> bool:
    """Whether the notice on the holidays of a day's year is not known."""
    _, _, first, last = _known()
    return not first <= day.year <= last


@lru_cache(maxsize=_TERMS)
def workdays_later(day: dt.date, count: int) -> dt.date | None:
    """Return the last day of a term of so many working days from a day on; None beyond the end of the calendar."""
    try:
        while count:
            day += dt.timedelta(days=1)
            count -= is_workday(day)
    except OverflowError:
        return None
    return day
