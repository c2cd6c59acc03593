"""N-grams found by tables: those that a plain search finds, each in its line."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from attrtrack.nlp.grams import GramTables
from attrtrack.nlp.masked_signs import signs_of

_PLACES = {"公开": 0, "开公": 1, "公开信": 2, "不公开": 3, "信息": 5, "𠮷公": 7}


def _plainly(text: str) -> Counter[tuple[int, int]]:
    return Counter(
        (place, text[:at].count("\n"))
        for gram, place in _PLACES.items()
        for at in range(len(text))
        if text.startswith(gram, at)
    )


@given(st.text(alphabet="公开信息不予𠮷 \n", max_size=40))
def test_tables_find_what_a_plain_search_finds(text: str) -> None:
    """Pairs and triples that overlap are all found, none across a pause or the end of a line, whatever the signs are."""
    places, lines = GramTables(_PLACES).found(signs_of(text))
    assert Counter(zip(places.tolist(), lines.tolist(), strict=True)) == _plainly(text)


def test_a_model_without_n_grams_finds_none() -> None:
    """No n-gram is known, and none is found, in a text or in none at all."""
    for text in ("", "公开"):
        places, lines = GramTables({}).found(signs_of(text))
        assert len(places) == len(lines) == 0
