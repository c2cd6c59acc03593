"""Document numbers (发文字号): grammar, normal form, and repair of the wrong forms seen in files, pages and ledgers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.evidence import Span

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
_NO_MORE = "(?![\\d号年月日〕\\]】]|[ \\t]*[-—–－‐~～之][ \\t]*\\d)"
_BRACKETED = (
    rf"(?P<code>{_CODE}){_GAP}{_OPEN}{_GAP}{_YEAR}{_GAP}年?{_GAP}{_CLOSE}{_GAP}(?:字{_GAP})?第?{_GAP}{_SERIAL}{_GAP}号",
    rf"(?P<code>{_CODE}){_GAP}{_SQUARE_OPEN}{_GAP}{_YEAR}{_GAP}{_CLOSE}{_GAP}号{_GAP}{_SERIAL}{_NO_MORE}",
    rf"(?P<code>{_CODE}){_GAP}{_SQUARE_OPEN}{_GAP}{_YEAR}{_GAP}{_CLOSE}{_GAP}第?{_GAP}{_SERIAL}{_NO_MORE}",
    rf"(?P<code>{_CODE}){_SQUARE_OPEN}(?P<year>(?:19|20)\d{{2}}){_GAP}{_SERIAL}(?:号|{_NO_MORE})",
)
_ORDERS = (
    rf"(?P<code>[\u4e00-\u9fa5]{{0,24}}令){_GAP}第{_GAP}{_SERIAL}{_GAP}号(?!令)",
    rf"(?P<code>[\u4e00-\u9fa5]{{0,24}}){_GAP}第{_GAP}{_SERIAL}{_GAP}号{_GAP}令",
)
_YEARLY = rf"(?P<year>(?:19|20)\d{{2}}){_GAP}年{_GAP}第{_GAP}{_SERIAL}{_GAP}号(?![令建提议])"
_BULLETINS = (rf"(?P<code>[\u4e00-\u9fa5]{{0,24}}(?:公告|通告|令)){_GAP}{_YEARLY}",)
_WHOLE_BULLETIN = re.compile(rf"(?P<code>[\u4e00-\u9fa5]{{2,24}}[部局会委院署办厅行总]){_GAP}{_YEARLY}")
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


_PATTERNS = tuple(
    (re.compile(pattern), series)
    for series, patterns in (
        (Series.BRACKETED, _BRACKETED),
        (Series.YEARLY, _BULLETINS),
        (Series.ORDER, _ORDERS),
    )
    for pattern in patterns
)


def parse(text: str) -> DocumentNumber | None:
    """Read a text that is one document number and nothing else, wrong forms included; None when it is not one."""
    bare = _bare(text)
    for pattern, series in (*_PATTERNS, (_WHOLE_BULLETIN, Series.YEARLY)):
        match = pattern.fullmatch(bare)
        if match is not None:
            return _number(match, series, match["code"])
    return None


def normalise(text: str) -> NumberReading:
    """Give the normal form of a printed number; what cannot be read is kept as printed and called irregular."""
    printed = _LABEL.sub("", text.strip(" \t\r\n\u3000\u200b\u200d\ufeff")).strip()
    if not printed or printed.lower() in {"nan", "nat", "none", "null", "-", "—", "/", "无", "\\"}:
        return NumberReading(None)
    number = parse(printed)
    if number is None:
        return NumberReading(printed, irregular=True)
    return NumberReading(str(number), repaired=printed not in _accepted(number))


def find_all(text: str) -> Iterator[tuple[DocumentNumber, Span, bool]]:
    """Yield the numbers that `text` cites, in order of place, each with its span and whether it had to be repaired."""
    for start, end in _windows(text):
        found: list[tuple[DocumentNumber, Span, bool]] = []
        covered = bytearray(end - start)
        for pattern, series in _PATTERNS:
            for match in pattern.finditer(text, start, end):
                hit = _located(match, series, text)
                if hit and not any(covered[hit[1].start - start : hit[1].end - start]):
                    covered[hit[1].start - start : hit[1].end - start] = b"\x01" * (hit[1].end - hit[1].start)
                    found.append(hit)
        yield from sorted(found, key=lambda hit: hit[1])


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the disjoint stretches of text that can hold a number, so that long texts cost one plain scan."""
    start = end = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() - _BEFORE > end:
            yield start, end
            start = anchor.start() - _BEFORE
        end = min(anchor.end() + _AFTER, len(text))
    yield start, end


def _located(match: re.Match[str], series: Series, text: str) -> tuple[DocumentNumber, Span, bool] | None:
    code = match["code"]
    start = match.start("code") + _lead(code)
    if text[start] in _JOINTS and text[start - 1 : start] in _JOINTS[text[start]] and match.end("code") - start > 1:
        start += 1
    number = _number(match, series, text[start : match.end("code")])
    if number is None:
        return None
    span = Span(start, match.end())
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
        code = code if not code or code.endswith("令") else code + "令"
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
    return _EMPTY_BRACKETS.sub("", _LABEL.sub("", _BLANKS.sub("", text)))
