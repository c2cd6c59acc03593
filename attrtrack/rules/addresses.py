"""Whether a document is public only as news: 不得以新闻代替权威政令发布."""

import re
from collections.abc import Sequence
from functools import lru_cache

from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.rules.schema import ChannelRow, PageSignRow
from attrtrack.rules.tables import Rules

_MEDIA = frozenset({"newspaper", "broadcast", "news-site"})
_LONGEST = 2_000


def news_only(addresses: Sequence[str], rules: Rules) -> Finding | None:
    """Return the finding on a document all of whose public addresses are news pages; None where one is not, or none is there."""
    signs = [_sign(address, rules) for address in addresses]
    if not signs or None in signs:
        return None
    evidence = (Evidence(address, None, "publication") for address in addresses)
    return rules.finding("published-as-news", *evidence, address="、".join(addresses), sign="、".join(_once(signs)))


def _sign(address: str, rules: Rules) -> str | None:
    """Say by what an address is that of a news page: a medium, or a column of news; None where it is none."""
    place = address.partition("://")[2][:_LONGEST]
    return next((name for name, pattern in _news(rules.channels, rules.page_signs) if pattern.search(place)), None)


@lru_cache(maxsize=4)
def _news(channels: Sequence[ChannelRow], signs: Sequence[PageSignRow]) -> list[tuple[str, re.Pattern[str]]]:
    """Return the signs of news, media before columns, each with what it is called."""
    media = [(row.name, row.pattern) for row in channels if row.code in _MEDIA]
    columns = [("新闻、动态栏目", row.pattern) for row in signs if row.where == "publication"]
    return [(name, re.compile(pattern)) for name, pattern in (*media, *columns)]


def _once(signs: Sequence[str | None]) -> list[str]:
    return list(dict.fromkeys(sign for sign in signs if sign is not None))
