"""Items of a list against a count: how many they may be where 和 joins two, or is part of a name, and 等 leaves some out."""

import re
from collections.abc import Sequence

_ORGAN = re.compile(r"[局委办厅部署院会社馆所站校县区市镇乡队科股室处]$|中心$|公司$|街道$")
_JOIN = re.compile(r"以及|(?<![普涉波触顾])及(?![时格早])|(?<!参)与(?!会)|(?<![共总饱])和(?![谐睦解平])")
_LEAST_ITEMS, _LEAST_OF_PLACES = 3, 2


def _surely_two(items: Sequence[str]) -> bool:
    """Whether the last item is two for sure: both pieces around 和 begin, or end, like an item before them."""
    pieces = _JOIN.split(items[-1])
    if len(items) < _LEAST_OF_PLACES or len(pieces) != _LEAST_OF_PLACES or not all(pieces):
        return False
    return (
        any(all(piece[at] == item[at] for piece in pieces) for item in items[:-1] for at in (0, -1) if item)
        and min(map(len, pieces)) >= _LEAST_ITEMS
    )


def may_be_two(item: str, items: Sequence[str]) -> bool:
    """Whether 和 within an item may part two; among names of organs 林业和草原局 is one."""
    first, *others = _JOIN.split(item)
    return bool(others) and not (all(map(_ORGAN.search, items)) and not _ORGAN.search(first))


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
