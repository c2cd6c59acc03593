"""Document numbers there and back."""

from hypothesis import given
from hypothesis import strategies as st

from attrtrack.domain.numbers import DocumentNumber, Series, find_all, normalise, parse

CODES = st.text(alphabet="晋京沪渝粤忻朔云栖府办厅函字规建教水财", min_size=2, max_size=10)
YEARS = st.integers(1950, 2049)
SERIALS = st.integers(1, 99_999)
BRACKETS = st.sampled_from(["〔〕", "[]", "【】", "()", "（）", "〖〗", "﹝﹞", "［］"])
NUMBERS = st.one_of(
    st.builds(DocumentNumber, CODES, YEARS, SERIALS),
    st.builds(DocumentNumber, CODES.map(lambda code: code + "令"), st.none(), SERIALS, st.just(Series.ORDER)),
    st.builds(DocumentNumber, CODES.map(lambda code: code + "公告"), YEARS, SERIALS, st.just(Series.YEARLY)),
)


@given(NUMBERS)
def test_printing_and_reading_agree(number: DocumentNumber) -> None:
    """A printed number reads back as itself and needs no repair."""
    assert parse(str(number)) == number
    assert normalise(str(number)).repaired is False


@given(NUMBERS)
def test_a_citation_is_found_where_it_stands(number: DocumentNumber) -> None:
    """In a sentence the number is found once, at its own place."""
    text = f"现将有关文件（{number}）印发给你们。"
    assert [(found, span.of(text)) for found, span, _ in find_all(text)] == [(number, str(number))]


@given(
    CODES, YEARS, SERIALS, BRACKETS, st.sampled_from(["", " ", "\u200b", "　"]), st.sampled_from(["", "第", "0", "第0"])
)
def test_wrong_forms_come_to_the_same_number(
    code: str, year: int, serial: int, brackets: str, blank: str, extra: str
) -> None:
    """Brackets of any kind, blanks, 第 and leading zeros do not change which number it is."""
    printed = f"{code}{blank}{brackets[0]}{year}{brackets[1]}{blank}{extra}{serial}{blank}号"
    assert parse(printed) == DocumentNumber(code, year, serial)


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    """No text makes the readers fail, and every span found lies within it."""
    normalise(text)
    assert all(span.end <= len(text) for _, span, _ in find_all(text))
