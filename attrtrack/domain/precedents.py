"""Precedents (先例): documents that a person of the office has decided or an assessor has corrected, kept as lessons."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.attributes import DisclosureAttribute


class Standing(StrEnum):
    """What a precedent does: it teaches, it waits for a person because a rule speaks against it, or it is set aside."""

    TEACHING = "teaching"
    CONFLICT = "conflict"
    SET_ASIDE = "set_aside"

    @property
    def chinese(self) -> str:
        """The word that officials use."""
        return _CHINESE[self]


_CHINESE = {Standing.TEACHING: "作为先例", Standing.CONFLICT: "与规则冲突，待处理", Standing.SET_ASIDE: "不作先例"}


class Source(StrEnum):
    """Whose word a precedent rests on: a signatory's decision, or an assessor's correction."""

    DECISION = "decision"
    CORRECTION = "correction"

    @property
    def chinese(self) -> str:
        """The word that officials use."""
        return "考核更正" if self is Source.CORRECTION else "审定"


@dataclass(frozen=True, slots=True)
class Correction:
    """What an assessor says the attribute should have been (考核更正); appended, superseded by the next, never edited."""

    attribute: DisclosureAttribute
    reason: str | None
    note: str | None
    corrected_by: str
    corrected_at: dt.datetime
    rules_version: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one document can teach: attribute, reason code, weight, and the hashes by which like documents are known.

    `opposed` names the rules of arts 19-21 that speak against it; then it teaches nothing until a person has looked.
    """

    source: Source
    attribute: DisclosureAttribute
    reason: str | None
    weight: float
    sketch: tuple[int, ...]
    taught_by: str
    taught_at: dt.datetime
    opposed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a person decided on a precedent: whether it teaches, and why."""

    teach: bool
    note: str | None
    resolved_by: str
    resolved_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Precedent:
    """The live precedent of one document of the register; `title`, `number` and `unit` are that document's."""

    document_id: str
    title: str | None
    number: str | None
    lesson: Lesson
    standing: Standing
    resolution: Resolution | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class PrecedentMatch:
    """A teaching precedent that is like the document at hand, `likeness` 0..1; `share` 0..1 is how much of it counts."""

    precedent: Precedent
    likeness: float
    share: float = 1.0
