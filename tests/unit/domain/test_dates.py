"""Dates as documents write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrtrack.domain.dates import WrittenDate, find_dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023年7月10日", "2023-07-10"),
        ("2023-07-08", "2023-07-08"),
        ("2020/5/22", "2020-05-22"),
        ("２０２１年１月２１日", "2021-01-21"),
        ("二〇二一年一月二十一日", "2021-01-21"),
        ("二○一九年十二月三十日", "2019-12-30"),
        ("二O二〇年十月十日", "2020-10-10"),
        ("二0二0年五月十日", "2020-05-10"),
        ("二〇二三年7月10日", "2023-07-10"),
        ("2022年12月", "2022-12"),
        ("2023-07-08 00:00:00", "2023-07-08"),
        ("2023-07-08T09:30:00Z", "2023-07-08"),
    ],
)
def test_reads_every_manner_of_writing(text: str, iso: str) -> None:
    """Arabic, Chinese, full-width and ISO dates mean the same."""
    date = WrittenDate.parse(text)
    assert date is not None
    assert date.isoformat() == iso


@pytest.mark.parametrize(
    "text", ["", "2023", "2023年13月1日", "2023-02-30", "同意2023年7月10日的意见", "12345年1月1日", "nan"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    """Nothing is guessed from what is not a date."""
    assert WrittenDate.parse(text) is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_iso_round_trip(day: dt.date) -> None:
    """Every day prints and reads back."""
    written = WrittenDate(day.year, day.month, day.day)
    assert WrittenDate.parse(written.isoformat()) == written
    assert written.as_date == day


def test_finds_dates_with_their_places() -> None:
    """Spans cover exactly the printed date."""
    text = "会议于2023年7月8日召开，二〇二三年七月十日印发。"
    assert [span.of(text) for _, span in find_dates(text)] == ["2023年7月8日", "二〇二三年七月十日"]
