"""Requests that came and were left over against their outcomes, told one by one, and those carried on to the next year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence

_NEW = re.compile(r"新收|收到|接收|受理|新增|收件")
_OVER = re.compile(r"(?:上年|去年|上一年|上年度|往年)[^，；]{0,6}(?:结转|遗留|未办|转入|转来)|结转自上年|年初未办")
_ON = re.compile(r"(?:结转|转入|转至|转到|转)下(?:一)?年|年[末底][^，；]{0,4}(?:未办|在办)|尚未办结|正在办理")
_OUTCOME = re.compile(
    r"(?:部分|不?予以?|全部|同意|主动)公开|(?:无法|不能)提供|(?:不予|其他|其它|另行|终止|已作|非正常)[^，；]{0,4}(?:处理|答复)|其[他它余]|撤[回销]|信息不存在|不属于|非本机关|告知|补正|重复申请|退回"
)
_MANY = 4


@dataclass(frozen=True, slots=True)
class Flow:
    """An account of requests: what came, how each was ended, what is carried on, and the sentences that tell it."""

    came: tuple[Quantity, ...]
    ended: tuple[Quantity, ...]
    carried: Quantity
    text: Sentence
    starts: tuple[int, ...]

    @property
    def difference(self) -> Decimal:
        """How many more came than were ended or carried on."""
        ended = sum((item.value for item in (*self.ended, self.carried)), Decimal(0))
        return sum((item.value for item in self.came), Decimal(0)) - ended


def flows_of(paper: Paper) -> tuple[Flow, ...]:
    """Read every sentence, or two of a paragraph, that tell such an account and nothing else of its unit."""
    return tuple(
        flow for one, other in pairwise((*paper.sentences, Sentence("", 0))) if (flow := _flow(paper, one, other))
    )


def check_flows(paper: Paper) -> Iterator[Contradiction]:
    """What came new and was left over is what was ended, outcome by outcome, and what is carried on."""
    for flow in flows_of(paper):
        if flow.difference:
            items = (*flow.came, *flow.ended, flow.carried)
            terms = "＋".join(printed(item.value) for item in flow.came)
            terms += "".join(f"－{printed(item.value)}" for item in flow.ended)
            start = flow.text.start
            yield paper.found(
                "balance",
                paper.evidence(start + min(item.start for item in items), start + max(item.end for item in items)),
                terms=terms,
                left=printed(flow.difference + flow.carried.value),
                stated=printed(flow.carried.value) + flow.carried.unit,
            )


def _flow(paper: Paper, one: Sentence, other: Sentence) -> Flow | None:
    if not _OVER.search(one.text):
        return None
    if _ON.search(one.text):
        return _read(one, (one.start,))
    joined = Sentence(paper.plain.text[one.start : other.start + len(other.text)], one.start)
    return _read(joined, (one.start, other.start)) if other.text and "\n" not in joined.text else None


def _read(text: Sentence, starts: tuple[int, ...]) -> Flow | None:
    """Sort the figures: two that came, at least two outcomes and one carried on, all of one unit; None otherwise."""
    found = [item for item in quantities(text) if not item.depth]
    if len(found) <= _MANY or len({item.unit for item in found}) > 1 or any(item.rough or item.delta for item in found):
        return None
    over = [item for item in found if _OVER.search(item.label)]
    carried = [item for item in found if _ON.search(item.label)]
    ended = [item for item in found if _OUTCOME.search(item.label) and item not in (*over, *carried)]
    new = [item for item in found if item not in (*over, *carried, *ended) and _NEW.search(item.label)]
    whole = len(over) == len(carried) == len(new) == 1 and len(ended) == len(found) - 3 > 1
    return Flow((*new, *over), tuple(ended), carried[0], text, starts) if whole else None
