"""Measures: ratios whose numerator, denominator and excluded are lists of rows (指标)."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State


class Reading(StrEnum):
    """What is counted: documents, or interpretations (the papers support both, the figures differ)."""

    DOCUMENT = "document"
    INTERPRETATION = "interpretation"


class MeasureState(StrEnum):
    """Whether a value exists: an empty denominator is undefined, missing data not assessable; never 0 or 1."""

    DEFINED = "defined"
    UNDEFINED = "undefined"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class MeasuredInterpretation:
    """An interpretation as the measures see it, beside one document; forms and channels are codes of the rule tables.

    `copied` says whether it is an excerpt of that document, `mutual` whether their two pages link to each other; None: the
    texts or the pages' links are not known. `automatic` says that the matcher linked them and nobody has judged it.
    """

    id: str
    forms: tuple[str, ...]
    channels: tuple[str, ...]
    confirmed: bool
    published: dt.date | None = None
    copied: bool | None = None
    mutual: bool | None = None
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class MeasuredDocument:
    """A document of the register as the measures see it, with its linked interpretations."""

    id: str
    title: str
    number: str | None
    genre: str | None
    unit: str | None
    date: WrittenDate | None
    attribute: DisclosureAttribute | None
    reason: str | None
    state: State
    needs_interpretation: bool | None
    published_on: str | None
    attribute_asked: bool = True
    interpretations: tuple[MeasuredInterpretation, ...] = ()
    year_stated: int | None = None
    need_source: str | None = None
    """Who says whether an interpretation is needed: a `NeedSource`, else the code of the rule."""
    need_rule: str | None = None
    """The row of interpretation_needed.toml that fits it, whoever is followed."""
    published: bool | None = None
    """Whether any publication of it is registered; None: as `published_on` tells."""
    checked: DisclosureAttribute | None = None
    """What a reviewer or an assessor last said its attribute should be; None: nobody has looked."""
    examined: bool = False
    """Whether it was looked at again after it had been kept back."""

    @property
    def year(self) -> int | None:
        """The year of the date made, else the year stated for its ledger, or None."""
        return self.date.year if self.date else self.year_stated

    @property
    def is_published(self) -> bool:
        """Whether it is known to be public, be it on a known day or not."""
        return self.published_on is not None or bool(self.published)


@dataclass(frozen=True, slots=True)
class Days:
    """Working days behind one row of a measure; `provisional` where they reach into a year whose holidays are not known."""

    id: str
    days: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class Excluded:
    """A row left out of a measure, and the rule that left it out; `need` is who said that it needs no interpretation."""

    id: str
    rule: str
    need: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A target of a year (目标) with the paper that sets it, or the words that no paper does."""

    measure: str
    value: float
    year_from: int
    year_to: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured figure and the rows behind it; `range` is the span if every pending link were judged."""

    code: str
    name: str
    unit: str | None
    year: int | None
    reading: Reading
    state: MeasureState
    value: float | None
    target: Target | None
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    excluded: tuple[Excluded, ...]
    range: tuple[float, float] | None
    dictionary_version: str
    rules_version: str
    need_sources: tuple[tuple[str, int], ...] | None = None
    """Who said of the denominator's rows that they need an interpretation, with how many; None where no need is asked."""
    days: tuple[Days, ...] | None = None
    """The working days of each row of the denominator, in its order; None where the measure counts no days."""
    automatic: int | None = None
    """How many of the numerator stand there by automatic links alone, which nobody has judged; None where no link counts."""


@dataclass(frozen=True, slots=True)
class RowCount:
    """So many rows, which are read when somebody asks for them."""

    count: int

    def __len__(self) -> int:
        return self.count


@dataclass(frozen=True, slots=True)
class CountedMeasure:
    """A `Measure` with the number of its rows in place of their ids; `excluded_by` counts them by rule, most first."""

    code: str
    name: str
    unit: str | None
    year: int | None
    reading: Reading
    state: MeasureState
    value: float | None
    target: Target | None
    numerator: RowCount
    denominator: RowCount
    excluded: RowCount
    excluded_by: tuple[tuple[str, int], ...]
    range: tuple[float, float] | None
    dictionary_version: str
    rules_version: str
    need_sources: tuple[tuple[str, int], ...] | None = None
    automatic: int | None = None


AnyMeasure = Measure | CountedMeasure
"""A figure with its rows, or with their number: what a page says of it is the same."""
