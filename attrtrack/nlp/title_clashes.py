"""What two titles say against each other: contradictions that veto, and what one leaves out, which a person must see."""

import re
from collections.abc import Container
from functools import lru_cache

from attrtrack.nlp.places import Places
from attrtrack.nlp.titles import TitleFacets

_NATIONAL = 1
_NAMELESS_LOCAL = re.compile("[省市县区](?:政府|人民政府|委)")
_CITIES, _COUNTIES = ("市", "州", "盟"), ("县", "区", "旗")
_ON_TRIAL = frozenset({"试行", "暂行"})
_FAMILIES = {
    "条例": "条例", "实施条例": "实施条例", "法": "法", "协定": "协定",
    "细则": "细则", "实施细则": "细则", "办法": "办法", "管理办法": "办法", "实施办法": "办法", "规定": "规定",
    "规划": "规划", "规划纲要": "规划", "方案": "方案", "工作方案": "方案", "实施方案": "方案",
    "意见": "意见", "实施意见": "意见", "指导意见": "意见", "若干意见": "意见", "指南": "指南", "指引": "指南",
    "清单": "清单", "目录": "目录", "要点": "要点", "工作要点": "要点", "决定": "决定", "报告": "报告",
}  # fmt: skip


def contradictions(a: TitleFacets, b: TitleFacets) -> tuple[str, ...]:
    """Name the facets in which the title a page gives (`a`) contradicts a document's (`b`).

    What one of them leaves out contradicts nothing; only a draft, a change or a forwarding is another document by itself.
    """
    return tuple([name for name, clash in _CLASHES if clash(a, b)])


def contradiction(a: TitleFacets, b: TitleFacets, but: Container[str] = ()) -> str | None:
    """Name the first of the contradictions of two titles that is not among `but`."""
    for name, clash in _CLASHES:
        if clash(a, b) and name not in but:
            return name
    return None


def doubts(a: TitleFacets, b: TitleFacets) -> tuple[str, ...]:
    """Name the facets that one of two titles says and the other leaves out, or says in part: a person must look.

    A title (`a`) that names its issuer and does not forward is not the document that forwards (`b`).
    """
    pairs = (
        ("year", a.years, b.years),
        ("period", a.periods, b.periods),
        ("series", a.series, b.series),
        ("stage", a.stages, b.stages),
        ("carrier", a.forwards, b.forwards if a.issuer else a.forwards),
    )
    said = tuple(name for name, one, other in pairs if one != other)
    return (*said, "place") if _places_doubtful(a.places, b.places) else said


def _places_doubtful(one: Places, other: Places) -> bool:
    """Whether both name places and one of them more (甲省 乙省 against 丙省 乙省, a city against its province)."""
    if one.silent or other.silent:
        return False
    if one.locals & other.locals and not (one.provinces and other.provinces):
        return False
    return one.provinces != other.provinces or bool(one.locals) != bool(other.locals)


def _apart(a: frozenset[str] | frozenset[int], b: frozenset[str] | frozenset[int]) -> bool:
    return bool(a) and bool(b) and not (a <= b or b <= a)


def _place_clash(a: TitleFacets, b: TitleFacets) -> bool:
    one, other = a.places, b.places
    if _apart(one.provinces, other.provinces) or _national_against_local(a, b) or _national_against_local(b, a):
        return True
    for tier in (_CITIES, _COUNTIES) if one.locals and other.locals else ():
        here, there = _of_tier(one, tier), _of_tier(other, tier)
        if here and there and not any(_same_local(x, y) for x in here for y in there):
            return True
    return one.level is not None and other.level is not None and one.level != other.level and not one.shares(other)


def _national_against_local(a: TitleFacets, b: TitleFacets) -> bool:
    """Whether one is of the state and the other of a government that calls itself 市政府 without its name."""
    return a.places.level == _NATIONAL and _NAMELESS_LOCAL.match(b.issuer or "") is not None


def _of_tier(named: Places, tier: tuple[str, ...]) -> list[str]:
    return [name for name in named.locals if name.endswith(tier)]


def _same_local(x: str, y: str) -> bool:
    return x.endswith(y) or y.endswith(x)


def _kind_clash(a: TitleFacets, b: TitleFacets) -> bool:
    if a.kinds == b.kinds:
        return False
    one, other = _families(a.kinds), _families(b.kinds)
    return bool(one) and bool(other) and one.isdisjoint(other)


@lru_cache(maxsize=256)
def _families(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(_FAMILIES[kind] for kind in kinds if kind in _FAMILIES)


def _stage_clash(a: TitleFacets, b: TitleFacets) -> bool:
    return a.draft != b.draft or _apart(a.stages & _ON_TRIAL, b.stages & _ON_TRIAL)


_CLASHES = (
    ("place", _place_clash),
    ("country", lambda a, b: _apart(a.countries, b.countries)),
    ("year", lambda a, b: _apart(a.years, b.years)),
    ("period", lambda a, b: _apart(a.periods, b.periods)),
    ("series", lambda a, b: _apart(a.series, b.series)),
    ("stage", _stage_clash),
    ("action", lambda a, b: a.actions != b.actions and bool(a.names and b.names)),
    ("kind", _kind_clash),
    ("carrier", lambda a, b: a.forwards > b.forwards),
)
