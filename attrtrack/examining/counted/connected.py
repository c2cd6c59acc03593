"""Counts against what a sign or word ties to them, in whatever way it is told: titles, names by 、, clauses by ；, in brackets or between dashes."""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import mismatch
from attrtrack.examining.text.figures import Quantity, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_CONNECTED = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{0,16}?)(?P<tie>：|—+|（|，?即[是为]?：?|，?(?:具体|主要|分别|依次)?(?:包括|包含|是|为|有)：?|，[\u4e00-\u9fff]{0,6}?(?:分别|依次)[是为]：?)"
)
_QUOTED = re.compile(r"(?:[《“][^《》“”]{1,60}[》”](?:（[^（）]*）)?[、，；和及与]?){2,}")
_ONE_QUOTED = re.compile(r"[《“][^《》“”]{1,60}[》”]")
_ORDINAL = re.compile(
    r"(?:^|[；：，])(?:[一二三四五]是|[一二三四五]要|第[一二三四五]|其[一二三四五]|（|\d|首先|一方面|[一二三四五]、)"
)
_OPEN = re.compile(r"等|如|例|其[中他]|主要|以上|包括但|之一|至少|任[一意]")
_PLAIN = re.compile(r"^[^，。；：“”《》\d]{2,24}$")
_HAS = re.compile(
    r"[\u4e00-\u9fff]{2}(?:[有共](?P<has>[二两三四五六七八九])|[设分]为?(?P<grades>[二两三四五六])[等级档])："
)
_FACETS = re.compile(
    r"(?<![第\d一二三四五六七八九十])(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})个?(?:方面|大类|类别?|领域|板块|部分|环节)(?:[^，。；：\d]{0,6})(?P<total>\d{1,4})(?P<unit>[项条件个篇次])(?P<rest>[^。；]*)"
)
_RANGES = re.compile(
    r"第?(?P<first>\d{1,3})[期号页条名位件批项章]?(?:至|到|—+|-|~)第?(?P<last>\d{1,3})(?P<unit>[期号页条名位件批项章])"
)
_NUMBERS = re.compile(
    r"[^，。；：（）\d]{0,10}（[^（）\d第]{0,6}(?:\d{4}年)?(?:编号)?[为从自]?总?第(?P<first>\d{1,4})[期号辑批]?(?:至|到|—+|-|~)第?(?P<last>\d{1,4})[期号辑批]）"
)
_ONE_NAME = re.compile(
    r"[\u4e00-\u9fff]{0,8}（(?P<name>[^（）、，。；：\d和及与等如含]{3,14}(?:局|委|办|厅|部|县|州|镇|乡|社|中心|公司|集团|大学|学院))）"
)
_LEAST, _MOST, _MOST_OFF, _FEW, _MOST_COUNTS = 2, 20, 2, 3, 60


def check_connected(paper: Paper) -> Iterator[Contradiction]:
    """Compare each small count with what follows it."""
    for line in paper.lines:
        counts = counts_told(line)
        for item in counts if len(counts) <= _MOST_COUNTS else ():
            if _LEAST <= item.value <= _MOST:
                yield from _connected(paper, line, item)
                yield from _one_name(paper, line, item)
                yield from _numbers(paper, line, item)
        yield from _has(paper, line)
    for sentence in paper.sentences:
        yield from _facets(paper, sentence)
        yield from _ranges(paper, sentence)


def _connected(paper: Paper, line: Sentence, item: Quantity) -> Iterator[Contradiction]:
    match = _CONNECTED.match(line.text, item.end)
    if match is None or _OPEN.search(match[0]) or re.search("[每各按约第]$", line.text[: item.start]):
        return
    rest = line.text[match.end() :]
    quoted = _QUOTED.match(rest)
    if quoted:
        listed, end = len(_ONE_QUOTED.findall(quoted[0])), match.end() + quoted.end()
        told = not rest.startswith("等", quoted.end()) and 0 < abs(listed - item.value) <= _MOST_OFF
    else:
        whole = _enclosed(rest, match["tie"])
        items = _parted(whole, match["tie"])
        listed, end = len(items), match.end() + len(whole)
        own = any(
            other.start >= match.end() and other.unit == item.unit and other.end <= end for other in counts_told(line)
        )
        told = len(items) >= _LEAST and not own and mismatch(items, int(item.value), is_open=False)
    if told:
        place = paper.evidence(line.start + item.start, line.start + end)
        yield paper.found("count-of-list", place, count=int(item.value), listed=listed)


def _numbers(paper: Paper, line: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 质量公告9个（2020年第1号至第9号）."""
    if match := _NUMBERS.match(line.text, item.end):
        listed = int(match["last"]) - int(match["first"]) + 1
        if 0 < abs(listed - int(item.value)) <= _MOST_OFF:
            place = paper.evidence(line.start + item.start, line.start + match.end())
            yield paper.found("count-of-list", place, count=int(item.value), listed=listed)


def _has(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 公开方式有四：网站公开、公报公开、专栏公开."""
    for match in _HAS.finditer(line.text):
        items = _parted(_enclosed(line.text[match.end() :], "："), "：")
        count = chinese_number(match["has"] or match["grades"]) or 0
        if len(items) >= _LEAST and mismatch(items, count, is_open=False):
            place = paper.evidence(line.start + match.start(), line.start + match.end())
            yield paper.found("count-of-list", place, count=count, listed=len(items))


def _enclosed(rest: str, tie: str) -> str:
    """Return what a tie opens: up to its bracket or dash, behind ： to the end of the sentence, else of the clause."""
    if tie == "（":
        return rest.partition("）")[0]
    if tie.startswith("—"):
        return re.split("—|。", rest)[0]
    return re.split("。" if tie.endswith("：") else "[，。；：]", rest)[0]


def _parted(whole: str, tie: str) -> list[str]:
    """Part it at ； behind ：, else at 、; nothing where ordinals stand or what is told may go on."""
    if _ORDINAL.search(whole) or _OPEN.search(whole):
        return []
    first, sign, others = whole.partition("；")
    if "、" in first and "、" not in others:
        whole = first
    elif sign and tie.endswith("："):
        return whole.rstrip("；").split("；")
    clauses = whole.split("，")
    if (
        len(clauses) > _LEAST
        and tie.endswith("：")
        and "、" not in whole
        and len({clause[-1:] for clause in clauses}) == 1
        and min(map(len, clauses)) > _FEW
    ):
        return clauses
    items = whole.split("、")
    closes = tie[0] in "—（" or tie.endswith("：")
    return items if closes and all(_PLAIN.match(one) for one in items) else []


def _one_name(paper: Paper, line: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 仅2个部门（市水务局）."""
    match = _ONE_NAME.match(line.text, item.end) if item.unit in {"个", "家"} and item.value <= _FEW else None
    if match:
        place = paper.evidence(line.start + item.start, line.start + match.end())
        yield paper.found("count-of-list", place, count=int(item.value), listed=1)


def _facets(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 四个方面14项任务，即甲3项、乙4项、丙4项、丁3项: the parts make the whole, so they are as many as told."""
    for match in _FACETS.finditer(sentence.text):
        parts = [int(value) for value in re.findall(rf"(\d+){match['unit']}", match["rest"])]
        count = chinese_number(match["count"]) or 0
        if (
            len(parts) >= _LEAST
            and sum(parts) == int(match["total"]) >= count
            and 0 < abs(count - len(parts)) <= _MOST_OFF
        ):
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("count-of-list", place, count=count, listed=len(parts))


def _ranges(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 第1期至第12期为上半年，第13期至第24期为下半年: each begins where the one before ended."""
    ranges = list(_RANGES.finditer(sentence.text))
    before = [item for item in counts_told(sentence) if ranges and item.end <= ranges[0].start()]
    if len(ranges) > 1 and before and ranges[-1]["unit"] in "名位" and ranges[-1]["first"] != "1":
        whole, last = int(before[0].value), int(ranges[-1]["last"])
        if (
            whole > int(ranges[-1]["first"])
            and 0 < abs(whole - last) <= _FEW
            and not re.search("其余|余下", sentence.text)
        ):
            place = paper.evidence(sentence.start + before[0].start, sentence.start + ranges[-1].end())
            yield paper.found("count-of-list", place, count=whole, listed=last)
    for one, other in pairwise(ranges):
        if one["unit"] == other["unit"] and abs(int(other["first"]) - int(one["last"]) - 1) == 1:
            place = paper.evidence(sentence.start + one.start(), sentence.start + other.end())
            yield paper.found("heading-gap", place, before=one[0], after=other[0])
