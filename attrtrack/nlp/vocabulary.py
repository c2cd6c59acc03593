"""Which names become features of a model, and how much each weighs.

Decision: a word or n-gram must be used by three writers and by two fifths of them (place names, topics and manners of
one writer cannot be learnt); a cue of the lexicon needs a few letters only, for it was chosen by hand.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attrtrack.nlp.packing import FeatureTable, Matrix

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
    columns: NDArray[np.intp]
    scales: Numbers

    def matrix(self, table: FeatureTable) -> Matrix:
        """Arrange and scale the features of letters, one row each, in double precision."""
        return self.scaled(self.selected(table))

    def selected(self, table: FeatureTable) -> Matrix:
        """Arrange the features of letters, one row each, as they were extracted."""
        return table.matrix[:, self.columns]

    def scaled(self, matrix: Matrix) -> Matrix:
        """Scale arranged features, in place of what they were."""
        matrix.sort_indices()
        matrix.data = matrix.data * self.scales[matrix.indices]
        return matrix


@dataclass(frozen=True, slots=True, eq=False)
class _Usage:
    rows: NDArray[np.intp]
    writers: NDArray[np.intp]


def choose_space(table: FeatureTable, writers: WriterNumbers) -> Space:
    """Choose the features for a model of these letters."""
    usage, count = _usage(table, writers), len(np.unique(writers))
    needed = min(max(_MIN_WRITERS, math.ceil(count * _MIN_SHARE_OF_WRITERS)), count)
    enough = np.flatnonzero((usage.writers >= needed) | (usage.rows >= _MIN_ROWS_OF_A_CUE))
    kept = [place for place in enough.tolist() if usage.writers[place] >= needed or not _is_text(table.names[place])]
    kept.sort(key=table.names.__getitem__)
    names = tuple(table.names[place] for place in kept)
    scales = [_scale(name, int(usage.rows[place]), len(writers)) for name, place in zip(names, kept, strict=True)]
    return Space(names, np.array(kept, dtype=np.intp), np.array(scales, dtype=np.float64).round(DECIMALS))


def hopeful(table: FeatureTable, writers: WriterNumbers) -> NDArray[np.bool_]:
    """Tell which names some fold could keep: where there are many writers, what three of them use, and cues of a few letters."""
    if len(np.unique(writers)) < _MANY_WRITERS:
        return np.ones(len(table.names), dtype=np.bool_)
    usage = _usage(table, writers)
    kept = usage.writers >= _MIN_WRITERS
    for place in np.flatnonzero(~kept & (usage.rows >= _MIN_ROWS_OF_A_CUE)).tolist():
        kept[place] = not _is_text(table.names[place])
    return kept


def _usage(table: FeatureTable, writers: WriterNumbers) -> _Usage:
    """Count the letters and the writers that use each name, writer by writer, for that needs little room."""
    usage = _Usage(*(np.zeros(len(table.names), dtype=np.intp) for _ in range(2)))
    for number in np.unique(writers):
        letters = table.matrix[np.flatnonzero(writers == number)]
        counts = np.bincount(letters.indices, minlength=len(table.names))
        np.add(usage.rows, counts, out=usage.rows)
        np.add(usage.writers, counts > 0, out=usage.writers)
    return usage


def _is_text(name: str) -> bool:
    return name.startswith(("word:", "gram:", "title:"))


def _scale(name: str, rows: int, total: int) -> float:
    if name.startswith(("word:", "gram:")):
        return _TEXT_WEIGHT * math.log((1 + total) / (1 + rows))
    return _TITLE_WEIGHT if name.startswith("title:") else 1.0
