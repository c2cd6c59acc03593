"""Features of many letters in little room: every name once, the letters' places and values in flat arrays."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Matrix = Any
"""A sparse matrix of scipy, one row a letter."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Some letters: names in the order they were first met; for each letter how many it has, their places and values."""

    names: list[str] = field(default_factory=list)
    lengths: "array[int]" = field(default_factory=lambda: array("i"))
    places: "array[int]" = field(default_factory=lambda: array("i"))
    values: "array[float]" = field(default_factory=lambda: array("f"))


def pack(letters: Iterable[Mapping[str, float]]) -> Packed:
    """Pack the named values of letters, one mapping a letter."""
    known, packed = _numbering(), Packed()
    for features in letters:
        packed.lengths.append(len(features))
        places = np.fromiter(map(known.__getitem__, features), dtype=np.intc, count=len(features))
        packed.places.frombytes(places.tobytes())
        packed.values.frombytes(np.fromiter(features.values(), dtype=np.float32, count=len(features)).tobytes())
    packed.names.extend(known)
    return packed


def _numbering() -> defaultdict[str, int]:
    """Return a mapping that numbers names as it meets them, from 0, without a step in Python for each."""
    return defaultdict(count().__next__)


@dataclass(frozen=True, slots=True, eq=False)
class FeatureTable:
    """The features of letters: a name for each column, single-precision values, one row a letter."""

    names: tuple[str, ...]
    matrix: Matrix

    def part(self, rows: Sequence[int] | NDArray[np.intp]) -> "FeatureTable":
        """Return the table of some letters; the columns stay."""
        return FeatureTable(self.names, self.matrix[np.asarray(rows, dtype=np.intp)])

    def narrowed(self, kept: NDArray[np.bool_]) -> "FeatureTable":
        """Return the table with some of the columns only."""
        columns = np.flatnonzero(kept)
        return FeatureTable(tuple(self.names[column] for column in columns), self.matrix[:, columns])


def merge(parts: Iterable[Packed]) -> FeatureTable:
    """Merge packed letters, in order, to one table."""
    known, whole = _numbering(), Packed()
    for part in parts:
        columns = np.fromiter(map(known.__getitem__, part.names), dtype=np.intc, count=len(part.names))
        whole.lengths.extend(part.lengths)
        whole.places.frombytes(columns[np.frombuffer(part.places, dtype=np.intc)].tobytes())
        whole.values.extend(part.values)
    ends = np.concatenate([[0], np.cumsum(whole.lengths, dtype=np.int64)]).astype(np.intc)
    cells = (np.frombuffer(whole.values, dtype=np.float32), np.frombuffer(whole.places, dtype=np.intc), ends)
    return FeatureTable(tuple(known), csr_matrix(cells, shape=(len(whole.lengths), len(known)), copy=False))
