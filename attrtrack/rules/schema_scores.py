"""The shape of the table that knows the columns of published score tables."""

from typing import NamedTuple


class ScoreHeaderRow(NamedTuple):
    """What a column of a published score table is, by its heading without full mark; rows are asked from the top down."""

    code: str
    name: str
    pattern: str
    unless: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str
