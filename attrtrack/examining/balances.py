"""What was there at first, what came, what went and what is left: four figures of which each follows from the others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.figures import Quantity, printed, quantities, same_unit
from attrtrack.examining.paper import Paper, Sentence

_FIRST = re.compile(r"(?:上年|上期|上季|上月|往年|以前年度)|[年期季月]初|原有|原先|此前|遗留")
_STOCK = re.compile(r"((?:19|20)\d{2})年[底末]")
_LEFT = re.compile(
    r"下(?:一)?[年期季月]|(?<!上)[年期季月]度?[末底]|现有|现存|实有|留存|[剩还]余|尚余|结余|[还尚]剩|剩下|在办|未办|没有办"
)
_CAME = re.compile(
    r"新收|新增|收到|收件|接收|受理|增加|增设|增补|新[制设建开办招纳添出]|制定|出台|调入|转入|纳入|入库|开通|补充"
)
_WENT = re.compile(
    r"办[结完]|办理完|答复|处理|废止|失效|撤[销并回]|注销|核销|减少|关停|关闭|停用|下架|清退|清理|退出|调出|转出|出库|合并|取消|精简"
)
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Balance:
    """The figures of one account: the first, those added, those taken off, and what is left."""

    first: Quantity
    came: tuple[Quantity, ...]
    went: tuple[Quantity, ...]
    left: Quantity

    @property
    def worked_out(self) -> Decimal:
        """What must be left."""
        came, went = (sum((item.value for item in items), Decimal(0)) for items in (self.came, self.went))
        return self.first.value + came - went


@lru_cache(maxsize=512)
def balance_of(sentence: Sentence) -> Balance | None:
    """Read a sentence as an account, if it opens with what was there, closes with what is left and has nothing else."""
    found = [item for item in quantities(sentence) if not item.depth]
    if len(found) < _LEAST or "其中" in sentence.text or any(item.rough for item in found):
        return None
    first, *between, left = found
    if not (_opens(first, left) and _LEFT.search(left.label + left.after)) or not all(
        same_unit(first.unit, item.unit) for item in found
    ):
        return None
    went = tuple(item for item in between if _WENT.search(_words(item)))
    came = tuple(item for item in between if item not in went and _CAME.search(_words(item)))
    return Balance(first, came, went, left) if len(came) + len(went) == len(between) else None


def _opens(first: Quantity, left: Quantity) -> bool:
    """Whether a figure is what was there at first: by its words, or at the end of the year before that of what is left."""
    before, now = _STOCK.search(first.label), _STOCK.search(left.label)
    return bool(_FIRST.search(first.label)) or bool(before and now and int(now[1]) == int(before[1]) + 1)


def _words(item: Quantity) -> str:
    return item.label or item.after


def check_balances(paper: Paper) -> Iterator[Contradiction]:
    """Work out what must be left and compare it with what is said to be."""
    for sentence in paper.sentences:
        balance = balance_of(sentence)
        if balance is None or balance.worked_out == balance.left.value:
            continue
        terms = "".join(
            [printed(balance.first.value)]
            + [f"＋{printed(item.value)}" for item in balance.came]
            + [f"－{printed(item.value)}" for item in balance.went]
        )
        yield paper.found(
            "balance",
            paper.evidence(sentence.start + balance.first.start, sentence.start + balance.left.end),
            terms=terms,
            left=printed(balance.worked_out),
            stated=printed(balance.left.value) + balance.left.unit,
        )
