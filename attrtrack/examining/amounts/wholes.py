"""A supposed total with its parts: whether it is right, and whether its miss is too near to be chance."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, printed
from attrtrack.examining.text.paper import Paper, Sentence

LEAST_PARTS = 2
_OVER = Decimal("1.5")
"""A part that a word closes with its total may even be greater than it, by a slip."""
MOST_FIGURES = 24
"""A passage with more figures of one unit is a register, not a sum."""
_TEN, _TURNED_EACH, _UNSAID = 10, 3, 6
_KINDS = (
    re.compile(r"公开|提供|处理|答复|告知|补正|撤回|不存在|转[交送]|职责|重复|不属于|不明确"),
    re.compile(r"维持|纠正|[未审]结|驳回|撤[销诉]|责令|调解|[胜败]诉|确认违法|其[他它]"),
    re.compile(r"\d分?以[上下]|[\d至]|以[上下]的?$"),
    re.compile(r"属实"),
)
"""What the outcomes of one thing are called: of requests, of disputes, of marks, of complaints."""
_OTHER = re.compile(r"^其[他它余]")
_DONE, _UNDONE = re.compile(r"已|完成"), re.compile(r"正在|尚未|未|待|需|在办")


@dataclass(frozen=True, slots=True)
class Whole:
    """A total, its supposed parts, how likely a miss by chance may be and still be told, and whether a word closes the parts."""

    total: Quantity
    parts: tuple[Quantity, ...]
    bound: Decimal = Decimal(0)
    closed: bool = False

    @property
    def added(self) -> Decimal:
        """What the parts come to."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def leads(self) -> bool:
        """Whether the total stands before its parts."""
        return self.total.start < self.parts[0].start

    @property
    def is_right(self) -> bool:
        """Whether the total is what its parts come to, but for the coarsest rounding among them."""
        slack = max(item.slack for item in (self.total, *self.parts))
        return abs(self.total.value - self.added) <= slack

    @property
    def is_told(self) -> bool:
        """Whether the miss is unlikely enough to be a slip."""
        most = self.total.value * (_OVER if self.closed else 1)
        near = max(part.value for part in self.parts) < most and self.total.value < 2 * self.added
        near = near or _turned(self.total.value, self.added)
        rounded = sum((item.slack for item in (self.total, *self.parts)), Decimal(0))
        return near and abs(self.total.value - self.added) > rounded and self._chance() <= self.bound

    def _chance(self) -> Decimal:
        """Return how often a figure of this size comes as near to the sum of the parts, what a slip makes counted as near.

        A difference of one digit (1 to 9, 10 to 90, …), or one that turned digits make, is what a slip makes; there are few
        of them, so that one of them is as telling as a difference of next to nothing.
        """
        unit = min(item.step for item in (self.total, *self.parts))
        ways = _rank(int(abs(self.total.value - self.added) / unit))
        lack = self.total.value - self.added
        if _turned(self.total.value, self.added) or any(_turned(part.value, part.value + lack) for part in self.parts):
            ways = min(ways, _TURNED_EACH * len(self.parts))
        return 2 * ways * unit / max(self.total.value, self.added)

    def contradiction(self, paper: Paper, window: Sentence) -> Contradiction:
        """Tell the total and what the parts come to."""
        items = (self.total, *self.parts)
        start, end = min(item.start for item in items), max(item.end for item in items)
        return paper.found(
            "sum-of-parts",
            paper.evidence(window.start + start, window.start + end),
            paper.evidence(window.start + self.total.start, window.start + self.total.end),
            certainty=Certainty.PROBABLE,
            total=printed(self.total.value) + self.total.unit,
            parts="＋".join(printed(part.value) for part in self.parts),
            added=printed(self.added) + self.total.unit,
        )


def right_wholes(group: Sequence[Quantity]) -> Iterator[Whole]:
    """Yield the runs of figures that make up the figure before or behind them, with or without the parts of parts."""
    for start, end in combinations(range(len(group) + 1), 2):
        run = group[start:end]
        beside = [group[at] for at in (start - 1, end) if 0 <= at < len(group)]
        if len(run) < LEAST_PARTS or (end < len(group) and start and _goes_on(run[-1], group[end])):
            continue
        if start and beside[-1:] == group[end : end + 1] and group[start - 1].label == run[0].label != "":
            beside = beside[:-1]
        for parts in (tuple(run), tuple(unnested(run))):
            yield from (one for total in beside if (one := Whole(total, parts)).is_right)


def _goes_on(last: Quantity, following: Quantity) -> bool:
    """Whether a run goes on behind its last figure with a label that begins as its own does (属于……2件，属于……1件)."""
    return (
        bool(_OTHER.match(following.label))
        or are_of_one_kind((last, following))
        or (_are_alike(last, following) and last.value != following.value)
    )


def _are_alike(last: Quantity, following: Quantity) -> bool:
    one, other = last.label, following.label
    return len(one) > 1 and (one[:2] == other[:2] or (one[:1] == other[:1] and one[-2:] == other[-2:]))


def are_of_one_kind(parts: Sequence[Quantity]) -> bool:
    """Whether figures are outcomes of one kind (维持, 纠正, 尚未审结; 已完成, 正在整改, 需长期坚持), so that they are all of a row."""
    labels = [part.label + part.after for part in parts]
    if any(all(kind.search(label) for label in labels) for kind in _KINDS):
        return True
    undone = [bool(_UNDONE.search(label)) for label in labels]
    return any(undone) and all(_DONE.search(label) or open_ for label, open_ in zip(labels, undone, strict=True))


def unnested(parts: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the parts that are no parts of one before them, told behind it."""
    at = 0
    while at < len(parts):
        yield parts[at]
        behind = (
            end
            for end in range(len(parts), at + LEAST_PARTS, -1)
            if Whole(parts[at], tuple(parts[at + 1 : end])).is_right and not _are_alike(parts[at], parts[at + 1])
        )
        at = next(behind, at + 1)


def _rank(missed: int) -> int:
    """Return the place of a difference among those of one digit; one of more digits is mostly what was left unsaid."""
    digits = len(str(missed)) - 1
    head = missed // _TEN**digits
    return 9 * digits + head if head * _TEN**digits == missed else missed * _UNSAID


def _turned(one: Decimal, other: Decimal) -> bool:
    """Whether two figures are of the same digits in another order."""
    first, second = printed(one), printed(other) if other > 0 else ""
    return first != second and len(first) == len(second) > 1 and sorted(first) == sorted(second)
