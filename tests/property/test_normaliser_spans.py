"""Clean text -> span -> original: whatever is normalised leads back to the source."""

from hypothesis import given
from hypothesis import strategies as st

from attrtrack.nlp.layout import read_letter
from attrtrack.nlp.normalizer import is_traditional, normalise, simplify

_TEXTS = st.text(alphabet=st.sampled_from("同意收费标准，。：；（）() 　\n\r\t﹝２〔20年月日①㎡𠮷‍a-檔案"), max_size=120)


@given(_TEXTS)
def test_every_character_has_its_place(text: str) -> None:
    """Offsets rise, stay inside the source, and end at its end."""
    normalised = normalise(text, ("档案=文件",))
    assert len(normalised.offsets) == len(normalised.text) + 1
    assert list(normalised.offsets) == sorted(normalised.offsets)
    assert normalised.offsets[-1] == len(text)


@given(_TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """The normal form is its own normal form."""
    once = normalise(text).text
    assert normalise(once).text == once


@given(_TEXTS)
def test_sentences_stand_in_the_source(text: str) -> None:
    """Each sentence of the body, normalised at its span, is itself again; whether to simplify is asked of the whole text."""
    letter = read_letter(text)
    source = simplify(text) if is_traditional(text) else text
    for sentence in letter.sentences:
        assert normalise(letter.span(sentence).of(source)).text.replace("\n", "") == sentence.text
