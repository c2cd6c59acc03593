"""Training: deterministic, and scored without scikit-learn to the same probabilities."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import BadRowError
from attrtrack.nlp.baseline import train_baseline
from attrtrack.nlp.classifier import Classifier, Model
from attrtrack.nlp.corpus import LetterRow, letter_of
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.fitting import examples, fit
from attrtrack.nlp.preparing import prepare
from attrtrack.nlp.training import ATTRIBUTE, train
from attrtrack.nlp.vectors import ONE
from attrtrack.nlp.vocabulary import choose_space
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
    prepared, extractor = prepare(some_letters, rules), Extractor.of(rules)
    space = choose_space(prepared.table, prepared.writers)
    matrix, labels, counts = examples(space, prepared, prepared.labels, manner=ATTRIBUTE)
    theirs = fit(matrix, labels, ATTRIBUTE, counts=counts).predict_proba(matrix[: len(prepared.rows)])
    for row, expected in zip(prepared.rows[:25], theirs, strict=False):
        vector = small_model.vector(extractor.features(letter_of(row, rules)))
        mine = replace(small_model.attribute, temperature=1.0).probabilities(
            small_model.plain.scorers["attribute"].logits(vector)
        )
        dense = np.zeros(len(small_model.features))
        dense[vector[0]] = np.array(vector[1]) / ONE
        logits = np.array(small_model.attribute.weights, dtype=float) @ (dense * small_model.scales)
        logits += small_model.attribute.intercepts
        assert mine == pytest.approx(np.exp(logits) / np.exp(logits).sum(), abs=1e-4)
        assert mine == pytest.approx(expected, abs=1e-3)


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


@pytest.mark.parametrize(("writers", "told"), [(1, False), (2, True)])
def test_few_letters_with_rare_reasons_train_without_a_warning(
    some_letters: tuple[LetterRow, ...], rules: Rules, writers: int, *, told: bool
) -> None:
    """One writer leaves nobody to hold out: no figures, temperature 1; two are enough to be told of."""
    few = [replace(row, writer=str(number % writers)) for number, row in enumerate(some_letters[:45])]
    model = train(few, rules)
    assert ("unseen_writer_accuracy" in model.facts.figures) == told
    assert told or model.attribute.temperature == 1.0
