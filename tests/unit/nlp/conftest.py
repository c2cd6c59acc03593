"""A small model, trained once for the tests of training, scoring and the artefact."""

import pytest
from repository import ROOT

from attrtrack.nlp.classifier import Model
from attrtrack.nlp.corpus import LetterRow, load_corpus
from attrtrack.nlp.training import train
from attrtrack.rules import Rules


@pytest.fixture(scope="session")
def some_letters() -> tuple[LetterRow, ...]:
    """A fourth of the training letters, of every writer."""
    return load_corpus(ROOT / "training_data")[::4]


@pytest.fixture(scope="session")
def small_model(some_letters: tuple[LetterRow, ...], rules: Rules) -> Model:
    """A model trained on them."""
    return train(some_letters, rules)
