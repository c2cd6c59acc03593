"""Counts of all but some against what is left by name or number: 9条完成7条，第5条、第8条正在推进; 12个县区中11个已上线，甲县尚未."""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_LEFT = r"(?:目前|现|因[^，。；、]{1,12}?)?(?:正在|正按|尚|仍|还|暂|未|没有|待|需|因|拟)"
_ORDINALS = re.compile(
    rf"(?<=[，；])(?:其余|余下|剩余|剩下)?(?:的)?(?P<items>第(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?P<unit>[条项个件点类])(?:[、和及与]第(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?P=unit))*)[^，。；：、\d]{{0,8}}?{_LEFT}"
)
_NAMES = re.compile(
    rf"(?<=[，；])(?:只有|仅有?|唯有|唯|而)?(?P<items>[^，。；：、\d（）“”]{{2,12}}?(?:[、和及与][^，。；：、\d（）“”和及与]{{2,12}}?)*?)(?:也)?{_LEFT}"
)
_AND_SO_MANY = re.compile(
    rf"(?<=[，；])(?:只有|仅有?|唯有|唯|而)?[^，。；：\d（）]{{2,40}}?(?:等|这)?(?P<count>[\d一二两三四五六七八九十]{{1,2}})(?P<unit>[个家项条件名所])[^，。；：\d]{{0,20}}?{_LEFT}"
)
_ORGAN = re.compile(r"(?:[局委办厅院会社馆所站县区市镇乡州村校科室处股队]|中心|公司|街道|社区|小学|中学)$")
_DONE = re.compile(
    r"^[^，。；：\d]{0,14}(?:中|里|当中|内)，?[^，。；\d]{0,8}$|^[^。；：\d]{0,16}(?:完成|已|办结|整改|建成|上线|达标|销号|落实|采纳)[^，。；：\d]{0,6}$"
)
_BUT = re.compile(
    r"除[^，。；\d]{0,6}(?P<some>\d{1,3})(?P<unit>[件个项家条名户份篇])[^，。；\d]{0,14}(?:之?外|以外)，?(?:其余|余下|其他|剩余|另外)的?(?P<rest>\d{1,4})(?P=unit)"
)
_APART = re.compile(r"其余|其中|另|同比|较|上年|每|各|增|减")
_MOST_OFF, _MOST, _LONGEST = 2, 60, 12


def check_remaining(paper: Paper) -> Iterator[Contradiction]:
    """Take what is done from the whole, and compare the rest with what is told of it in the clause behind."""
    for index, sentence in enumerate(paper.sentences):
        yield from _but_some(paper, sentence, paper.sentences[max(0, index - 1) : index])
        counts = counts_told(sentence)
        for at, (whole, done) in enumerate(pairwise(counts)):
            between = sentence.text[whole.end : done.start]
            if whole.unit == done.unit and 1 < whole.value <= _MOST and _DONE.match(between):
                behind = counts[at + 2 :]
                yield from _left(paper, sentence, whole, done, behind)


def _but_some(paper: Paper, sentence: Sentence, before: tuple[Sentence, ...]) -> Iterator[Contradiction]:
    """Check 共20件。除1件涉密提案外，其余19件……."""
    for match in _BUT.finditer(sentence.text):
        counts = [item for one in before for item in counts_told(one)]
        counts += [item for item in counts_told(sentence) if item.end <= match.start()]
        wholes = [int(item.value) for item in counts[-1:] if item.unit == match["unit"]]
        rest = int(match["rest"])
        if wholes and wholes[0] > rest and 0 < abs(wholes[0] - int(match["some"]) - rest) <= _MOST_OFF:
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            worked_out = f"{wholes[0] - int(match['some'])}{match['unit']}"
            yield paper.found("figure-follows", place, worked_out=worked_out, stated=f"{rest}{match['unit']}")


def _left(
    paper: Paper, sentence: Sentence, whole: Quantity, done: Quantity, behind: tuple[Quantity, ...]
) -> Iterator[Contradiction]:
    left = int(whole.value - done.value)
    clause = sentence.text.find("，", done.end)
    if clause < 0 or _APART.search(sentence.text[whole.start : clause + 3]) or left < 0:
        return
    if ordinals := _ORDINALS.match(sentence.text, clause + 1):
        listed = len(re.split("[、和及与]", ordinals["items"]))
        span = (whole.start, ordinals.end())
        if ordinals["unit"] == whole.unit and left:
            yield from _found(paper, sentence, span, left=left, listed=listed)
        return
    if behind and (told := _AND_SO_MANY.match(sentence.text, clause + 1)) and told["unit"] == whole.unit:
        item = next((one for one in behind if one.start == told.start("count")), None)
        if item and len(behind) == 1 and item.start <= told.end():
            yield from _found(paper, sentence, (whole.start, told.end()), left=left, listed=int(item.value))
        return
    names = _NAMES.match(sentence.text, clause + 1)
    items = re.split("[、和及与]", names["items"]) if names else []
    plain = items and all(_ORGAN.search(item) and len(item) <= _LONGEST for item in items)
    if names and plain and left and "等" not in names["items"]:
        yield from _found(paper, sentence, (whole.start, names.end()), left=left, listed=len(items))


def _found(
    paper: Paper, sentence: Sentence, span: tuple[int, int], *, left: int, listed: int
) -> Iterator[Contradiction]:
    if 0 < abs(left - listed) <= _MOST_OFF:
        place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
        yield paper.found("count-of-list", place, count=left, listed=listed)
