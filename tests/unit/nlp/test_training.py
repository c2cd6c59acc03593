"""Training: deterministic, and scored without scikit-learn to the same probabilities."""

import math
import subprocess
import sys
from array import array
from dataclasses import replace

import numpy as np
import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import BadRowError, ModelUnusableError
from attrtrack.nlp.classifier import Classifier, Model
from attrtrack.nlp.corpus import LetterRow, letter_of
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.training import INVERSE_PENALTY, _space, fit, prepare, train, train_baseline
from attrtrack.rules import Rules


def test_same_letters_give_the_same_digest(
    some_letters: tuple[LetterRow, ...], small_model: Model, rules: Rules
) -> None:
    """Training again, with the rows in another order, gives the very same model."""
    assert train(tuple(reversed(some_letters)), rules).digest == small_model.digest


def test_exported_weights_score_as_scikit_learn_does(
    some_letters: tuple[LetterRow, ...], small_model: Model, rules: Rules
) -> None:
    """The exported weights give scikit-learn's probabilities (temperature aside), and numpy's of the same weights exactly."""
    examples = prepare(some_letters, rules)
    matrix = _space(examples).matrix(examples)
    fitted = fit(matrix, [example.row.label.value for example in examples], INVERSE_PENALTY)
    theirs = fitted.predict_proba(matrix)
    for example, expected in zip(examples[:25], theirs, strict=False):
        places, values = small_model.vector(example.features)
        mine = replace(small_model.attribute, temperature=1.0).probabilities((places, values))
        dense = np.zeros(len(small_model.features))
        dense[places] = values
        logits = np.array(small_model.attribute.weights, dtype=float) @ dense + small_model.attribute.intercepts
        assert mine == pytest.approx(np.exp(logits) / np.exp(logits).sum(), abs=1e-12)
        assert mine == pytest.approx(expected, abs=1e-3)


def test_weights_that_are_no_numbers_are_refused(small_model: Model) -> None:
    """A model whose weights are infinite or no numbers has no opinion to give, and says to train anew."""
    head = small_model.attribute
    broken = replace(head, weights=tuple(array("f", [math.nan]) * len(small_model.features) for _ in head.classes))
    with pytest.raises(ModelUnusableError, match="attrtrack train"):
        broken.probabilities(([0], [1.0]))


def test_classification_ranks_reasons_of_each_attribute(
    some_letters: tuple[LetterRow, ...], small_model: Model, rules: Rules
) -> None:
    """Probabilities add up to one, and every attribute lists only reasons that can carry it, best first."""
    classifier = Classifier(small_model, Extractor.of(rules))
    said = classifier.classify(letter_of(some_letters[0], rules))
    assert sum(said.attributes.values()) == pytest.approx(1.0)
    for attribute, ranked in said.reasons.items():
        assert [p for _, p in ranked] == sorted((p for _, p in ranked), reverse=True)
        assert all((reason := rules.reason(code)) is not None and reason.carries(attribute) for code, _ in ranked)


def test_telling_sentences_are_of_the_body(
    some_letters: tuple[LetterRow, ...], small_model: Model, rules: Rules
) -> None:
    """At least one sentence of the body is named for every attribute."""
    classifier = Classifier(small_model, Extractor.of(rules))
    letter = letter_of(some_letters[0], rules)
    for attribute in DisclosureAttribute:
        sentences = classifier.telling_sentences(letter, attribute)
        assert sentences
        assert set(sentences) <= set(letter.sentences)


def test_issuers_dates_and_numbers_are_no_features(small_model: Model) -> None:
    """No feature holds a digit, and no word ends as a place does."""
    for name in small_model.features:
        assert not any(character.isdigit() for character in name), name
        assert not (name.startswith("word:") and len(name) > 8 and name.endswith(("省", "县", "镇"))), name


def test_training_needs_all_three_attributes(some_letters: tuple[LetterRow, ...], rules: Rules) -> None:
    """Letters of two attributes only cannot train a model."""
    two = [row for row in some_letters if row.label != DisclosureAttribute.WITHHELD]
    with pytest.raises(BadRowError):
        train(two, rules)


def test_baseline_knows_nothing_of_content(some_letters: tuple[LetterRow, ...], rules: Rules) -> None:
    """Length, kind of issuer and stock phrases tell hardly more than chance on letters they were fitted on."""
    predict = train_baseline(some_letters, rules)
    right = sum(predict(row)[0] == row.label for row in some_letters)
    assert right < 0.65 * len(some_letters)


def test_proposing_does_not_import_scikit_learn_or_numpy() -> None:
    """Training alone needs scikit-learn and numpy; a proposal starts without them."""
    code = (
        "import sys, attrtrack.proposing, attrtrack.nlp.artifact; "
        "sys.exit(not {'sklearn', 'numpy'}.isdisjoint(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
