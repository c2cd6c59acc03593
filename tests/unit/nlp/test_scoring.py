"""Scoring with and without numpy: both give what plain sums give, for documents and sentence by sentence."""

import math
from array import array

import pytest

from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.classifier import ATTRIBUTE, FEW, Classifier, Head, Model
from attrtrack.nlp.corpus import LetterRow, letter_of
from attrtrack.nlp.dense import DenseScorer
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.layout import read_letter
from attrtrack.nlp.scoring import Scorer
from attrtrack.nlp.vectors import ONE, Lookup
from attrtrack.rules import Rules


def _plain_logits(model: Model, head: Head, features: dict[str, float]) -> list[float]:
    places = {name: place for place, name in enumerate(model.features)}
    known = [(places[name], value) for name, value in features.items() if name in places]
    return [math.fsum(weights[at] * model.scales[at] * value for at, value in known) for weights in head.weights]


def test_both_scorers_give_the_plain_sums(
    some_letters: tuple[LetterRow, ...], small_model: Model, rules: Rules
) -> None:
    """Named features, packed sums and matrices give the same logits, the last two exactly; so do the shares of sentences."""
    extractor = Extractor.of(rules)
    attribute = small_model.plain.scorers[ATTRIBUTE]
    heads = {ATTRIBUTE: small_model.attribute, **small_model.reasons}
    read = [extractor.read(letter_of(row, rules)) for row in some_letters[::7]]
    terms = list(map(small_model.lookup.terms, read))
    for parts, plain, dense in zip(
        read, map(small_model.plain.scores, terms), small_model.dense.scores(read), strict=True
    ):
        for name, head in heads.items():
            expected = pytest.approx(_plain_logits(small_model, head, parts.document()), abs=2e-3)
            assert plain.logits(name) == dense.logits(name) == expected
        for lane in range(len(small_model.attribute.classes)):
            shares = plain.shares(ATTRIBUTE, lane)
            assert shares == dense.shares(ATTRIBUTE, lane)
            assert len(shares) == len(parts.sentences)
        expected = pytest.approx(_plain_logits(small_model, small_model.attribute, parts.document()), abs=2e-3)
        assert attribute.logits(small_model.vector(parts.document())) == expected


def test_terms_used_very_often_are_damped_alike(small_model: Model, rules: Rules) -> None:
    """A word used hundreds of times, and a letter of no known word, score the same with and without numpy."""
    extractor = Extractor.of(rules)
    for body in ("征求意见，征求意见。" * 400, "鱻。"):
        parts = extractor.read(read_letter(f"关于某事的函\n县水务局：\n{body}"))
        (dense,) = small_model.dense.scores([parts])
        assert small_model.plain.scores(small_model.lookup.terms(parts)).logits(ATTRIBUTE) == dense.logits(ATTRIBUTE)


def test_much_text_is_looked_up_as_little(
    some_letters: tuple[LetterRow, ...], small_model: Model, rules: Rules
) -> None:
    """Letters scored together, whose words tables find, score as each does alone, whose words a dictionary finds."""
    read = [Extractor.of(rules).read(letter_of(row, rules)) for row in some_letters[::9]]
    for parts, together in zip(read, small_model.dense.scores(read), strict=True):
        (alone,) = small_model.dense.scores([parts])
        for name in small_model.heads:
            assert alone.logits(name) == together.logits(name)
        assert alone.shares(ATTRIBUTE, 0) == together.shares(ATTRIBUTE, 0)


def test_many_letters_are_classified_as_the_first(
    some_letters: tuple[LetterRow, ...], small_model: Model, rules: Rules
) -> None:
    """A classifier that has gone over to matrices says what it said before."""
    classifier, letter = Classifier(small_model, Extractor.of(rules)), letter_of(some_letters[0], rules)
    said = [classifier.classify(letter) for _ in range(FEW + 1)]
    assert said[0].attributes == said[-1].attributes
    for attribute in small_model.reasons:
        assert said[0].reasons[attribute] == said[-1].reasons[attribute]
        assert said[0].telling(attribute) == said[-1].telling(attribute)
    assert type(said[0].scores) is not type(said[-1].scores)


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
        with pytest.raises(ModelUnusableError, match="attrtrack train"):
            DenseScorer({ATTRIBUTE: (array("f", [weight]),)}, array("f", [1.0]), lookup=Lookup(["word:县"]))


def test_lanes_do_not_spill_over() -> None:
    """Large sums of either sign in one class do not touch its neighbours."""
    weights = (array("f", [-1000.0]), array("f", [0.25]), array("f", [1000.0]))
    scorer = Scorer(weights, array("f", [1.0]))
    assert scorer.logits(([0] * 5000, [ONE * 4] * 5000)) == pytest.approx([-2e7, 5000.0, 2e7])


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
