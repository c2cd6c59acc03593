"""Publication delay: the term by the law's own count, every row counted or left out with its reasons."""

import datetime as dt
import random
from itertools import pairwise

import pytest

from attrtrack.domain.delays import CLASSES, COHORTS, DatedRow, DelayFault, Delays
from attrtrack.domain.terms import PUBLISH_WORKDAYS
from attrtrack.metrics.delays import ALL, UNNAMED, delays
from attrtrack.rules import Rules

TODAY = dt.date(2026, 11, 20)


def of(rules: Rules, *rows: tuple[str | None, str | None], government: str | None = "云省") -> Delays:
    """Count rows of a government, numbered from 1."""
    dated = (DatedRow(number, government, *days) for number, days in enumerate(rows, start=1))
    return delays(dated, rules.calendar, today=TODAY)


@pytest.mark.parametrize(
    ("issued", "published", "expected"),
    [
        ("2023-07-10", "2023-07-10", 0),
        ("2023-07-10", "2023-08-07", 20),
        ("2023-07-10", "2023-08-08", 21),
        ("2023-09-29", "2023-11-01", 20),
        ("2023-09-29", "2023-11-02", 21),
        ("2023-07-14", "2023-07-15", 1),
        ("2023-07-14", "2023-07-17", 1),
        ("2026-02-16", "2026-03-20", 20),
    ],
)
def test_the_day_of_making_is_not_counted_and_a_term_ends_on_a_working_day(
    issued: str, published: str, expected: int, rules: Rules
) -> None:
    """Holidays and make-up days are counted as the yearly notices set them, from the day after the making."""
    found = of(rules, (issued, published))
    assert found.cohorts[0].together.longest == expected


def test_within_the_term_is_not_after_its_last_day(rules: Rules) -> None:
    """A delay of at most 20 is exactly a publication not after the statutory last day, whatever the days."""
    dice = random.Random(8)  # noqa: S311 - no secret
    for _ in range(400):
        issued = dt.date(2004, 1, 1) + dt.timedelta(days=dice.randrange(8_000))
        published = issued + dt.timedelta(days=dice.randrange(45))
        last = rules.calendar.later(issued, PUBLISH_WORKDAYS)
        assert last is not None
        assert of(rules, (issued.isoformat(), published.isoformat())).cohorts[0].together.within == (published <= last)


@pytest.mark.parametrize(
    ("issued", "published", "faults"),
    [
        (None, "2020-01-02", {DelayFault.ISSUED_MISSING}),
        ("NaT", " nan ", {DelayFault.ISSUED_MISSING, DelayFault.PUBLISHED_MISSING}),
        ("2020-01-02", "", {DelayFault.PUBLISHED_MISSING}),
        ("2003-12-31", "2020-01-02", {DelayFault.BEFORE_CALENDAR}),
        ("2003-12-31", "2003-12-30", {DelayFault.BEFORE_CALENDAR, DelayFault.NEGATIVE}),
        ("2020-02-30", "2020-03-02", {DelayFault.ISSUED_IMPOSSIBLE}),
        ("2020-02", "2020-03-02", {DelayFault.ISSUED_IMPOSSIBLE}),
        ("2020-02-03", "不久以后", {DelayFault.PUBLISHED_IMPOSSIBLE}),
        ("2028-07-31", "2023-08-25", {DelayFault.TO_COME, DelayFault.NEGATIVE}),
        ("2020-03-02", "2020-03-01", {DelayFault.NEGATIVE}),
        ("9" * 5_000, "2020-03-01", {DelayFault.ISSUED_IMPOSSIBLE}),
    ],
)
def test_rows_without_a_delay_are_left_out_with_every_reason(
    issued: str | None, published: str | None, faults: set[DelayFault], rules: Rules
) -> None:
    """What is missing, impossible, too old, still to come or negative is named with its row, and counted nowhere."""
    found = of(rules, ("2020-01-02", "2020-01-03"), (issued, published))
    assert [(item.row.row, set(item.faults)) for item in found.left_out] == [(2, faults)]
    assert (found.rows, found.counted) == (2, 1)
    assert all(cohort.together.count <= 1 for cohort in found.cohorts)


def test_a_list_in_which_nothing_counts_has_no_value(rules: Rules) -> None:
    """Without rows a share, a median and a longest delay are absent; they are not 0."""
    spread = of(rules, (None, None)).cohorts[0].together
    assert (spread.count, spread.share, spread.median, spread.ninth_decile, spread.longest) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_every_counted_row_stands_in_one_class_of_its_cohorts(rules: Rules) -> None:
    """Classes join without gap, add up to the rows, and the cohorts take the documents made since their day."""
    assert all(last is not None and last + 1 == first for (_, last), (first, _) in pairwise(CLASSES))
    days = ["2004-01-02", "2008-04-30", "2008-05-01", "2019-05-14", "2019-05-15", "2025-01-02"]
    found = of(rules, *((day, "2025-12-31") for day in days))
    assert [cohort.together.count for cohort in found.cohorts] == [6, 4, 2]
    assert [cohort.since for cohort in found.cohorts] == [since for since, _ in COHORTS]
    for cohort in found.cohorts:
        assert cohort.together.name == ALL
        assert sum(cohort.together.classes) == cohort.together.count == sum(item.count for item in cohort.governments)
    assert [item.name for item in found.years] == ["2004", "2008", "2019", "2025"]


def test_governments_stand_apart_and_the_nameless_too(rules: Rules) -> None:
    """Each government has its own spread, most rows first; rows that name none stand under words that say so."""
    rows = [DatedRow(1, "甲", "2020-01-02", "2020-01-02"), DatedRow(2, "甲", "2020-01-02", "2021-01-04")]
    rows.append(DatedRow(3, None, "2020-01-02", "2020-01-03"))
    first, second = delays(rows, rules.calendar, today=TODAY).cohorts[0].governments
    assert (first.name, first.count, first.within, first.share) == ("甲", 2, 1, 0.5)
    assert (second.name, second.share) == (UNNAMED, 1.0)


def test_quantiles_are_delays_of_the_list(rules: Rules) -> None:
    """Half the rows do not exceed the median, nine tenths not the ninth decile, and a smaller delay would not do."""
    days = [("2023-07-03", (dt.date(2023, 7, 3) + dt.timedelta(days=7 * week)).isoformat()) for week in range(10)]
    spread = of(rules, *days).cohorts[0].together
    assert (spread.median, spread.ninth_decile, spread.longest) == (20, 40, 45)
