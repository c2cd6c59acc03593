"""What was there at first, what came, what went and what is left: four figures of which each follows from the others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, printed, quantities, same_unit
from attrtrack.examining.text.paper import Paper, Sentence

_FIRST = re.compile(
    r"(?:上年|去年|上期|上季|上月|往年|以前年度)|[年期季月]初|原有|原先|此前|遗留|(?<!余)结存|上年|年前|满分|基础得?分|基本分|起评分"
)
_AT_FIRST = re.compile(r"(?:(?:上一?|去)年度?[末底]|[年期季月]初)，[^，。；\d]{0,20}$")
_AS_OF = re.compile(r"^(?:截[至止]到?|到)[^，。；]{0,8}[末底日](?=[已共]|累计|办[结完])")
_STOCK = re.compile(r"((?:19|20)\d{2})年[底末]")
_LEFT = re.compile(
    r"下(?:一)?[年期季月]|(?<!上)[年期季月]度?[末底]|现有|现存|实有|留存|[剩还]余|尚余|结余|[还尚]剩|剩下|在办|未办|没有办|存量|保有|实际|[最终]后?得分|最[终后]|总数|总量|(?:增加?|减少?|上升|下降|调整|扩大|压减|精简|变|升|降)[为到至]|达到|结存|库存|调整后|合并后|目前"
)
_CAME = re.compile(
    r"新收|新增|收到|收件|接收|受理|增加|增设|增补|新[制设建开办招纳添出]|制[定发]|印发|颁布|出台|调入|转入|纳入|入库|开通|补充|新建|新[开设立编录注]|扩[建充]|加分|另加|^加计?$|加上|添置|吸收|登记入|收进|移入|归入|上架|追加|追补"
)
_WENT = re.compile(
    r"办[结完]|办理完|答复|处理|废止|失效|撤[销并回]|整合|并入|归并|注销|核销|减少|关停|关闭|停用|下架|清退|清理|退出|调出|转出|出库|合并|取消|精简|剔除|扣除|扣分|扣|核减|减去|除去|撤下|报废|下线|停办|解散|销号|转走|划出|移交|淘汰|用去|支出|下发|发出"
)
_SUBTOTAL = re.compile(r"(?:合|共|总|累)计?(?:有|为|是|达)?$")
_NEXT_YEAR = re.compile(r"转[入至到]?下(?:一)?[年期季月]")
_DETAILS = re.compile(r"，?其中[^；。]*")
_LEAST, _LONGEST = 3, 300


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

    def span(self, sentence: Sentence) -> tuple[int, int]:
        """From where to where the account stands in the text."""
        items = (self.first, self.left, *self.came, *self.went)
        return sentence.start + min(item.start for item in items), sentence.start + max(item.end for item in items)


@lru_cache(maxsize=512)
def balance_of(sentence: Sentence) -> Balance | None:
    """Read a sentence as an account, if it opens with what was there, closes with what is left and has nothing else."""
    found = [item for item in quantities(sentence) if not item.depth]
    if len(found) < _LEAST or "其中" in sentence.text or any(item.rough for item in found):
        return None
    first = (
        next((item for item in found if _FIRST.search(item.label + item.after)), None)
        or (found[0] if _AT_FIRST.search(sentence.text[: found[0].start]) else None)
        or _older(found)
        or _turned(sentence, found)
    )
    if first is None or not all(same_unit(first.unit, item.unit) for item in found):
        return None
    others = [item for item in found if item is not first]
    went = tuple(item for item in others if _WENT.search(_words(item)) and not _stays(item))
    came = tuple(item for item in others if item not in went and _CAME.search(_words(item)) and not _stays(item))
    added = sum((item.value for item in came), first.value)
    left = [item for item in others if item not in (*went, *came)]
    left = [item for item in left if not (_SUBTOTAL.search(item.label) and item.value == added)] or left
    moved = len(came) + len(went)
    return Balance(first, came, went, left[0]) if len(left) == 1 and moved and _is_left(left[0], moved) else None


def _older(found: list[Quantity]) -> Quantity | None:
    """Return the stock at the end of the year before that of the last figure (2022年底有40个……2023年底有46个)."""
    years = [(item, match) for item in found if (match := _STOCK.search(item.label))]
    if len(years) != 2 or int(years[1][1][1]) != int(years[0][1][1]) + 1:  # noqa: PLR2004 - then and now
        return None
    return years[0][0]


def _turned(sentence: Sentence, found: list[Quantity]) -> Quantity | None:
    """Return the figure that a total came from (新增18项，取消5项，总数从146项增加到159项)."""
    froms = [item for item in found if sentence.text[: item.start].endswith(("从", "由", "从原来的", "由原来的"))]
    return froms[0] if len(froms) == 1 else None


def _is_left(item: Quantity, moved: int) -> bool:
    """Whether a figure is what is left: by its words, or as the only one beside two that came and went."""
    return bool(_LEFT.search(item.label + item.after)) or moved > 1


def _stays(item: Quantity) -> bool:
    """Whether the words before a figure tell what is left; a day up to which something was done (截至年底已办结) does not."""
    return bool(_LEFT.search(_AS_OF.sub("", item.label)))


def _words(item: Quantity) -> str:
    return item.label or item.after


def check_balances(paper: Paper) -> Iterator[Contradiction]:
    """Work out what must be left and compare it with what is said to be."""
    for sentence in (*paper.sentences, *_accounts(paper)):
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
            paper.evidence(*balance.span(sentence)),
            terms=terms,
            left=printed(balance.worked_out),
            stated=printed(balance.left.value) + balance.left.unit,
        )


def _accounts(paper: Paper) -> Iterator[Sentence]:
    """Yield a paragraph as one account, and two sentences of it without the parts of what they tell: 新收9件，结转1件。答复8件，其中……；转下年2件."""
    for one, other in pairwise(paper.sentences):
        text = paper.plain.text[one.start : other.start + len(other.text)]
        begins = _FIRST.search(one.text) and not _FIRST.search(other.text) and balance_of(one) is None
        if begins and "\n" not in text and _NEXT_YEAR.search(other.text):
            yield Sentence(_DETAILS.sub(lambda match: "■" * len(match[0]), text), one.start)
    for line in paper.lines:
        told = [sentence for sentence in paper.sentences if line.start <= sentence.start < line.start + len(line.text)]
        if len(told) > 1 and len(line.text) <= _LONGEST and not any(map(balance_of, told)):
            yield line


def hangs_together(items: Sequence[Quantity]) -> bool:
    """Whether one of some figures is the sum of all the others, what is told as taken away being taken off."""
    for total in items if len(items) >= _LEAST else ():
        others = [item for item in items if item is not total]
        signed = sum((-item.value if _WENT.search(_words(item)) else item.value for item in others), Decimal(0))
        left = total is items[0] or bool(_LEFT.search(total.label))
        if total.value > 0 and total.value in {signed if left else Decimal(0), sum(item.value for item in others)}:
            return True
    return False
