"""Counts told again by what became of them: 两案均已审结, 仍为3人, 4次上线中, 来自企业的2件, 11名理事全部出席."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import near_slip, told_differently
from attrtrack.examining.text.figures import Quantity, chinese_number, counts_told, quantities, same_unit
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?<![第\d.一二三四五六七八九十])(?P<count>\d{1,3}|[二两三四五六七八九十]{1,2})"
_CASES = re.compile(
    rf"(?:^|(?<=[，；。：]))(?:上述|以上|这)?{_COUNT}(?P<unit>案)(?=[均都全皆已]|目前|现|一并|合并|[由经])"
)
_CASE_UNITS = frozenset({"件", "起", "宗", "例"})
_SAME_AS_BEFORE = re.compile(
    r"(?:未|没有|无|不)(?:作|做|有|再|发生|进行)?(?:任何)?(?:调整|变化|变动|变更|增减|增加|减少|变)|保持不变|保持稳定|与(?:上年|去年)(?:持平|相同|一致)"
)
_STILL = re.compile(r"(?:仍然?|依然|还|继续|保持|维持)[是为在有]?(?:原有的|原来的)?$")
_AMONG = re.compile(r"^(?P<noun>[\u4e00-\u9fff]{2,4})(?:当中|之中|中)(?!心|国|央|医|学|小)")
_ATTENDED = re.compile(
    r"^(?P<noun>[\u4e00-\u9fff]{2,4}?)(?:全部|全体|悉数|均|都|全数)(?:到会|到场|出席|参加|到齐|签到|在场|与会)"
)
_MADE_OF = re.compile(r"由$|共有?$|现有$|设有?$|聘[请任]了?$|共$")
_DONE_SO = re.compile(r"(?:^|[，；：、。（对将把就在从])(?P<verb>[\u4e00-\u9fff]{2,8})的$")
_SEPARATE = re.compile(r"每|各|另|其余|其他|其它|别的|又|再|新|增|减|同比|较|上年|去年|至少|不少于|以上|其中")
_EXACT = re.compile(r"[受被][\u4e00-\u9fff]{0,6}")
_BUT_THESE = re.compile(
    r"除(?:了)?(?:此|这|该|上述|以上)(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,2})(?P<unit>[件起宗例次人名条项家个])[^，。；：\d]{0,8}?(?:之?外|以外)"
)
_BEFORE, _LEAST, _MOST_COUNTS, _SHORT = 2, 2, 40, 2


def check_recounted(paper: Paper) -> Iterator[Contradiction]:
    """Compare each sentence with itself and the two before it."""
    for at, sentence in enumerate(paper.sentences):
        before = paper.sentences[max(0, at - _BEFORE) : at]
        yield from _cases(paper, sentence, before)
        yield from _but_these(paper, sentence, before)
        counts = counts_told(sentence)
        for item in counts if len(counts) <= _MOST_COUNTS else ():
            yield from _still(paper, sentence, item, before)
            yield from _among(paper, sentence, item, before)
            yield from _attended(paper, sentence, item, before)
            yield from _all_told(paper, sentence, item, before)
            yield from _of_kind(paper, sentence, item, before)


_Told = tuple[Sentence, Quantity]


def _told(sentence: Sentence, end: int, before: Sequence[Sentence]) -> list[_Told]:
    """Return the counts of the sentences before, and of this one up to a place."""
    earlier = [(one, item) for one in before for item in counts_told(one)]
    return earlier + [(sentence, item) for item in counts_told(sentence) if item.end <= end]


def _clause(one: Sentence, item: Quantity) -> str:
    return re.split("[，；：。]", one.text[: item.start])[-1] + "｜" + re.split("[，；：。]", one.text[item.end :])[0]


def _compared(
    paper: Paper, sentence: Sentence, item: Quantity, alike: Sequence[_Told], noun: str
) -> Iterator[Contradiction]:
    """Tell a count that differs from the one figure that all earlier tellings give."""
    values = {int(other.value) for _, other in alike}
    if len(values) == 1 and near_slip(int(item.value), next(iter(values))):
        first = f"{next(iter(values))}{alike[0][1].unit}"
        yield from told_differently(paper, sentence, (item.start, item.end), noun=noun, first=first)


def _cases(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 诉讼2件：张某诉某局案；刘某诉某局案。三案均已审结."""
    for match in _CASES.finditer(sentence.text):
        told = [item for _, item in _told(sentence, match.start(), before) if item.unit in _CASE_UNITS]
        values = {int(item.value) for item in told if item.value > 1}
        count = chinese_number(match["count"]) or 0
        if len(values) == 1 and near_slip(count, next(iter(values))) and len(told) == 1:
            first = f"{next(iter(values))}{told[0].unit}"
            span = (match.start("count"), match.end())
            yield from told_differently(paper, sentence, span, noun="案", first=first)


def _still(paper: Paper, sentence: Sentence, item: Quantity, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 配备3人。人员总数未作调整，仍为4人."""
    lead = sentence.text[: item.start]
    if _STILL.search(lead) and _SAME_AS_BEFORE.search(lead[-30:]):
        told = [(one, other) for one in (*before, sentence) for other in quantities(one)]
        alike = [
            (one, other)
            for one, other in told
            if other.whole and same_unit(other.unit, item.unit) and (one is not sentence or other.end < item.start)
        ]
        yield from _compared(paper, sentence, item, alike, item.unit)


def _all_told(paper: Paper, sentence: Sentence, item: Quantity, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 两轮共计19个。17个问题列成清单: a sentence opens with the sum that the one before it closes with."""
    last = counts_told(before[-1])[-1:] if before and item.start == 0 else ()
    if last and last[0].end == len(before[-1].text) and not item.after.startswith(("中", "的")):
        summed = re.search("(?:共计?|合计|总计|累计)[^，。；：]{0,4}$", before[-1].text[: last[0].start])
        alike = [(before[-1], last[0])] if summed and last[0].unit == item.unit else []
        yield from _compared(paper, sentence, item, alike, item.unit)


def _but_these(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 收到复议申请1件……。除此1件外，无其他复议案件."""
    for match in _BUT_THESE.finditer(sentence.text):
        told = [one for one in _told(sentence, match.start(), before) if one[1].unit == match["unit"]]
        values = {int(other.value) for _, other in told}
        count = chinese_number(match["count"]) or 0
        if len(values) == 1 and near_slip(count, next(iter(values))):
            first = f"{next(iter(values))}{match['unit']}"
            span = (match.start("count"), match.end("unit"))
            yield from told_differently(paper, sentence, span, noun=match["unit"], first=first)


def _among(paper: Paper, sentence: Sentence, item: Quantity, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 上线“热线”4次；5次上线中……: what was done so often is spoken of again."""
    match = _AMONG.match(sentence.text[item.end :])
    lead = sentence.text[: item.start]
    if match is None or item.value < _LEAST or not re.search("(?:^|[，；：。])(?:在|这|上述|以上|所有)?$", lead):
        return
    told = _told(sentence, item.start, before)
    ones = [one for one in told if one[1].unit == item.unit and one[1].value > 1]
    alike = [one for one in ones if match["noun"] in _clause(*one)]
    if len(alike) == len(ones):
        yield from _compared(paper, sentence, item, alike, match["noun"])


def _attended(paper: Paper, sentence: Sentence, item: Quantity, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 由11名理事组成……12名理事全部出席: all there are."""
    match = _ATTENDED.match(sentence.text[item.end :])
    if match is None:
        return
    told = _told(sentence, item.start, before)
    alike = [
        (one, other)
        for one, other in told
        if same_unit(other.unit, item.unit)
        and one.text.startswith(match["noun"], other.end)
        and _MADE_OF.search(one.text[: other.start])
    ]
    yield from _compared(paper, sentence, item, alike, match["noun"])


def _of_kind(paper: Paper, sentence: Sentence, item: Quantity, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 2件来自企业，来自企业的3件…… and 被省通报的网站有6个，对被通报的5个网站……: the same words, the figure elsewhere."""
    lead = sentence.text[: item.start]
    match = _DONE_SO.search(lead)
    if match is None or _SEPARATE.search(lead[-12:]):
        return
    verb = re.sub("^[对将把就在从]", "", match["verb"])
    told = [one for one in _told(sentence, match.start(), before) if same_unit(one[1].unit, item.unit)]
    behind = [one for one in told if len(verb) > _SHORT and one[0].text.startswith(verb, one[1].end)]
    noun = re.split("[的均都已全，。；：、]", item.after)[0][:_SHORT]
    named = rf"{_EXACT.pattern}{re.escape(verb[-_SHORT:])}的{re.escape(noun)}[有共为是]*$"
    labelled = [
        one
        for one in told
        if len(noun) == _SHORT and verb[:1] in "被受" and re.search(named, one[0].text[: one[1].start])
    ]
    yield from _compared(paper, sentence, item, behind or labelled, verb)
