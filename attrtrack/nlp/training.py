"""Train the linear model: the only module that imports scikit-learn.

Decision: a word or n-gram must be used by three writers to become a feature (place names, topics and manners of one
writer cannot be learnt); the temperature is fitted on letters of writers that the fold did not see, and never sharpens
below 0.6, because offices write less alike than the writers of the training letters.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sklearn
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import BadRowError
from attrtrack.nlp.classifier import Head, Model, ModelFacts
from attrtrack.nlp.corpus import LetterRow, check_reasons, data_digest, letter_of, writers_of
from attrtrack.nlp.digest import digest_of
from attrtrack.nlp.features import Extractor
from attrtrack.rules.tables import Rules

INVERSE_PENALTY = 0.3
REASON_INVERSE_PENALTY = 1.0
_MIN_WRITERS = 3
_MIN_SHARE_OF_WRITERS = 0.5
_MIN_ROWS_OF_A_CUE = 4
_TEXT_WEIGHT = 2.0
_TITLE_WEIGHT = 0.5
_ITERATIONS = 5000
_DECIMALS = 5
_TEMPERATURES = np.round(np.arange(0.6, 2.01, 0.05), 2)
Features = Mapping[str, float]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled letter with its features, so that folds need not extract them again."""

    row: LetterRow
    features: Features


@dataclass(frozen=True, slots=True)
class _Space:
    names: tuple[str, ...]
    scales: Numbers

    def matrix(self, examples: Sequence[Example]) -> Any:  # noqa: ANN401 - a sparse matrix of scikit-learn's making
        """Arrange and scale the features of the examples, one row each."""
        scales = dict(zip(self.names, self.scales.tolist(), strict=True))
        vectorizer = DictVectorizer().fit([scales])
        return vectorizer.transform(
            [
                {name: value * scales[name] for name, value in example.features.items() if name in scales}
                for example in examples
            ]
        )


def prepare(rows: Sequence[LetterRow], rules: Rules) -> tuple[Example, ...]:
    """Check the rows and extract their features, in order of id."""
    check_reasons(rows, rules)
    extractor = Extractor.of(rules)
    return tuple(
        Example(row, extractor.features(letter_of(row, rules))) for row in sorted(rows, key=lambda row: row.id)
    )


def train(rows: Sequence[LetterRow], rules: Rules) -> Model:
    """Train attribute and reasons on `rows`; the same rows and lexicon give the same digest."""
    return train_prepared(prepare(rows, rules), rules)


def train_prepared(examples: Sequence[Example], rules: Rules) -> Model:
    """Train on examples already prepared with the same rules."""
    rows = [example.row for example in examples]
    if len({row.label for row in rows}) < len(DisclosureAttribute):
        raise BadRowError("训练数据应同时包含主动公开、依申请公开、不予公开三类。")
    temperature, figures = _calibrate(examples)
    space = _space(examples)
    attribute = _head(
        space.matrix(examples), [row.label.value for row in rows], INVERSE_PENALTY, temperature=temperature
    )
    reasons = {label: _reason_head(space, examples, label) for label in DisclosureAttribute}
    facts = ModelFacts(
        lexicon_hash=rules.hashes["lexicon"],
        data_digest=data_digest(rows),
        rows=len(rows),
        writers=writers_of(rows),
        genres=tuple(sorted({row.genre for row in rows})),
        sklearn_version=sklearn.__version__,
        figures=figures,
    )
    scales = _exported(space.scales)
    digest = digest_of(space.names, scales, attribute, reasons)
    return Model(space.names, scales, attribute, reasons, facts, digest)


def _reason_head(space: _Space, examples: Sequence[Example], label: DisclosureAttribute) -> Head:
    mine = [example for example in examples if example.row.label == label]
    return _head(space.matrix(mine), [example.row.reason for example in mine], REASON_INVERSE_PENALTY)


def _space(examples: Sequence[Example]) -> _Space:
    users: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for example in examples:
        counts.update(example.features.keys())
        for name in example.features:
            users[name].add(example.row.writer)
    writers = len({example.row.writer for example in examples})
    needed = min(max(_MIN_WRITERS, math.ceil(writers * _MIN_SHARE_OF_WRITERS)), writers)
    names = tuple(sorted(name for name in counts if _is_kept(name, counts[name], len(users[name]), needed=needed)))
    return _Space(names, np.round([_scale(name, counts[name], len(examples)) for name in names], _DECIMALS))


def _is_kept(name: str, rows: int, writers: int, *, needed: int) -> bool:
    is_text = name.startswith(("word:", "gram:", "title:"))
    return writers >= needed if is_text else rows >= _MIN_ROWS_OF_A_CUE or writers >= needed


def _scale(name: str, rows: int, total: int) -> float:
    if name.startswith(("word:", "gram:")):
        return _TEXT_WEIGHT * float(np.log((1 + total) / (1 + rows)))
    return _TITLE_WEIGHT if name.startswith("title:") else 1.0


def fit(matrix: Any, classes: Sequence[str], inverse_penalty: float) -> Any:  # noqa: ANN401 - scikit-learn is untyped
    """Fit scikit-learn's multinomial logistic regression."""
    return LogisticRegression(C=inverse_penalty, max_iter=_ITERATIONS).fit(matrix, list(classes))


def _head(matrix: Any, classes: Sequence[str], inverse_penalty: float, *, temperature: float = 1.0) -> Head:  # noqa: ANN401
    names, coefficients, intercepts = _weights(matrix, classes, inverse_penalty)
    return Head(names, tuple(map(_exported, coefficients)), _exported(intercepts), temperature)


def _exported(numbers: Numbers) -> "array[float]":
    """Give numbers the form and precision in which they are stored and scored."""
    return array("f", np.asarray(numbers, dtype=np.float32).tobytes())


def _weights(matrix: Any, classes: Sequence[str], inverse_penalty: float) -> tuple[tuple[str, ...], Numbers, Numbers]:  # noqa: ANN401
    """Fit one head: its classes, coefficients of shape (classes, features), intercepts; a lone class weighs nothing."""
    if len(set(classes)) == 1:
        return (classes[0],), np.zeros((1, matrix.shape[1])), np.zeros(1)
    fitted = fit(matrix, classes, inverse_penalty)
    coefficients, intercepts = np.asarray(fitted.coef_), np.asarray(fitted.intercept_)
    if len(fitted.classes_) == coefficients.shape[0] + 1:
        coefficients = np.vstack([np.zeros_like(coefficients), coefficients])
        intercepts = np.concatenate([np.zeros_like(intercepts), intercepts])
    names = tuple(str(name) for name in fitted.classes_)
    return names, np.round(coefficients, _DECIMALS), np.round(intercepts, _DECIMALS)


def _calibrate(examples: Sequence[Example]) -> tuple[float, dict[str, float]]:
    """Choose the temperature that suits writers unseen in training; return it with the figures seen on the way."""
    logits, labels, right = [], [], 0
    for writer in sorted({example.row.writer for example in examples}):
        seen = [example for example in examples if example.row.writer != writer]
        unseen = [example for example in examples if example.row.writer == writer]
        if len({example.row.label for example in seen}) < len(DisclosureAttribute):
            return 1.0, {}
        space = _space(seen)
        names, coefficients, intercepts = _weights(
            space.matrix(seen), [example.row.label.value for example in seen], INVERSE_PENALTY
        )
        for example, scores in zip(unseen, space.matrix(unseen) @ coefficients.T + intercepts, strict=True):
            logits.append(scores)
            labels.append(names.index(example.row.label.value))
            right += names[int(scores.argmax())] in example.row.acceptable
    losses = [_loss(np.array(logits), labels, float(temperature)) for temperature in _TEMPERATURES]
    best = int(np.argmin(losses))
    figures = {
        "unseen_writer_accuracy": round(right / len(examples), 4),
        "unseen_writer_log_loss": round(losses[best], 4),
    }
    return float(_TEMPERATURES[best]), figures


def _loss(logits: NDArray[np.float64], labels: Sequence[int], temperature: float) -> float:
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    log_probabilities = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
    return float(-log_probabilities[np.arange(len(labels)), list(labels)].mean())


def train_baseline(rows: Sequence[LetterRow], rules: Rules) -> Callable[[LetterRow], tuple[DisclosureAttribute, float]]:
    """Train what must not suffice: a model of length, kind of issuer and stock phrases alone."""
    phrases = rules.words("stock-phrases")
    groups = sorted({row.issuer_group for row in rows})

    def vector(row: LetterRow) -> list[float]:
        return [
            len(row.text) / 1000,
            *(float(row.issuer_group == group) for group in groups),
            *(float(phrase in row.text) for phrase in phrases),
        ]

    fitted = fit(np.array([vector(row) for row in rows]), [row.label.value for row in rows], 1.0)

    def predict(row: LetterRow) -> tuple[DisclosureAttribute, float]:
        probabilities = fitted.predict_proba(np.array([vector(row)]))[0]
        best = int(probabilities.argmax())
        return DisclosureAttribute(str(fitted.classes_[best])), float(probabilities[best])

    return predict
