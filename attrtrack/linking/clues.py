"""The clues for and against a pair, each a named function with readable weights; their sum is the log-odds of a link.

Weights are set by hand from what officials go by (a title in 《》 outweighs all likeness, a year apart outweighs a title)
and were corrected while reading wrong answers; no program fitted them. Shaken by a quarter each they give nearly the same
answers. `Clue.points` are natural log-odds.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from attrtrack.domain.evidence import Evidence
from attrtrack.linking.mentions import NamedNumber, NamedTitle, NumberKey, Role
from attrtrack.linking.profiles import DocumentProfile, InterpretationProfile, day_of_address
from attrtrack.nlp.similarity import NameIndex, likeness, shared_passages
from attrtrack.nlp.titles import contradictions

PRIOR = -4.0
_TITLE_POINTS = {Role.SUBJECT: 7.0, Role.LIKELY: 6.0, Role.POSSIBLE: 4.6, Role.BACKGROUND: 0.6}
_NUMBER_POINTS = {Role.SUBJECT: 7.0, Role.LIKELY: 6.0, Role.POSSIBLE: 3.0, Role.BACKGROUND: 0.0}
_PER_RANK = 0.8
_ALIKE_FROM, _CONTAINED_FROM = 0.62, 0.45
_REPLACED_COSTS = 1.6
# by the signs that stand for others: none, one, a word; a title in 《》 is a quotation and seldom changes a word
_LOOSE = (0.0, 0.1, 0.5)
_SIBLING_COSTS = {Role.SUBJECT: (0.0, 0.35, 0.8), Role.LIKELY: _LOOSE, Role.POSSIBLE: _LOOSE, Role.BACKGROUND: _LOOSE}
_VETO = -9.0
_PER_SILENT_YEAR = -1.5
_GENERIC_LENGTH = 7
_DERIVED = re.compile("修订|修改|实施|执行|贯彻|落实|补充|解释|操作|申报|征集|公示|细则|指引|废止|调整|延长")
_DERIVED_STRENGTH = 0.05
_TEXT_LONG_ENOUGH = 200
_TELLING_WORDS = 4
_SHARE_WORTH_TELLING = 0.02
_NEAR_IN_TIME, _FAR_IN_TIME = 1.4, 0.3


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue: its points, what an official reads of it, and whether it is certain (exact) or a contradiction."""

    points: float
    evidence: Evidence | None = None
    exact: bool = False
    veto: bool = False


Judge = Callable[[InterpretationProfile, DocumentProfile, NameIndex], Clue]
NOTHING = Clue(0.0)


def title(page: InterpretationProfile, document: DocumentProfile, _index: NameIndex) -> Clue:
    """The document is named: in 《》 in the title, by the title's topic, or cited in the text."""
    best = NOTHING
    for named in page.titles:
        clue = _named(named, document, text_rank=named.rank)
        if clue.points > best.points or (clue.points == best.points and clue.exact):
            best = clue
    return best


def _named(named: NamedTitle, document: DocumentProfile, *, text_rank: int) -> Clue:
    strength, exact = _strength(named, document)
    if strength <= 0 or contradictions(named.facets, document.facets):
        return NOTHING
    points = _TITLE_POINTS[named.role] * strength
    if named.role is Role.POSSIBLE:
        points = max(points - _PER_RANK * text_rank, 0.5)
    if len(document.facets.core) < _GENERIC_LENGTH:
        points *= 0.6
    return Clue(points, Evidence(named.written, named.span, named.source), exact=exact and _of_the_title(named))


def _of_the_title(named: NamedTitle) -> bool:
    """Whether the page's own title says it; a text may speak of another document first."""
    return named.role is Role.SUBJECT or named.source == "topic"


def _strength(named: NamedTitle, document: DocumentProfile) -> tuple[float, bool]:
    best = 0.0
    for one in named.facets.names[:2]:
        for other in document.facets.names:
            if one == other:
                return 1.0, True
            alike = likeness(one, other)
            if alike.contained >= _CONTAINED_FROM:
                derived = len(other) > len(one) and _DERIVED.search(other.replace(one, "", 1)) is not None
                best = max(best, (_DERIVED_STRENGTH if derived else 0.45) + 0.5 * alike.contained)
            else:
                ratio = (alike.ratio - _ALIKE_FROM) / (1 - _ALIKE_FROM)
                sibling = _SIBLING_COSTS[named.role][min(alike.substituted, 2)]
                best = max(best, 0.95 * ratio - _REPLACED_COSTS * alike.replaced - sibling)
    return best, False


def number(page: InterpretationProfile, document: DocumentProfile, _index: NameIndex) -> Clue:
    """The document's number is cited; in the title or where the page says what was issued it is all but certain."""
    best = NOTHING
    for named in page.numbers:
        if any(_same_number(named, key, page, document) for key in document.numbers):
            points = _NUMBER_POINTS[named.role]
            if page.title_speaks and named.role <= Role.POSSIBLE:
                points = min(points, 1.0)
            if points > best.points:
                best = Clue(points, Evidence(named.written, named.span, "number"), exact=_is_certain(named, page))
    return best


def _is_certain(named: NamedNumber, page: InterpretationProfile) -> bool:
    return named.role is Role.SUBJECT or (named.role is Role.LIKELY and page.issued_numbers == 1)


def _same_number(named: NamedNumber, key: NumberKey, page: InterpretationProfile, document: DocumentProfile) -> bool:
    cited = named.key
    if (cited.series, cited.serial) != (key.series, key.serial) or (cited.year and key.year and cited.year != key.year):
        return False
    return not cited.generic or _organ_agrees(cited, page, document)


def _organ_agrees(cited: NumberKey, page: InterpretationProfile, document: DocumentProfile) -> bool:
    organs = document.organs
    if not organs:
        return cited.year is not None
    said = cited.code + page.publisher + (page.interpretation.title or "")
    return any(organs[:length] in said for length in (4, 3)) or any(
        part in organs for part in (page.publisher[:4],) if part
    )


def number_contradicts(page: InterpretationProfile, document: DocumentProfile, _index: NameIndex) -> Clue:
    """The page says which number it explains, and the document bears another of the same series."""
    subjects = [item for item in page.numbers if item.role >= Role.LIKELY]
    for item in subjects:
        for key in document.numbers:
            if item.key.series == key.series and not _same_number(item, key, page, document):
                if any(_same_number(other, k, page, document) for other in subjects for k in document.numbers):
                    return NOTHING
                return Clue(-7.0, Evidence(item.written, item.span, "number"), veto=True)
    return NOTHING


def facets_contradict(page: InterpretationProfile, document: DocumentProfile, _index: NameIndex) -> Clue:
    """What the page's title names contradicts the document in place, year, stage, kind or number in a series."""
    subjects = [item for item in page.titles if item.role is Role.SUBJECT] or [
        item for item in page.titles if item.source == "topic" and item.rank == 0
    ]
    if not subjects:
        return NOTHING
    clashes = [contradictions(item.facets, document.facets) for item in subjects]
    if not all(clashes):
        return NOTHING
    named = subjects[0]
    if named.role is not Role.SUBJECT:
        hard = set(clashes[0]) - {"kind", "action"}
        return Clue(_VETO, Evidence(named.written, None, min(hard)), veto=True) if hard else NOTHING
    return Clue(_VETO, Evidence(named.written, None, clashes[0][0]), veto=True)


def dates(page: InterpretationProfile, document: DocumentProfile, _index: NameIndex) -> Clue:
    """An interpretation appears with its document or soon after; well before it, it explains something else."""
    made = document.document.date or day_of_address(document.document.url)
    if page.day is None and made is not None and made in page.days_named:
        return Clue(2.2, Evidence.at(page.interpretation.text, page.days_named[made], "date"))
    if page.day is None or made is None:
        return _years_of_text(page, document)
    days = (page.day - made).days
    evidence = Evidence(_days_said(page.day, made), None, "date")
    return _dated(days, evidence)


def _dated(days: int, evidence: Evidence) -> Clue:
    for upto, points, veto in _DATE_TABLE:
        if days <= upto:
            return Clue(points, evidence, veto=veto)
    return Clue(-3.5, evidence)


# days from document to interpretation, up to and including; a meeting that adopts a plan is explained two or three weeks early
_DATE_TABLE = (
    (-75, -8.0, True), (-31, -3.0, False), (-4, -0.3, False), (14, 2.2, False), (45, 1.4, False), (120, 0.6, False),
    (400, -0.3, False), (800, -1.8, False),
)  # fmt: skip


def _days_said(published: dt.date, made: dt.date) -> str:
    return f"解读发布于{published.isoformat()}，文件日期{made.isoformat()}"


def _years_of_text(page: InterpretationProfile, document: DocumentProfile) -> Clue:
    """Without a date, the years that the page speaks of bound when it was written."""
    year = document.year
    if page.day is not None and year is not None and document.document.date is None:
        gap = page.day.year - year
        return Clue(
            {0: 1.2, 1: 0.2}.get(gap, -3.0),
            Evidence(f"解读发布于{page.day.year}年，文号为{year}年", None, "date"),
            veto=gap < 0,
        )
    if page.latest_year is None or year is None or page.latest_year >= year - 1:
        return NOTHING
    said = f"解读所提日期最晚为{page.latest_year}年，文件为{year}年"
    return Clue(_PER_SILENT_YEAR * (year - 1 - page.latest_year), Evidence(said, None, "date"), veto=True)


def issuer(page: InterpretationProfile, document: DocumentProfile, _index: NameIndex) -> Clue:
    """Who drafts interprets (谁起草谁解读): the publisher is the issuer, or of another place."""
    organs = document.organs
    if not page.publisher or not organs:
        return NOTHING
    if page.publisher in organs or organs in page.publisher:
        return Clue(0.9, Evidence(page.interpretation.publisher or "", None, "issuer"))
    here, there = page.publisher_places, document.facets.places
    if not page.published_by_organ:
        return NOTHING
    apart = here.provinces and there.provinces and not here.provinces & there.provinces
    if apart or (here.level and here.level > 1 and there.level == 1):
        return Clue(-1.2, Evidence(page.interpretation.publisher or "", None, "place"))
    return NOTHING


def address(page: InterpretationProfile, document: DocumentProfile, _index: NameIndex) -> Clue:
    """The page links to the document's own address."""
    url = (document.document.url or "").removeprefix("https://").removeprefix("http://").rstrip("/")
    place = page.interpretation.text.find(url) if len(url) > len("a.gov.cn/") else -1
    if place < 0:
        return NOTHING
    return Clue(6.5, Evidence(url, None, "address"), exact=True)


def topic(page: InterpretationProfile, document: DocumentProfile, index: NameIndex) -> Clue:
    """The telling words of the document's name stand in the page's title and opening, or the page's topic in the name."""
    if page.title_speaks:
        return NOTHING
    covered = index.coverage(document.facets.core, page.lead_bigrams)
    in_title = index.coverage(document.facets.core, page.topic_bigrams)
    points = 4.5 * max(covered - 0.55, 0.0) + 4.5 * max(in_title - 0.4, 0.0)
    words = index.longest_shared(document.facets.core, page.topic)
    if len(words) >= _TELLING_WORDS:
        near = dates(page, document, index).points >= _NEAR_IN_TIME
        points = max(points, 0.0) + _words_points(len(words), index.rarity(words)) * (1.0 if near else _FAR_IN_TIME)
    said = page.interpretation.title or ""
    return Clue(points, Evidence(words if words in said else said, None, "topic")) if points > 0 else NOTHING


def _words_points(length: int, rarity: float) -> float:
    """Points of a run of words that title and document share: more for a longer and a rarer run."""
    return min(2.2 + 0.3 * (length - _TELLING_WORDS), 3.5) * rarity


def body(page: InterpretationProfile, document: DocumentProfile, _index: NameIndex) -> Clue:
    """Passages of the page stand word for word in the document; a long page that shares none is weaker."""
    if len(page.body) < _TEXT_LONG_ENOUGH or len(document.body) < _TEXT_LONG_ENOUGH:
        return NOTHING
    share = shared_passages(page.body, document.body)
    return (
        Clue(min(share * 12, 3.0), Evidence(f"正文有{share:.0%}与文件原文相同", None, "body"))
        if share > _SHARE_WORTH_TELLING
        else NOTHING
    )


def kind_of_page(page: InterpretationProfile, document: DocumentProfile, _index: NameIndex) -> Clue:
    """Round-ups, research and explanations of drafts explain no issued document."""
    page_title = page.interpretation.title or ""
    if page.is_of_draft and not document.facets.draft:
        return Clue(_VETO, Evidence(page_title, None, "stage"), veto=True)
    if page.is_roundup or (page.is_research and not page.title_speaks):
        return Clue(-3.0, Evidence(page_title, None, "kind"), veto=True)
    if document.is_interpretation:
        return Clue(-6.0, None, veto=True)
    if document.about_reading and not page.title_speaks:
        return Clue(-5.0, None)
    return NOTHING


def carrier(_page: InterpretationProfile, document: DocumentProfile, _index: NameIndex) -> Clue:
    """A 批复 of a plan is rarely what is explained when the plan's own notice exists."""
    return Clue(-0.8, veto=True) if document.facets.carrier in {"批复", "复函", "函"} else NOTHING


CLUES: tuple[Judge, ...] = (
    number, title, address, topic, dates, issuer, body, number_contradicts, facets_contradict, kind_of_page, carrier,
)  # fmt: skip
