"""Cells of score tables as numbers and ranks."""

from decimal import Decimal

import pytest

from attrtrack.assessing.figures import figure, rank


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("23.6", "23.6"), ("２３．６", "23.6"), ("3分", "3"), ("3（承担1项）", "3"), ("−2", "-2"), ("未报资料记0分", "0"),
        ("无公开平台记0分", "0"), ("零分", "0"), ("97.19999999999999", "97.2"), ("0.30000000000000004", "0.3"), ("92.50", "92.50"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_meant(text: str, value: str) -> None:
    """Full-width signs, units, remarks in brackets, zeros in words and what binary arithmetic leaves behind."""
    found = figure(text)
    assert str(found.value) == value
    assert not found.blank


@pytest.mark.parametrize("text", ["", "  ", "—", "/", "无"])
def test_nothing_counts_as_nothing(text: str) -> None:
    """A blank cell adds 0 and is known as blank."""
    assert (figure(text).value, figure(text).blank) == (Decimal(0), True)


@pytest.mark.parametrize("text", ["缺考", "23,6,1", "二十三", "10分以上", "1e5"])
def test_other_words_are_no_number(text: str) -> None:
    """What cannot be read is told, never taken for 0."""
    assert figure(text).value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", "5"), ("5.0", "5"), ("第5名", "5"), ("并列第8名", "8"), ("8-10", "8"), ("第十二名", "12"), ("二十", "20"), ("2.5", "2.5"), ("三", "3"), ("(7)", "7")],
)  # fmt: skip
def test_ranks_are_read_in_figures_and_words(text: str, value: str) -> None:
    """A rank may be shared, a span, or written in Chinese."""
    assert rank(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "—", "不参加排名", "优秀"])
def test_what_is_no_rank_is_none(text: str) -> None:
    """A unit outside the ranking has no rank."""
    assert rank(text) is None
