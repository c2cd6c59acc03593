"""Working days: holidays and make-up days of the yearly notices, and where they are not known yet."""

import datetime as dt

import pytest

from attrtrack.rules.workdays import calendar_version, is_provisional, is_workday, workdays_later


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
