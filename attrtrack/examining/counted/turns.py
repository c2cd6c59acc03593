"""Ordinals with what they number (第一场……第二场……第三场; 第一章……第五章): none twice, none left out, as many as told before or behind."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_NUMBER = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_TURN = re.compile(
    r"(?:^|(?<=[：；，。、（—\n“])|(?=第[一1][^\d]))(?:其中|即|分别是|分别为|首先是|最后是)?第(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})个?(?P<unit>(?![条款])[\u4e00-\u9fff])(?![名者方]）)",
    re.MULTILINE,
)
_ORDINAL = re.compile(rf"第(?P<number>{_NUMBER})(?P<unit>[次届批轮场期])")
_ALL = re.compile(
    rf"(?:全年|年内|一共|总共|共)(?:仅|只)?[^，。；第\d]{{0,6}}?(?<![第\d一二三四五六七八九十])(?P<count>{_NUMBER})(?P<unit>[次届批轮场期])"
)
_SHARED = re.compile("并列|同为|同列")
_AROUND, _APART, _MOST_OFF, _LEAST = 60, 160, 2, 2

_Turn = tuple[int, int, int]
"""Its number, where it starts and where it ends."""


def check_turns(paper: Paper) -> Iterator[Contradiction]:
    """Follow the ordinals of each unit through the text, from first to last."""
    text = paper.plain.text
    by_unit: dict[str, list[_Turn]] = {}
    for match in _TURN.finditer(text):
        turn = (chinese_number(match["number"]) or 0, match.start(), match.end())
        by_unit.setdefault(match["unit"], []).append(turn)
    for unit, turns in by_unit.items():
        for run in _runs(text, turns):
            counts = list(_counts(text, unit, run))
            yield from _judged(paper, run, counts)
    for sentence in paper.sentences:
        yield from _more_than_all(paper, sentence)


def _runs(text: str, turns: Sequence[_Turn]) -> Iterator[list[_Turn]]:
    """Part the ordinals of one unit where the first comes again or a line or too much stands between."""
    run: list[_Turn] = []
    for turn in turns:
        between = text[run[-1][2] : turn[1]] if run else ""
        if run and turn[0] > 1 and len(between) <= _APART and between.count("\n") <= 1:
            run.append(turn)
            continue
        if len(run) >= _LEAST:
            yield run
        run = [turn]
    if len(run) >= _LEAST:
        yield run


def _counts(text: str, unit: str, run: Sequence[_Turn]) -> Iterator[tuple[int, int, int]]:
    """Yield the counts of the unit that stand right before the first ordinal or behind the last, with their places."""
    told = re.compile(rf"(?<![第\d.一二三四五六七八九十每各]){'(?P<count>' + _NUMBER + ')'}个?{re.escape(unit)}")
    before, behind = max(0, run[0][1] - _AROUND), min(len(text), run[-1][2] + _AROUND)
    for start, end in ((before, run[0][1]), (run[-1][2], behind)):
        for match in told.finditer(text, start, end):
            yield chinese_number(match["count"]) or 0, match.start(), match.end()


def _more_than_all(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 第三次会议于9月召开，第一次会议于3月召开，全年仅召开两次: no ordinal is beyond the number of all."""
    ordinals = list(_ORDINAL.finditer(sentence.text))
    for whole in _ALL.finditer(sentence.text) if len(ordinals) >= _LEAST else ():
        numbers = {chinese_number(one["number"]) or 0 for one in ordinals if one["unit"] == whole["unit"]}
        count = chinese_number(whole["count"]) or 0
        if 1 in numbers and len(numbers) == count and count < max(numbers) <= count + _MOST_OFF:
            place = paper.evidence(sentence.start + whole.start(), sentence.start + whole.end())
            yield paper.found("count-of-list", place, count=count, listed=max(numbers))


def _judged(paper: Paper, run: Sequence[_Turn], counts: Sequence[tuple[int, int, int]]) -> Iterator[Contradiction]:
    """Tell a run that is broken though a count says how long it is, or a count that none of those told makes right."""
    text, numbers = paper.plain.text, [turn[0] for turn in run]
    values = {count for count, _, _ in counts if count > 1}
    cited = len(run) > 1 and all(text[one[2] : other[1]] == "、" for one, other in pairwise(run))
    if cited or _SHARED.search(text[run[0][1] : run[-1][2] + _AROUND]):
        return
    if numbers == list(range(1, len(run) + 1)):
        behind = [one for one in counts if one[1] > run[-1][2] and re.search(r"[。，；\n]$", text[: one[1]])]
        if len(values) == 1 and len(behind) == 1 and 0 < abs(behind[0][0] - len(run)) <= _MOST_OFF < len(run) + 1:
            place = paper.evidence(behind[0][1], behind[0][2])
            yield paper.found("count-of-list", place, count=behind[0][0], listed=len(run))
        return
    odd = next(at for at, number in enumerate(numbers) if number != at + 1)
    rest = numbers[odd + 1 :]
    goes_on = rest in (list(range(odd + 2, len(run) + 1)), list(range(numbers[odd] + 1, numbers[odd] + 1 + len(rest))))
    goes_on = goes_on and (odd > 0 or rest[:1] == [_LEAST])
    replaced = odd > 0 and rest and rest[0] == odd + _LEAST
    if goes_on and (replaced or values & {len(run), max(numbers)}) and abs(numbers[odd] - odd - 1) <= _MOST_OFF:
        place = paper.evidence(run[odd][1], run[odd][2])
        before = text[run[odd - 1][1] : run[odd - 1][2]] if odd else ""
        yield paper.found("heading-gap", place, before=before, after=place.quote)
