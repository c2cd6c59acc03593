"""Whether a document is public only as news: 不得以新闻代替权威政令发布."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.rules.schema import ChannelRow, PageSignRow
from attrtrack.rules.tables import Rules

_MEDIA = frozenset({"newspaper", "broadcast", "news-site"})
_LONGEST = 2_000


def news_only(
    addresses: Sequence[str], rules: Rules, *, sift: Callable[[str], frozenset[str]] | None = None
) -> Finding | None:
    """Return the finding on a document all of whose public addresses are news pages; None where one is not, or none is there.

    `sift` tells which of the `news_patterns` may stand in a text at all, so that most addresses are tried by none.
    """
    signs = [_sign(address, rules, sift) for address in addresses]
    if not signs or None in signs:
        return None
    evidence = (Evidence(address, None, "publication") for address in addresses)
    return rules.finding("published-as-news", *evidence, address="、".join(addresses), sign="、".join(_once(signs)))


def news_patterns(rules: Rules) -> tuple[str, ...]:
    """Return the patterns by which addresses are told to be those of news pages."""
    return tuple(pattern.pattern for _, pattern in _news(rules.channels, rules.page_signs))


def _sign(address: str, rules: Rules, sift: Callable[[str], frozenset[str]] | None) -> str | None:
    """Say by what an address is that of a news page: a medium, or a column of news; None where it is none."""
    place = address.partition("://")[2][:_LONGEST]
    if sift is not None and not sift(place):
        return None
    return next((name for name, pattern in _news(rules.channels, rules.page_signs) if pattern.search(place)), None)


@lru_cache(maxsize=4)
def _news(channels: Sequence[ChannelRow], signs: Sequence[PageSignRow]) -> list[tuple[str, re.Pattern[str]]]:
    """Return the signs of news, media before columns, each with what it is called."""
    media = [(row.name, row.pattern) for row in channels if row.code in _MEDIA]
    columns = [("新闻、动态栏目", row.pattern) for row in signs if row.where == "publication"]
    return [(name, re.compile(pattern)) for name, pattern in (*media, *columns)]


def _once(signs: Sequence[str | None]) -> list[str]:
    return list(dict.fromkeys(sign for sign in signs if sign is not None))
