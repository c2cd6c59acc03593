"""Masking many letters at once in an array: what masking word by word gives."""

from hypothesis import given
from hypothesis import strategies as st

from attrtrack.nlp.masked_signs import masked_signs
from attrtrack.nlp.masking import LINE_END, masked, plain_words_of
from attrtrack.nlp.word_tables import WordTables

_PIECES = st.sampled_from(
    (
        "大同市",
        "公司",
        "街道",
        "大通街道",
        "城关镇",
        "市",
        "县城",
        "B超",
        "卡拉OK",
        "公开",
        "不予公开",
        "𠮷",
        "12.5%",
        "ａ",
        "x-1",
        "，",
        "。",
        "《",
        "》",
        "\n",
        "数",
        "地",
    )
)
_TEXTS = st.lists(_PIECES, max_size=30).map("".join)
_PLACES = {"公开": 3, "公": 5, "数": 6, "地": 7, "不予": 8, "开不": 9}


@given(st.lists(_TEXTS, min_size=1, max_size=4))
def test_signs_are_those_of_masked_words(texts: list[str]) -> None:
    """The words, their lines, the text that they are together and their numbers are those of masking word by word."""
    plain = plain_words_of(texts)
    words = [masked(one) for one in plain]
    found = masked_signs(plain)
    of_all = [word for one in words for word in one]
    spelt = [
        "".join(map(chr, found.signs[start : start + length]))
        for start, length in zip(found.starts, found.lengths, strict=True)
    ]
    assert spelt == ["" if word.isspace() else word for word in of_all]
    text = "".join(map(chr, found.signs[found.text]))
    assert text.count(LINE_END) == of_all.count(LINE_END)
    assert "".join(sign if "\u4e00" <= sign <= "\u9fff" else " " for sign in text).split() == "".join(of_all).split()
    real = [[word for word in one if not word.isspace()] for one in words]
    assert found.counts(plain) == [(len(one), len("".join(one))) for one in real]


@given(_TEXTS)
def test_known_words_are_found_in_their_lines(text: str) -> None:
    """Words that are known are found, each in its line, and no beginning or part of another word is taken for one."""
    plain = plain_words_of([text])
    words = masked(plain[0])
    expected = [(_PLACES[word], words[:at].count(LINE_END)) for at, word in enumerate(words) if word in _PLACES]
    for places in (_PLACES, {}):
        known, lines = WordTables(places).found(masked_signs(plain))
        assert sorted(zip(known.tolist(), lines.tolist(), strict=True)) == (sorted(expected) if places else [])
