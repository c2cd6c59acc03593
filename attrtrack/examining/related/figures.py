"""Every figure of a text, whatever it counts: quantities, shares, multiples, lengths of time, days, and how long lists are."""

import datetime as dt
import math
import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from attrtrack.examining.related.lists import lists_in
from attrtrack.examining.text.days import days_in, year_before
from attrtrack.examining.text.figures import UNITS, chinese_number
from attrtrack.examining.text.fractions import fractions_in

COUNT, SHARE, POINTS, TIMES, SPAN, DAY, LIST, YEAR = "count", "share", "points", "times", "span", "day", "list", "year"
"""Kinds of figures: how many, per cent, percentage points, multiples, a length of time, a day, the length of a list, a year."""
_PRINTED = re.compile(
    r"(?<![\d.A-Za-z-])(?P<number>\d{1,3}(?:，\d{3})+(?:\.\d+)?(?![\d，])|\d+(?:\.\d+)?(?![.\d]*[A-Za-z+]|\.\d))(?P<scale>[百千万亿]*)(?P<sign>%|‰|个?百分点|倍)?"
    r"|百分之(?P<spoken>[零一二三四五六七八九十百]+)(?:点(?P<tail>[零一二三四五六七八九]+))?"
    r"|(?<![第每同统逐之零〇百千一二两三四五六七八九十万另唯某进])(?P<spelled>[一二两三四五六七八九十]{1,3})(?=个|[项件条次类种大批家名位人场期篇份部天倍章级支起例宗套张户所轮届堂册本块单笔科室站处镇街乡村校县市区局厅道关重]|(?<!一)(?:年(?![级度])|天|周(?![边年])|小时))"
)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ROUGH_BEFORE = re.compile(
    r"(?:(?<![预节契])约为?|(?<![附最相])近|超过?|逾|多达|将近|不足|不到|至少|不少于|不低于|不超过|高达)$"
)
_ROUGH_AFTER = re.compile(r"余|多(?!数)|几|左右|以上|以内|以下|强|弱")
_LENGTH = re.compile(
    r"个?(?P<unit>工作日|自然日|月(?!份)|小时)|(?P<short>天|小时|分钟|周(?![边期年一二三四五六日末])|日内|年(?!度|[以前后初末底来报内中]))"
)
_COUNTED = re.compile(rf"[百千万亿]*(?:{UNITS})|[%‰，]")
_BARE_MONTH = re.compile(r"(?<![\d.年])(?P<month>1?\d)月(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:年|〕)|(?P<spelled>[一二][九〇零][〇零一二三四五六七八九]{2})年")
_NUMERALS = "零一二三四五六七八九"
_MONTHS = 12
_CALENDAR = re.compile(r"[年月日号时：]")
_NAMED = re.compile(r"(?:(?:第|附件|附表|附图|表|图|〔|电话|编号|邮编|网址)：?|\d：)$")
_NUMBERING = re.compile(r"[．、.）](?!\d)|号|条第|款|页$")
_LINE_OPENS = frozenset("\n（ 。；：，")
_UNIT = re.compile(r"个?(万?[\u4e00-\u9fff])")
_EARLIEST_YEAR, _LATEST_YEAR = 1949, 2050
_SENTENCE_END, _CLAUSE_END = re.compile(r"[。！？\n]"), re.compile(r"[，；：。\n（）]")
_LABEL_BREAKS = re.compile(r"[，；：。、（）\n\d“”《》]|其中")
_WINDOW, _LABEL = 8, 14
_WHOLE, _HALF = 1.0, 0.51
_ANY_YEAR = 2022
"""The year of days that name none: no leap year, like most."""
_KINDS = {"%": (SHARE, 1), "‰": (SHARE, 10), "点": (POINTS, 1), "分": (POINTS, 1), "倍": (TIMES, 1)}


class Figure(NamedTuple):
    """A figure with its place.

    `low` and `high` are between which values its way of printing leaves it (135.3万: half a thousand to both sides); `step` the
    smallest difference that it shows; `manner` how it is written (printed, spelled, spoken), of a list what divides it.
    `rank` counts the figures before it that are no lists, `sentence`, `clause` and `line` what ended before it.
    """

    kind: str
    value: float
    low: float
    high: float
    step: float
    unit: str
    manner: str
    rough: bool = False
    start: int = 0
    end: int = 0
    rank: int = 0
    sentence: int = 0
    clause: int = 0
    line: int = 0
    before: str = ""
    after: str = ""
    label: str = ""

    @property
    def exact(self) -> bool:
        """Whether it is a whole count."""
        return self.step == _WHOLE and not self.rough


@dataclass(frozen=True)
class FiguredText:
    """A text, what it tells in figures, the lists it holds and the years it names, each in order."""

    text: str
    told: tuple[Figure, ...]
    lists: tuple[Figure, ...]
    years: tuple[Figure, ...]

    @classmethod
    def of(cls, text: str) -> "FiguredText":
        """Read the figures of a text."""
        days = list(_days(text))
        taken = {place for day in days for place in range(day.start, day.end)}
        told = [figure for figure in (*_printed(text), *_fractions(text)) if figure.start not in taken]
        counts = [(one.start, one.end, one.unit) for one in sorted(told, key=_place) if one.kind == COUNT]
        lists = [
            Figure(LIST, one.least, one.least, one.most, _WHOLE, "", one.manner, start=one.start, end=one.end)
            for one in lists_in(text, counts, [(day.start, day.end) for day in days])
        ]
        figures = tuple(_placed(text, sorted((*days, *told), key=_place)))
        places = [figure.start for figure in figures]
        return cls(text, figures, tuple(_placed(text, lists, places)), tuple(_placed(text, list(_years(text)), places)))


def _place(figure: Figure) -> tuple[int, int]:
    return figure.start, figure.end


def _days(text: str) -> Iterator[Figure]:
    days = days_in(text)
    for day in days:
        year = day.year or _ANY_YEAR
        if day.exists and day.day <= monthrange(year, day.month)[1]:
            if day.is_part:
                yield _month(year, day.month, day.start, day.end)
            else:
                value = float(dt.date(year, day.month, day.day).toordinal())
                yield Figure(DAY, value, value, value, _WHOLE, "", "day", start=day.start, end=day.end)
    taken = {day.start for day in days}
    for match in _BARE_MONTH.finditer(text):
        if match.start() not in taken and 1 <= int(match["month"]) <= _MONTHS:
            yield _month(year_before(text, match.start()) or _ANY_YEAR, int(match["month"]), match.start(), match.end())


def _month(year: int, month: int, start: int, end: int) -> Figure:
    first = dt.date(year, month, 1).toordinal()
    last = first + monthrange(year, month)[1] - 1
    return Figure(DAY, float(first), float(first), float(last), _WHOLE, "", "month", start=start, end=end)


def _years(text: str) -> Iterator[Figure]:
    for match in _YEAR.finditer(text):
        value = float(
            match["year"] or "".join(str(_NUMERALS.index(sign)) for sign in match["spelled"].replace("〇", "零"))
        )
        manner = "spelled" if match["spelled"] else "printed"
        yield Figure(YEAR, value, value, value, _WHOLE, "年", manner, start=match.start(), end=match.start() + 4)


def _printed(text: str) -> Iterator[Figure]:
    for match in _PRINTED.finditer(text):
        before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() : match.end() + _WINDOW]
        if match["number"] and not match["sign"] and _is_a_name(match, before, after):
            continue
        value, step = _value(match)
        kind, divided = _KINDS.get((match["sign"] or "")[-1:], (COUNT, 1)) if match["number"] else (COUNT, 1)
        kind = SHARE if match["spoken"] else kind
        rough = bool(_ROUGH_BEFORE.search(before) or _ROUGH_AFTER.match(after))
        manner = "spelled" if match["spelled"] else "printed"
        yield _figure(text, match, Figure(kind, value / divided, 0, 0, step / divided, "", manner, rough))


def _value(match: re.Match[str]) -> tuple[float, float]:
    """Return the value of a printed figure and the smallest difference that it shows."""
    if match["spelled"]:
        return float(chinese_number(match["spelled"]) or 0), _WHOLE
    if match["spoken"]:
        tail = "".join(str("零一二三四五六七八九".index(sign)) for sign in match["tail"] or "")
        return float(f"{chinese_number(match['spoken']) or 0}.{tail or 0}"), 10.0 ** -len(tail)
    number = match["number"].replace("，", "")
    scale = math.prod(_SCALES[sign] for sign in match["scale"])
    return float(number) * scale, 10.0 ** -len(number.partition(".")[2]) * scale


def _is_a_name(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number is a year, an hour, a numbering or part of a range: nothing to be reckoned with."""
    if _NAMED.search(before) or before.endswith(("—", "~", "－", "/")) or after.startswith(("/", "—", "-", "~")):
        return True
    if _NUMBERING.match(after) and (not before or before[-1] in _LINE_OPENS or after[0] in "号条款"):
        return not after.startswith("条") or before.endswith("第")
    if before.endswith("\n") and not _COUNTED.match(after):
        return True
    if _LENGTH.match(after):
        return after.startswith("年") and _EARLIEST_YEAR <= _value(match)[0] <= _LATEST_YEAR
    return bool(_CALENDAR.match(after))


def _figure(text: str, match: re.Match[str], figure: Figure) -> Figure:
    """Complete a figure by its place, its unit and the bounds that its way of printing leaves."""
    end, value, step = match.end(), figure.value, figure.step
    counts = figure.kind == COUNT
    unit, length = _UNIT.match(text, end), _LENGTH.match(text, end) if counts else None
    name = (length["unit"] or length["short"]) if length else unit[1][-1] if unit and counts else ""
    bounds = (value - step * _HALF, value + step * _HALF)
    if figure.kind == SHARE:
        bounds = (value * 0.95, value * 1.05) if figure.rough else (value - step / 2, value + step)
    return figure._replace(
        kind=SPAN if length else figure.kind, low=bounds[0], high=bounds[1], unit=name, start=match.start(), end=end
    )


def _fractions(text: str) -> Iterator[Figure]:
    for one in fractions_in(text):
        value, low, high = map(float, (one.value, one.low, one.high))
        yield Figure(SHARE, value, low, high, _WHOLE, "", "spoken", start=one.start, end=one.end)


def _placed(text: str, figures: Sequence[Figure], before: Sequence[int] | None = None) -> Iterator[Figure]:
    sentences, clauses, lines = (
        [match.end() for match in pattern.finditer(text)] for pattern in (_SENTENCE_END, _CLAUSE_END, re.compile("\n"))
    )
    for rank, figure in enumerate(figures):
        start, end = figure.start, figure.end
        ahead = _LABEL_BREAKS.split(text[max(0, start - _LABEL) : start])[-1]
        yield figure._replace(
            rank=rank if before is None else bisect_left(before, start),
            sentence=bisect_right(sentences, start),
            clause=bisect_right(clauses, start),
            line=bisect_right(lines, start),
            before=text[max(0, start - _WINDOW) : start],
            after=text[end : end + _WINDOW],
            label=f"{ahead}|{_LABEL_BREAKS.split(text[end : end + _LABEL])[0]}",
        )
