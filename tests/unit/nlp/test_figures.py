"""Figures of an evaluation, checked on letters few enough to count by hand."""

import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.figures import Judged, Prediction, Truth, by_group, figures

_P, _U, _W = DisclosureAttribute


def _truth(number: int, label: DisclosureAttribute, *also: DisclosureAttribute, **more: object) -> Truth:
    values = {"reason": "L-A", "group": "county", **more}
    return Truth(id=f"t-{number}", label=label, acceptable=(label, *also), **values)  # type: ignore[arg-type]


_JUDGED = (
    Judged(_truth(1, _P, pair="a", hard=True), Prediction(_P, 0.95, ("L-A", "P19-1"))),
    Judged(_truth(2, _U, _P, pair="a"), Prediction(_P, 0.65, ("L-A",))),
    Judged(_truth(3, _W, pair="b", group="city"), Prediction(_U, 0.55, abstained=True)),
    Judged(_truth(4, _W), Prediction(None, 0.0)),
    Judged(_truth(5, _W, hard=True, reason="R15-2"), Prediction(_W, 0.85, ("R14-2", "R16-1a", "R15-2"))),
)


def test_figures_count_acceptable_and_strict_answers() -> None:
    """An acceptable answer is right, the strict share counts labels only, no opinion is wrong."""
    one = figures(_JUDGED)
    assert (one.accuracy, one.strict_accuracy) == (0.6, 0.4)
    assert (one.answered, one.precision_answered) == (0.6, 1.0)
    assert one.confusion["withheld", "none"] == 1


def test_balanced_accuracy_gives_every_attribute_the_same_weight() -> None:
    """Proactive and on request are all right, one of three withheld letters is; hard letters are counted apart."""
    one = figures(_JUDGED)
    assert one.balanced_accuracy == pytest.approx((1 + 1 + 1 / 3) / 3)
    assert (one.hard_letters, one.hard_balanced_accuracy) == (2, 1.0)


def test_the_worst_kind_of_issuer_is_named() -> None:
    """The city's only letter is wrong."""
    one = figures(_JUDGED)
    assert one.worst_group is not None
    assert (one.worst_group.name, one.worst_group.letters, one.worst_group.balanced_accuracy) == ("city", 1, 0.0)


def test_a_pair_counts_when_both_sides_are_right() -> None:
    """Pair a is whole and right; pair b has one letter only and is no pair."""
    one = figures(_JUDGED)
    assert (one.pairs, one.pairs_right) == (1, 1.0)


def test_reasons_count_where_the_attribute_is_right() -> None:
    """Of two letters whose label was met, one has the reason first, both have it among the first three."""
    one = figures(_JUDGED)
    assert (one.reason_first, one.reason_in_three) == (0.5, 1.0)


def test_f_scores_weigh_recall_as_asked() -> None:
    """Withheld: one of three found, no false alarm; F2 leans on what was missed."""
    one = figures(_JUDGED)
    assert one.f2_withheld == pytest.approx(5 * 1 / (4 * 3 + 1))
    assert one.macro_f1 == pytest.approx((1.0 + 2 * 1 / (1 + 2) + 2 * 1 / (3 + 1)) / 3)


def test_calibration_error_weighs_bins_by_their_size() -> None:
    """Probabilities 0.95, 0.65 and 0.85 were right, 0.55 was wrong."""
    assert figures(_JUDGED).calibration_error == pytest.approx((0.05 + 0.35 + 0.55 + 0.15) / 4)


def test_what_was_abstained_from_comes_last() -> None:
    """The surest letters are those answered; half of five rounds to two."""
    curve = dict(figures(_JUDGED).coverage)
    assert (curve[0.5], curve[1.0]) == (1.0, 0.6)


def test_a_share_of_nothing_is_no_number() -> None:
    """Without letters, or without reasons and pairs, there is nothing to tell."""
    empty, bare = figures(()), figures([Judged(_truth(1, _P, reason=None), Prediction(_P, 0.9))])
    assert (empty.accuracy, empty.balanced_accuracy, empty.f2_withheld, empty.calibration_error) == (None,) * 4
    assert (bare.reason_first, bare.pairs_right, bare.hard_balanced_accuracy) == (None,) * 3


def test_groups_are_told_by_name() -> None:
    """Any property of the letters can be grouped by."""
    groups = by_group(_JUDGED, lambda truth: truth.label.value)
    assert [(group.name, group.letters) for group in groups] == [("on_request", 1), ("proactive", 1), ("withheld", 3)]
