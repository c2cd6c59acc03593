"""Changes against an earlier figure: by how many, by how much per cent, upwards or downwards."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.rates.comparing import is_limit
from attrtrack.examining.text.figures import Percentage, Quantity, percentages, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence

_DOWN = re.compile(r"减|下降|降低|降幅|压|缩|精简|少(?:了|于)?|回落")
_UP = re.compile(r"增|提高|上升|提升|上涨|涨|多(?:了|于)?")
_RATE_CHANGE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,6}(?:率|比例|占比|比重))[^，；。\d]{0,4}(?:较|比|同比)[^，；。\d]{0,8}(?:提高|提升|上升|增加|增长|下降|降低)了?$"
)
_THEN_AND_NOW = re.compile(r"由|从|上年|去年|同期|上一年|原来|年初|上季|上月|上期|前一|高于|低于|比|较")
_TURNED = re.compile(r"(?:由|从|原(?:有|来)?的?)[\u4e00-\u9fff]{0,4}$")
_YEAR, _TITLES = re.compile(r"((?:19|20)\d{2})年"), re.compile(r"《[^《》]*》")
_BY_ITSELF = re.compile(r"新增|增加|减少|压减|精简|节约|节省|压缩|缩减|核减|下架")
_MOST_TRIED, _WHOLE = 100_000, 100


def check_change(paper: Paper, sentence: Sentence, place: Percentage) -> Iterator[Contradiction | Unchecked]:
    """Work a change out again from the figures of its sentence."""
    lead = sentence.text[: place.start]
    if place.points and "%" in sentence.text:
        yield from _points(paper, sentence, place)
        return
    if rate := _RATE_CHANGE.search(lead):
        yield from _change_of_rate(paper, sentence, place, rate["name"])
        return
    if place.points or place.rough:
        yield from _points(paper, sentence, place)
        return
    found = [item for item in quantities(sentence) if not item.rough]
    changes = list(_behind(sentence, place, found)) or list(_expected(sentence, place, found))
    changes = changes or list(_told_after(sentence, place, found)) or list(_compared_after(sentence, place, found))
    if not changes:
        return
    down = _goes_down(lead)
    if any(place.fits(change) and (change < 0) == down for change, _ in changes):
        return
    change, (now, then) = changes[0]
    turned = "但文中写的是上升" if change < 0 and not down else "但文中写的是下降" if change > 0 and down else ""
    if turned and not place.fits(change) and len(changes) > 1:
        return
    because = f"由{printed(then)}到{printed(now)}，变化为{abs(change) * 100:.{max(place.decimals, 1)}f}%{turned}"
    stated = paper.evidence(sentence.start + place.start, sentence.start + place.end)
    certainty = Certainty.PROBABLE if len(changes) > 1 else Certainty.SURE
    yield paper.found("percentage-change", stated, certainty=certainty, stated=stated.quote, because=because)


def _points(paper: Paper, sentence: Sentence, place: Percentage) -> Iterator[Contradiction]:
    """Check 由82.5%提高到95.3%，提高12.8个百分点: the points are the difference of the only two shares of the clauses around."""
    start, end = sentence.text.rfind("；", 0, place.start), sentence.text.find("；", place.end)
    clauses = range(start + 1, end if end >= 0 else len(sentence.text))
    around = [item for item in percentages(sentence) if item.start in clauses and not (item.points or item.bounds)]
    around = [item for item in around if not is_limit(sentence.text, item)]
    before = [item for item in around if item.start < place.start]
    shares = before if len(before) > 1 else around
    exact = len(shares) == 2 and shares[0].value + shares[1].value != _WHOLE and not any(item.rough for item in shares)  # noqa: PLR2004 - then and now
    if not place.points or place.rough or not exact or not _THEN_AND_NOW.search(sentence.text, start + 1):
        return
    difference = abs(shares[0].value - shares[1].value)
    if difference != place.value and place.decimals >= max(item.decimals for item in shares):
        stated = paper.evidence(sentence.start + place.start, sentence.start + place.end)
        because = f"{shares[0].value}%与{shares[1].value}%相差{difference}个百分点"
        yield paper.found("percentage-change", stated, stated=stated.quote, because=because)


def _goes_down(lead: str) -> bool:
    tail = lead[-12:]
    ups, downs = list(_UP.finditer(tail)), list(_DOWN.finditer(tail))
    return bool(downs) and (not ups or downs[-1].end() >= ups[-1].end())


def _expected(
    sentence: Sentence, place: Percentage, found: list[Quantity]
) -> Iterator[tuple[Decimal, tuple[Decimal, Decimal]]]:
    """Yield the changes that the sentence's own figures make, the likeliest first, each with figure now and figure then."""
    near = [item for item in found if item.end <= place.start and place.start - item.end < 60]  # noqa: PLR2004 - a clause or two
    near = [item for item in near if not _percentage_between(sentence, item, place)]
    thens = [
        item
        for item in near
        if not item.delta and (item.earlier or is_turned(sentence, item) or is_of_year_before(sentence, item))
    ]
    for then in reversed(thens):
        nows = [
            item for item in near if item.unit == then.unit and not item.delta and item is not then and not item.earlier
        ]
        for now in sorted(nows, key=lambda item: abs(item.start - then.start)):
            if then.value and _BY_ITSELF.search(now.label):
                signed = -now.value if _goes_down(now.label) else now.value
                yield signed / then.value, (then.value + signed, then.value)
            if then.value:
                yield (now.value - then.value) / then.value, (now.value, then.value)
    deltas = [item for item in near if item.delta and place.start - item.end < 16]  # noqa: PLR2004 - 增加30件，增长25%
    for delta in deltas[-1:]:
        signed = -delta.value if _goes_down(sentence.text[: delta.start]) else delta.value
        for now in reversed([item for item in near if item.unit == delta.unit and not item.delta and not item.earlier]):
            then_value = now.value - signed
            if now.start < delta.start and then_value > 0 and not thens:
                yield signed / then_value, (now.value, then_value)
        for then in thens:
            if then.unit == delta.unit and then.value:
                yield signed / then.value, (then.value + signed, then.value)


def _behind(
    sentence: Sentence, place: Percentage, found: list[Quantity]
) -> Iterator[tuple[Decimal, tuple[Decimal, Decimal]]]:
    """Yield the change of the figures in the brackets behind a percentage (增长15%（去年40条，今年46条）), 今年 told there or before."""
    brackets = re.match(r"，?（[^（）]*）", sentence.text[place.end :])
    inside = [item for item in found if brackets and place.end < item.start < place.end + brackets.end()]
    inside = [item for item in inside if not item.delta]
    if len(inside) == 1 and inside[0].earlier:
        before = [item for item in found if item.end <= place.start and item.unit == inside[0].unit]
        inside += [item for item in before if not item.delta][-1:]
    if len(inside) == 2 and inside[0].unit == inside[1].unit:  # noqa: PLR2004 - then and now
        then, now = sorted(inside, key=lambda item: not (item.earlier or is_turned(sentence, item)))
        if then.value and (then.earlier or is_turned(sentence, then)):
            yield (now.value - then.value) / then.value, (now.value, then.value)


def _told_after(
    sentence: Sentence, place: Percentage, found: list[Quantity]
) -> Iterator[tuple[Decimal, tuple[Decimal, Decimal]]]:
    """Yield the change where only the difference stands before it and the figure it led to behind (减少31件，降幅20%，受理124件)."""
    deltas = [item for item in found if item.delta and item.end <= place.start]
    nows = [item for item in found if item.start > place.end and not (item.delta or item.earlier)]
    if len(deltas) == 1 and len(nows) == 1 and len(found) == 2 and deltas[0].unit == nows[0].unit:  # noqa: PLR2004 - these
        signed = -deltas[0].value if _goes_down(sentence.text[: deltas[0].start]) else deltas[0].value
        if nows[0].value > signed:
            yield signed / (nows[0].value - signed), (nows[0].value, nows[0].value - signed)


def _compared_after(
    sentence: Sentence, place: Percentage, found: list[Quantity]
) -> Iterator[tuple[Decimal, tuple[Decimal, Decimal]]]:
    """Yield the change of the only two figures where the earlier stands behind (175件，同比增长16.7%，2022年为150件)."""
    if len(found) != 2 or len(percentages(sentence)) != 1 or any(item.delta for item in found):  # noqa: PLR2004 - these
        return
    now, then = found
    behind = sentence.text[place.end : then.start]
    before = then.earlier or is_turned(sentence, then) or _is_last_year(sentence, then)
    if now.end <= place.start < then.start and now.unit == then.unit and then.value and before and "；" not in behind:
        yield (now.value - then.value) / then.value, (now.value, then.value)


def _is_last_year(sentence: Sentence, item: Quantity) -> bool:
    years = _years(sentence)
    told = [year for place, year in years if place < item.start]
    return len(told) > 1 and told[-1] == told[0] - 1


def _percentage_between(sentence: Sentence, item: Quantity, place: Percentage) -> bool:
    return any(item.end <= other.start < place.start for other in percentages(sentence)) and (
        "；" in sentence.text[item.end : place.start]
    )


def is_turned(sentence: Sentence, item: Quantity) -> bool:
    """Whether a figure is the starting point of a change (由260个整合为204个)."""
    before = sentence.text[max(0, item.start - 10) : item.start]
    behind = sentence.text[item.end : item.end + 24]
    return bool(
        _TURNED.search(before)
        or re.match(r"[^，。；\d]{0,16}(?:整合|压减|精简|压缩|减少|下降|调整|合并|增加|扩大|提高)[到为至成]\d", behind)
    )


def is_of_year_before(sentence: Sentence, item: Quantity) -> bool:
    """Whether a figure is of the year before another that its sentence names (2023年86件，2022年为72件)."""
    years = _years(sentence)
    told = [year for place, year in years if place < item.start]
    return bool(told) and any(year == told[-1] + 1 for _, year in years)


@lru_cache(maxsize=512)
def _years(sentence: Sentence) -> tuple[tuple[int, int], ...]:
    """Return the years a sentence names, those of titles apart, each with its place."""
    text = _TITLES.sub(lambda match: "■" * len(match[0]), sentence.text)
    return tuple((match.start(), int(match[1])) for match in _YEAR.finditer(text))


def check_differences(paper: Paper) -> Iterator[Contradiction]:
    """Check 由260个整合为204个，减少56个: the third figure is the difference of the first two."""
    for sentence in paper.sentences:
        found = [item for item in quantities(sentence) if not item.rough]
        for delta in (item for item in found if item.delta):
            earlier = [item for item in found if item.end <= delta.start and item.unit == delta.unit and not item.delta]
            thens = [item for item in earlier if item.earlier or is_turned(sentence, item)]
            nows = [item for item in earlier if item not in thens]
            if len(thens) != 1 or not nows or delta.start - earlier[-1].end > 20:  # noqa: PLR2004 - the difference follows
                continue
            if all(abs(abs(now.value - thens[0].value) - delta.value) > _slack(now, thens[0], delta) for now in nows):
                place = paper.evidence(sentence.start + delta.start, sentence.start + delta.end)
                yield paper.found(
                    "difference",
                    place,
                    now=printed(nows[-1].value),
                    then=printed(thens[0].value),
                    stated=place.quote,
                    difference=printed(abs(nows[-1].value - thens[0].value)),
                )


def _slack(*items: Quantity) -> Decimal:
    return sum((item.step / 2 for item in items if item.step != 1), Decimal(0))


def _change_of_rate(
    paper: Paper, sentence: Sentence, place: Percentage, name: str
) -> Iterator[Contradiction | Unchecked]:
    """Look for whole numbers that would make a rate go up by so much; the earlier total must be stated."""
    stated = paper.evidence(sentence.start + place.start, sentence.start + place.end)
    found = [item for item in quantities(sentence) if item.end <= place.start and item.whole and not item.delta]
    now = [item for item in found if not item.earlier]
    then = [item for item in found if item.earlier]
    pair = _last_pair(now)
    if pair is None or not then or place.rough or then[-1].value > _MOST_TRIED:
        yield paper.unchecked("change-unexplained", quote=f"{name}……{stated.quote}")
        return
    part, whole = pair
    rate, total = part.value / whole.value, int(then[-1].value)
    down = _goes_down(sentence.text[: place.start])
    if any(_explains(rate, Decimal(k) / total, place, down=down) for k in range(1, total + 1)):
        return
    ambiguous = "" if place.points else "既没有说明是百分点还是百分比，"
    yield paper.found(
        "change-unexplained",
        stated,
        paper.evidence(sentence.start + part.start, sentence.start + part.end),
        paper.evidence(sentence.start + then[-1].start, sentence.start + then[-1].end),
        name=name,
        stated=stated.quote,
        ambiguous=ambiguous,
        rate=f"{printed(part.value)}÷{printed(whole.value)}＝{rate * 100:.2f}%",
        total=printed(then[-1].value) + then[-1].unit,
    )


def _last_pair(now: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    if len(now) < 2:  # noqa: PLR2004 - a part and its whole
        return None
    part = now[-1]
    wholes = [item for item in now[:-1] if item.unit == part.unit and item.value >= part.value]
    return (part, wholes[-1]) if wholes else None


def _explains(now: Decimal, then: Decimal, place: Percentage, *, down: bool) -> bool:
    change = then - now if down else now - then
    if change < 0:
        return False
    return place.fits(change) or (not place.points and place.fits(change / then))
