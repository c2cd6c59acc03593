"""What a cell of a score table says: a number, nothing (which counts as 0), a zero in words, or words that are no number."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_NUMBER = re.compile(r"([-+]?\d{1,9}(?:\.\d{1,20})?)分?")
_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")
_ZEROED = re.compile(r"(?:记|计|得|按|判|为|赋|以)(?:作|为)?0分|零分|^0分$")
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "空", "―", "–", "*", "…"})
_RANK = re.compile(
    r"(?:并列|=|t)?(?:第|no\.?)?(\d{1,5}(?:\.5|\.0+)?)(?:名|位)?(?:并列)?(?:[-—~至]\d{1,5}(?:名|位)?)?", re.IGNORECASE
)
_CHINESE_RANK = re.compile(
    r"(?:并列)?第?([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:名|位)?(?:并列)?"
)
_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九", start=1)}
_NOISE, _KEPT = 9, Decimal("0.000001")
_TEN = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell as a number; `value` is None where its words are none. `places` are the decimals as they are written."""

    text: str
    value: Decimal | None
    blank: bool = False

    @property
    def places(self) -> int:
        """How many decimals are written."""
        exponent = self.value.as_tuple().exponent if self.value is not None else 0
        return max(-exponent, 0) if isinstance(exponent, int) else 0


def plain(text: str) -> str:
    """Return a cell's words without blanks, in half-width signs."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u2212", "-").split())


@lru_cache(maxsize=20_000)
def figure(text: str) -> Figure:
    """Read a cell; what stands in brackets after a number (（1项）) is no part of it."""
    bare = plain(text)
    if bare in _NOTHING:
        return Figure(text, Decimal(0), blank=True)
    if _ZEROED.search(bare):
        return Figure(text, Decimal(0))
    match = _NUMBER.fullmatch(bare) or _NUMBER.fullmatch(_BRACKETS.sub("", bare))
    return Figure(text, None if match is None else _cleaned(Decimal(match[1])))


def _cleaned(value: Decimal) -> Decimal:
    """Drop what binary arithmetic left behind in a spreadsheet (97.19999999999999)."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent >= _NOISE:
        return Decimal(f"{value.quantize(_KEPT).normalize():f}")
    return value


def rank(text: str) -> Decimal | None:
    """Read a rank (5, 第5名, 并列第八, 2.5); None where there is none."""
    bare = _BRACKETS.sub("", plain(text)) or plain(text).strip("()[]")
    match = _RANK.fullmatch(bare)
    if match is not None:
        number = Decimal(match[1])
        return number.to_integral_value() if number == number.to_integral_value() else number
    chinese = _CHINESE_RANK.fullmatch(bare)
    return None if chinese is None else Decimal(_chinese(chinese[1]))


def _chinese(word: str) -> int:
    tens, ten, ones = word.rpartition("十")
    return (_DIGITS.get(tens, 1) * _TEN if ten else 0) + _DIGITS.get(ones, 0)


def shown(value: Decimal) -> str:
    """Write a number as people do, without exponent."""
    return f"{value:f}"
