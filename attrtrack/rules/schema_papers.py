"""Rows of the tables behind an assessment's papers: what a unit prepares, what it is told to mend."""

from typing import NamedTuple


class EvidenceItemRow(NamedTuple):
    """What a unit of a class prepares for its assessment, by its place in the list; `provided` is what the register can give."""

    code: str
    category: str
    number: int
    text: str
    provided: str
    source: str


class RemedyRow(NamedTuple):
    """What a unit below the target of a measure is told to mend."""

    measure: str
    fault: str
    demand: str
    source: str
