"""Shares of one whole, which make a hundred when they are all told."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import TIMES, Quantity, percentages, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence

_COMPLEMENT = re.compile(
    r"(?:个人|自然人|线上|网上|男|城|日内|以内|之内|期限内|主动公开|合格|达标|按[时期]|本地|省内|市内|国有|企业|电脑端|固定)[^。；]*(?:单位|法人|线下|窗口|现场|女|乡|农村|依申请|不合格|不达标|超期|逾期|超过|以外|外地|省外|市外|民营|个人|手机端|移动|其[他它余])[^，。；]{0,10}$"
)
_OF_ONE_WHOLE = re.compile(r"占|权重|构成|结构|分布|比重|来源|渠道|类型|类别")
_SHARED = re.compile(rf"(?:{_OF_ONE_WHOLE.pattern})[^，；。]{{0,24}}$")
_CLAUSE, _CHANGING = re.compile(r"[，；。]"), re.compile(r"率|增|减|降|提高|同比|较|其中")
_SUMMED = re.compile(r"合计|共占|总共|一共|合起来|加起来|累计|三者|两者|[两三四五六七八九]个|[两三四五]大?类|之和|总和")
_IN_TURN = re.compile(r"分别|依次|各")
_BESIDE = re.compile(r"（(?:[即共计有为合][为计]?)?")
_OWN = re.compile(r"(?:占|比例|比重|占比)[^，；。]{0,12}$")
_NO_SHARE = re.compile(r"率|增|减|降|提高|同比|较上|比上|其中")
_REST = re.compile(r"其他|其它|其余|余下|剩余|不满意|没有")
_NEGATION = re.compile(r"(?:不|未|没有|非|尚未)(?P<what>[\u4e00-\u9fff]{2})")
_NAME = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,3})率(?:约?为|达到?|是)?$")
_OPPOSITES = (
    {"准确", "差错"}, {"正确", "错误"}, {"合格", "不合格"}, {"达标", "不达标"}, {"按期", "逾期"}, {"及时", "不及时"},
    {"满意", "不满意"}, {"公开", "不公开"}, {"办结", "未办结"}, {"采纳", "未采纳"},
)  # fmt: skip
_WHOLE, _MOST_OFF = Decimal(100), Decimal(15)
_TWO, _LONGEST_GAP = 2, 16


def check_hundreds(paper: Paper) -> Iterator[Contradiction]:
    """Add up the shares that every sentence tells of one whole."""
    for sentence in paper.sentences:
        yield from _opposite(paper, sentence)
        told = list(_hundred(paper, sentence))
        yield from told or _one_by_one(paper, sentence)
        yield from _together(paper, sentence)
        yield from _with_counts(paper, sentence)


def _hundred(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Shares of one whole that are all stated make 100% within their rounding."""
    shares = [item for item in percentages(sentence) if not (item.points or item.rough or item.bounds)]
    run = shares if shares and _SHARED.search(sentence.text[: shares[0].start]) else shares[1:]
    pair = len(run) == _TWO and _COMPLEMENT.search(sentence.text[: run[-1].end]) and not _counts(sentence)
    if len(run) < _TWO or (len(run) == _TWO and not pair):
        return
    if any("；" in sentence.text[a.end : b.start] or b.start - a.end > _LONGEST_GAP for a, b in pairwise(run)):
        return
    if not _OF_ONE_WHOLE.search(sentence.text[: run[0].start]) or re.search(
        r"率|增|减|降|提高", sentence.text[run[0].start : run[-1].start]
    ):
        return
    total = sum((item.value for item in run), Decimal(0))
    slack = sum((Decimal(1).scaleb(-item.decimals) / 2 for item in run), Decimal(0))
    if slack < abs(total - _WHOLE) <= _MOST_OFF:
        place = paper.evidence(sentence.start + run[0].start, sentence.start + run[-1].end)
        yield paper.found("shares-of-hundred", place, total=printed(total))


def _counts(sentence: Sentence) -> list[Quantity]:
    return [item for item in quantities(sentence) if item.unit not in TIMES]


def _opposite(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 准确率97%，差错率3%: two rates that leave nothing else make 100%."""
    rates = [item for item in percentages(sentence) if not (item.points or item.rough or item.bounds)]
    for one, other in pairwise(rates):
        first = _NAME.search(sentence.text[: one.start])
        second = _NAME.search(sentence.text[one.end : other.start])
        opposed = first and second and {first["name"], second["name"]} in _OPPOSITES
        slack = (Decimal(1).scaleb(-one.decimals) + Decimal(1).scaleb(-other.decimals)) / 2
        if opposed and slack < abs(one.value + other.value - _WHOLE) <= _MOST_OFF:
            place = paper.evidence(sentence.start + one.start, sentence.start + other.end)
            yield paper.found("shares-of-hundred", place, total=printed(one.value + other.value))


def _one_by_one(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Shares each with its own 占, over clauses: with a rest, or one of what is not and one of what is, they make 100%; never more."""
    shares = [item for item in percentages(sentence) if not (item.points or item.rough)]
    starts = [0, *(item.end for item in shares)]
    leads = [sentence.text[start : item.start] for start, item in zip(starts, shares, strict=False)]
    rest = bool(_REST.search(leads[-1])) if leads else False
    if len(shares) < _TWO or any(_NO_SHARE.search(lead) for lead in leads):
        return
    if _SUMMED.search("".join(leads[:-1] if rest else leads)):
        return
    owned = [bool(_OWN.search(lead)) for lead in leads]
    opposed = len(shares) == _TWO and _are_opposed(*leads)
    whole = rest and len(shares) > _TWO
    if sum(owned) < len(shares) - (len(shares) > _TWO) or not (opposed or len(shares) > _TWO):
        return
    total = sum((item.value for item in shares), Decimal(0))
    slack = sum((Decimal(1).scaleb(-item.decimals) / 2 for item in shares), Decimal(0))
    over = total > _WHOLE and all(owned)
    if slack < abs(total - _WHOLE) <= _MOST_OFF * 2 and (opposed or whole or over):
        place = paper.evidence(sentence.start + shares[0].start, sentence.start + shares[-1].end)
        yield paper.found("shares-of-hundred", place, total=printed(total))


def _are_opposed(one: str, other: str) -> bool:
    """Whether the second of two shares is of what the first is not (更新及时的……占, 更新不及时的……占)."""
    negated = _NEGATION.search(other)
    return negated is not None and negated["what"] in one and not _NEGATION.search(one)


def _together(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 三项合计占72%，分别为35%、22%和15%: shares told together are the sum of those told one by one, before or behind."""
    shares = [item for item in percentages(sentence) if not (item.points or item.rough or item.bounds)]
    for whole, parts in ((shares[0], shares[1:]), (shares[-1], shares[:-1])) if len(shares) > _TWO else ():
        lead = _CLAUSE.split(sentence.text[: whole.start])[-1]
        row = all(b.start - a.end <= _LONGEST_GAP for a, b in pairwise(parts))
        total = sum((item.value for item in parts), Decimal(0))
        slack = sum((Decimal(1).scaleb(-item.decimals) / 2 for item in shares), Decimal(0))
        told = (
            _SUMMED.search(lead)
            and not _IN_TURN.search(lead)
            and not _CHANGING.search(sentence.text[shares[0].start - len(lead) : shares[-1].start])
        )
        if (
            told
            and row
            and max(item.value for item in parts) < whole.value
            and slack < abs(total - whole.value) <= _MOST_OFF
        ):
            place = paper.evidence(sentence.start + whole.start, sentence.start + whole.end)
            because = f"{'＋'.join(printed(item.value) for item in parts)}＝{printed(total)}%"
            yield paper.found("percentage", place, stated=place.quote, because=because)
            return


def _with_counts(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 自然人占83.3%（150件），法人占16.7%（30件）: each share has its count behind it, and these are all there are."""
    found = [item for item in quantities(sentence) if not (item.delta or item.rough)]
    told = [
        (share, item)
        for share in percentages(sentence)
        for item in found
        if not (share.points or share.rough) and _BESIDE.fullmatch(sentence.text, share.end, item.start)
    ]
    units = {item.unit for _, item in told}
    if len(told) < _TWO or len(units) > 1 or len(told) != len([item for item in found if item.unit in units]):
        return
    total = sum((item.value for _, item in told), Decimal(0))
    wrong = [(share, item) for share, item in told if not share.fits(item.value / total)]
    near = all(abs(share.value - item.value / total * 100) <= _MOST_OFF for share, item in told)
    if near and len(wrong) > 0 and _OF_ONE_WHOLE.search(sentence.text[: told[0][0].start]):
        share, item = wrong[0]
        place = paper.evidence(sentence.start + share.start, sentence.start + share.end)
        because = f"{printed(item.value)}÷{printed(total)}＝{item.value / total * 100:.1f}%"
        yield paper.found("percentage", place, stated=place.quote, because=because)
