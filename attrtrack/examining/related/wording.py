"""What the words, signs and places around figures say of whether one is meant to follow from the others: named features."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from attrtrack.examining.related.figures import LIST, Figure, FiguredText
from attrtrack.examining.related.kinds import BY_CHANCE, LISTED, SAME, SUM, Relation

_CUES = [
    "其中",
    "分别",
    "包括",
    "共",
    "总",
    "合计",
    "累计",
    "两项",
    "以上",
    "上述",
    "比",
    "较",
    "增",
    "减",
    "占",
    "率",
    "余",
    "剩",
    "其余",
    "另",
    "等",
    "：",
    "为",
    "即",
    "除",
    "外",
    "前",
    "后",
    "至",
    "上年",
    "去年",
    "同比",
    "由",
    "从",
    "到",
    "各",
    "均",
    "每",
    "平均",
    "这",
    "该",
    "依次",
    "如下",
    "以下",
    "还有",
    "已",
    "全部",
]
_SIGNS = frozenset("，、；。：（）\n")
_SHORT, _AFTER, _BETWEEN = 5, 4, 6
_TWO, _FEW, _FIRST_PLACES = 2, 10, 9
_EQUAL = BY_CHANCE | {SAME, LISTED}
"""Relations of which it would give away whether they hold to say which of the figures is the greater."""


def features_of(text: FiguredText, relation: Relation) -> list[str]:
    """Return the names of what is seen around a relation; each is joined with the relation's name, most with its order too."""
    seen = list(dict.fromkeys(_seen(text, relation)))
    name, order = relation.name, seen[0]
    bound = [f"{name}/{order}/{one}" for one in seen[1:]]
    places = [one for one in seen if "=" in one][:_FIRST_PLACES]
    return [
        name,
        *(f"{name}/{one}" for one in seen),
        *bound,
        *(f"{name}/{one}&{other}" for one in places for other in places if one < other),
    ]


def _seen(text: FiguredText, relation: Relation) -> Iterator[str]:
    target, parts = relation.target, sorted(relation.parts, key=_rank)
    first, last = parts[0], parts[-1]
    near = min(parts, key=lambda part: abs(part.rank - target.rank))
    start, end = (target.end, near.start) if near.start > target.start else (near.end, target.start)
    gap = text.text[start:end] if start < end else ""
    yield "before" if target.rank < first.rank else "behind" if target.rank > last.rank else "among"
    yield from _places(relation, first, last, near)
    if relation.name == SUM:
        yield from _row(text, target, parts)
    yield f"unit {target.unit}"
    yield f"part unit {first.unit}"
    yield from _grams("ahead", target.before[-_SHORT:])
    yield from _grams("after", target.after[:_SHORT])
    yield from _grams("from", gap[:_BETWEEN])
    yield from _grams("to", gap[-_BETWEEN:])
    yield f"signs {_signs(gap)}"
    yield from (f"between {cue}" for cue in _CUES if cue in gap)
    yield from _around_parts(relation, near)
    yield from _amid(text, parts)


def _places(relation: Relation, first: Figure, last: Figure, near: Figure) -> Iterator[str]:
    """Tell how the figures stand to one another: far or near, of like units and names, great or small."""
    target, parts = relation.target, relation.parts
    units = {part.unit for part in parts}
    yield f"figures={min(_between(target, near), 5)}"
    yield f"sentences={min(abs(near.sentence - target.sentence), 3)}"
    yield f"clauses={min(abs(near.clause - target.clause), 5)}"
    yield f"lines={min(abs(near.line - target.line), 2)}"
    yield f"amid={min(_between(first, last) - len(parts) + 2, 5)}"
    yield f"parts={min(len(parts), 6)}"
    yield f"units={len(units) == 1}{target.unit in units}"
    yield f"likeness={_common(target.label, parts[0].label)}{_common(target.label, parts[-1].label)}"
    yield f"stretch={min(abs(last.sentence - first.sentence), 3)}"
    yield f"alike={_common(first.label, last.label)}"
    yield f"manner={target.manner}{first.manner}{last.manner}"
    yield f"rough={target.rough or any(part.rough for part in parts)}"
    if relation.name not in _EQUAL:
        yield f"great={target.value >= max(part.value for part in parts)}{target.value <= _FEW}"
    if len(parts) == _TWO:
        yield f"direction={parts[0].rank < parts[1].rank}{parts[0].value < parts[1].value}"


def _around_parts(relation: Relation, near: Figure) -> Iterator[str]:
    one, other = relation.parts[0], relation.parts[-1]
    if near.kind != LIST:
        yield from _grams("first ahead", one.before[-_SHORT:])
        yield from _grams("first after", one.after[:_AFTER])
    if one is not other:
        yield from _grams("last ahead", other.before[-_SHORT:])
        yield from _grams("last after", other.after[:_AFTER])


def _amid(text: FiguredText, parts: Sequence[Figure]) -> Iterator[str]:
    """Tell what parts the parts."""
    for one, other in pairwise(parts):
        within = text.text[one.end : other.start]
        yield f"parted {_signs(within)}"
        yield f"parted {min(len(within) // 4, 6)}"
        if len(parts) == _TWO:
            yield from (f"amid {cue}" for cue in _CUES if cue in within)


def _row(text: FiguredText, target: Figure, parts: Sequence[Figure]) -> Iterator[str]:
    """Tell whether a run of parts goes on beyond its ends, and whether the same signs part them."""
    first, last = parts[0], parts[-1]
    alike = [
        figure
        for figure in text.told[max(0, first.rank - 6) : last.rank + 7]
        if figure.kind == first.kind and figure is not target
    ]
    goes_on = [
        any(
            figure.rank < first.rank and (figure.unit, figure.sentence) == (first.unit, first.sentence)
            for figure in alike
        ),
        any(
            figure.rank > last.rank and (figure.unit, figure.sentence) == (last.unit, last.sentence) for figure in alike
        ),
    ]
    signs = {
        "".join(sign for sign in text.text[one.end : other.start] if sign in _SIGNS) for one, other in pairwise(parts)
    }
    yield f"goes-on={goes_on}"
    yield f"even={len(signs) == 1}{len(parts) > _TWO}"


def _signs(text: str, most: int = 5) -> str:
    return "".join(sign for sign in text if sign in _SIGNS)[:most]


def _between(one: Figure, other: Figure) -> int:
    """Return how many figures stand between two."""
    return max(abs(one.rank - other.rank) - 1, 0)


def _rank(figure: Figure) -> int:
    return figure.rank


@lru_cache(maxsize=4096)
def _grams(name: str, text: str) -> tuple[str, ...]:
    return tuple(f"{name} {text[at : at + length]}" for length in (1, 2, 3) for at in range(len(text) - length + 1))


@lru_cache(maxsize=4096)
def _common(one: str, other: str) -> int:
    """Return how many characters in a row two labels share, four at most."""
    for length in (4, 3, 2, 1):
        if any(one[at : at + length] in other for at in range(len(one) - length + 1)):
            return length
    return 0
