"""A calibrated linear model scored with numpy alone: attribute first, then the reason among those that carry it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.layout import Letter, Sentence
from attrtrack.rules.tables import Rules

Vector = NDArray[np.float64]
RETRAIN = "请运行 attrtrack train 重新训练。"


@dataclass(frozen=True, eq=False)
class Head:
    """One softmax over `classes`: coefficients of shape (classes, features), intercepts, and a calibrating temperature."""

    classes: tuple[str, ...]
    coefficients: NDArray[np.float64]
    intercepts: Vector
    temperature: float = 1.0

    def probabilities(self, vector: Vector) -> Vector:
        """Return one probability per class."""
        logits = (self.coefficients @ vector + self.intercepts) / self.temperature
        exponents = np.exp(logits - logits.max())
        result: Vector = exponents / exponents.sum()
        return result

    def support(self, vector: Vector, chosen: str) -> float:
        """Return how much `vector` speaks for `chosen` against the mean of the other classes (logits)."""
        logits = self.coefficients @ vector
        index = self.classes.index(chosen)
        others = np.delete(logits, index)
        return float(logits[index] - (others.mean() if others.size else 0.0))


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
    scales: Vector
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
        vector = np.zeros(len(self.features))
        for name, value in features.items():
            place = self._places.get(name)
            if place is not None:
                vector[place] = value
        result: Vector = vector * self.scales
        return result

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
                DisclosureAttribute(name): float(probability)
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
    pairs = zip(head.classes, (float(probability) for probability in probabilities), strict=True)
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
