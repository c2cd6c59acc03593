"""Counting many texts at once gives what the features of each text say, to the last bit of single precision."""

import numpy as np
import pytest

from attrtrack.nlp.corpus import LetterRow, deciding_sentences, letter_of
from attrtrack.nlp.counting import Text, document, excerpt, gram_names, pack
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.gathering import gather
from attrtrack.nlp.masking import LINE_END, PAUSE
from attrtrack.nlp.packing import FeatureTable
from attrtrack.rules import Rules


def _table(texts: list[Text], *, at_once: int) -> FeatureTable:
    gathered = gather(pack(texts[start : start + at_once]) for start in range(0, len(texts), at_once))
    return gathered.table(np.arange(gathered.cells.shape[1]))


def _told(table: FeatureTable, row: int) -> dict[str, float]:
    cells = table.matrix[[row]]
    return {table.names[column]: float(value) for column, value in zip(cells.indices, cells.data, strict=True)}


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_counts_are_the_features_of_each_letter(
    some_letters: tuple[LetterRow, ...], rules: Rules, at_once: int
) -> None:
    """However many are packed at once: the same names, the same values, for the letter and for its deciding sentences."""
    extractor, texts, said = Extractor.of(rules), list[Text](), list[dict[str, float]]()
    for row in some_letters[:25]:
        letter = letter_of(row, rules)
        parts, numbers = extractor.read(letter), deciding_sentences(row, letter)
        texts += [document(parts), excerpt(parts, numbers)]
        said += [parts.document(), parts.excerpt(numbers)]
    table = _table(texts, at_once=at_once)
    for place, features in enumerate(said):
        assert _told(table, place) == {name: float(np.float32(value)) for name, value in features.items()}


def test_pauses_and_line_ends_part_n_grams() -> None:
    """No n-gram reaches over a pause, a sentence's end or the next text; a word may be used often."""
    words = ["甲乙", PAUSE, "丙", LINE_END, "丁", *["戊"] * 300]
    table = _table([Text(words, {}), Text(["己"], {}), Text([], {}), Text(["庚"], {})], at_once=4)
    grams = {name for name in table.names if name.startswith("gram:")}
    assert grams == {"gram:甲乙", "gram:丁戊", "gram:丁戊戊", "gram:戊戊", "gram:戊戊戊"}
    assert _told(table, 1) == {"word:己": 1.0}
    assert _told(table, 2) == {}
    assert _told(table, 0)["word:戊"] == pytest.approx((1 + np.log(300)) / np.sqrt(303))


def test_nothing_to_count_is_a_table_of_no_columns() -> None:
    """Texts without words or names have rows all the same."""
    table = _table([Text([], {}), Text([PAUSE, LINE_END], {})], at_once=2)
    assert table.names == ()
    assert table.matrix.shape == (2, 0)


def test_numbers_of_n_grams_are_spelt_as_they_were_read() -> None:
    """Pairs and triples of any signs come back from their numbers, those beyond the basic plane too."""
    texts = [Text(["甲乙𠮷"], {})]
    assert set(gram_names(pack(texts).grams)) == {"gram:甲乙", "gram:乙𠮷", "gram:甲乙𠮷"}
    assert gram_names(np.empty(0, dtype=np.int64)) == []
