"""Publication delay: working days from the making of a document to its publication, of rows that state both days."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.terms import PUBLISH_WORKDAYS


class DelayFault(StrEnum):
    """Why a row tells no delay."""

    UNUSABLE = "row-unusable"
    ISSUED_MISSING = "issued-missing"
    PUBLISHED_MISSING = "published-missing"
    ISSUED_IMPOSSIBLE = "issued-impossible"
    PUBLISHED_IMPOSSIBLE = "published-impossible"
    BEFORE_CALENDAR = "issued-before-2004"
    TO_COME = "day-to-come"
    NEGATIVE = "published-before-issued"

    @property
    def chinese(self) -> str:
        """The reason as a person reads it."""
        return _FAULTS[self]


_FAULTS = {
    DelayFault.UNUSABLE: "行不能用",
    DelayFault.ISSUED_MISSING: "没有成文日期",
    DelayFault.PUBLISHED_MISSING: "没有公开日期",
    DelayFault.ISSUED_IMPOSSIBLE: "成文日期不是一个日子",
    DelayFault.PUBLISHED_IMPOSSIBLE: "公开日期不是一个日子",
    DelayFault.BEFORE_CALENDAR: "2004年以前成文（没有工作日历）",
    DelayFault.TO_COME: "日期还没有到",
    DelayFault.NEGATIVE: "公开早于成文",
}


@dataclass(frozen=True, slots=True)
class DatedRow:
    """A row of a list as it stands: its number as a person sees it, who made the document, both dates in their own words.

    `fault` says what is wrong with a row that cannot be used at all. Titles are left where they are: no figure needs them.
    """

    row: int
    government: str | None = None
    issued: str | None = None
    published: str | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not counted, with every reason that holds."""

    row: DatedRow
    faults: tuple[DelayFault, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How delays are spread: rows, those within the term, median, ninth decile and longest in working days.

    `classes` are the rows of each class of `CLASSES`. A spread of no rows has no value: None, never 0.
    """

    name: str
    count: int
    within: int
    median: int | None
    ninth_decile: int | None
    longest: int | None
    classes: tuple[int, ...]

    @property
    def share(self) -> float | None:
        """The share within the term."""
        return self.within / self.count if self.count else None


CLASSES: tuple[tuple[int, int | None], ...] = (
    (0, 5),
    (6, 10),
    (11, PUBLISH_WORKDAYS),
    (21, 60),
    (61, 250),
    (251, None),
)
"""Classes of working days, first and last; 250 are about a year."""


def class_name(number: int) -> str:
    """Return a class as a person reads it."""
    first, last = CLASSES[number]
    return f"{first}天以上" if last is None else f"{first}—{last}天"


@dataclass(frozen=True, slots=True)
class Cohort:
    """Documents made since a day: all of them, and those of each government, most rows first."""

    since: dt.date
    because: str
    together: Spread
    governments: tuple[Spread, ...]


COHORTS = (
    (dt.date(2004, 1, 1), "有工作日历以来"),
    (dt.date(2008, 5, 1), "《条例》施行以来"),
    (dt.date(2019, 5, 15), "修订的《条例》施行以来"),
)
"""Documents are told apart by the Regulation under which they were made; older ones were put on line years later."""


@dataclass(frozen=True, slots=True)
class Delays:
    """What a list of documents says of publication delay; `years` are the spreads by year of making, named by the year.

    `both` rows state both days. `provisional` rows reach into a year whose holidays are not known yet.
    """

    rows: int
    both: int
    counted: int
    cohorts: tuple[Cohort, ...]
    years: tuple[Spread, ...]
    left_out: tuple[LeftOut, ...]
    provisional: int
    calendar: str
