"""Confident learning: scores are probabilities, follow the evidence, and know an archive's habit."""

import numpy as np
import pytest

from attrtrack.nlp.confident import confident_joint, declaring_rates, joined, thresholds, wrongness

SURE = ([0.96, 0.02, 0.02], [0.02, 0.96, 0.02], [0.02, 0.02, 0.96])


def an_archive(flipped: dict[tuple[int, int], int], rows: int = 40) -> tuple[list[list[float]], list[int]]:
    """Return probabilities and declarations: `rows` right ones a class, and so many of class a declared as class b."""
    probabilities, declared = [], []
    for true in range(3):
        probabilities += [list(SURE[true])] * rows
        declared += [true] * rows
    for (true, said), count in flipped.items():
        probabilities += [list(SURE[true])] * count
        declared += [said] * count
    return probabilities, declared


def test_no_rows_give_no_scores() -> None:
    """An empty archive is no error."""
    assert wrongness([], []) == []


def test_flipped_rows_score_high_and_right_ones_low() -> None:
    """Every score is a probability; the declared class decides on which side of one half."""
    scores = wrongness(*an_archive({(0, 2): 4, (1, 0): 4}))
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert max(scores[:120]) < 0.05
    assert min(scores[120:]) > 0.6


def test_a_single_row_leans_on_the_prior() -> None:
    """One unsure contradiction is not yet called wrong; a sure one is; no opinion is the prior itself."""
    assert wrongness([[0.7, 0.2, 0.1]], [1])[0] < 0.5
    assert wrongness([[0.99, 0.005, 0.005]], [1])[0] > 0.8
    assert wrongness([[1 / 3, 1 / 3, 1 / 3]], [1])[0] == pytest.approx(0.1, abs=0.05)


def test_a_habit_of_the_archive_raises_the_scores_of_rows_like_it() -> None:
    """Where many public letters are withheld, an unsure row of that kind scores higher than one of another kind."""
    probabilities, declared = an_archive({(0, 2): 30})
    probabilities += [[0.5, 0.05, 0.45], [0.05, 0.5, 0.45]]
    *_, habit, other = wrongness(probabilities, [*declared, 2, 2])
    assert habit > other + 0.1


def test_a_class_that_nobody_declared_has_no_threshold_to_pass() -> None:
    """Its threshold is infinite and its column in the joint empty."""
    numbers, places = np.array(SURE[:2]), np.array([0, 1])
    assert thresholds(numbers, places)[2] == np.inf
    assert confident_joint(numbers, places).sum(axis=0)[2] == 0.0


def test_rates_are_shares_of_each_true_class() -> None:
    """Each row adds up to one and the diagonal is the largest share."""
    probabilities, declared = an_archive({(0, 2): 10})
    rates = declaring_rates(np.array(probabilities), np.array(declared))
    assert rates.sum(axis=1) == pytest.approx([1.0, 1.0, 1.0])
    assert (rates.argmax(axis=1) == [0, 1, 2]).all()
    assert rates[0, 2] == pytest.approx(0.2, abs=0.05)


def test_the_archive_moves_the_odds_by_a_bounded_factor() -> None:
    """However sure the archive is, it moves the odds of two classes by nine at most; silence moves nothing."""
    even, silent = joined([[0.5, 0.3, 0.2]] * 2, [[1e-9, 1.0, 1e9], [1.0, 1.0, 1.0]], [None, None])
    assert even[2] / even[0] == pytest.approx(0.4 * np.exp(2.2), rel=0.01)
    assert silent == pytest.approx([0.5, 0.3, 0.2])


def test_the_archive_never_outvotes_a_rule_of_law() -> None:
    """A protected class keeps at least the share it had, and may gain."""
    ((kept, *_), (gained, *_)) = joined([[0.6, 0.2, 0.2]] * 2, [[0.1, 1.0, 9.0], [9.0, 1.0, 0.1]], [0, 0])
    assert kept == pytest.approx(0.6)
    assert gained > 0.6
