"""Sketches: like letters are found alike, unlike ones are not, and nothing can be read from them."""

import pytest
from builders import LETTER

from attrtrack.nlp.layout import read_letter
from attrtrack.nlp.sketches import SIZE, likeness, sketch_of, triple_hashes

_OTHER = (
    "云栖市水务局关于取水许可延续的批复\n云水函〔2025〕9号\n云栖市第二自来水厂：\n你厂申请收悉。经审查，取水口位置、取水量和退水"
    "方式未变，水资源论证报告已通过评审，同意延续取水许可五年，请按许可的用途取水并安装计量设施。\n云栖市水务局\n2025年6月3日\n"
)


def _sketch(text: str) -> tuple[int, ...]:
    return sketch_of(read_letter(text))


def test_the_same_letter_is_wholly_alike() -> None:
    """A letter is like itself, and its sketch is the same on every run: it is kept in databases."""
    sketch = _sketch(LETTER)
    assert likeness(sketch, _sketch(LETTER)) == 1.0
    assert sketch[:2] == tuple(sorted(sketch))[:2]
    assert triple_hashes("依申请公开") == triple_hashes("依申请公开") != frozenset()


def test_numbers_and_dates_make_no_difference() -> None:
    """The same letter of another year and number is the same text."""
    assert likeness(_sketch(LETTER), _sketch(LETTER.replace("31号", "77号").replace("2025", "2024"))) == 1.0


def test_other_letters_are_not_alike() -> None:
    """Two letters of one office on different matters share next to nothing."""
    assert likeness(_sketch(LETTER), _sketch(_OTHER)) < 0.1


def test_a_letter_with_another_sentence_is_partly_alike() -> None:
    """The likeness falls with every sentence that is changed, and does not vanish with one."""
    longer = _OTHER.replace("\n云栖市水务局\n2025", "\n许可期满三个月前，应当向我局提出延续申请。\n云栖市水务局\n2025")
    assert 0.5 < likeness(_sketch(_OTHER), _sketch(longer)) < 1.0


@pytest.mark.parametrize("text", ["", "收悉。", "请予支持。"])
def test_a_few_words_have_no_sketch(text: str) -> None:
    """What is too short to be told from other letters is like nothing, not even itself."""
    assert _sketch(text) == ()
    assert likeness((), ()) == 0.0


def test_a_sketch_is_small_and_fits_a_database_integer() -> None:
    """At most 64 signed 64-bit numbers, ascending, whatever the length of the text."""
    sketch = _sketch(_OTHER * 30)
    assert len(sketch) <= SIZE
    assert list(sketch) == sorted(set(sketch))
    assert all(-(2**63) <= value < 2**63 for value in sketch)


def test_likeness_is_the_share_in_common() -> None:
    """Of sets small enough to be kept whole, the likeness is exact."""
    assert likeness((1, 2, 3), (2, 3, 4)) == 0.5
    assert likeness((1, 2), (1, 2, 3, 4)) == 0.5
    assert likeness((1, 2), (3, 4)) == 0.0


def test_the_estimate_is_near_the_truth() -> None:
    """Sketches of sets of which half is shared say about a half."""
    hashed = [value * 6364136223846793005 % (2**63) for value in range(1, 4001)]
    one, other = sorted(hashed[:3000])[:SIZE], sorted(hashed[1000:])[:SIZE]
    assert likeness(one, other) == pytest.approx(0.5, abs=0.2)
