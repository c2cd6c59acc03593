"""Features of many letters in little room: names and n-grams as numbers, the letters' cells in flat arrays."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Matrix = Any
"""A sparse matrix of scipy, one row a letter."""
Places = NDArray[np.intp]
_ROWS_AT_ONCE = 500


def numbering() -> defaultdict[str, int]:
    """Return a mapping that numbers names as it meets them, from 0, without a step in Python for each."""
    return defaultdict(count().__next__)


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Some letters: names in the order they were met, n-grams as rising numbers; for each letter how many cells it has.

    For each cell, letter by letter, `places` has the place of its name (n-grams follow the names) and `values` its value.
    """

    names: Sequence[str]
    grams: NDArray[np.int64]
    lengths: NDArray[np.intc]
    places: NDArray[np.intc]
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class FeatureTable:
    """The features of letters: a name for each column, in order, and of the single-precision `cells` the rows that count.

    Tables of some of the letters share the cells, so that folds take no room.
    """

    names: tuple[str, ...]
    cells: Matrix
    rows: Places

    @property
    def matrix(self) -> Matrix:
        """A copy of the rows that count, all columns."""
        return self.cells[self.rows]

    def part(self, places: Sequence[int] | Places) -> "FeatureTable":
        """Return the table of some letters; the columns stay."""
        return replace(self, rows=self.rows[np.asarray(places, dtype=np.intp)])

    def followed_by(self, other: "FeatureTable") -> "FeatureTable":
        """Return the rows of this table and those of another that shares its cells."""
        return replace(self, rows=np.concatenate([self.rows, other.rows]))

    def sizes(self, columns: Places) -> NDArray[np.int64]:
        """Return how many of these columns each row has."""
        kept = np.zeros(len(self.names), dtype=np.bool_)
        kept[columns] = True
        sizes = np.zeros(len(self.rows), dtype=np.int64)
        for start, some in self._runs():
            sums = np.concatenate([[0], np.cumsum(kept[some.indices], dtype=np.int64)])
            sizes[start : start + some.shape[0]] = np.diff(sums[some.indptr])
        return sizes

    def arranged(self, columns: Places, scales: NDArray[np.float64]) -> Matrix:
        """Return the rows with these columns in this order, each scaled, in double precision; nothing is copied whole."""
        order = np.full(len(self.names), -1, dtype=np.intc)
        order[columns] = np.arange(len(columns), dtype=np.intc)
        ends = np.concatenate([[0], np.cumsum(self.sizes(columns))])
        values, places, done = np.empty(ends[-1]), np.empty(ends[-1], dtype=np.intc), 0
        for _, some in self._runs():
            found = order[some.indices]
            kept = found >= 0
            stop = done + int(kept.sum())
            places[done:stop] = found[kept]
            values[done:stop] = some.data[kept] * scales[places[done:stop]]
            done = stop
        matrix = csr_matrix((values, places, ends.astype(np.intc)), shape=(len(self.rows), len(columns)), copy=False)
        matrix.sort_indices()
        return matrix

    def _runs(self) -> Iterator[tuple[int, Matrix]]:
        for start in range(0, len(self.rows), _ROWS_AT_ONCE):
            yield start, self.cells[self.rows[start : start + _ROWS_AT_ONCE]]
