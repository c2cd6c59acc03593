"""How many times as great a figure is as an earlier one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.rates.changes import is_of_year_before, is_turned
from attrtrack.examining.text.figures import Quantity, chinese_number, printed, quantities, same_unit
from attrtrack.examining.text.paper import Paper, Sentence

_TIMES = re.compile(
    r"(?P<about>约为?|近|超过?|逾|达到?)?(?:(?<![\d.])(?P<number>\d+(?:\.\d+)?|[一两二三四五六七八九十])倍|翻了?(?P<doubled>[一两二三])?番)(?P<more>[多以余])?"
)
_GREW = re.compile(r"(?:增长|增加|提高|上升|提升|扩大|多|翻)了?(?:近|约|超过?|达到?)?$")
_IS_OF = re.compile(r"(?:[是为达]|相当于)[^，。；]{2,20}的$")
_OF_RATE = re.compile(r"[%点]的$")
_ROUGH = frozenset({"约", "约为", "近", "超", "超过", "逾"})


def check_multiples(paper: Paper) -> Iterator[Contradiction]:
    """Check 是上年的2.8倍, or 增长1.8倍, against the two figures of its sentence."""
    for sentence in paper.sentences:
        for match in _TIMES.finditer(sentence.text):
            pair = _then_and_now(sentence, match.start())
            if (
                pair is not None
                and not match["more"]
                and not _OF_RATE.search(sentence.text, 0, match.start())
                and match["about"] not in _ROUGH
            ):
                yield from _compared(paper, sentence, match, *pair)


def _then_and_now(sentence: Sentence, place: int) -> tuple[Quantity, Quantity] | None:
    clause = sentence.text.rfind("；", 0, place)
    whole = [item for item in quantities(sentence) if clause < item.start and not (item.rough or item.delta)]
    near = [item for item in whole if item.start < place] or whole
    thens = [item for item in near if (item.earlier or is_turned(sentence, item)) and item.value]
    thens = thens or [item for item in near if is_of_year_before(sentence, item) and item.value]
    thens = thens or ([near[-1]] if near and near[-1].value and _IS_OF.search(sentence.text[:place]) else [])
    nows = [item for item in near if item not in thens]
    if (
        len(thens) != 1
        or len(nows) != 1
        or not (same_unit(thens[0].unit, nows[0].unit) or "" in {thens[0].unit, nows[0].unit})
    ):
        return None
    return thens[0], nows[0]


def _compared(
    paper: Paper, sentence: Sentence, match: re.Match[str], then: Quantity, now: Quantity
) -> Iterator[Contradiction]:
    stated, ratio = _stated(match), now.value / then.value
    rounded = (now.slack + then.slack * ratio) / then.value
    grew = match["number"] and _GREW.search(sentence.text, 0, match.start())
    above, below = _steps(match)
    if -above - rounded <= (ratio - 1 if grew else ratio) - stated < below + rounded:
        return
    start, end = (match.start("number"), match.end("number") + 1) if match["number"] else match.span()
    place = paper.evidence(sentence.start + start, sentence.start + end)
    others = [paper.evidence(sentence.start + item.start, sentence.start + item.end) for item in (now, then)]
    because = f"{printed(now.value)}÷{printed(then.value)}＝{ratio:.2f}" + ("，增长的是多出的倍数" if grew else "")
    yield paper.found("percentage", place, *others, stated=place.quote, because=because)


def _steps(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Return how far a multiple may lie above and below: one with decimals may be cut off, a doubled one is off by a quarter."""
    if match["number"] is None:
        return Decimal("0.25"), Decimal("0.25")
    decimals = len(match["number"].partition(".")[2])
    step = Decimal(1).scaleb(-decimals)
    return step / 2, step if decimals else step / 2


def _stated(match: re.Match[str]) -> Decimal:
    """Return how many times a figure is told to be: 翻一番 is twice, 翻两番 four times."""
    if match["number"] is None:
        return Decimal(2) ** (chinese_number(match["doubled"] or "一") or 1)
    return Decimal(match["number"] if match["number"][0].isdigit() else chinese_number(match["number"]) or 0)
