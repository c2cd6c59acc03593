"""What an interpretation names: titles and numbers, each with the part it plays (subject or background).

A page that explains one document cites five others as its basis; the words around a citation tell which is which.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from attrtrack.domain import numbers
from attrtrack.domain.evidence import Span
from attrtrack.domain.interpretations import Interpretation
from attrtrack.domain.numbers import DocumentNumber, Series
from attrtrack.nlp.titles import TitleFacets, clean, corrected, facets, quoted, simplify, strip_labels, topics

_READ_UP_TO = 6000
_SHORTEST_NAME = 5
_BEFORE, _AFTER = 16, 14
_SUBJECT_BEFORE = re.compile(
    r"(?:发布了?|印发了?|公布了?|出台了?|制定了?|制发了?|起草了?|通过了?|颁布了?|发布公告|审议了?|推出了?|研究制定|联合印发|形成了?|现将|现对|解读|就|理解)"
    r"(?:新修订的|新的|关于|的|了)*(?:《[^》]{0,40}》[、和及])?$"
)
_BACKGROUND_BEFORE = re.compile(
    r"(?:根据|依据|按照|依照|遵照|参照|对照|结合|落实|贯彻|执行|违反|符合|原|废止|修改|取代|替代|下发|转发|的|对|与|和|、|中|以及|及其|如|见|适用|纳入|列入|即)[^，。；《》]{0,10}$"
)
_BACKGROUND_AFTER = re.compile(
    r"^(?:\([^)]{0,40}\)|（[^）]{0,40}）)?(?:第.{1,6}条|有关|规定|要求|的?要求|等|同时废止|予以废止|废止|已|进行了?修|中|、|精神|和《)"
)
_SUBJECT_AFTER = re.compile(
    r"^(?:[（(][^）)《]{0,40}[）)])?(?:[（(]以下(?:简称|称)|[（(]下称|正式(?:发布|印发|出台|实施)|出台|印发|发布|解读|将于|已于|自\d{4}年)"
)
_BULLETIN_AFTER = re.compile(
    r"(?:(?P<issuer>[\u4e00-\u9fa5]{2,20}?))?(?P<year>(?:19|20)\d{2})年第(?P<serial>\d{1,5})号(?P<series>公告|通告)"
)
_CHANGED_AFTER = re.compile(r"\s*(?:的|有关|相关)*(修改|修正|修订|废止)")
_CHANGES = {"修改": "修改", "修正": "修改", "修订": "修改", "废止": "废止"}
_REMARK = re.compile(r"[(\[][^()\[\]]{0,24}[)\]]\s*$")
_NO_NAME_ABOUT = re.compile(r"[，。！？：:|｜]|——|解读|记者|负责|就$")
_NAME_ENDS = re.compile(
    r"(?:通知|决定|意见|公告|通告|批复|复函|函|报告|规定|办法|细则|方案|措施|通报|规章|文件|条例|目录|标准|规则|计划|规划|清单)$"
)
_HOLDS_ANOTHER = re.compile(r"(?:废止|修改|修订|延用|延长|印发|转发)$")
_LONGEST_END = 30
_MAY_HOLD_NUMBER = re.compile(r"\d\s*[号號]|(?:19|20)\d{2}\s*年?[\]〕】）)]\D*\d")


class Role(IntEnum):
    """The part a citation plays, from background to what the page says it explains."""

    BACKGROUND = 0
    POSSIBLE = 1
    LIKELY = 2
    SUBJECT = 3


class NamedTitle(NamedTuple):
    """A title an interpretation names: as written, its facets, its part, and its span in the text (None: not in the text)."""

    written: str
    facets: TitleFacets
    role: Role
    source: str
    span: Span | None = None
    rank: int = 0
    changed: bool = False
    """Whether the page speaks of a change to this title (《…》修改要点): the document may be another, which makes the change."""


@dataclass(frozen=True, slots=True)
class NamedNumber:
    """A document number an interpretation names, its part, and its span in the text (None: not in the text)."""

    written: str
    key: "NumberKey"
    role: Role
    source: str
    span: Span | None = None


class NumberKey(NamedTuple):
    """What of a number identifies it: the series, the year (None for orders) and the serial; `generic` series need an issuer."""

    series: str
    year: int | None
    serial: int
    code: str

    @property
    def generic(self) -> bool:
        """Whether every organ has such a series, so that the issuer must agree too."""
        return self.series in {"公告", "令"}


def number_key(number: DocumentNumber) -> NumberKey:
    """Reduce a number to what identifies it: 署令〔2024〕270号 and 海关总署令第270号 are one order."""
    code = simplify(number.issuer_code)
    if number.series is Series.ORDER or code.endswith("令"):
        return NumberKey("令", None, number.serial, code)
    if code.endswith(("公告", "通告")):
        return NumberKey("公告", number.year, number.serial, code)
    return NumberKey(code, number.year, number.serial, code)


def keys_in(text: str) -> Iterator[tuple[NumberKey, Span]]:
    """Yield the keys of the numbers that stand in a simplified text; 海关总署2021年第114号公告 counts too."""
    if _MAY_HOLD_NUMBER.search(text) is None:
        return
    taken: list[Span] = []
    for number, span, _ in numbers.find_all(text):
        taken.append(span)
        yield number_key(number), span
    for match in _BULLETIN_AFTER.finditer(text):
        if not any(span.start < match.end() and match.start() < span.end for span in taken):
            key = NumberKey("公告", int(match["year"]), int(match["serial"]), (match["issuer"] or "") + match["series"])
            yield key, Span(match.start(), match.end())


def named_titles(interpretation: Interpretation, corrections: Sequence[str] = ()) -> tuple[NamedTitle, ...]:
    """Return every title that the interpretation names, the telling places first, one entry a name and part."""
    found = list(_in_title(interpretation.title or "", corrections))
    title_speaks = any(item.role is Role.SUBJECT for item in found)
    found += _in_text(interpretation.text, background=title_speaks)
    known = {item.facets.core for item in found}
    cited = [title for title in interpretation.cited_titles if _long_enough(title)]
    for rank, title in enumerate(cited):
        read = facets(corrected(title, corrections))
        if read.core not in known:
            found.append(
                NamedTitle(title, read, Role.BACKGROUND if title_speaks else Role.POSSIBLE, "title", rank=rank)
            )
    return tuple(found)


def _long_enough(title: str) -> bool:
    return len(facets(title).core) >= _SHORTEST_NAME


def _in_title(title: str, corrections: Sequence[str]) -> Iterator[NamedTitle]:
    whole = strip_labels(clean(title))
    if _is_one_name(whole):
        yield NamedTitle(
            whole if whole in title else title, facets(corrected(whole, corrections)), Role.SUBJECT, "title"
        )
        return
    for inside, start, end in quoted(title):
        if not _long_enough(inside):
            continue
        changed = _CHANGED_AFTER.match(title, end + 1)
        for name in (inside, *([f"关于{_CHANGES[changed[1]]}《{inside}》的决定"] if changed else ())):
            read = facets(corrected(name, corrections))
            yield NamedTitle(
                title[start - 1 : end + 1], read, Role.SUBJECT, "title", changed=changed is not None and name is inside
            )
    for rank, topic in enumerate(topics(corrected(title, corrections))):
        if _long_enough(topic):
            yield NamedTitle(topic if topic in title else title, facets(topic), Role.LIKELY, "topic", rank=rank)


def _is_one_name(title: str) -> bool:
    """Whether a title is itself a document's name that holds another's in 《》 (关于废止《某办法》的决定)."""
    head, opening, rest = title.partition("《")
    tail = _REMARK.sub("", rest.rpartition("》")[2]).strip()
    if not opening or not head + tail or _NO_NAME_ABOUT.search(head) or _NO_NAME_ABOUT.search(tail):
        return False
    if not tail:
        return _HOLDS_ANOTHER.search(head) is not None
    return len(tail) <= _LONGEST_END and not tail[0].isspace() and _NAME_ENDS.search(tail) is not None


def _in_text(text: str, *, background: bool) -> list[NamedTitle]:
    read = simplify(text[:_READ_UP_TO])
    found: dict[str, NamedTitle] = {}
    for inside, start, end in quoted(read):
        if not _long_enough(inside):
            continue
        item = facets(inside)
        role = _role(read, start - 1, end + 1)
        if background and role is Role.POSSIBLE:
            role = Role.BACKGROUND
        named = NamedTitle(text[start - 1 : end + 1], item, role, "title", Span(start - 1, end + 1), rank=len(found))
        if item.core not in found or found[item.core].role < role:
            found[item.core] = named
    return list(found.values())


def _role(text: str, start: int, end: int) -> Role:
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER + 30]
    if _SUBJECT_BEFORE.search(before):
        return Role.BACKGROUND if re.match(r"^[（(]?[^）)]{0,40}[）)]?第.{1,6}条", after) else Role.LIKELY
    if _BACKGROUND_BEFORE.search(before) or _BACKGROUND_AFTER.match(after):
        return Role.BACKGROUND
    return Role.LIKELY if _SUBJECT_AFTER.match(after) else Role.POSSIBLE


def named_numbers(interpretation: Interpretation) -> tuple[NamedNumber, ...]:
    """Return every number that the interpretation names, with its part."""
    found = [
        NamedNumber(span.of(title), key, Role.SUBJECT, "number")
        for title in [simplify(interpretation.title or "")]
        for key, span in keys_in(title)
    ]
    text = simplify(interpretation.text[:_READ_UP_TO])
    for key, span in keys_in(text):
        role = _number_role(text, span)
        found.append(NamedNumber(span.of(interpretation.text), key, role, "number", span))
    known = {(item.key.series, item.key.year, item.key.serial) for item in found}
    for written in interpretation.cited_numbers:
        for key, _ in keys_in(simplify(written)):
            if (key.series, key.year, key.serial) not in known:
                found.append(NamedNumber(written, key, Role.POSSIBLE, "number"))
    return tuple(found)


def _number_role(text: str, span: Span) -> Role:
    """Read the part of a number: that of the 《title》 it stands behind, else what the words before it say."""
    before = text[max(0, span.start - 80) : span.start]
    behind = re.search(r"《([^》]*)》[（(]?[\u4e00-\u9fa5]{0,12}$", before)
    if behind:
        start = span.start - len(before) + behind.start()
        end = text.find("》", start) + 1
        return _role(text, start, end)
    lead = span.of(text) if re.search(r"(?:发布|印发|公布)了?公告", span.of(text)) else before[-_BEFORE:]
    if re.search(r"(?:发布了?|印发了?|公布了?|出台了?)[^，。；]{0,8}$|(?:发布|印发|公布)了?公告", lead):
        return Role.LIKELY
    return (
        Role.BACKGROUND
        if _BACKGROUND_BEFORE.search(lead) or _BACKGROUND_AFTER.match(text[span.end : span.end + 20])
        else Role.POSSIBLE
    )
