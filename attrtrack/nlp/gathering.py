"""Packed letters gathered to one table; names are looked up by part, and an n-gram is spelt when it becomes a feature."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from attrtrack.nlp.counting import gram_names
from attrtrack.nlp.packing import FeatureTable, Matrix, Packed, Places, numbering


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Letters by cells; the columns are those of `names`, then those of `grams`."""

    names: list[str]
    grams: NDArray[np.int64]
    cells: Matrix

    def table(self, columns: Places) -> FeatureTable:
        """Return the table of some columns (rising), in order of their names."""
        of_names = columns[columns < len(self.names)]
        names = [self.names[column] for column in of_names.tolist()]
        names += gram_names(self.grams[columns[len(of_names) :] - len(self.names)])
        order = sorted(range(len(names)), key=names.__getitem__)
        cells = self.cells[:, columns[order]]
        cells.sort_indices()
        return FeatureTable(tuple(names[place] for place in order), cells, np.arange(cells.shape[0]))


def gather(parts: Iterable[Packed]) -> Gathered:
    """Gather packed letters, in order; n-grams have negative places until it is known how many names there are."""
    known, grams = numbering(), _Grams()
    lengths, places, values = array("i"), array("i"), array("f")
    for part in parts:
        names = np.fromiter(map(known.__getitem__, part.names), dtype=np.intc, count=len(part.names))
        columns = np.concatenate([names, -1 - grams.numbers(part.grams)])
        lengths.frombytes(part.lengths.tobytes())
        places.frombytes(columns[part.places].tobytes())
        values.frombytes(part.values.tobytes())
    columns = np.frombuffer(places, dtype=np.intc)
    np.subtract(len(known) - 1, columns, out=columns, where=columns < 0)
    ends = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.intc)
    in_order = grams.in_order()
    shape = (len(lengths), len(known) + len(in_order))
    cells = csr_matrix((np.frombuffer(values, dtype=np.float32), columns, ends), shape=shape, copy=False)
    return Gathered(list(known), in_order, cells)


class _Grams:
    """The n-grams of all parts so far, numbered as they are met."""

    def __init__(self) -> None:
        self._rising = np.empty(0, dtype=np.int64)
        self._numbers = np.empty(0, dtype=np.intc)

    def numbers(self, grams: NDArray[np.int64]) -> NDArray[np.intc]:
        """Return the numbers of rising n-grams; new ones get the next."""
        at = np.searchsorted(self._rising, grams)
        new = np.ones(len(grams), dtype=np.bool_)
        within = at < len(self._rising)
        new[within] = self._rising[at[within]] != grams[within]
        numbers = np.empty(len(grams), dtype=np.intc)
        numbers[~new] = self._numbers[at[~new]]
        numbers[new] = np.arange(len(self._rising), len(self._rising) + np.count_nonzero(new))
        self._rising = np.insert(self._rising, at[new], grams[new])
        self._numbers = np.insert(self._numbers, at[new], numbers[new])
        return numbers

    def in_order(self) -> NDArray[np.int64]:
        """Return the n-grams by number."""
        grams = np.empty_like(self._rising)
        grams[self._numbers] = self._rising
        return grams
