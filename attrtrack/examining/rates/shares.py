"""Percentages worked out again: shares of a total, rates, and changes against an earlier figure."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.rates.changes import check_change, is_turned
from attrtrack.examining.rates.comparing import (
    TRIFLE,
    comparable,
    different,
    pairs_up,
    percent,
    readings,
    wrong_percentage,
)
from attrtrack.examining.text.figures import (
    Percentage,
    Quantity,
    percentages,
    printed,
    quantities,
    same_unit,
    share_slack,
)
from attrtrack.examining.text.paper import Paper, Sentence

_SHARE = re.compile(r"(?:占|占比|比重|所占比例)[^，；。]{0,24}$")
_ALIGNED = re.compile(r"(?:分别|依次)[^，。；]{0,16}$")
_IN_TURN = re.compile(r"分别|依次")
_OWN_SHARE = re.compile(r"^[（，]?(?:约?占|占比)[^，。；\d]{0,6}\d")
_RATE = re.compile(r"(?P<name>[\u4e00-\u9fff]{0,8}(?:率|比例))[^，；。\d]{0,8}$")
_CHANGE = re.compile(
    r"(?:同比|增长|增加|增幅|减少|下降|降低|提高|上升|提升|压减|减幅|降幅|涨幅|上涨|回落|多|少|压缩|缩短|精简|[高低]出?|下滑|回升|攀升|[升降增减跌涨提]幅|缩减|提速|翻升|跃升|抬升|走低|走高|回暖|改善|净增|净减)[了达为约到]{0,3}$"
)
_NOT_OF_COUNTS = re.compile(r"出生|死亡|增长|满意|接通|支持|知晓|准确|差错|点击|关注|好评|网办|及格|认可|到达")
_OF_COUNT = re.compile(
    r"[^，。；]{0,16}[，（]?(?:约?占(?:总[\u4e00-\u9fff]{0,4}|全[\u4e00-\u9fff]{0,5}|比)?|比例|[^，。；]{0,6}率|也?就?是)?[为达约]?"
)
_OUT_OF = re.compile(r"[^，。；]{0,10}(?:中|里|之中|当中)的?，?[^，。；\d]{0,12}|，[^，。；\d]{2,12}")
_ALL_DONE = re.compile(
    r"\d[\u4e00-\u9fff]{1,8}(?P<all>均|全部|全数|悉数|都)已?(?:按[时期]|依法|及时|如期)?(?:予以)?(?P<done>[\u4e00-\u9fff]{2})，(?:[\u4e00-\u9fff]{0,4})(?P=done)率(?:为|达到?|是|均为)?$"
)
_IN_BRACKETS = re.compile(r"[^，。；（]{0,6}（[^（）\d]{0,8}")
_THAT_IS = re.compile(r"[^，。；]{0,8}[，（](?:即|计|共|为|也就是|合|仅|只有|才|达)[^，。；\d]{0,4}")
_OF_PLAN = re.compile(
    r"(?:计划|任务|目标|指标|预算|应[\u4e00-\u9fff]{1,4})(?:总?[数量额])?(?:\d[\d.，]*[\u4e00-\u9fff]{1,3})?的$"
)
_PLAN = re.compile(r"计划|任务|目标|指标|预算|应(?!用|急|对)")
_NAMED_RATES = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{1,6}[率比](?:[、和与及][\u4e00-\u9fff]{1,6}[率比])+)分别(?:[为是达有]|达到)"
)
_STEM = re.compile(r"(?:按期|按时|及时|限时|总体|综合|实际|平均|全部|已)?(?P<stem>[\u4e00-\u9fff]{2})(?:率|比例)$")
_ALIKE = {
    "办结": "办结|办理完毕|处理完毕",
    "公开": "公开",
    "合格": "合格|符合|达标",
    "达标": "达标|合格|符合",
    "答复": "答复|回复",
    "回复": "回复|答复|回应",
    "回应": "回应|回复|答复",
    "解读": "解读",
    "完成": "完成",
    "压减": "压减|减少|精简|取消",
    "覆盖": "覆盖",
    "优秀": "优秀",
    "采纳": "采纳",
    "整改": "整改",
    "维持": "维持",
    "纠正": "纠正",
    "受理": "受理",
    "更新": "更新",
    "备案": "备案",
    "审查": "审查",
    "发布": "发布",
    "参与": "参与|参加",
    "占": "占",
}
_NEGATED = re.compile(r"不|未|没有|无")
_CHANGED_BY = re.compile(r"(?:较|比|同比)[^，。；]{0,14}(?:提高|上升|增加|增长|下降|降低)[^，。；]{0,4}$")
_CHANGED = re.compile(r"超出|超额|同比|(?<!新)增|减|降|提高|上升|较|比上|比去")
_WHOLE, _NEAR, _SMALL = Decimal(100), Decimal(12), Decimal(3)
_NEARBY, _FAR = 2, 20


def check_percentages(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Work out every percentage whose figures are stated nearby; the others are counted as not checked."""
    for index, sentence in enumerate(paper.sentences):
        before = paper.sentences[max(0, index - _NEARBY) : index]
        for place in percentages(sentence):
            yield from _one(paper, sentence, place, before)


def _one(
    paper: Paper, sentence: Sentence, place: Percentage, before: Sequence[Sentence]
) -> Iterator[Contradiction | Unchecked]:
    lead = sentence.text[max(0, place.start - 40) : place.start]
    clause = re.split(r"[；。]", lead)[-1]
    if place.points or _CHANGE.search(clause) or _CHANGED_BY.search(clause):
        told = list(check_change(paper, sentence, place))
    elif place.rough:
        return
    elif _OF_PLAN.search(clause):
        told = list(_of_plan(paper, sentence, place))
    elif name := _aligned_name(sentence, place):
        told = list(_aligned_rate(paper, sentence, place, name))
    elif _ALIGNED.search(clause) or _SHARE.search(clause):
        told = list(_share(paper, sentence, place, before))
    elif (rate := _RATE.search(clause)) and not _NOT_OF_COUNTS.search(rate["name"]):
        told = list(_rate(paper, sentence, place, rate["name"], before))
    else:
        told = []
    yield from told or _of_all(paper, sentence, place) or _of_only_two(paper, sentence, place)


def _of_all(paper: Paper, sentence: Sentence, place: Percentage) -> list[Contradiction]:
    """Check 118件均已答复，答复率100%: the rate of what was done to all is the whole."""
    match = _ALL_DONE.search(sentence.text[: place.start])
    if match is None or place.points or place.bounds or place.value == _WHOLE:
        return []
    because = f"说是{match['all']}{match['done']}，比率应为100%"
    return [wrong_percentage(paper, sentence, place, because)]


def _of_only_two(paper: Paper, sentence: Sentence, place: Percentage) -> Iterator[Contradiction]:
    """Check the one percentage of a sentence with only two counts of one unit, wherever they stand, if it is near what they make."""
    counts = [item for item in quantities(sentence) if not item.delta]
    if len(counts) != 2 or len(percentages(sentence)) != 1 or place.points or place.rough:  # noqa: PLR2004 - part and whole
        return
    part, whole = sorted(counts, key=lambda item: item.value)
    lead = sentence.text[: place.start].rpartition("，")[2]
    if part.rough or whole.rough or part.unit == "分" or not (pairs_up(part, whole) or _is_rate_of(lead, part, whole)):
        return
    asked = None if place.bounds else _NOT_OF_COUNTS.search(lead)
    if asked and asked[0] not in part.label + part.after:
        return
    named = _STEM.search(lead) if place.end <= min(item.start for item in counts) and not place.bounds else None
    if named and named["stem"] not in "".join(item.label + item.after for item in counts):
        return
    behind = bool(place.bounds) and place.end <= counts[0].start and not _NEGATED.search(sentence.text)
    behind = behind or (bool(place.bounds) and bool(_THAT_IS.fullmatch(sentence.text, place.end, counts[-1].start)))
    told = [part.value / whole.value] if behind else readings(part, whole)
    shares = _changes(sentence, counts) if _CHANGED.search(sentence.text) else told
    fits = any(place.fits(share, share_slack(part, whole)) for share in shares)
    near = _NEAR * 2 if place.bounds else _NEAR
    if place.bounds and not _is_of_count(sentence.text, place, counts):
        return
    if shares and not fits and min(abs(share * 100 - place.value) for share in shares) <= near:
        because = f"{printed(counts[0].value)}与{printed(counts[1].value)}算得{percent(shares[0], place)}"
        yield wrong_percentage(paper, sentence, place, because, others=(part, whole), certainty=Certainty.PROBABLE)


def _is_rate_of(lead: str, part: Quantity, whole: Quantity) -> bool:
    """Whether a rate is named after what one of two counts of different things counts (网页2000个，差错24处，差错率)."""
    name = _RATE.search(lead)
    stem = _STEM.search(name["name"]) if name else None
    return stem is not None and stem["stem"] in part.label and part.value < whole.value


def _is_of_count(text: str, place: Percentage, counts: Sequence[Quantity]) -> bool:
    """Whether a share in words is that of a count directly before it (294人次……，超过八成) or behind it (四分之三，即375名)."""
    before = [item for item in counts if item.end <= place.start]
    if not before and _RATE.search(text[: place.start]):
        return True
    if before and _OF_COUNT.fullmatch(text, before[-1].end, place.start):
        return True
    inside = _IN_BRACKETS.fullmatch(text, place.end, counts[0].start)
    whole_and_part = inside or (not before and _OUT_OF.fullmatch(text, counts[0].end, counts[1].start))
    return bool(whole_and_part) or any(_THAT_IS.fullmatch(text, place.end, item.start) for item in counts)


def _changes(sentence: Sentence, counts: Sequence[Quantity]) -> list[Decimal]:
    """Return what two counts make of a change, if one of them is told to be that of before."""
    thens = [item for item in counts if item.earlier or is_turned(sentence, item)]
    thens = thens or [item for item in counts if _PLAN.search(item.label)]
    if len(thens) != 1 or not thens[0].value:
        return []
    now = next(item for item in counts if item is not thens[0])
    ratio = now.value / thens[0].value
    return [share for share in (abs(ratio - 1), ratio) if share > TRIFLE]


def _of_plan(paper: Paper, sentence: Sentence, place: Percentage) -> Iterator[Contradiction]:
    """Check 完成计划的85%: the one figure of the plan and the one done are told before it."""
    here = [item for item in quantities(sentence) if item.end <= place.start and not (item.rough or item.delta)]
    plans = [
        item
        for item in here
        if _PLAN.search(item.label) or (sentence.text.startswith("的", item.end) and item is here[-1])
    ]
    done = [item for item in here if item not in plans and not item.earlier]
    done = done or [item for item in quantities(sentence) if item.start > place.end and not (item.rough or item.delta)]
    if len(plans) == 1 and len(done) == 1 and plans[0].value and same_unit(plans[0].unit, done[0].unit):
        share, slack = done[0].value / plans[0].value, share_slack(done[0], plans[0])
        if not place.fits(share, slack) and comparable(share * 100, place.value):
            because = f"{printed(done[0].value)}÷{printed(plans[0].value)}＝{percent(share, place)}"
            yield wrong_percentage(paper, sentence, place, because, others=(done[0], plans[0]))


def _aligned_name(sentence: Sentence, place: Percentage) -> str:
    """Return the rate of several (甲率、乙率分别为……) that stands in the place of a percentage."""
    for match in _NAMED_RATES.finditer(sentence.text, 0, place.start):
        names = re.split(r"[、和与及]", match["names"])
        row = [item for item in percentages(sentence) if item.start >= match.end()][: len(names)]
        if place in row:
            return names[row.index(place)]
    return ""


def _aligned_rate(paper: Paper, sentence: Sentence, place: Percentage, name: str) -> Iterator[Contradiction]:
    """Check one of several rates against the figure labelled as it is, negation and all, and the largest before."""
    stem = _STEM.search(name)
    here = [item for item in quantities(sentence) if item.end <= place.start and not (item.rough or item.delta)]
    like = [item for item in here if stem and stem["stem"] in item.label + item.after]
    like = [item for item in like if bool(_NEGATED.search(item.label[-4:])) == bool(_NEGATED.search(name))]
    whole = max(here, key=lambda item: item.value, default=None)
    if len(like) != 1 or whole is None or not pairs_up(like[0], whole):
        return
    share = like[0].value / whole.value
    if not place.fits(share, share_slack(like[0], whole)):
        because = f"{printed(like[0].value)}÷{printed(whole.value)}＝{percent(share, place)}"
        yield wrong_percentage(paper, sentence, place, because, others=(like[0], whole))


def _share(
    paper: Paper, sentence: Sentence, place: Percentage, before: Sequence[Sentence]
) -> Iterator[Contradiction | Unchecked]:
    if place.value > _WHOLE:
        yield wrong_percentage(paper, sentence, place, "一部分占总体的比例不会超过100%", certainty=Certainty.SURE)
        return
    part = _part_of(sentence, place)
    if part is None:
        return
    found = [item for item in quantities(sentence) if item.end <= place.start]
    here = _wholes(part, found, place)
    around = [whole for other in before for whole in _wholes(part, quantities(other), None)]
    if any(place.fits(part.value / whole.value, share_slack(part, whole)) for whole in (*here, *around)):
        return
    if told := _among_siblings(sentence, part, place):
        yield from (wrong_percentage(paper, sentence, place, because, others=(part,)) for because in told if because)
        return
    whole = _stated_whole(sentence, part, here) or (around[0] if _one_only(around) else None)
    if whole is None:
        return
    share = part.value / whole.value
    if (whole not in here and abs(share * 100 - place.value) > _FAR) or not comparable(share * 100, place.value):
        return
    because = f"{printed(part.value)}÷{printed(whole.value)}＝{percent(share, place)}"
    yield wrong_percentage(paper, sentence, place, because, others=(part, whole) if whole in here else (part,))


def _among_siblings(sentence: Sentence, part: Quantity, place: Percentage) -> list[str]:
    """Judge the share of one of several figures that each have theirs beside them (112件（占70%）、48件（占30%）) by their sum.

    Nothing where there are none such or a greater figure stands before them; "" where the share is right.
    """
    beside = [item for item in quantities(sentence) if _OWN_SHARE.match(sentence.text[item.end :])]
    siblings = _row(sentence, place) or [item for item in beside if same_unit(item.unit, part.unit)]
    total = sum((item.value for item in siblings), Decimal(0))
    greater = [item for item in quantities(sentence) if item not in siblings and same_unit(item.unit, part.unit)]
    if part not in siblings or len(siblings) < _NEARBY or any(item.value > part.value for item in greater):
        return []
    share = part.value / total
    near = abs(share * 100 - place.value) <= _NEAR
    return ["" if place.fits(share) or not near else f"{printed(part.value)}÷{printed(total)}＝{percent(share, place)}"]


def _one_only(items: Sequence[Quantity]) -> bool:
    return len({item.value for item in items}) == 1


def _part_of(sentence: Sentence, place: Percentage) -> Quantity | None:
    """Return the quantity whose share is stated: the one before, or with 分别 the one in the same position."""
    earlier = [item for item in quantities(sentence) if item.end <= place.start and not item.delta and not item.rough]
    if _is_aligned(sentence, place):
        row = _row(sentence, place)
        return row[_after(sentence, place).index(place)] if row else None
    lead = sentence.text[: place.start]
    shared = lead.rfind("占")
    before = [item for item in earlier if item.end <= shared] if shared >= 0 else earlier
    if not before:
        return None
    last = before[-1]
    gap = sentence.text[last.end : place.start]
    return last if len(gap) <= 32 and not re.search(r"[；。%]", gap) else None  # noqa: PLR2004 - 占 stands beside its figure


def _is_aligned(sentence: Sentence, place: Percentage) -> bool:
    """Whether a share is one of several told in turn (分别占……, 占比依次为……)."""
    lead = sentence.text[: place.start]
    word = _in_turn(lead)
    return word >= 0 and not re.search(r"[；。]", lead[word:]) and "占" in lead[max(0, word - 6) :]


def _in_turn(lead: str) -> int:
    return max((match.start() for match in _IN_TURN.finditer(lead)), default=-1)


def _after(sentence: Sentence, place: Percentage) -> list[Percentage]:
    word = _in_turn(sentence.text[: place.start])
    return [item for item in percentages(sentence) if item.start > word]


def _row(sentence: Sentence, place: Percentage) -> list[Quantity]:
    """Return the figures that shares told in turn belong to, a closing total left out; none where they are fewer."""
    if not _is_aligned(sentence, place):
        return []
    word, count = _in_turn(sentence.text[: place.start]), len(_after(sentence, place))
    row = [item for item in quantities(sentence) if item.end <= word and not (item.delta or item.rough)]
    if len(row) > count and row[-1].value == sum(item.value for item in row[-1 - count : -1]):
        row = row[:-1]
    return row[-count:] if len(row) >= count else []


def _wholes(part: Quantity, found: Sequence[Quantity], place: Percentage | None) -> list[Quantity]:
    return [
        item
        for item in found
        if same_unit(item.unit, part.unit) and item.value > part.value and not (item.delta or item.rough)
        if place is None or item is not part
    ]


def _stated_whole(sentence: Sentence, part: Quantity, here: Sequence[Quantity]) -> Quantity | None:
    """Return the total that stands between a part and its share (占全部30件的), else the first and largest before the part."""
    between = [item for item in here if part.end <= item.start]
    if between:
        return between[0]
    earlier = [item for item in here if item.start < part.start and not item.earlier]
    earlier = [item for item in earlier if not _OWN_SHARE.match(sentence.text[item.end :])]
    if not earlier:
        return None
    largest = max(earlier, key=lambda item: item.value)
    return largest if largest is earlier[0] or _one_only(earlier) else None


def _rate(
    paper: Paper, sentence: Sentence, place: Percentage, name: str, before: Sequence[Sentence]
) -> Iterator[Contradiction | Unchecked]:
    if place.value > _WHOLE:
        yield wrong_percentage(paper, sentence, place, f"{name}不会超过100%", certainty=Certainty.SURE)
        return
    here = [item for item in quantities(sentence) if item.end <= place.start and not item.rough]
    if here and _has_its_own(sentence, place, here[-1]):
        return
    parts = _parts_of_rate(sentence, place, name, here)
    around = [item for other in before[-1:] for item in quantities(other) if not item.rough and not item.delta]
    pairs = [(part, whole) for part in parts for whole in (*here, *around) if pairs_up(part, whole)]
    if place.value == _WHOLE and any(_make_another(*pair, around) for pair in pairs):
        return
    largest = max((whole.value for part, whole in pairs if part.delta), default=None)
    pairs = [(part, whole) for part, whole in pairs if not part.delta or whole.value == largest]
    later = [
        (part, item) for part in parts for item in quantities(sentence) if item not in here and pairs_up(part, item)
    ]
    fits = any(place.fits(share, share_slack(*pair)) for pair in (*pairs, *later) for share in readings(*pair))
    if not pairs or fits or (place.value == _WHOLE and not different(pairs)):
        return
    bound = [pair for pair in pairs if pair[1] in here] or (pairs if _one_only([whole for _, whole in pairs]) else [])
    if not bound:
        return
    part, whole = bound[-1]
    if place.value < _SMALL and not comparable(part.value / whole.value * 100, place.value):
        return
    share = part.value / whole.value
    share = 1 - share if _NEGATED.search(part.label[-8:] + part.after[:4]) and share > TRIFLE else share
    because = (
        f"按文中的{printed(part.value)}{part.unit}和{printed(whole.value)}{whole.unit}计算应为{percent(share, place)}"
    )
    yield wrong_percentage(paper, sentence, place, because, others=(part, whole) if whole in here else (part,))


def _has_its_own(sentence: Sentence, place: Percentage, last: Quantity) -> bool:
    """Whether the figures before a percentage have theirs already, and a ； parts this one from them."""
    own = any(last.end <= item.start < place.start for item in percentages(sentence))
    return own and "；" in sentence.text[last.end : place.start]


def _make_another(one: Quantity, other: Quantity, around: Sequence[Quantity]) -> bool:
    """Whether two figures are parts of a total told before them, rather than one of the other."""
    return any(one.value + other.value == item.value for item in around)


def _parts_of_rate(sentence: Sentence, place: Percentage, name: str, here: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures that a rate is told of: labelled with its word, or the last of the only two counts of the sentence."""
    stem = _STEM.search(name)
    like = re.compile(_ALIKE.get(stem["stem"], stem["stem"])) if stem else None
    parts = [item for item in here if like and like.search(item.label + item.after)]
    alone = len(here) == 2 and here[0].unit == here[1].unit and here[0].value > here[1].value  # noqa: PLR2004 - whole and part
    only = not any(item.start < place.start for item in percentages(sentence) if item is not place)
    near = "；" not in sentence.text[here[-1].end : place.start] if here else False
    return parts or ([here[1]] if alone and only and near and not here[0].earlier else [])
