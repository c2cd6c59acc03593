"""Patterns in an order: what is left out fits nothing, what is told comes in its order."""

import re

import pytest

from attrtrack.nlp.first_fits import FirstFits
from attrtrack.rules import Rules

PATTERNS = ("解读|[一二]问", "通知$", r"\d{2}", "(?i)/news/|/xw", "解读|[一二]问", r"[^\]]名单[\]】]")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("方案解读", [0, 2, 4]),
        ("三问", [2]),
        ("", [2]),
        ("关于通知的函", [1, 2]),
        ("/NEWS/1", [2, 3]),
        ("[名单]", [2, 5]),
    ],
)
def test_only_patterns_whose_strings_stand_are_told_in_their_order(text: str, places: list[int]) -> None:
    """One that needs no string is always told, the same one twice at both of its places."""
    assert [place for place, _ in FirstFits(PATTERNS).tries(text)] == places


def test_a_pattern_fits_where_one_of_its_told_alternatives_does(rules: Rules) -> None:
    """Over what every table of patterns for short texts calls an example, and over what it does not."""
    tables = (rules.interpretation_needed, rules.forms, rules.channels, rules.page_signs, rules.attribute_rules)
    rows = [row for table in tables for row in table]
    fits = FirstFits([row.pattern for row in rows])
    for text in {example for row in rows for example in (*row.examples, *row.counterexamples)}:
        told = dict(fits.tries(text))
        for place, row in enumerate(rows):
            whole = re.search(row.pattern, text)
            found = [alternative.search(text) for alternative in told.get(place, ())]
            assert any(found) == bool(whole), (row.pattern, text)
            if len(found) == 1 and found[0] and whole:
                assert found[0].span() == whole.span()
