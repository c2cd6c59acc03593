"""What the gate looks at: the document and its declaration, and what other rooms have found out for it."""

from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.copying import ContentElement, CopyMeasure
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.duties import NamedForPublication
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.marks import Mark
from attrtrack.domain.proposals import Proposal
from attrtrack.domain.reviews import Course


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that this one carries or cites: what it is called there, and the attribute that the register has of it."""

    called: str
    attribute: DisclosureAttribute | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """An interpretation that explains the document: what it is called, how much it copies, which elements it has."""

    called: str
    measure: CopyMeasure
    elements: tuple[ContentElement, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What the gate looks at: a document, what the drafter declared, and the proposal if one was made.

    `named` is why articles 19 to 21 call for publication; `carried` is what a forwarding document carries, `cited` what
    it cites, as far as marks in the text or the register tell of them; `explained` holds the interpretations that a person
    linked to it, as far as their text is known. A caller that did not ask leaves them empty. `course` tells how the
    document came to its sign-off; without it the gate is asked as a linter, and nothing that belongs to a sign-off is missed.
    """

    document: Document
    declaration: Declaration
    proposal: Proposal | None = None
    named: tuple[NamedForPublication, ...] = ()
    carried: tuple[KnownDocument, ...] = ()
    cited: tuple[KnownDocument, ...] = ()
    explained: tuple[Explained, ...] = ()
    course: Course | None = None

    @property
    def attribute(self) -> DisclosureAttribute | None:
        """The declared attribute."""
        return self.declaration.attribute

    @property
    def own_marks(self) -> tuple[Mark, ...]:
        """The printed marks without those of a carried text, which are that text's own."""
        carried = {evidence.span for known in self.carried for evidence in known.evidence} - {None}
        return tuple(mark for mark in self.document.marks if mark.span not in carried)

    @property
    def intended(self) -> DisclosureAttribute | None:
        """The declared attribute, else the one that the printed marks agree on."""
        marked = {mark.attribute for mark in self.own_marks}
        return self.attribute or (next(iter(marked)) if len(marked) == 1 else None)

    @property
    def reason(self) -> str:
        """The declared reason without surrounding white space, empty when none was given."""
        return (self.declaration.reason or "").strip()

    @property
    def reason_evidence(self) -> tuple[Evidence, ...]:
        """The declared reason as evidence."""
        return (Evidence(self.reason, None, "declaration"),) if self.reason else ()
