"""Percentages worked out again: shares of a total, rates, and changes against an earlier figure."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.rates.changes import check_change, is_of_year_before, is_turned
from attrtrack.examining.rates.comparing import (
    NEGATED,
    OF_NO_COUNTS,
    PLAN,
    RATE,
    STEM,
    TRIFLE,
    comparable,
    different,
    pairs_up,
    percent,
    readings,
    slipped,
    wrong_percentage,
)
from attrtrack.examining.rates.pairs import check_pair, is_explained
from attrtrack.examining.text.figures import (
    TIMES,
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
_CHANGE = re.compile(
    r"(?:同比|增长|增加|增幅|减少|下降|降低|提高|上升|提升|压减|减幅|降幅|涨幅|上涨|回落|多|少|压缩|缩短|精简|[高低]出?|下滑|回升|攀升|[升降增减跌涨提]幅|缩减|提速|翻升|跃升|抬升|走低|走高|回暖|改善|净增|净减)[了达为约到]{0,3}$"
)
_ALL_DONE = re.compile(
    r"\d[\u4e00-\u9fff]{1,8}(?P<all>均|全部|全数|悉数|都)已?(?:按[时期]|依法|及时|如期)?(?:予以)?(?P<done>[\u4e00-\u9fff]{2})，(?:[\u4e00-\u9fff]{0,4})(?P=done)率(?:为|达到?|是|均为)?$"
)
_OF_PLAN = re.compile(
    r"(?:计划|任务|目标|指标|预算|应[\u4e00-\u9fff]{1,4})(?:总?[数量额])?(?:\d[\d.，]*[\u4e00-\u9fff]{1,3})?的$"
)
_NAMED_RATES = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{1,6}[率比](?:[、和与及][\u4e00-\u9fff]{1,6}[率比])+)分别(?:[为是达有]|达到)"
)
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
_CHANGED_BY = re.compile(r"(?:较|比|同比)[^，。；]{0,14}(?:提高|上升|增加|增长|下降|降低)[^，。；]{0,4}$")
_TOTAL = re.compile(r"总|共|合计|全[部年]")
_OF_TOTAL = re.compile(r"(?:^|[，；])(?P<what>[\u4e00-\u9fff]{2,8})占[^，。；\d]{0,12}\d[^，。；]{0,4}的$")
_SHARE_OF = re.compile(r"占(?:全部|所有)?(?P<of>[\u4e00-\u9fff]{2,8}?)(?:总[数量])?的$")
_THAT_IS, _BESIDE = re.compile(r"，(?:即|计|共计?|为|有|约)"), re.compile(r"（(?:即|计|共计?|为|有|约)?")
_ALL = re.compile(r"[，；][^，；\d]{0,6}(?:均|全部|全数|悉数|都)已?[^，。；\d]{2,10}，[^，。；\d]{2,10}$")
_TURNING = re.compile(r"[由从]$")
_WHOLE, _NEAR, _SMALL = Decimal(100), Decimal(12), Decimal(3)
_NEARBY, _FAR = 2, 20


def check_percentages(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Work out every percentage whose figures are stated nearby; the others are counted as not checked."""
    for index, sentence in enumerate(paper.sentences):
        before = paper.sentences[max(0, index - _NEARBY) : index]
        behind = paper.sentences[index + 1 : index + 2]
        for place in percentages(sentence):
            yield from _one(paper, sentence, place, before, behind)


def _one(
    paper: Paper, sentence: Sentence, place: Percentage, before: Sequence[Sentence], behind: Sequence[Sentence]
) -> Iterator[Contradiction | Unchecked]:
    lead = sentence.text[max(0, place.start - 40) : place.start]
    clause = re.split(r"[；。]", lead)[-1]
    if is_explained(sentence, place):
        return
    if place.points or _CHANGE.search(clause) or _CHANGED_BY.search(clause):
        told = list(check_change(paper, sentence, place))
    elif place.rough:
        return
    elif _OF_PLAN.search(clause):
        told = list(_of_plan(paper, sentence, place))
    elif name := _aligned_name(sentence, place):
        told = list(_aligned_rate(paper, sentence, place, name))
    elif _ALIGNED.search(clause) or _SHARE.search(clause):
        told = list(_share(paper, sentence, place, before, behind=behind))
    elif (rate := RATE.search(clause)) and not OF_NO_COUNTS.search(rate["name"]):
        told = list(_rate(paper, sentence, place, rate["name"], before))
    else:
        told = []
    yield from told or _of_all(paper, sentence, place) or check_pair(paper, sentence, place)


def _of_all(paper: Paper, sentence: Sentence, place: Percentage) -> list[Contradiction]:
    """Check 118件均已答复，答复率100%: the rate of what was done to all is the whole."""
    match = _ALL_DONE.search(sentence.text[: place.start])
    if match is None or place.points or place.bounds or place.value == _WHOLE:
        return []
    because = f"说是{match['all']}{match['done']}，比率应为100%"
    return [wrong_percentage(paper, sentence, place, because)]


def _of_plan(paper: Paper, sentence: Sentence, place: Percentage) -> Iterator[Contradiction]:
    """Check 完成计划的85%: the one figure of the plan and the one done are told before it."""
    here = [item for item in quantities(sentence) if item.end <= place.start and not (item.rough or item.delta)]
    plans = [
        item
        for item in here
        if PLAN.search(item.label) or (sentence.text.startswith("的", item.end) and item is here[-1])
    ]
    done = [item for item in here if item not in plans and not item.earlier]
    done = [item for item in done if plans and same_unit(item.unit, plans[0].unit)]
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
    stem = STEM.search(name)
    here = [item for item in quantities(sentence) if item.end <= place.start and not (item.rough or item.delta)]
    like = [item for item in here if stem and stem["stem"] in item.label + item.after]
    like = [item for item in like if bool(NEGATED.search(item.label[-4:])) == bool(NEGATED.search(name))]
    whole = max(here, key=lambda item: item.value, default=None)
    if len(like) != 1 or whole is None or not pairs_up(like[0], whole):
        return
    share = like[0].value / whole.value
    if not place.fits(share, share_slack(like[0], whole)):
        because = f"{printed(like[0].value)}÷{printed(whole.value)}＝{percent(share, place)}"
        yield wrong_percentage(paper, sentence, place, because, others=(like[0], whole))


def _share(
    paper: Paper, sentence: Sentence, place: Percentage, before: Sequence[Sentence], *, behind: Sequence[Sentence]
) -> Iterator[Contradiction | Unchecked]:
    if place.value > _WHOLE:
        yield wrong_percentage(paper, sentence, place, "一部分占总体的比例不会超过100%", certainty=Certainty.SURE)
        return
    part = (
        _part_behind(sentence, place, _BESIDE)
        or _part_of(sentence, place)
        or _part_behind(sentence, place, _THAT_IS)
        or _part_named(sentence, place, before)
    )
    if part is None:
        return
    found = [item for item in quantities(sentence) if item.end <= place.start]
    here = [item for item in _wholes(part, found, place) if not (part.depth and item.depth)]
    around = [whole for other in before for whole in _wholes(part, quantities(other), None)]
    later = [item for other in (sentence, *behind) for item in quantities(other) if item not in here]
    totals = [item for item in _wholes(part, later, None) if _TOTAL.search(item.label)]
    around = around or totals or [whole for other in before[-1:] for whole in _answering(part, quantities(other))]
    if any(place.fits(part.value / whole.value, share_slack(part, whole)) for whole in (*here, *around, *totals)):
        return
    if told := _among_siblings(sentence, part, place):
        yield from (wrong_percentage(paper, sentence, place, because, others=(part,)) for because in told if because)
        return
    whole = _stated_whole(sentence, part, here) or (around[0] if _one_only(around) else None)
    whole = whole or _named_whole(sentence, place, here)
    whole = whole or next((item for item in around if slipped(part.value / item.value * 100, place, _SMALL)), None)
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
    before = [item for item in before if item.unit not in TIMES]
    if not before or is_of_year_before(sentence, before[-1]):
        return None
    last = before[-1]
    gap = sentence.text[last.end : place.start]
    return last if len(gap) <= 32 and not re.search(r"[；。%]", gap) else None  # noqa: PLR2004 - 占 stands beside its figure


def _part_behind(sentence: Sentence, place: Percentage, link: re.Pattern[str]) -> Quantity | None:
    """Return the count told right behind its share (占75%，为27件; 占75%（27件）)."""
    later = [item for item in quantities(sentence) if item.start > place.end and not (item.delta or item.rough)]
    return later[0] if later and link.fullmatch(sentence.text, place.end, later[0].start) else None


def _part_named(sentence: Sentence, place: Percentage, before: Sequence[Sentence]) -> Quantity | None:
    """Return the one count told before of what has a share of a total told with it (网上咨询占两类咨询总数400件的68.5%)."""
    match = _OF_TOTAL.search(sentence.text[max(0, place.start - 40) : place.start])
    found = [item for other in (*before, sentence) for item in quantities(other) if item.end <= place.start]
    named = [item for item in found if match and item.label.endswith(match["what"])] if match else []
    return named[0] if _one_only(named) else None


def _named_whole(sentence: Sentence, place: Percentage, here: Sequence[Quantity]) -> Quantity | None:
    """Return the one figure that counts what a share is told to be of (占全部解读材料的75%)."""
    match = _SHARE_OF.search(sentence.text[max(0, place.start - 40) : place.start])
    named = [item for item in here if match and match["of"] in item.label + item.after]
    return named[0] if _one_only(named) else None


def _answering(part: Quantity, found: Sequence[Quantity]) -> list[Quantity]:
    """Return the papers that so many people filled in, and the people who filled in so many papers."""
    other = {"人": "份", "名": "份", "份": "人"}.get(part.unit)
    return [item for item in found if item.unit == other and item.value > part.value and item.whole]


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
        if same_unit(item.unit, part.unit) and item.value > part.value and not item.delta
        if not item.rough or (place and place.bounds)
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
    of_all = place.value == _WHOLE and _ALL.search(sentence.text[max(0, place.start - 40) : place.start])
    if of_all or (here and _has_its_own(sentence, place, here[-1])):
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
    share = 1 - share if NEGATED.search(part.label[-8:] + part.after[:4]) and share > TRIFLE else share
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
    stem = STEM.search(name)
    like = re.compile(_ALIKE.get(stem["stem"], stem["stem"])) if stem else None
    parts = [item for item in here if like and like.search(item.label + item.after)]
    alone = len(here) == 2 and here[0].unit == here[1].unit and here[0].value > here[1].value  # noqa: PLR2004 - whole and part
    alone = alone and not (_TURNING.search(sentence.text[: place.start]) and is_turned(sentence, here[0]))
    only = not any(item.start < place.start for item in percentages(sentence) if item is not place)
    near = "；" not in sentence.text[here[-1].end : place.start] if here else False
    return parts or ([here[1]] if alone and only and near and not here[0].earlier else [])
