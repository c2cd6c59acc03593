"""A calibrated linear model scored with the standard library alone: attribute first, then the reason among those that carry it.

Decision: a letter has some hundred of the thousands of features, so a vector is its places and values; numpy would take
longer to load than everything else that one letter needs.
"""

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import neg
from typing import TYPE_CHECKING, NamedTuple, Protocol

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.features import Extractor, Parts
from attrtrack.nlp.layout import Letter
from attrtrack.nlp.scoring import NOT_FINITE, PlainScorer
from attrtrack.nlp.sieve import Candidates
from attrtrack.nlp.vectors import Lookup, Vector
from attrtrack.rules.tables import Rules

if TYPE_CHECKING:
    from attrtrack.nlp.dense import DenseScorer

RETRAIN = "请运行 attrtrack train 重新训练。"
ATTRIBUTE = "attribute"
"""The name of the head of attributes among the heads of a model."""
FEW = 64
"""Letters that one classifier scores without loading numpy."""
_LEAST_SUPPORT = 1e-4
"""What a sentence but the first must bring (logits) to be shown."""


class Scores(Protocol):
    """A letter before the heads of a model."""

    def logits(self, head: str) -> list[float]:
        """Return what one head says of the letter."""

    def shares(self, head: str, lane: int) -> list[float]:
        """Return for each sentence how far it puts one class of a head ahead of the mean of the others."""


@dataclass(frozen=True, eq=False)
class Head:
    """One softmax over `classes`: for each class the weights of all features, an intercept, and a calibrating temperature."""

    classes: tuple[str, ...]
    weights: tuple["array[float]", ...]
    intercepts: "array[float]"
    temperature: float = 1.0

    def probabilities(self, logits: Sequence[float]) -> list[float]:
        """Turn logits into one probability per class; raises `ModelUnusableError` when they are not finite numbers."""
        scaled = [
            (logit + intercept) / self.temperature for logit, intercept in zip(logits, self.intercepts, strict=True)
        ]
        highest = max(scaled)
        exponents = [math.exp(logit - highest) for logit in scaled]
        total = math.fsum(exponents)
        if not math.isfinite(total):
            raise ModelUnusableError(NOT_FINITE)
        return [exponent / total for exponent in exponents]


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a model was made from, so that a mismatch can be refused and a figure traced."""

    lexicon_hash: str
    data_digest: str
    rows: int
    writers: tuple[str, ...]
    genres: tuple[str, ...]
    sklearn_version: str
    figures: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Model:
    """The trained artefact: feature names and scales, the head of attributes, a head of reasons for each attribute."""

    features: tuple[str, ...]
    scales: "array[float]"
    attribute: Head
    reasons: Mapping[DisclosureAttribute, Head]
    facts: ModelFacts
    digest: str

    @property
    def version(self) -> str:
        """The short name that proposals carry: the first twelve digits of the digest."""
        return self.digest[:12]

    @cached_property
    def lookup(self) -> Lookup:
        """The names of the features, ready to be looked up."""
        return Lookup(self.features)

    @property
    def heads(self) -> Mapping[str, Sequence["array[float]"]]:
        """The weights of all heads: of attributes, and of reasons by the attribute that they carry."""
        return {ATTRIBUTE: self.attribute.weights, **{name: head.weights for name, head in self.reasons.items()}}

    @cached_property
    def plain(self) -> PlainScorer:
        """All heads, ready to score with the standard library alone."""
        return PlainScorer(self.heads, self.scales, lookup=self.lookup)

    @cached_property
    def dense(self) -> "DenseScorer":
        """All heads, ready to score many letters."""
        from attrtrack.nlp.dense import DenseScorer  # noqa: PLC0415 - loads numpy, which is worth it for many letters

        return DenseScorer(self.heads, self.scales, lookup=self.lookup)

    def vector(self, features: Mapping[str, float]) -> Vector:
        """Arrange named values as this model's vector; names it never met are left out."""
        return self.lookup.vector(features)

    def check_fits(self, rules: Rules) -> None:
        """Refuse rules whose lexicon or reasons are not those the model was trained with (`ModelUnusableError`)."""
        if rules.hashes["lexicon"] != self.facts.lexicon_hash:
            raise ModelUnusableError("模型与现行词表 lexicon.toml 不一致：" + RETRAIN)
        known = {row.code for row in rules.reasons if row.proposable}
        unknown = {code for head in self.reasons.values() for code in head.classes} - known
        if unknown:
            raise ModelUnusableError(f"模型中的理由代码 {'、'.join(sorted(unknown))} 不在理由目录中：" + RETRAIN)


Ranked = tuple[tuple[str, float], ...]


class Reasons(Mapping[DisclosureAttribute, Ranked]):
    """For each attribute the reasons that can carry it, best first; ranked when first asked for."""

    def __init__(self, model: Model, scores: Scores) -> None:
        self._model, self._scores = model, scores
        self._ranked: dict[DisclosureAttribute, Ranked] = {}

    def __getitem__(self, attribute: DisclosureAttribute) -> Ranked:
        if attribute not in self._ranked:
            logits = self._scores.logits(attribute)
            self._ranked[attribute] = _ranked(self._model.reasons[attribute], logits)
        return self._ranked[attribute]

    def __iter__(self) -> Iterator[DisclosureAttribute]:
        return iter(self._model.reasons)

    def __len__(self) -> int:
        return len(self._model.reasons)


class Classification(NamedTuple):
    """What the model says of one document, and the document before its heads."""

    attributes: Mapping[DisclosureAttribute, float]
    reasons: Mapping[DisclosureAttribute, Ranked]
    scores: Scores

    def supports(self, attribute: DisclosureAttribute) -> list[float]:
        """Return for each sentence how much it speaks for `attribute` against the others (logits)."""
        return self.scores.shares(ATTRIBUTE, tuple(self.attributes).index(attribute))

    def telling(self, attribute: DisclosureAttribute, limit: int = 2) -> tuple[int, ...]:
        """Return the numbers of the sentences that speak most for `attribute`, best first; at least one if there is any."""
        supports = self.supports(attribute)
        ranked = sorted(range(len(supports)), key=supports.__getitem__, reverse=True)
        return (*ranked[:1], *(number for number in ranked[1:limit] if supports[number] > _LEAST_SUPPORT))


class Classifier:
    """A model with the extractor of the rules it was trained with.

    Decision: the first letters are scored by the standard library alone, for loading numpy takes longer than they do.
    """

    def __init__(self, model: Model, extractor: Extractor) -> None:
        self.model, self.extractor = model, extractor
        self._attributes = tuple(map(DisclosureAttribute, model.attribute.classes))
        self._classified = 0

    def classify(self, letter: Letter, candidates: Candidates | None = None) -> Classification:
        """Return the probability of every attribute and, for each, of the reasons that can carry it, best first.

        `candidates`: which cues may stand in which lines of the letter, where that is known.
        """
        return self.classify_many([self.extractor.read(letter, candidates)])[0]

    def classify_many(self, letters: Sequence[Parts]) -> list[Classification]:
        """Classify letters that are read; several together are quicker."""
        self._classified += len(letters)
        if letters and self._classified > FEW:
            return list(map(self._classification, self.model.dense.scores(letters)))
        terms = map(self.model.lookup.terms, letters)
        return list(map(self._classification, map(self.model.plain.scores, terms)))

    def _classification(self, scores: Scores) -> Classification:
        head = self.model.attribute
        probabilities = head.probabilities(scores.logits(ATTRIBUTE))
        return Classification(
            attributes=dict(zip(self._attributes, probabilities, strict=True)),
            reasons=Reasons(self.model, scores),
            scores=scores,
        )


def _ranked(head: Head, logits: Sequence[float]) -> Ranked:
    probabilities = head.probabilities(logits)
    ranked = sorted(zip(map(neg, probabilities), head.classes, strict=True))
    return tuple([(code, -negated) for negated, code in ranked])
