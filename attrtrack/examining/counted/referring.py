"""Counts that refer back: 上述12件, 这3次会议, 12篇解读全部……; they repeat a figure told shortly before."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import UNITS, Quantity, chinese_number, quantities, same_unit
from attrtrack.examining.text.paper import Paper, Sentence

_BACK = re.compile(
    rf"(?:^|(?<=[，；：、（对将把在以从由于请令给与向]))(?:这些?|[此该]|(?:上述|以上|前述|前面)(?P<lead>(?:(?![和及与的已均都未])[\u4e00-\u9fff]){{2,10}}?)??)(?P<number>\d+|[一二两三四五六七八九十]{{1,3}})"
    rf"(?P<unit>{UNITS})(?P<noun>[\u4e00-\u9fff]{{0,12}})"
)
_IN_CHARACTERS = re.compile(
    rf"(?<![第\d])(?P<number>[二两三四五六七八九十]{{1,3}})(?P<unit>{UNITS})(?P<noun>[\u4e00-\u9fff]{{0,12}})"
)
_OPENING = re.compile(
    rf"(?:^|(?<=[，；这该对将把]))(?P<number>[二两三四五六七八九十]{{1,3}})(?P<unit>{UNITS})(?P<noun>(?=[\u4e00-\u9fff]{{0,12}}(?:均|都|全|总|累计|合计|共|皆|已))[\u4e00-\u9fff]{{3,12}})"
)
_ALL_OF = re.compile(
    r"^(?P<noun>[\u4e00-\u9fff]{2,10}?)(?:已|现已|目前|现)?(?:全部|全数|悉数|均|都|逐一|逐[件个条项家]|的平均|(?:当中|中|里)(?=[，有\d]))"
)
_SOME_OF = re.compile(r"其中|[有仅余另中]$|不|未|第|每|各|同比|较|比")
_RESTS_NEAR, _SLIP = 0.65, 2
_BEHIND = re.compile(r"《?(?P<noun>(?!..?中)[\u4e00-\u9fff]{3,10}|[\u4e00-\u9fff]{2}(?=，))")
_AT_FIRST = re.compile(
    rf"(?:^|(?<=；)|(?<=(?<!其)[，]))(?:[对将]|对[^，。；\d]{{0,4}}的|将[^，。；\d]{{0,4}}的)?(?P<number>\d+|[二两三四五六七八九十]{{1,3}})(?P<unit>{UNITS})(?P<noun>(?![不未有以])[\u4e00-\u9fff]{{2}}(?![后前]))"
)
_PARTED = re.compile(r"另|其中|其余|还有|以上|以下|未|不|部分|同比|较|比上|占|属")
_DEFINITE = re.compile(r"^$|^(?:通过|经过)$|(?<!新增)的$|所[\u4e00-\u9fff]{1,2}$|[这该对将把按]$")
_BESIDE = re.compile(r"^[对将把就]\d+[\u4e00-\u9fff]{2,12}[和及与、]$")
_MOST_AMONG = 5
_COMMON = frozenset({"个", "项", "件", "家", "人", "名", "次", "条", "户", "元", "万元", "天"})
_WITHIN, _LEAST_NOUN, _MOST_COUNTS = 2, 3, 60


def check_references(paper: Paper) -> Iterator[Contradiction]:
    """Compare each count that points back with the counts of the same things in the two sentences before."""
    for index, sentence in enumerate(paper.sentences):
        before = paper.sentences[max(0, index - _WITHIN) : index]
        if sum(len(quantities(one)) for one in (sentence, *before)) > _MOST_COUNTS:
            continue
        yield from _pointed(paper, sentence, before)
        told = list(_gathered(paper, sentence, before))
        told += [] if told else _repeated(paper, sentence, before)
        told += [] if told else _resumed(paper, sentence, before)
        yield from told or _in_characters(paper, sentence, before)


_Count = tuple[int, str, str, str]


def _counts(text: str, sentence: Sentence, end: int) -> Iterator[_Count]:
    """Yield value, unit, words and print of the exact counts of a sentence up to a place."""
    for item in quantities(sentence):
        if item.end <= end and item.whole and not (item.delta or item.earlier):
            yield (
                int(item.value),
                item.unit,
                re.split("[：；。]", text[max(0, item.start - 14) : item.start])[-1] + item.after.partition("各")[0],
                text[item.start : item.end],
            )
    for match in _IN_CHARACTERS.finditer(text, 0, end):
        words = text[max(0, match.start() - 14) : match.start()] + match["noun"]
        yield chinese_number(match["number"]) or 0, match["unit"], words, match[0][: -len(match["noun"]) or None]


def _like(counts: Sequence[_Count], unit: str, noun: str) -> list[_Count]:
    """Keep the counts of the same things: a unit that fits and two signs of the noun in their words."""
    pairs = {noun[at : at + 2] for at in range(len(noun) - 1)}
    return [one for one in counts if same_unit(one[1], unit) and (not pairs or any(pair in one[2] for pair in pairs))]


def _told_before(value: int, alike: Sequence[_Count], counts: Sequence[_Count]) -> bool:
    """Whether a value is one of the counts or the sum of some that stand in a row, or of all of one unit."""
    values = [one[0] for one in alike]
    same = [one[0] for one in counts if alike and one[1] == alike[-1][1]]
    if alike and value == sum(same):
        return True
    rest = any(value == one - other for one, other in pairwise(same))
    if rest or any(value == sum(same[at:]) for at in range(len(same) - 1)):
        return True
    return any(
        value == sum(values[start:end]) for start in range(len(values)) for end in range(start + 1, len(values) + 1)
    )


def _is_near(one: int, other: int) -> bool:
    """Whether two figures may be one that slipped: by little, or by its digits changing places."""
    turned = sorted(str(one)) == sorted(str(other))
    return turned or min(one, other) >= max(one, other) * _RESTS_NEAR or abs(one - other) <= _SLIP < min(one, other)


def _pointed(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 上述13起行政复议申请."""
    for match in _BACK.finditer(sentence.text):
        value = chinese_number(match["number"]) or 0
        counts = [one for other in before for one in _counts(other.text, other, len(other.text))]
        counts += _counts(sentence.text, sentence, match.start())
        noun = (match["lead"] or "") + match["noun"]
        alike = _like(counts, match["unit"], noun)
        alone = len({one[0] for one in alike}) == 1 and value * 2 >= alike[0][0] and "这" in match[0]
        near = alone or any(_is_near(one[0], value) for one in alike)
        if len(noun) > 1 and value > 1 and near and not _told_before(value, alike, counts):
            span = (match.start("number"), match.end("unit"))
            yield _found(paper, sentence, span, noun=noun, first=alike[-1][3])


def _gathered(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 已发布的46篇解读稿件全部……: all of them are as many as were told, or far fewer and others."""
    told = [one for other in before for one in _counts(other.text, other, len(other.text))]
    for item in quantities(sentence):
        clause = sentence.text.rfind("，", 0, item.start)
        counts = [*told, *_counts(sentence.text, sentence, max(clause, 0))]
        match = _ALL_OF.match(
            item.label[-4:] + sentence.text[item.end + 1 :]
            if _closes(sentence.text, item)
            else sentence.text[item.end :]
        )
        if match is None or not _is_reference(sentence.text, item):
            continue
        rare = [one for one in counts if one[1] == item.unit] if item.unit not in _COMMON else []
        alike = _like(counts, item.unit, match["noun"]) or (rare if len(rare) == 1 else [])
        near = [one for one in alike if _is_near(one[0], int(item.value))]
        if near and not _told_before(int(item.value), alike, counts):
            yield _found(paper, sentence, (item.start, item.end), noun=match["noun"], first=near[-1][3])


def _repeated(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 设公开栏29处，……30处公开栏: a noun of three signs told again at once, the figure before it and hardly another."""
    for item in quantities(sentence):
        match = _BEHIND.match(sentence.text[item.end :])
        lead = re.split(r"[，；：]", sentence.text[: item.start])[-1]
        short = match is not None and len(match["noun"]) < _LEAST_NOUN and item.unit in _COMMON
        beside = _BESIDE.search(lead) is not None
        if (
            match is None
            or (short and not beside)
            or not (beside or _DEFINITE.search(lead))
            or not _is_reference(sentence.text, item)
        ):
            continue
        counts = [one for other in before[-1:] for one in _counts(other.text, other, len(other.text))]
        counts += _counts(sentence.text, sentence, max(sentence.text.rfind("，", 0, item.start), 0))
        alike = [one for one in counts if same_unit(one[1], item.unit) and _names(one[2], match["noun"])]
        near = [one for one in alike if _is_near(one[0], int(item.value))]
        if near and not _told_before(int(item.value), alike, counts):
            yield _found(paper, sentence, (item.start, item.end), noun=match["noun"][:_LEAST_NOUN], first=near[-1][3])


def _resumed(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 举办培训6次。6次培训覆盖……: a count that opens a sentence, its noun told with one count before, no parts beside it."""
    for match in _AT_FIRST.finditer(sentence.text):
        value = chinese_number(match["number"]) or 0
        counts = [one for other in before[-1:] for one in _counts(other.text, other, len(other.text))]
        counts += _counts(sentence.text, sentence, match.start())
        alike = [
            one for one in counts if same_unit(one[1], match["unit"]) and match["noun"] in re.split(r"\d", one[2])[-1]
        ]
        clause = sentence.text[match.start() :].partition("；")[0]
        beside = [item for item in quantities(Sentence(clause, 0)) if same_unit(item.unit, match["unit"])]
        small = match.start() > 0 and value <= _MOST_AMONG
        alike = [] if small or any("其中" in one[2] for one in alike) else alike
        parted = len(beside) > 1 or len({one[0] for one in alike}) > 1 or _PARTED.search(clause)
        if (
            value > 1
            and not parted
            and any(_is_near(one[0], value) for one in alike)
            and not _told_before(value, alike, counts)
        ):
            span = (match.start("number"), match.end("unit"))
            yield _found(paper, sentence, span, noun=match["noun"], first=alike[-1][3])


def _in_characters(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 发布会开了八场，……，八场发布会……: a count in characters that opens a clause repeats one told before."""
    for match in _OPENING.finditer(sentence.text):
        value = chinese_number(match["number"]) or 0
        counts = [one for other in before[-1:] for one in _counts(other.text, other, len(other.text))]
        counts += _counts(sentence.text, sentence, match.start())
        alike = _like(counts, match["unit"], match["noun"][:_LEAST_NOUN])
        near = [one for one in alike if abs(one[0] - value) <= _SLIP]
        if near and value > 1 and not _told_before(value, alike, counts):
            span = (match.start("number"), match.end("unit"))
            yield _found(paper, sentence, span, noun=match["noun"][:_LEAST_NOUN], first=near[-1][3])


def _names(words: str, noun: str) -> bool:
    """Whether the words around a count hold the first signs of a noun."""
    return noun[:_LEAST_NOUN] in words


def _closes(text: str, item: Quantity) -> bool:
    """Whether a count stands alone in brackets behind what it counts: 社会监督员（36名）均……."""
    return text[: item.start].endswith("（") and text.startswith("）", item.end)


def _is_reference(text: str, item: Quantity) -> bool:
    clause = re.split(r"[，；：]", text[: item.start])[-1]
    return item.whole and not (item.delta or item.earlier) and not _SOME_OF.search(clause)


def _found(paper: Paper, sentence: Sentence, span: tuple[int, int], *, noun: str, first: str) -> Contradiction:
    place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
    return paper.found("counts-differ", place, noun=noun, first=first, second=place.quote)
