"""Every measure that rests on the need of an interpretation says who said so."""

from unit.metrics.test_measuring import a_row, an_item, measure

from attrtrack.domain.measures import Reading
from attrtrack.rules import Rules
from attrtrack.workflow.shapes import measure_row


def test_the_denominator_says_whose_word_it_rests_on(rules: Rules) -> None:
    """Persons, ledgers and rules are counted apart, over the denominator only; most frequent first."""
    rows = [
        a_row("D1", an_item("I1", "text"), need_source="policy-kind"),
        a_row("D2", need_source="policy-kind"),
        a_row("D3", need_source="person"),
        a_row("D4", need_source="ledger"),
        a_row("D5", needs_interpretation=False, need_source="award"),
        a_row("D6", needs_interpretation=None, need_source="work-arrangement"),
        a_row("D7", needs_interpretation=None),
        a_row("D8", attribute=None, published_on=None, need_source="policy-kind"),
    ]
    result = measure(rules, rows, "interpretation-rate")
    assert result.need_sources == (("policy-kind", 2), ("ledger", 1), ("person", 1))
    assert {(item.id, item.rule, item.need) for item in result.excluded} == {
        ("D5", "interpretation-not-needed", "award"),
        ("D6", "need-undetermined", "work-arrangement"),
        ("D7", "need-undetermined", None),
        ("D8", "attribute-undeclared", None),
    }
    row = measure_row(result, with_rows=False)
    assert row["need_sources"] == {"person": 1, "ledger": 1, "unrecorded": 0, "rules": {"policy-kind": 2}}
    assert {"id": "D5", "rule": "interpretation-not-needed", "need": "award"} in row["excluded"]
    assert {"id": "D7", "rule": "need-undetermined"} in row["excluded"]


def test_measures_that_ask_no_need_name_no_source(rules: Rules) -> None:
    """What rests on no need says nothing of one."""
    rows = [a_row("D1", an_item("I1", "text"), need_source="person")]
    for code, reading in (
        ("diversified-rate", Reading.DOCUMENT),
        ("labelled-rate", Reading.DOCUMENT),
        ("diversified-rate", Reading.INTERPRETATION),
    ):
        result = measure(rules, rows, code, reading)
        assert result.need_sources is None
        assert "need_sources" not in measure_row(result, with_rows=True)


def test_documents_alike_but_for_the_source_are_kept_apart(rules: Rules) -> None:
    """Rows are judged by kind; who said so is part of the kind."""
    rows = [a_row(f"D{place}", need_source="person" if place % 2 else "ledger") for place in range(7)]
    assert measure(rules, rows, "interpretation-rate").need_sources == (("ledger", 4), ("person", 3))
