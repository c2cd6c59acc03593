"""Shares of one whole, which make a hundred when they are all told."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import percentages, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence

_COMPLEMENT = re.compile(
    r"(?:个人|自然人|线上|网上|男|城|主动公开|合格|达标|按[时期]|本地|省内|市内|国有|企业|电脑端|固定)[^。；]*(?:单位|法人|线下|窗口|现场|女|乡|农村|依申请|不合格|不达标|超期|逾期|外地|省外|市外|民营|个人|手机端|移动|其[他它余])[^，。；]{0,8}$"
)
_OF_ONE_WHOLE = re.compile(r"占|权重|构成|结构|分布|比重|来源|渠道|类型|类别")
_SHARED = re.compile(rf"(?:{_OF_ONE_WHOLE.pattern})[^，；。]{{0,24}}$")
_CLAUSE, _CHANGING = re.compile(r"[，；。]"), re.compile(r"率|增|减|降|提高|同比|较|其中")
_SUMMED = re.compile(r"合计|共占|总共|一共|合起来|加起来|累计|三者|两者|[两三四五]项|之和|总和")
_BESIDE = re.compile(r"（(?:[即共计有为合][为计]?)?")
_WHOLE, _MOST_OFF = Decimal(100), Decimal(15)
_TWO, _LONGEST_GAP = 2, 16


def check_hundreds(paper: Paper) -> Iterator[Contradiction]:
    """Add up the shares that every sentence tells of one whole."""
    for sentence in paper.sentences:
        yield from _hundred(paper, sentence)
        yield from _together(paper, sentence)
        yield from _with_counts(paper, sentence)


def _hundred(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Shares of one whole that are all stated make 100% within their rounding."""
    shares = [item for item in percentages(sentence) if not (item.points or item.rough or item.bounds)]
    run = shares if shares and _SHARED.search(sentence.text[: shares[0].start]) else shares[1:]
    pair = len(run) == _TWO and _COMPLEMENT.search(sentence.text[: run[-1].end]) and not quantities(sentence)
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


def _together(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 三项合计占72%，分别为35%、22%和15%: shares told together are the sum of those told one by one, before or behind."""
    shares = [item for item in percentages(sentence) if not (item.points or item.rough or item.bounds)]
    for whole, parts in ((shares[0], shares[1:]), (shares[-1], shares[:-1])) if len(shares) > _TWO else ():
        lead = _CLAUSE.split(sentence.text[: whole.start])[-1]
        row = all(b.start - a.end <= _LONGEST_GAP for a, b in pairwise(parts))
        total = sum((item.value for item in parts), Decimal(0))
        slack = sum((Decimal(1).scaleb(-item.decimals) / 2 for item in shares), Decimal(0))
        told = _SUMMED.search(lead) and not _CHANGING.search(
            sentence.text[shares[0].start - len(lead) : shares[-1].start]
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
