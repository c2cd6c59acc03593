"""A page and a document under comparison, and what a comparison finds: a clue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from attrtrack.domain.evidence import Evidence
from attrtrack.linking.profiles import DocumentProfile, InterpretationProfile
from attrtrack.nlp.similarity import NameIndex


class Clue(NamedTuple):
    """One clue: its row in the table of weights, how strongly it speaks, and what stands in the way of a machine's link."""

    code: str
    strength: float = 1.0
    evidence: Evidence | None = None
    names: bool = False
    doubt: str = ""
    """Why a person must look, for the person to read; empty when nothing is doubtful."""
    veto: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A page and a document under comparison, with what is known of all documents and what clues are worth."""

    page: InterpretationProfile
    document: DocumentProfile
    index: NameIndex
    weights: Mapping[str, float]
