"""Content elements of an interpretation: each with the sentence that shows it, none invented."""

import pytest

from attrtrack.linking.elements import content_elements, shows
from attrtrack.rules import Rules, load_rules
from attrtrack.rules.schema import InterpretationElementRow

TEXT = (
    "为使公众了解办法的背景和主要内容，现解读如下：一、出台背景近年来上门照料的花费增加较快。"
    "二、制定依据根据《云栖市养老服务条例》制定。三、目标任务让失能老人得到照料。四、主要内容《办法》共五条。"
    "本办法所称失能，是指吃饭、洗澡等不能自理。与原办法相比，补贴分为两档。问：补贴怎么申领？答：到街道窗口。"
)


@pytest.mark.parametrize("row", load_rules().interpretation_elements, ids=lambda row: row.code)
def test_rows_recognise_examples_only(row: InterpretationElementRow) -> None:
    """Both ways, and no row without a counterexample and a source."""
    assert [example for example in row.examples if not shows(row, example)] == []
    assert [example for example in row.counterexamples if shows(row, example)] == []
    assert row.counterexamples
    assert row.source


def test_elements_are_quoted_from_the_text(rules: Rules) -> None:
    """Every element that is there is shown by a sentence that stands in the text; scope is not there and stays None."""
    elements = {element.code: element for element in content_elements(TEXT, rules)}
    for code in ("background", "basis", "purpose", "content", "terms", "differences", "benefits"):
        evidence = elements[code].evidence
        assert evidence is not None
        assert evidence.span is not None
        assert evidence.span.of(TEXT) == evidence.quote
    assert elements["scope"].evidence is None


def test_a_heading_goes_before_the_announcement(rules: Rules) -> None:
    """That background and content will be explained is no explanation of them."""
    elements = {element.code: element.evidence for element in content_elements(TEXT, rules)}
    assert elements["background"] is not None
    assert elements["background"].quote.startswith("一、出台背景")
    only_announced = content_elements("为使公众全面了解办法的背景和主要内容，现就有关问题作一说明。", rules)
    assert [element.code for element in only_announced if element.evidence] == []


def test_broken_lines_are_read_as_one(rules: Rules) -> None:
    """A sentence that a page breaks in the middle of a phrase still shows its element, quoted with the break."""
    flat = (
        "按照市政府的统一安排，市民政局会同市财政局起草了补贴办法，办法的起草根据《云栖市养老服务条例》，结合本市实际。"
    )
    text = "\n".join(flat[start : start + 19] for start in range(0, len(flat), 19))
    assert "\n" in text[text.index("《") : text.index("》")]
    basis = next(element for element in content_elements(text, rules) if element.code == "basis")
    assert basis.evidence is not None
    assert "\n" in basis.evidence.quote


def test_an_empty_text_shows_nothing(rules: Rules) -> None:
    """Every element of the table is answered for, with None."""
    elements = content_elements("", rules)
    assert len(elements) == len(rules.interpretation_elements)
    assert {element.evidence for element in elements} == {None}
