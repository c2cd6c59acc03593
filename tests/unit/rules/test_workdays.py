"""Working days: holidays and make-up days of the yearly notices, and where they are not known yet."""

import datetime as dt
from dataclasses import replace

import pytest

from attrtrack.rules import Rules
from attrtrack.rules.schema import WorkdayRow
from attrtrack.rules.workdays import Calendar, calendar_version, is_provisional, is_workday, workdays_later


@pytest.mark.parametrize(
    ("day", "works"),
    [("2023-10-06", False), ("2023-10-07", True), ("2023-10-08", True), ("2023-10-14", False), ("2020-01-31", False)],
)
def test_notices_outweigh_the_weekday(day: str, works: bool) -> None:
    """A Friday of the National Day week is free, the Saturday after it is worked; the spring of 2020 was prolonged."""
    assert is_workday(dt.date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("begins", "count", "ends"),
    [
        ("2023-07-10", 20, "2023-08-07"),
        ("2023-09-29", 20, "2023-11-01"),
        ("2026-02-16", 20, "2026-03-20"),
        ("2024-05-06", 0, "2024-05-06"),
    ],
)
def test_a_term_begins_on_the_next_day_and_ends_on_a_working_day(begins: str, count: int, ends: str) -> None:
    """The day itself is not counted, whether people work on it or not."""
    assert workdays_later(dt.date.fromisoformat(begins), count) == dt.date.fromisoformat(ends)


def test_years_without_a_notice_are_provisional() -> None:
    """Weekends alone are counted there, and it can be told; beyond the calendar there is no day."""
    assert workdays_later(dt.date(2090, 3, 6), 5) == dt.date(2090, 3, 13)
    assert is_provisional(dt.date(2090, 3, 6))
    assert not is_provisional(dt.date(2023, 3, 6))
    assert workdays_later(dt.date(9999, 12, 20), 20) is None
    assert calendar_version().startswith("chinesecalendar ")


def test_an_offices_own_days_go_before_the_notices(rules: Rules) -> None:
    """A made-up rest day lengthens a term, a worked Sunday shortens it, and a year that has a row is known."""
    own = (
        WorkdayRow("2023-07-11", is_workday=False, source="停水停电"),
        WorkdayRow("2090-03-12", is_workday=True, source="通知"),
        WorkdayRow("2023-10-06", is_workday=True, source="值守"),
    )
    calendar = Calendar.of(own)
    assert calendar.later(dt.date(2023, 7, 10), 20) == dt.date(2023, 8, 8)
    assert calendar.is_workday(dt.date(2023, 10, 6))
    assert calendar.is_workday(dt.date(2090, 3, 12))
    assert (calendar.is_provisional(dt.date(2090, 3, 6)), calendar.is_provisional(dt.date(2091, 3, 6))) == (False, True)
    assert rules.calendar.later(dt.date(2023, 7, 10), 20) == dt.date(2023, 8, 7)
    assert replace(rules, workdays=own).calendar.later(dt.date(2023, 7, 10), 20) == dt.date(2023, 8, 8)


@pytest.mark.parametrize(
    "begins", [dt.date(2023, 9, 23), dt.date(2023, 9, 28), dt.date(2026, 2, 16), dt.date(2020, 1, 20)]
)
def test_the_term_that_a_day_keeps_is_the_count_turned_round(begins: dt.date) -> None:
    """A day lies within a term of n working days exactly where its own term is at most n."""
    calendar = Calendar.of(())
    for days in range(-5, 90):
        reached = begins + dt.timedelta(days=days)
        term = calendar.term(begins, reached)
        assert term == (
            0 if days <= 0 else next(n for n in range(90) if reached <= (calendar.later(begins, n) or reached))
        )
    assert calendar.term(begins, dt.date(2103, 9, 1)) > 18_000
