"""The interpretations that one ledger row names: several in a cell, their addresses behind the words or beside them.

Decision: titles, days, forms and channels are given out one by one where a cell has as many of them as there are
interpretations; else what the cell says holds for all of them. Lines that are no titles of their own are one title.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.ledgers import LedgerInterpretation
from attrtrack.recording.cells import ADDRESS, ADDRESS_BEGINS, Row, coded, one_line

_PARTED = re.compile(r"[\r\n；;]+")
_NUMBERED = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）.．、](?!\d)|[①-⑳]|[-•·])\s*")
_CALLED = re.compile(r"解读|读懂|图解|图说|答记者问|问答|发布会|访谈|视频|音频|动漫|漫画|H5|说明|《[^》]+》")
_NO_TITLE = re.compile(
    r"^(?:(?:政策|文件)?解读(?:链接|文件|材料|地址|网址|\d{0,2})?|链接|网址|点击(?:查看|这里|打开).{0,6}|查看(?:详情|原文|解读)?|详情|原文|地址|网页)?[：:]?\s*$"
)
_SHORTEST = 5
_STATED = ("interpretation_title", "interpretation_url", "interpretation_published", "non_text", "forms", "channels")


def interpretations_of(cells: Row) -> Iterator[LedgerInterpretation]:
    """Yield what a row states of each interpretation of its document; none when it states nothing."""
    if not any(map(cells.values.get, _STATED)):
        return
    named = _named(cells)
    count = len(named)
    days = _days(cells, count)
    non_text = cells.yes_or_no("non_text")
    forms = _codes(cells, "forms", count) or [cells.codes_in_brackets("non_text", cells.rules.forms)] * max(count, 1)
    channels = _codes(cells, "channels", count) or [()] * max(count, 1)
    if not named:
        if days[0] or forms[0] or non_text:
            yield LedgerInterpretation(None, None, days[0], non_text, forms[0], channels[0])
        return
    for (title, address), day, shown, through in zip(named, days, forms, channels, strict=True):
        yield LedgerInterpretation(address, title, day, non_text, shown, through)


def _named(cells: Row) -> list[tuple[str | None, str | None]]:
    """Return title and address of each interpretation, paired by their order where there are as many of both."""
    beside = _addressed(cells, "interpretation_url")
    if not beside and cells.values.get("interpretation_url", "").strip():
        cells.addresses("interpretation_url")  # tells words without an address
    addressed = beside or _addressed(cells, "interpretation_title")
    addresses = list(dict.fromkeys([address for _, address in addressed]))
    titles = _titles(cells, len(addresses))
    if not addresses:
        return [(title, None) for title in titles]
    if len(titles) == len(addresses):
        return list(zip(titles, addresses, strict=True))
    words = dict(reversed(addressed)) if not titles else {}
    by_address = {address: word for word, address in words.items() if _is_title(word)}
    return [(by_address.get(address, " ".join(titles) or None), address) for address in addresses]


def _addressed(cells: Row, name: str) -> list[tuple[str, str]]:
    """Return the addresses in a cell, each with the words before it."""
    value, end, found = cells.values.get(name, ""), 0, []
    for match in ADDRESS.finditer(value) if ADDRESS_BEGINS in value else ():
        words = value[end : match.start()].strip()
        found.append((_bare(one_line(words)) if words else "", match[0]))
        end = match.end()
    return found


def _titles(cells: Row, wanted: int) -> list[str]:
    """Return the titles that the cell of titles names: as many as there are addresses, or each clearly one of its own."""
    value = cells.values.get("interpretation_title")
    if not value:
        return []
    words = ADDRESS.sub("\n", value) if ADDRESS_BEGINS in value else value
    parts = _bare_parts(words)
    if len(parts) > 1 and (len(parts) == wanted or all(_is_title(part) and _CALLED.search(part) for part in parts)):
        return parts
    whole = cells.text("interpretation_title")
    return [whole] if whole and not ADDRESS.match(whole) else []


def _bare(text: str) -> str:
    return _NUMBERED.sub("", text).strip(" \t\u3000：:,，、")


def _is_title(text: str) -> bool:
    return len(text) >= _SHORTEST and not _NO_TITLE.match(text)


def _days(cells: Row, count: int) -> "Sequence[dt.date | None]":
    parts = _parts(cells, "interpretation_published")
    if count > 1 and len(parts) == count:
        return [cells.as_day("interpretation_published", part) for part in parts]
    if len(parts) > 1:
        cells.unreadable("interpretation_published", "；".join(parts))
        return [None] * max(count, 1)
    return [cells.day("interpretation_published")] * max(count, 1)


def _codes(cells: Row, name: str, count: int) -> list[tuple[str, ...]]:
    rows = cells.rules.forms if name == "forms" else cells.rules.channels
    parts = _parts(cells, name)
    if count > 1 and len(parts) == count:
        single = [coded(part, rows) for part in parts]
        if all(single):
            return single
    found = cells.codes(name, rows)
    return [found] * max(count, 1) if found else []


def _parts(cells: Row, name: str) -> list[str]:
    return _bare_parts(cells.values.get(name, ""))


def _bare_parts(words: str) -> list[str]:
    return [part for piece in _PARTED.split(words) if (part := _bare(piece))] if words else []
