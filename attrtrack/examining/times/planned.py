"""Stages of a plan, each with its period: one begins when the stage before it is over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.paper import Paper

_TO = r"(?:至|到|—+|-|~|－)"
_YEAR = r"(?:(?:19|20)\d{2}年)?"
_PERIOD = re.compile(
    rf"(?P<year>(?:19|20)\d{{2}}年)?(?P<one>\d{{1,2}})月(?:(?P<from>\d{{1,2}})日|(?P<part>[上中下底初末])旬?|份)?起?{_TO}{_YEAR}(?:(?P<other>\d{{1,2}})月(?:(?P<until>\d{{1,2}})日|(?P<tail>[上中下底初末])旬?|份)?|(?P<only>\d{{1,2}})日)"
    r"|(?<=[（：])(?P<single>\d{1,2})月(?=[）；。])"
)
_STAGE = re.compile(
    r"阶段|环节|步骤|第[一二三四五六](?:步|批|期|轮)|[一二三四五六]是|(?:^|[；：。\n])(?:\d[.、．]|（[一二三四五六\d]）)|自[查评]|动员|整改|核查|审核|验收|总结"
)
_MARKED = re.compile(r"阶段|环节|步骤|步|依次|分[二两三四五六]|先后|第[一二三四五六][批期轮]")
_THIRDS = {"上": (1, 10), "初": (1, 10), "中": (11, 20), "下": (21, 31), "底": (28, 31), "末": (28, 31)}
_LONGEST_GAP, _LEAST = 60, 2


@dataclass(frozen=True, slots=True)
class _Stage:
    """A period of a plan as (month, day) of its first and last day, and its place."""

    first: tuple[int, int]
    last: tuple[int, int]
    start: int
    end: int


def check_planned(paper: Paper) -> Iterator[Contradiction]:
    """Compare the periods that follow one another as stages, in a paragraph or in lines below one another."""
    text = paper.plain.text
    for group in _groups([stage for match in _PERIOD.finditer(text) if (stage := _stage(match))]):
        lead = text[max(0, group[0].start - _LONGEST_GAP) : group[-1].end + _LONGEST_GAP // 2]
        whole = {(group[0].first, group[-1].last), (group[0].first, max(item.last for item in group))}
        wrong = [
            (one, other)
            for one, other in pairwise(group)
            if other.first <= one.last and (other.first, other.last) not in whole
        ]
        if len(group) < _LEAST or len(wrong) != 1 or not _MARKED.search(lead):
            continue
        one, other = wrong[0]
        named = [_STAGE.search(text[max(0, item.start - _LONGEST_GAP // 3) : item.start]) for item in (one, other)]
        far = other.last < one.first and len(group) == _LEAST and one.first[0] - other.last[0] > 6  # noqa: PLR2004 - half a year
        if all(named) and not far:
            place = paper.evidence(one.start, other.end)
            first, second = text[one.start : one.end], text[other.start : other.end]
            yield paper.found(
                "dates-out-of-order", place, first=first, second=second, because="前一阶段没有结束，后一阶段就已开始"
            )


def _stage(match: re.Match[str]) -> _Stage | None:
    if match["single"]:
        first, last = (int(match["single"]), 1), (int(match["single"]), 31)
    else:
        begins, ends = _THIRDS.get(match["part"], (1, 31)), _THIRDS.get(match["tail"], (1, 31))
        first = (int(match["one"]), int(match["from"] or begins[0]))
        last = (int(match["other"] or match["one"]), int(match["until"] or match["only"] or ends[1]))
    return _Stage(first, last, *match.span()) if first <= last else None


def _groups(stages: Sequence[_Stage]) -> Iterator[Sequence[_Stage]]:
    """Yield runs of periods that stand near one another."""
    group: list[_Stage] = []
    for stage in stages:
        if group and stage.start - group[-1].end > _LONGEST_GAP:
            yield group
            group = []
        group.append(stage)
    if group:
        yield group
