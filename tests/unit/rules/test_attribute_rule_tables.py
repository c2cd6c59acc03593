"""The rules of the label guide, the order of the voices and the lexicon, as tables."""

import re

import pytest

from attrtrack.domain.genres import Genre
from attrtrack.nlp.normalizer import normalise
from attrtrack.rules import Rules, load_rules

_ROWS = {row.code: row for row in load_rules().attribute_rules}
_PLACES = {"heading", "title", "opening", "body", "closing", "whole"}


@pytest.mark.parametrize("code", _ROWS)
def test_rule_takes_its_examples_and_leaves_its_counterexamples(code: str) -> None:
    """The pattern (and not the exception) fits every example, and no counter-example."""
    row = _ROWS[code]
    assert row.examples
    assert row.counterexamples
    for example in row.examples:
        assert _speaks(code, example), example
    for counterexample in row.counterexamples:
        assert not _speaks(code, counterexample), counterexample


def _speaks(code: str, text: str) -> bool:
    row, plain = _ROWS[code], normalise(text).text
    return bool(re.search(row.pattern, plain)) and not (row.unless and re.search(row.unless, plain))


@pytest.mark.parametrize("code", _ROWS)
def test_rule_is_well_formed(code: str, rules: Rules) -> None:
    """A rule speaks of known genres and places, with a strength between even odds and certainty, for a fitting reason."""
    row = _ROWS[code]
    assert row.where in _PLACES
    assert set(row.genres) <= {genre.value for genre in Genre} | {""}
    assert 0.5 < row.strength < 1
    reason = rules.reason(row.reason)
    assert reason is not None
    assert reason.carries(row.attribute)


def test_rules_explain_themselves_differently(rules: Rules) -> None:
    """Every rule has its own sentence for people."""
    texts = [row.text for row in rules.attribute_rules]
    assert all(texts)
    assert len(set(texts)) == len(texts)


def test_corrections_of_converted_words_are_pairs(rules: Rules) -> None:
    """Every correction names the wrong word and the right one, and they differ."""
    for correction in rules.words("t2s-corrections"):
        wrong, _, right = correction.partition("=")
        assert wrong
        assert right
        assert wrong != right
