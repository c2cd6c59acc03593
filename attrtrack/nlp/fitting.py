"""Fit linear heads with scikit-learn: the one place where the weights of a model come from.

Decision: the arithmetic runs on one thread, for sums parted over threads round differently, and a model must not depend
on how many processors the machine has. scikit-learn is loaded with the first fit: it takes 80 MiB, which processes that
read letters do without.
"""

import warnings
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from attrtrack.nlp.classifier import Head
from attrtrack.nlp.packing import Matrix
from attrtrack.nlp.preparing import Prepared
from attrtrack.nlp.vocabulary import DECIMALS, Numbers, Space

_ITERATIONS = 5000


@dataclass(frozen=True, slots=True)
class Manner:
    """How a head is fitted.

    The inverse of the penalty on its weights, how small a slope ends the search, and what the deciding sentences of a
    letter count for as an example of their own beside the letter, which counts 1.
    """

    inverse_penalty: float
    tolerance: float = 1e-4
    excerpt_weight: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A fitted head in double precision: coefficients of shape (classes, features) and an intercept for each class."""

    classes: tuple[str, ...]
    coefficients: Numbers
    intercepts: Numbers

    def logits(self, matrix: Matrix) -> Numbers:
        """Return the score of each class for each letter."""
        return np.asarray(matrix @ self.coefficients.T + self.intercepts)

    def head(self, temperature: float = 1.0) -> Head:
        """Return the head as it is stored and scored."""
        return Head(self.classes, tuple(map(exported, self.coefficients)), exported(self.intercepts), temperature)


def fit(matrix: Matrix, classes: Sequence[str], manner: Manner, *, counts: Numbers | None = None) -> Any:  # noqa: ANN401 - scikit-learn is untyped
    """Fit scikit-learn's multinomial logistic regression; rare classes are no reason for its warning of a regression."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - see the module's docstring

    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The number of unique classes")
        regression = LogisticRegression(C=manner.inverse_penalty, tol=manner.tolerance, max_iter=_ITERATIONS)
        return regression.fit(matrix, list(classes), sample_weight=counts)


def fit_letters(space: Space, prepared: Prepared, classes: Sequence[str], manner: Manner) -> Weights:
    """Fit one head to letters and, if `manner` counts them, to their deciding sentences."""
    matrix, names, counts = examples(space, prepared, classes, manner=manner)
    return weights(matrix, names, manner, counts=counts)


def examples(
    space: Space, prepared: Prepared, classes: Sequence[str], *, manner: Manner
) -> tuple[Matrix, list[str], Numbers]:
    """Return what a head is fitted to: one row an example, its class, and what it counts for."""
    marked = np.flatnonzero(space.sizes(prepared.excerpts)) if manner.excerpt_weight else np.array([], dtype=np.intp)
    matrix = space.matrix(prepared.table.followed_by(prepared.excerpts.part(marked)))
    counts = np.concatenate([np.ones(len(classes)), np.full(len(marked), manner.excerpt_weight)])
    return matrix, [*classes, *(classes[place] for place in marked.tolist())], counts


def weights(matrix: Matrix, classes: Sequence[str], manner: Manner, *, counts: Numbers | None = None) -> Weights:
    """Fit one head, rounded so that the last bits of the arithmetic do not matter; a lone class weighs nothing.

    `counts` says what each row counts for as an example (None: 1).
    """
    if len(set(classes)) == 1:
        return Weights((classes[0],), np.zeros((1, matrix.shape[1])), np.zeros(1))
    fitted = fit(matrix, classes, manner, counts=counts)
    coefficients, intercepts = np.asarray(fitted.coef_), np.asarray(fitted.intercept_)
    if len(fitted.classes_) == coefficients.shape[0] + 1:
        coefficients = np.vstack([np.zeros_like(coefficients), coefficients])
        intercepts = np.concatenate([np.zeros_like(intercepts), intercepts])
    names = tuple(str(name) for name in fitted.classes_)
    return Weights(names, np.round(coefficients, DECIMALS), np.round(intercepts, DECIMALS))


def exported(numbers: Numbers) -> "array[float]":
    """Give numbers the form and precision in which they are stored and scored."""
    return array("f", np.asarray(numbers, dtype=np.float32).tobytes())
