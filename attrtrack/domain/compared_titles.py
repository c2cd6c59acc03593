"""Two titles beside each other, facet by facet, as somebody sees them who judges a link."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What two titles say of one facet."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ONE_SIDED = "one-sided"


@dataclass(frozen=True, slots=True)
class ComparedFacet:
    """One facet with its words in either title (empty where a title does not say)."""

    name: str
    here: tuple[str, ...]
    there: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TitlePiece:
    """A stretch of a title; `verdict` None: it belongs to no facet that is compared."""

    text: str
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class ComparedTitles:
    """The facets of two titles, and both titles in pieces that join up to them."""

    facets: tuple[ComparedFacet, ...]
    here: tuple[TitlePiece, ...]
    there: tuple[TitlePiece, ...]
