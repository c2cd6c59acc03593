"""Which names become features of a model, and how much each weighs.

Decision: a word or n-gram must be used by three writers and by two fifths of them (place names, topics and manners of
one writer cannot be learnt); a cue of the lexicon needs a few letters only, for it was chosen by hand.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attrtrack.nlp.gathering import Gathered
from attrtrack.nlp.packing import FeatureTable, Matrix, Places

DECIMALS = 5
_MIN_WRITERS = 3
_MIN_SHARE_OF_WRITERS = 0.4
_MIN_ROWS_OF_A_CUE = 4
_TEXT_WEIGHT = 3.0
_TITLE_WEIGHT = 0.5
_MANY_WRITERS = 5

Numbers = NDArray[np.float64]
WriterNumbers = NDArray[np.intp]
"""For each letter the number of its writer, from 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """The features of one model: their names in order, their columns in the table they were chosen from, their scales."""

    names: tuple[str, ...]
    columns: Places
    scales: Numbers

    def matrix(self, table: FeatureTable) -> Matrix:
        """Arrange and scale the features of letters, one row each, in double precision."""
        return table.arranged(self.columns, self.scales)

    def sizes(self, table: FeatureTable) -> NDArray[np.int64]:
        """Return how many features each letter has."""
        return table.sizes(self.columns)


@dataclass(frozen=True, slots=True, eq=False)
class _Usage:
    rows: NDArray[np.intp]
    writers: NDArray[np.intp]


def choose_space(table: FeatureTable, writers: WriterNumbers) -> Space:
    """Choose the features for a model of these letters."""
    usage, count = _usage(table.cells, table.rows, writers), len(np.unique(writers))
    needed = min(max(_MIN_WRITERS, math.ceil(count * _MIN_SHARE_OF_WRITERS)), count)
    enough = np.flatnonzero((usage.writers >= needed) | (usage.rows >= _MIN_ROWS_OF_A_CUE))
    kept = [place for place in enough.tolist() if usage.writers[place] >= needed or not _is_text(table.names[place])]
    names = tuple(table.names[place] for place in kept)
    scales = [_scale(name, int(usage.rows[place]), len(writers)) for name, place in zip(names, kept, strict=True)]
    return Space(names, np.array(kept, dtype=np.intp), np.array(scales, dtype=np.float64).round(DECIMALS))


def hopeful(letters: Gathered, writers: WriterNumbers) -> Places:
    """Return the columns that some fold could keep: with many writers, what three of them use, and cues of a few letters."""
    if len(np.unique(writers)) < _MANY_WRITERS:
        return np.arange(letters.cells.shape[1])
    usage = _usage(letters.cells, np.arange(len(writers)), writers)
    kept = usage.writers >= _MIN_WRITERS
    for column in np.flatnonzero((~kept & (usage.rows >= _MIN_ROWS_OF_A_CUE))[: len(letters.names)]).tolist():
        kept[column] = not _is_text(letters.names[column])
    return np.flatnonzero(kept)


def _usage(cells: Matrix, rows: Places, writers: WriterNumbers) -> _Usage:
    """Count the letters and the writers that use each column, writer by writer, for that needs little room."""
    width = cells.shape[1]
    usage = _Usage(*(np.zeros(width, dtype=np.intp) for _ in range(2)))
    for number in np.unique(writers):
        counts = np.bincount(cells[rows[writers == number]].indices, minlength=width)
        np.add(usage.rows, counts, out=usage.rows)
        np.add(usage.writers, counts > 0, out=usage.writers)
    return usage


def _is_text(name: str) -> bool:
    return name.startswith(("word:", "gram:", "title:"))


def _scale(name: str, rows: int, total: int) -> float:
    if name.startswith(("word:", "gram:")):
        return _TEXT_WEIGHT * math.log((1 + total) / (1 + rows))
    return _TITLE_WEIGHT if name.startswith("title:") else 1.0
