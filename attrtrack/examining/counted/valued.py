"""Names told with a figure each (甲县95.2分、乙县93.1分): in the order announced, and as many beyond a bound as told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import UNITS, chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_UNIT = rf"分(?!别|钟)|%|{UNITS}"
_VALUED = re.compile(
    rf"(?:^|(?<=[：、，；。（）为是]))(?:其次[是为]|最后[是为]|和|及|与)?(?:第[一二三四五六七八九十\d]{{1,2}}名[是为]?)?(?P<name>[\u4e00-\u9fff“”]{{2,16}}?)(?:（|：|有|为|得|达|共|办理|收到|占)?(?:得分|约)?(?P<value>\d+(?:\.\d+)?)(?P<unit>{_UNIT})(?=[），、；。和及与]|$)"
)
_DOWN = re.compile(
    r"[从由][高多大快长][到至][低少小慢短]|降序|依次(?:降低|减少|递减)|(?:按|以)[^，。；：]{0,10}(?:高低|多少|大小)(?:顺序)?(?:排序|排列|排名|依次)|排名前[三四五六七八九十\d]{1,2}|前[三四五六七八九十\d]{1,2}[名位家]?[^，。；\d]{0,10}(?:依次|分别|[是为：])|第一名"
)
_MOST_THEN_NEXT = re.compile(
    rf"最(?P<by>[多高大快好]|少|低|小|慢)(?P<lead>[^。；]{{0,24}}?)(?<![\d.])(?P<first>\d+(?:\.\d+)?)(?P<unit>{_UNIT})[^。]{{0,8}}?[，；]其次[^。；]{{1,24}}?(?<![\d.])(?P<second>\d+(?:\.\d+)?)(?P=unit)"
)
_UP = re.compile(r"[从由][低少小慢短][到至][高多大快长]|升序|依次(?:升高|增加|递增)")
_COUNT = r"(?<![第\d.一二三四五六七八九十])(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_BOUND = rf"(?P<bound>\d+(?:\.\d+)?)(?P<unit>{_UNIT})"
_MORE, _LESS = r"超过|高于|大于|多于|超出|突破", r"低于|少于|小于|不足|不满|不到|未达到?"
_BEYOND = (
    re.compile(
        rf"(?P<rel>{_MORE}|{_LESS}|达到|不低于|不少于|在)?{_BOUND}(?:（含）|及)?(?:以(?P<side>[上下]))?(?:（[^（）]*）)?的(?P<noun>[^，。；：、\d]{{0,10}}?)(?:共|仅|只)?有?{_COUNT}[个家名所条件项]?"
    ),
    re.compile(
        rf"{_COUNT}[个家名所](?P<noun>[^，。；：、\d]{{0,14}}?)(?P<rel>{_MORE}|{_LESS}|达到|不低于|不少于|在){_BOUND}(?:（含）|及)?(?:以(?P<side>[上下]))?"
    ),
)
_MEMBERS = re.compile(r"^[^。；\d]{0,12}?(?:分别|依次|[是为]|：|（|即)")
_NO_NAME = re.compile("最|平均|相差|其中|首|末|以[上下]|合计|共|总|[个家]")
_LEAST, _MOST_OFF, _LEAST_ORDERED, _LONGEST = 2, 2, 3, 800


@dataclass(frozen=True, slots=True)
class _Valued:
    name: str
    value: Decimal
    unit: str
    start: int
    end: int


def check_valued(paper: Paper) -> Iterator[Contradiction]:
    """Look at each sentence that lists names with figures, and at the sentence before it."""
    for at, sentence in enumerate(paper.sentences):
        if len(sentence.text) > _LONGEST:
            continue
        here = _listed(sentence)
        yield from _ordered(paper, sentence, here)
        yield from _next_to_most(paper, sentence)
        before = paper.sentences[at - 1] if at and len(paper.sentences[at - 1].text) <= _LONGEST else None
        yield from _beyond(paper, sentence, here, _listed(before) if before else [])


def _listed(sentence: Sentence) -> list[_Valued]:
    """Return the names with a figure each, those of the unit that most have."""
    found = [
        _Valued(match["name"], Decimal(match["value"]), match["unit"], match.start("name"), match.end("unit"))
        for match in _VALUED.finditer(sentence.text)
        if not _NO_NAME.search(match["name"])
    ]
    units = [one.unit for one in found]
    return [one for one in found if one.unit == max(units, key=units.count)] if found else []


def _ordered(paper: Paper, sentence: Sentence, listed: Sequence[_Valued]) -> Iterator[Contradiction]:
    """Check 从高到低依次为甲县95.2分、乙县93.1分、丙县94.0分: one step goes the other way."""
    if len(listed) < _LEAST_ORDERED:
        return
    lead = sentence.text[: listed[1].start]
    sign = 1 if _DOWN.search(lead) else -1 if _UP.search(lead) else 0
    whole = sentence.text[listed[0].start : listed[-1].end]
    wrong = [(one, other) for one, other in pairwise(listed) if (other.value - one.value) * sign > 0]
    if sign and len(wrong) == 1 and "；" not in whole and "其中" not in whole:
        one, other = wrong[0]
        place = paper.evidence(sentence.start + one.start, sentence.start + other.end)
        yield paper.found("rank-order", place, units=place.quote)


def _next_to_most(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 最多的是3月（71件），其次是11月（75件）."""
    for match in _MOST_THEN_NEXT.finditer(sentence.text):
        more = Decimal(match["second"]) - Decimal(match["first"])
        if (more > 0) if match["by"] in "多高大快好" else (more < 0):
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("rank-order", place, units=place.quote)


def _beyond(
    paper: Paper, sentence: Sentence, here: Sequence[_Valued], before: Sequence[_Valued]
) -> Iterator[Contradiction]:
    """Check 超过10件的科室有3个 against the figures listed, and that those named as such are such."""
    for match in (match for pattern in _BEYOND for match in pattern.finditer(sentence.text)):
        bound, count = Decimal(match["bound"]), chinese_number(match["count"]) or 0
        behind = [one for one in here if one.start >= match.end() and one.unit == match["unit"]]
        ahead = [one for one in here if one.end <= match.start() and one.unit == match["unit"]]
        members = bool(behind) and _MEMBERS.match(sentence.text[match.end() : behind[0].end]) is not None
        listed = behind if members else ahead or [one for one in before if one.unit == match["unit"]]
        listed = listed[:count] if members else listed
        if len(listed) < _LEAST or re.search(r"\d[^，。；：]{0,3}[至到—-]$", sentence.text[: match.start("bound")]):
            continue
        if re.search("[最各每]|其余|其他", sentence.text[max(0, match.start() - 4) : match.start()]):
            continue
        known = _numbers_beyond(match, bound, [one.value for one in listed])
        if known and count not in known and abs(count - max(known)) <= _MOST_OFF:
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("count-of-list", place, count=count, listed=max(known))


def _numbers_beyond(match: re.Match[str], bound: Decimal, values: Sequence[Decimal]) -> set[int]:
    """Return how many values lie beyond a bound, the bound itself with and without where it may count."""
    relation, side = match["rel"] or "", match["side"]
    if not (side or relation) or (relation == "在" and not side):
        return set()
    more = side == "上" or bool(not side and re.fullmatch(rf"{_MORE}|达到|不低于|不少于", relation))
    strictly = sum(value > bound if more else value < bound for value in values)
    exact = sum(value == bound for value in values)
    return {strictly} if re.fullmatch(rf"{_MORE}|{_LESS}", relation) and not side else {strictly + exact, strictly}
