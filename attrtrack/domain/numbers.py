"""Document numbers (发文字号): grammar, normal form, and repair of the wrong forms seen in files, pages and ledgers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from attrtrack.domain.evidence import Span
from attrtrack.domain.number_repairs import repaired, without_additions

# parted by alternatives because a class of many far-apart ranges takes ten times as long to compile
_GAP = "(?:[^\\S\\n]|[\\u200b-\\u200f\\u2060]|[\\ufeff\\u00ad])*"
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_OPEN, _CLOSE = "[〔\\[【（(〖﹝﹙［｛{〈<]", "[〕\\]】）)〗﹞﹚］｝}〉>]"
_SQUARE_OPEN = "[〔\\[【〖﹝［]"
_SPACED_CODE = "(?:(?:[\\u4e00-\\u9fa5]|[A-Za-z])[ \\u3000]){2,9}[\\u4e00-\\u9fa5]"
# 青农（种植）发: the office within the organ; a bracket such as （试行） before a number belongs to the title cited
_OFFICE = "(?:[（(](?!试行|暂行|修订|草案|以下)[\\u4e00-\\u9fa5]{1,4}[）)](?:办?[发字函规复批办]字?))"
_CODE = f"(?:{_SPACED_CODE}|(?:[\\u4e00-\\u9fa5]|[A-Za-z]|[\\u200b-\\u200f\\u2060]|\\ufeff){{1,30}}{_OFFICE}?)"
_YEAR = "(?P<year>(?:19|20)\\d{2}|\\d{2}|[一二][〇○零一二三四五六七八九]{3})"
_SERIAL = "(?P<serial>\\d{1,6})"
_WHOLE = "号(?!之[一二三四五六七八九十\\d]|[-－]\\d)"
_NO_MORE = "(?![\\d号年月日〕\\]】次期之届]|[ \\t]*[-—–－‐~～][ \\t]*\\d)"
# each form without the issuer's code: what follows is looked for first, since any ideograph may begin a code
_BRACKETED = (
    rf"{_OPEN}{_GAP}{_YEAR}{_GAP}年?{_GAP}{_CLOSE}{_GAP}(?:字{_GAP})?第?{_GAP}{_SERIAL}{_GAP}{_WHOLE}",
    rf"{_SQUARE_OPEN}{_GAP}{_YEAR}{_GAP}{_CLOSE}{_GAP}号{_GAP}{_SERIAL}{_NO_MORE}",
    rf"{_SQUARE_OPEN}{_GAP}{_YEAR}{_GAP}{_CLOSE}{_GAP}第?{_GAP}{_SERIAL}{_NO_MORE}",
)
_UNCLOSED = rf"{_SQUARE_OPEN}(?P<year>(?:19|20)\d{{2}}){_GAP}(?P<serial>[1-9]\d{{0,4}})(?:{_WHOLE}|{_NO_MORE})"
_ORDER = rf"第{_GAP}{_SERIAL}{_GAP}号(?!令)"
_ORDER_LAST = rf"第{_GAP}{_SERIAL}{_GAP}号{_GAP}令"
_YEARLY = re.compile(rf"(?P<year>(?:19|20)\d{{2}}){_GAP}年{_GAP}第{_GAP}{_SERIAL}{_GAP}号(?![令建提议])")
_CODE_BEFORE = re.compile(rf"(?P<code>{_CODE}){_GAP}\Z")
_LONGEST_CODE, _LONGEST_NAME = 48, 24
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_ORGAN = re.compile("[部局会委院署办厅行总]$")
_ORGAN_NAME = range(3, 26)
_ORDER_NAMES = ("令", "公告", "通告", "布告")
_YEARLESS = re.compile("第(?P<serial>\\d{1,6})号")
_NO_CODE = re.compile("关于|通知|文件|印发|转发|特急|加急|特提")
_NORMAL = re.compile("[\u4e00-\u9fa5]{1,16}〔(?:19|20)[0-9]{2}〕[1-9][0-9]{0,5}号")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
_WIDE_DIGIT = re.compile("[０-９]")
_LABEL = re.compile(r"^(?:发文字号|公文文号|文件编号|文\s*号|字\s*号|发文号|文件号)\s*[:：]\s*")
_EMPTY_BRACKETS = re.compile(r"(?:〔\s*〕|\[\s*\]|（\s*）|\(\s*\)|【\s*】)$")
_LEADING = re.compile(
    r"^(?:[\s\u200b-\u200f\u2060\ufeff]|根据|依据|按照|依照|遵照|参照|对照|落实|贯彻|执行|印发|转发|下发|关于|文号|字号|发文"
    r"|已经|详见|同时|现将|该文|现|以|见|由|按|据|及|与|或|即|将|在|请|附)+"
)
# 和政发 is 和顺, 和田 or 和县, 日政发 is 日照: these characters are cut only where a citation or a date ends before them
_JOINTS = {"和": ("）", ")", "》", "号", "、"), "日": tuple("0123456789")}
_REPUBLIC = "中华人民共和国"
_ANCHOR = re.compile(rf"{_OPEN}{_GAP}[\d一二]|第{_GAP}\d")
_BEFORE, _AFTER = 48, 40
_TAIL_OF_SENTENCE = re.compile(r".*(?:的|了|文件|以下简称)(?:通知|意见|批复|决定|通报|函|办法|方案|规定|公告|细则)?")
_CN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_WIDE_BRACKETS = str.maketrans("()", "（）")
_CENTURY = 49
_SHORT_YEAR = 2


class Series(StrEnum):
    """How a number is built: code〔year〕serial, an order (令第N号), or a yearly series (公告2023年第5号)."""

    BRACKETED = "bracketed"
    ORDER = "order"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """One document number; `year` is None for orders, `issuer_code` is empty for a bare 第38号令 (GB/T 9704—2012)."""

    issuer_code: str
    year: int | None
    serial: int
    series: Series = Series.BRACKETED

    def __post_init__(self) -> None:
        if self.serial < 1 or (self.year is None) != (self.series is Series.ORDER):
            raise ValueError(f"no such number: {self.issuer_code} {self.year} {self.serial}")

    def __str__(self) -> str:
        if self.series is Series.BRACKETED:
            return f"{self.issuer_code}〔{self.year}〕{self.serial}号"
        if self.series is Series.YEARLY:
            return f"{self.issuer_code}{self.year}年第{self.serial}号"
        return f"{self.issuer_code}第{self.serial}号" if self.issuer_code else f"第{self.serial}号令"


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a printed number means: its normal form, or as printed when `irregular`; None when nothing stands there."""

    number: str | None
    repaired: bool = False
    irregular: bool = False


class _Form(NamedTuple):
    """One way to print a number: what follows the issuer's code, and how to find the code that ends before it."""

    rest: re.Pattern[str]
    series: Series
    code_before: Callable[[str, int, int], Span | None]


def _code(text: str, low: int, at: int) -> Span | None:
    match = _CODE_BEFORE.search(text, max(low, _gap_before(text, low, at) - _LONGEST_CODE), at)
    return Span(*match.span("code")) if match else None


def _code_without_gap(text: str, low: int, at: int) -> Span | None:
    code = _code(text, low, at)
    return code if code and code.end == at else None


def _name_ending(*endings: str) -> Callable[[str, int, int], Span | None]:
    def name(text: str, low: int, at: int) -> Span | None:
        end = _gap_before(text, low, at)
        ending = next((ending for ending in endings if text.endswith(ending, low, end)), None)
        return None if ending is None else Span(_name_start(text, low, end - len(ending)), end)

    return name


def _name_start(text: str, low: int, end: int) -> int:
    start, low = end, max(low, end - _LONGEST_NAME)
    while start > low and _is_ideograph(text[start - 1]):
        start -= 1
    return start


def _is_ideograph(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fa5"


def _gap_before(text: str, low: int, at: int) -> int:
    while at > low and (text[at - 1] in _INVISIBLE or (text[at - 1].isspace() and text[at - 1] != "\n")):
        at -= 1
    return at


_FORMS = (
    *(_Form(re.compile(rest), Series.BRACKETED, _code) for rest in _BRACKETED),
    _Form(re.compile(_UNCLOSED), Series.BRACKETED, _code_without_gap),
    _Form(_YEARLY, Series.YEARLY, _name_ending("公告", "通告", "令")),
    _Form(re.compile(_ORDER), Series.ORDER, _name_ending("令")),
    _Form(re.compile(_ORDER_LAST), Series.ORDER, _name_ending("")),
)


def parse(text: str) -> DocumentNumber | None:
    """Read a text that is one document number and nothing else, wrong forms included; None when it is not one."""
    bare = _bare(text)
    return _whole(bare) or (_whole(repaired(bare)) if "号" in bare else None)


def _whole(bare: str) -> DocumentNumber | None:
    for form in _FORMS:
        for rest in form.rest.finditer(bare):
            whole = Span(0, rest.start())
            if rest.end() == len(bare) and form.code_before(bare, 0, rest.start()) == whole:
                return None if _NO_CODE.search(bare, 0, rest.start()) else _number(rest, form.series, whole.of(bare))
    return _organ_bulletin(bare)


def _organ_bulletin(bare: str) -> DocumentNumber | None:
    """Read a yearly number that names the organ alone (某某部2014年第3号), or a bulletin of no year (公告第5号)."""
    for rest in _YEARLY.finditer(bare):
        code = bare[: rest.start()]
        is_organ = _ORGAN.search(code) and len(code) in _ORGAN_NAME and all(map(_is_ideograph, code))
        if is_organ and rest.end() == len(bare):
            return _number(rest, Series.YEARLY, code)
    for rest in _YEARLESS.finditer(bare):
        code = bare[: rest.start()]
        if rest.end() == len(bare) and code.endswith(_ORDER_NAMES[1:]) and all(map(_is_ideograph, code)):
            return _number(rest, Series.ORDER, code) if len(code) in range(_ORGAN_NAME.stop) else None
    return None


def normalise(text: str) -> NumberReading:
    """Give the normal form of a printed number; what cannot be read is kept as printed and called irregular."""
    if _is_normal(text):
        return NumberReading(text)
    printed = _LABEL.sub("", text.strip(" \t\r\n\u3000\u200b\u200d\ufeff")).strip()
    if not printed or printed.lower() in {"nan", "nat", "none", "null", "-", "—", "/", "无", "\\"}:
        return NumberReading(None)
    number = parse(printed)
    if number is None:
        return NumberReading(printed, irregular=True)
    return NumberReading(str(number), repaired=printed not in _accepted(number))


def _is_normal(text: str) -> bool:
    """Whether a text is a number in its normal form beyond doubt, as most numbers of a ledger are: nothing is left to read."""
    return bool(_NORMAL.fullmatch(text)) and not _NO_CODE.search(text) and without_additions(text) == text


def find_all(text: str) -> Iterator[tuple[DocumentNumber, Span, bool]]:
    """Yield the numbers that `text` cites, in order of place, each with its span and whether it had to be repaired."""
    printed = text
    if _WIDE_DIGIT.search(text):
        text = text.translate(_WIDE)
    for start, end in _windows(text):
        found: list[tuple[DocumentNumber, Span, bool]] = []
        covered = bytearray(end - start)
        for form in _FORMS:
            for code, rest in _matches(form, text, start, end):
                hit = _located(code, rest, form.series, text)
                if hit and not any(covered[hit[1].start - start : hit[1].end - start]):
                    covered[hit[1].start - start : hit[1].end - start] = b"\x01" * (hit[1].end - hit[1].start)
                    found.append(hit)
        for number, span, wrong in sorted(found, key=lambda hit: hit[1]):
            yield number, span, wrong or span.of(printed) != span.of(text)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the disjoint stretches of text that can hold a number, so that long texts cost one plain scan."""
    start = end = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() - _BEFORE > end:
            yield start, end
            start = anchor.start() - _BEFORE
        end = min(anchor.end() + _AFTER, len(text))
    yield start, end


def _matches(form: _Form, text: str, start: int, end: int, /) -> Iterator[tuple[Span, re.Match[str]]]:
    for rest in form.rest.finditer(text, start, end):
        code = form.code_before(text, start, rest.start())
        if code is not None:
            yield code, rest
            start = rest.end()


def _located(code: Span, rest: re.Match[str], series: Series, text: str, /) -> tuple[DocumentNumber, Span, bool] | None:
    if series is Series.BRACKETED and len(rest["year"]) == _SHORT_YEAR and rest[0][0] in "(（":
        return None  # 某小区(20)5号 is a place
    start = code.start + _lead(code.of(text))
    if text[start] in _JOINTS and text[start - 1 : start] in _JOINTS[text[start]] and code.end - start > 1:
        start += 1
    number = _number(rest, series, text[start : code.end])
    if number is None:
        return None
    span = Span(start, rest.end())
    return number, span, span.of(text) not in _accepted(number)


def _lead(code: str) -> int:
    """Count the characters of running text before the issuer's code."""
    tail = _TAIL_OF_SENTENCE.match(code)
    cut = tail.end() if tail and tail.end() < len(code) else 0
    leading = _LEADING.match(code[cut:])
    if leading and cut + leading.end() < len(code):
        cut += leading.end()
    return cut


def _number(match: re.Match[str], series: Series, code: str) -> DocumentNumber | None:
    code = _BLANKS.sub("", code).translate(_WIDE_BRACKETS)
    if series is Series.ORDER:
        code = code if not code or code.endswith(_ORDER_NAMES) else code + "令"
        code = "" if code == "令" else code.removeprefix(_REPUBLIC)
    year = None if series is Series.ORDER else _full_year(match["year"])
    serial = int(match["serial"])
    if serial < 1 or (series is Series.BRACKETED and not code):
        return None
    return DocumentNumber(code, year, serial, series)


def _full_year(text: str) -> int:
    year = int(text.translate(_CN_DIGITS))
    if year >= 100:  # noqa: PLR2004 - three digits or more is a whole year
        return year
    return year + (1900 if year >= _CENTURY else 2000)


def _accepted(number: DocumentNumber) -> set[str]:
    """Return the printings that need no repair: the normal form, and 国务院第711号令 beside 国务院令第711号."""
    forms = {str(number)}
    if number.series is Series.ORDER:
        forms |= {f"{number.issuer_code.removesuffix('令')}第{number.serial}号令", f"令第{number.serial}号"}
        forms |= {_REPUBLIC + form for form in forms}
    return forms


def _bare(text: str) -> str:
    text = without_additions(_LABEL.sub("", text.translate(_WIDE).strip()))
    return _EMPTY_BRACKETS.sub("", _LABEL.sub("", _BLANKS.sub("", text)))
