"""Counts against the list that follows them, whatever its items are: names, quoted ones, ones in brackets, clauses built alike."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import mismatch
from attrtrack.examining.text.figures import TIMES, Quantity, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_OPAQUE = re.compile(r"(?<=“)[^“”]+(?=”)|(?<=《)[^《》]+(?=》)|（[^（）]*）")
_TIED = re.compile(
    r"(?P<noun>[\u4e00-\u9fff“”《》■]{0,18}?)(?P<tie>(?:[，。；][\u4e00-\u9fff]{0,10})?：|—+|，即|[，。](?=[它他她]们|分别|依次|具体|名单)|，|(?=(?:地点|时间|主题|内容|名称|对象|题目|人选)?(?:分别|依次)|来自|分布在|位于|涉及|覆盖|包括|分属|隶属))(?P<whole>[^。\n]+)"
)
_LIST = re.compile(r"[^，。；：、—]+(?:、[^，。；：、—]+)+")
_LEAD = re.compile(
    r"^[\u4e00-\u9fff]{0,8}?(?:(?:分别|依次|具体|名单|它们|他们|即|主题|地点|对象|内容|名称|时间|专题|成员|人选)[\u4e00-\u9fff]{0,4}?(?:[是为有即在由对]|面向|围绕|针对|来自|位于|涉及|设在|聚焦|介绍|讲解|解读)?|[是为有即]|包括|包含|面向|来自|位于|涉及|覆盖|分布在|分属|隶属)"
)
_AIM = re.compile(r"做到|确保|实现|力求|切实|真正")
_OPEN = re.compile(r"等|如|例|其[中他]|主要|以上|至少|之一|任[一意]|包括但|左右|未|没有|不")
_ORGAN = re.compile(r"(?:[局委办厅院会社馆所站县区市镇乡州村校]|中心|公司|集团|街道|社区|大学|学院|医院)$")
_ORGAN_FIRST = re.compile(r"^[\u4e00-\u9fff]{1,12}?(?:[局委办厅院会社馆所站县区镇乡州村]|中心|公司|集团|街道|社区)")
_HOLDERS = frozenset("个家名所户处")
_NO_THINGS = TIMES | frozenset("元亩米吨天岁分平方米里") | {"万元", "亿元", "公里", "平方米", "人次", "次", "小时"}
_ORDINAL = re.compile(
    r"(?:^|[，；：])(?:[一二三四五]是|第[一二三四五1-5]|其[一二三四五]|首先|一方面|[一二三四五1-5][、.]|（[一二三1-3]）)"
)
_LONGEST_NOUN, _FAR = 4, 200
_LEAST, _MOST, _MOST_OFF, _FEW, _LONGEST = 2, 30, 2, 3, 24


def check_coordinated(paper: Paper) -> Iterator[Contradiction]:
    """Compare each count of things with the list that is tied to it."""
    for line in paper.lines:
        text = _OPAQUE.sub(lambda match: "■" * len(match[0]), line.text)
        counts = [item for item in counts_told(line) if item.unit not in _NO_THINGS or _is_of_turns(text, item)]
        for at, item in enumerate(counts):
            behind = counts[at + 1].start if at + 1 < len(counts) else len(text)
            if _LEAST <= item.value <= _MOST and text[item.start] != "■":
                told = list(_followed(paper, line, text, item, behind))
                yield from told or _named_again(paper, line, text, item)


def _is_of_turns(text: str, item: Quantity) -> bool:
    """Whether times are counted, of which each is told by what it was about (3次……，分别就甲、乙、丙……)."""
    return (
        item.unit == "次"
        and re.match(r"[^，。；：\d]{0,18}，[\u4e00-\u9fff]{0,8}?(?:分别|依次)", text[item.end :]) is not None
    )


def _followed(paper: Paper, line: Sentence, text: str, item: Quantity, until: int) -> Iterator[Contradiction]:
    match = _TIED.match(text, item.end)
    if match is None or re.search(r"[每各按约第]$", text[: item.start]) or _OPEN.search(match["noun"] + match["tie"]):
        return
    whole = match["whole"]
    listed = _LIST.match(whole)
    if until < match.start("whole") + (listed.end() if listed else 0) or _ORDINAL.search(whole):
        return
    told = _names(whole, listed, match["tie"], item) if listed else _clauses(whole, match["tie"])
    if told and mismatch(told, int(item.value), is_open=False) and abs(len(told) - int(item.value)) <= _MOST_OFF:
        end = match.start("whole") + (listed.end() if listed else len(whole))
        place = paper.evidence(line.start + item.start, line.start + end)
        yield paper.found("count-of-list", place, count=int(item.value), listed=len(told))


def _named_again(paper: Paper, line: Sentence, text: str, item: Quantity) -> Iterator[Contradiction]:
    """Check 评出先进单位6个、先进个人8名。先进单位为：甲局、乙局……: the noun of a count leads its list further on."""
    label = re.sub("[有共计达为了到仅]+$", "", item.label)[-_LONGEST_NOUN:]
    behind = re.split(r"[的均都已获被]", item.after)[0][:_LONGEST_NOUN]
    noun = label if len(label) == _LONGEST_NOUN else behind
    if len(noun) < _LONGEST_NOUN or _OPEN.search(noun):
        return
    lead = re.compile(
        rf"(?<=[，。；：]){re.escape(noun)}(?:名单)?(?:分别|依次)?(?P<tie>[是为有]：?|：)(?P<whole>[^。\n]+)"
    )
    match = lead.search(text, item.end, item.end + _FAR)
    listed = _LIST.match(match["whole"]) if match else None
    items = _names(match["whole"], listed, "：", item) if match and listed else []
    if items and mismatch(items, int(item.value), is_open=False) and abs(len(items) - int(item.value)) <= _MOST_OFF:
        place = paper.evidence(line.start + item.start, line.start + item.end)
        yield paper.found("count-of-list", place, count=int(item.value), listed=len(items))


def _names(whole: str, listed: re.Match[str], tie: str, item: Quantity) -> Sequence[str]:
    """Return the items of a list parted by 、 that a tie or a word leads, or whose names are all of organs and places."""
    items = listed[0].split("、")
    lead = None if _AIM.match(items[0]) else _LEAD.match(items[0])
    strong = lead is not None or tie[-1:] in {"：", "—", "即"}
    items[0] = items[0][lead.end() :] if lead else items[0]
    more = re.match("[，；][^，。；：]*", whole[listed.end() :])
    digits = [bool(re.search(r"\d", one)) for one in items]
    if (
        _OPEN.search(re.sub("[未不]|没有", "", listed[0]) if tie[-1:] == "：" else listed[0])
        or not all(items)
        or max(map(len, items[:-1])) > _LONGEST
        or any(digits) != all(digits)
        or (more and ("、" in more[0] or (all(digits) and re.search(r"\d", more[0]))))
        or whole[listed.end() : listed.end() + 1] in {"：", "—"}
    ):
        return []
    named = all(map(_ORGAN.search, items[:-1])) and _ORGAN_FIRST.match(items[-1])
    return items if strong or (named and item.unit in _HOLDERS and len(items) > _LEAST) else []


def _clauses(whole: str, tie: str) -> Sequence[str]:
    """Return clauses that are all built alike: they open or close with the same signs, or hold the same one at the same place."""
    clauses = re.split("；" if "；" in whole else "，", _LEAD.sub("", whole) if "：" not in tie else whole)
    strong = tie[-1:] in {"：", "—", "即"} or _LEAD.match(whole)
    if not strong or len(clauses) < _LEAST or _OPEN.search(whole) or re.search(r"[：\d]", whole):
        return []
    return clauses if _alike(clauses) else []


def _alike(clauses: Sequence[str]) -> bool:
    """Whether clauses are built alike: two signs the same at their ends, or one of short ones of one length, or a title each."""
    if min(map(len, clauses)) < _LEAST:
        return False
    titled = all(len(re.findall("[》”]", clause)) == 1 for clause in clauses)
    if any("■" in clause for clause in clauses):
        return titled
    opens, closes = ({clause[:2] for clause in clauses}, {clause[-2:] for clause in clauses})
    first = len(clauses) >= _FEW and len({clause[0] for clause in clauses}) == 1
    length = len(clauses[0])
    level = all(len(clause) == length for clause in clauses) and length <= 12  # noqa: PLR2004 - a short clause
    inner = level and any(len({clause[at] for clause in clauses}) == 1 for at in range(length))
    return len(opens) == 1 or len(closes) == 1 or first or inner
