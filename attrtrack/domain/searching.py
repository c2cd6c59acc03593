"""What is looked for in the register by words, and what is found."""

from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.evidence import Span


class Found(StrEnum):
    """The kinds of records that have words."""

    DOCUMENT = "document"
    INTERPRETATION = "interpretation"


@dataclass(frozen=True, slots=True)
class Question:
    """Folded words, each of which must stand in the record, and what the search is narrowed to (None: not by this)."""

    words: tuple[str, ...]
    unit: str | None = None
    year: int | None = None
    kind: Found | None = None


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that holds the words; `place` orders newer ones after older ones and is where a list goes on.

    `day` is the day of a document or on which an interpretation was published, ISO; `personal` are spans of the text that
    look like personal data. `state` and `attribute` are a document's, `url` is an interpretation's.
    """

    place: int
    kind: Found
    id: str
    title: str | None
    number: str | None
    unit: str | None
    department: str | None
    year: int | None
    day: str | None
    text: str
    personal: tuple[Span, ...] = ()
    state: State | None = None
    attribute: DisclosureAttribute | None = None
    url: str | None = None
