"""The table of report checks: every example is found, no counter-example is, as whole texts; and the small tables beside it."""

import re

import pytest

from attrtrack.domain.contradictions import Examination, KnownTitle
from attrtrack.examining import Paper, examine
from attrtrack.nlp.normalizer import normalise
from attrtrack.nlp.relation_model import load_relation_model
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.resources import REPORTS, models_folder
from attrtrack.rules import Rules, load_rules

_RELATIONS = load_relation_model(models_folder(None) / REPORTS)
_OF_THE_MODEL = {"figures-doubtful", "figures-to-look-at"}
_ROWS = {row.code: row for row in load_rules().report_checks}
_LISTS = {row.code: row for row in load_rules().report_lists}
_WORDINGS = {row.code: row for row in load_rules().report_wordings}
_REFERENTS = {row.code: row for row in load_rules().report_referents}


def examined(text: str, rules: Rules, code: str = "") -> Examination:
    """Examine a text as it would be read from a file; figures are doubted for the examples of doubts alone."""
    relations = _RELATIONS if code in _OF_THE_MODEL else None
    source = read_source(text.encode(), "报告.txt")
    known = tuple(KnownTitle(row.title, row.number or None, row.source) for row in rules.known_titles)
    return examine(Paper(record(source, rules), rules, source.page_numbers, known, relations))


@pytest.mark.parametrize("code", _ROWS)
def test_check_finds_its_examples(code: str, rules: Rules) -> None:
    """Each example holds the contradiction, quoted exactly as it stands in the text read."""
    assert _ROWS[code].examples
    for example in _ROWS[code].examples:
        text = read_source(example.encode(), "报告.txt").text
        found = [item for item in examined(example, rules, code).told if item.code == code]
        assert found, example
        for evidence in found[0].evidence:
            assert evidence.span is not None
            assert evidence.quote == evidence.span.of(text)


@pytest.mark.parametrize("code", _ROWS)
def test_check_leaves_its_counterexamples(code: str, rules: Rules) -> None:
    """No counter-example brings any contradiction at all."""
    assert _ROWS[code].counterexamples
    for counterexample in _ROWS[code].counterexamples:
        assert [item.message for item in examined(counterexample, rules, code).told] == [], counterexample


@pytest.mark.parametrize("code", _LISTS)
def test_list_is_compared(code: str, rules: Rules) -> None:
    """A list that lacks an item is named, a whole one is not."""
    row = _LISTS[code]
    for example, expected in [
        *((text, True) for text in row.examples),
        *((text, False) for text in row.counterexamples),
    ]:
        text = f"云栖市某局2023年政府信息公开工作年度报告\n{example}。\n云栖市某局\n2024年1月20日\n"
        assert ("list-incomplete" in {item.code for item in examined(text, rules).contradictions}) is expected, example


@pytest.mark.parametrize("code", _WORDINGS)
def test_wording_finds_its_examples_only(code: str) -> None:
    """The pattern fits every example and no counter-example."""
    row = _WORDINGS[code]
    assert all(re.search(row.pattern, normalise(example).text) for example in row.examples)
    assert not any(re.search(row.pattern, normalise(example).text) for example in row.counterexamples)


@pytest.mark.parametrize("code", _REFERENTS)
def test_referent_fits_whole_nouns(code: str) -> None:
    """A noun is taken for the thing as a whole only."""
    row = _REFERENTS[code]
    assert all(re.fullmatch(row.pattern, example) for example in row.examples)
    assert not any(re.fullmatch(row.pattern, example) for example in row.counterexamples)


def test_sentences_of_checks_differ() -> None:
    """Each check has a sentence of its own, which is more than its name."""
    texts = [row.text for row in _ROWS.values()]
    assert len(set(texts)) == len(texts)
    assert all(row.name != row.text for row in _ROWS.values())
