"""Whether a document is public only as news: 不得以新闻代替权威政令发布."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
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
    found = (name for name, pattern in chain(_media(rules), _columns(rules)) if re.search(pattern, place))
    return next(found, None)


def _media(rules: Rules) -> Iterator[tuple[str, str]]:
    for row in rules.channels:
        if row.code in _MEDIA:
            yield row.name, row.pattern


def _columns(rules: Rules) -> Iterator[tuple[str, str]]:
    for row in rules.page_signs:
        if row.where == "publication":
            yield "新闻、动态栏目", row.pattern


def _once(signs: Sequence[str | None]) -> list[str]:
    return list(dict.fromkeys(sign for sign in signs if sign is not None))
