"""Counts against names told at a distance: ……3个县区……，分别是甲、乙、丙; a list on the lines below; titles with the persons' names."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import mismatch
from attrtrack.examining.text.figures import Quantity, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_TURN = re.compile(
    r"(?:(?:分别|依次)(?:[是为有在]|来自|位于|涉及)?|[它他她]们(?:分别|依次)?[是为]|(?<=[\u4e00-\u9fff）])，?即[是为]?|，?(?:具体|名单|主要)[是为：]+|，(?:[是为]|包括)|（(?:分别)?[是为即]?)：?"
    r"(?P<items>[^，。；：（）“”《》]+、[^，。；：（）“”《》]+)(?P<etc>等)?"
)
_WITHIN = re.compile(r"由$|对$|与$|[将从向]$")
_PERSONS = re.compile(
    r"(?<![第\d一二三四五六七八九十])(?P<count>\d{1,2}|[二两三四五六七八九])[名位](?P<noun>[^，。；：、（）\d]{4,12}?)(?P<others>(?:、[\u4e00-\u9fff]{2,3})*)(?:、|和)(?P<last>[\u4e00-\u9fff]{2,3})(?=任|为|担任|兼任|出任|分别|均|组成|具体|负责|参加|（|，|。|$)"
)
_TITLE = re.compile(r"长|主任|书记|员|干事|代表|委员|专家|律师|科长|处长|同志|领导|负责人|教授|人员|老师|医生")
_NEXT_LINE = re.compile(r"^[^，。；：]+(?:、[^，。；：、]+)+[。；]?$")
_ENUMERATED = (
    re.compile(r"^(?P<number>\d{1,2})[.．、](?!\d+[.%])"),
    re.compile(r"^（(?P<number>\d{1,2})）"),
    re.compile(r"^（(?P<number>[一二三四五六七八九十]{1,2})）"),
    re.compile(r"^(?P<number>\d{1,2})(?=[\u4e00-\u9fff《“])"),
    re.compile(r"^(?P<number>[一二三四五六七八九十]{1,2})[、是]"),
    re.compile(r"^第(?P<number>[一二三四五六七八九十]{1,2})[，、：是]"),
)
_BACK = re.compile(
    r"^(?:以上|上述|上列|以上所列)(?:共|共计|合计)?(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?:个|家|名|位|所|户|人|项|件|份|条|部|处|篇)"
)
_SHORT_LINE = re.compile(r"^[^。，：]{2,30}[；、]?$")
_LEFT_OUT = re.compile(
    r"(?:未|没有|尚未|逾期|迟报|漏报|缺)[^，。；：、\d]{0,8}?(?:的)?(?:单位|部门|乡镇|县区|网站)?(?:分别)?[是为]：?(?P<names>[^，。；：]+)"
    r"|(?:仅有?|只有|唯有|唯)(?P<only>[^，。；：\d]{2,30}?)(?:尚未|尚在|还在|仍在|仍未|未|没有|还没有?|暂未|因|正在)"
    r"|(?:仅|只|唯)有?(?P<left>[\u4e00-\u9fff]{1,8}?(?:镇|乡|县|市|区|局|办|委|村|街道|社区|中心)(?:、[\u4e00-\u9fff]{1,8}?(?:镇|乡|县|市|区|局|办|委|村|街道|社区|中心))*)"
    r"|除(?P<but>[^，。；：\d]{2,40}?)(?:之?外|以外)，?(?:其余|其他|其它|另外)的?(?=[\d一二两三四五六七八九十])"
)
_ITEM_ENDS = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:已|均|都|被|全部|将|未|存在|出现|完成|进行|率先|等)")
_NO_THINGS = frozenset("元亩米公里吨公斤天字分秒岁月平方米课时学时") | {"万元", "亿元", "公里", "平方米", "人次", "次"}
_NOT_ONE_EACH = re.compile(r"每|各|任[一意]|之一|符合|满足|以上|至少")
_LEAST, _MOST_OFF, _LONGEST, _MOST_LINES, _ENDING = 2, 2, 16, 40, 40


def check_named(paper: Paper) -> Iterator[Contradiction]:
    """Compare counts with the names that their sentence or the lines below tell apart from them."""
    for sentence in paper.sentences:
        yield from _told_apart(paper, sentence)
        yield from _persons(paper, sentence)
        yield from _differences(paper, sentence)
    for at in range(1, len(paper.lines)):
        yield from _pointing_back(paper, at)
    for at, line in enumerate(paper.lines[:-1]):
        if line.text.endswith("：") and paper.lines[at + 1].start - line.start - len(line.text) <= _LEAST:
            yield from _below(paper, line, paper.lines[at + 1 : at + 1 + _MOST_LINES])


def _found(paper: Paper, sentence: Sentence, span: tuple[int, int], *, count: int, listed: int) -> Contradiction:
    place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
    return paper.found("count-of-list", place, count=count, listed=listed)


def _things(sentence: Sentence, end: int) -> list[Quantity]:
    return [
        item
        for item in counts_told(sentence)
        if item.end <= end and item.value >= _LEAST and item.unit not in _NO_THINGS
    ]


def _told_apart(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 3个县区超过三个月没有更新，分别是甲区、乙县、丙县: the last clause that tells counts of things tells as many."""
    for match in _TURN.finditer(sentence.text):
        counts = _things(sentence, match.start())
        items = match["items"].split("、")
        items[-1] = _ITEM_ENDS.split(items[-1])[0]
        short = all(1 < len(item) <= _LONGEST and not re.search(r"\d", item) for item in items)
        if (
            not counts
            or not short
            or _WITHIN.search(sentence.text[: match.start()])
            or re.search("等|其[中他]", match["items"])
        ):
            continue
        last = sentence.text.rfind("，", 0, counts[-1].start)
        near = [item for item in counts if item.start > last]
        gap = sentence.text[counts[-1].end : match.start()]
        values = {int(item.value) for item in counts}
        if re.search("[；：]", gap) or gap.count("，") > 1 or len(near) > 1:
            continue
        fits = any(
            not mismatch(items, value, is_open=False) and abs(value - len(items)) <= _MOST_OFF for value in values
        )
        if not fits and mismatch(items, int(near[0].value), is_open=bool(match["etc"])):
            yield _found(paper, sentence, (near[0].start, match.end()), count=int(near[0].value), listed=len(items))


def _persons(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 两名副局长张某、刘某任副组长: two or three signs are a person's name, the first stands behind the title."""
    for match in _PERSONS.finditer(sentence.text):
        count, listed = chinese_number(match["count"]) or 0, 2 + match["others"].count("、")
        if (
            _TITLE.search(match["noun"][:-2])
            and 0 < abs(count - listed) <= _MOST_OFF
            and not match["last"].endswith("等")
        ):
            yield _found(paper, sentence, match.span(), count=count, listed=listed)


def _below(paper: Paper, line: Sentence, following: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 存在问题的单位共5家，具体为： against the numbered lines, or the names, below."""
    start = line.text.rfind("。") + 1
    ending = Sentence(line.text[start:], line.start + start)
    counts = _things(ending, len(ending.text))
    if not counts or _NOT_ONE_EACH.search(ending.text) or len(ending.text) - counts[-1].end > _ENDING:
        return
    told = counts[-1]
    listed = _numbered(following) or _names(following[0].text, int(told.value))
    within = [_same(later, told) for later in following[:listed]]
    if listed < _LEAST or any(int(item.value) == listed for item in counts) or (all(within) and listed <= len(within)):
        return
    if abs(int(told.value) - listed) <= _MOST_OFF:
        yield _found(paper, ending, (told.start, len(ending.text)), count=int(told.value), listed=listed)


def _numbered(lines: Sequence[Sentence]) -> int:
    """Return how many lines follow that are numbered from one on, in one way."""
    for style in _ENUMERATED:
        run = 0
        for line in lines:
            match = style.match(line.text)
            if match is None or chinese_number(match["number"]) != run + 1:
                break
            run += 1
        if run:
            return run
    return 0


def _pointing_back(paper: Paper, at: int) -> Iterator[Contradiction]:
    """Check 以上3家单位 behind short lines of names that a line ending in ： leads."""
    line, above = paper.lines[at], at - 1
    match = _BACK.match(line.text)
    while match and above >= 0 and _SHORT_LINE.match(paper.lines[above].text):
        above -= 1
    listed, count = at - above - 1, (chinese_number(match["count"]) or 0) if match else 0
    told = above >= 0 and paper.lines[above].text.endswith("：")
    if match and told and listed >= _LEAST and 0 < abs(count - listed) <= _MOST_OFF:
        yield _found(paper, line, match.span(), count=count, listed=listed)


def _differences(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 应报42家，实报40家，未报的为甲局、乙局 and 14个乡镇建成13个，仅甲乡尚未建成: the names are the difference."""
    for match in _LEFT_OUT.finditer(sentence.text):
        counts = [item for item in counts_told(sentence) if item.end <= match.start()]
        counts = ([item for item in counts if item.unit not in _NO_THINGS] if match["left"] else counts)[-2:]
        names = (match["names"] or match["only"] or match["left"] or match["but"]).split("、")
        if match["but"]:
            counts = [item for item in counts_told(sentence) if item.end <= match.start()][-1:]
            counts += [item for item in counts_told(sentence) if item.start == match.end()]
        plain = (
            max(map(len, names)) <= _LONGEST and not re.search(r"等|\d|[和及与]", match[0]) and min(map(len, names)) > 1
        )
        if len(counts) < _LEAST or counts[0].unit != counts[1].unit or not plain:
            continue
        left = int(counts[0].value - counts[1].value)
        if (
            left > 0
            and 0 < abs(left - len(names)) <= _MOST_OFF
            and not re.search("其中|；", sentence.text[counts[0].end : match.start()].replace("其中", "", 1))
        ):
            yield _found(paper, sentence, (counts[0].start, match.end()), count=left, listed=len(names))


def _names(text: str, count: int) -> int:
    """Return how many names a line holds that holds nothing else; as many as told where that may be."""
    items = text.rstrip("。；").split("、")
    plain = _NEXT_LINE.match(text) and not re.search(r"等|\d", text) and max(map(len, items)) <= _LONGEST
    return (len(items) if mismatch(items, count, is_open=False) else count) if plain else 0


def _same(line: Sentence, told: Quantity) -> bool:
    return any(item.unit == told.unit for item in counts_told(line))
