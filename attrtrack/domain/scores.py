"""Scores (得分): what each fault cost, what was added, with the rows behind every point."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from attrtrack.domain.grades import TaskKind
from attrtrack.domain.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Fault:
    """So many times a deduction or bonus applies (percentage points for a floor), with the rows or the evidence for it.

    `rows` are ids of the register; what a person enters has `evidence` in words instead. `reason` is what people read.
    """

    rule: str
    count: Decimal
    reason: str
    rows: tuple[str, ...] = ()
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A section of which a unit handed in nothing (未报资料): it scores 0."""

    indicator: str
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class OpenRule:
    """A rule of which the register cannot say whether it costs anything, and why; a person settles it with evidence."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Loss:
    """Points lost by one rule: `asked` before the rule's own cap, `points` after it."""

    rule: str
    indicator: str | None
    asked: Decimal
    points: Decimal
    reason: str
    rows: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gain:
    """Points added by one rule: `asked` before any cap, `points` after the rule's own and the parent's."""

    rule: str
    indicator: str | None
    asked: Decimal
    points: Decimal
    reason: str
    rows: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionScore:
    """A level-1 indicator: its losses, their sum, and what is lost of its weight at most; `missing` says why it is 0."""

    code: str
    name: str
    weight: Decimal
    losses: tuple[Loss, ...]
    asked: Decimal
    lost: Decimal
    missing: str | None

    @property
    def score(self) -> Decimal:
        """What is left of the weight."""
        return self.weight - self.lost


@dataclass(frozen=True, slots=True)
class Score:
    """A unit's score by a scheme; `exact` before rounding. The grade is a proposal, a person decides it.

    While rules are `open` the total is the highest it can be and `lowest` the lowest: it has no rank and no grade yet.
    """

    unit: str
    class_code: str
    full_mark: Decimal
    sections: tuple[SectionScore, ...]
    gains: tuple[Gain, ...]
    grave: tuple[Loss, ...]
    exact: Decimal
    total: Decimal
    lowest: Decimal
    open: tuple[OpenRule, ...]
    rank: Decimal | None = None
    grade_proposed: str | None = None

    @property
    def complete(self) -> bool:
        """Whether every rule was asked and answered."""
        return not self.open


@dataclass(frozen=True, slots=True)
class LossLine:
    """A line of the score sheet in four columns (指标分值、扣分、失分原因、整改情况); what was mended a person writes.

    `loss` is what the line tells of, with the rows behind it; None for a section not handed in, and for what a cap gives back.
    """

    indicator: str
    weight: Decimal | None
    lost: Decimal
    reason: str
    rectified: str = ""
    loss: Loss | None = None


@dataclass(frozen=True, slots=True)
class AssessmentTask:
    """What would have to be done about a unit by a day; nothing of it is kept."""

    unit: str
    due: dt.date
    text: str
    kind: TaskKind


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a year by one scheme, best first within each class; `left_out` are units that no class takes, with why."""

    scheme: Scheme
    year: int
    scores: tuple[Score, ...]
    left_out: tuple[tuple[str, str], ...]
    rules_version: str
    tasks: tuple[AssessmentTask, ...] = ()
