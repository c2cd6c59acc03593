"""What a published report says against itself, and what could not be checked in it."""

from dataclasses import dataclass

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One check's answer: its code, the reason told in Chinese, and the places (the first is where to look)."""

    code: str
    message: str
    certainty: Certainty
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something a check met and could not judge, with the reason."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything found in one report, in the order of the text, and everything left unchecked.

    Where nothing was found, `first_look` is where whoever spot-checks it should look first: no finding, rarely a slip. Attachments
    that are kept elsewhere are found and say nothing of the text: there may be a first look beside them.
    """

    contradictions: tuple[Contradiction, ...]
    unchecked: tuple[Unchecked, ...]
    first_look: Contradiction | None = None

    @property
    def told(self) -> tuple[Contradiction, ...]:
        """All that a person is told of: the contradictions, then where to look first."""
        return (*self.contradictions, *((self.first_look,) if self.first_look else ()))


@dataclass(frozen=True, slots=True)
class KnownTitle:
    """A title that is known to be right, its number if known, and where it is known from."""

    title: str
    number: str | None
    source: str
