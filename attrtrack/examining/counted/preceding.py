"""Counts of the list told right before them: 幸福里、阳光城、锦绣园为试点小区，三个小区……; 甲局2件、乙局1件，涉及两个单位; “网站+微信+微博”三位一体."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import joins, listed_wrongly
from attrtrack.examining.text.figures import chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?<![第\d.一二三四五六七八九十])(?P<count>\d{1,2}|[二两三四五六七八九])"
_UNIT = r"[个家名位种类项者方级地所处案关场县市区镇乡村]|大类|位同志"
_RECALLS = re.compile(
    rf"(?:^|(?<=[，；]))(?:这|上述|以上|对|对这|对上述|在|由|将|把|通过|[\u4e00-\u9fff]{{2,4}}可通过|涉及|涉及到|来自|共涉及|分布在)?(?!二[类级]){_COUNT}(?P<unit>{_UNIT})(?P<behind>[^，。；：、（\d]{{0,24}})(?P<next>[，。；：、（\d]|$)"
)
_PLUS = re.compile(
    rf"“?(?P<items>[^，。；：“”+\d]{{1,10}}(?:\+[^，。；：“”+\d]{{1,10}}){{1,8}})”?(?:的)?{_COUNT}(?:位一体|[端级种类项重方步环合])"
)
_LEVELS = re.compile(rf"(?P<items>[^，。；：“”\d]+、[^，。；：“”\d]+?)的{_COUNT}[级重方](?=[\u4e00-\u9fff])")
_FIGURED = re.compile(r"^[^\d]{2,14}\d{1,4}(?P<unit>[\u4e00-\u9fff])$")
_FIGURED_UNITS = re.compile(r"单位|部门|科室|乡镇|县|区|局|街道|镇|社区|村|学校|医院|地|站点|领域|类")
_NOT_ITS = re.compile(
    r"^(?:以[上下]|余|多|左右|人次|月|小时|工作日|百分点|不同|新|其他|其它)|分别|依次|各|之一|如下|[是为即有]$|包括|另"
)
_OPEN = re.compile(r"等|如|例|其[中他它余]|主要|包括但|之一|至少|另|还|部分|除|或|若干|既|也有|未|没|不|上述|以上")
_NO_ITEM = re.compile(r"[“”]|\d|^[一二三四五六七八九十]{1,3}$")
_LEAST, _LONGEST, _LONGEST_LIST = 2, 14, 120


def check_preceding(paper: Paper) -> Iterator[Contradiction]:
    """Compare each count that opens a clause with the one list before it, of its sentence or the one before."""
    for at, sentence in enumerate(paper.sentences):
        for match in _RECALLS.finditer(sentence.text):
            lead = sentence.text[: match.start()].rstrip("，；")
            near = lead or (paper.sentences[at - 1].text if at and match.start() == 0 else "")
            yield from _recalled(paper, sentence, match, near)
        for match in (*_PLUS.finditer(sentence.text), *_LEVELS.finditer(sentence.text)):
            items = re.split("[+、]", match["items"])
            plain = not (_OPEN.search(match["items"]) or joins(match["items"]))
            if plain and len(items) > _LEAST - ("+" in match["items"]):
                count = chinese_number(match["count"]) or 0
                yield from listed_wrongly(paper, sentence, match.span(), count=count, listed=len(items))


def _recalled(paper: Paper, sentence: Sentence, match: re.Match[str], near: str) -> Iterator[Contradiction]:
    count = chinese_number(match["count"]) or 0
    if _NOT_ITS.search(match["behind"]) or match["next"] in set("：、（"):
        return
    items = _the_list(near)
    told = {int(item.value) for item in counts_told(Sentence(near, 0)) if item.value > 1}
    figured = [_FIGURED.match(item) for item in items]
    if any(figured):
        whole = all(figured) and _FIGURED_UNITS.search(match["behind"]) and match["unit"] in {"个", "家", "类"}
        told = {count} if not whole or count == len(items) else set()
    elif any(map(_NO_ITEM.search, items)):
        return
    joined = joins(items[-1]) if items else 0
    far = (
        0
        if len(items) <= count <= len(items) + joined
        else min(abs(count - len(items)), abs(count - len(items) - joined))
    )
    if (
        len(items) + joined >= _LEAST
        and far == 1
        and count not in told
        and not told & {len(items), len(items) + joined}
    ):
        span = (match.start("count"), match.end("unit"))
        listed = len(items) if count < len(items) else len(items) + joined
        yield from listed_wrongly(paper, sentence, span, count=count, listed=listed)


def _the_list(text: str) -> Sequence[str]:
    """Return the items of the one list of a text, nothing where there are more, or where it may go on."""
    clauses = [clause for clause in re.split("[，；：。]", text[-_LONGEST_LIST:]) if clause]
    lists = [clause for clause in clauses if "、" in clause]
    if len(lists) != 1 or _OPEN.search(text[-_LONGEST_LIST:]) or "（" in lists[0] or lists[0] not in clauses[-_LEAST:]:
        return ()
    items = lists[0].split("、")
    if max(map(len, items[1:-1]), default=0) > _LONGEST or min(map(len, items)) < 1:
        return ()
    return items
