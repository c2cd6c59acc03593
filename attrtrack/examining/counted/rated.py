"""Counts of a year that follow from how often something is done (每月编发一期，全年12期), and figures told twice with their digits turned."""

import re
from collections.abc import Iterator
from itertools import combinations

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_OFTEN = re.compile(
    r"(?P<period>每月|每个月|每季度?|每个季度|按季度?|按月|每半年|每(?:两|2)个月|每隔一个月|每双月|双月)(?![末底初前内\d])(?P<doing>[^。；：\d]{0,24}?)(?P<per>[一二两三1-3])(?P<unit>[期次轮场批篇份])"
)
_YEARLY = re.compile(
    r"(?:全年|年内|一年来|(?:19|20)\d{2}年度?(?:1至12月)?|共|累计|合计)[^，。；：\d]{0,10}?(?P<count>\d{1,2}|[二两三四五六七八九十]{1,3})(?P<unit>[期次轮场批篇份])"
)
_AT_LEAST = re.compile(r"至少|不少于|原则上|应当?|要求|拟|计划|不低于|力争|截至|上半年|下半年|自\d|起")
_IN_YEAR = {
    "每月": 12,
    "每个月": 12,
    "按月": 12,
    "每季": 4,
    "每季度": 4,
    "每个季度": 4,
    "按季": 4,
    "按季度": 4,
    "每半年": 2,
}
_EVERY_OTHER, _LEAST_DIGITS, _MOST_COUNTS = 6, 3, 60
_SHARED, _MOST_BETWEEN = 4, 2


def check_rated(paper: Paper) -> Iterator[Contradiction]:
    """Work out how often a year what is done at intervals, and look for figures whose digits changed places."""
    for sentence in paper.sentences:
        yield from _a_year(paper, sentence)
    yield from _turned(paper)


def _a_year(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 每两个月开展一轮，共开展6轮."""
    for often in _OFTEN.finditer(sentence.text):
        yearly = _YEARLY.search(sentence.text, often.end())
        if yearly is None or yearly["unit"] != often["unit"] or _AT_LEAST.search(sentence.text[: yearly.end()]):
            continue
        expected = _IN_YEAR.get(often["period"], _EVERY_OTHER) * (chinese_number(often["per"]) or 1)
        stated = chinese_number(yearly["count"]) or 0
        between = sentence.text[often.end() : yearly.start()]
        if (
            stated != expected
            and stated * 3 > expected
            and expected * 2 > stated
            and between.count("，") <= _MOST_BETWEEN
            and not re.search(r"\d", between)
        ):
            place = paper.evidence(sentence.start + often.start(), sentence.start + yearly.end())
            yield paper.found(
                "rounds-of-year",
                place,
                period=often["period"].removeprefix("每"),
                unit=often["unit"],
                expected=expected,
                stated=stated,
            )


def _turned(paper: Paper) -> Iterator[Contradiction]:
    """Check 主动公开政府信息406条 against 主动公开460条: the same is told of both, and the digits are the same in another order."""
    told = [
        (sentence, item)
        for sentence in paper.sentences
        for item in counts_told(sentence)
        if len(str(int(item.value))) >= _LEAST_DIGITS
    ]
    for (one, first), (other, second) in combinations(told[:_MOST_COUNTS], 2):
        same = first.unit == second.unit and sorted(str(int(first.value))) == sorted(str(int(second.value)))
        if one is other or not same or first.value == second.value or not _shared(first, second):
            continue
        place = paper.evidence(other.start + second.start, other.start + second.end)
        yield paper.found(
            "counts-differ",
            place,
            noun=second.label[-_SHARED:],
            first=one.text[first.start : first.end],
            second=place.quote,
        )


def _shared(one: Quantity, other: Quantity) -> bool:
    """Whether the words before two figures have four signs in a row in common."""
    return any(other.label[at : at + _SHARED] in one.label for at in range(len(other.label) - _SHARED + 1))
