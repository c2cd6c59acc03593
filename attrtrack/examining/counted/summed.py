"""Wholes in characters or of one unit against the clauses behind them: 七个环节：甲阶段2个环节；乙阶段3个环节; 五场，前三场……，后两场……; 3月至8月每月两期，共12期."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import near_slip
from attrtrack.examining.text.figures import UNITS, Quantity, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_NUMBER = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_FIRST_AND_LAST = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:其中)?前(?P<first>{_NUMBER})(?P<unit>{UNITS})(?P<between>[^。；]{{2,40}}?)[，；]后(?P<last>{_NUMBER})(?P=unit)"
)
_FROM_TO = re.compile(
    rf"(?P<from>\d{{1,2}})(?P<kind>月|季度)?(?:份)?(?:到|至|—+|-|~)(?:第)?(?P<to>\d{{1,2}})(?:月|季度)(?:份|底|末)?(?![\d日])(?P<between>[^。；\d]{{0,20}}?)每个?(?P<period>月|季度?)(?P<doing>[^。；：\d]{{0,12}}?)(?P<per>[一二两三1-4])(?P<unit>[次期场批轮篇份])(?P<rest>[^。；：\d]{{0,14}}?)共计?[^，。；：\d]{{0,8}}?(?P<total>{_NUMBER})(?P=unit)"
)
_CLAUSE = re.compile(r"[，；]")
_LABELLED = re.compile(r"[^\d，；：]{2,30}$")
_NOT_PARTS = re.compile(r"其余|另|同比|较|上年|去年|每|各|增|减|以上|平均|累计|合计|共计|占|比")
_LEAST, _MOST_PARTS, _NEAR, _YEAR = 3, 12, 2, 12


def check_summed(paper: Paper) -> Iterator[Contradiction]:
    """Add up the clauses behind each whole that is told in characters, and what is told of its first and last."""
    for sentence in paper.sentences:
        counts = counts_told(sentence)
        for at, whole in enumerate(counts[: _MOST_PARTS * 2]):
            if not sentence.text[whole.start].isdigit():
                yield from _by_clause(paper, sentence, whole, counts[at + 1 :])
        for match in _FIRST_AND_LAST.finditer(sentence.text):
            yield from _first_and_last(paper, sentence, match, counts)
        for match in _FROM_TO.finditer(sentence.text):
            yield from _from_to(paper, sentence, match)


def _by_clause(
    paper: Paper, sentence: Sentence, whole: Quantity, behind: Sequence[Quantity]
) -> Iterator[Contradiction]:
    """Check 共六章三十条，其中总则5条，公开5条，……，附则2条: every clause to the end of the sentence tells one part."""
    opened = re.match(r"[^，；：\d]{0,8}[，；：](?:其中|分别是|即)?", sentence.text[whole.end :])
    if opened is None:
        return
    start = whole.end + opened.end()
    parts: list[Quantity] = []
    for clause in _CLAUSE.split(sentence.text[start:]):
        own = [item for item in behind if start <= item.start < start + len(clause)]
        same = [item for item in own if item.unit == whole.unit]
        if len(same) != 1 or not _LABELLED.search(sentence.text[start : same[0].start]):
            return
        parts, start = [*parts, same[0]], start + len(clause) + 1
    added = sum(int(item.value) for item in parts)
    told = sentence.text[whole.start : start]
    if len(parts) >= _LEAST and 0 < abs(added - int(whole.value)) <= _NEAR and not _NOT_PARTS.search(told):
        place = paper.evidence(sentence.start + whole.start, sentence.start + parts[-1].end)
        yield paper.found(
            "sum-of-parts",
            place,
            certainty=Certainty.PROBABLE,
            total=f"{int(whole.value)}{whole.unit}",
            parts="＋".join(str(int(item.value)) for item in parts),
            added=f"{added}{whole.unit}",
        )


def _first_and_last(
    paper: Paper, sentence: Sentence, match: re.Match[str], counts: Sequence[Quantity]
) -> Iterator[Contradiction]:
    """Check 发布会五场，前三场由副县长主持，后两场由部门负责人主持."""
    whole = [item for item in counts if item.end <= match.start() and item.unit == match["unit"] and item.value > 1]
    first, last = chinese_number(match["first"]) or 0, chinese_number(match["last"]) or 0
    if len(whole) != 1 or re.search("中间|其余|第", match["between"]):
        return
    if near_slip(first + last, int(whole[0].value)) and max(first, last) < whole[0].value:
        place = paper.evidence(sentence.start + whole[0].start, sentence.start + match.end())
        yield paper.found(
            "sum-of-parts",
            place,
            certainty=Certainty.PROBABLE,
            total=f"{int(whole[0].value)}{match['unit']}",
            parts=f"{first}＋{last}",
            added=f"{first + last}{match['unit']}",
        )


def _from_to(paper: Paper, sentence: Sentence, match: re.Match[str]) -> Iterator[Contradiction]:
    """Check 3月至8月每月编发两期，共编发12期."""
    periods = int(match["to"]) - int(match["from"]) + 1
    exact = 1 < periods <= _YEAR and not re.search("至少|以上|不少于|除|外", match[0])
    if (match["kind"] or "月")[0] != match["period"][0] or not exact:
        return
    worked_out, total = periods * (chinese_number(match["per"]) or 0), chinese_number(match["total"]) or 0
    if near_slip(worked_out, total):
        place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
        stated = match["total"] + match["unit"]
        yield paper.found("figure-follows", place, worked_out=f"{worked_out}{match['unit']}", stated=stated)
