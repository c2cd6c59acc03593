"""A light model of one archive: what its other documents were declared as, for each document judged without its own word.

Decision: hashed pairs of neighbouring signs and scikit-learn's averaged gradient descent, in five folds, so that a hundred
thousand documents need a minute and 1.5 KB each; texts nearly alike stand in one fold, because copies would vouch for
one another. An archive in which fewer than two attributes have sixty documents teaches nothing.
"""

from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import SGDClassifier

from attrtrack.nlp.near_copies import NearCopies

LEAST_ROWS = 60
FOLDS = 5
SIGNS = 3_000
"""Signs of a text that are looked at; letters are shorter, and a long document shows its kind in them."""
_BITS = 15
_MOST_TAUGHT = 20_000
_PASSES = (5, 20)
_STEPS = 200_000
_PENALTY = 1e-5
_MIXER = np.uint32(2_654_435_761)
Numbers = NDArray[np.float64]


class Signs(NamedTuple):
    """What is kept of one text: hashed pairs and how often each stands there (two bytes and one a pair), its bands."""

    places: bytes
    counts: bytes
    bands: bytes


class ArchiveModel:
    """Takes documents one by one (`add`), then says of each what the others suggest (`likelihoods`)."""

    def __init__(self) -> None:
        self._lengths = array("L")
        self._places = bytearray()
        self._counts = bytearray()
        self._labels = array("b")
        self._copies = NearCopies()

    def add(self, text: str, declared: int) -> None:
        """Keep what is needed of one document: hashed pairs, not the text; `declared` is the place of its class."""
        self.keep(self.signs(text), declared)

    def signs(self, text: str) -> Signs:
        """Return what is kept of a text; this changes nothing here, so that another process can do it."""
        codes = _codes(text)
        places, counts = _pairs(codes)
        return Signs(places.tobytes(), counts.tobytes(), self._copies.bands(codes))

    def keep(self, signs: Signs, declared: int) -> None:
        """Keep the signs of one document."""
        self._lengths.append(len(signs.counts))
        self._places += signs.places
        self._counts += signs.counts
        self._labels.append(declared)
        self._copies.keep(signs.bands)

    def likelihoods(self, classes: int) -> list[list[float]] | None:
        """Return for each document the likelihood of every class relative to its share in the archive; None: too few.

        A class with too few documents to be learnt has 1, which says nothing.
        """
        labels = np.frombuffer(self._labels.tobytes(), dtype=np.int8).astype(np.int64)
        learnt = [place for place in range(classes) if int((labels == place).sum()) >= LEAST_ROWS]
        if len(learnt) < 2:  # noqa: PLR2004 - one class alone has nothing to be told from
            return None
        matrix, folds = self._matrix(), _folds(self._copies.groups())
        found = np.ones((len(labels), classes))
        for fold in range(FOLDS):
            held = folds == fold
            taught = np.flatnonzero(~held & np.isin(labels, learnt))
            if held.any() and len({int(label) for label in labels[taught]}) == len(learnt):
                found[np.ix_(held, learnt)] = _ratios(matrix, labels, taught, held=held)
        rows: list[list[float]] = found.tolist()
        return rows

    def _matrix(self) -> Any:  # noqa: ANN401 - a sparse matrix of scipy
        values = np.frombuffer(self._counts, dtype=np.uint8).astype(np.float32)
        np.log(values, out=values)
        values += 1.0
        places = np.frombuffer(self._places, dtype=np.uint16).astype(np.int32)
        ends = np.concatenate([[0], np.cumsum(np.frombuffer(self._lengths.tobytes(), dtype=f"u{array('L').itemsize}"))])
        shape = (len(self._lengths), 1 << _BITS)
        matrix = csr_matrix((values, places, ends.astype(np.int64)), shape=shape, copy=False)
        return TfidfTransformer().fit(matrix).transform(matrix, copy=False)


def _ratios(matrix: Any, labels: NDArray[np.int64], taught: NDArray[np.int64], *, held: NDArray[np.bool_]) -> Numbers:  # noqa: ANN401
    """Teach on the rows of the other folds and return, for the held rows, probabilities over shares, class by class."""
    if len(taught) > _MOST_TAUGHT:
        taught = np.sort(np.random.default_rng(0).choice(taught, _MOST_TAUGHT, replace=False))
    least, most = _PASSES
    passes = int(np.clip(_STEPS // len(taught), least, most))
    model = SGDClassifier(loss="log_loss", alpha=_PENALTY, max_iter=passes, tol=None, random_state=0, average=True)
    model.fit(matrix[taught], labels[taught])
    shares = np.array([np.mean(labels[taught] == place) for place in model.classes_])
    ratios: Numbers = _predicted(model, matrix[held]) / shares
    return ratios


def _predicted(model: SGDClassifier, matrix: Any) -> Numbers:  # noqa: ANN401
    probabilities: Numbers = np.asarray(model.predict_proba(matrix), dtype=np.float64)
    return probabilities


def _folds(groups: Sequence[int]) -> NDArray[np.int64]:
    """Deal whole groups to the folds, the largest first, each to the fold that has least."""
    numbers = np.asarray(groups, dtype=np.int64)
    names, sizes = np.unique(numbers, return_counts=True)
    fold_of, filled = np.zeros(len(names), dtype=np.int64), [0] * FOLDS
    mixed = np.random.default_rng(0).permutation(len(names))
    for place in sorted(mixed, key=lambda one: -sizes[one]):
        fold = filled.index(min(filled))
        fold_of[place] = fold
        filled[fold] += int(sizes[place])
    found: NDArray[np.int64] = fold_of[np.searchsorted(names, numbers)]
    return found


def _codes(text: str) -> NDArray[np.uint32]:
    """Return the code points of the beginning of a text, blanks left out, figures all alike."""
    kept = "".join(text[:SIGNS].split())
    codes = np.frombuffer(kept.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.where((codes >= ord("0")) & (codes <= ord("9")), np.uint32(ord("0")), codes)


def _pairs(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return the hashed pairs of neighbouring signs, each once and ascending, and how often each stands there."""
    mixed = (codes[:-1] * np.uint32(40_503) ^ codes[1:]) * _MIXER >> np.uint32(32 - _BITS)
    places, counts = np.unique(mixed.astype(np.uint16), return_counts=True)
    return places, np.minimum(counts, 255).astype(np.uint8)
