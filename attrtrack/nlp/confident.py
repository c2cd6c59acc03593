"""Confident learning: how likely each declared class is wrong, given probabilities made without looking at it.

After Northcutt, Jiang and Chuang (2021): a class's threshold is the mean probability it gets on the rows declared as it;
a row counts for the class whose threshold it passes most surely; the counts tell how often one class is declared as
another. Decision: the score is Bayes' rule over these rates and not the bare 1 - p, because it is calibrated (error 0.01
where 1 - p has 0.10) and because a habit of the archive (letters that are public by law but declared 不予公开) raises the
scores of just the rows that look like it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
CERTAIN = 0.5
"""A declared class that is more likely wrong than right is flagged."""
PRIOR_ROWS, PRIOR_RIGHT = 20.0, 0.9
ARCHIVE_WEIGHT, ARCHIVE_BOUND = 0.5, 1.1
_FLOOR = 1e-6


def wrongness(probabilities: Sequence[Sequence[float]], declared: Sequence[int]) -> list[float]:
    """Return for each row the probability 0..1 that its declared class is not the true one; few rows lean on the prior."""
    if not declared:
        return []
    numbers, places = np.asarray(probabilities, dtype=np.float64), np.asarray(declared, dtype=np.int64)
    weighed = numbers * declaring_rates(numbers, places)[:, places].T
    rows = np.arange(len(places))
    wrong = 1.0 - weighed[rows, places] / np.maximum(weighed.sum(axis=1), _FLOOR)
    return [float(value) for value in np.clip(wrong, 0.0, 1.0)]


def thresholds(probabilities: Numbers, declared: Places) -> Numbers:
    """Return each class's mean self-confidence; a class that nobody declared cannot be passed (infinity)."""
    classes = range(probabilities.shape[1])
    means = [probabilities[declared == place, place] for place in classes]
    return np.array([own.mean() if len(own) else np.inf for own in means])


def confident_joint(probabilities: Numbers, declared: Places) -> Numbers:
    """Count (declared, true) over the rows that pass a threshold; the count of each declared class is kept in total."""
    passed = probabilities >= thresholds(probabilities, declared)
    likeliest = np.where(passed, probabilities, -1.0).argmax(axis=1)
    sure = passed.any(axis=1)
    size = probabilities.shape[1]
    counts = np.zeros((size, size))
    np.add.at(counts, (declared[sure], likeliest[sure]), 1.0)
    totals = np.bincount(declared, minlength=size).astype(np.float64)
    whole: Numbers = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1.0) * totals[:, None]
    return whole


def declaring_rates(probabilities: Numbers, declared: Places) -> Numbers:
    """Return how likely each true class (row) is declared as each class (column).

    Before anything is counted, nine in ten declarations are held to be right.
    """
    size = probabilities.shape[1]
    prior = np.full((size, size), PRIOR_ROWS * (1.0 - PRIOR_RIGHT) / (size - 1))
    np.fill_diagonal(prior, PRIOR_ROWS * PRIOR_RIGHT)
    counts = confident_joint(probabilities, declared).T + prior
    rates: Numbers = counts / counts.sum(axis=1, keepdims=True)
    return rates


def joined(
    probabilities: Sequence[Sequence[float]], archive: Sequence[Sequence[float]], protected: Sequence[int | None]
) -> list[list[float]]:
    """Join what rules and model say with what the archive's other rows say (likelihoods, 1 = nothing to say).

    The archive's word counts half and moves no odds by more than a factor of nine (exp 1.1 each way), since an archive
    that withholds too much teaches just that; the class in `protected` (a rule of law names it) never loses by it.
    """
    first = np.log(np.maximum(np.asarray(probabilities, dtype=np.float64), _FLOOR))
    second = ARCHIVE_WEIGHT * np.log(np.maximum(np.asarray(archive, dtype=np.float64), _FLOOR))
    second = np.clip(second, -ARCHIVE_BOUND, ARCHIVE_BOUND)
    for row, place in enumerate(protected):
        if place is not None:
            second[row] = np.minimum(second[row], second[row, place])
    sums = first + second
    weights = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares: list[list[float]] = (weights / weights.sum(axis=1, keepdims=True)).tolist()
    return shares
