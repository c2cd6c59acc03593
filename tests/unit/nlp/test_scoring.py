"""Scoring without numpy: packed sums give what plain sums give, for documents and sentence by sentence."""

import math
from array import array

import pytest

from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.classifier import Classifier, Head, Model
from attrtrack.nlp.corpus import LetterRow, letter_of
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.scoring import Scorer
from attrtrack.nlp.vectors import ONE
from attrtrack.rules import Rules


def _plain_logits(model: Model, head: Head, features: dict[str, float]) -> list[float]:
    places = {name: place for place, name in enumerate(model.features)}
    known = [(places[name], value) for name, value in features.items() if name in places]
    return [math.fsum(weights[at] * model.scales[at] * value for at, value in known) for weights in head.weights]


def test_packed_sums_are_the_plain_sums(some_letters: tuple[LetterRow, ...], small_model: Model, rules: Rules) -> None:
    """Named features, the vector of a letter and the sums over its sentences give the same logits."""
    extractor = Extractor.of(rules)
    for row in some_letters[::7]:
        parts = extractor.read(letter_of(row, rules))
        letter = small_model.lookup.letter(parts)
        plain = _plain_logits(small_model, small_model.attribute, parts.document())
        assert small_model.scorer.document(letter) == pytest.approx(plain, abs=2e-3)
        assert small_model.scorer.by_sentence(letter)[0] == pytest.approx(plain, abs=2e-3)
        assert small_model.scorer.logits(small_model.vector(parts.document())) == pytest.approx(plain, abs=2e-3)
        for attribute, head in small_model.reasons.items():
            reasons = small_model.reason_scorers[attribute].document(letter)
            assert reasons == pytest.approx(_plain_logits(small_model, head, parts.document()), abs=2e-3)


def test_sentence_features_are_those_of_a_letter_of_that_sentence(
    some_letters: tuple[LetterRow, ...], rules: Rules
) -> None:
    """A sentence read with its letter has the words and n-grams that it has alone."""
    extractor = Extractor.of(rules)
    letter = letter_of(some_letters[0], rules)
    parts = extractor.read(letter)
    alone = parts.excerpt((1,))
    assert alone
    assert all(name.startswith(("word:", "gram:", "cue:")) for name in alone)
    text = {name: value for name, value in alone.items() if not name.startswith("cue:")}
    assert math.fsum(value * value for value in text.values()) == pytest.approx(2.0, abs=0.6)


def test_weights_that_are_no_numbers_are_refused() -> None:
    """A weight that is not finite, or too large to add up, is an unusable model and never a wrong answer."""
    for weight in (math.nan, math.inf, -math.inf, 1e30):
        scorer = Scorer((array("f", [weight]), array("f", [0.5])), array("f", [1.0]))
        with pytest.raises(ModelUnusableError, match="attrtrack train"):
            scorer.logits(([0], [ONE]))


def test_lanes_do_not_spill_over() -> None:
    """Large sums of either sign in one class do not touch its neighbours."""
    weights = (array("f", [-4000.0]), array("f", [0.25]), array("f", [4000.0]))
    scorer = Scorer(weights, array("f", [1.0]))
    assert scorer.logits(([0] * 5000, [ONE * 4] * 5000)) == pytest.approx([-8e7, 5000.0, 8e7])


def test_telling_sentences_are_of_the_body(
    some_letters: tuple[LetterRow, ...], small_model: Model, rules: Rules
) -> None:
    """The sentences shown are the letter's own, at most two, best first."""
    classifier = Classifier(small_model, Extractor.of(rules))
    letter = letter_of(some_letters[3], rules)
    classification = classifier.classify(letter)
    for attribute in classification.attributes:
        supports = classification.supports(attribute)
        told = classification.telling(attribute)
        assert 1 <= len(told) <= 2
        assert supports[told[0]] == max(supports)
        assert set(told) <= set(range(len(letter.sentences)))
