"""A calibrated linear model scored with the standard library alone: attribute first, then the reason among those that carry it.

Decision: a letter has some hundred of the thousands of features, so a vector is its places and values; numpy would take
longer to load than everything else that one letter needs.
"""

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.layout import Letter
from attrtrack.nlp.scoring import NOT_FINITE, Scorer, Shares
from attrtrack.nlp.vectors import LetterVector, Lookup, Vector
from attrtrack.rules.tables import Rules

RETRAIN = "请运行 attrtrack train 重新训练。"


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

    @cached_property
    def scorer(self) -> Scorer:
        """The head of attributes, ready to score."""
        return Scorer(self.attribute.weights, self.scales)

    @cached_property
    def reason_scorers(self) -> Mapping[DisclosureAttribute, Scorer]:
        """The heads of reasons, ready to score."""
        return {attribute: Scorer(head.weights, self.scales) for attribute, head in self.reasons.items()}

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

    def __init__(self, model: Model, letter: LetterVector) -> None:
        self._model, self._letter = model, letter
        self._ranked: dict[DisclosureAttribute, Ranked] = {}

    def __getitem__(self, attribute: DisclosureAttribute) -> Ranked:
        if attribute not in self._ranked:
            logits = self._model.reason_scorers[attribute].document(self._letter)
            self._ranked[attribute] = _ranked(self._model.reasons[attribute], logits)
        return self._ranked[attribute]

    def __iter__(self) -> Iterator[DisclosureAttribute]:
        return iter(self._model.reasons)

    def __len__(self) -> int:
        return len(self._model.reasons)


@dataclass(frozen=True, slots=True)
class Classification:
    """What the model says of one document; `shares`: what each sentence brings to it."""

    attributes: Mapping[DisclosureAttribute, float]
    reasons: Mapping[DisclosureAttribute, Ranked]
    shares: Shares

    def supports(self, attribute: DisclosureAttribute) -> list[float]:
        """Return for each sentence how much it speaks for `attribute` against the others (logits)."""
        return self.shares.of(tuple(self.attributes).index(attribute))

    def telling(self, attribute: DisclosureAttribute, limit: int = 2) -> tuple[int, ...]:
        """Return the numbers of the sentences that speak most for `attribute`, best first; at least one if there is any."""
        supports = self.supports(attribute)
        ranked = sorted(range(len(supports)), key=supports.__getitem__, reverse=True)
        return (*ranked[:1], *(number for number in ranked[1:limit] if supports[number] > 0))


@dataclass(frozen=True, slots=True)
class Classifier:
    """A model with the extractor of the rules it was trained with."""

    model: Model
    extractor: Extractor

    def classify(self, letter: Letter) -> Classification:
        """Return the probability of every attribute and, for each, of the reasons that can carry it, best first."""
        read = self.model.lookup.letter(self.extractor.read(letter))
        head = self.model.attribute
        logits, shares = self.model.scorer.by_sentence(read)
        return Classification(
            attributes=dict(zip(map(DisclosureAttribute, head.classes), head.probabilities(logits), strict=True)),
            reasons=Reasons(self.model, read),
            shares=shares,
        )


def _ranked(head: Head, logits: Sequence[float]) -> Ranked:
    probabilities = head.probabilities(logits)
    return tuple(sorted(zip(head.classes, probabilities, strict=True), key=lambda pair: (-pair[1], pair[0])))
