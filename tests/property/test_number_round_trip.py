"""Document numbers there and back."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from attrtrack.domain.numbers import DocumentNumber, NumberReading, Series, find_all, normalise, parse

CODES = st.text(alphabet="晋京沪渝粤忻朔云栖府办厅函字规建教水财", min_size=2, max_size=10)
WORDS = (
    "特急",
    "加急",
    "平急",
    "特提",
    "急件",
    "文件",
    "关于",
    "通知",
    "印发",
    "转发",
    "甲府",
    "发",
    "字",
    "第",
    "令",
    "（试行）",
    "办",
)
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


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join), YEARS, st.integers(0, 1_999_999))
def test_a_number_taken_as_it_stands_is_what_reading_it_part_by_part_gives(code: str, year: int, serial: int) -> None:
    """A number in its normal form needs no reading; words before it that are no code of an issuer are found all the same."""
    text = f"{code}〔{year}〕{serial}号"
    number = parse(text)
    read = (
        NumberReading(text, irregular=True)
        if number is None
        else NumberReading(str(number), repaired=str(number) != text)
    )
    assert normalise(text) == read


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


LATIN_CODES = st.one_of(CODES, st.builds("{}{}".format, CODES, st.text(alphabet="ABWTkq", min_size=1, max_size=3)))
DIGITS = "〇一二三四五六七八九"
Corruption = Callable[[DocumentNumber], str]
CORRUPTIONS: dict[str, Corruption] = {
    "closing bracket lost": lambda it: f"{it.issuer_code}〔{it.year}{it.serial}",
    "closing bracket and blank": lambda it: f"{it.issuer_code}〔{it.year} {it.serial}号",
    "opening bracket lost": lambda it: f"{it.issuer_code}{it.year}〕{it.serial}号",
    "brackets lost": lambda it: f"{it.issuer_code}{it.year}{it.serial}号",
    "brackets mixed": lambda it: f"{it.issuer_code}(\u200b{it.year}〕{it.serial}号",
    "sign first": lambda it: f"{it.issuer_code}〔{it.year}〕号{it.serial}",
    "sign lost": lambda it: f"{it.issuer_code}〔{it.year}〕{it.serial}",
    "year in numerals": lambda it: (
        f"{it.issuer_code}〔{''.join(DIGITS[int(digit)] for digit in str(it.year))}〕{it.serial}号"
    ),
    "serial in numerals": lambda it: (
        f"{it.issuer_code}〔{it.year}〕{''.join(DIGITS[int(digit)] for digit in str(it.serial))}号"
    ),
    "full width": lambda it: str(it).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}),
    "blanks within": lambda it: f" {it.issuer_code[0]} {it.issuer_code[1:]} 〔 {it.year} 〕 {it.serial} 号 ",
    "letter O": lambda it: str(it).replace("〔20", "〔2O"),
    "label": lambda it: f"发文字号： {it}",
    "in brackets": lambda it: f"（{it}）",
    "stop": lambda it: f"{it}。",
    "attachment": lambda it: f"{it}附件",
    "and others": lambda it: f"{it}等",
    "urgent": lambda it: f"特急  {it}",
    "letterhead": lambda it: f"某某市人民政府文件 {it}",
    "title before": lambda it: f"关于节水的通知 {it}",
    "two numbers": lambda it: f"{it}、乙字〔1999〕7号",
    "a part of it": lambda it: f"{it}之一",
    "year before": lambda it: f"〔{it.year}〕{it.issuer_code}第{it.serial}号",
    "range": lambda it: f"{it.issuer_code}〔{it.year}〕{it.serial}-{it.serial + 1}号",
    "issue": lambda it: f"{it.issuer_code}〔{it.year}〕第{it.serial}期",
    "digit turned to letter": lambda it: f"{it.issuer_code}〔{it.year}〕l{it.serial}号",
    "year of five digits": lambda it: f"{it.issuer_code}〔{it.year}0〕{it.serial}号",
    "year cut": lambda it: f"{it.issuer_code}〔{str(it.year)[:3]}〕{it.serial}号",
    "day after it": lambda it: f"{it} {it.year}年1月5日",
    "entity": lambda it: str(it).replace("〔", "&nbsp;〔"),
}


@given(st.builds(DocumentNumber, LATIN_CODES, YEARS, SERIALS), st.sampled_from(sorted(CORRUPTIONS)))
def test_a_corrupted_number_is_the_number_or_irregular(number: DocumentNumber, name: str) -> None:
    """However a number is corrupted, it is repaired to itself or kept as printed; never is it another number."""
    printed = CORRUPTIONS[name](number)
    reading = normalise(printed)
    assert reading.number == str(number) or (reading.irregular and reading.number)
    if reading.irregular:
        assert reading.number in printed or printed.endswith(reading.number or "?")


@given(st.builds(DocumentNumber, LATIN_CODES, YEARS, SERIALS), st.sampled_from(sorted(CORRUPTIONS)))
def test_reading_twice_changes_nothing(number: DocumentNumber, name: str) -> None:
    """What was read once reads the same again."""
    once = normalise(CORRUPTIONS[name](number))
    again = normalise(once.number or "")
    assert (again.number, again.irregular) == (once.number, once.irregular)
    assert not again.repaired


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    """No text makes the readers fail, and every span found lies within it."""
    normalise(text)
    assert all(span.end <= len(text) for _, span, _ in find_all(text))
