"""Counts of one noun told again in a passage: 3个园区……，4个园区共有……; shared out (每个股室1名); of pairs told one by one."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import mismatch
from attrtrack.examining.text.figures import Quantity, chinese_number, counts_told, same_unit
from attrtrack.examining.text.paper import Paper, Sentence

_OPENS = re.compile(
    r"(?:^|[，；：。（])(?:今年|本年|全年|本次|此次|今年以来)?的?(?:这|该|上述|以上|所有|全部|全体|对|将|把|从|由|在|目前|表中|表内|上表|我[局县市区镇乡委办]的?)*(?:的)?$"
)
_WHOLE = re.compile(
    r"^(?P<noun>[\u4e00-\u9fff]{2,8}?)(?:[总合]?共|均|都|全部|全都|全|皆|累计|合计|总计|现已|已全|实现|一目了然|的|在|中|里|名单|并|逐|同步|统一|平均|人均|各(?=有|设|配|有|选)|$|[，。；、])"
)
_SELECTING = re.compile(r"其中|其余|另|余|剩|还有|仅|只|未|没|不|部分|上年|去年|较|比|增|新|第|每|各|占|前$|后$|再")
_EACH = re.compile(
    r"(?:每|各(?=[市县区镇乡村地单]))(?P<one>个|名|家|组|场|期|次|批|轮|处|村|镇|乡|人|所|县|区)?(?P<of>[\u4e00-\u9fff]{0,8}?)(?:各|均|都|安排|确定|配备|配|下设|开设|分设|内设|设|选派|抽调|派出|明确|发放|提交|形成|撰写|印发|张贴|制作|包含|包括|有|为|召开|举办|组织|开展|公开|报送|推荐|提交|上报|申报|选送|编报|分别)*(?:(?<=配备|设置|安装|摆放|发放)[\u4e00-\u9fff]{1,8}?)?(?=\d|[一二两三四五六七八九十](?![级类体线般次性]))"
)
_SUMMED = re.compile(r"(?:共|合计|累计|总计)[\u4e00-\u9fff]{0,6}$")
_PAIR = re.compile(
    r"(?:^|(?<=[：，；、]))(?P<name>[\u4e00-\u9fff]{2,12}?)(?:报送|发布|公开|有|为|共)?(?P<value>\d{1,6})(?P<unit>[条件篇个人次份项场家户名期])(?=[，；、。]|$)"
)
_OF_PAIRS = re.compile(
    r"(?:^|(?<=[，；]))(?:以上|上述|这)?(?P<count>\d{1,2})[个家](?P<noun>[\u4e00-\u9fff]{1,8}?)(?:一共|总共|共计|累计|合计|共|总计)(?:[\u4e00-\u9fff]{0,6}?)(?P<total>\d{1,7})(?P<unit>[条件篇个人次份项场家户名期])"
)
_DEFINITE = re.compile(r"(?:这|该|上述|以上|所有|全部|(?:^|[，；：。])(?:对|将|从)?[\u4e00-\u9fff]{2}的)$")
_NOUN = re.compile(r"^(?P<noun>[\u4e00-\u9fff]{2})")
_ENDED = re.compile(
    r"^(?P<noun>[\u4e00-\u9fff]{1,5}?)(?=[总合]?共|均|都|全|皆|累计|合计|总计|现已|已|的|在|，|。|；|参加|报送|开展|完成|名单|各|汇编|全)"
)
_ORGANS = frozenset({"单位", "部门", "地区", "厅局", "地方", "主体"})
_ORGAN = re.compile(r"(?:[局委办厅部署院会社馆所站县区市镇乡州]|中心|公司|集团|街道)$")
_ORGAN_IN = re.compile(r"[局委办厅部署院会社馆所站县区市镇乡州]|中心|公司|集团|街道")
_OF_PLACES = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:、[\u4e00-\u9fff]{1,8})+?(?P<count>\d{1,2}|[二三四五六七八九十]{1,2})个?(?P<place>[省市县区州镇乡村局厅])(?![长政委])"
)
_TITLES = re.compile(
    r"(?<![》”、])(?P<titles>(?:《[^《》]{1,60}》[、和及与]?){2,}|(?:“[^“”]{1,40}”[、和及与]?){2,})，(?:这|以上|上述)?$"
)
_LIST = re.compile(r"[\u4e00-\u9fff]{2,12}(?:、[\u4e00-\u9fff]{2,14})+")
_VERBED = re.compile(r"(?:^|[，；：。])(?:对|将|从)?(?P<verb>[\u4e00-\u9fff]{2})的$")
_NEAR, _MOST_OFF, _LEAST_PAIRS, _BEFORE, _MOST_COUNTS = Decimal("0.65"), 2, 2, 2, 40


def check_again(paper: Paper) -> Iterator[Contradiction]:
    """Compare counts with those of the same noun in the sentences before, and with what they are told to share out."""
    for at, sentence in enumerate(paper.sentences):
        before = paper.sentences[max(0, at - _BEFORE) : at]
        if not 0 < len(counts_told(sentence)) <= _MOST_COUNTS:
            continue
        yield from _again(paper, sentence, before)
        yield from _of_names(paper, sentence, before)
        yield from _pointed(paper, sentence, before)
        yield from _of_places(paper, sentence, before)
        yield from _of_parts(paper, sentence, before)
        yield from _pairs(paper, sentence)
        yield from _shared(paper, sentence, before)


def _found(paper: Paper, sentence: Sentence, item: Quantity, noun: str, first: str) -> Contradiction:
    place = paper.evidence(sentence.start + item.start, sentence.start + item.end)
    return paper.found("counts-differ", place, noun=noun, first=first, second=place.quote)


def _again(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 走进甲园、乙园、丙园3个园区，……，4个园区共有86家企业参加."""
    for item in counts_told(sentence):
        lead, rest = sentence.text[: item.start], sentence.text[item.end :]
        whole = _WHOLE.match(rest) or (_DEFINITE.search(lead) and _NOUN.match(rest))
        clause = re.split(r"[，；：（。]", lead)[-1]
        verbed = _VERBED.search(lead)
        opens = _OPENS.search(lead) or (verbed and verbed["verb"] in "".join(one.text for one in before[-1:]))
        if item.value <= 1 or whole is None or not opens or _SELECTING.search(clause):
            continue
        noun = whole["noun"]
        earlier = [(one, other) for one in before for other in counts_told(one)]
        earlier += [(sentence, other) for other in counts_told(sentence) if other.end < item.start]
        alike = [(one, other) for one, other in earlier if other.unit == item.unit and _names(one, other, noun)]
        values = {other.value for _, other in alike}
        units = [other.value for _, other in earlier if other.unit == item.unit]
        behind = [other for other in counts_told(sentence) if other.start > item.end and other.after.startswith(noun)]
        with_others = {item.value + other.value for other in behind}
        if values & with_others:
            continue
        if len(values) == 1 and _is_near(item.value, next(iter(values))) and not _is_made_of(item.value, units):
            one, other = alike[0]
            if not _parts_of(one, other):
                yield _found(paper, sentence, item, noun, one.text[other.start : other.end])


def _of_names(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 甲县、乙县、丙县来学习，……，三个县共来访60人次: names of one ending, and the count of what ends so."""
    for item in counts_told(sentence):
        match = _ENDED.match(sentence.text[item.end :])
        lead = sentence.text[: item.start]
        clause = re.split(r"[，；：（。]", lead)[-1]
        if item.value <= 1 or match is None or not _OPENS.search(lead) or _SELECTING.search(clause):
            continue
        quoted = _TITLES.search(lead)
        if quoted and item.unit in {"项", "个", "部", "件", "份", "篇"}:
            listed = len(re.findall("[》”]", quoted["titles"]))
            if 0 < abs(listed - int(item.value)) <= _MOST_OFF:
                place = paper.evidence(sentence.start + quoted.start(), sentence.start + item.end)
                yield paper.found("count-of-list", place, count=int(item.value), listed=listed)
            continue
        texts = [*(one.text for one in before[-1:]), lead]
        lists = [names for text in texts for names in _lists(text, match["noun"])]
        told = [other for one in before for other in counts_told(one)] + [
            other for other in counts_told(sentence) if other.end < item.start
        ]
        known = {other.value for other in told if other.unit == item.unit}
        if len(lists) == 1 and item.value not in known and mismatch(lists[0], int(item.value), is_open=False):
            place = paper.evidence(sentence.start + item.start, sentence.start + item.end)
            yield paper.found("count-of-list", place, count=int(item.value), listed=len(lists[0]))


def _pointed(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 复议申请1件。……该1件答复……: one figure of the unit was told, and this points at it."""
    for item in counts_told(sentence):
        told = [other for one in before[-1:] for other in counts_told(one)] + list(counts_told(sentence))
        values = {other.value for other in told if other.end < item.start or other not in counts_told(sentence)}
        alike = {other.value for other in told if other.unit == item.unit and other is not item}
        if sentence.text[: item.start].endswith("该") and len(alike) == 1 and values and not alike & {item.value}:
            first = next(other for other in told if other.unit == item.unit and other is not item)
            if abs(first.value - item.value) <= _MOST_OFF:
                yield _found(paper, sentence, item, item.after[:4], f"{int(first.value)}{first.unit}")


def _of_places(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 深圳、珠海、汕头、佛山四市……，四个试点市均……."""
    for item in counts_told(sentence):
        match = _ENDED.match(sentence.text[item.end :])
        lead = sentence.text[: item.start]
        if match is None or not _OPENS.search(lead) or _SELECTING.search(re.split(r"[，；：（。]", lead)[-1]):
            continue
        texts = [*(one.text for one in before[-1:]), lead]
        told = [
            chinese_number(one["count"])
            for text in texts
            for one in _OF_PLACES.finditer(text)
            if one["place"] == match["noun"][-1]
        ]
        if len(told) == 1 and told[0] and 0 < abs(told[0] - int(item.value)) <= _MOST_OFF:
            yield _found(paper, sentence, item, match["noun"], f"{told[0]}{match['noun'][-1]}")


def _of_parts(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 约谈2人，通报批评1人，调离1人。受到问责的4人中……: so many were told one by one in the sentence before."""
    for item in counts_told(sentence)[:1]:
        parts = [other for one in before[-1:] for other in counts_told(one)]
        alike = [other.value for other in parts if other.unit == item.unit]
        of_them = re.search("的$", sentence.text[: item.start]) and re.match(
            "[\u4e00-\u9fff]{0,4}[中里]，", sentence.text[item.end :]
        )
        whole = of_them and len(alike) == len(parts) >= _LEAST_PAIRS and not _is_made_of(item.value, alike)
        if whole and abs(sum(alike) - item.value) == 1:
            yield _found(paper, sentence, item, item.unit, f"{int(sum(alike))}{item.unit}")


def _lists(text: str, noun: str) -> Iterator[list[str]]:
    """Yield the lists of names that all end in the last or the first sign of a noun."""
    for match in _LIST.finditer(text):
        names = match[0].split("、")
        ends = {name[-1] for name in names[:-1]}
        tail = next(iter(ends))
        same = len(ends) == 1 and tail in {noun[-1], noun[0]} and tail in names[-1]
        organs = noun in _ORGANS and all(_ORGAN.search(name) for name in names[:-1]) and _ORGAN_IN.search(names[-1])
        if (same or organs) and not re.search("等|[和及与]", match[0]):
            yield names


def _names(sentence: Sentence, item: Quantity, noun: str) -> bool:
    """Whether a count is of the noun: it follows the unit, or closes what stands before the count."""
    behind = sentence.text[item.end : item.end + 12]
    label = re.sub(r"[了共计有达为约到]+$", "", sentence.text[max(0, item.start - 14) : item.start])
    return re.match(rf"(?:(?!各)[\u4e00-\u9fff]){{0,6}}?{noun}", behind) is not None or label.endswith(noun)


def _parts_of(sentence: Sentence, item: Quantity) -> bool:
    clause = re.split(r"[，；：（]", sentence.text[: item.start])[-1]
    return bool(re.search("其中|其余|另|还有|上年|去年|第|每|各|新增|增", clause))


def _is_near(one: Decimal, other: Decimal) -> bool:
    turned = sorted(str(one)) == sorted(str(other))
    return one != other and (turned or abs(one - other) <= _MOST_OFF or min(one, other) >= max(one, other) * _NEAR)


def _is_made_of(value: Decimal, told: Sequence[Decimal]) -> bool:
    """Whether a value was told, or is the sum of some in a row or the difference of two."""
    sums = {sum(told[start:end]) for start in range(len(told)) for end in range(start + 1, len(told) + 1)}
    return value in sums or value in {abs(one - other) for one in told for other in told}


def _pairs(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 办公室42条，法规科17条，审批科25条，3个科室共84条: the figures add up, so the names are as many."""
    for whole in _OF_PAIRS.finditer(sentence.text):
        pairs = [match for match in _PAIR.finditer(sentence.text, 0, whole.start()) if match["unit"] == whole["unit"]]
        for size in range(_LEAST_PAIRS, len(pairs) + 1):
            if sum(int(match["value"]) for match in pairs[-size:]) != int(whole["total"]):
                continue
            if 0 < abs(int(whole["count"]) - size) <= _MOST_OFF:
                place = paper.evidence(sentence.start + whole.start(), sentence.start + whole.end())
                yield paper.found("count-of-list", place, count=int(whole["count"]), listed=size)
            return


def _shared(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 5个股室均明确信息员，6名信息员名单已备案，每个股室1名: so many of each of so many make the whole."""
    for match in _EACH.finditer(sentence.text):
        counts = [item for one in (*before[-1:], sentence) for item in counts_told(one)]
        here = counts_told(sentence)
        per = next((item for item in here if item.start == match.end()), None)
        unit, noun = match["one"] or "", match["of"]
        if per is None or not (unit or noun):
            continue
        holders = {item.value for item in counts if _holds(item, unit, noun) and item is not per and item.value > 1}
        holders = holders or _holding_one(noun, sentence)
        wholes = [
            item
            for item in here
            if item is not per
            and same_unit(item.unit, per.unit)
            and item.value > 1
            and not _holds(item, unit, noun)
            and not _SELECTING.search(re.split(r"[，；：（]|各[县区乡镇村部单地科]", sentence.text[: item.start])[-1])
        ]
        summed = [item for item in wholes if _SUMMED.search(sentence.text[: item.start])]
        wholes = summed if len(summed) == 1 else wholes
        if len(holders) == 1 and len(wholes) == 1:
            product = next(iter(holders)) * per.value
            whole = wholes[0]
            others = sum(item.value for item in here if item not in {per, whole} and item.unit == per.unit)
            if (
                whole.value not in {product, product + others}
                and _is_near(whole.value, product)
                and whole.value not in holders
            ):
                place = paper.evidence(sentence.start + whole.start, sentence.start + whole.end)
                yield paper.found("figure-follows", place, worked_out=f"{int(product)}{whole.unit}", stated=place.quote)


def _holding_one(noun: str, sentence: Sentence) -> set[Decimal]:
    """Return how many have one of a noun each: 10个县均已设立专区."""
    return {
        item.value
        for item in counts_told(sentence)
        if len(noun) > 1
        and item.value > 1
        and re.match(
            rf"[\u4e00-\u9fff（、）]{{1,8}}?(?:均|都|全部|各)[^，。；\d]{{0,14}}{noun}(?=[，。；])",
            sentence.text[item.end :],
        )
    }


def _holds(item: Quantity, unit: str, noun: str) -> bool:
    """Whether a count is of what each has its share of: the noun behind it or before it."""
    if unit and not noun:
        return item.unit == unit or re.match(rf"[\u4e00-\u9fff]{{0,6}}{unit}(?![成织长建])", item.after) is not None
    return (not unit or item.unit == unit) and bool(
        noun
        and (item.after.startswith(noun) or item.after[: len(noun) + 4].endswith(noun) or item.label.endswith(noun))
    )
