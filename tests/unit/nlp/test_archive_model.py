"""The light model of one archive: learns from the others, not from copies, and keeps silent over few rows."""

import random

import pytest

from attrtrack.nlp.archive_model import LEAST_ROWS, ArchiveModel
from attrtrack.nlp.near_copies import NearCopies

WORDS = (
    ["规划范围", "用地面积", "批准实施", "道路红线"],
    ["贵公司", "补充材料", "许可证号", "来函核实"],
    ["征求意见", "内部研究", "会议讨论", "修改稿件"],
)


def a_text(kind: int, number: int) -> str:
    """Make a text of one kind; no two are alike."""
    random_words = random.Random(f"{kind}/{number}")  # noqa: S311 - the same texts every time
    signs = "".join(chr(random_words.randrange(0x4E00, 0x9000)) for _ in range(80))
    return "，".join(random_words.choices(WORDS[kind], k=12)) + signs


def codes(text: str) -> object:
    """Return a text's code points as the model hands them on."""
    from attrtrack.nlp.archive_model import _codes  # noqa: PLC0415 - the inner form is what near copies take

    return _codes(text)


def test_what_the_others_were_declared_as_speaks_for_a_row() -> None:
    """A row declared against its kind is likelier of its kind; so the row's own word has no say."""
    model = ArchiveModel()
    for number in range(70):
        for kind in range(3):
            model.add(a_text(kind, number), 2 if (kind, number) == (0, 0) else kind)
    found = model.likelihoods(3)
    assert found is not None
    assert found[0][0] > 2.0
    assert found[0][2] < 1.0
    assert sum(row.index(max(row)) == place % 3 for place, row in enumerate(found)) > 0.95 * len(found)
    assert model.likelihoods(3) == found


def test_a_class_with_few_rows_has_nothing_said_of_it() -> None:
    """Its likelihood is 1; with fewer than two learnable classes the model is silent."""
    model = ArchiveModel()
    for number in range(LEAST_ROWS):
        model.add(a_text(0, number), 0)
    assert model.likelihoods(3) is None
    for number in range(LEAST_ROWS):
        model.add(a_text(1, number), 1)
    model.add(a_text(2, 0), 2)
    found = model.likelihoods(3)
    assert found is not None
    assert {row[2] for row in found} == {1.0}


def test_copies_do_not_vouch_for_one_another() -> None:
    """Twenty copies of one letter declared alike are judged by the other letters only."""
    model = ArchiveModel()
    for number in range(70):
        model.add(a_text(0, number), 0)
        model.add(a_text(2, number), 2)
    for copy in range(20):
        model.add(f"{a_text(0, 999)}第{copy}份", 2)
    found = model.likelihoods(3)
    assert found is not None
    assert all(row[0] > row[2] for row in found[-20:])


@pytest.mark.parametrize("text", ["", "短", "\ud800残缺", "12345" * 3000, "🀄" * 10])
def test_odd_texts_are_taken(text: str) -> None:
    """Nothing a ledger holds stops the model."""
    model = ArchiveModel()
    model.add(text, 0)
    assert model.likelihoods(3) is None


def test_near_copies_are_grouped_and_others_are_not() -> None:
    """A letter with another addressee and other figures is a copy; another letter of its kind is none; empty ones are alike."""
    letter = a_text(0, 1) * 2
    copies = NearCopies()
    for text in (letter, "某某局：" + letter + "2024", a_text(0, 2) * 2, "", ""):
        copies.add(codes(text))  # type: ignore[arg-type] # an array
    assert copies.groups() == [0, 0, 2, 3, 3]
