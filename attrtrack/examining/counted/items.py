"""Items of a list against a count: how many they may be where 和 joins two, or is part of a name, and 等 leaves some out; how a slip is told."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.paper import Paper, Sentence

_ORGAN = re.compile(r"[局委办厅部署院会社馆所站校县区市镇乡队科股室处]$|中心$|公司$|街道$")
_JOIN = re.compile(r"以及|(?<![普涉波触顾])及(?![时格早])|(?<!参)与(?!会)|(?<![共总饱])和(?![谐睦解平])")
_LEAST_ITEMS, _LEAST_OF_PLACES, _MOST_OFF, _NEAR = 3, 2, 2, 0.65


def _surely_two(items: Sequence[str]) -> bool:
    """Whether the last item is two for sure: both pieces around 和 begin, or end, like an item before them."""
    pieces = _JOIN.split(items[-1])
    if len(items) < _LEAST_OF_PLACES or len(pieces) != _LEAST_OF_PLACES or not all(pieces):
        return False
    if (
        all(_ORGAN.search(item) for item in items[:-1])
        and _ORGAN.search(pieces[0])
        and len(pieces[0]) > _LEAST_ITEMS < len(pieces[1])
    ):
        return True
    if all(re.search("[县区镇乡村]$", one) for one in (*items[:-1], *pieces)):
        return True
    return (
        any(all(piece[at] == item[at] for piece in pieces) for item in items[:-1] for at in (0, -1) if item)
        and min(map(len, pieces)) >= _LEAST_ITEMS
    )


def may_be_two(item: str, items: Sequence[str]) -> bool:
    """Whether 和 within an item may part two; among names of organs 林业和草原局 is one."""
    first, *others = _JOIN.split(item)
    return bool(others) and not (all(map(_ORGAN.search, items)) and not _ORGAN.search(first))


def joins(item: str) -> int:
    """Return how often 和, 及 or 与 may join two things within an item."""
    return len(_JOIN.findall(item))


def mismatch(items: Sequence[str], count: int, *, is_open: bool) -> bool:
    """Whether a count cannot be that of the items; 和 within the last item may part two, and 等 may leave some out."""
    joined = sum(may_be_two(item, items) for item in items)
    least = len(items) + _surely_two(items)
    if least <= count <= len(items) + joined or count < 2:  # noqa: PLR2004 - 一项 counts nothing
        return False
    if not is_open:
        nearest = len(items) + joined if count > len(items) else len(items)
        return abs(count - nearest) <= max(2, len(items) // 3)
    return (count < len(items) and len(items) - count <= 2) or count == len(items) + 1 + joined  # noqa: PLR2004 - two may be a slip


def listed_wrongly(
    paper: Paper, sentence: Sentence, span: tuple[int, int], *, count: int, listed: int
) -> Iterator[Contradiction]:
    """Tell a count that is not that of the things listed, where it is near enough to be a slip."""
    if count > 1 and 0 < abs(count - listed) <= _MOST_OFF:
        place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
        yield paper.found("count-of-list", place, count=count, listed=listed)


def told_differently(
    paper: Paper, sentence: Sentence, span: tuple[int, int], *, noun: str, first: str
) -> Iterator[Contradiction]:
    """Tell a figure that says otherwise than the first telling of the same thing."""
    place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
    yield paper.found("counts-differ", place, noun=noun, first=first, second=place.quote)


def near_slip(one: int, other: int) -> bool:
    """Whether two figures that differ may be one that slipped: by little, or by its digits changing places."""
    turned = sorted(str(one)) == sorted(str(other))
    return one != other and (turned or abs(one - other) <= _MOST_OFF or min(one, other) >= max(one, other) * _NEAR)
