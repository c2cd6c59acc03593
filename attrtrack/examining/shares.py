"""Percentages worked out again: shares of a total, rates, and changes against an earlier figure."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.changes import check_change
from attrtrack.examining.figures import Percentage, Quantity, percentages, printed, quantities, share_slack
from attrtrack.examining.paper import Paper, Sentence

_SHARE = re.compile(r"(?:占|占比|比重|所占比例)[^，；。]{0,24}$")
_ALIGNED = re.compile(r"分别[^，；。]{0,16}$")
_RATE = re.compile(r"(?P<name>[\u4e00-\u9fff]{0,8}(?:率|比例))[^，；。\d]{0,8}$")
_CHANGE = re.compile(
    r"(?:同比|增长|增加|增幅|减少|下降|降低|提高|上升|提升|压减|减幅|降幅|涨幅|上涨|回落|多|少|压缩|缩短|精简)[了达为约]{0,3}$"
)
_NOT_OF_COUNTS = re.compile(r"满意|接通|支持|知晓|准确|差错|点击|关注|好评|网办|及格|认可|到达")
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
_WHOLE = Decimal(100)
_NEARBY, _FAR, _TOO_FAR = 2, 20, 4


def check_percentages(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Work out every percentage whose figures are stated nearby; the others are counted as not checked."""
    for index, sentence in enumerate(paper.sentences):
        before = paper.sentences[max(0, index - _NEARBY) : index]
        for place in percentages(sentence):
            yield from _one(paper, sentence, place, before)
        yield from _hundred(paper, sentence)


def _one(
    paper: Paper, sentence: Sentence, place: Percentage, before: Sequence[Sentence]
) -> Iterator[Contradiction | Unchecked]:
    lead = sentence.text[max(0, place.start - 40) : place.start]
    clause = re.split(r"[；。]", lead)[-1]
    if _CHANGE.search(clause) or re.search(
        r"(?:较|比|同比)[^，。；]{0,14}(?:提高|上升|增加|增长|下降|降低)[^，。；]{0,4}$", clause
    ):
        yield from check_change(paper, sentence, place)
    elif place.points or place.rough:
        return
    elif _ALIGNED.search(clause) or _SHARE.search(clause):
        yield from _share(paper, sentence, place, before)
    elif (rate := _RATE.search(clause)) and not _NOT_OF_COUNTS.search(rate["name"]):
        yield from _rate(paper, sentence, place, rate["name"], before)


def _share(
    paper: Paper, sentence: Sentence, place: Percentage, before: Sequence[Sentence]
) -> Iterator[Contradiction | Unchecked]:
    if place.value > _WHOLE:
        yield _wrong(paper, sentence, place, "一部分占总体的比例不会超过100%", certainty=Certainty.SURE)
        return
    part = _part_of(sentence, place)
    if part is None:
        return
    found = [item for item in quantities(sentence) if item.end <= place.start]
    here = _wholes(part, found, place)
    around = [whole for other in before for whole in _wholes(part, quantities(other), None)]
    if any(place.fits(part.value / whole.value, share_slack(part, whole)) for whole in (*here, *around)):
        return
    whole = _stated_whole(part, here) or (around[0] if _one_only(around) else None)
    if whole is None:
        return
    share = part.value / whole.value
    if (whole not in here and abs(share * 100 - place.value) > _FAR) or not _comparable(share * 100, place.value):
        return
    because = f"{printed(part.value)}÷{printed(whole.value)}＝{_percent(share, place)}"
    yield _wrong(paper, sentence, place, because, others=(part, whole) if whole in here else (part,))


def _one_only(items: Sequence[Quantity]) -> bool:
    return len({item.value for item in items}) == 1


def _part_of(sentence: Sentence, place: Percentage) -> Quantity | None:
    """Return the quantity whose share is stated: the one before, or with 分别 the one in the same position."""
    earlier = [item for item in quantities(sentence) if item.end <= place.start and not item.delta and not item.rough]
    lead = sentence.text[: place.start]
    word = lead.rfind("分别")
    aligned = (
        word >= 0
        and "。" not in lead[word:]
        and re.fullmatch(r"分别[^；。]*", lead[word:])
        and "占" in lead[word - 6 :]
    )
    if aligned:
        after = [item for item in percentages(sentence) if item.start > word]
        row = [item for item in earlier if item.end <= word]
        if len(row) > len(after) and row[-1].value == sum(item.value for item in row[-1 - len(after) : -1]):
            row = row[:-1]
        index = after.index(place)
        return row[-len(after) + index] if len(row) >= len(after) else None
    shared = sentence.text.rfind("占", 0, place.start)
    before = [item for item in earlier if item.end <= shared] if shared >= 0 else earlier
    if not before:
        return None
    last = before[-1]
    gap = sentence.text[last.end : place.start]
    return last if len(gap) <= 32 and not re.search(r"[；。%]", gap) else None  # noqa: PLR2004 - 占 stands beside its figure


def _wholes(part: Quantity, found: Sequence[Quantity], place: Percentage | None) -> list[Quantity]:
    return [
        item
        for item in found
        if item.unit == part.unit and item.value > part.value and not (item.delta or item.rough)
        if place is None or item is not part
    ]


def _stated_whole(part: Quantity, here: Sequence[Quantity]) -> Quantity | None:
    """Return the total that stands between a part and its share (占全部30件的), else the first and largest before the part."""
    between = [item for item in here if part.end <= item.start]
    if between:
        return between[0]
    earlier = [item for item in here if item.start < part.start and not item.earlier]
    if not earlier:
        return None
    largest = max(earlier, key=lambda item: item.value)
    return largest if largest is earlier[0] or _one_only(earlier) else None


def _rate(
    paper: Paper, sentence: Sentence, place: Percentage, name: str, before: Sequence[Sentence]
) -> Iterator[Contradiction | Unchecked]:
    if place.value > _WHOLE:
        yield _wrong(paper, sentence, place, f"{name}不会超过100%", certainty=Certainty.SURE)
        return
    here = [item for item in quantities(sentence) if item.end <= place.start and not item.rough]
    parts = _parts_of_rate(sentence, place, name, here)
    around = [item for other in before[-1:] for item in quantities(other) if not item.rough and not item.delta]
    pairs = [(part, whole) for part in parts for whole in (*here, *around) if _pair(part, whole)]
    largest = max((whole.value for part, whole in pairs if part.delta), default=None)
    pairs = [(part, whole) for part, whole in pairs if not part.delta or whole.value == largest]
    fits = any(place.fits(share, share_slack(*pair)) for pair in pairs for share in _readings(*pair))
    if not pairs or fits or (place.value == _WHOLE and not _different(pairs)):
        return
    bound = [pair for pair in pairs if pair[1] in here] or (pairs if _one_only([whole for _, whole in pairs]) else [])
    if not bound:
        return
    part, whole = bound[-1]
    share = _readings(part, whole)[
        _NEGATED.search(part.label[-8:] + part.after[:4]) is not None and len(_readings(part, whole)) > 1
    ]
    because = (
        f"按文中的{printed(part.value)}{part.unit}和{printed(whole.value)}{whole.unit}计算应为{_percent(share, place)}"
    )
    yield _wrong(paper, sentence, place, because, others=(part, whole) if whole in here else (part,))


def _parts_of_rate(sentence: Sentence, place: Percentage, name: str, here: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures that a rate is told of: labelled with its word, or the last of the only two counts of the sentence."""
    stem = _STEM.search(name)
    like = re.compile(_ALIKE.get(stem["stem"], stem["stem"])) if stem else None
    parts = [item for item in here if like and like.search(item.label + item.after)]
    alone = len(here) == 2 and here[0].unit == here[1].unit and here[0].value > here[1].value  # noqa: PLR2004 - whole and part
    only = not any(item.start < place.start for item in percentages(sentence) if item is not place)
    near = "；" not in sentence.text[here[-1].end : place.start] if here else False
    return parts or ([here[1]] if alone and only and near and not here[0].earlier else [])


def _different(pairs: Sequence[tuple[Quantity, Quantity]]) -> bool:
    return any(part.value != whole.value for part, whole in pairs)


def _pair(part: Quantity, whole: Quantity) -> bool:
    same = part is not whole and part.unit == whole.unit and not whole.delta
    return same and 0 < part.value <= whole.value


def _readings(part: Quantity, whole: Quantity) -> list[Decimal]:
    """Return the share of the part and, as rates are told of what is good, that of the rest."""
    return [part.value / whole.value, 1 - part.value / whole.value]


def _hundred(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Shares of one whole that are all stated make 100% within their rounding."""
    shares = [item for item in percentages(sentence) if not (item.points or item.rough)]
    run = [
        item
        for item in shares
        if _SHARE.search(sentence.text[max(0, item.start - 20) : item.start]) or item is not shares[0]
    ]
    if len(run) < 3 or any("；" in sentence.text[a.end : b.start] or b.start - a.end > 16 for a, b in pairwise(run)):  # noqa: PLR2004 - two shares seldom are all
        return
    if "占" not in sentence.text[: run[0].start] or re.search(
        r"率|增|减|降|提高", sentence.text[run[0].start : run[-1].start]
    ):
        return
    total = sum((item.value for item in run), Decimal(0))
    slack = sum((Decimal(1).scaleb(-item.decimals) / 2 for item in run), Decimal(0))
    if slack < abs(total - _WHOLE) <= Decimal(15):
        place = paper.evidence(sentence.start + run[0].start, sentence.start + run[-1].end)
        yield paper.found("shares-of-hundred", place, total=printed(total))


def _comparable(worked_out: Decimal, stated: Decimal) -> bool:
    """Whether two percentages may be two answers to one question; far apart, the figures were taken for something else."""
    return min(worked_out, stated) * _TOO_FAR >= max(worked_out, stated)


def _percent(share: Decimal, place: Percentage) -> str:
    return f"{share * 100:.{max(place.decimals, 1)}f}%"


def _wrong(
    paper: Paper,
    sentence: Sentence,
    place: Percentage,
    because: str,
    *,
    others: Sequence[Quantity] = (),
    certainty: Certainty | None = None,
) -> Contradiction:
    stated = paper.evidence(sentence.start + place.start, sentence.start + place.end)
    rest = [paper.evidence(sentence.start + item.start, sentence.start + item.end) for item in others]
    return paper.found("percentage", stated, *rest, certainty=certainty, stated=stated.quote, because=because)
