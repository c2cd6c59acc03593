"""What a rule found on a page: a form or a channel with its evidence, and the search for the signs of page_signs.toml."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.pages import Page
from attrtrack.nlp.sieve import Sieve
from attrtrack.nlp.titles import simplify
from attrtrack.rules import Rules
from attrtrack.rules.schema import ChannelRow, FormRow, PageSignRow

_LINE, _OPENING, _BODY = 1000, 300, 4000
_QUOTED, _LINKS = 60, 200
Sign = TypeVar("Sign", FormRow, ChannelRow, PageSignRow)
_SCHEME = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A form or channel by its code, and what shows it; `assumed` when it only follows from nothing saying otherwise."""

    code: str
    evidence: tuple[Evidence, ...]
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Surface:
    """What of a page is searched (`SIGN_PLACES`), in simplified characters sign by sign: spans of the body are the page's.

    `worth` are the patterns of the tables that may stand anywhere in it.
    """

    page: Page
    title: str
    address: str
    publisher: str
    source: str
    links: str
    opening: str
    body: str
    worth: frozenset[str]

    @classmethod
    def of(cls, page: Page, rules: Rules) -> "Surface":
        """Make the searched parts of a page; each is read as far as forms and channels show."""
        title, publisher = (simplify((part or "").strip()[:_LINE]) for part in (page.title, page.publisher))
        body = simplify(page.text[:_BODY])
        address = bare_address((page.address or "")[:_LINE])
        links = "\n".join(bare_address(link[:_LINE]) for link, _ in page.links[:_LINKS])
        source = f"{address} {publisher}"
        worth = _sieve(rules.forms, rules.channels, rules.page_signs).worth_trying(
            f"{title}\n{source}\n{links}\n{body}"
        )
        return cls(page, title, address, publisher, source, links, body[:_OPENING], body, worth)

    def part(self, where: str) -> str:
        """Return the part a rule looks at."""
        part: str = getattr(self, where)
        return part

    def quote(self, where: str, match: re.Match[str]) -> Evidence:
        """Quote a find: text with its span, the rest as it was searched."""
        source = SOURCES[where]
        if where in {"opening", "body"}:
            return Evidence.at(self.page.text, Span(match.start(), min(match.end(), match.start() + _QUOTED)), source)
        return Evidence(match.group().strip(), None, source)


SOURCES = {
    "title": "标题",
    "address": "网址",
    "publisher": "发布者",
    "source": "网址和发布者",
    "links": "正文链接",
    "opening": "正文开头",
    "body": "正文",
}


def bare_address(url: str) -> str:
    """Return host and path; user names and ports before the host are no host."""
    rest = _SCHEME.sub("", url.strip())
    host, slash, path = rest.partition("/")
    return host.rpartition("@")[2].lower() + slash + path


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a rule table once."""
    return re.compile(pattern)


@lru_cache(maxsize=4)
def _sieve(forms: Sequence[FormRow], channels: Sequence[ChannelRow], signs: Sequence[PageSignRow]) -> Sieve:
    return Sieve(row.pattern for rows in (forms, channels, signs) for row in rows)


def fitting(surface: Surface, rows: Sequence[Sign]) -> Sequence[Sign]:
    """Return the rows of a table whose patterns may stand somewhere on a page; few of them differ from page to page."""
    return _worth(rows, surface.worth)


@lru_cache(maxsize=256)
def _worth(rows: Sequence[Sign], worth: frozenset[str]) -> list[Sign]:
    return [row for row in rows if row.pattern in worth]


def search(surface: Surface, where: str, pattern: str, least: int = 1) -> Evidence | None:
    """Return the first of at least `least` finds of a pattern in a part of a page."""
    text = surface.part(where)
    first = compiled(pattern).search(text)
    if first is None or (least > 1 and len(list(islice(compiled(pattern).finditer(text), least))) < least):
        return None
    return surface.quote(where, first)


def by_rank(rows: Iterable[PageSignRow]) -> list[list[PageSignRow]]:
    """Return rows in groups of one rank, the lowest first."""
    ranks: dict[int, list[PageSignRow]] = {}
    for row in rows:
        ranks.setdefault(row.rank, []).append(row)
    return [ranks[rank] for rank in sorted(ranks)]


def shown(surface: Surface, rows: Iterable[PageSignRow]) -> Iterator[tuple[PageSignRow, Evidence]]:
    """Return those of the fitting signs that a page bears, with their evidence; an empty part shows nothing."""
    for row in rows:
        evidence = search(surface, row.where, row.pattern, row.least) if surface.part(row.where) else None
        if evidence is not None:
            yield row, evidence


def gathered(finds: Iterable[tuple[str, Evidence]]) -> tuple[Recognised, ...]:
    """Return every code once, in the order found, with all its evidence."""
    found: dict[str, list[Evidence]] = {}
    for code, evidence in finds:
        found.setdefault(code, []).append(evidence)
    return tuple(Recognised(code, tuple(evidence)) for code, evidence in found.items())


def codes(found: Sequence[Recognised]) -> tuple[str, ...]:
    """Return only the codes."""
    return tuple(item.code for item in found)


def shown_codes(found: Sequence[Recognised]) -> tuple[str, ...]:
    """Return the codes of what the page shows, without what is merely assumed."""
    return codes([item for item in found if not item.assumed])
