"""The n-grams that a model knows, found in a long text all at once by numpy.

Decision: two tables take the place of an automaton: from two signs to what they are the beginning of, and from there by
the sign that follows. No string is made of what is found, and a hundred letters take a third of the time.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from attrtrack.nlp.masked_signs import Signs
from attrtrack.nlp.masking import LINE_END
from attrtrack.nlp.word_tables import number_table, sign_numbers

Integers = NDArray[np.int64]
_PAIR, _TRIPLE = 2, 3


class GramTables:
    """The pairs and triples of signs of one model.

    Signs are numbered from 1; 0 is every sign of no n-gram. `_pairs` and `_triples` hold the place of an n-gram and one
    more (0: none), `_pairs` beside it the number of the row of its triples. Numbers are as short as they may be, for what
    looking them up costs is mostly the way to memory.
    """

    def __init__(self, places: Mapping[str, int]) -> None:
        signs = sign_numbers(places)
        self._width, self._numbers = len(signs) + 1, number_table(signs)
        begun = dict.fromkeys(gram[:_PAIR] for gram in places if len(gram) == _TRIPLE)
        rows = {pair: row for row, pair in enumerate(begun, 1)}
        kind = np.min_scalar_type(max(len(rows), *places.values(), 0) + 1)
        self._pairs = np.zeros((self._width**2, 2), dtype=kind)
        self._triples = np.zeros((len(rows) + 1) * self._width, dtype=kind)
        for pair, row in rows.items():
            self._pairs[signs[pair[0]] * self._width + signs[pair[1]], 1] = row
        for gram, place in places.items():
            if len(gram) == _PAIR:
                self._pairs[signs[gram[0]] * self._width + signs[gram[1]], 0] = place + 1
            else:
                self._triples[rows[gram[:_PAIR]] * self._width + signs[gram[_PAIR]]] = place + 1

    def found(self, text: Signs) -> tuple[Integers, Integers]:
        """Return the places of the n-grams that stand in a text, and in which of its lines each stands."""
        lines = (text == ord(LINE_END)).cumsum()
        signs = self._numbers.take(text)
        pairs, rows = self._pairs.take(signs[:-1] * self._width + signs[1:], axis=0).T
        triples = self._triples.take(rows[:-1].astype(np.int64) * self._width + signs[2:])
        of_pairs, of_triples = (pairs > 0).nonzero()[0], (triples > 0).nonzero()[0]
        places = np.concatenate((pairs[of_pairs], triples[of_triples])).astype(np.int64) - 1
        return places, lines[np.concatenate((of_pairs, of_triples))]
