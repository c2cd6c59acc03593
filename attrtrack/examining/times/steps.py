"""Steps from one day to another: 推迟一周，改在10月26日, 截止日后第三天, 在此之前三天即9月3日, 15日内 and the day on which it ends."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.elapsed import elapsed
from attrtrack.examining.times.points import Point, points_in

_NUMBER = r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?P<unit>工作日|(?:自然|日历)?[日天]|周(?!年)|星期|月(?=[之以]?[后前]|，)|年(?=[之以]?[后前]))"
_STEP = re.compile(
    rf"(?:(?P<later>推迟|延后|顺延|后延|推后|延期|延迟|晚|迟|逾期|超期|滞后|[此之以]后|后|第)|(?P<earlier>提前|提早|前移|早|[此之以]前))?[了约]?"
    rf"(?<![\d.每月年]){_NUMBER}(?P<tail>[之以]?后|[之以]?前|[之以]?内)?"
)
_THEN = re.compile(
    r"[，（]?(?:[^，。；：（）\d]{0,8}[，（])?(?:[^，。；：（）\d]{0,6}(?:即|也就是)|[^，。；：（）\d]{0,6}改[期为在于到至]*|[^，。；（）\d]{0,4}[于在至到为是的])?(?:即|也就是)?[于在]?"
)
_NAMELY = re.compile(
    r"[）]?[，（](?:即|也就是|为|是|正[好是]|恰[好是])+[^，。；\d]{0,10}|(?:[^，。；\d]{0,6}[，（])?[^，。；\d]{0,4}(?:正好|恰好|刚好|正)[是为]?[^，。；\d]{0,10}"
)
_BESIDE = re.compile(r"(?:(?:比|较|距)[^，。；]{0,24}|(?:在|先于|早于|晚于)[^，。；\d]{0,12})$")
_TERM = re.compile(rf"(?<![\d.第每延长])(?:起|后|到|的|，|为)?{_NUMBER}(?:[之以]?内|的?(?:期限|时限))")
_DUE_LEAD = re.compile(r"(?:最[迟晚]|截止(?!数据)|届满|到期|期限)[^，。；\d]{0,8}$")
_DUE_REST = re.compile(r"(?:届满|到期|截止|期满|为止|为限)")
_EXTENDED = re.compile(r"延长|延期|中止|扣除|补正|不计|顺延|节假日|暂停")
_OF_LAST_YEAR = re.compile(r"上年的?\d|去年的?\d|上年度的?\d")
_ANOTHER = re.compile(r"比|较|规定|距")
_DONE_THEN = re.compile(r"已|实际|完成|办结")
_LONGEST_GAP, _ANY_YEAR = 70, 2023


def check_steps(paper: Paper) -> Iterator[Contradiction]:
    """Compare every step of so many days with the days it may lead from and to: it stands if any two bear it out."""
    for line in paper.lines:
        days = [point for point in points_in(line.text) if point.is_day]
        if len(days) < 2:  # noqa: PLR2004 - from one to the other
            continue
        for match in _STEP.finditer(line.text):
            sign = _sign(match)
            aims = [day for day in days if sign and _is_aim(line.text, match, day)]
            if aims:
                yield from _led(paper, line, match, aims[0], days, sign)
            elif sign:
                yield from _apart(paper, line, match, days)
        if not _EXTENDED.search(line.text):
            yield from _terms(paper, line, days)


def _sign(match: re.Match[str]) -> int:
    """Return 1 for a step to a later day, -1 for one to an earlier, 0 if it is none."""
    tail = match["tail"] or ""
    if (
        tail.endswith("内")
        or (tail and match["later"] == "延期")
        or (match["unit"] == "日" and tail.endswith("前") and not match["earlier"])
    ):
        return 0
    if match["earlier"] or tail.endswith("前"):
        return -1
    return 1 if match["later"] or tail else 0


def _is_aim(text: str, match: re.Match[str], day: Point) -> bool:
    """Whether a step is said to end on a day: told right before it, or right behind it as 即."""
    if match.end() <= day.start:
        gap = text[match.end() : day.start]
        return len(gap) <= 24 and not _ANOTHER.search(gap) and _THEN.fullmatch(gap) is not None  # noqa: PLR2004 - a short clause
    gap = text[day.end : match.start()]
    return day.end <= match.start() and len(gap) <= 24 and _NAMELY.fullmatch(gap) is not None  # noqa: PLR2004


def _led(
    paper: Paper, line: Sentence, match: re.Match[str], aim: Point, days: Sequence[Point], sign: int
) -> Iterator[Contradiction]:
    near = [day for day in days if day is not aim and abs(day.start - aim.start) <= _LONGEST_GAP]
    near = [day for day in near if bool(day.year) == bool(aim.year)]
    passed = [sign * _passed(day, aim, match["unit"], sign) for day in near]
    passed += [sign * _passed(aim, day, match["unit"], sign) for day in near if day.start > aim.start > match.start()]
    count = chinese_number(match["number"]) or 0
    after = line.text[max(0, match.start() - 2) : match.start()]
    loose = match["later"] == "第" and ("后" not in after or match["unit"] != "工作日")
    stated = {count, count - 1} if loose else {count}
    if near and not any(abs(gone - number) <= _slack(match, near) for gone in passed for number in stated):
        day = max((day for day in near if day.start < aim.start), key=lambda day: day.start, default=near[0])
        yield _turned(paper, line, day, aim, match)


def _slack(match: re.Match[str], days: Sequence[Point]) -> float:
    if match["unit"] == "工作日":
        return 3 - 2 * bool(days[0].year) - bool(days[0].year and match["later"] == "第")
    return 0.1 if match["unit"] in {"月", "年"} else 0


def _passed(one: Point, other: Point, unit: str, sign: int) -> float:
    """Return how many days, days of work, weeks, months or years lie between two days, less than 0 if they are turned."""
    begin, end = one.begins(_ANY_YEAR), other.begins(_ANY_YEAR)
    if not one.year and abs((end - begin).days) > 180:  # noqa: PLR2004 - half a year: of the years beside
        end = end.replace(year=end.year + sign)
    if begin > end:
        return -_passed_on(end, begin, unit)
    return _passed_on(begin, end, unit)


def _passed_on(begin: dt.date, end: dt.date, unit: str) -> float:
    return elapsed(begin, end, unit)


def _apart(paper: Paper, line: Sentence, match: re.Match[str], days: Sequence[Point]) -> Iterator[Contradiction]:
    """Check 选民名单12月6日公布，公告在名单之前三天贴出: a step beside which no day stands."""
    if not _BESIDE.search(line.text[max(0, match.start() - 28) : match.start()]):
        return
    near = [day for day in days if abs(day.start - match.start()) <= _LONGEST_GAP]
    if len(near) not in {2, 3} or len({bool(day.year) for day in near}) > 1 or match["unit"] in {"年", "月"}:
        return
    count = chinese_number(match["number"]) or 0
    passed = [abs(_passed(one, other, match["unit"], 1)) for at, one in enumerate(near) for other in near[at + 1 :]]
    slack = max(_slack(match, near), 1 if match["unit"] in {"周", "星期"} else 0)
    passed += [
        abs(_passed(replace(one, year=0), replace(other, year=0), match["unit"], 1))
        for at, one in enumerate(near)
        for other in near[at + 1 :]
    ]
    if not any(abs(gone - count) <= slack for gone in passed) and not _OF_LAST_YEAR.search(line.text):
        yield _turned(paper, line, near[0], near[1], match)


def _terms(paper: Paper, line: Sentence, days: Sequence[Point]) -> Iterator[Contradiction]:
    """Check 自收到之日起15日内报送。某局3月2日收到，最迟应于3月17日报送."""
    terms = [match for match in _TERM.finditer(line.text) if match["unit"] not in {"年", "月", "周", "星期"}]
    for at, aim in enumerate(days):
        lead, rest = line.text[max(0, aim.start - 16) : aim.start], line.text[aim.end : aim.end + 8]
        due = _DUE_LEAD.search(lead) or (_DUE_REST.match(rest) and not _DONE_THEN.search(rest))
        if not due:
            continue
        told = [match for match in terms if match.end() <= aim.start]
        near = [day for day in days[:at] if aim.start - day.start <= _LONGEST_GAP and bool(day.year) == bool(aim.year)]
        if not told or not near or re.search(r"[；]", line.text[told[-1].end() : aim.start]):
            continue
        if not any(_is_end(day, aim, match) for day in near for match in told):
            yield _turned(paper, line, near[-1], aim, told[-1])


def _is_end(one: Point, aim: Point, match: re.Match[str]) -> bool:
    """Whether a term may end on a day: on its last, or on the first day of work behind it."""
    count = chinese_number(match["number"]) or 0
    passed = _passed(one, aim, match["unit"], 1)
    if match["unit"] == "工作日":
        return -1 <= passed - count <= (1 if one.year else 3)
    return -1 <= passed - count <= 2  # noqa: PLR2004 - the days of a weekend


def _turned(paper: Paper, line: Sentence, one: Point, other: Point, match: re.Match[str]) -> Contradiction:
    first, second = sorted((one, other), key=lambda day: day.start)
    place = paper.evidence(line.start + min(first.start, match.start()), line.start + max(second.end, match.end()))
    told = line.text[first.start : first.end], line.text[second.start : second.end]
    because = f"与“{match[0].strip('，的')}”不符"
    return paper.found("dates-out-of-order", place, first=told[0], second=told[1], because=because)
