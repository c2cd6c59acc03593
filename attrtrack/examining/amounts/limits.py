"""Lists against what their wording fixes: marks out of a hundred, and no part (其中) above what it is a part of."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence

_HUNDRED = re.compile(r"百分制|(?:满分|总分)值?[为是共计]{0,2}100分|100分制")
_DIVIDED = re.compile(r"(?:分值|权重|指标|内容|项目|构成|组成|分配|设置|具体)[^，。；：\d]{0,6}(?:如下|为|是)?：")
_NO_MARK = re.compile(r"[加减扣得失均差]分?|满分|总分|最[高低]|各项|每|以[上下]|达到|至|获|超")
_ITSELF = re.compile(r"累计|历年|总|共|合计|全[省市县区国年]|其中")
_HUNDRED_MARKS, _OFF, _LEAST_MARKS = Decimal(100), Decimal(20), 3


def check_limits(paper: Paper) -> Iterator[Contradiction]:
    """Add up the marks that a hundred is divided into; look for parts greater than their whole."""
    for before, sentence in pairwise((Sentence("", 0), *paper.sentences)):
        found = [item for item in quantities(sentence) if not (item.delta or item.rough or item.earlier)]
        if match := _HUNDRED.search(sentence.text):
            yield from _marks(paper, sentence, match.span(), found)
        elif _HUNDRED.search(before.text) and (lead := _DIVIDED.search(sentence.text)):
            yield from _marks(paper, sentence, lead.span(), found)
        for at, (total, first) in enumerate(pairwise(found), start=1):
            if "其中" in sentence.text[total.end : first.start]:
                yield from _beyond(paper, sentence, total, found[at:])


def _marks(
    paper: Paper, sentence: Sentence, place: tuple[int, int], found: Sequence[Quantity]
) -> Iterator[Contradiction]:
    """Check 采取百分制，主动公开占45分，……监督保障占15分: all marks of the sentence but those added or taken off."""
    marks = [item for item in found if item.unit == "分" and not _NO_MARK.search(item.label + item.after)]
    marks = [item for item in marks if not place[0] <= item.start < place[1] and not item.depth]
    added = sum((item.value for item in marks), Decimal(0))
    if len(marks) >= _LEAST_MARKS and 0 < abs(added - _HUNDRED_MARKS) <= _OFF:
        yield _told(paper, sentence, place, marks, "100分")


def _beyond(paper: Paper, sentence: Sentence, total: Quantity, later: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 156条，其中甲12条，乙229条: no part of the same unit, up to the next total, is more than its whole."""
    text = sentence.text
    row = takewhile(
        lambda item: not re.search("[；。]", text[total.end : item.start]) and not _ITSELF.search(item.label), later
    )
    parts = [item for item in row if item.unit == total.unit and item.depth == total.depth]
    if len(parts) >= _LEAST_MARKS and total.whole and max(item.value for item in parts) > total.value > 0:
        yield _told(paper, sentence, (total.start, total.end), parts, printed(total.value) + total.unit)


def _told(
    paper: Paper, sentence: Sentence, place: tuple[int, int], parts: Sequence[Quantity], total: str
) -> Contradiction:
    added = sum((item.value for item in parts), Decimal(0))
    start, end = sentence.start + place[0], sentence.start + place[1]
    return paper.found(
        "sum-of-parts",
        paper.evidence(min(start, sentence.start + parts[0].start), max(end, sentence.start + parts[-1].end)),
        paper.evidence(start, end),
        certainty=Certainty.PROBABLE,
        total=total,
        parts="＋".join(printed(item.value) for item in parts),
        added=printed(added) + parts[0].unit,
    )
