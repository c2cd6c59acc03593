"""Dates as documents write them: 2023年7月10日, 二〇二一年三月五日, 2023-07-10, 2022年12月."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from attrtrack.domain.evidence import Span

_ZEROS = "〇○零OoＯ\u041e\u043e\u039f\u25ef"  # Cyrillic, Greek and circle signs stand for zero on real pages
_DIGITS = str.maketrans(_ZEROS + "一二三四五六七八九０１２３４５６７８９", "0" * len(_ZEROS) + "1234567890123456789")
_CN = _ZEROS + "一二三四五六七八九十廿卅"
_TENS = {"廿": "二十", "卅": "三十"}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")
_NUMERIC = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])"
    r"(?:\s*(\d{1,2})(?:\s*(?:日|号(?![文令]))|(?!\d))|(?!\s*\d))"
)
_COMPACT = re.compile(r"((?:19|20)\d{2})[-/.]?(\d{2}|(?<=[-/.])\d)(\d{2})?")
_PART = rf"[{_CN}]{{1,3}}|\d{{1,2}}"  # 二0二〇年, 二〇二三年7月10日: typed with both kinds of figures
_CHINESE = re.compile(rf"([一二][{_CN}0０]{{3}})\s*年\s*({_PART})\s*月\s*(?:({_PART})\s*日)?")


@dataclass(frozen=True, slots=True, order=True)
class WrittenDate:
    """A date as written; `day` is 0 when only year and month are stated."""

    year: int
    month: int
    day: int = 0

    def __post_init__(self) -> None:
        dt.date(self.year, self.month, self.day or 1)

    def isoformat(self) -> str:
        """Print ISO 8601, `YYYY-MM` when no day is stated."""
        day = self.as_date
        return f"{self.year:04d}-{self.month:02d}" if day is None else day.isoformat()

    @property
    def as_date(self) -> dt.date | None:
        """The calendar day, or None when no day is stated."""
        return dt.date(self.year, self.month, self.day) if self.day else None

    @classmethod
    def parse(cls, text: str) -> "WrittenDate | None":
        """Read a text that is a date and nothing else; None when it is not one."""
        return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _parsed(text)


def _parsed(text: str) -> WrittenDate | None:
    stripped = unicodedata.normalize("NFKC", text).strip()
    for date, span in find_dates(stripped):
        rest = stripped[: span.start] + stripped[span.end :]
        return date if re.fullmatch(r"[T\s]*(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?Z?", rest) else None
    compact = _COMPACT.fullmatch(stripped)
    return _date_of(compact, chinese=False) if compact else None


_LONGEST_REMEMBERED = 20
_remembered = lru_cache(maxsize=4096)(_parsed)
"""A ledger states the days of a few years over and over."""


def _chinese_number(text: str) -> int:
    for tens, words in _TENS.items():
        text = text.replace(tens, words)
    if "十" not in text:
        return int(text.translate(_DIGITS))
    before, units = text.split("十", 1)
    return int(before.translate(_DIGITS) or "1") * 10 + int(units.translate(_DIGITS) or "0")


def _date_of(match: re.Match[str], *, chinese: bool) -> WrittenDate | None:
    year, month, day = match.groups()
    try:
        if chinese:
            parts = (int(year.translate(_DIGITS)), _chinese_number(month), _chinese_number(day) if day else 0)
        else:
            parts = (int(year), int(month), int(day) if day else 0)
        return WrittenDate(*parts)
    except ValueError:
        return None


def find_dates(text: str) -> Iterator[tuple[WrittenDate, Span]]:
    """Yield every date of `text` with its span, in order of place; impossible dates are passed over."""
    half = text.translate(_HALF_WIDTH)
    hits = [(m, False) for m in _NUMERIC.finditer(half)] + [(m, True) for m in _CHINESE.finditer(text)]
    for match, chinese in sorted(hits, key=lambda hit: hit[0].start()):
        date = _date_of(match, chinese=chinese)
        if date is not None:
            yield date, Span(match.start(), match.start() + len(match.group().rstrip()))
