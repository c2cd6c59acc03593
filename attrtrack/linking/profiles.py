"""What the matcher reads once of each document and interpretation, so that clues only compare."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from attrtrack.domain.dates import find_dates
from attrtrack.domain.evidence import Span
from attrtrack.domain.interpretations import Interpretation, LinkableDocument
from attrtrack.linking.mentions import NamedNumber, NamedTitle, NumberKey, Role, named_numbers, named_titles
from attrtrack.linking.numbering import numbers_of
from attrtrack.linking.reading_once import once
from attrtrack.nlp.places import Places, countries, places
from attrtrack.nlp.similarity import bigrams
from attrtrack.nlp.titles import TitleFacets, bare, clean, corrected, facets, simplify, topics

_LEAD = 260
_SHORTEST_SUBJECT = 3
_PERIOD = re.compile(r"(?:十[一二三四五六七八九]?|[七八九])五|(?:19|20)\d{2}(?:(?:19|20)\d{2})?年?")
_EVERYDAY = re.compile(
    r"^(?:进一步|切实|全面|加强|加快|深化|推进|推动|促进|规范|做好|开展|支持|完善|优化|强化|提升|印发|发布|公布|实施|调整|同意)+"
    r"|(?:高质量|发展|建设|管理|工作|实施|暂行|试行|若干|指导|行动|有关|事项|问题|政策|总体|专项)*"
    r"(?:办法|规定|细则|条例|方案|规划|纲要|计划|意见|措施|要点|通知|公告|决定|标准|指南|指引|制度|规则|目录|清单)(?:试行|暂行)?$"
)
MOST_LINKS, _SHORTEST_PATH = 500, 4
_SCHEME = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
_LONGEST_ADDRESS = 2000
_COMPARED, _DATED = 4000, 20_000
_URL_DATE = re.compile(
    r"(?<!\d)((?:199|20[0-4])\d)[-/]?(0[1-9]|1[0-2])(?:[-/]?(0[1-9]|[12]\d|3[01])(?!\d)|(?=[-/]\D|[-/]?$))"
)
_ORGAN_NOISE = re.compile(r"[（(].*?[）)]|\s+")
_ROUNDUP = re.compile(r"盘点|汇总|周报|月报|合集|清单式|热点问答|常见问题|问答\s*[（(]?第|问答集|系列解读之")
_REPORT = re.compile("年度报告")
_RESEARCH = re.compile(r"研究|探析|浅析|浅谈|浅议|刍议|综述|述评|启示|思考|实证|基于|视角|视域|路径探|为例")
_DRAFT = re.compile(r"征求意见稿|公开征求|起草说明|草案|送审稿")
_ORGAN_OF_GOVERNMENT = re.compile(r"(?:政府|[厅局委署部]|办公厅|办公室|管委会|中心)$|人民政府|委员会")
_IS_READING = re.compile(
    r"^[【\[]?(?:一图|一文|图解|(?:图文|视频|音频|动漫|文字|政策|专家|媒体)?解读)|(?:解读|图解|政策问答|热点问答)(?:材料)?$|答记者问$|新闻发布会"
)
_ABOUT_READING = re.compile(r"政策(?:文件)?解读(?:工作|实施|方案|办法|机制|的通知)|解读工作")

Mark = tuple[str, dt.date | None]
Listing = tuple[str, str, dt.date | None]
"""Bare title, number and date of a row."""


@dataclass(frozen=True)
class DocumentProfile:
    """A document whose facets, number keys and bare text are read when a clue first asks for them."""

    document: LinkableDocument
    corrections: Sequence[str] = ()

    @once
    def facets(self) -> TitleFacets:
        """What its title says."""
        return facets(corrected(self.document.title, self.corrections), self.document.issuer)

    @once
    def numbers(self) -> tuple[NumberKey, ...]:
        """The keys of the numbers that it bears; read only for pages that name one."""
        return numbers_of(self.document)

    @once
    def body(self) -> str:
        """The bare text, for shared passages."""
        return bare(simplify(self.document.text[:_COMPARED]))

    @once
    def organs(self) -> str:
        """The issuing organs, bare, from the title and the issuer field."""
        return organ_key(f"{self.facets.issuer or ''}{self.document.issuer or ''}")

    @once
    def issuer_in_title(self) -> str:
        """The organs that the title itself names, bare; empty when it names none."""
        return organ_key(facets(corrected(self.document.title, self.corrections)).issuer or "")

    @once
    def subject(self) -> str:
        """The bare name without period, kind and the words that every second document has: what it is about."""
        rest = _EVERYDAY.sub("", _PERIOD.sub("", self.facets.core))
        return rest if len(rest) >= _SHORTEST_SUBJECT else self.facets.core

    @once
    def day(self) -> dt.date | None:
        """The day of the document: of its row, else of its address."""
        return self.document.date or day_of_address(self.document.url)

    @once
    def address(self) -> str:
        """The document's address without scheme; empty when it has none or names a site alone."""
        return bare_address(self.document.url)

    @once
    def addresses(self) -> frozenset[str]:
        """The addresses that the document's page links to."""
        return frozenset(filter(None, map(bare_address, self.document.links[:MOST_LINKS])))

    @once
    def mark(self) -> Mark | None:
        """Number and date: rows that differ in one of them are no document listed twice; None without a number."""
        number = simplify(self.document.number or "").strip()
        return (number, self.day) if number else None

    @once
    def listing(self) -> Listing | None:
        """Title, number and date: rows that agree in all are one document listed twice; None without a number."""
        return (bare(clean(self.document.title)), *self.mark) if self.mark else None

    @property
    def is_named_by_organ(self) -> bool:
        """Whether the name is that of an organ alone (某省人民政府通告), which tells no document from the next."""
        return _ORGAN_OF_GOVERNMENT.search(self.facets.core) is not None

    @property
    def is_reply(self) -> bool:
        """Whether the document only approves what another carries (批复)."""
        return self.facets.carrier in {"批复", "复函", "函"}

    @once
    def is_report(self) -> bool:
        """Whether the document is a yearly report."""
        return _REPORT.search(self.document.title) is not None

    @once
    def about_reading(self) -> bool:
        """Whether the document itself orders how to interpret (解读工作), so that pages cite it as their duty."""
        return _ABOUT_READING.search(self.document.title) is not None

    @once
    def is_interpretation(self) -> bool:
        """Whether what a register lists as a document is itself an interpretation (政策图解, 一图读懂)."""
        return _IS_READING.search(self.document.title) is not None

    @once
    def year(self) -> int | None:
        """The year of the document: of its date, else of its number."""
        if self.document.date:
            return self.document.date.year
        return next((key.year for key in self.numbers if key.year), None)


def profile_document(document: LinkableDocument, corrections: Sequence[str] = ()) -> DocumentProfile:
    """Return the profile of a document; nothing is read before it is asked for."""
    return DocumentProfile(document, corrections)


@dataclass(frozen=True)
class InterpretationProfile:
    """An interpretation with everything it names and when it appeared."""

    interpretation: Interpretation
    titles: tuple[NamedTitle, ...]
    numbers: tuple[NamedNumber, ...]
    publisher: str
    publisher_places: Places
    day: dt.date | None
    latest_year: int | None

    @once
    def days_named(self) -> dict[dt.date, Span]:
        """The whole days that the text names, with the place where each is named first."""
        named = ((date.as_date, span) for date, span in find_dates(simplify(self.interpretation.text[:_DATED])))
        return {day: span for day, span in reversed([pair for pair in named if pair[0]]) if day}

    @once
    def address(self) -> str:
        """The page's address without scheme; empty when it has none or names a site alone."""
        return bare_address(self.interpretation.url)

    @once
    def addresses(self) -> frozenset[str]:
        """The addresses that the page links to."""
        return frozenset(filter(None, map(bare_address, self.interpretation.links[:MOST_LINKS])))

    @once
    def lead(self) -> str:
        """The bare title and opening of the text."""
        return bare(clean(self.interpretation.title or "")) + bare(simplify(self.interpretation.text[:_LEAD]))

    @once
    def lead_bigrams(self) -> frozenset[str]:
        """The bigrams of title and opening."""
        return bigrams(self.lead)

    @once
    def title_facets(self) -> TitleFacets:
        """What the title as a whole says, of whatever document."""
        return facets(next(iter(topics(self.interpretation.title or "")), ""))

    @once
    def countries(self) -> frozenset[str]:
        """The foreign countries of the title."""
        return countries(clean(self.interpretation.title or ""))

    @once
    def cites_one(self) -> bool:
        """Whether the page's title names nothing and its text a single document."""
        cores = {item.facets.core for item in self.titles if item.source == "title"}
        return len(cores) == 1 and not self.title_speaks

    @once
    def topic(self) -> str:
        """The bare topic of the title."""
        return next((bare(topic) for topic in topics(self.interpretation.title or "")), "")

    @once
    def topic_bigrams(self) -> frozenset[str]:
        """The bigrams of the title's topic."""
        return bigrams(self.topic)

    @once
    def published_by_organ(self) -> bool:
        """Whether an organ of government published the page, not a paper or a site that reposts."""
        return _ORGAN_OF_GOVERNMENT.search(self.publisher) is not None

    @once
    def body(self) -> str:
        """The bare text, for shared passages."""
        return bare(simplify(self.interpretation.text[:_COMPARED]))

    @once
    def subjects(self) -> tuple[NamedTitle, ...]:
        """The titles that the page's own title names in 《》."""
        return tuple([item for item in self.titles if item.role is Role.SUBJECT])

    @once
    def title_speaks(self) -> bool:
        """Whether the page's own title names its document in 《》."""
        return bool(self.subjects)

    @once
    def issued_numbers(self) -> int:
        """How many numbers the page says were issued; one alone is what the page is about."""
        return len({item.key for item in self.numbers if item.role >= Role.LIKELY})

    @once
    def several_subjects(self) -> bool:
        """Whether the title names more than one document."""
        return len({item.written for item in self.subjects}) > 1

    @once
    def is_roundup(self) -> bool:
        """Whether the title shows a round-up, or a series of questions, which explains no one document."""
        return _ROUNDUP.search(self.interpretation.title or "") is not None

    @once
    def is_report(self) -> bool:
        """Whether the title speaks of a yearly report: it explains such a report, or is one itself."""
        return not self.title_speaks and _REPORT.search(self.interpretation.title or "") is not None

    @once
    def is_research(self) -> bool:
        """Whether the title shows an article of research."""
        return _RESEARCH.search(self.interpretation.title or "") is not None

    @once
    def is_of_draft(self) -> bool:
        """Whether the page explains a draft put out for comment (征求意见稿)."""
        return _DRAFT.search(clean(self.interpretation.title or "")) is not None


@lru_cache(maxsize=4096)
def organ_key(written: str) -> str:
    """Return an organ's name as it is compared: cleaned, without blanks and without what stands in brackets."""
    return _ORGAN_NOISE.sub("", clean(written))


def profile_interpretation(interpretation: Interpretation, corrections: Sequence[str] = ()) -> InterpretationProfile:
    """Read an interpretation once."""
    publisher = organ_key(interpretation.publisher or "")
    here = places(publisher)
    return InterpretationProfile(
        interpretation=interpretation,
        titles=_nearest_home(named_titles(interpretation, corrections), here),
        numbers=named_numbers(interpretation),
        publisher=publisher,
        publisher_places=here,
        day=interpretation.published or day_of_address(interpretation.url),
        latest_year=_latest_year(interpretation),
    )


def _nearest_home(titles: tuple[NamedTitle, ...], here: Places) -> tuple[NamedTitle, ...]:
    """Of several titles cited without context, a local publisher explains the one of its own place; the rest are its basis."""
    loose = [item for item in titles if item.role is Role.POSSIBLE]
    if not any(_at_home(item, here) for item in loose):
        return titles
    return tuple(
        item._replace(role=Role.BACKGROUND) if item.role is Role.POSSIBLE and not _at_home(item, here) else item
        for item in titles
    )


def _at_home(item: NamedTitle, here: Places) -> bool:
    there = item.facets.places
    return here.shares(there)


def bare_address(url: str | None) -> str:
    """Return host and path of an address, without scheme and end slash; empty when it names no page of its own."""
    address = _SCHEME.sub("", (url or "")[:_LONGEST_ADDRESS].strip()).partition("#")[0].rstrip("/")
    host, slash, path = address.partition("/")
    return f"{host.lower()}/{path}" if slash and len(path) >= _SHORTEST_PATH and not any(map(str.isspace, path)) else ""


def day_of_address(url: str | None) -> dt.date | None:
    """Return the day that a page's address bears (/2024-05/31/, t20240531_), None when it bears no whole day."""
    for match in _URL_DATE.finditer((url or "")[:_LONGEST_ADDRESS]):
        if match[3]:
            try:
                return dt.date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
    return None


def _latest_year(interpretation: Interpretation) -> int | None:
    if not interpretation.text:
        return None
    years = [date.year for date, _ in find_dates(simplify(interpretation.text[:_DATED]))]
    return max(years, default=None)
