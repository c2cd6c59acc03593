"""Publication and interpretation against their terms, letters of reply, accuracy, excerpts, re-examination: by hand."""

import datetime as dt
from dataclasses import replace

import pytest
from unit.metrics.test_measuring import a_row, an_item, measure, rule_of

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.measures import Days, MeasuredInterpretation, MeasureState, Reading
from attrtrack.metrics import measures
from attrtrack.rules import Rules
from attrtrack.rules.schema import GateRow

PROACTIVE, ON_REQUEST, WITHHELD = DisclosureAttribute


def switched(rules: Rules, code: str, value: str) -> Rules:
    """Return the rules of an office that set a switch otherwise."""
    gate = tuple(row._replace(values=(value,)) if row.code == code else row for row in rules.gate)
    assert any(isinstance(row, GateRow) and row.values == (value,) for row in gate)
    return replace(rules, gate=gate)


def dated(identifier: str, published: dt.date | None, *, confirmed: bool = True) -> MeasuredInterpretation:
    """Make an interpretation published on a day."""
    return replace(an_item(identifier, "text", confirmed=confirmed), published=published)


def test_publication_counts_working_days_and_names_what_cannot_be_counted(rules: Rules) -> None:
    """The twentieth working day is in time, the next is not; seven rows stay out, each by its own rule."""
    made = WrittenDate(2023, 9, 29)
    rows = [
        a_row("D1", date=made, published_on="2023-11-01"),
        a_row("D2", date=made, published_on="2023-11-02"),
        a_row("D3", date=made, published_on="2023-09-29"),
        a_row("D4", date=made, published_on="2023-09-28"),
        a_row("D5", date=made, published_on=None, state=State.SIGNED),
        a_row("D6", date=made, published_on=None, state=State.ISSUED_ELSEWHERE),
        a_row("D7", date=made, published_on=None, published=True),
        a_row("D8", date=WrittenDate(2023, 9), published_on="2023-11-01"),
        a_row("D9", date=made, attribute=WITHHELD),
        a_row("D10", date=WrittenDate(2008, 4, 30), published_on="2023-11-01"),
    ]
    found = measure(rules, rows, "publication-days")
    assert (found.numerator, found.denominator) == (("D1", "D3"), ("D1", "D2", "D3"))
    assert found.days == (
        Days("D1", 20, provisional=False),
        Days("D2", 21, provisional=False),
        Days("D3", 0, provisional=False),
    )
    assert rule_of(found) == {
        "D4": "published-before-made", "D5": "not-published", "D6": "publication-unknown", "D7": "publication-date-unknown",
        "D8": "day-unknown", "D9": "attribute-not-proactive", "D10": "outside-validity",
    }  # fmt: skip
    whole = measure(rules, rows, "published-rate")
    assert set(whole.denominator) - set(whole.numerator) == {"D5"}
    assert rule_of(whole)["D6"] == "publication-unknown"


def test_days_of_a_year_without_notice_are_provisional(rules: Rules) -> None:
    """Weekends alone are counted there, and each row says so."""
    rows = [a_row("D1", dated("I1", dt.date(2090, 3, 9)), date=WrittenDate(2090, 3, 6), published_on="2090-03-07")]
    assert measure(rules, rows, "publication-days").days == (Days("D1", 1, provisional=True),)
    assert measure(rules, rows, "interpretation-days").days == (Days("D1", 2, provisional=True),)


def test_the_first_interpretation_that_counts_keeps_the_term_or_not(rules: Rules) -> None:
    """Friday to Wednesday are three working days; earlier than the document is in time, a pending link changes the range."""
    friday, wednesday, thursday = "2025-03-07", dt.date(2025, 3, 12), dt.date(2025, 3, 13)
    rows = [
        a_row("D1", dated("I1", thursday), dated("I2", wednesday), published_on=friday),
        a_row("D2", dated("I3", thursday), published_on=friday),
        a_row("D3", dated("I4", dt.date(2025, 3, 1)), published_on=friday),
        a_row("D4", dated("I5", thursday), dated("I6", None), published_on=friday),
        a_row("D5", dated("I7", wednesday, confirmed=False), published_on=friday),
        a_row("D6", dated("I8", wednesday), published_on=None, published=True),
        a_row("D7", dated("I9", wednesday), published_on=None, published=False),
    ]
    found = measure(rules, rows, "interpretation-days")
    assert (found.numerator, found.denominator) == (("D1", "D3"), ("D1", "D2", "D3"))
    assert found.range == pytest.approx((2 / 3, 0.75))
    assert rule_of(found) == {
        "D4": "interpretation-date-unknown", "D5": "not-interpreted", "D6": "publication-date-unknown", "D7": "not-published",
    }  # fmt: skip


def test_the_term_of_an_interpretation_is_the_offices(rules: Rules) -> None:
    """Four days let the Thursday in; where no term is set, nothing can be assessed."""
    rows = [a_row("D1", dated("I1", dt.date(2025, 3, 13)), published_on="2025-03-07")]
    assert measure(switched(rules, "interpretation_workdays", "4"), rows, "interpretation-days").value == 1.0
    without = measure(switched(rules, "interpretation_workdays", "0"), rows, "interpretation-days")
    assert (without.state, without.value) == (MeasureState.NOT_ASSESSABLE, None)
    assert rule_of(without) == {"D1": "no-term-set"}


def test_letters_of_reply_by_genre_or_title(rules: Rules) -> None:
    """A 函 counts where its title says that it answers; what is on a website without attribute is public in fact."""
    rows = [
        a_row("D1", genre="批复"),
        a_row("D2", genre="函", title="关于某事项的复函", attribute=WITHHELD),
        a_row("D3", genre="函", title="关于商请支持的函", attribute=WITHHELD),
        a_row("D4", genre="答复", attribute=None),
        a_row("D5", genre="答复", attribute=None, published_on=None),
    ]
    found = measure(rules, rows, "reply-public-rate")
    assert (found.numerator, found.denominator, found.target) == (("D1", "D4"), ("D1", "D2", "D4"), None)
    assert rule_of(found) == {"D3": "not-a-reply", "D5": "attribute-undeclared"}


def test_only_what_a_person_looked_at_is_accurate_or_not(rules: Rules) -> None:
    """The attribute in force against the last word of a reviewer; the rest is left out, not taken for right."""
    rows = [a_row("D1", checked=PROACTIVE), a_row("D2", checked=WITHHELD), a_row("D3")]
    found = measure(rules, rows, "accurate-rate")
    assert (found.value, rule_of(found)) == (0.5, {"D3": "not-reviewed"})


def test_excerpts_are_counted_by_interpretation_once(rules: Rules) -> None:
    """Beside two documents the confirmed pair counts, and of two confirmed ones the excerpt."""
    copied = replace(an_item("I1", "text"), copied=True)
    rows = [
        a_row("D1", copied, replace(an_item("I2", "text"), copied=False)),
        a_row("D2", replace(copied, copied=False), an_item("I3", "text")),
        a_row("D3", replace(an_item("I2", "text", confirmed=False), copied=True)),
    ]
    found = measure(rules, rows, "copied-rate", Reading.INTERPRETATION)
    assert (found.numerator, found.denominator) == (("I1",), ("I1", "I2"))
    assert rule_of(found) == {"I3": "text-missing"}


def test_what_was_kept_back_is_looked_at_again(rules: Rules) -> None:
    """Looked at once is enough, also when it was opened then; what is not signed is not kept back yet."""
    rows = [
        a_row("D1", attribute=WITHHELD, state=State.SIGNED, examined=True),
        a_row("D2", attribute=PROACTIVE, examined=True),
        a_row("D3", attribute=ON_REQUEST, state=State.SIGNED),
        a_row("D4", attribute=ON_REQUEST, state=State.DECLARED),
        a_row("D5"),
    ]
    found = measure(rules, rows, "reexamined-rate")
    assert (found.numerator, found.denominator) == (("D1", "D2"), ("D1", "D2", "D3"))
    assert rule_of(found) == {"D4": "not-signed", "D5": "not-kept-back"}


def test_links_between_pages_are_not_assessed_where_nobody_read_them(rules: Rules) -> None:
    """Nothing known is no zero; a document counts where one page and its own link to each other."""
    unread = measure(rules, [a_row("D1", an_item("I1", "text"))], "mutual-links-rate")
    assert (unread.state, unread.value, rule_of(unread)) == (MeasureState.NOT_ASSESSABLE, None, {"D1": "links-unread"})
    read = [
        a_row("D1", replace(an_item("I1", "text"), mutual=True)),
        a_row("D2", replace(an_item("I2", "text"), mutual=False)),
    ]
    assert measure(rules, read, "mutual-links-rate").value == 0.5


def test_a_measure_speaks_of_documents_made_while_it_holds(rules: Rules) -> None:
    """Earlier and later ones are left out by name; a year without it cannot be assessed, an empty year is undefined."""
    table = tuple(row._replace(valid_to="2024-06-30") if row.code == "labelled-rate" else row for row in rules.measures)
    ended = replace(rules, measures=table)
    rows = [
        a_row("D1", date=WrittenDate(2016, 11, 9)),
        a_row("D2", date=WrittenDate(2016, 11)),
        a_row("D3", date=WrittenDate(2024, 6, 30)),
        a_row("D4", date=WrittenDate(2024, 7)),
        a_row("D5", date=None, year_stated=2015),
        a_row("D6", date=None),
    ]
    found = measure(ended, rows, "labelled-rate")
    assert found.denominator == ("D2", "D3", "D6")
    assert rule_of(found) == dict.fromkeys(("D1", "D4", "D5"), "outside-validity")
    early = measure(ended, rows, "labelled-rate", year=2015)
    assert (early.state, rule_of(early)["D5"]) == (MeasureState.NOT_ASSESSABLE, "outside-validity")
    assert {one.state for one in measures(rows, year=1999, unit=None, rules=ended)} == {MeasureState.UNDEFINED}
    assert measure(rules, rows, "labelled-rate").denominator == ("D2", "D3", "D4", "D6")
