"""Attachments that no list in figures names: told of in sentences (甲见附件1，乙见附件2) or listed as 附件：一、甲；二、乙."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.domain.evidence import Evidence
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_TOLD = re.compile(
    rf"》（附件(?P<titled>{_NUMBER})）|附件(?P<told>{_NUMBER})[为是]|(?P<name>[\u4e00-\u9fff》”）]{{2,30}})(?:详见|[见如])附件(?P<seen>{_NUMBER})(?=[，；。）]|$)"
)
_SEVERAL = re.compile(rf"附[件表]?{_NUMBER}(?:[至到~、和及与－—-])附?[件表]?{_NUMBER}")
_MENTIONED = re.compile(rf"附件之?(?P<number>{_NUMBER})")
_LISTED = re.compile(r"^附件?：(?=一、)")
_ITEM = re.compile(r"(?<=[：；，。\s])(?P<number>[一二三四五六七八九十]{1,2})、")
_HEADED = re.compile(
    rf"^[〔（—]{{0,6}}附件?之?(?P<number>{_NUMBER})(?:[：〕）—]|$|(?=[《\u4e00-\u9fff])(?![为是见、]))[^。，；]*$"
)
_LONGEST_HEADING = 40


def check_inlined(paper: Paper) -> Iterator[Contradiction]:
    """Compare the attachments that only sentences or a list in Chinese numbers name with those that are headed behind."""
    headed = {
        chinese_number(match["number"]) or 0: line
        for line in paper.lines
        if (match := _HEADED.match(line.text)) and len(line.text) <= _LONGEST_HEADING
    }
    told = _listed(paper) or _in_sentences(paper)
    absent = sorted(set(told) - set(headed))
    unnamed = sorted(set(headed) - set(told) - _mentioned(paper, headed))
    if len(told) > 1 and headed and absent:
        words = "、".join(f"附件{number}" for number in absent)
        yield paper.found("attachment-absent", *(told[number] for number in absent), named=len(told), absent=words)
    if told and unnamed and not (len(told) == 1 and absent):
        lines = [headed[number] for number in unnamed]
        quotes = [paper.evidence(line.start, line.start + len(line.text)) for line in lines]
        yield paper.found("attachment-unnamed", *quotes, names="、".join(f"“{line.text}”" for line in lines))


def _in_sentences(paper: Paper) -> dict[int, Evidence]:
    """Return the numbers of the attachments that sentences call by name; nothing where one names several at once."""
    found = [(sentence, match) for sentence in paper.sentences for match in _TOLD.finditer(sentence.text)]
    bare = all(match["seen"] for _, match in found)
    if bare and any(_SEVERAL.search(sentence.text) for sentence in paper.sentences):
        return {}
    return {
        chinese_number(match["titled"] or match["told"] or match["seen"]) or 0: paper.evidence(
            sentence.start + match.start(), sentence.start + match.end()
        )
        for sentence, match in found
    }


def _listed(paper: Paper) -> dict[int, Evidence]:
    """Return the numbers of 附件：一、甲；二、乙, as long as they follow one another."""
    for line in paper.lines:
        if label := _LISTED.match(line.text):
            items = list(_ITEM.finditer(line.text, label.end()))
            numbers = [chinese_number(item["number"]) for item in items]
            if numbers == list(range(1, len(items) + 1)):
                ends = [item.start() for item in items[1:]] + [len(line.text)]
                return {
                    at: paper.evidence(line.start + item.start(), line.start + end)
                    for at, (item, end) in enumerate(zip(items, ends, strict=True), start=1)
                }
    return {}


def _mentioned(paper: Paper, headed: dict[int, Sentence]) -> set[int]:
    """Return the numbers that sentences other than the headings speak of."""
    starts = {line.start for line in headed.values()}
    return {
        chinese_number(match["number"]) or 0
        for sentence in paper.sentences
        if sentence.start not in starts
        for match in _MENTIONED.finditer(sentence.text)
    }
