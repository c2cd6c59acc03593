"""Every row of the tables on interpretation recognises its examples and leaves its counterexamples alone."""

import re

import pytest

from attrtrack.rules import Rules, load_rules
from attrtrack.rules.needs import needs_interpretation
from attrtrack.rules.schema import ChannelRow, FormRow, InterpretationNeedRow

TABLES = load_rules()
WITH_PATTERN: list[FormRow | ChannelRow | InterpretationNeedRow] = [
    *TABLES.forms,
    *TABLES.channels,
    *TABLES.interpretation_needed,
]


@pytest.mark.parametrize("row", WITH_PATTERN, ids=lambda row: row.code)
def test_rows_recognise_examples_only(row: FormRow | ChannelRow | InterpretationNeedRow) -> None:
    """Both ways, and no row without a counterexample and a source."""
    assert all(re.search(row.pattern, example) for example in row.examples)
    assert not any(re.search(row.pattern, example) for example in row.counterexamples)
    assert row.counterexamples
    assert row.source


@pytest.mark.parametrize("row", TABLES.interpretation_needed, ids=lambda row: row.code)
def test_the_first_fitting_row_decides_the_need(rules: Rules, row: InterpretationNeedRow) -> None:
    """No earlier row takes an example away."""
    for example in row.examples:
        title, number = (example, None) if row.over == "title" else (None, example)
        assert needs_interpretation(title, number, rules) is row.needed


def test_what_no_row_fits_is_undetermined(rules: Rules) -> None:
    """Nobody knows is an answer."""
    assert needs_interpretation("关于做好春耕备耕工作的通知", "云政办函〔2025〕9号", rules) is None
    assert needs_interpretation(None, None, rules) is None


def test_a_normative_number_outweighs_the_title(rules: Rules) -> None:
    """规字 numbers are normative documents whatever the title says."""
    assert needs_interpretation("关于调整市防汛指挥部成员的通知", "云政办规〔2025〕9号", rules) is True


def test_every_measure_has_a_target_with_its_source(rules: Rules) -> None:
    """Each target names a measure and the paper, or says that none sets it."""
    assert {row.measure for row in rules.targets} == {row.code for row in rules.measures}
    assert all(row.source and 0 < row.value <= 1 for row in rules.targets)
