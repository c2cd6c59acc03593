"""Grades (等次) as people decide them, and the dated tasks of an assessment that are kept: telling a unit, having it mend.

The scheme proposes, the assessing office decides (晋政办函〔2020〕42号, part four: 提出初步考核等次建议，报领导小组审定). Units
that fail mend within a term (part five); which term is the office's own word, none is invented here.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from attrtrack.domain.schemes import Grade, Scheme

if TYPE_CHECKING:
    from attrtrack.domain.scores import Score

_NAMED = tuple(Grade(name, Decimal(0), rectify=name == "不合格") for name in ("优秀", "良好", "合格", "不合格"))
"""The grades in use where a scheme states no thresholds: nothing is proposed then, a person decides all the same."""

_Assessed = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class GradeDecision:
    """What a person decided on a unit's grade of a year by a scheme, beside what was proposed and scored at that moment.

    `grade` None takes the decision before it back. `lowest` is less than `total` where rules were open then. `rectify`: the
    grade asked for mending by the scheme of that day; `mend_by` until when, None where no day was set yet.
    """

    id: str
    unit: str
    year: int
    scheme: str
    rules_version: str
    proposed: str | None
    total: Decimal
    lowest: Decimal
    grade: str | None
    rectify: bool
    mend_by: dt.date | None
    because: str | None
    decided_by: str
    decided_at: dt.datetime

    @property
    def assessed(self) -> _Assessed:
        """What is graded: unit, year and scheme."""
        return self.unit, self.year, self.scheme

    def rests_on(self, score: "Score") -> bool:
        """Whether the unit has the score and the proposal still on which its grade was decided."""
        return (score.total, score.lowest, score.grade_proposed) == (self.total, self.lowest, self.proposed)


class TaskKind(StrEnum):
    """What has to be done: tell the unit before the visit, or mend what made it fail."""

    NOTIFY = "notify"
    MEND = "mend"

    @property
    def chinese(self) -> str:
        """What officials call it."""
        return {"notify": "考核通知", "mend": "限期整改"}[self.value]


@dataclass(frozen=True, slots=True)
class Visit:
    """The day on which a unit is assessed on the spot, and by when it has to be told."""

    id: str
    unit: str
    year: int
    scheme: str
    day: dt.date
    notify_by: dt.date

    @property
    def assessed(self) -> _Assessed:
        """What is assessed: unit, year and scheme."""
        return self.unit, self.year, self.scheme


@dataclass(frozen=True, slots=True)
class TaskEnd:
    """Somebody's word that a task is done, or (`done` false) that it is not after all."""

    task: str
    done: bool
    note: str
    said_by: str
    said_at: dt.datetime


@dataclass(frozen=True, slots=True)
class DatedTask:
    """A task that is kept, under the id of the decision or visit that it comes from; `due` None: no day was set yet."""

    id: str
    kind: TaskKind
    unit: str
    year: int
    scheme: str
    due: dt.date | None
    text: str
    ended: TaskEnd | None = None

    def days_left(self, day: dt.date) -> int | None:
        """Return the days of the calendar that are left on a day, less than 0 when it is overdue; None without a day."""
        return None if self.due is None else (self.due - day).days

    def overdue(self, day: dt.date) -> bool:
        """Whether it is neither done nor in time on a day."""
        return self.ended is None and self.due is not None and self.due < day


@dataclass(frozen=True, slots=True)
class MendingOrder:
    """A unit whose grade asks for mending, in a paper: `decided` by a person, else only proposed; `ended` once it is done."""

    unit: str
    grade: str
    decided: bool
    mend_by: dt.date | None = None
    ended: TaskEnd | None = None


def grades_of(scheme: Scheme) -> tuple[Grade, ...]:
    """Return the grades that may be decided by a scheme: its own, else those in use."""
    return scheme.grades or _NAMED


def in_force(decisions: Iterable[GradeDecision]) -> tuple[GradeDecision, ...]:
    """Return of decisions in the order they were made those that hold: each unit's last, unless it was taken back."""
    last = {one.assessed: one for one in decisions}
    return tuple(one for one in last.values() if one.grade is not None)
