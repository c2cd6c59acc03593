"""Steps from one told time to the next, and lengths told of it: 两个月后，即6月, 次月（4月）, 自9月11日起7日, 一年零三个月, 其中9月最多."""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.days import days_in
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.elapsed import elapsed, readings
from attrtrack.examining.times.telling import Told, told_in

_COUNT = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_TO = r"(?:至|到|—+|-|~|－)"
_STEP = re.compile(rf"(?<![\d第])(?P<number>半|{_COUNT})(?P<unit>个月|年)(?:之|以)?后(?:的|，?即|，?也就是|（)[于在]?$")
_NEXT_MONTH = re.compile(
    r"(?<!\d)(?P<month>\d{1,2})月份?[^。；\d]{0,16}(?:次月|下个?月)(?:[初末底]|上旬|中旬|下旬)?(?:（|，?即)(?P<on>\d{1,2})月"
)
_RUNS_OUT = re.compile(
    rf"起，?(?:的|公示|为期|共|满)?(?P<number>{_COUNT})个?(?P<unit>工作日|[日天])(?![内后前])[^。；\d]{{0,12}}[，至到于]"
)
_OVER = re.compile(r"[^，。；\d]{0,6}(?:期满|届满|结束|截止|到期|为止|止)")
_COMPOUND = re.compile(
    rf"(?:历时|用时|历经|前后|为期|耗时|经过|用了|共用?)(?P<told>(?P<years>{_COUNT})年零?(?P<months>{_COUNT})个?月)"
)
_OUTSIDE = re.compile(
    rf"(?<![\d年])(?P<one>\d{{1,2}})月份?{_TO}(?P<other>\d{{1,2}})月(?!\d)份?[^。；]{{0,40}}?其中，?(?:[^，。；\d]{{0,6}})?(?<!\d)(?P<on>\d{{1,2}})月(?!\d|[底末]?前)份?[^。；]{{0,8}}?(?:最|\d)"
)
_NEAR, _HALF, _MONTH_TOLD, _YEAR, _DAYS_OFF = 60, (12, 18), 2, 12, 5


def check_stepped(paper: Paper) -> Iterator[Contradiction]:
    """Compare every step and length of a paragraph with the times told beside it."""
    for line in paper.lines:
        told = told_in(line.text)
        for one, other in pairwise(told):
            yield from _steps(paper, line, one, other)
        yield from _compounds(paper, line, [item for item in told if item.role != "aside"])
        for match in _NEXT_MONTH.finditer(line.text):
            if (int(match["on"]) - int(match["month"])) % _YEAR != 1:
                yield _turned(paper, line, match.span(), (f"{match['month']}月", f"{match['on']}月"), "不是次月")
        for match in _OUTSIDE.finditer(line.text):
            first, last = int(match["one"]), int(match["other"])
            if first <= last and not first <= int(match["on"]) <= last:
                period = f"{first}月至{last}月"
                yield _turned(paper, line, match.span(), (period, f"{match['on']}月"), f"{match['on']}月不在其中")
    for sentence in paper.sentences:
        yield from _runs_out(paper, sentence)


def _steps(paper: Paper, line: Sentence, one: Told, other: Told) -> Iterator[Contradiction]:
    """Check 4月印发，两个月后，即9月验收 and 一年后的2024年6月."""
    gap = line.text[one.end : other.start]
    match = _STEP.search(gap)
    if match is None or len(gap) > _NEAR:
        return
    if re.search(r"[。；]", gap) and gap[max(0, match.start() - 2) : match.start()] not in one.words:
        return
    first, second = one.first, other.first
    months = (second.year - first.year) * _YEAR + second.month - first.month
    place, named = (one.start, other.end), (line.text[one.start : one.end], line.text[other.start : other.end])
    because = f"与“{match[0].rstrip('（，即也就是的于在')}”不符"
    if match["number"] == "半":
        days = [(end - begin).days for begin, end in readings(paper, first, second)] if one.is_day else []
        if match["unit"] == "个月" and days and other.is_day and not _HALF[0] <= days[0] <= _HALF[1]:
            yield _turned(paper, line, place, named, because)
        return
    count = (chinese_number(match["number"]) or 0) * (_YEAR if match["unit"] == "年" else 1)
    if bool(first.year) != bool(second.year) or (match["unit"] == "年" and not first.year):
        return
    apart = months if first.year and first.year != second.year else months % _YEAR
    whole = one.is_day and other.is_day and match["unit"] == "个月" and abs(second.day - first.day) > _DAYS_OFF
    if abs(apart - count) > (1 if match["unit"] == "个月" else _MONTH_TOLD) or (whole and apart == count):
        yield _turned(paper, line, place, named, because)


def _compounds(paper: Paper, line: Sentence, told: list[Told]) -> Iterator[Contradiction]:
    """Check 2021年3月立项，2023年6月验收，历时一年零三个月."""
    for match in _COMPOUND.finditer(line.text):
        near = [item for item in told if item.end <= match.start()][-2:]
        if len(near) < _MONTH_TOLD or not (near[0].first.year and near[1].last.year):
            near = near[-1:] if near and near[-1].first.value != near[-1].last.value else []
        if not near or re.search(r"[。；]", line.text[near[0].end : match.start()]):
            continue
        one, other = near[0].first, near[-1].last
        months = (other.year - one.year) * _YEAR + other.month - one.month
        count = (chinese_number(match["years"]) or 0) * _YEAR + (chinese_number(match["months"]) or 0)
        if months > 0 and abs(months - count) > 1:
            place = paper.evidence(line.start + near[0].start, line.start + match.end())
            yield paper.found("period-length", place, stated=match["told"], counted=f"{months}个月")


def _runs_out(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 自9月11日起公示7日，9月28日期满."""
    days = [day for day in days_in(sentence.text) if day.exists and not day.is_part]
    for one, other in pairwise(days):
        match = _RUNS_OUT.match(sentence.text, one.end, other.start)
        if match is None or not _OVER.match(sentence.text, other.end) or other.start - match.end() > _NEAR // 3:
            continue
        count = chinese_number(match["number"]) or 0
        passed = [elapsed(begin, end, match["unit"]) for begin, end in readings(paper, one, other) if begin <= end]
        slack = 1 if match["unit"] != "工作日" or one.year else 2
        if passed and all(abs(gone - count) > slack for gone in passed):
            place = paper.evidence(sentence.start + one.start, sentence.start + other.end)
            unit = "个工作日" if match["unit"] == "工作日" else "天"
            stated = f"{match['number']}{unit}"
            yield paper.found("period-length", place, stated=stated, counted=f"{int(passed[0])}{unit}")


def _turned(paper: Paper, line: Sentence, span: tuple[int, int], told: tuple[str, str], because: str) -> Contradiction:
    place = paper.evidence(line.start + span[0], line.start + span[1])
    return paper.found("dates-out-of-order", place, first=told[0], second=told[1], because=because)
