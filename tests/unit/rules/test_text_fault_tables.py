"""The table of faulty wordings in texts: every example is found, no counter-example is, whole documents included."""

import re

import pytest
from builders import a_declaration, a_document

from attrtrack.domain.attributes import DisclosureAttribute as Attribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.gate import Case, findings
from attrtrack.nlp.normalizer import normalise
from attrtrack.rules import Rules, load_rules

_ROWS = {row.code: row for row in load_rules().text_faults}


def _finds(code: str, text: str) -> bool:
    row, plain = _ROWS[code], normalise(text).text
    return bool(re.search(row.pattern, plain)) and not (row.unless and re.search(row.unless, plain))


@pytest.mark.parametrize("code", _ROWS)
def test_row_finds_its_examples_only(code: str) -> None:
    """The pattern (and not the exception) fits every example, and no counter-example; each row has both."""
    row = _ROWS[code]
    assert row.examples
    assert row.counterexamples
    for example in row.examples:
        assert _finds(code, example), example
    for counterexample in row.counterexamples:
        assert not _finds(code, counterexample), counterexample


@pytest.mark.parametrize("code", _ROWS)
def test_gate_finds_the_examples_in_a_document(code: str, rules: Rules) -> None:
    """In a whole document the gate names the row's finding and quotes the very sentence, exactly as it stands there."""
    row = _ROWS[code]
    for example in row.examples:
        text = f"某市某局关于某事的通知\n各县：\n现将有关事项通知如下。{example}\n某市某局\n2023年5月6日\n"
        case = Case(a_document(text, date=WrittenDate(2023, 5, 6)), a_declaration(Attribute.PROACTIVE))
        found = [item for item in findings(case, rules) if item.code == row.finding]
        assert found, example
        (evidence,) = found[0].evidence
        assert evidence.span is not None
        assert evidence.quote == evidence.span.of(text)
        assert evidence.quote in example


@pytest.mark.parametrize("code", _ROWS)
def test_gate_leaves_the_counterexamples_in_a_document(code: str, rules: Rules) -> None:
    """No counter-example of a row brings its finding, by whatever row of the table."""
    row = _ROWS[code]
    for counterexample in row.counterexamples:
        text = f"某市某局关于某事的通知\n各县：\n{counterexample}\n某市某局\n"
        found = findings(Case(a_document(text), a_declaration(Attribute.PROACTIVE)), rules)
        assert row.finding not in {item.code for item in found}, counterexample
