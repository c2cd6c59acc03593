"""Fit the two steps of the model of related figures with scikit-learn, and hand them over as plain numbers.

Decision: one thread, and a fixed order, so that the same lessons give the same model; scikit-learn is loaded with the first fit.
"""

from array import array
from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

_INVERSE_PENALTY, _ITERATIONS, _LEAST_SEEN, _LEAST_WEIGHT = 0.3, 300, 3, 0.04
_TREES, _DEPTH, _LEAST_LEAF, _RATE, _SHARE = 300, 4, 20, 0.05, 0.5
_DECIMALS = 4


class Names:
    """Names of features numbered as they come: a hundred thousand relations have some hundred each."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def numbers(self, names: Sequence[str]) -> "array[int]":
        """Return the numbers of names, new ones for those that are new."""
        for name in names:
            if name not in self._numbers:
                self._numbers[name] = len(self.names)
                self.names.append(name)
        return array("i", [self._numbers[name] for name in names])


def fit_words(rows: Sequence["array[int]"], holds: Sequence[bool], names: Names) -> tuple[float, dict[str, float]]:
    """Return the intercept and the weight of each name by logistic regression; names seen seldom are left out."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - see the module's docstring
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - the same

    flat = np.frombuffer(b"".join(map(bytes, rows)), dtype=np.int32)
    seen = np.bincount(flat, minlength=len(names.names))
    kept = sorted(np.flatnonzero(seen >= _LEAST_SEEN).tolist(), key=names.names.__getitem__)
    columns = np.full(len(names.names), -1, dtype=np.int32)
    columns[kept] = np.arange(len(kept), dtype=np.int32)
    placed = columns[flat]
    ends = np.cumsum([0, *map(len, rows)])
    ends = np.concatenate(([0], np.cumsum(placed >= 0)))[ends]
    placed = placed[placed >= 0]
    matrix = csr_matrix((np.ones(len(placed)), placed, ends), shape=(len(rows), len(kept)))
    with threadpool_limits(limits=1):
        regression = LogisticRegression(C=_INVERSE_PENALTY, max_iter=_ITERATIONS, tol=1e-3)
        fitted = regression.fit(matrix, np.array(holds, dtype=int))
    weights = zip((names.names[number] for number in kept), fitted.coef_[0].tolist(), strict=True)
    words = {name: round(weight, _DECIMALS) for name, weight in weights if abs(weight) >= _LEAST_WEIGHT}
    return round(float(fitted.intercept_[0]), _DECIMALS), words


def fit_trees(
    rows: Sequence[Sequence[float]], broken: Sequence[bool], counts: Sequence[float]
) -> tuple[float, tuple[tuple[tuple[int, float, int, int], ...], ...]]:
    """Return where boosted trees start from, and their nodes (number asked for, bound, left, right; leaves: -1 and the value)."""
    from sklearn.ensemble import GradientBoostingClassifier  # noqa: PLC0415 - see the module's docstring

    boosting = GradientBoostingClassifier(
        n_estimators=_TREES,
        max_depth=_DEPTH,
        min_samples_leaf=_LEAST_LEAF,
        learning_rate=_RATE,
        subsample=_SHARE,
        max_features=_SHARE,
        random_state=0,
    )
    numbers, labels = np.array(rows, dtype=np.float32), np.array(broken, dtype=int)
    with threadpool_limits(limits=1):
        boosting.fit(numbers, labels, sample_weight=np.array(counts))
    trees = tuple(_nodes(estimator[0].tree_) for estimator in boosting.estimators_)
    first = float(boosting.decision_function(numbers[:1])[0]) - sum(_worth(tree, numbers[0].tolist()) for tree in trees)
    return round(first, _DECIMALS), trees


def _nodes(tree: object) -> tuple[tuple[int, float, int, int], ...]:
    lefts, rights, asked, bounds, values = (
        getattr(tree, name).tolist() for name in ("children_left", "children_right", "feature", "threshold", "value")
    )
    return tuple(
        (-1, round(_RATE * values[place][0][0], 6), 0, 0)
        if left < 0
        else (asked[place], round(bounds[place], 6), left, rights[place])
        for place, left in enumerate(lefts)
    )


def _worth(tree: Sequence[tuple[int, float, int, int]], numbers: Sequence[float]) -> float:
    asked, bound, left, right = tree[0]
    while asked >= 0:
        asked, bound, left, right = tree[left if numbers[asked] <= bound else right]
    return bound
