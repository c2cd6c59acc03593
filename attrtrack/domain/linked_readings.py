"""Interpretations as the page that judges them lists them: by how they stand to the documents."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.interpretations import Judgement


class Standing(StrEnum):
    """How an interpretation stands to the documents, one answer for each: a pair waits, one is linked, or none is."""

    WAITING = "waiting"
    LINKED = "linked"
    NONE = "none"

    @property
    def chinese(self) -> str:
        """The heading that officials read."""
        return _WORDS[self]


_WORDS = {Standing.WAITING: "待判定", Standing.LINKED: "已关联", Standing.NONE: "不关联任何公文"}


@dataclass(frozen=True, slots=True)
class ReadingsWanted:
    """Which interpretations a list shows; None: not narrowed by this."""

    standing: Standing | None = None
    unit: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ListedReading:
    """An interpretation as a list shows it: without its text; `pairs` are the documents that are not refused, likeliest first."""

    key: int
    title: str | None
    url: str | None
    published: dt.date | None
    publisher: str | None
    unit: str | None
    forms: tuple[str, ...]
    channels: tuple[str, ...]
    pairs: tuple[tuple[str, Judgement], ...] = ()

    @property
    def id(self) -> str:
        """The public id."""
        return f"I{self.key}"

    @property
    def standing(self) -> Standing:
        """How it stands."""
        said = {judgement for _, judgement in self.pairs}
        if Judgement.PENDING in said:
            return Standing.WAITING
        return Standing.LINKED if said else Standing.NONE
