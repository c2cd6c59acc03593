"""Which documents a list shows, and a document as a list shows it."""

from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; None: not by this. `number` is the whole document number."""

    unit: str | None = None
    year: int | None = None
    state: State | None = None
    attribute: DisclosureAttribute | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document of a list, with what the gate last found on it."""

    id: str
    title: str | None
    number: str | None
    unit: str | None
    year: int | None
    state: State
    attribute: DisclosureAttribute | None
    findings: tuple[Finding, ...]
