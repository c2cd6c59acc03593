"""Masking: what must not be learnt is not among the words."""

from attrtrack.nlp.masking import LINE_END, NUMBER, PLACE, masked_words


def test_numbers_places_and_signs_are_masked() -> None:
    """Numbers and places become one sign each, punctuation parts phrases."""
    words = masked_words("大同市2023年供水3.5万吨，免费。")
    assert PLACE in words
    assert NUMBER in words
    assert "大同市" not in words
    assert not any(character.isdigit() for word in words for character in word)
    assert "".join(words).split() == ["地数年供水数万吨", "免费"]


def test_only_the_kind_of_a_cited_title_stays() -> None:
    """Of a cited instrument the last words stay, its subject goes."""
    words = masked_words("依据《上坪县农村集中供水工程运行管理办法》办理")
    assert "集中" not in words
    assert "办法" in "".join(words)


def test_lines_cut_together_are_the_lines_cut_alone() -> None:
    """Several lines cut at once give each line's own words with a line end between, and an empty line none."""
    first, last = "依据《上坪县供水办法》办理。", "每月3元"
    together = masked_words(f"{first}\n\n{last}")
    assert together == [*masked_words(first), LINE_END, LINE_END, *masked_words(last)]
