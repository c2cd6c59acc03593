"""The channels of an interpretation (发布渠道), the first publication first, each with what shows it.

Decision: who is named as source outweighs the host, for government sites repost what a newspaper or an account wrote;
a press conference or a gazette on a government site is first of all that site. Where neither names a channel, a
repost is no channel of the publisher; a hospital's own site need not be a gov.cn, while an organ's name elsewhere is a copy.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.pages import Page
from attrtrack.linking.signs import Recognised, Surface, by_rank, compiled, fitting, gathered, search, shown
from attrtrack.nlp.titles import simplify
from attrtrack.rules import Rules
from attrtrack.rules.schema import PageSignRow

_MEDIA = frozenset({"wechat", "weibo", "newspaper", "broadcast", "news-site", "client"})
_SOURCE_LINE = re.compile(
    r"(?:(?<![\u4e00-\u9fff])(?:信息|文章|新闻|稿件)?来源|稿源|转自|转载自)\s{0,2}[:：]\s{0,2}[《“]?([\w\u4e00-\u9fff（）()·]{2,30})",
    re.ASCII,
)
_EDGE = 300
_Find = tuple[str, Evidence]


def find_channels(page: Page, rules: Rules) -> tuple[Recognised, ...]:
    """Return the channels a page shows, the one of first publication first; empty when nothing shows one.

    A channel that only follows from the publisher's being a public body, or from the columns in the address, is
    marked as assumed.
    """
    return channels_on(Surface.of(page, rules), rules)


def channels_on(surface: Surface, rules: Rules) -> tuple[Recognised, ...]:
    """Return the channels that the searched parts of a page show, as `find_channels` does."""
    named = list(_in(surface, "publisher", rules))
    if surface.page.text:
        named += [*_source_lines(surface, rules), *_datelines(surface, rules)]
    hosts = list(_in(surface, "address", rules))
    media = [find for find in named if find[0] in _MEDIA]
    others = [find for find in named if find[0] not in _MEDIA]
    found = gathered([*media, *hosts, *others]) or _fallback(surface, rules)
    if not surface.title:
        return found
    beside = [(row.channel, evidence) for row, evidence in shown(surface, _signs(surface, rules, "title"))]
    known = {item.code for item in found}
    return (*found, *(item for item in gathered(beside) if item.code not in known))


def _in(surface: Surface, where: str, rules: Rules) -> Iterator[_Find]:
    for row in fitting(surface, rules.channels) if surface.part(where) else ():
        evidence = search(surface, where, row.pattern)
        if evidence is not None:
            yield row.code, evidence


def _source_lines(surface: Surface, rules: Rules) -> Iterator[_Find]:
    """A line 来源： at the beginning or end of the text names a publisher as much as the page's own data do."""
    text = surface.page.text
    tail = max(_EDGE, len(text) - _EDGE)
    for start, edge in ((0, surface.opening), (tail, simplify(text[tail:]))):
        for match in _SOURCE_LINE.finditer(edge):
            for row in rules.channels:
                if compiled(row.pattern).search(match.group(1)):
                    yield row.code, Evidence.at(text, Span(*match.span()).moved(start), "来源")


def _datelines(surface: Surface, rules: Rules) -> Iterator[_Find]:
    for row, evidence in shown(surface, _signs(surface, rules, "opening")):
        yield row.channel, evidence


def _fallback(surface: Surface, rules: Rules) -> tuple[Recognised, ...]:
    """What follows where no medium and no government host is named: the lowest rank that shows something."""
    for group in _ranked(rules.page_signs, surface.worth, "publisher", "address", "source"):
        found = gathered((row.channel, evidence) for row, evidence in shown(surface, group))
        if found:
            return tuple(Recognised(item.code, item.evidence, assumed=True) for item in found)
    return ()


def _signs(surface: Surface, rules: Rules, *places: str) -> list[PageSignRow]:
    return _rows(rules.page_signs, surface.worth, *places)


@lru_cache(maxsize=256)
def _ranked(signs: Sequence[PageSignRow], worth: frozenset[str], *places: str) -> list[list[PageSignRow]]:
    return by_rank(_rows(signs, worth, *places))


@lru_cache(maxsize=256)
def _rows(signs: Sequence[PageSignRow], worth: frozenset[str], *places: str) -> list[PageSignRow]:
    return [row for row in signs if row.channel and row.where in places and row.pattern in worth]
