"""Two values and how far they lie apart, wherever they are told: in points, in per cent or in their own unit.

A difference (提高3个百分点, 高出4.2分, 下降20%) is compared with the only two values of its kind in the nearest scope that has two: its
part of the sentence, the sentence, the sentence and a neighbour. What any two values around explain is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.rates.comparing import is_limit
from attrtrack.examining.text.figures import Percentage, Quantity, chinese_number, percentages, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence

_CHANGE = re.compile(
    r"(?:(?:同比|环比|增长|增加|减少|下降|降低|提高|上升|提升|压减|上涨|回落|多|少|压缩|缩短|精简|下滑|回升|攀升|缩减|净增|净减|[高低]出?|增)了?(?:约|达到?)?|(?:[升降增减跌涨提]幅|幅度|增长率|(?:压缩|压减|精简|缩短|整合)比例)(?:约?为|达到?)?)$"
)
_APART = re.compile(
    r"(?:高出?|低|多出?|少|相差|增加|减少|提高|下降|降低|上升|提升|增|减|缩短|压减|压缩|落后|领先|超出|差距)[了达约]{0,2}$|[比较][^，。；\d]{2,8}[多少][\u4e00-\u9fff]{2}了?$"
)
_THEN = re.compile(
    r"[由从比较]|上年|去年|前年|同期|上一|原|季度|上月|上期|前者|后者|平均|年[初底末]|首尾|(?:19|20)\d{2}年|[高低]于|相差"
)
_OVER_YEARS = re.compile(r"(?P<years>[一两二三四五六]|\d)年(?:间|来|内|多来)?[^，。；\d]{0,6}$")
_RATIO = re.compile(
    r"(?:达到?了?|相当于|[为是占]|完成了?)[^，。；\d]{0,8}(?:去年|上年|同期|前年|往年)[^，。；\d]{0,8}的$"
)
_LEVEL = re.compile(r"持平|没有变化|保持不变")
_RATIO_TOLD, _LEVEL_TOLD = "ratio", "level"
_NOTHING = Quantity(
    Decimal(0), "", 0, 0, rough=False, delta=True, earlier=False, depth=0, step=Decimal(1), label="", after=""
)
_AGAINST = re.compile(r"(?:^|[，（])(?:[比较由从高低]于?|相比)[^，。；\d]{1,12}[（的]?$")
_SEASON, _LAST_YEAR = re.compile(r"季度|半年|\d月"), re.compile(r"去年|上年|同期|前年|\d{4}年")
_ENDS = re.compile(r"[，；]"), re.compile(r"；")
_BY_ITSELF = re.compile(r"^(?:新增|增加|减少|压减|精简|节约|节省|压缩|缩减|核减|下架)[^，。；\d]*(?<![到为至成])$")
_IN_TURN = re.compile(r"(?:分别|依次)[^，。；]*$")
_DOWN, _UP = re.compile(r"减|降|少|低|压|缩|回落|下滑"), re.compile(r"增|升|多|高|涨|扩")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_SEGMENT = 2
"""The place among the scopes of the part of a sentence between ；."""
_TWO, _MOST, _AGAIN, _TIMES, _WHOLE = 2, 24, Decimal(4), 10, 100


@dataclass(frozen=True, slots=True)
class _Claim:
    """A difference told, or a value: the percentage or figure, its place, and whether it goes up or down."""

    told: Percentage | Quantity
    start: int
    end: int
    way: str = ""


def check_compared(paper: Paper) -> Iterator[Contradiction]:
    """Compare every difference with the two values nearest to it."""
    for index, sentence in enumerate(paper.sentences):
        for claim in _claims(sentence):
            yield from _judged(paper, sentence, claim, list(_scopes(paper, index, claim)))


def _claims(sentence: Sentence) -> Iterator[_Claim]:
    for place in percentages(sentence):
        if _IN_TURN.search(sentence.text[: place.start]):
            continue
        if _RATIO.search(sentence.text[: place.start]) and not (place.rough or place.points):
            yield _Claim(place, sentence.start + place.start, sentence.start + place.end, _RATIO_TOLD)
        elif not place.rough and (place.points or _CHANGE.search(sentence.text[: place.start])):
            yield _Claim(
                place, sentence.start + place.start, sentence.start + place.end, _way(sentence.text[: place.start])
            )
    for match in _LEVEL.finditer(sentence.text):
        yield _Claim(_NOTHING, sentence.start + match.start(), sentence.start + match.end(), _LEVEL_TOLD)
    for item in quantities(sentence):
        if not item.rough and _APART.search(sentence.text[: item.start]):
            yield _Claim(item, sentence.start + item.start, sentence.start + item.end)


def _way(lead: str) -> str:
    """Return whether the word before a difference goes up or down."""
    tail = re.split(r"[，。；（]", lead)[-1][-6:]
    ups, downs = bool(_UP.search(tail)), bool(_DOWN.search(tail))
    return "up" if ups and not downs else "down" if downs and not ups else ""


def _scopes(paper: Paper, index: int, claim: _Claim) -> Iterator[Sentence]:
    """Yield what of a sentence stands before a difference, its part between ；, all of it, and it with either neighbour."""
    sentence = paper.sentences[index]
    at = claim.start - sentence.start
    start = sentence.text.rfind("；", 0, at) + 1
    matches = (sign.search(sentence.text, claim.end - sentence.start) for sign in _ENDS)
    for end in (at, *(match.start() if match else None for match in matches)):
        yield Sentence(sentence.text[start:end], sentence.start + start)
    yield sentence
    for one, other in pairwise(paper.sentences[max(0, index - 1) : index + 2]):
        if paper.plain.text[one.start + len(one.text) : other.start] == "。":
            yield Sentence(paper.plain.text[one.start : other.start + len(other.text)], one.start)


def _judged(paper: Paper, sentence: Sentence, claim: _Claim, scopes: Sequence[Sentence]) -> Iterator[Contradiction]:
    values = [_over_years(sentence, claim, _values(scope, claim)) for scope in scopes]
    most = max(values, key=len)
    if (
        len(most) > _MOST
        or any(_is_made_up(claim, found) for found in values)
        or any(_fits(claim, *pair) for found in values for pair in combinations(found, _TWO))
    ):
        return
    near = next(((scope, found) for scope, found in zip(scopes, values, strict=True) if len(found) >= _TWO), None)
    if near is None:
        return
    scope, found = near[0], _last_two(near[0], claim, near[1])
    own = scope.text in scopes[_SEGMENT].text or found is not near[1]
    if len(found) != _TWO or not (own or _is_alone(scope, claim)) or not _are_compared(scope, claim, found):
        return
    one, other = found
    place = paper.evidence(claim.start, claim.end)
    unit = "%" if isinstance(claim.told, Percentage) and not claim.told.points else ""
    because = f"{_shown(one)}与{_shown(other)}相差{printed(_difference(claim, one, other))}{unit}"
    yield paper.found("percentage-change", place, certainty=Certainty.PROBABLE, stated=place.quote, because=because)


def _is_alone(scope: Sentence, claim: _Claim) -> bool:
    """Whether no other difference of the kind is told around, which would be of the other value."""
    points = isinstance(claim.told, Percentage) and claim.told.points
    others = [one.told for one in _claims(scope) if one.start != claim.start]
    return not any(
        isinstance(one, Percentage) == isinstance(claim.told, Percentage)
        and (isinstance(one, Quantity) or one.points == points)
        for one in others
    )


def _last_two(scope: Sentence, claim: _Claim, found: Sequence[_Claim]) -> Sequence[_Claim]:
    """Return of more figures the last two before a difference, if the last is told to be compared with or they have their years.

    85.1%，比上年75.0%提高…; 2015年40件，2016年50件；2017年65件，增长….
    """
    before = [one for one in found if one.start < claim.start]
    if len(found) <= _TWO or len(before) < _TWO:
        return found
    ends = [0, *(one.end - scope.start for one in before)]
    gaps = [scope.text[end : one.start - scope.start] for end, one in zip(ends, before, strict=False)][-_TWO:]
    years = [_YEAR.findall(gap) for gap in gaps]
    in_turn = all(len(year) == 1 for year in years) and int(years[1][0]) == int(years[0][0]) + 1
    return before[-_TWO:] if in_turn or _AGAINST.search(gaps[1]) else found


def _over_years(sentence: Sentence, claim: _Claim, found: Sequence[_Claim]) -> Sequence[_Claim]:
    """Return the first and the last of a value for each year where the difference is told of all the years (两年间提高20个百分点)."""
    match = _OVER_YEARS.search(sentence.text[: claim.start - sentence.start])
    years = chinese_number(match["years"]) if match else None
    return (found[0], found[-1]) if years and len(found) == years + 1 else found


def _values(scope: Sentence, claim: _Claim) -> list[_Claim]:
    """Return the values of the kind that a difference is one of; a change in per cent is one of the unit told last before it."""
    if isinstance(claim.told, Percentage) and claim.told.points:
        shares = [item for item in percentages(scope) if not (item.points or item.rough or item.bounds)]
        found = [
            _Claim(item, scope.start + item.start, scope.start + item.end)
            for item in shares
            if not (_CHANGE.search(scope.text[: item.start]) or is_limit(scope.text, item))
        ]
        return [one for one in found if one.start != claim.start]
    items = [item for item in quantities(scope) if not (item.rough or _APART.search(scope.text[: item.start]))]
    before = [item.unit for item in items if scope.start + item.start < claim.start] or [item.unit for item in items]
    last = before[-1] if before else ""
    unit = claim.told.unit or last if isinstance(claim.told, Quantity) else last
    found = [_Claim(item, scope.start + item.start, scope.start + item.end) for item in items if item.unit == unit]
    return [one for one in found if one.start != claim.start]


def _value(claim: _Claim) -> Decimal:
    return claim.told.value


def _fits(claim: _Claim, one: _Claim, other: _Claim) -> bool:
    if claim.way == _RATIO_TOLD and isinstance(claim.told, Percentage):
        return bool(_value(one) and _value(other)) and claim.told.fits(_ratio(claim, one, other))
    if isinstance(claim.told, Percentage) and not claim.told.points:
        itself = any(_BY_ITSELF.search(item.told.label) for item in (one, other) if isinstance(item.told, Quantity))
        if itself and claim.told.fits(_ratio(claim, one, other)):
            return True
        return any(claim.told.fits((_value(one) - _value(other)) / base) for base in _bases(claim, one, other))
    return abs(abs(_value(one) - _value(other)) - claim.told.value) <= _slack(claim, one, other)


def _is_made_up(claim: _Claim, found: Sequence[_Claim]) -> bool:
    """Whether a difference is what two values lie apart together with a third (由143项增加为171项，系新增33项、删除5项)."""
    gross = isinstance(claim.told, Quantity) and len(found) == _TWO + 1
    return gross and any(
        abs(abs(_value(found[at - 2]) - _value(found[at - 1])) - claim.told.value) == _value(found[at])
        for at in range(_TWO + 1)
    )


def _ratio(claim: _Claim, one: _Claim, other: _Claim) -> Decimal:
    """Return the ratio of two values that a percentage of one of them is: more than a hundred only if it is told so."""
    less, more = sorted((_value(one), _value(other)))
    return more / less if claim.told.value > _WHOLE else less / more


def _bases(claim: _Claim, one: _Claim, other: _Claim) -> list[Decimal]:
    """Return what a change may be a change from: the less where it goes up, the greater where it goes down, else either."""
    less, more = sorted((_value(one), _value(other)))
    bases = {"up": (less,), "down": (more,)}.get(claim.way, (less, more))
    return [base for base in bases if base > 0]


def _slack(*claims: _Claim) -> Decimal:
    return sum((item.told.slack for item in claims if isinstance(item.told, Quantity)), Decimal(0))


def _are_compared(scope: Sentence, claim: _Claim, found: Sequence[_Claim]) -> bool:
    """Whether two values are of one thing at two times or of two sides, and as far apart as a slip of what is told would be."""
    one, other = found
    text, start = scope.text, min(one.start, claim.start) - scope.start
    between = text[one.end - scope.start : other.start - scope.start]
    if not _THEN.search(text, max(0, start - 24)) or "其中" in between:
        return False
    if "同比" in text[: claim.start - scope.start][-6:] and _SEASON.search(between) and not _LAST_YEAR.search(text):
        return False
    if isinstance(one.told, Quantity) and isinstance(other.told, Quantity) and one.told.unit != other.told.unit:
        return False
    less, more = sorted((_value(one), _value(other)))
    rest = isinstance(one.told, Percentage) and less + more == _WHOLE
    if rest or more > less * _TIMES:
        return False
    if claim.way == _LEVEL_TOLD:
        return more <= less * 2 and max(one.end, other.end) <= claim.start
    apart, told = _difference(claim, one, other), claim.told.value
    return min(apart, told) * _AGAIN >= max(apart, told)


def _difference(claim: _Claim, one: _Claim, other: _Claim) -> Decimal:
    apart = abs(_value(one) - _value(other))
    if claim.way == _RATIO_TOLD:
        return round(_ratio(claim, one, other) * 100, 1)
    if isinstance(claim.told, Percentage) and not claim.told.points:
        return round(apart / min(_bases(claim, one, other), default=Decimal(1)) * 100, 1)
    return apart


def _shown(claim: _Claim) -> str:
    return printed(_value(claim)) + ("%" if isinstance(claim.told, Percentage) else claim.told.unit)
