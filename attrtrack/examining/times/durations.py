"""How long something lasted, against its first and last day or hour: 为期12天, 历时2小时20分钟, 有效期5年, 共10个工作日, 提前10天."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.clock import times_in
from attrtrack.examining.text.days import Day, days_in
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.rules.workdays import is_workday

_TOLD = re.compile(
    r"(?P<about>约|近|超过?|逾|不足|不到|不超过|至少|不少于|每|第|(?<!提)前|后|[每前后]隔|过去|未来|满(?=\d+周?岁)|[至到—~-])?"
    r"(?<![\d月年.．〔第零一二三四五六七八九十百])(?P<number>\d{1,3}(?:\.\d)?|[一二两三四五六七八九十]{1,3}|半)(?P<more>[多余来几])?(?:个)?(?P<half>半)?"
    r"(?P<unit>工作日|自然日|日历[天日]|天|日|周年|周|星期|月|年|小时|分钟)(?P<tail>半|零?(?P<minutes>\d{1,2})分钟?)?"
    r"(?P<end>以?内|以[上下]|左右|前|后|度|级|一次|之久|多|有余|[初中末底])?"
)
_LASTS = re.compile(
    r"(?:为期|历时|历经|正好|刚好|恰好|利用|时已|，已|学制|会期|展期|学习期|课期|空窗|用时|用了|仅用|只用|耗时|花费|(?<!同)共计?|总计|合计|总共|(?<!重现)期限?|时限|时间|时长|持续|连续|延续|运行|坚持|长达|[聘任租学刑]期|(?:合同|保质|质保|过渡|试用|建设|服务|公示|公告|有效)期|间隔|相隔|相距|前后|跨度|工期|周期|历|跨越?|整整|停[机水电网]|中断|暂停|关闭|(?<![未不])满|(?<![调完])整)[为是了达]?[^，。；：\d]{0,3}$"
)
_SHIFTED = re.compile(r"(?:提前|提早|逾期|超期|超时|滞后|迟报|晚报|迟交|推迟|延后|延迟|延期|晚|早|迟)了?$")
_TO = re.compile(
    r"^(?:起|开始)?(?:正式|全面)?(?:施行|实施|执行|计算|算)?，?(?:有效期|持续|延续)?(?:截止)?(?:[至到]|—+|-|~|－)$"
)
_THEN = re.compile(r"[^。；，]{0,12}(?:开始|启动|施行|起)[^。；]{0,12}")
_YEARS = re.compile(r"(?<![\d〔])((?:19|20)\d{2})年?(?:至|到|—+|-|~|－)((?:19|20)\d{2})年(?!\d)")
_KEPT = re.compile(r"未超|没有超|[未没]有?逾|按期|如期|均在|都在")
_LONGEST_LEAD, _NOON = 240, 12 * 60
_LATEST, _NEAR_BEHIND, _FAR_BEHIND, _NEAR_BEFORE = 18 * 60, 24, 60, 16
_SHOWN = re.compile(
    r"(?:公示|公告|征求意见|征集意见|展示|展出|张贴|挂网|试运行|值守|整改|学习|培训|跟班|集训|授课|调研|督导|驻点|放假|闭馆|闭站|维护)(?:期限?|时间)?[了满为达是共]?$"
)
_SINCE, _UNTIL = re.compile(r"[自从][^，。；]{0,4}$"), re.compile(r"[，起][^，。；\d]{0,3}[至到]$")
_OVER = re.compile(r"结束|截止|期满|届满|到期|止")
_OF_COURSE = re.compile(r"的?(?:课程|培训|学习|时间|会议|行程|活动|授课|集训|议程)")
_BRACKETED = re.compile(r"（[^（）]*）|《[^《》]*》")
_HELD = re.compile(r"培训|会议|研讨|集训|演练|竞赛|讲座|论坛|轮训|研修")
_HELD_FOR, _SHOWN_PUBLIC = re.compile(r"(?:为期|会期|历时)[了为是]?$"), re.compile(r"公示|公告|征求|征集|展出")
_IN_A_ROW = re.compile(r"连续$")
_ALLOWED = re.compile(
    r"(?:承诺|法定|规定|办理|答复|整改)[^，。；]{0,4}(?:时限|期限|时间)[^，。；\d]{0,3}$|每[周月年季天日][^，。；\d]{0,6}$"
)
_ENOUGH_OF_HOUR, _DAYS_OF_MONTH, _MONTHS = 30, 31, 12
_FROM_AND_TO, _WORKING_WEEK, _HALF_A_YEAR = 2, 2, 180


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as told: its number (halves apart), unit and minutes beyond hours, its place, and the words around it."""

    number: float
    unit: str
    minutes: int
    start: int
    end: int
    text: str
    is_term: bool


def durations_in(text: str) -> Iterator[Duration]:
    """Yield the exact lengths of time of a text; rough ones, ages and every so often are left out."""
    for match in _TOLD.finditer(text):
        is_term = match["end"] in {"内", "以内"}
        month = match["unit"] == "月" and "个" not in match[0]
        of_date = match["unit"] == "日" and text[match.start("number") - 1 : match.start("number")] in {
            "、",
            "和",
            "及",
        }
        about = match["about"] if not (is_term and match["about"] == "后") else None
        if of_date or about or match["more"] or (match["end"] not in {None, "之久", "中"} and not is_term) or month:
            continue
        number = 0.5 if match["number"] == "半" else _number(match["number"])
        number += 0.5 if match["half"] or match["tail"] == "半" else 0
        start = match.start("number")
        unit = "年" if match["unit"] == "周年" else match["unit"]
        yield Duration(number, unit, int(match["minutes"] or 0), start, match.end(), match[0], is_term)


def _number(text: str) -> float:
    return float(text) if text[0].isdigit() else float(chinese_number(text) or 0)


def check_durations(paper: Paper) -> Iterator[Contradiction]:
    """Compare every length of time with the days or hours of its sentence; it stands if any two of them bear it out."""
    for sentence in paper.sentences:
        told = list(durations_in(sentence.text))
        for item in told:
            if item.unit in {"小时", "分钟"}:
                yield from _of_hours(paper, sentence, item)
            elif item.is_term:
                yield from _of_term(paper, sentence, item)
            else:
                yield from _of_days(paper, sentence, item)
                yield from _of_years(paper, sentence, item)
        yield from _hours_turned(paper, sentence)
        yield from _told_back(paper, sentence)


def _of_hours(paper: Paper, sentence: Sentence, item: Duration) -> Iterator[Contradiction]:
    times = list(times_in(sentence.text))
    if len(times) != _FROM_AND_TO or len({day.value for day in days_in(sentence.text)}) >= _FROM_AND_TO:
        return
    stated = item.number * (60 if item.unit == "小时" else 1) + item.minutes
    lasted = times[1].minutes - times[0].minutes
    slack = 1 if item.minutes or item.unit == "分钟" or item.number % 1 else _ENOUGH_OF_HOUR
    told = "间隔" not in sentence.text and _LASTS.search(sentence.text[: item.start])
    if told and lasted > 0 and abs(lasted - stated) >= slack:
        hours, minutes = divmod(lasted, 60)
        counted = f"{hours}小时{minutes}分钟" if minutes else f"{hours}小时"
        yield _found(paper, sentence, (times[0].start, item.end), stated=item.text, counted=counted)


def _hours_turned(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 上午9时开始，8时30分结束."""
    for one, other in pairwise(times_in(sentence.text)):
        gap = sentence.text[one.end : other.start]
        ends = re.match(r"(?:[^，。；\d]{0,6})(?:结束|散会|闭会|止)", sentence.text[other.end :])
        if (
            other.minutes < one.minutes
            and (one.minutes < _LATEST or other.minutes > _NOON)
            and (re.fullmatch(r"至|到|—+|-|~|－", gap) or (ends and "日" not in gap))
        ):
            first, second = sentence.text[one.start : one.end], sentence.text[other.start : other.end]
            place = paper.evidence(sentence.start + one.start, sentence.start + other.end)
            yield paper.found("dates-out-of-order", place, first=first, second=second, because="期间的终点早于起点")


def _told_back(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 14时10分接报，14时05分处置: times of one day told one after the other."""
    text = sentence.text
    for one, other in pairwise(times_in(text)):
        gap = text[one.end : other.start]
        excused = re.search(r"[；。日]|前|原|早|先|已|次|截|分别|场", gap) or text[other.end : other.end + 1] == "前"
        if (
            other.minutes < one.minutes < _LATEST
            and re.search(r"[^，]，", gap)
            and not excused
            and len(gap) <= _NEAR_BEHIND
        ):
            first, second = text[one.start : one.end], text[other.start : other.end]
            place = paper.evidence(sentence.start + one.start, sentence.start + other.end)
            yield paper.found("dates-out-of-order", place, first=first, second=second, because="后说的事时间在前")


def _pairs(sentence: Sentence, item: Duration) -> list[tuple[Day, Day]]:
    """Return the days a length of time may lie between: those told from … to …, else the only two of the sentence."""
    return [pair for pair in _joined(sentence.text) if _is_beside(sentence.text, item, *pair)]


@lru_cache(maxsize=64)
def _joined(text: str) -> Sequence[tuple[Day, Day]]:
    days = [day for day in days_in(text) if day.exists]
    joined = [(one, other) for one, other in pairwise(days) if _is_period(text, one, other)]
    joined = joined or [(one, other) for one, other in pairwise(days) if _THEN.fullmatch(text, one.end, other.start)]
    return joined or ([(days[0], days[1])] if len(days) == _FROM_AND_TO else [])


def _is_period(text: str, one: Day, other: Day) -> bool:
    """Whether two days are told as the first and the last: 4月2日至4月13日, 自4月2日起公示5个工作日，至4月9日结束."""
    if other.start - one.end > _FAR_BEHIND:
        return False
    gap = _BRACKETED.sub("", text[one.end : other.start])
    begun = _SINCE.search(text[max(0, one.start - _NEAR_BEFORE) : one.start]) or gap.startswith("起")
    ended = _UNTIL.search(gap) or _OVER.match(text, other.end)
    since = begun and ended and not re.search(r"[；。]", gap)
    return bool(_TO.match(gap) or since)


def _is_beside(text: str, item: Duration, one: Day, other: Day) -> bool:
    """Whether a length stands closely behind, before or between two days, in no clause of another matter."""
    if item.end <= one.start:
        return one.start - item.end <= _NEAR_BEFORE and "；" not in text[item.end : one.start]
    if item.end <= other.start and "；" in text[item.end : other.start]:
        return False
    if not -_LONGEST_LEAD <= item.start - other.end <= _LONGEST_LEAD:
        return False
    near = _FAR_BEHIND if _TO.match(_BRACKETED.sub("", text[one.end : other.start])) else _NEAR_BEHIND
    return item.start - other.end <= near and "；" not in text[one.end : item.start]


def _of_days(paper: Paper, sentence: Sentence, item: Duration) -> Iterator[Contradiction]:
    pairs = _pairs(sentence, item)
    lead = sentence.text[max(0, item.start - _LONGEST_LEAD) : item.start]
    if _ALLOWED.search(lead):
        return
    shifted = bool(_SHIFTED.search(lead)) and item.unit != "年"
    directly = any(
        re.fullmatch(r"[）]?(?:止|结束)?[，、（]?", sentence.text[other.end : item.start]) for _, other in pairs
    )
    joined = any(_is_period(sentence.text, one, other) for one, other in pairs)
    lasts = (
        (joined and _OF_COURSE.match(sentence.text, item.end))
        or _LASTS.search(lead)
        or shifted
        or (joined and (directly or _SHOWN.search(lead)))
    )
    if (shifted and joined) or not lasts or len(pairs) != 1:
        return
    one, other = sorted(pairs[0], key=lambda day: day.value) if shifted else pairs[0]
    readings = [reading for year in _years_of(paper, one, other) if (reading := _between(one, other, year))]
    held = _is_held(sentence.text, item, one, other) and not (one.is_part or other.is_part)
    if readings and held and all((end - begin).days + 1 != item.number for begin, end in readings):
        first, last = min(one.start, item.start), max(other.end, item.end)
        yield _found(paper, sentence, (first, last), stated=item.text, counted=_counted(item, *readings[0]))
        return
    far = shifted and readings and (readings[0][1] - readings[0][0]).days > _HALF_A_YEAR
    if (
        not readings
        or far
        or any(
            _fits(item, begin, end, is_part=one.is_part or other.is_part, is_year_told=bool(one.year))
            for begin, end in readings
        )
    ):
        return
    first, last = min(one.start, item.start), max(other.end, item.end)
    yield _found(paper, sentence, (first, last), stated=item.text, counted=_counted(item, *readings[0]))


def _years_of(paper: Paper, one: Day, other: Day) -> Sequence[int]:
    """Return the years that days without one may be of."""
    made = paper.document.date.year if paper.document.date else 2024
    return (one.year,) if one.year and other.year else (made - 1, made)


def _between(one: Day, other: Day, year: int) -> tuple[dt.date, dt.date] | None:
    try:
        begin = dt.date(one.year or year, one.month, one.day)
        end = dt.date(other.year or begin.year, other.month, other.day)
    except ValueError:
        return None
    return (begin, end) if begin <= end else None


def _is_held(text: str, item: Duration, one: Day, other: Day) -> bool:
    """Whether a meeting or a course is told by its first and last day, both of which count."""
    lead = text[max(0, item.start - _LONGEST_LEAD) : item.start]
    return bool(
        item.unit in {"天", "日"}
        and item.number <= _WORKING_WEEK * 5
        and _TO.match(text[one.end : other.start])
        and _HELD.search(text)
        and _HELD_FOR.search(lead)
        and not _SHOWN_PUBLIC.search(text)
    )


def _fits(item: Duration, begin: dt.date, end: dt.date, *, is_part: bool, is_year_told: bool) -> bool:
    """Whether a length may be that of a period, its first or last day left out or not; a month in part has no days."""
    days = (end - begin).days
    if item.unit == "工作日":
        worked = _worked(begin, end)
        slack = 0 if is_year_told else _WORKING_WEEK
        return is_part or -slack <= worked - item.number <= max(slack, 1)
    if item.unit in {"周", "星期"}:
        return is_part or abs(days + 2 - item.number * 7) <= _WORKING_WEEK
    if item.unit in {"年", "月"}:
        return _fits_months(item.number * (_MONTHS if item.unit == "年" else 1), begin, end, item, is_part=is_part)
    return is_part or abs(days - item.number) <= 1


def _fits_months(stated: float, begin: dt.date, end: dt.date, item: Duration, *, is_part: bool) -> bool:
    months = (end.year - begin.year) * _MONTHS + end.month - begin.month
    exact = months + (end.day + 1 - begin.day) / _DAYS_OF_MONTH
    even = abs(exact - round(exact / _MONTHS) * _MONTHS) < 0.12  # noqa: PLR2004 - two or three days
    whole = item.unit == "年" and exact // _MONTHS * _MONTHS == stated and not even
    if stated < 1:
        return abs((end - begin).days + 1 - stated * 30) <= 2  # noqa: PLR2004 - half a month
    return whole or (stated in {months, months + 1} if is_part else abs(exact - stated) < 0.12)  # noqa: PLR2004 - two or three days


def _worked(begin: dt.date, end: dt.date) -> int:
    return sum(is_workday(begin + dt.timedelta(days=at)) for at in range((end - begin).days + 1))


def _counted(item: Duration, begin: dt.date, end: dt.date) -> str:
    days = (end - begin).days + 1
    if item.unit == "工作日":
        return f"{_worked(begin, end)}个工作日"
    if item.unit not in {"年", "月"}:
        return f"{days}天"
    months = (end.year - begin.year) * _MONTHS + end.month - begin.month + (end.day >= begin.day)
    years, rest = divmod(months, _MONTHS)
    return f"{years}年{rest}个月" if years and rest else f"{years}年" if years else f"{rest}个月"


def _of_years(paper: Paper, sentence: Sentence, item: Duration) -> Iterator[Contradiction]:
    """Check 2019年至2023年连续五年."""
    spans = list(_YEARS.finditer(sentence.text))
    behind = bool(spans) and 0 <= item.start - spans[0].end() <= _NEAR_BEHIND
    if item.unit != "年" or len(spans) != 1 or not behind or not _LASTS.search(sentence.text[: item.start]):
        return
    years = int(spans[0][2]) - int(spans[0][1])
    in_a_row = _IN_A_ROW.search(sentence.text[: item.start])
    if years > 0 and item.number not in ({years + 1} if in_a_row else {years, years + 1}):
        span = (min(spans[0].start(), item.start), max(spans[0].end(), item.end))
        yield _found(paper, sentence, span, stated=item.text, counted=f"{years + 1}年")


def _of_term(paper: Paper, sentence: Sentence, item: Duration) -> Iterator[Contradiction]:
    """Check 20日内公开, 6月1日批复, 6月28日公开, 未超过时限."""
    days = [day for day in days_in(sentence.text) if day.exists and not day.is_part]
    if len(days) != _FROM_AND_TO or not _KEPT.search(sentence.text, item.end):
        return
    readings = [reading for year in _years_of(paper, *days) if (reading := _between(days[0], days[1], year))]
    for begin, end in readings[:1]:
        passed = _worked(begin, end) - 1 if item.unit == "工作日" else (end - begin).days
        if item.unit in {"工作日", "天", "日", "自然日"} and passed > item.number:
            unit = "个工作日" if item.unit == "工作日" else "天"
            yield _found(paper, sentence, (days[0].start, days[1].end), stated=item.text, counted=f"{passed}{unit}")


def _found(paper: Paper, sentence: Sentence, span: tuple[int, int], *, stated: str, counted: str) -> Contradiction:
    place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
    return paper.found("period-length", place, stated=stated, counted=counted)
