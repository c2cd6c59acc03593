"""What comes round, against the list of its times: 每两个月 in 1月、3月、5月, 每季度末月 in 3月、6月、9月, 每周三 on 2日、9日、16日, 每月15日."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.points import Point, points_in

_COUNT = r"(?:\d{1,2}|[一二两三四五六七八九十])"
_MONTHS = re.compile(
    rf"每(?P<apart>隔)?(?P<number>{_COUNT})?个?(?P<unit>月|季度?|半年)|(?P<by>按[月季]度?|[季月]报|(?<![年度])季度例会|双月|单月|半年一次|半年度)"
)
_IN_SEASON = re.compile(
    r"(?:每个?季度?的?|按季度?[^，。；\d]{0,4}|季度?|季后)(?:的?(?P<first>首个?月|第一个月|首月|初)|的?(?P<middle>第二个月|中间月)|的?(?P<last>末个?月|最后一个?月|第三个月|末|底))"
)
_AFTER = re.compile(r"(?:季后|季度(?:结束|终了)?后|下季度?)(?:的?首个?月|第一个月|首月)")
_ON_DAY = re.compile(
    r"(?:每月|首月|末月|最后一个?月|第[一二三]个月|季度?末|季度?初|每季度?)[^，。；\d]{0,6}(?P<day>\d{1,2})[日号]"
)
_WEEKLY = re.compile(
    r"(?:每个?|逢|[“‘]|固定[^，。；\d]{0,6}|定[为在于][^，。；\d]{0,4}|安排在[^，。；\d]{0,4})(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
)
_LATEST = re.compile(r"(?:最[近新后]|上|首|第)一[次期场][^，。；\d]{0,10}(?:[是为在于：]|时间|日期)+$")
_EVERY_DAYS = re.compile(rf"每隔?(?P<number>{_COUNT})(?P<unit>[天日]|周)")
_CUE = re.compile(r"每|按[月季]|季|[双单]月|半年|周|星期|礼拜|逢")
_EVERY_YEAR = re.compile(
    r"每年的?(?P<month>\d{1,2})月(?:份|\d{1,2}日)?(?=[^，。；\d前]{0,10}(?:[月周日期]，|定期|举[办行]|开展|组织|集中|启动|召开))"
)
_LISTED = re.compile(r"(?:之?前|份|[底末初])?(?:（[^（）]{1,12}）)?[、，和及与以]{1,2}[^，。；、\d（）]{0,3}")
_BARE = re.compile(
    r"(?<![\d年])(?P<month>\d{1,2})月份?[^。；\d月]{0,24}?(?P<days>(?<!\d)\d{1,2}[日号]?(?:[、，和及与]{1,2}\d{1,2}[日号]?){2,}(?<=[日号]))"
)
_SET_ASIDE = re.compile(r"改|调整|推迟|提前|顺延|除|停|节假日|因|补")
_NAMES = "一二三四五六日"
_LONGEST, _LEAST, _YEAR, _WEEK, _ANY_YEAR = 1000, 3, 12, 7, 2023


def check_rounds(paper: Paper) -> Iterator[Contradiction]:
    """Compare how often every sentence says that something comes round with the times it lists."""
    for sentence in paper.sentences:
        if len(sentence.text) > _LONGEST or _CUE.search(sentence.text) is None:
            continue
        for run in _runs(sentence.text):
            yield from _by_months(paper, sentence, run)
            yield from _on_one_day(paper, sentence, run)
            if all(point.is_day for point in run):
                days = [(point.begins(_ANY_YEAR), point.start, point.end) for point in run]
                yield from _by_days(paper, sentence, days)
        for match in _BARE.finditer(sentence.text):
            start = match.start("days")
            dated = [(day, _in_month(int(match["month"]), int(day[0]))) for day in re.finditer(r"\d+", match["days"])]
            told = [(date, start + day.start(), start + day.end()) for day, date in dated if date]
            if len(told) == len(dated):
                yield from _by_days(paper, sentence, told)
        yield from _yearly(paper, sentence)
    for line in paper.lines:
        yield from _on_weekday(paper, line)


def _runs(text: str) -> Iterator[Sequence[Point]]:
    """Yield the points told side by side, three and more; of a half-yearly round two."""
    run: list[Point] = []
    for point in points_in(text):
        if run and not _LISTED.fullmatch(text[run[-1].end : point.start]):
            yield from [run] if len(run) > 1 else []
            run = []
        run.append(point)
    yield from [run] if len(run) > 1 else []


def _by_months(paper: Paper, sentence: Sentence, run: Sequence[Point]) -> Iterator[Contradiction]:
    """Check 每两个月 in 1月、3月、5月、8月 and 每季度末月 in 3月、6月、9月、11月."""
    text = sentence.text
    if _SET_ASIDE.search(text):
        return
    season = _IN_SEASON.search(text)
    if season and len(run) >= _LEAST:
        rest = 1 if season["first"] or _AFTER.search(text) else 2 if season["middle"] else 0
        outside = [point for point in run if point.month % 3 != rest]
        if len(outside) == 1:
            yield _turned(paper, sentence, run, outside[0], season[0])
            return
    told = _MONTHS.search(text)
    steps = _steps(told) if told else set()
    gaps = [(other.month - one.month) % _YEAR for one, other in pairwise(run)]
    steps = {max(steps, key=gaps.count)} if steps else steps
    wrong = [at for at, gap in enumerate(gaps) if gap not in steps]
    if told and steps and wrong and (len(run) >= _LEAST or steps == {6}):
        odd = run[wrong[0] + 1]
        others = [point for point in run if point is not odd]
        alone = all((other.month - one.month) % _YEAR % min(steps) == 0 for one, other in pairwise(others))
        if len(wrong) <= 2 and (alone or len(run) == 2):  # noqa: PLR2004 - the gaps on both sides of one
            yield _turned(paper, sentence, run, odd, told[0])


def _steps(match: re.Match[str]) -> set[int]:
    """Return the months from one round to the next: 每两个月 2, 每季度 3, 半年 6; 每隔两个月 may be either way of counting."""
    by = match["by"] or ""
    if by:
        return {2} if by[0] in "双单" else {6} if by.startswith("半") else {3} if "季" in by else {1}
    count = chinese_number(match["number"] or "1") or 1
    size = {"月": 1, "季": 3, "半": 6}[match["unit"][0]]
    if size == 1 and not match["number"]:
        return set()
    return {count * size, (count + 1) * size} if match["apart"] else {count * size}


def _on_one_day(paper: Paper, sentence: Sentence, run: Sequence[Point]) -> Iterator[Contradiction]:
    """Check 每月15日 on 4月15日、5月16日、6月15日."""
    match = _ON_DAY.search(sentence.text)
    if match is None or len(run) < _LEAST or _SET_ASIDE.search(sentence.text):
        return
    if sentence.text.startswith("前", match.end()) and not sentence.text.startswith("前", run[-1].end):
        return
    other = [point for point in run if not point.is_day or point.first != int(match["day"])]
    if len(other) == 1 and other[0].is_day:
        yield _turned(paper, sentence, run, other[0], match[0])


def _yearly(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 每年3月为公开月，2022年的活动于5月6日启动."""
    match = _EVERY_YEAR.search(sentence.text)
    points = points_in(sentence.text)
    later = [point for point in points if match and point.start >= match.end()]
    if match is None or len(later) != 1 or not (later[0].year and later[0].is_day) or _SET_ASIDE.search(sentence.text):
        return
    if later[0].month != int(match["month"]) and "前" not in sentence.text[match.end() : match.end() + 8]:
        yield _turned(paper, sentence, later, later[0], match[0])


_Listed = Sequence[tuple[dt.date, int, int]]


def _by_days(paper: Paper, sentence: Sentence, days: _Listed) -> Iterator[Contradiction]:
    """Check 每周三 on 2日、9日、16日、24日 and 每隔10天 on 3月1日、3月11日、3月25日: all but one lie so far apart."""
    text = sentence.text
    weekly, every = _WEEKLY.search(text), _EVERY_DAYS.search(text)
    if len(days) < _LEAST or not (weekly or every) or _SET_ASIDE.search(text):
        return
    number = (chinese_number(every["number"]) or 1) * (_WEEK if every["unit"] == "周" else 1) if every else _WEEK
    step = number if every and not weekly else _WEEK
    rests = [(day - days[0][0]).days % step for day, _, _ in days]
    common = max(rests, key=rests.count)
    wrong = [item for item, rest in zip(days, rests, strict=True) if rest != common]
    if len(wrong) == 1:
        told = (weekly or every or [""])[0]
        place = paper.evidence(sentence.start + days[0][1], sentence.start + days[-1][2])
        because = f"与“{told.strip('“‘')}”不符"
        first, second = text[days[0][1] : days[0][2]], text[wrong[0][1] : wrong[0][2]]
        yield paper.found("dates-out-of-order", place, first=first, second=second, because=because)


def _on_weekday(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 每周三更新。最近一次更新是2023年12月26日."""
    match = _WEEKLY.search(line.text)
    for point in points_in(line.text) if match else ():
        told = match and point.start > match.end() and point.year and point.is_day
        if told and match and _LATEST.search(line.text[match.end() : point.start]):
            day = point.begins()
            if _NAMES[day.weekday()] != match["weekday"].replace("天", "日") and not _SET_ASIDE.search(line.text):
                place = paper.evidence(line.start + point.start, line.start + point.end)
                yield paper.found("day-of-week", place, date=day.isoformat(), weekday=_NAMES[day.weekday()])


def _in_month(month: int, day: int) -> dt.date | None:
    try:
        return dt.date(_ANY_YEAR, month, day)
    except ValueError:
        return None


def _turned(paper: Paper, sentence: Sentence, run: Sequence[Point], odd: Point, told: str) -> Contradiction:
    place = paper.evidence(sentence.start + run[0].start, sentence.start + run[-1].end)
    beside = run[0] if odd is not run[0] else run[-1]
    first, second = sentence.text[beside.start : beside.end], sentence.text[odd.start : odd.end]
    return paper.found("dates-out-of-order", place, first=first, second=second, because=f"与“{told}”不符")
