"""Counts told again beside the same words: a list of names with figures repeated (错别字2处、死链3个……2处错别字、3个死链), 上述3件, 未采纳的2条."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, counts_told, same_unit
from attrtrack.examining.text.paper import Paper, Sentence

_ALL_THESE = re.compile(
    r"(?:(?:上述|前述|(?<!\d[\u4e00-\u9fff%])(?<!\d)以上|(?:^|(?<=[，；。对将把在就围绕]))[这此该])(?:的|这)?(?:[\u4e00-\u9fff]{0,6}的)?)$"
)
_ENTIRE = re.compile(r"(?<![占在为])(?:全部|所有|全体|整个)(?:的|这)?$")
_PARTICIPLE = re.compile(r"(?P<verb>[已未不予获被应拟待没尚无经][\u4e00-\u9fff]{1,8}|[\u4e00-\u9fff]{2,8})的$")
_DONE = re.compile(r"[，；：、。（]|其中|\d")
_SEPARATE = re.compile(r"每|各|另|其余|其他|其它|别的|又|再|新|增|减|同比|较|上年|去年|至少|不少于|以上")
_NO_NOUN = re.compile(r"[共计有为达了是约已均都全的和与及在年月日]")
_JOINED = re.compile(r"^[^，。；：]{0,10}[、，；和及与＋+][^。；：]{0,10}$")
_LONGEST = 10
_BEFORE, _LEAST, _MOST_COUNTS, _NEAR, _MOST_OFF = 2, 2, 40, 0.65, 2


def check_retold(paper: Paper) -> Iterator[Contradiction]:
    """Compare each passage with the two sentences before it."""
    for at, sentence in enumerate(paper.sentences):
        counts = counts_told(sentence)
        if not 0 < len(counts) <= _MOST_COUNTS:
            continue
        before = paper.sentences[max(0, at - _BEFORE) : at]
        yield from _pairs(paper, sentence, before)
        for item in counts:
            yield from _pointed(paper, sentence, item, before)
            yield from _same_doing(paper, sentence, item, before)
            yield from _resumed(paper, sentence, item)


def _found(paper: Paper, sentence: Sentence, item: Quantity, *, noun: str, first: str) -> Contradiction:
    place = paper.evidence(sentence.start + item.start, sentence.start + item.end)
    return paper.found("counts-differ", place, noun=noun, first=first, second=place.quote)


def _is_near(one: int, other: int) -> bool:
    return one != other and (abs(one - other) <= _MOST_OFF or min(one, other) >= max(one, other) * _NEAR)


def _pointed(paper: Paper, sentence: Sentence, item: Quantity, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 收到复议申请3件：……。对上述5件案件……: of the unit but one figure was told, and this points at it or says all."""
    lead = sentence.text[: item.start]
    points, entire = _ALL_THESE.search(lead), _ENTIRE.search(lead)
    if not (points or entire) or item.value < _LEAST:
        return
    told = [other for other in counts_told(sentence) if other.end <= item.start]
    told = [other for one in before for other in counts_told(one)] + told
    alike = [other for other in told if other.unit == item.unit and other.value > 1]
    noun = re.split(_NO_NOUN, item.after)[0][:4]
    named_so = [other for other in alike if len(noun) >= _LEAST and noun[:2] in other.after + other.label]
    values = {int(other.value) for other in named_so or alike}
    if entire:
        named = bool(noun) and all(noun[-2:] in other.after + other.label for other in alike)
        values = values if (named and len(noun) >= _LEAST) or (named_so and len(noun) > _LEAST) else set()
    ones = [other for other in told if other.unit == item.unit]
    total = sum(int(other.value) for other in ones)
    if len(values) == 1 and _is_near(int(item.value), next(iter(values))) and total != int(item.value):
        whole = next(iter(values))
        yield _found(paper, sentence, item, noun=noun or item.unit, first=f"{whole}{item.unit}")


def _same_doing(
    paper: Paper, sentence: Sentence, item: Quantity, before: Sequence[Sentence]
) -> Iterator[Contradiction]:
    """Check 未采纳2条。对未采纳的3条意见……: what the figure is of was told with another figure, once."""
    lead = sentence.text[: item.start]
    match = _PARTICIPLE.search(re.split(_DONE, lead)[-1])
    if match is None or _SEPARATE.search(lead[-12:]):
        return
    verb = re.sub("^(?:对于|关于|[对将把就在从])", "", match["verb"])
    told = [(one, other) for one in before for other in counts_told(one)]
    told += [(sentence, other) for other in counts_told(sentence) if other.end <= item.start]
    alike = [
        other
        for one, other in told
        if same_unit(other.unit, item.unit) and re.sub("[的了有共]+$", "", one.text[: other.start]).endswith(verb)
    ]
    values = {int(other.value) for other in alike}
    if len(verb) > 1 and len(values) == 1 and _is_near(int(item.value), next(iter(values))):
        yield _found(paper, sentence, item, noun=verb, first=f"{next(iter(values))}{alike[0].unit}")


def _resumed(paper: Paper, sentence: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 错误信息有3处，分别出现在……，4处错误当日更正: the clause opens with the count, and its noun was told with another."""
    lead = sentence.text[: item.start]
    noun = re.split(_NO_NOUN, item.after)[0][:_LEAST]
    told = [other for other in counts_told(sentence) if other.end < item.start]
    alike = [other for other in told if other.unit == item.unit]
    later = any(other.start > item.end and other.unit == item.unit for other in counts_told(sentence))
    if len(noun) < _LEAST or not lead.endswith(("，", "；")) or len(alike) != 1 or later or alike[0].value < _LEAST:
        return
    first = alike[0]
    clause = (
        re.split("[，；：。]", sentence.text[: first.start])[-1] + sentence.text[first.start : first.end] + first.after
    )
    near = _is_near(int(item.value), int(first.value)) and item.value > 1
    if near and noun in clause and not _SEPARATE.search(clause) and not re.search("其中|[中里]$", lead[first.end :]):
        yield _found(paper, sentence, item, noun=noun, first=f"{int(first.value)}{first.unit}")


def _pairs(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check two lists of the same names with their figures: all but one agree."""
    groups = [group for one in (*before, sentence) for group in _groups(one)]
    for one, other in pairwise(groups):
        names = one.keys() & other.keys()
        odd = [name for name in names if one[name][0] != other[name][0]]
        here = [name for name in odd if other[name][2] is sentence]
        if len(names) > len(odd) == len(here) == 1 and _is_near(one[odd[0]][0], other[odd[0]][0]):
            item = other[odd[0]][1]
            yield _found(
                paper,
                sentence,
                item,
                noun=odd[0],
                first=one[odd[0]][1].unit and f"{one[odd[0]][0]}{one[odd[0]][1].unit}",
            )
            return


_Group = dict[str, tuple[int, Quantity, Sentence]]


def _groups(sentence: Sentence) -> Iterator[_Group]:
    """Yield the runs of counts with a name each, before the figure or behind its unit, that one list joins."""
    group: _Group = {}
    last: Quantity | None = None
    for item in counts_told(sentence):
        gap = sentence.text[last.end : item.start] if last else ""
        names = list(_name(sentence.text, item, last))
        if last is not None and (not _JOINED.match(gap) or any(name in group for name in names)):
            if len(group) >= _LEAST:
                yield group
            group = {}
        group |= dict.fromkeys(names, (int(item.value), item, sentence))
        last = item
    if len(group) >= _LEAST:
        yield group


def _name(text: str, item: Quantity, last: Quantity | None) -> Iterator[str]:
    """Yield what a count may be of: the words right before the figure, and those right behind the unit."""
    before = re.split(
        r"[，；：。、（）“”＋+和及与]|以及|有(?=[\u4e00-\u9fff]{2})", text[last.end if last else 0 : item.start]
    )[-1]
    behind = re.split(r"[，；：。、（）“”＋+和及与]|均|都|已|全", text[item.end :])[0]
    yield from (name for name in (before, behind) if _LEAST <= len(name) <= _LONGEST)
