"""Genre and carried title, read off the title alone: a number series such as 办函 says nothing of the genre."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from attrtrack.domain.genres import Genre
from attrtrack.rules.schema import GenreRow
from attrtrack.rules.tables import Rules

_TRAILING = re.compile(r"(?:[（(〔\[【][^（()）〔〕\[\]【】]{0,40}[）)〕\]】]|[\s*＊.…。·”’\"']|PDF|pdf|doc|全文)+$")
_TRAILING_ENDS = "）)〕]】*＊.…。·”’\"'Ffc文"
_CARRIERS = ("通知", "函", "决定", "公告", "通告", "令", "意见")
_CARRIED = re.compile(rf"(?:印发|转发|批转|颁布|发布|公布|下发)(?P<carried>.+?)的?(?:{'|'.join(_CARRIERS)})$")
_QUOTES = str.maketrans("", "", "“”‘’\"'")


def genre_of(title: str, rules: Rules) -> Genre | None:
    """Return the genre that a title ends with, trailing brackets and quotes aside; None when it ends otherwise."""
    core = core_of(title)
    for ending, name in _endings(rules.genres).get(core[-1:], ()):
        if core.endswith(ending):
            return Genre(name) if len(core) > len(ending) + 1 or core == name else None
    return None


@lru_cache(maxsize=4)
def _endings(genres: Sequence[GenreRow]) -> dict[str, list[tuple[str, str]]]:
    """Return by its last sign every ending with the genre that it means, the longest first."""
    endings = [(ending, row.name) for row in genres for ending in row.endings]
    found: dict[str, list[tuple[str, str]]] = {}
    for ending in sorted(endings, key=lambda ending: len(ending[0]), reverse=True):
        found.setdefault(ending[0][-1:], []).append(ending)
    return found


@lru_cache(maxsize=64)
def core_of(title: str) -> str:
    """Return a title without blanks, trailing brackets (（试行）, [1]) and the 《》 that wrap the whole of it."""
    core = "".join(unicodedata.normalize("NFC", title).split())
    core = _without_trailing(core)
    if core.startswith("《") and core.endswith("》") and core.count("《") == 1:
        core = _without_trailing(core[1:-1])
    return core


def _without_trailing(text: str) -> str:
    return _TRAILING.sub("", text) if text[-1:] in _TRAILING_ENDS else text


def carried_title(title: str) -> str | None:
    """Return what an 印发, 转发 or 批转 document carries, without its 《》; None for other documents."""
    core = core_of(title)
    match = _CARRIED.search(core) if core.endswith(_CARRIERS) else None
    if match is None:
        return None
    carried = match["carried"].translate(_QUOTES).removesuffix("的")
    wrapped = re.fullmatch(r"《(.+)》(?:（[^）]*）)?", carried)
    return wrapped[1] if wrapped and wrapped[1].count("》") == wrapped[1].count("《") else carried
