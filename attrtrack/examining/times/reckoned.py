"""Lengths told beside their days in other turns: 至4月1日正好20个工作日, 9个月（4月至12月）, 批复后20日内 with the approval told a line before."""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.days import Day, days_in
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.elapsed import elapsed, readings
from attrtrack.examining.times.telling import Told, told_in

_NUMBER = r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?P<unit>工作日|(?:自然|日历)?[日天])"
_UNTIL = re.compile(r"[，（](?:截?[至到]|截止)$")
_LONG = re.compile(
    rf"[止]?，?(?:正好|恰好|刚好|刚满|恰满|已?满|[共总合]计?|整整?|历时|前后|已有|计)[为是了]?{_NUMBER}(?![内后前])"
)
_MONTHS_LONG = re.compile(
    r"(?<![前每第\d])(?P<told>(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})(?P<unit>个月|周年))(?:里|以?内|间|中|来|时间|以来)?（(?:即)?(?:(?P<from>(?:19|20)\d{2})年)?(?P<one>\d{1,2})月份?(?:至|到|—+|-|~|－)(?:(?P<to>(?:19|20)\d{2})年|次年|翌年)?(?P<other>\d{1,2})月份?）"
)
_DONE_IN = re.compile(
    rf"(?:在|符合|满足|达到|做到|落实|遵守|属于|未超过|没有超过)[^，。；\d]{{0,10}}?(?P<what>印发|发布|公布|公开|收到|受理|批复|批准|出台|召开|通过|成文|签发|接到|反馈|通报|挂牌|开学|结束)(?:之|以)?(?:后|之?日起|日后)的?{_NUMBER}(?:之|以)?内"
)
_WITHIN_IT = re.compile(
    rf"[^。；\d起后应须]{{0,24}}(?:，|的|这){_NUMBER}(?:[里间]|之?内)，?(?:共|累计|先后|陆续)?(?:发布|收到|受理|公开|推送|接待|编发|答复|办结|完成)"
)
_FROM_IT = re.compile(r"距离?[^，。；\d]{0,10}$")
_FAR = re.compile(rf"[）]?(?:已|仅|正好|整整|共|有|刚好)?{_NUMBER}(?![后内前])")
_TO = re.compile(r"起?(?:至|到|—+|-|~|－)")
_DEMANDED = re.compile(r"应|须|需|(?<!申)请|拟|计划|承诺|确保|务必")
_LONGEST_GAP, _NEAR, _TWO, _REST = 100, 40, 2, 3


def check_reckoned(paper: Paper) -> Iterator[Contradiction]:
    """Compare the lengths of every sentence with the days told before them, in it or in the line above."""
    for sentence in paper.sentences:
        yield from _until(paper, sentence)
        for match in _MONTHS_LONG.finditer(sentence.text):
            months = (int(match["other"]) - int(match["one"])) % 12 + 1
            if match["from"] and match["to"]:
                years = int(match["to"]) - int(match["from"])
                months = years * 12 + int(match["other"]) - int(match["one"]) + 1
            count = (chinese_number(match["number"]) or 0) * (12 if match["unit"] == "周年" else 1)
            if count not in {months, months - 1}:
                yield _found(paper, sentence, match.span(), match["told"], f"{months}个月")
    above = 0
    for line in paper.lines:
        whole = Sentence(paper.plain.text[above : line.start + len(line.text)], above)
        yield from _done_in(paper, whole, line.start - above)
        above = line.start


def _until(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 3月4日收到申请，扣除周末，至4月1日正好20个工作日."""
    days = [day for day in days_in(sentence.text) if day.exists and not day.is_part]
    for one, other in pairwise(days):
        gap, match = sentence.text[one.end : other.start], _LONG.match(sentence.text, other.end)
        if match is None or not _UNTIL.search(gap) or "；" in gap or len(gap) > _NEAR or _DEMANDED.search(gap):
            continue
        yield from _lasted(paper, sentence, (one, other), match)
    for one, other in pairwise(days):
        gap = sentence.text[one.end : other.start]
        within = _WITHIN_IT.match(sentence.text, other.end) if _TO.fullmatch(gap) else None
        far = _FAR.match(sentence.text, other.end) if _FROM_IT.search(gap.rstrip("（")) and "；" not in gap else None
        for match in filter(None, (within, far)):
            pair = (other, one) if one.after(other) else (one, other)
            yield from _lasted(paper, sentence, pair, match)


def _lasted(paper: Paper, sentence: Sentence, pair: tuple[Day, Day], match: re.Match[str]) -> Iterator[Contradiction]:
    one, other = pair
    count = chinese_number(match["number"]) or 0
    passed = [elapsed(begin, end, match["unit"]) for begin, end in readings(paper, one, other) if begin <= end]
    slack = 1 if one.year or match["unit"] != "工作日" else _TWO
    if passed and all(abs(gone - count) > slack for gone in passed):
        place = (min(one.start, other.start), match.end())
        yield _found(paper, sentence, place, match["number"] + match["unit"], _days(passed[0], match))


def _done_in(paper: Paper, whole: Sentence, own: int) -> Iterator[Contradiction]:
    """Check 2月24日批复, in the next line 3月30日公开，符合批复后20日内公开的要求: not too late, and not before."""
    for match in _DONE_IN.finditer(whole.text, own):
        clause = re.split(r"[，。；\n]", whole.text[: match.end()])[-1]
        days = [item for item in told_in(whole.text) if item.end <= match.start() and item.role != "aside"][-_TWO:]
        if len(days) != _TWO or not _tied(whole.text, days[0], days[1], match) or _DEMANDED.search(clause):
            continue
        one, other = days[0].first, days[1].last
        place = (days[0].start, match.end())
        if days[1].is_before(one):
            first, second = (whole.text[item.start : item.end] for item in days)
            evidence = paper.evidence(whole.start + place[0], whole.start + place[1])
            because = f"与“{match['what']}后”不符"
            yield paper.found("dates-out-of-order", evidence, first=first, second=second, because=because)
            continue
        count = chinese_number(match["number"]) or 0
        passed = [elapsed(begin, end, match["unit"]) for begin, end in readings(paper, one, other) if begin <= end]
        rest = _REST if match["unit"] != "工作日" or not one.year else 0
        if passed and min(passed) > count + rest:
            yield _found(paper, whole, place, match["number"] + match["unit"], _days(passed[0], match))


def _tied(text: str, one: Told, other: Told, match: re.Match[str]) -> bool:
    """Whether the term counts from what the first day tells of, and the second is the day of what was done in it."""
    told = match["what"] in one.words and match.start() - other.end <= _NEAR and one.is_day and other.is_day
    apart = re.search(r"[。\n]", text[other.end : match.start()]) or other.start - one.end > _LONGEST_GAP
    return bool(told and not apart and other.role == "done")


def _days(passed: float, match: re.Match[str]) -> str:
    return f"{int(passed)}{'个工作日' if match['unit'] == '工作日' else '天'}"


def _found(paper: Paper, line: Sentence, span: tuple[int, int], stated: str, counted: str) -> Contradiction:
    place = paper.evidence(line.start + span[0], line.start + span[1])
    return paper.found("period-length", place, stated=stated, counted=counted)
