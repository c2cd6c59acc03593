"""A scoring scheme (考核细则): classes, indicators of three levels, what deducts and what adds, how it is rounded and ranked."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from attrtrack.domain.score_checks import RankMethod


class Per(StrEnum):
    """What one deduction is for: a row behind a figure, a percentage point below the floor, or a case that a person enters."""

    ROW = "row"
    POINT = "point"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class AssessedClass:
    """A class of units with a full mark of its own; `categories` are those of the table of units, `*` takes every other unit."""

    code: str
    name: str
    full_mark: Decimal
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator (指标) of level 1 to 3 with its weight; it stands under `parent`, and in some classes only (none: in all)."""

    code: str
    name: str
    parent: str | None
    level: int
    weight: Decimal
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deduction:
    """What loses points: `source` is `measure:<code>`, `finding:<code>` or `entered`; `cap` of this rule alone.

    A grave one (重大扣分) belongs to no indicator, is held by no cap of an indicator and comes last.
    """

    code: str
    indicator: str | None
    source: str
    per: Per
    points: Decimal
    floor: Decimal | None
    cap: Decimal | None
    grave: bool
    text: str

    @property
    def kind(self) -> str:
        """Where its faults come from: measure, finding or entered."""
        return self.source.partition(":")[0]

    @property
    def subject(self) -> str:
        """The code of the measure or finding that it asks."""
        return self.source.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Bonus:
    """What adds points, each time `points`, up to `most`; all under one parent up to a share of its weight.

    `share` is an explicit exception from the scheme's own share, with the paper that allows it in `source`.
    """

    code: str
    indicator: str | None
    points: Decimal
    most: Decimal | None
    share: Decimal | None
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (等次) proposed from a score on; the last begins at 0 or below."""

    name: str
    least: Decimal
    rectify: bool


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme; `sample`: its weights and points are invented to show how it works, and every score says so.

    `notice_days`: so many days before an assessment on the spot its units are told; 0 where the paper says none.
    """

    code: str
    name: str
    sample: bool
    method_source: str
    weights_source: str
    year_from: int
    year_to: int | None
    bonus_share: Decimal
    missing_words: str
    places: int
    rounding: str
    normalise: str
    ranking: RankMethod
    tie_break: tuple[str, ...]
    notice_days: int
    classes: tuple[AssessedClass, ...]
    indicators: tuple[Indicator, ...]
    deductions: tuple[Deduction, ...]
    bonuses: tuple[Bonus, ...]
    grades: tuple[Grade, ...]

    @property
    def rules(self) -> tuple[Deduction | Bonus, ...]:
        """Everything that takes or gives points."""
        return (*self.deductions, *self.bonuses)

    def indicator(self, code: str) -> Indicator:
        """Return an indicator; KeyError for a code that the scheme lacks."""
        found = next((one for one in self.indicators if one.code == code), None)
        if found is None:
            raise KeyError(code)
        return found

    def section_of(self, code: str) -> Indicator:
        """Return the indicator of level 1 above (or at) an indicator."""
        found = self.indicator(code)
        while found.parent is not None:
            found = self.indicator(found.parent)
        return found

    def sections(self, class_code: str) -> Iterator[Indicator]:
        """Yield the indicators of level 1 that count for a class."""
        yield from (one for one in self.indicators if one.parent is None and self.counts_for(one.code, class_code))

    def counts_for(self, code: str, class_code: str) -> bool:
        """Whether an indicator and those above it count for a class."""
        found = self.indicator(code)
        own = not found.classes or class_code in found.classes
        return own and (found.parent is None or self.counts_for(found.parent, class_code))

    def assessed_class(self, code: str) -> AssessedClass:
        """Return a class; KeyError for a code that the scheme lacks."""
        return {one.code: one for one in self.classes}[code]

    def class_of_category(self, category: str | None) -> AssessedClass | None:
        """Return the class of units of a category; None where the scheme speaks of no such units."""
        named = next((one for one in self.classes if category is not None and category in one.categories), None)
        return named or next((one for one in self.classes if "*" in one.categories), None)
