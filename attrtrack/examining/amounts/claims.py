"""Figures of which a word says how they follow from others: the rest, the difference, the average, so many each.

A word (其余, 相差, 平均, 每) says what a figure claims to be. The claim stands if any figures of its sentence bear it out; only where
none do, and the figures leave one way to read it, it is told with what that reading comes to.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import TIMES, Quantity, printed, quantities, same_unit
from attrtrack.examining.text.paper import Paper, Sentence

_REST = re.compile(r"(?:其余|余下|剩余|剩下|结余|节余|[还尚仍]有|[还尚仍]余|只剩|仅剩|余额|余量)[^，。；：、\d]{0,10}$")
_APART = re.compile(r"(?:相差|差额|差距|差值|差数|极差|落差|净[增减]|净[增减][加少])[^，。；\d]{0,4}$")
_LESS = re.compile(r"(?:剔除|扣除|除去|减去|去除|扣减|刨去|核减)[^。；]*(?:实际|有效|[实净剩])[^，。；、\d]{0,8}$")
_AVERAGE = re.compile(
    r"(?:平均(?:每[\u4e00-\u9fff]{1,2})?|[日月季周年人场件户村镇校组站班期次篇家店局]均)[\u4e00-\u9fff]{0,8}$"
)
_BY = re.compile(r"^，?(?:总[数量])?(?:即?为|达到?|增至|升至|减至|降至|增加到|减少到|变为)[^，。；\d]{0,2}$")
_EACH = re.compile(r"(?:每|各)[\u4e00-\u9fff]{1,3}[^，。；\d]{0,6}$")
_FEWER = re.compile(r"减|少|降|低|压|缩")
_PER = {"月均": 12, "季均": 4, "每月": 12, "每个月": 12, "每季": 4, "每半年": 2}
_LISTED = re.compile(r"分别|依次|[、和]")
_OVERALL = re.compile(r"总|共|合计|累计|全[年市县区省州校院系]|[到至]场|发[放出]|合[为计]")
_LEAST, _MOST, _NEARBY, _TWO_DIGITS = 2, 8, Decimal("0.75"), 10

_Reading = tuple[Decimal, str]


def check_claims(paper: Paper) -> Iterator[Contradiction]:
    """Work out every figure that is told as the rest, the difference or the average of others."""
    for sentence in paper.sentences:
        found = [item for item in quantities(sentence) if not item.rough]
        for at, item in enumerate(found if _LEAST <= len(found) <= _MOST else ()):
            lead = sentence.text[found[at - 1].end if at else 0 : item.start]
            others = [one for one in found if one is not item]
            yield from _judged(paper, sentence, item, lead, others=others)


def _judged(
    paper: Paper, sentence: Sentence, item: Quantity, lead: str, *, others: Sequence[Quantity]
) -> Iterator[Contradiction]:
    """Compare a figure with what its word says it is."""
    alike = [one for one in others if same_unit(one.unit, item.unit)]
    if _REST.search(lead) or _LESS.search(sentence.text[: item.start]):
        readings, slack = list(_rests(alike)), item.step * 0
    elif _APART.search(lead):
        readings, slack = list(_differences([one for one in alike if one.end <= item.start])), item.slack
    elif _AVERAGE.search(lead) or _EACH.search(lead):
        readings, slack = (
            list(_averages(sentence.text, item, lead, others, alike)),
            item.step if "均" in lead else item.slack,
        )
    elif others and _BY.match(lead) and (changed := _before(others, item)) and changed.delta:
        readings, slack = list(_changed(alike, changed)), item.slack
    else:
        return
    if not readings or any(abs(value - item.value) <= slack for value, _ in readings):
        return
    value, told = next((reading for reading in readings if reading[1]), readings[0])
    turned = sorted(printed(value)) == sorted(printed(item.value)) and item.value >= _TWO_DIGITS
    nearby = _NEARBY if not re.search("净[增减]", lead) else _NEARBY * _NEARBY
    if told and item.value and (turned or nearby <= value / item.value <= 1 / nearby):
        yield paper.found(
            "figure-follows",
            paper.evidence(sentence.start + item.start, sentence.start + item.end),
            certainty=Certainty.PROBABLE,
            stated=printed(item.value) + item.unit,
            worked_out=f"{told}＝{printed(round(value, 2))}",
        )


def _rests(alike: Sequence[Quantity]) -> Iterator[_Reading]:
    """Yield what is left of the greatest figure, the likeliest reading first: less all others, or less some of them."""
    if len(alike) < _LEAST:
        return
    whole = max(alike, key=lambda one: one.value)
    parts = [one for one in alike if one is not whole]
    for size in range(len(parts), 0, -1):
        for taken in combinations(parts, size):
            told = "－".join(printed(one.value) for one in (whole, *taken)) if size == len(parts) else ""
            yield whole.value - sum(one.value for one in taken), told
    for one, other in permutations(alike, 2):
        yield one.value - other.value, ""


def _before(others: Sequence[Quantity], item: Quantity) -> Quantity | None:
    return next((one for one in reversed(others) if one.end <= item.start), None)


def _changed(alike: Sequence[Quantity], change: Quantity) -> Iterator[_Reading]:
    """Yield what a figure becomes by a change (上半年68件，下半年多16件，为84件), the one before the change first."""
    bases = [one for one in alike if one is not change and same_unit(one.unit, change.unit)]
    for at, base in enumerate(sorted(bases, key=lambda one: abs(change.start - one.start))):
        signed = -change.value if _FEWER.search(change.label) else change.value
        sign = "－" if signed < 0 else "＋"
        yield base.value + signed, "" if at else f"{printed(base.value)}{sign}{printed(change.value)}"
        yield base.value - signed, ""


def _differences(alike: Sequence[Quantity]) -> Iterator[_Reading]:
    """Yield how far two figures lie apart, the last two first."""
    for at, pair in enumerate(combinations(reversed(alike), 2)):
        more, less = sorted(pair, key=lambda one: -one.value)
        yield more.value - less.value, "" if at else f"{printed(more.value)}－{printed(less.value)}"


def _averages(
    text: str, item: Quantity, lead: str, others: Sequence[Quantity], alike: Sequence[Quantity]
) -> Iterator[_Reading]:
    """Yield what falls to each: a total over a count, a total over the months, or the mean of what is listed."""
    exact = [one for one in others if not one.delta and one.value]
    averages = [one for one in exact if one.unit in TIMES and one.unit != item.unit]
    pairs = [
        (total, count)
        for total, count in permutations(exact, 2)
        if same_unit(total.unit, item.unit) and count.whole and total.value >= item.value and count not in averages
    ]
    bound = [pair for pair in pairs if _OVERALL.search(pair[0].label)]
    bound = [pair for pair in bound if pair[0].unit == item.unit] or bound
    for total, count in sorted(pairs, key=lambda pair: pair not in bound):
        told = f"{printed(total.value)}÷{printed(count.value)}" if len(bound) == 1 and (total, count) in bound else ""
        yield total.value / count.value, told
    if per := next((count for sign, count in _PER.items() if sign in lead), None):
        totals = [one for one in alike if _OVERALL.search(one.label)]
        yield from ((one.value / per, f"{printed(one.value)}÷{per}" if len(totals) == 1 else "") for one in totals)
    run = [one for one in alike if not one.earlier and one.end <= item.start]
    if len(run) > _LEAST and "均" in lead:
        told = (
            f"（{'＋'.join(printed(one.value) for one in run)}）÷{len(run)}"
            if _LISTED.search(text) and not bound
            else ""
        )
        yield sum((one.value for one in run), Decimal(0)) / len(run), told
