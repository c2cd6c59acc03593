"""Counts of three or more of which but one or two are told: 三家，分别是甲局局长和乙处处长; 2件，分别是《甲办法》; 甲中心和乙馆三个专区; court numbers."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import joins, listed_wrongly
from attrtrack.examining.text.figures import UNITS, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?<![第\d.一二三四五六七八九十])(?P<count>\d|[二两三四五六七八九])"
_RESPECTIVELY = re.compile(
    rf"{_COUNT}(?:{UNITS})[^，。；：、\d]{{0,16}}，?(?:分别|依次)[是为]：?(?P<told>[^，。；：、\d“”]*(?:《[^《》]+》)?(?:（[^（）]*）)?)(?P<next>[，。；]|$)"
)
_END = r"(?:[局委办厅院会社馆站县区镇乡村所校]|中心|公司|集团|街道|社区)"
_TWO_BEFORE = re.compile(
    rf"(?P<one>(?:(?![和与及])[\u4e00-\u9fff]){{2,10}}{_END})[和与及](?P<other>(?!其他|其它|其余|另)(?:(?![和与及])[\u4e00-\u9fff]){{2,10}}?{_END})(?P<count>[三四五六3-6])[个家所](?=[\u4e00-\u9fff])"
)
_DOCKET = re.compile(r"（\d{4}）[^，。；：、（）\d]{1,3}\d{0,6}[^，。；：、（）\d]{1,4}\d{1,6}号")
_TITLE = re.compile("《[^《》]*》")
_CASES = frozenset({"件", "起", "宗", "例"})
_OPEN = re.compile(r"等|如|例|若干|各|多")
_LEAST, _BEFORE, _MOST = 2, 1, 9


def check_fewer(paper: Paper) -> Iterator[Contradiction]:
    """Compare small counts with names that no 、 parts, and counts of cases with the numbers of the court."""
    for at, sentence in enumerate(paper.sentences):
        for match in _RESPECTIVELY.finditer(sentence.text):
            bare = _TITLE.sub("■", match["told"])
            listed = max(bare.count("■"), 1 + joins(bare))
            count = chinese_number(match["count"]) or 0
            if match["told"] and listed <= _LEAST and count > listed and not _OPEN.search(match["told"]):
                yield from listed_wrongly(paper, sentence, match.span(), count=count, listed=listed)
        for match in _TWO_BEFORE.finditer(sentence.text):
            if "、" not in re.split("[，。；：]", sentence.text[: match.start()])[-1]:
                count = chinese_number(match["count"]) or 0
                yield from listed_wrongly(paper, sentence, match.span(), count=count, listed=_LEAST)
        yield from _by_docket(paper, sentence, paper.sentences[max(0, at - _BEFORE) : at])


def _by_docket(paper: Paper, sentence: Sentence, before: tuple[Sentence, ...]) -> Iterator[Contradiction]:
    """Check 应诉3件。（2019）粤01行初12号、（2019）粤01行初35号，法院均判决……."""
    found = list(_DOCKET.finditer(sentence.text))
    if len(found) < _LEAST or len({one[0] for one in found}) < len(found):
        return
    told = [
        (one, item)
        for one in (*before, sentence)
        for item in counts_told(one)
        if item.unit in _CASES and 1 < item.value <= _MOST and (one is not sentence or item.end <= found[0].start())
    ]
    whole = re.search("其中|等", sentence.text[: found[-1].end() + 1]) is None
    if len(told) == 1 and whole:
        one, item = told[0]
        yield from listed_wrongly(paper, one, (item.start, item.end), count=int(item.value), listed=len(found))
