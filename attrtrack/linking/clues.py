"""The clues for and against a pair, each a named function; what a clue is worth stands in the table link_weights.

A clue says how strongly it speaks (0..1, or counts), what an official reads of it, and whether it names the document,
leaves a doubt that a person must settle, or contradicts the pair, which no other clue outweighs.
"""

import math
from collections.abc import Callable

from attrtrack.domain.evidence import Evidence
from attrtrack.linking.mentions import NamedNumber, NamedTitle, NumberKey, Role
from attrtrack.linking.pairs import Clue, Pair
from attrtrack.linking.profiles import DocumentProfile, InterpretationProfile, organ_key
from attrtrack.linking.strengths import Strength, may_be_short_for, short_form, strength
from attrtrack.linking.timing import TIMELY, dates
from attrtrack.nlp.similarity import shared_passages
from attrtrack.nlp.title_clashes import contradiction, doubts

_PER_RANK = 0.17
_GENERIC_LENGTH = 7
_GENERIC_SHARE = 0.6
_TEXT_LONG_ENOUGH = 200
_TELLING_WORDS = 4
_SHARE_WORTH_TELLING, _SHARE_IN_FULL = 0.02, 0.25
_UNTIMELY_SHARE = 0.3
_COVERED_FROM, _HELD_FROM = 0.55, 0.4
_LEVEL_NATIONAL = 1
_OPENING = 300
_NAMED_FROM = 0.7
_EXACT_BY_TIME = {"date-named": 0.8, "date-fits": 0.8, "date-soon": 0.9}
"""How well a name must fit that leaves its place out, by when page and document appeared."""
_NOWHERE_BY_TIME = {"date-named": 0.8, "date-fits": 0.8}
"""The same where the document does not say its place either: a name like this is borne by documents of many places."""
NAMED_BY_TITLE = frozenset({"title-subject", "title-topic", "title-issued", "title-sole", "title-cited"})


Judge = Callable[[Pair], Clue | None]
_TITLE_CODES = {
    Role.SUBJECT: "title-subject", Role.LIKELY: "title-issued", Role.POSSIBLE: "title-cited",
    Role.BACKGROUND: "title-background",
}  # fmt: skip
_LOOSE_FACETS = frozenset({"kind", "action"})
"""A title that does not quote its document may well call it by another kind."""
_FACET_WORDS = {
    "year": "年份",
    "period": "规划期",
    "series": "批次或者序号",
    "stage": "阶段",
    "place": "地区",
    "carrier": "是否转发",
}
_NUMBER_CODES = {Role.SUBJECT: "number-subject", Role.LIKELY: "number-issued", Role.POSSIBLE: "number-cited"}


def title(pair: Pair) -> Clue | None:
    """The document is named: in 《》 in the title, by the title's topic, or cited in the text."""
    best: Clue | None = None
    worth = -math.inf
    for named in pair.page.titles:
        if max(pair.weights[_title_code(named, pair.page)], 0.0) < worth:  # no strength could lift it above the best
            continue
        clue = _named(named, pair)
        if clue is not None:
            value = pair.weights[clue.code] * clue.strength
            if best is None or (value, clue.names) > (worth, best.names):
                best, worth = clue, value
    return best


def _named(named: NamedTitle, pair: Pair) -> Clue | None:
    document = pair.document
    if named.role is Role.SUBJECT and pair.clash(named.facets):  # known already, and sooner told than the strength
        return None
    found = strength(named, document)
    if found.share <= 0 or pair.clash(named.facets):
        return None
    code = _title_code(named, pair.page)
    share = found.share
    if named.role is Role.POSSIBLE:
        share = max(share - _PER_RANK * named.rank, 0.1)
    if len(document.facets.core) < _GENERIC_LENGTH or document.is_named_by_organ:
        share *= _GENERIC_SHARE
    return Clue(
        code,
        share,
        Evidence(named.written, named.span, named.source),
        names=found.share >= _NAMED_FROM and code in NAMED_BY_TITLE,
        doubt=_doubt(named, pair, found),
    )


def _title_code(named: NamedTitle, page: InterpretationProfile) -> str:
    if named.source == "topic":
        return "title-topic"
    if named.role is Role.POSSIBLE and page.cites_one:
        return "title-sole"
    return _TITLE_CODES[named.role]


def _doubt(named: NamedTitle, pair: Pair, found: Strength) -> str:
    """Say what one of the two names leaves out, or that one is derived from the other."""
    if found.derived:
        return "两个名称一个由另一个派生（修订、实施、解释等），可能是另一份文件"
    left_out = [name for name in doubts(named.facets, pair.document.facets) if name != "place" or not _at_home(pair)]
    if _place_left_out(named, pair, found):
        left_out.append("place")
    if named.changed and not _near_in_time(pair):
        return "网页说的是修改、修订或者废止，可能是另一份文件"
    words = "、".join(dict.fromkeys(_FACET_WORDS[name] for name in left_out))
    if words:
        return f"解读与文件名称一方写明、另一方未写或写得不同：{words}"
    return "两个标题写明的制发机关不同，又没有日期、文号印证" if _issuers_differ(named, pair) else ""


def _issuers_differ(named: NamedTitle, pair: Pair) -> bool:
    """Whether both titles name their issuers, these are not the same organs, and neither date nor number tells otherwise.

    Offices that take over each other's work issue notices of one name (物价局, later 发展和改革委员会).
    """
    one, other = organ_key(named.facets.issuer or ""), pair.document.issuer_in_title
    if not one or not other or may_be_short_for(one, other) or may_be_short_for(other, one):
        return False
    near = dates(pair)
    return (near is None or near.code not in TIMELY) and pair.answer(number) is None


def _place_left_out(named: NamedTitle, pair: Pair, found: Strength) -> bool:
    """Whether one of two names says no place, and neither publisher, page title nor time tells that it is the same one."""
    one, other = named.facets.places, pair.document.facets.places
    if not one.silent:
        return other.silent
    if other.silent and (other.level == _LEVEL_NATIONAL or _organs_agree(pair)):
        return False
    if other.shares(pair.page.publisher_places) or _at_home(pair):
        return False
    near = dates(pair)
    least = (_NOWHERE_BY_TIME if other.silent else _EXACT_BY_TIME).get(near.code) if near is not None else None
    return least is None or found.share < least


def _at_home(pair: Pair) -> bool:
    """Whether the page's title says the city or county of the document, wherever it stands."""
    return any(local in pair.page.topic for local in pair.document.facets.places.locals)


def _near_in_time(pair: Pair) -> bool:
    near = dates(pair)
    return near is not None and near.code in _EXACT_BY_TIME


def number(pair: Pair) -> Clue | None:
    """The document's number is cited; in the title or where the page says what was issued it is all but certain."""
    best: Clue | None = None
    for named in pair.page.numbers:
        code = _NUMBER_CODES.get(named.role)
        if code is None or not any(_same_number(named, key, pair) for key in pair.document.numbers):
            continue
        if pair.page.title_speaks and named.role <= Role.POSSIBLE:
            code = "number-beside"
        if best is None or pair.weights[code] > pair.weights[best.code]:
            best = Clue(code, 1.0, Evidence(named.written, named.span, "number"), names=_is_certain(named, pair.page))
    return best


def _is_certain(named: NamedNumber, page: InterpretationProfile) -> bool:
    return named.role is Role.SUBJECT or (named.role is Role.LIKELY and page.issued_numbers == 1)


def _same_number(named: NamedNumber, key: NumberKey, pair: Pair) -> bool:
    cited = named.key
    if (cited.series, cited.serial) != (key.series, key.serial) or (cited.year and key.year and cited.year != key.year):
        return False
    return not cited.generic or _organ_agrees(cited, pair.page, pair.document)


def _organ_agrees(cited: NumberKey, page: InterpretationProfile, document: DocumentProfile) -> bool:
    organs = document.organs
    if not organs:
        return cited.year is not None
    said = cited.code + page.publisher + (page.interpretation.title or "")
    return any(organs[:length] in said for length in (4, 3)) or any(
        part in organs for part in (page.publisher[:4],) if part
    )


def number_contradicts(pair: Pair) -> Clue | None:
    """The page says which number it explains, and the document bears another of the same series."""
    subjects = [item for item in pair.page.numbers if item.role >= Role.LIKELY]
    keys = pair.document.numbers
    if any(_same_number(item, key, pair) for item in subjects for key in keys):
        return None
    for item in subjects:
        if any(item.key.series == key.series for key in keys):
            first = item.role is Role.SUBJECT or (item.span is not None and item.span.start < _OPENING)
            evidence = Evidence(item.written, item.span, "number")
            return Clue(
                "number-contradicts" if first else "number-apart",
                1.0,
                evidence,
                veto=first,
                doubt="" if first else "正文称已发布的是同一系列的另一文号",
            )
    return None


def facets_contradict(pair: Pair) -> Clue | None:
    """What the page's title names contradicts the document in place, year, stage, kind or number in a series."""
    page, there = pair.page, pair.document.facets
    subjects = page.subjects
    if subjects:
        clashes = [pair.clash(item.facets) for item in subjects]
        said = clashes[0] if all(clashes) else None
    else:
        said = contradiction(page.title_facets, there, but=_LOOSE_FACETS)
    quote = subjects[0].written if subjects else page.interpretation.title or ""
    return Clue("facets-contradict", 1.0, Evidence(quote, None, said), veto=True) if said else None


def _organs_agree(pair: Pair) -> bool:
    publisher, organs = pair.page.publisher, pair.document.organs
    return bool(publisher and organs) and (publisher in organs or organs in publisher)


def issuer(pair: Pair) -> Clue | None:
    """Who drafts interprets (谁起草谁解读): the publisher is the issuer, or of another place."""
    page, organs = pair.page, pair.document.organs
    if not page.publisher or not organs:
        return None
    if _organs_agree(pair):
        return Clue("issuer-agrees", 1.0, Evidence(page.interpretation.publisher or "", None, "issuer"))
    here, there = page.publisher_places, pair.document.facets.places
    if not page.published_by_organ:
        return None
    apart = here.provinces and there.provinces and not here.provinces & there.provinces
    if apart or (here.level and here.level > _LEVEL_NATIONAL and there.level == _LEVEL_NATIONAL):
        return Clue(
            "issuer-apart",
            1.0,
            Evidence(page.interpretation.publisher or "", None, "place"),
            doubt="发布单位与制发单位不在一地",
        )
    return None


def linked(pair: Pair) -> Clue | None:
    """The page links to the document's own address, or the document's page to this one (文件与解读相互关联)."""
    page, document = pair.page, pair.document
    if document.address and document.address in page.addresses:
        return Clue("linked", 1.0, Evidence(document.document.url or "", None, "address"), names=True)
    if page.address and page.address in document.addresses:
        return Clue("linked", 1.0, Evidence(page.interpretation.url or "", None, "address"), names=True)
    place = page.interpretation.text.find(document.address) if document.address else -1
    if place < 0:
        return None
    return Clue("linked", 1.0, Evidence(document.address, None, "address"), names=True)


def topic_covered(pair: Pair) -> Clue | None:
    """The telling words of the document's name stand in the page's title and opening."""
    if pair.page.title_speaks:
        return None
    share = pair.index.coverage(pair.document.facets.core, pair.page.lead_bigrams) - _COVERED_FROM
    said = pair.page.interpretation.title or ""
    return Clue("topic-covered", share, Evidence(said, None, "topic")) if share > 0 else None


def topic_held(pair: Pair) -> Clue | None:
    """The telling words of what the document is about stand in the topic of the page's title."""
    if pair.page.title_speaks:
        return None
    share = pair.index.coverage(pair.document.subject, pair.page.topic_bigrams) - _HELD_FROM
    said = pair.page.interpretation.title or ""
    return Clue("topic-held", share, Evidence(said, None, "topic")) if share > 0 else None


def topic_words(pair: Pair) -> Clue | None:
    """Page title and document share a run of words; the longer, the rarer and the closer in time, the more it says."""
    if pair.page.title_speaks:
        return None
    words = pair.index.longest_shared(pair.document.facets.core, pair.page.topic)
    if len(words) < _TELLING_WORDS:
        return None
    near = dates(pair)
    timely = near is not None and near.code in TIMELY - {"year-fits"}
    share = min(0.63 + 0.086 * (len(words) - _TELLING_WORDS), 1.0) * pair.index.rarity(words)
    said = pair.page.interpretation.title or ""
    return Clue(
        "topic-words",
        share * (1.0 if timely else _UNTIMELY_SHARE),
        Evidence(words if words in said else said, None, "topic"),
    )


def topic_short(pair: Pair) -> Clue | None:
    """A word of the page's title is short for what the document is about (疾控 for 疾病预防控制)."""
    if pair.page.title_speaks:
        return None
    words = short_form(pair.page.topic, pair.document.subject)
    said = pair.page.interpretation.title or ""
    return Clue("topic-short", 1.0, Evidence(words if words in said else said, None, "topic")) if words else None


def country(pair: Pair) -> Clue | None:
    """Title and document speak of the same foreign country."""
    shared = pair.page.countries & pair.document.facets.countries
    return Clue("country-shared", 1.0, Evidence(min(shared), None, "country")) if shared else None


def body(pair: Pair) -> Clue | None:
    """Passages of the page stand word for word in the document; a page that shares none says nothing."""
    page, document = pair.page.body, pair.document.body
    if len(page) < _TEXT_LONG_ENOUGH or len(document) < _TEXT_LONG_ENOUGH:
        return None
    share = shared_passages(page, document)
    if share <= _SHARE_WORTH_TELLING:
        return None
    return Clue(
        "body",
        min(share / _SHARE_IN_FULL, 1.0),
        Evidence(f"正文有{share:.0%}与文件原文相同", None, "body"),
        names=share >= _SHARE_IN_FULL,
    )


def kind_of_page(pair: Pair) -> Clue | None:
    """Round-ups, research and explanations of drafts explain no issued document."""
    page, document, said = pair.page, pair.document, pair.page.interpretation.title or ""
    if page.is_of_draft and not document.facets.draft:
        return Clue("page-of-draft", 1.0, Evidence(said, None, "stage"), veto=True)
    if (
        (page.is_roundup and not page.title_speaks)
        or (page.is_report and not document.is_report)
        or (page.is_research and not page.title_speaks)
    ):
        return Clue("page-of-many", 1.0, Evidence(said, None, "kind"), veto=True)
    return None


def kind_of_document(pair: Pair) -> Clue | None:
    """A listed interpretation is no document, an order on how to interpret is a basis, a 批复 only approves a plan."""
    document = pair.document
    if document.is_interpretation:
        return Clue("document-is-reading", veto=True)
    if document.about_reading and not pair.page.title_speaks:
        return Clue("document-on-reading")
    if document.is_reply and not any("批复" in item.written for item in pair.page.titles):
        return Clue("document-is-reply", doubt="该文件是批复或者函，所解读的可能是另行印发的方案、规划")
    return None


CLUES: tuple[Judge, ...] = (
    number, title, linked, topic_covered, topic_held, topic_words, topic_short, country, dates, issuer, body, number_contradicts,
    facets_contradict, kind_of_page, kind_of_document,
)  # fmt: skip
