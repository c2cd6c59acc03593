"""Figures of an evaluation, checked on letters small enough to count by hand."""

from collections import Counter
from dataclasses import replace

import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.corpus import LetterRow
from attrtrack.nlp.evaluation import Evaluation, Judged, Prediction, figures, held_out, model_alone, render
from attrtrack.nlp.training import prepare
from attrtrack.rules import Rules

_P, _U, _W = DisclosureAttribute


def _row(number: int, label: DisclosureAttribute, *also: DisclosureAttribute) -> LetterRow:
    return LetterRow(
        id=f"t-{number}",
        writer="t",
        title="关于某事的复函",
        genre="复函",
        issuer="溪口县水务局",
        issuer_group="department",
        addressee="县财政局",
        date="2024-01-02",
        text="正文。",
        label=label,
        reason="L-A",
        acceptable=(label, *also),
        difficulty="easy",
        evidence=("正文",),
        pair=None,
    )


_JUDGED = (
    Judged(_row(1, _P), Prediction(_P, 0.95, "L-A")),
    Judged(_row(2, _U, _P), Prediction(_P, 0.65, "L-A")),
    Judged(_row(3, _W), Prediction(_U, 0.55, abstained=True)),
    Judged(_row(4, _W), Prediction(None, 0.0)),
)


def test_figures_count_acceptable_and_strict_answers() -> None:
    """An acceptable answer is right, the strict share counts labels only, no opinion is wrong."""
    one = figures(_JUDGED, lambda row: row.writer)
    assert (one.accuracy, one.strict_accuracy, one.reason_accuracy) == (0.5, 0.25, 1.0)
    assert (one.answered, one.accuracy_answered) == (0.5, 1.0)
    assert one.confusion[("withheld", "none")] == 1
    assert one.by_group == (("t", 0.5),)


def test_macro_f1_is_the_mean_over_attributes() -> None:
    """Two attributes found whole (one of them with a false alarm), one not at all."""
    assert figures(_JUDGED, lambda row: row.writer).macro_f1 == pytest.approx((1.0 + 2 / 3 + 0.0) / 3)


def test_calibration_error_weighs_bins_by_their_size() -> None:
    """Probabilities 0.95 and 0.65 were right, 0.55 was wrong."""
    expected = (0.05 + 0.35 + 0.55) / 3
    assert figures(_JUDGED, lambda row: row.writer).calibration_error == pytest.approx(expected)


def test_surest_answers_come_first() -> None:
    """The share right among the surest half is not below that of all."""
    curve = dict(figures(_JUDGED, lambda row: row.writer).by_coverage)
    assert curve[0.7] >= curve[1.0]


def test_held_out_writers_are_judged_by_a_model_that_never_saw_them(
    some_letters: tuple[LetterRow, ...], rules: Rules
) -> None:
    """Every letter is judged once, by model and baseline, and the text names both."""
    reasons = Counter(row.reason for row in some_letters)
    frequent = [row for row in some_letters if reasons[row.reason] > 4]
    few = [replace(row, writer="甲" if index % 2 else "乙") for index, row in enumerate(frequent)]
    found = held_out(prepare(few, rules), rules, {"模型": model_alone(rules)}, group=lambda row: row.writer)
    assert {one.letters for one in found.values()} == {len(few)}
    text = render(Evaluation(found, found))
    assert "模型" in text
    assert "基线" in text
