"""Publication delay counted: rows with two dates become a distribution by government, what tells no delay is left out by name.

The delay is the shortest term of working days that the publication keeps (see `Calendar.term`): 0 on the day of making, so
that a delay of at most 20 is exactly what art. 26 asks for.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.delays import (
    CLASSES,
    COHORTS,
    Cohort,
    DatedRow,
    DelayFault,
    Delays,
    LeftOut,
    Spread,
)
from attrtrack.domain.terms import PUBLISH_WORKDAYS
from attrtrack.rules.workdays import Calendar

ALL = "合计"
UNNAMED = "未写明机关"
_FIRST = dt.date(2004, 1, 1)
_MISSING = frozenset({"", "nan", "nat", "none", "null", "-", "—", "无", "不详"})
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST = 40


def delays(rows: Iterable[DatedRow], calendar: Calendar, *, today: dt.date) -> Delays:
    """Return the distribution of a list's publication delays; a day after `today` is one still to come."""
    counted, left_out = list[tuple[str, dt.date, int]](), list[LeftOut]()
    total = both = provisional = 0
    for row in rows:
        total += 1
        faults = tuple(_faults(row, today))
        both += not _WITHOUT_BOTH.intersection(faults)
        if faults:
            left_out.append(LeftOut(row, faults))
            continue
        issued, published = _day(row.issued), _day(row.published)
        assert issued is not None  # noqa: S101 - a row without day has a fault
        assert published is not None  # noqa: S101 - the same
        provisional += calendar.is_provisional(published)
        counted.append(((row.government or UNNAMED).strip(), issued, calendar.term(issued, published)))
    return Delays(
        rows=total,
        both=both,
        counted=len(counted),
        cohorts=tuple(_cohort(counted, since, because) for since, because in COHORTS),
        years=tuple(_by(((str(issued.year), days) for _, issued, days in counted), key=lambda spread: spread.name)),
        left_out=tuple(left_out),
        provisional=provisional,
        calendar=calendar.version,
    )


_WITHOUT_BOTH = frozenset({DelayFault.UNUSABLE, DelayFault.ISSUED_MISSING, DelayFault.PUBLISHED_MISSING})


def _faults(row: DatedRow, today: dt.date) -> Iterator[DelayFault]:
    if row.fault is not None:
        yield DelayFault.UNUSABLE
        return
    issued, published = _day(row.issued), _day(row.published)
    if issued is None:
        yield DelayFault.ISSUED_MISSING if _is_missing(row.issued) else DelayFault.ISSUED_IMPOSSIBLE
    elif issued < _FIRST:
        yield DelayFault.BEFORE_CALENDAR
    if published is None:
        yield DelayFault.PUBLISHED_MISSING if _is_missing(row.published) else DelayFault.PUBLISHED_IMPOSSIBLE
    if any(day is not None and day > today for day in (issued, published)):
        yield DelayFault.TO_COME
    if issued is not None and published is not None and published < issued:
        yield DelayFault.NEGATIVE


def _is_missing(text: str | None) -> bool:
    return text is None or text.strip().lower() in _MISSING


def _day(text: str | None) -> dt.date | None:
    """Read a calendar day; a month without day, or the 30th of February, is none."""
    if _is_missing(text) or text is None or len(text) > _LONGEST:
        return None
    if _ISO.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return None
    written = WrittenDate.parse(text)
    return written.as_date if written else None


def _cohort(counted: Sequence[tuple[str, dt.date, int]], since: dt.date, because: str) -> Cohort:
    kept = [(government, days) for government, issued, days in counted if issued >= since]
    spreads = _by(kept, key=lambda spread: (-spread.count, spread.name))
    return Cohort(since, because, _spread(ALL, [days for _, days in kept]), tuple(spreads))


def _by(named: Iterable[tuple[str, int]], *, key: Callable[[Spread], Any]) -> list[Spread]:
    groups = defaultdict[str, list[int]](list)
    for name, days in named:
        groups[name].append(days)
    return sorted((_spread(name, days) for name, days in groups.items()), key=key)


def _spread(name: str, days: list[int]) -> Spread:
    ordered = sorted(days)
    return Spread(
        name=name,
        count=len(ordered),
        within=sum(one <= PUBLISH_WORKDAYS for one in ordered),
        median=_quantile(ordered, 5),
        ninth_decile=_quantile(ordered, 9),
        longest=ordered[-1] if ordered else None,
        classes=tuple(
            sum(first <= one and (last is None or one <= last) for one in ordered) for first, last in CLASSES
        ),
    )


def _quantile(ordered: Sequence[int], tenths: int) -> int | None:
    """Return the smallest delay that so many tenths of the rows do not exceed."""
    return ordered[(len(ordered) * tenths + 9) // 10 - 1] if ordered else None
