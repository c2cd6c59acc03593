"""Counts against what their passage is divided into: groups by name (综合组……，审查组……), grades (一等：……；二等：……), slogans of two figures (“一办三组”), signs (“发、登、贴”三字)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import listed_wrongly, may_be_two
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?<![第\d.一二三四五六七八九十])(?P<count>\d|[二两三四五六七八九])"
_GROUPED = re.compile(
    rf"{_COUNT}(?:个|支|大)(?P<of>[\u4e00-\u9fff]{{0,6}}(?P<suffix>小组|[组队室站科处班]|中心|平台|专区|专班|窗口))[。：，；]"
)
_GRADED = re.compile(
    rf"{_COUNT}个?(?P<of>等次|等级|等|级别|级|档次|档|类别|类)[^。；：\d]{{0,10}}[。：，；](?P<rest>[^\n]*)"
)
_GRADE = re.compile(r"(?:^|(?<=[。：；，]))第?(?P<number>[一二三四五六])(?P<of>[等级档类])(?=[：是为，（])")
_COMPOSED = re.compile(
    r"“(?P<parts>(?:[一二两三四五六七八九][\u4e00-\u9fff]{1,2}){2,4})”(?:[^，。；：、“”\d]{0,12}?)(?:[，：（](?:即|指|就是|包括|分别[是为])：?|[，：（]|—+)(?P<items>[^，。；：）]+)"
)
_PART = re.compile(r"([一二两三四五六七八九])(?=[\u4e00-\u9fff])")
_SIGNS = re.compile(
    r"“(?P<items>[\u4e00-\u9fff](?:、[\u4e00-\u9fff])+)”(?P<count>[二两三四五六七八九])(?:字|个字|步|招|法|环)|“(?P<joined>[\u4e00-\u9fff](?:、[\u4e00-\u9fff])+)”(?:的)?(?P<later>[二两三四五六七八九])(?:个)?字"
)
_PAIRED = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2,4})(?:包括|分为|分别[为是]|即|指|为)(?P<one>(?:(?![和与及])[\u4e00-\u9fff]){1,12})[和与及](?P<other>[\u4e00-\u9fff]{1,12})(?=[，。；）]|$)"
)
_OPEN = re.compile(r"等|其[中他]|如|例|包括但|主要|轮流")
_LEAST, _MOST, _BETWEEN = 2, 9, 60


def check_divided(paper: Paper) -> Iterator[Contradiction]:
    """Read each paragraph for counts of what it then tells part by part."""
    for line in paper.lines:
        yield from _groups(paper, line)
        yield from _grades(paper, line)
        yield from _pairs(paper, line)
        yield from _composed(paper, line)
        for match in _SIGNS.finditer(line.text):
            listed = (match["items"] or match["joined"]).count("、") + 1
            count = chinese_number(match["count"] or match["later"]) or 0
            yield from listed_wrongly(paper, line, match.span(), count=count, listed=listed)


def _groups(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 设立三个工作组。综合组负责协调，审查组负责把关，技术组负责运维."""
    for match in _GROUPED.finditer(line.text):
        named = re.compile(
            rf"(?:^|(?<=[。，；：]))(?P<name>(?:(?![和与及由各在将对每])[\u4e00-\u9fff]){{2,6}}?{match['suffix']})(?=[负承牵由主统具抓督做专对开为（：])"
        )
        rest = line.text[match.end() :]
        found = list(named.finditer(rest))
        names = [one["name"] for one in found]
        direct = found and found[0].start() == 0 and len(set(names)) == len(names) >= _LEAST
        gaps = [other.start() - one.end() for one, other in pairwise(found)]
        if direct and max(gaps, default=0) <= _BETWEEN and not _OPEN.search(rest[: found[-1].end()]):
            count = chinese_number(match["count"]) or 0
            yield from listed_wrongly(paper, line, match.span(), count=count, listed=len(names))


def _grades(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 按四个等次划分。一等：甲局；二等：乙局；三等：丙局."""
    for match in _GRADED.finditer(line.text):
        numbers = [
            chinese_number(one["number"]) for one in _GRADE.finditer(match["rest"]) if one["of"] == match["of"][0]
        ]
        if len(numbers) >= _LEAST and numbers == list(range(1, len(numbers) + 1)):
            count = chinese_number(match["count"]) or 0
            span = (match.start(), match.start("rest"))
            yield from listed_wrongly(paper, line, span, count=count, listed=len(numbers))


def _composed(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check “一办三组”，即办公室、综合组、宣传组、督查组: the figures of the slogan make as many as are named."""
    for match in _COMPOSED.finditer(line.text):
        told = _PART.findall(match["parts"])
        count = sum(chinese_number(sign) or 0 for sign in told)
        items = match["items"].split("、")
        if len(told) < _LEAST or count > _MOST or _OPEN.search(match["items"]):
            continue
        yield from _against(paper, line, match.span(), count=count, items=items)


def _against(
    paper: Paper, line: Sentence, span: tuple[int, int], *, count: int, items: Sequence[str]
) -> Iterator[Contradiction]:
    joined = sum(may_be_two(item, items) for item in items)
    least, most = len(items), len(items) + joined
    if most >= _LEAST and not least <= count <= most and max(map(len, items)) <= _BETWEEN // 4:
        yield from listed_wrongly(paper, line, span, count=count, listed=most if count > most else least)


def _pairs(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check “一台账、三清单”……清单包括主动公开清单和不予公开清单: two that end in the noun that was counted."""
    for match in _PAIRED.finditer(line.text):
        for length in range(len(match["noun"]), 1, -1):
            noun = match["noun"][-length:]
            told = re.findall(rf"([二两三四五六七八九])(?:个|项|张|份|类|种)?{noun}", line.text[: match.start("one")])
            if told and match["one"].endswith(noun) and match["other"].endswith(noun):
                yield from listed_wrongly(paper, line, match.span(), count=chinese_number(told[-1]) or 0, listed=_LEAST)
                break
