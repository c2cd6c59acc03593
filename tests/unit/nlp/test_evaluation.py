"""Evaluation: every letter is judged once by models that never saw it, and told in tables and rows."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from attrtrack.nlp.corpus import LetterRow
from attrtrack.nlp.evaluation import Evaluation, held_out, model_alone
from attrtrack.nlp.evaluation_text import aligned, evaluation_rows, render
from attrtrack.nlp.preparing import prepare
from attrtrack.nlp.splits import SPLITS
from attrtrack.rules import Rules


@pytest.fixture(scope="module")
def evaluation(some_letters: tuple[LetterRow, ...], rules: Rules) -> Evaluation:
    """The model and the baseline on two writers, each held out in turn."""
    reasons = Counter(row.reason for row in some_letters)
    frequent = [row for row in some_letters if reasons[row.reason] > 4]
    few = [replace(row, writer="甲" if index % 2 else "乙") for index, row in enumerate(frequent)]
    return held_out(prepare(few, rules), rules, {"model": model_alone(rules)}, split=SPLITS[0])


def test_held_out_writers_are_judged_once_by_every_voice(evaluation: Evaluation) -> None:
    """Two groups, both voices on all letters, and the model knows more than the baseline."""
    letters = {one.letters for one in evaluation.by_voice.values()}
    assert (evaluation.groups, len(letters)) == (2, 1)
    baseline, model = (evaluation.by_voice[name].balanced_accuracy for name in ("baseline", "model"))
    assert baseline is not None
    assert model is not None
    assert model > baseline


def test_the_table_names_voices_and_figures(evaluation: Evaluation) -> None:
    """People read Chinese names; a baseline that gives no reasons has none to count."""
    text = render([evaluation])
    for word in ("基线", "模型", "平衡正确率", "对照组两边都对", "不予公开 F2", "校准误差", "自行作答"):
        assert word in text
    line = next(line for line in text.splitlines() if "理由首选正确" in line)
    assert "—" in line


def test_programs_read_one_object_a_split_and_voice(evaluation: Evaluation) -> None:
    """The objects survive JSON and hold the whole confusion."""
    rows = [json.loads(json.dumps(row)) for row in evaluation_rows([evaluation])]
    assert [(row["split"], row["voice"]) for row in rows] == [
        ("unseen-writers", "baseline"),
        ("unseen-writers", "model"),
    ]
    for row in rows:
        assert sum(sum(said.values()) for said in row["confusion"].values()) == row["letters"]


def test_columns_align_with_ideographs_as_wide_as_two_letters() -> None:
    """The second column starts at the same place in every line."""
    assert aligned([("甲乙", "x"), ("abc", "y")]) == ["  甲乙  x", "  abc   y"]
