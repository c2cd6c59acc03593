"""What is said of two times is so: within its term or beyond it, earlier or later than planned, so many days full, due and met."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.points import Point, points_in
from attrtrack.rules.workdays import is_workday

_N = r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)个?(?P<unit>工作日|(?:自然|日历)?[日天]|周|星期|月|年)"
_TERM = re.compile(rf"(?<![\d.第每延长月年]){_N}(?:[之以]?内|的?(?:法定|规定|办理|答复)?(?:期限|时限|限期))")
_KEPT = re.compile(
    r"(?:没有|未曾?有?|并未)(?:超|逾)[期时限过]?|(?:按期|按时|如期|提前|及时)(?:办结|答复|完成|反馈|公开|整改|回复|报送|提交|办理|发布)|在[^，。；]{0,10}(?:期限|时限|期内|时间)[之以]?内|符合[^，。；]{0,10}(?:规定|要求|时限)"
)
_LATE = re.compile(
    r"(?<![未没无不])(?<!没有)(?:属于?|已经?|均|却)?(?:超时|超期|逾期|超过[^，。；\d]{0,8}[期时]限|迟报|超出[^，。；\d]{0,8}[期时]限)(?!申请|未|不|的?[，、]?(?:扣|将|一律|按|视))"
)
_NOT_SO = re.compile(r"延期|延长|中止|扣除|补正|不计|第三方|节假日|顺延|如|凡|应当?|须|一律|的，")
_COMPARED = re.compile(r"(?:比|较)[^，。；\d]{0,10}$|(?:早于|先于|晚于|迟于)[^，。；\d]{0,10}$")
_EARLIER = re.compile(r"[^，。；\d]{0,10}(?:提前|提早|早)(?!期|报)")
_LATER = re.compile(r"[^，。；\d]{0,10}(?:推迟|晚|迟|滞后|延后|延误|拖后)(?!上)")
_FULL = re.compile(rf"满{_N}(?:[之以]?后|方|才|的)")
_MET = re.compile(
    r"[^。；]{0,16}(?:提前|按时|如期|按期|及时)[^，。；\d]{0,8}(?:报|完|交|办|公|发|整|提|落)|[^。；]{0,10}(?:提前|按时|如期|按期)$"
)
_DUE = re.compile(r"(?:之|以)?前")
_DEMANDED = re.compile(r"应|须|需|规定|要求|承诺|限|最[迟晚]")
_DUE_DAY = re.compile(
    r"(?:届满|截止|到期|期满|最后)(?:日期?|时间|期限)?[为是：于在至到]*$|(?:期限|时限)(?:[为是：至到]|届满)+$"
)
_KEPT_DUE = re.compile(
    r"(?:未|没有|并未)(?:曾|有)?(?:逾期|超期|超时|超过|迟)|按期|按时|如期|(?:期限|时限)[之以]?内|符合[^，。；]{0,8}(?:规定|要求|时限)"
)
_REALLY = re.compile(r"实际|直[至到]|[拖延]至|才|，[^，。；\d]{0,12}$")
_VALID_TO = re.compile(r"有效期(?:限)?(?:截?[至到]|至|到|截止)+$")
_VALID_FOR = re.compile(r"有效期(?:限)?[为是]?(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})年")
_EFFECT = re.compile(r"[^，。；\d]{0,6}(?:起|施行|实施|执行|生效|印发|公布)")
_AFTER_DAYS = re.compile(rf"{_N}[之以]?后(?:起|正式|方可|即可)?(?P<what>施行|实施|执行|生效|失效|公布|发布|办理)")
_ANY_YEAR, _YEARS, _REST, _LONGEST = 2023, range(2018, 2026), 3, 90


def check_verdicts(paper: Paper) -> Iterator[Contradiction]:
    """Compare what every paragraph says of two of its times with their distance."""
    for line in paper.lines:
        points = points_in(line.text)
        if len(points) > 1:
            for reader in (_judged, _compared, _full, _met, _valid, _in_force, _due_and_done):
                for one, other, because in reader(line.text, points):
                    yield _found(paper, line, one, other, because)


_Wrong = tuple[Point, Point, str]


def _passed(one: Point, other: Point, unit: str) -> tuple[float, float]:
    """Return the least and the most that may lie between two points, in a unit; the first not counted."""
    begin, end = one.begins(_ANY_YEAR), other.ends(_ANY_YEAR)
    if end < begin and not (one.year and other.year):
        end = end + dt.timedelta(days=365)
    most, least = (end - begin).days, (other.begins(end.year) - one.ends(begin.year)).days
    if unit == "工作日":
        starts = (begin,) if one.year else [_in_year(begin, year) for year in _YEARS]
        counts = [sum(is_workday(start + dt.timedelta(days=at + 1)) for at in range(most)) for start in starts]
        return min(counts), max(counts)
    size = {"周": 7, "星期": 7, "月": 30.4, "年": 365}.get(unit, 1)
    return least / size, most / size


def _in_year(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year) if (day.month, day.day) != (2, 29) else dt.date(year, 2, 28)


def _count(match: re.Match[str]) -> float:
    return 0.5 if match["number"] == "半" else chinese_number(match["number"]) or 0


def _same_years(one: Point, other: Point) -> bool:
    return bool(one.year) == bool(other.year)


def _judged(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 5个工作日内反馈；6月12日派出，6月16日反馈，属超时: two days of one clause, and what is said of them."""
    terms = [match for match in _TERM.finditer(text) if match["unit"] != "年"]
    for clause in re.finditer(r"[^；。]+", text):
        inside = [point for point in points if clause.start() <= point.start < clause.end()]
        told = [match for match in terms if match.start() < clause.end()]
        if len(inside) != 2 or not told or not _same_years(*inside) or not all(point.is_day for point in inside):  # noqa: PLR2004
            continue
        one, other = inside
        rest = text[other.end : clause.end()]
        whole = _TERM.sub("", text[one.start : clause.end()])
        if _NOT_SO.search(whole) or one.begins(_ANY_YEAR) > other.begins(_ANY_YEAR):
            continue
        least, most = _passed(one, other, told[-1]["unit"])
        rest_days = _REST if told[-1]["unit"] != "工作日" and told[-1]["unit"] not in "周月星期" else 0
        late, kept = _LATE.search(rest), _KEPT.search(rest)
        if late and not kept and most <= _count(told[-1]):
            yield one, other, f"说是超期，却在{told[-1][0]}"
        elif kept and not late and least > _count(told[-1]) * 1.02 + rest_days:
            yield one, other, f"说是没有超期，却超过了{told[-1]['number']}{told[-1]['unit']}"


def _compared(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 于2022年底完成，比计划的2022年9月提前了一个季度."""
    for one, other in pairwise(points):
        gap = text[one.end : other.start]
        if not _COMPARED.search(gap) or re.search(r"[。；]", gap) or not _same_years(one, other):
            continue
        rest = text[other.end : other.end + 24]
        early, late = _EARLIER.match(rest), _LATER.match(rest)
        if not one.year and abs(one.month - other.month) > 6:  # noqa: PLR2004 - half a year
            continue
        if early and one.begins(_ANY_YEAR) > other.ends(_ANY_YEAR):
            yield one, other, "说是提前，日期却在后"
        elif late and one.ends(_ANY_YEAR) < other.begins(_ANY_YEAR):
            yield one, other, "说是推迟，日期却在前"


def _full(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 从8月1日起至8月5日止，公示满15日后发放: some two of the days lie so far apart."""
    for match in _FULL.finditer(text):
        near = [point for point in points if abs(point.start - match.start()) <= _LONGEST and point.is_day]
        if len(near) < 2 or len({bool(point.year) for point in near}) > 1:  # noqa: PLR2004
            continue
        first, last = min(near, key=lambda day: day.begins(_ANY_YEAR)), max(near, key=lambda day: day.begins(_ANY_YEAR))
        if _passed(first, last, match["unit"])[1] + 1 < _count(match):
            yield near[0], near[1], f"与“{match[0]}”不符"


def _met(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 1月20日前报送；截至1月28日，已全部提前报送."""
    due: Point | None = None
    for point in points:
        as_of = text[: point.start].endswith(("截至", "截止", "截至到", "截止到"))
        met = due and as_of and _same_years(due, point) and _MET.match(text, point.end)
        early = met and "提前" in text[point.end : point.end + 24]
        if due and early and point.begins(_ANY_YEAR) > due.ends(_ANY_YEAR) and point.start - due.end <= _LONGEST:
            yield due, point, "说是提前，日期却在期限之后"
        due = point if _DUE.match(text, point.end) else due


def _valid(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 有效期至2025年12月31日。自2021年1月1日起施行，有效期三年."""
    match = _VALID_FOR.search(text)
    ends = [point for point in points if _VALID_TO.search(text[max(0, point.start - 12) : point.start])]
    begins = [point for point in points if point not in ends and _EFFECT.match(text, point.end)]
    if match and len(ends) == 1 and len(begins) == 1 and _same_years(ends[0], begins[0]) and ends[0].year:
        least, most = _passed(begins[0], ends[0], "年")
        if not least - 0.1 <= _count(match) <= most + 0.1:
            yield begins[0], ends[0], f"与“{match[0]}”不符"


def _in_force(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 自公布之日起30日后施行。2021年6月1日公布，施行日期为2021年9月1日."""
    for match in _AFTER_DAYS.finditer(text):
        around = {point: _around(text, point) for point in points}
        ends = [point for point in points if match["what"] in around[point] and point.is_day]
        begins = [point for point in points if point not in ends and point.is_day]
        if len(ends) != 1 or not begins or len(points) > _REST or not all(_same_years(one, ends[0]) for one in begins):
            continue
        passed = [_passed(one, ends[0], match["unit"]) for one in begins]
        if not any(least - 1 <= _count(match) <= most + 2 for least, most in passed):
            yield begins[0], ends[0], f"与“{match[0]}”不符"


def _due_and_done(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 超期答复（应于6月30日前答复，实际于6月14日答复） and 届满日为7月12日，7月21日寄出，未逾期."""
    for due, done in pairwise(points):
        gap = text[due.end : done.start]
        lead = re.split(r"[，。；（]", text[max(0, due.start - 16) : due.start])[-1]
        is_due = (_DUE.match(gap) and _DEMANDED.search(lead)) or _DUE_DAY.search(lead)
        if not is_due or re.search(r"[。；]", gap) or not _same_years(due, done) or _DUE.match(text, done.end):
            continue
        if not done.year and abs(due.month - done.month) > 6:  # noqa: PLR2004 - half a year
            continue
        said = re.split(r"[。；]", text[: due.start])[-1][-24:] + re.split(r"[。；]", text[done.end :])[0][:24]
        late, kept = _LATE.search(said), _KEPT_DUE.search(said)
        really = _REALLY.search(gap) or _DUE_DAY.search(lead)
        if late and not kept and really and done.ends(_ANY_YEAR) <= due.begins(_ANY_YEAR):
            yield due, done, "说是超期，日期却在期限之前"
        elif kept and not late and really and done.begins(_ANY_YEAR) > due.ends(_ANY_YEAR):
            yield due, done, "说是没有超期，日期却在期限之后"


def _around(text: str, point: Point) -> str:
    """Return the words of a point's own clause before and behind it."""
    lead = re.split(r"[，。；]", text[max(0, point.start - 10) : point.start])[-1]
    return lead + re.split(r"[，。；]", text[point.end : point.end + 6])[0]


def _found(paper: Paper, line: Sentence, one: Point, other: Point, because: str) -> Contradiction:
    first, second = sorted((one, other), key=lambda point: point.start)
    place = paper.evidence(line.start + first.start, line.start + second.end)
    told = line.text[first.start : first.end], line.text[second.start : second.end]
    return paper.found("dates-out-of-order", place, first=told[0], second=told[1], because=because)
