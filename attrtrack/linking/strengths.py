"""How well a named title fits a document's name: word for word, as a part, or nearly."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from attrtrack.domain.evidence import Span
from attrtrack.linking.mentions import NamedTitle, Role
from attrtrack.linking.profiles import DocumentProfile
from attrtrack.nlp.similarity import likeness

_ALIKE_FROM, _CONTAINED_FROM = 0.62, 0.45
_REPLACED_COSTS = 1.6
_QUOTED = (0.0, 0.35, 0.8)
"""By the signs that stand for others (none, one, a word): a title in 《》 is a quotation and seldom changes a word."""
_LOOSE = (0.0, 0.1, 0.5)
_DERIVED = re.compile("修订|修改|实施|执行|贯彻|落实|补充|解释|操作|申报|征集|公示|细则|指引|废止|调整|延长")
_SAYS_LITTLE = re.compile(r"管理|工作|有关|相关|事项|问题|(?:19|20)\d{2}年?度?|十[一二三四五六]?五|试行|暂行")
"""What headlines leave out of a name (积分制入户办法 for 积分制入户管理办法); year and stage are doubts by themselves."""
_BUT_FOR_LITTLE = 0.9
_HERE = re.compile("[本我全](?:市|区|县|省)(?![域场间块级])")
"""How a document speaks of its own place, where a page writes 上海市, or nothing."""
_SUFFIXES = ("省", "市", "自治区")
_SHORTEST_PLACELESS = 6
_AND_OTHERS = re.compile("等.{0,3}(?:部门|单位|部委)?$")
_PLACE_WRITTEN_OTHERWISE = 0.05
_DERIVED_FROM, _PART_FROM = 0.05, 0.45


class Strength(NamedTuple):
    """The share 0..1 of a full match, whether the names are equal, and whether one is only derived from the other."""

    share: float
    exact: bool = False
    derived: bool = False


_NO_FIT, _EXACT = Strength(0.0), Strength(1.0, exact=True)


def strength(named: NamedTitle, document: DocumentProfile) -> Strength:
    """Return the best fit of a named title to any of the document's names."""
    names, there = named.facets.names[:2], document.facets.names
    if not there:
        return _NO_FIT
    if not frozenset(names).isdisjoint(there):
        return _EXACT
    best, costs = _NO_FIT, _QUOTED if named.role is Role.SUBJECT else _LOOSE
    for one in names:
        for other in there:
            found = _part_or_near(one, other, costs)
            if found.share > best.share:
                best = found
    if best.share >= _BUT_FOR_LITTLE:
        return best
    placeless = _but_for_place(named, document)
    return placeless if placeless.share > best.share else best


def _but_for_place(named: NamedTitle, document: DocumentProfile) -> Strength:
    """Compare the names without their places, where one writes its place and the other does not or otherwise."""
    one, there = named.facets, document.facets
    if not one.names or not (one.places.silent or there.places.silent or one.places.shares(there.places)):
        return _NO_FIT
    places = one.places.named | there.places.named
    (said, said_place), (name, place) = _placeless(one.names[0], places), _placeless(there.names[0], places)
    if said_place == place or min(len(said), len(name)) < _SHORTEST_PLACELESS:
        return _NO_FIT
    if said == name:
        return Strength(_BUT_FOR_LITTLE + _PLACE_WRITTEN_OTHERWISE / 2)
    found = _part_or_near(said, name, _QUOTED if named.role is Role.SUBJECT else _LOOSE)
    return Strength(found.share - _PLACE_WRITTEN_OTHERWISE, derived=found.derived)


@lru_cache(maxsize=4096)
def _placeless(name: str, places: frozenset[str]) -> tuple[str, str]:
    """Return a name without its places, and what was taken out."""
    written = sorted([place for place in places if place in name])
    if not written:
        return _HERE.sub("", name), "".join(_HERE.findall(name))
    kept, taken, rest = "", "", name
    while (found := _first_place(rest, written)) is not None:
        kept, taken, rest = kept + rest[: found.start], taken + found.of(rest), rest[found.end :]
    return kept + rest, taken


def _first_place(name: str, places: Sequence[str]) -> Span | None:
    """Return where the first of some places stands in a name, 省 and the like included; of two that begin there the shorter."""
    here = _HERE.search(name)
    first = Span(*here.span()) if here else None
    for place in places:
        start = name.find(place)
        if start >= 0 and (first is None or start < first.start):
            end = start + len(place)
            suffix = next((one for one in _SUFFIXES if name.startswith(one, end)), "")
            first = Span(start, end + len(suffix))
    return first


def _part_or_near(one: str, other: str, sibling_costs: tuple[float, ...]) -> Strength:
    if _telling(one) == _telling(other):
        return Strength(_BUT_FOR_LITTLE)
    alike = likeness(one, other)
    if alike.contained >= _CONTAINED_FROM:
        derived = len(other) > len(one) and _DERIVED.search(other.replace(one, "", 1)) is not None
        return Strength((_DERIVED_FROM if derived else _PART_FROM) + 0.5 * alike.contained, derived=derived)
    ratio = (alike.ratio - _ALIKE_FROM) / (1 - _ALIKE_FROM)
    return Strength(0.95 * ratio - _REPLACED_COSTS * alike.replaced - sibling_costs[min(alike.substituted, 2)])


@lru_cache(maxsize=4096)
def _telling(name: str) -> str:
    return _SAYS_LITTLE.sub("", name)


def may_be_short_for(short: str, organs: str) -> bool:
    """Whether the signs of an organ's name stand in this order in what other organs are called (发改委, 发展和改革委员会)."""
    signs = iter(organs)
    return all(sign in signs for sign in _AND_OTHERS.sub("", short))


def short_form(text: str, name: str) -> str:
    """Return the run of two to four signs of `text` that is short for the whole of `name` (疾控 for 疾病预防控制); '' for none.

    It begins as the name does, takes its signs in order, skips some, and reaches into the name's latter half.
    """
    for start in range(len(text) - 1) if name else ():
        if text[start] != name[0]:
            continue
        for length in (4, 3, 2):
            run = text[start : start + length]
            if len(run) == length and run not in name and _shortens(run, name):
                return run
    return ""


def _shortens(run: str, name: str) -> bool:
    place = 0
    for sign in run[1:]:
        place = name.find(sign, place + 1)
        if place < 0:
            return False
    return len(run) <= place and len(name) <= 2 * place
