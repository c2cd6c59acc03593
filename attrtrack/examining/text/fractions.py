"""Shares told in words or in another notation: 七成五, 四分之三, 百分之九十, 过半, 12.5‰."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGIT = r"[一二两三四五六七八九十]"
_ABOUT = r"(?P<about>约为?|近|将近|接近|超过?|逾|不足|不到|不及|突破|过)?"
_SPOKEN = re.compile(
    rf"{_ABOUT}(?:(?<![第十百\d一二三四五六七八九])(?P<tenths>[一二两三四五六七八九\d])成(?P<more>[一二三四五六七八九半])?(?![员立果为本功效绩年人就长型品都交份熟文册套片群批因色])"
    rf"|(?<!百)(?P<under>{_DIGIT}{{1,2}})分之(?P<over>{_DIGIT}{{1,2}})|(?P<half>一半|半数))(?P<rest>以上|左右|多|强|弱)?"
)
_ABOVE = frozenset({"超", "超过", "逾", "突破", "过", "以上", "多", "强"})
_BELOW = frozenset({"近", "将近", "接近", "不足", "不到", "不及", "弱"})
_TENTH, _HALF_A_TENTH, _NEAR = Decimal(10), Decimal(5), Decimal(3)
_FIGURES = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Fraction:
    """A share in words: what it comes to in per cent, and from where to where it may be meant."""

    value: Decimal
    low: Decimal
    high: Decimal
    start: int
    end: int


def fractions_in(text: str) -> Iterator[Fraction]:
    """Yield the shares told in words; more than and nearly so many set one bound, else what is rounded to them is meant."""
    for match in _SPOKEN.finditer(text):
        value, width = _value(match)
        words = {match["about"], match["rest"]}
        slack = _NEAR if match["more"] or match["under"] else _HALF_A_TENTH
        low = value if words & _ABOVE else value - (width if words & _BELOW else slack)
        high = value if words & _BELOW else value + (width if words & _ABOVE else slack)
        yield Fraction(value, low, high, match.start(), match.end())


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Return what a share comes to, and how far above or below it may lie when it is told as more or less than that."""
    if match["half"]:
        return Decimal(50), Decimal(50)
    if match["under"]:
        return Decimal(_figure(match["over"]) * 100) / (_figure(match["under"]) or 1), _TENTH * 2
    tail = 5 if match["more"] == "半" else _figure(match["more"]) if match["more"] else 0
    return _figure(match["tenths"]) * _TENTH + tail, _TENTH


def _figure(text: str) -> int:
    if text.isdigit():
        return int(text)
    text = text.replace("两", "二")
    return _FIGURES.index(text) if len(text) == 1 else 10 + _FIGURES.index(text[-1])
