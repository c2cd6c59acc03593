"""A calibrated linear model scored with the standard library alone: attribute first, then the reason among those that carry it.

Decision: a letter has some hundred of the thousands of features, so a vector is its places and values; numpy would take
longer to load than everything else that one letter needs.
"""

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.layout import Letter, Sentence
from attrtrack.rules.tables import Rules

RETRAIN = "请运行 attrtrack train 重新训练。"
Vector = tuple[Sequence[int], Sequence[float]]
"""A sparse vector: the places of the features that a text has, and their scaled values."""


@dataclass(frozen=True, eq=False)
class Head:
    """One softmax over `classes`: for each class the weights of all features, an intercept, and a calibrating temperature."""

    classes: tuple[str, ...]
    weights: tuple["array[float]", ...]
    intercepts: "array[float]"
    temperature: float = 1.0

    def logits(self, vector: Vector) -> list[float]:
        """Return the weighted sum of each class, intercepts left out."""
        places, values = vector
        return [sum(map(mul, values, map(weights.__getitem__, places))) for weights in self.weights]

    def probabilities(self, vector: Vector) -> list[float]:
        """Return one probability per class; raises `ModelUnusableError` when the weights are not finite numbers."""
        scores = zip(self.logits(vector), self.intercepts, strict=True)
        logits = [(score + intercept) / self.temperature for score, intercept in scores]
        highest = max(logits)
        exponents = [math.exp(logit - highest) for logit in logits]
        total = math.fsum(exponents)
        if not math.isfinite(total):
            raise ModelUnusableError("模型权重不是有限的数：" + RETRAIN)
        return [exponent / total for exponent in exponents]

    def support(self, vector: Vector, chosen: str) -> float:
        """Return how much `vector` speaks for `chosen` against the mean of the other classes (logits)."""
        logits = self.logits(vector)
        mine = logits.pop(self.classes.index(chosen))
        return mine - (math.fsum(logits) / len(logits) if logits else 0.0)


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
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.features)}

    def vector(self, features: Mapping[str, float]) -> Vector:
        """Arrange named values as this model's vector; names it never met are left out."""
        places, scales = self._places, self.scales
        known = {places[name]: value for name, value in features.items() if name in places}
        return list(known), [value * scales[place] for place, value in known.items()]

    def check_fits(self, rules: Rules) -> None:
        """Refuse rules whose lexicon or reasons are not those the model was trained with (`ModelUnusableError`)."""
        if rules.hashes["lexicon"] != self.facts.lexicon_hash:
            raise ModelUnusableError("模型与现行词表 lexicon.toml 不一致：" + RETRAIN)
        known = {row.code for row in rules.reasons if row.proposable}
        unknown = {code for head in self.reasons.values() for code in head.classes} - known
        if unknown:
            raise ModelUnusableError(f"模型中的理由代码 {'、'.join(sorted(unknown))} 不在理由目录中：" + RETRAIN)


@dataclass(frozen=True, slots=True)
class Classification:
    """What the model says of one document."""

    attributes: Mapping[DisclosureAttribute, float]
    reasons: Mapping[DisclosureAttribute, tuple[tuple[str, float], ...]]


@dataclass(frozen=True, slots=True)
class Classifier:
    """A model with the extractor of the rules it was trained with."""

    model: Model
    extractor: Extractor

    def classify(self, letter: Letter) -> Classification:
        """Return the probability of every attribute and, for each, of the reasons that can carry it, best first."""
        vector = self.model.vector(self.extractor.features(letter))
        probabilities = self.model.attribute.probabilities(vector)
        return Classification(
            attributes={
                DisclosureAttribute(name): probability
                for name, probability in zip(self.model.attribute.classes, probabilities, strict=True)
            },
            reasons={attribute: _ranked(head, vector) for attribute, head in self.model.reasons.items()},
        )

    def telling_sentences(self, letter: Letter, attribute: DisclosureAttribute, limit: int = 2) -> tuple[Sentence, ...]:
        """Return the sentences of the body that speak most for `attribute`, best first; at least one if there is any."""
        head = self.model.attribute

        def support(sentence: Sentence) -> float:
            vector = self.model.vector(self.extractor.sentence_features(sentence))
            return head.support(vector, attribute.value)

        ranked = sorted(letter.sentences, key=support, reverse=True)
        return tuple(ranked[:1]) + tuple(sentence for sentence in ranked[1:limit] if support(sentence) > 0)


def _ranked(head: Head, vector: Vector) -> tuple[tuple[str, float], ...]:
    probabilities = head.probabilities(vector)
    return tuple(sorted(zip(head.classes, probabilities, strict=True), key=lambda pair: (-pair[1], pair[0])))
