"""The shape of the tables behind figures: the columns of published score tables, the steps by which measures sort rows."""

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


class MeasureStepsRow(NamedTuple):
    """The steps by which a measure sorts rows in one reading, from the top down; `code` is `measure/reading`.

    `days` are the two columns between which it counts working days, none where it counts no days. A step is `place：conditions`.
    """

    code: str
    days: tuple[str, ...]
    steps: tuple[str, ...]
