"""How many of a numerator rest on links that the matcher made and nobody has judged."""

from dataclasses import replace

import pytest
from unit.verify.test_figures_alone import RULES, a_row

from attrtrack.domain.measures import Measure, MeasuredDocument, MeasuredInterpretation, Reading
from attrtrack.metrics import measures
from attrtrack.workflow.shapes import measure_row

TEXT = MeasuredInterpretation("I1", ("text",), ("government-website",), confirmed=True)
VIDEO = MeasuredInterpretation("I2", ("video",), ("wechat",), confirmed=True, automatic=True)


def figures(*rows: MeasuredDocument) -> dict[tuple[str, Reading], Measure]:
    """Return every measure of some documents."""
    return {(one.code, one.reading): one for one in measures(rows, year=None, unit=None, rules=RULES)}


@pytest.mark.parametrize(
    ("items", "interpreted", "diversified"),
    [((TEXT,), 0, 0), ((VIDEO,), 1, 1), ((TEXT, VIDEO), 0, 1), ((replace(VIDEO, automatic=False),), 0, 0)],
)
def test_a_document_rests_on_what_puts_it_above(
    items: tuple[MeasuredInterpretation, ...], interpreted: int, diversified: int
) -> None:
    """A person's text interprets the document; that it is diversified may rest on the matcher's video alone."""
    found = figures(a_row(interpretations=items))
    assert found["interpretation-rate", Reading.DOCUMENT].automatic == interpreted
    assert found["diversified-rate", Reading.DOCUMENT].automatic == diversified
    assert len(found["interpretation-rate", Reading.DOCUMENT].numerator) == 1


def test_an_interpretation_that_a_person_confirmed_anywhere_is_no_automatic_one() -> None:
    """It counts once, by the best of its links."""
    judged = replace(VIDEO, automatic=False)
    alone, both = figures(a_row(interpretations=(VIDEO,))), figures(
        a_row(interpretations=(VIDEO,)), a_row(id="D2", interpretations=(judged,))
    )  # fmt: skip
    key = ("off-website-rate", Reading.INTERPRETATION)
    assert (alone[key].automatic, both[key].automatic) == (1, 0)


def test_only_what_counts_links_tells_it() -> None:
    """A measure that no link changes says nothing of links: null in rows for programs."""
    found = figures(a_row(interpretations=(VIDEO,)))
    assert found["labelled-rate", Reading.DOCUMENT].automatic is None
    assert measure_row(found["labelled-rate", Reading.DOCUMENT], with_rows=False)["numerator"] == {
        "count": 1, "automatic": None,
    }  # fmt: skip
    told = measure_row(found["interpretation-rate", Reading.DOCUMENT], with_rows=True)["numerator"]
    assert told == {"count": 1, "automatic": 1, "ids": ["D1"]}
