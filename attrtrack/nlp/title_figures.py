"""The figures of a title: its years, the plans it belongs to, and its numbers in a series, each as a set."""

import re

from attrtrack.nlp.places import set_of

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)(?!\]|年第\d+号)")
_CN_YEAR = re.compile(r"([一二][九〇○零][〇○零一二三四五六七八九]{2})年")
_CN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_QUOTED_PERIOD = re.compile(r"[“\"]?((?:十[一二三四五六七八九]?|[七八九])五)[”\"]?")
_SERIES = re.compile(
    r"第([一二三四五六七八九十百零〇\d]{1,4})(?:批|届|期|次|轮|版|季度)|[(\[](?:第)?([一二三四五六七八九十]{1,3}|[IVX]{1,4}|\d{1,4}(?=号)|\d{1,2})(?:号)?[)\]]"
)


def years(text: str) -> frozenset[int]:
    """Return the years of a title without blanks (2023, 二〇二三年)."""
    written = _YEAR.findall(text) if "20" in text or "19" in text else []
    if "年" in text:
        written += [year.translate(_CN_DIGITS) for year in _CN_YEAR.findall(text)]
    return set_of([*map(int, written)])


def periods(text: str) -> frozenset[str]:
    """Return the five-year plans that a title names (十四五)."""
    return set_of(_QUOTED_PERIOD.findall(text) if "五" in text else ())


def series(text: str) -> frozenset[int]:
    """Return the numbers in a series that a title bears (第三批, (二), (Ⅱ))."""
    if not ("第" in text or "(" in text or "[" in text):
        return set_of(())
    return set_of(
        [number for groups in _SERIES.findall(text) for group in groups if group and (number := _ordinal(group))]
    )


def _ordinal(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text[0] in "IVX":
        return {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}.get(text, 0)
    digits = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
    tens, ten, units = text.rpartition("十")
    if not ten:
        return digits.get(text, 0) if len(text) == 1 else 0
    return digits.get(tens, 1 if not tens else 0) * 10 + digits.get(units, 0)
