"""Shares of one whole, which make a hundred when they are all told."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.figures import percentages, printed, quantities
from attrtrack.examining.paper import Paper, Sentence

_COMPLEMENT = re.compile(
    r"(?:个人|自然人|线上|网上|男|城|主动公开|合格|达标|按[时期]|本地|省内|市内|国有|企业|电脑端|固定)[^。；]*(?:单位|法人|线下|窗口|现场|女|乡|农村|依申请|不合格|不达标|超期|逾期|外地|省外|市外|民营|个人|手机端|移动|其[他它余])[^，。；]{0,8}$"
)
_OF_ONE_WHOLE = re.compile(r"占|权重|构成|结构|分布|比重|来源|渠道|类型|类别")
_SHARED = re.compile(rf"(?:{_OF_ONE_WHOLE.pattern})[^，；。]{{0,24}}$")
_WHOLE, _MOST_OFF = Decimal(100), Decimal(15)
_TWO, _LONGEST_GAP = 2, 16


def check_hundreds(paper: Paper) -> Iterator[Contradiction]:
    """Add up the shares that every sentence tells of one whole."""
    for sentence in paper.sentences:
        yield from _hundred(paper, sentence)


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
