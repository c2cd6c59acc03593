"""Every row of the tables on interpretation recognises its examples and leaves its counterexamples alone."""

import re

import pytest

from attrtrack.rules import Rules, load_rules
from attrtrack.rules.schema import ChannelRow, FormRow

TABLES = load_rules()
WITH_PATTERN: list[FormRow | ChannelRow] = [
    *TABLES.forms,
    *TABLES.channels,
]


@pytest.mark.parametrize("row", WITH_PATTERN, ids=lambda row: row.code)
def test_rows_recognise_examples_only(row: FormRow | ChannelRow) -> None:
    """Both ways, and no row without a counterexample and a source."""
    assert all(re.search(row.pattern, example) for example in row.examples)
    assert not any(re.search(row.pattern, example) for example in row.counterexamples)
    assert row.counterexamples
    assert row.source


WITHOUT_TARGET = {
    "accurate-rate", "reply-public-rate", "interpretation-days", "mutual-links-rate", "copied-rate", "reexamined-rate",
}  # fmt: skip
"""No paper says how much of these is enough, so the program says nothing either."""


def test_every_measure_has_a_target_with_its_source(rules: Rules) -> None:
    """Each target names a measure and the paper, or says that none sets it."""
    assert {row.measure for row in rules.targets} == {row.code for row in rules.measures} - WITHOUT_TARGET
    assert all(row.source and 0 < row.value <= 1 for row in rules.targets)
