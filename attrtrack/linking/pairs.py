"""A page and a document under comparison, and what a comparison finds: a clue."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from attrtrack.domain.evidence import Evidence
from attrtrack.linking.profiles import DocumentProfile, InterpretationProfile
from attrtrack.nlp.similarity import NameIndex
from attrtrack.nlp.title_clashes import contradiction
from attrtrack.nlp.titles import TitleFacets


class Clue(NamedTuple):
    """One clue: its row in the table of weights, how strongly it speaks, and what stands in the way of a machine's link."""

    code: str
    strength: float = 1.0
    evidence: Evidence | None = None
    names: bool = False
    doubt: str = ""
    """Why a person must look, for the person to read; empty when nothing is doubtful."""
    veto: bool = False


class Pair:
    """A page and a document under comparison, with what is known of all documents and what clues are worth."""

    __slots__ = ("_answers", "_clashes", "document", "index", "page", "weights")

    def __init__(
        self, page: InterpretationProfile, document: DocumentProfile, index: NameIndex, weights: Mapping[str, float]
    ) -> None:
        self.page, self.document, self.index, self.weights = page, document, index, weights
        self._answers: dict[Callable[[Pair], Clue | None], Clue | None] = {}
        self._clashes: dict[int, str | None] = {}

    def clash(self, named: TitleFacets) -> str | None:
        """Name the first facet in which a title that the page names contradicts the document; it is looked for once."""
        key = id(named)  # the page keeps what it names as long as the pair is under comparison
        if key not in self._clashes:
            self._clashes[key] = contradiction(named, self.document.facets)
        return self._clashes[key]

    def answer(self, question: Callable[["Pair"], Clue | None]) -> Clue | None:
        """Return the answer to a question about this pair, which is worked out once."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return self._answers[question]
