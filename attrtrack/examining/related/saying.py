"""Why a figure is doubted, told as a sum that anybody can do again."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from attrtrack.examining.related import kinds as named
from attrtrack.examining.related.figures import DAY, POINTS, SHARE, TIMES, YEAR, Figure
from attrtrack.examining.related.kinds import Relation
from attrtrack.examining.related.relations import is_taken, worked_out

_SIGNS = {SHARE: "%", POINTS: "个百分点", TIMES: "倍"}
_HUNDRED = "100%"
_LENGTHS = {"月": "个月"}
_DATES = frozenset({named.ORDER, named.BACK})
_STRETCHES = frozenset({named.ELAPSED, named.LASTED, named.COVERED, named.YEARS, named.YEARS_COVERED})
_YEARS = {named.SAME_YEAR: "前面写的", named.NEXT_YEAR: "前面年份的下一年", named.YEAR_BEFORE: "前面年份的上一年"}
Say = Callable[[Sequence[str], Sequence[Figure]], str]


def because(relation: Relation) -> str:
    """Return what comes of the other figures of a relation that does not hold, and how."""
    said = [told(part) for part in relation.parts]
    value = worked_out(relation)
    if relation.name in _DATES:
        return f"前面的日期是{said[0]}"
    if relation.name in _STRETCHES:
        return f"从{said[0]}到{said[1]}是{_number(value)}{_LENGTHS.get(relation.target.unit, relation.target.unit)}"
    if relation.name in _YEARS:
        return f"{_YEARS[relation.name]}是{_number(value)}年"
    if relation.name == named.LISTED:
        return f"文中列出的是{_number(value)}项"
    if relation.name == named.SAME:
        return f"前文写的是{said[0]}"
    return f"{_EXPRESSIONS[relation.name](said, relation.parts)}＝{_number(value)}{_SIGNS.get(relation.target.kind, relation.target.unit)}"


def told(figure: Figure) -> str:
    """Print a figure with its unit as it is spoken of."""
    if figure.kind == DAY:
        day = dt.date.fromordinal(int(figure.value))
        return f"{day.month}月{day.day}日" if figure.manner == "day" else f"{day.month}月"
    if figure.kind == YEAR:
        return f"{figure.value:.0f}年"
    return f"{_number(figure.value)}{_SIGNS.get(figure.kind, figure.unit)}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _added(said: Sequence[str], _: Sequence[Figure]) -> str:
    return "＋".join(said)


def _balanced(said: Sequence[str], parts: Sequence[Figure]) -> str:
    signs = ["" if not place else "－" if is_taken(part) else "＋" for place, part in enumerate(parts)]
    return "".join(sign + one for sign, one in zip(signs, said, strict=True))


def _taken_away(said: Sequence[str], parts: Sequence[Figure]) -> str:
    more, less = (0, 1) if parts[0].value >= parts[1].value else (1, 0)
    return f"{said[more]}－{said[less]}"


_EXPRESSIONS: Mapping[str, Say] = {
    named.SUM: _added,
    named.BALANCE: _balanced,
    named.DIFFERENCE: _taken_away,
    named.PRODUCT: lambda said, _: f"{said[0]}×{said[1]}",
    named.PART: lambda said, _: f"{said[0]}÷{said[1]}",
    named.CHANGE: lambda said, parts: f"（{_taken_away(said, parts)}）÷{said[1]}",
    named.GAIN: lambda said, _: f"{said[0]}÷（{said[1]}－{said[0]}）",
    named.LOSS: lambda said, _: f"{said[0]}÷（{said[1]}＋{said[0]}）",
    named.REST: lambda said, _: "－".join((_HUNDRED, *said)),
    named.STEP: _taken_away,
    named.MEAN: lambda said, _: f"{said[0]}÷{said[1]}",
    named.MULTIPLE: lambda said, _: f"{said[0]}÷{said[1]}",
    named.MORE_TIMES: lambda said, _: f"{said[0]}÷{said[1]}－1",
    named.PERIOD_MEAN: lambda said, _: f"{said[0]}平均",
}
