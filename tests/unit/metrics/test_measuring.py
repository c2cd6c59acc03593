"""Measures computed by hand."""

import time
from typing import Any

import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.measures import Measure, MeasuredDocument, MeasuredInterpretation, MeasureState, Reading
from attrtrack.metrics import measures
from attrtrack.rules import Rules


def an_item(
    identifier: str, *forms: str, channels: tuple[str, ...] = ("government-website",), confirmed: bool = True
) -> MeasuredInterpretation:
    """Make an interpretation, confirmed and on the government's website unless said otherwise."""
    return MeasuredInterpretation(identifier, forms, channels, confirmed)


def a_row(identifier: str, *items: MeasuredInterpretation, **values: Any) -> MeasuredDocument:
    """Make a proactive document of 2025 that needs an interpretation."""
    fields: dict[str, Any] = {
        "title": "云栖市临时救助办法", "number": None, "genre": "通知", "unit": "甲局", "date": WrittenDate(2025, 3, 1),
        "attribute": DisclosureAttribute.PROACTIVE, "reason": None, "state": State.PUBLISHED,
        "needs_interpretation": True, "published_on": "2025-03-05",
    }  # fmt: skip
    return MeasuredDocument(identifier, interpretations=items, **{**fields, **values})


def measure(
    rules: Rules, rows: list[MeasuredDocument], code: str, reading: Reading = Reading.DOCUMENT, **scope: Any
) -> Measure:
    """Return one measure of the given rows."""
    found = measures(rows, year=scope.get("year"), unit=scope.get("unit"), rules=rules)
    return next(item for item in found if item.code == code and item.reading is reading)


def rule_of(result: Measure) -> dict[str, str]:
    """Return the excluded rows with the rule that left each out."""
    return {item.id: item.rule for item in result.excluded}


def test_interpretation_rate_counts_proactive_documents_that_need_one(rules: Rules) -> None:
    """Two of three; five rows stay out, each by its own rule."""
    rows = [
        a_row("D1", an_item("I1", "text")),
        a_row("D2", an_item("I2", "picture")),
        a_row("D3"),
        a_row("D4", attribute=DisclosureAttribute.ON_REQUEST),
        a_row("D5", attribute=None, published_on=None),
        a_row("D6", needs_interpretation=False),
        a_row("D7", needs_interpretation=None),
        a_row("D8", date=None),
        a_row("D9", date=WrittenDate(2024, 1, 1)),
    ]
    result = measure(rules, rows, "interpretation-rate", year=2025)
    assert result.value == pytest.approx(2 / 3)
    assert (result.numerator, result.denominator) == (("D1", "D2"), ("D1", "D2", "D3"))
    assert rule_of(result) == {
        "D4": "attribute-not-proactive", "D5": "attribute-undeclared", "D6": "interpretation-not-needed",
        "D7": "need-undetermined", "D8": "year-unknown", "D9": "other-year",
    }  # fmt: skip
    assert result.dictionary_version == rules.hashes["measures"]


def test_an_undeclared_document_that_is_published_counts(rules: Rules) -> None:
    """What stands on the website is proactive in fact."""
    assert measure(rules, [a_row("D1", attribute=None)], "interpretation-rate").value == 0.0


def test_the_two_readings_of_diversified_differ(rules: Rules) -> None:
    """One document with text, picture and audio, one with text: 1 of 2 documents, 2 of 4 interpretations."""
    rows = [
        a_row("D1", an_item("I1", "text"), an_item("I2", "picture"), an_item("I3", "audio")),
        a_row("D2", an_item("I4", "text")),
        a_row("D3"),
    ]
    by_document = measure(rules, rows, "diversified-rate")
    by_item = measure(rules, rows, "diversified-rate", Reading.INTERPRETATION)
    assert (by_document.value, by_item.value) == (0.5, 0.5)
    more = measure(
        rules,
        [*rows, a_row("D4", an_item("I5", "text"), an_item("I6", "text"))],
        "diversified-rate",
        Reading.INTERPRETATION,
    )
    assert more.value == pytest.approx(2 / 6)
    assert rule_of(by_document) == {"D3": "not-interpreted"}


def test_a_single_quarter_of_two_papers_reads_as_they_print_it(rules: Rules) -> None:
    """Two documents, one text and one picture: half by either reading, as the circulars say."""
    rows = [a_row("D1", an_item("I1", "text")), a_row("D2", an_item("I2", "picture"))]
    assert [measure(rules, rows, "diversified-rate", reading).value for reading in Reading] == [0.5, 0.5]


def test_off_website_counts_any_other_channel(rules: Rules) -> None:
    """On the website and in the paper counts; unknown channels are left out by name."""
    rows = [
        a_row("D1", an_item("I1", "text", channels=("government-website", "newspaper"))),
        a_row("D2", an_item("I2", "text")),
        a_row("D3", an_item("I3", "text", channels=())),
    ]
    result = measure(rules, rows, "off-website-rate")
    assert result.value == 0.5
    assert rule_of(result) == {"D3": "channel-unknown"}
    assert result.target is not None
    assert result.target.value == 0.5


def test_an_unknown_form_is_left_out_unless_another_counts(rules: Rules) -> None:
    """Unknown beside a picture is diversified; unknown beside text is not known."""
    rows = [a_row("D1", an_item("I1"), an_item("I2", "picture")), a_row("D2", an_item("I3"), an_item("I4", "text"))]
    assert rule_of(measure(rules, rows, "diversified-rate")) == {"D2": "form-unknown"}
    assert rule_of(measure(rules, rows, "diversified-rate", Reading.INTERPRETATION)) == {
        "I1": "form-unknown",
        "I3": "form-unknown",
    }


def test_an_interpretation_of_several_documents_counts_once(rules: Rules) -> None:
    """Linked to two documents, confirmed for one: one interpretation, confirmed, in scope if either is."""
    shared = an_item("I1", "picture", confirmed=False), an_item("I1", "picture")
    rows = [a_row("D1", shared[0]), a_row("D2", shared[1]), a_row("D0", shared[1], date=WrittenDate(2020, 1, 1))]
    result = measure(rules, rows, "diversified-rate", Reading.INTERPRETATION, year=2025)
    assert result.denominator == ("I1",)
    assert result.excluded == ()


def test_pending_links_make_a_range_and_no_value(rules: Rules) -> None:
    """One confirmed, one pending of two: half now, all if the pending one holds."""
    rows = [a_row("D1", an_item("I1", "text")), a_row("D2", an_item("I2", "picture", confirmed=False))]
    result = measure(rules, rows, "interpretation-rate")
    assert (result.value, result.range) == (0.5, (0.5, 1.0))
    assert measure(rules, rows, "diversified-rate").range == (0.0, 0.5)
    assert measure(rules, rows[:1], "interpretation-rate").range is None
    assert measure(rules, rows, "labelled-rate").range is None
    assert rule_of(measure(rules, rows, "diversified-rate", Reading.INTERPRETATION)) == {"I2": "link-pending"}


def test_an_empty_denominator_is_undefined(rules: Rules) -> None:
    """Never 0 and never 1."""
    for result in measures([], year=2025, unit=None, rules=rules):
        assert (result.state, result.value, result.range) == (MeasureState.UNDEFINED, None, None)


def test_labelled_and_reasoned_rates(rules: Rules) -> None:
    """Three of four bear an attribute; of the two that need a reason one resolves to a clause."""
    rows = [
        a_row("D1"),
        a_row("D2", attribute=DisclosureAttribute.ON_REQUEST, reason=next(row.code for row in rules.reasons)),
        a_row("D3", attribute=DisclosureAttribute.WITHHELD, reason="内容比较敏感"),
        a_row("D4", attribute=None),
    ]
    assert measure(rules, rows, "labelled-rate").value == 0.75
    reasoned = measure(rules, rows, "reasoned-rate")
    assert (reasoned.numerator, reasoned.denominator) == (("D2",), ("D2", "D3"))
    assert rule_of(reasoned) == {"D1": "reason-not-required", "D4": "attribute-undeclared"}


def test_other_units_are_excluded_by_name(rules: Rules) -> None:
    """A unit's figure holds its own rows only."""
    rows = [a_row("D1"), a_row("D2", unit="乙局"), a_row("D3", unit=None)]
    assert rule_of(measure(rules, rows, "labelled-rate", unit="甲局")) == {"D2": "other-unit", "D3": "other-unit"}


def test_targets_are_those_of_the_year(rules: Rules) -> None:
    """Before the first paper there is no target; over all years the open one stands."""
    assert measure(rules, [a_row("D1")], "diversified-rate", year=2015).target is None
    for year in (2025, None):
        target = measure(rules, [a_row("D1")], "diversified-rate", year=year).target
        assert target is not None
        assert (target.value, target.year_to) == (0.7, None)


def test_work_grows_with_the_rows_and_no_faster(rules: Rules) -> None:
    """Ten times the documents take about ten times as long, measured in the same run."""

    def seconds(count: int) -> float:
        rows = [
            a_row(f"D{n}", an_item(f"I{n}", "text"), an_item(f"J{n}", "picture", confirmed=n % 2 == 0))
            for n in range(count)
        ]
        began = time.process_time()
        measures(rows, year=2025, unit=None, rules=rules)
        return time.process_time() - began

    assert seconds(30_000) < 30 * max(seconds(3_000), 0.01)
