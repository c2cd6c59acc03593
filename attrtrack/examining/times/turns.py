"""One turn and the next: 上次 and 本次, a trial and what begins 正式 after it, the same day, the same months of the year before."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.points import TO, Point, points_in

_YEAR_TOLD = re.compile(r"(?<![\d〔])(?P<year>(?:19|20)\d{2})年")
_EARLIER = re.compile(r"上一?[次轮届版期批回]|首[次轮届版期批]|前一?[次轮届版期批]|初次|原版|旧版|第一[次轮届版期批]")
_NOW = re.compile(
    r"[本这此][次轮届版期批回]|新一?[次轮届版期批]|第[二三四五六][次轮届版期批]|再次|末[次轮届版期批]|现版|新版"
)
_LATER = re.compile(r"下一?[次轮届版期批回]")
_TRIAL = re.compile(r"试运行|试行|试点|过渡|公示|征求|征集|公告|报名|展示")
_FORMALLY = re.compile(
    r"起?[^，。；\d]{0,4}(?:正式|全面)(?!成员)[^，。；\d]{0,4}(?:运行|上线|公布|实施|施行|启用|印发|推开|执行|开通)"
)
_SAME_DAY = re.compile(r"同[日天]|同一[天日]|当[天日](?:发布|公开|答复|办结|完成)|即[日时]")
_BOTH = re.compile(r"做到|实现|均|保持|确保|坚持|达到|属于|符合")
_SAME_MONTHS = re.compile(
    rf"(?<!\d)(?P<one>\d{{1,2}})月?{TO}(?P<other>\d{{1,2}})月(?!\d)[^。；]{{0,60}}?(?:同期|同比)[^。；\d]{{0,6}}(?:(?:19|20)\d{{2}}年)?(?P<first>\d{{1,2}})月?{TO}(?P<last>\d{{1,2}})月(?!\d)"
)
_LONGEST, _ANY_YEAR = 80, 2023


def check_turns(paper: Paper) -> Iterator[Contradiction]:
    """Compare what is told of one turn with what is told of the next, in every sentence."""
    for sentence in paper.sentences:
        text = sentence.text
        points = points_in(text)
        for one, other, because in (
            *_years(text),
            *_days(text, points),
            *_formal(text, points),
            *_same_day(text, points),
        ):
            yield _found(paper, sentence, one, other, because)
        for match in _SAME_MONTHS.finditer(text):
            if (match["one"], match["other"]) != (match["first"], match["last"]):
                told = match.span("one")[0], match.span("other")[1] + 1
                yield _found(paper, sentence, told, (match.start("first"), match.end("last") + 1), "不是同一时期")


_Span = tuple[int, int]
_Wrong = tuple[_Span, _Span, str]


def _order(one: str, other: str) -> int:
    """Return 1 if the second clause tells the later turn, -1 if the first does, 0 if neither is sure."""
    if _EARLIER.search(one) and (_NOW.search(other) or _LATER.search(other)):
        return 1
    if _NOW.search(one) and _LATER.search(other):
        return 1
    return -1 if _EARLIER.search(other) and (_NOW.search(one) or _LATER.search(one)) else 0


def _clause(text: str, start: int, end: int) -> str:
    lead = re.split(r"[，。；、（）]", text[max(0, start - 16) : start])[-1]
    return lead + re.split(r"[，。；、（）\d]", text[end : end + 14])[0]


def _years(text: str) -> Iterator[_Wrong]:
    """Check 上次评估在2019年，本次评估在2018年."""
    for one, other in pairwise(_YEAR_TOLD.finditer(text)):
        order = _order(_clause(text, *one.span()), _clause(text, *other.span()))
        falls = (int(other["year"]) - int(one["year"])) * order < 0
        scoped = text.startswith("第", one.end()) or text.startswith("第", other.end())
        if order and falls and not scoped and other.start() - one.end() <= _LONGEST:
            yield one.span(), other.span(), "后一次的时间早于前一次"


def _days(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 首场发布会6月8日举行，本场5月8日举行."""
    for one, other in pairwise(points):
        order = _order(_clause(text, one.start, one.end), _clause(text, other.start, other.end))
        apart = re.search(r"[；半]|季度|年第", text[max(0, one.start - 8) : other.start])
        if not order or apart or other.start - one.end > _LONGEST or bool(one.year) != bool(other.year):
            continue
        early, late = (one, other) if order > 0 else (other, one)
        far = not one.year and abs(one.month - other.month) > 6  # noqa: PLR2004 - half a year
        if not far and early.begins(_ANY_YEAR) > late.ends(_ANY_YEAR):
            yield (one.start, one.end), (other.start, other.end), "后一次的时间早于前一次"


def _formal(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 1月1日至3月31日试运行，2月1日起正式运行."""
    for (begin, end), other in zip(pairwise(points), points[2:], strict=False):
        if not re.fullmatch(rf"起?{TO}", text[begin.end : end.start]) or not _FORMALLY.match(text, other.end):
            continue
        around = text[max(0, begin.start - 12) : begin.start] + text[end.end : other.start]
        same = bool(end.year) == bool(other.year) and (end.year or abs(end.month - other.month) <= 6)  # noqa: PLR2004
        if (
            _TRIAL.search(around)
            and same
            and other.ends(_ANY_YEAR) <= end.begins(_ANY_YEAR)
            and len(around) <= _LONGEST
        ):
            yield (begin.start, end.end), (other.start, other.end), "前一段时间还没有结束"


def _same_day(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 文件6月5日印发，解读6月8日发布，做到同日发布."""
    days = [point for point in points if point.is_day]
    if len(days) != 2 or len(points) != 2:  # noqa: PLR2004 - the one and the other
        return
    one, other = days
    behind = text[other.end : other.end + 30].partition("；")[0]
    same = _SAME_DAY.search(behind)
    if same is None or not _BOTH.search(behind[: same.start()]) or re.search(r"未|没", behind):
        return
    if one.begins(_ANY_YEAR) != other.begins(_ANY_YEAR) and "；" not in text[one.end : other.start]:
        yield (one.start, one.end), (other.start, other.end), f"与“{same[0]}”不符"


def _found(paper: Paper, sentence: Sentence, one: _Span, other: _Span, because: str) -> Contradiction:
    place = paper.evidence(sentence.start + one[0], sentence.start + other[1])
    first, second = sentence.text[slice(*one)], sentence.text[slice(*other)]
    return paper.found("dates-out-of-order", place, first=first, second=second, because=because)
