"""Counts against the numbers of what is counted: from which to which (编号从01至10), which ones (编号为1、2、4的3条), labels (问题1……问题5)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_SPAN = re.compile(
    r"(?P<pre>[A-Za-z〔〕\-]{0,8}(?:\d{4}[年〕\-]{1,2})?)(?<!\d)(?P<first>\d{1,4})(?P<unit>[\u4e00-\u9fff])?(?:—+|-|~|－|(?:连续|依次)?[\u4e00-\u9fff]?[至到])第?(?P=pre)(?P<last>\d{1,4})(?!\d|[-—年月日时点%.]|个月)(?P<of>[\u4e00-\u9fff])?"
)
_SPOKEN = re.compile(
    r"第(?P<pre>)(?P<first>[一二三四五六七八九十]{1,3})(?P<unit>[条章项批期类届次])?(?:至|到|—+|-)第?(?P<last>[一二三四五六七八九十]{1,3})(?P<of>(?(unit)(?P=unit)|[条章项批期类届次]))"
)
_NUMBERS_OF = frozenset("号期件批项届章名位册卷页条题讲课")
_TOGETHER = re.compile(
    r"(?:共计?|合计|总计|总共|一共|加起来|连起来|合起来|累计)[^，。；\d]{0,8}?(?P<count>\d{1,4}|[二两三四五六七八九十]{1,3})[\u4e00-\u9fff]"
)
_NUMBERED = re.compile(r"(?:编号|序号|排号|代码|文号)[^，。；\d]{0,4}$")
_COUNT = r"(?<![第\d.、和及与])(?P<count>\d{1,3}|[二两三四五六七八九十]{1,3})[件条项个篇份类名处起]"
_WHICH = re.compile(
    rf"(?:编号|序号|第)[为是分别]{{0,3}}(?P<items>\d{{1,3}}号?(?:[、和及与]第?\d{{1,3}}号?)+)[项条件个号]?的?(?:[^，。；：、\d]{{0,8}}?){_COUNT}(?!以|第)"
)
_LABEL = re.compile(
    r"(?:^|(?<=[，。；：、和及与将把对]))(?P<label>[\u4e00-\u9fff]{2})(?P<number>\d{1,2})(?=[，。；：、（由和及与的为是]|已|未|属|归|整)"
)
_BEFORE, _LEAST, _FEW, _MOST_OFF = 2, 2, 3, 2


def check_spans(paper: Paper) -> Iterator[Contradiction]:
    """Compare each count with the numbers told beside it, or in the two sentences after it."""
    for at, sentence in enumerate(paper.sentences):
        before = paper.sentences[max(0, at - _BEFORE) : at]
        spans = [match for match in _SPAN.finditer(sentence.text) if _is_span(match)]
        spans = spans or list(_SPOKEN.finditer(sentence.text))
        yield from _together(paper, sentence, spans)
        yield from _from_first(paper, sentence, spans, before)
        yield from _of_class(paper, sentence, spans)
        yield from _each_numbered(paper, sentence, spans)
        yield from _which(paper, sentence)
        yield from _labelled(paper, sentence, before)


def _is_span(match: re.Match[str]) -> bool:
    unit = match["unit"] or match["of"]
    return int(match["last"]) > int(match["first"]) and (bool(match["pre"]) or unit in _NUMBERS_OF)


def _size(span: re.Match[str]) -> int:
    return _number(span["last"]) - _number(span["first"]) + 1


def _number(text: str) -> int:
    return chinese_number(text) or 0


def _follow(spans: Sequence[re.Match[str]]) -> bool:
    """Whether the first span begins with one, and each of the others where the one before it ends."""
    return _number(spans[0]["first"]) == 1 and all(
        _number(other["first"]) == _number(one["last"]) + 1 for one, other in pairwise(spans)
    )


def _found(
    paper: Paper, sentence: Sentence, span: tuple[int, int], *, count: int, listed: int
) -> Iterator[Contradiction]:
    if count > 1 and 0 < abs(count - listed) <= _MOST_OFF:
        place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
        yield paper.found("count-of-list", place, count=count, listed=listed)


def _together(paper: Paper, sentence: Sentence, spans: Sequence[re.Match[str]]) -> Iterator[Contradiction]:
    """Check 第一小组查1号至8号村，第二小组查9号至17号村，共查17个村: the spans follow each other."""
    whole = _TOGETHER.search(sentence.text, spans[-1].end()) if spans else None
    if whole and _follow(spans):
        count = chinese_number(whole["count"]) or 0
        yield from _found(paper, sentence, whole.span(), count=count, listed=sum(map(_size, spans)))


def _from_first(
    paper: Paper, sentence: Sentence, spans: Sequence[re.Match[str]], before: Sequence[Sentence]
) -> Iterator[Contradiction]:
    """Check 事项10项，编号从01连续排至12 and 编印公报12期。第1期至第11期……."""
    if not spans or (len(spans) > 1 and not _follow(spans)):
        return
    first, last = spans[0], spans[-1]
    told = [item for item in counts_told(sentence) if item.end <= first.start()]
    unit = first["unit"] or last["of"] or ""
    numbered = _NUMBERED.search(sentence.text[: first.start()]) is not None
    told = told[-1:] if numbered else [item for item in told if item.unit == unit]
    told = told or [item for one in before for item in counts_told(one) if item.unit == unit]
    values = {int(item.value) for item in told if item.value > 1}
    if len(values) == 1 and (numbered or _number(first["first"]) == 1):
        listed = _number(last["last"]) - _number(first["first"]) + 1
        yield from _found(paper, sentence, (first.start(), last.end()), count=next(iter(values)), listed=listed)


def _each_numbered(paper: Paper, sentence: Sentence, spans: Sequence[re.Match[str]]) -> Iterator[Contradiction]:
    """Check 专项规划4个，文号为1号至4号；应急预案6个，文号为11号至16号."""
    starts = (0, *(span.end() for span in spans))
    for start, span in zip(starts, spans, strict=False):
        told = [item for item in counts_told(sentence) if start <= item.start and item.end <= span.start()]
        alone = len(spans) > 1 and len(told) == 1 and not _follow(spans)
        if alone and _NUMBERED.search(re.sub("（[^（）]*）", "", sentence.text[: span.start()])):
            place = (told[0].start, span.end())
            yield from _found(paper, sentence, place, count=int(told[0].value), listed=_size(span))


def _of_class(paper: Paper, sentence: Sentence, spans: Sequence[re.Match[str]]) -> Iterator[Contradiction]:
    """Check A类第1至第10名，B类第11至第25名，即B类单位共15家."""
    for span in spans:
        label = re.search(r"(?P<label>[A-Z\u4e00-\u9fff]类)[^，。；：、\d]{0,8}$", sentence.text[: span.start()])
        told = (
            re.compile(rf"{label['label']}[\u4e00-\u9fff]{{0,4}}?共?(?P<count>\d{{1,3}})[家个名]").search(
                sentence.text, span.end()
            )
            if label
            else None
        )
        if told:
            yield from _found(paper, sentence, told.span(), count=int(told["count"]), listed=_size(span))


def _which(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 编号为1、2、4、5的问题3条 and 编号3、6的1条问题."""
    for match in _WHICH.finditer(sentence.text):
        listed = len(re.split("[、和及与]", match["items"]))
        yield from _found(paper, sentence, match.span(), count=chinese_number(match["count"]) or 0, listed=listed)


def _labelled(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 反馈的问题共6个。问题1、问题3由……，问题2、问题5由……，问题4由……: all numbers from one on are there."""
    labels: dict[str, list[int]] = {}
    for match in _LABEL.finditer(sentence.text):
        labels.setdefault(match["label"], []).append(int(match["number"]))
    for label, numbers in labels.items():
        if len(numbers) < _FEW or sorted(numbers) != list(range(1, len(numbers) + 1)):
            continue
        near = [*before[-1:], sentence]
        told = [(one, item) for one in near for item in counts_told(one) if label in item.label + item.after[:8]]
        if told and len(numbers) not in {int(item.value) for _, item in told}:
            one, item = told[-1]
            yield from _found(paper, one, (item.start, item.end), count=int(item.value), listed=len(numbers))
