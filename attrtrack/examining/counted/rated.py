"""Counts of a year that follow from how often something is done (每月编发一期，全年12期), and figures told twice with their digits turned."""

import re
from collections.abc import Iterator
from itertools import combinations

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_OFTEN = re.compile(
    r"(?P<period>每月|每个月|每季度?|每个季度|按季度?|按月|每半年|每(?:两|2)个月|每隔一个月|每双月|双月|逢单月|逢双月|单月|隔月)(?![末底初前内\d])(?P<doing>[^。；：\d]{0,24}?)(?P<per>[一二两三1-3])(?P<unit>[期次轮场批篇份])"
)
_YEARLY = re.compile(
    r"(?:全年|年内|一年来|(?:19|20)\d{2}年度?(?:1至12月)?|共|累计|合计)[^，。；：\d]{0,10}?(?P<count>\d{1,2}|[二两三四五六七八九十]{1,3})(?P<unit>[期次轮场批篇份])"
)
_EVERY_OTHER_MONTH = re.compile(
    r"(?:逢[单双]月|[单双]月|隔月|每两个月|每2个月)[^，。；\d]{0,10}?(?:一次|一场|一期|1次|1场|1期)?(?:举行|举办|召开|编发|出刊|发布|开展|组织)?，?(?:全年|年内|本年度?)共?[^，。；\d]{0,6}(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?P<unit>[次期场批篇份])"
)
_ON_A_DAY = re.compile(
    r"每月(?:\d{1,2}[日号]|[上中下]旬|[初底末]|第[一二三四]个?(?:周[一二三四五六日]|星期[一二三四五六日]))[^。；\d]{0,24}?(?:全年|年内|一年来)(?:共|的)?[^，。；\d]{0,6}(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?P<unit>[次期场批])"
)
_MONTHLY = re.compile(
    r"(?:自|从)(?P<first>\d{1,2})月(?:份|\d{1,2}日)?(?:起|开始)，?[^。；\d]{0,10}(?:每个?月|按月|逐月)[^。；\d]{0,16}?(?:[1一]?[次期批])?[^。；\d]{0,8}，?(?:截至|截止到?|到|至)(?:当年)?(?P<last>\d{1,2})月(?:份|底|末|\d{1,2}日)?，?[^，。；\d]{0,8}(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?P<unit>[次期批篇份])"
)
_AT_LEAST = re.compile(
    r"\d月(?:份)?(?:到|至|—+|-|~)(?!12)\d{1,2}月|至少|不少于|原则上|应当?|要求|拟|计划|不低于|力争|截至|上半年|下半年|自\d|起"
)
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
        yield from _monthly(paper, sentence)
        yield from _on_a_day(paper, sentence)
        for match in _EVERY_OTHER_MONTH.finditer(sentence.text):
            stated = chinese_number(match["count"]) or 0
            if 0 < abs(stated - _EVERY_OTHER) <= _MOST_BETWEEN and not _AT_LEAST.search(sentence.text[: match.end()]):
                place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                yield paper.found(
                    "rounds-of-year", place, period="两个月", unit=match["unit"], expected=_EVERY_OTHER, stated=stated
                )
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


def _on_a_day(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 每月10日为接待日，全年11次活动……."""
    for match in _ON_A_DAY.finditer(sentence.text):
        stated, expected = chinese_number(match["count"]) or 0, _IN_YEAR["每月"]
        if 0 < abs(stated - expected) <= _MOST_BETWEEN and not _AT_LEAST.search(match[0]):
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found(
                "rounds-of-year", place, period="月", unit=match["unit"], expected=expected, stated=stated
            )


def _monthly(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 自1月起每月公布，截至9月底共公布8次."""
    for match in _MONTHLY.finditer(sentence.text):
        expected, stated = int(match["last"]) - int(match["first"]) + 1, chinese_number(match["count"]) or 0
        if 0 < abs(stated - expected) <= _MOST_BETWEEN:
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found(
                "figure-follows", place, worked_out=f"{expected}{match['unit']}", stated=match["count"] + match["unit"]
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
