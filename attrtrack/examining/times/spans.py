"""Lengths of time against the first and last point told: 为期3天的培训5月8日开班、5月10日结业, 从4月初到9月底用6个月, 满一年, 26小时."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.clock import Time, times_in
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.durations import Duration, durations_in
from attrtrack.examining.times.points import TO, Point, points_in
from attrtrack.rules.workdays import is_workday

_JOINED = re.compile(
    rf"[日号]?(?:[（〔][^（）]*[）〕])?(?:起|开始|启动)?(?:正式|全面|开始)?(?:施行|实施|执行|试行|计算|算)?，?(?:一?直?持?延?续?)?{TO}"
)
_SINCE = re.compile(r"[自从由][^，。；\d]{0,4}$")
_BEGUN = re.compile(
    r"[^，。；\d]{0,12}?(?:起|开始|启动|启用|开[班幕展工通课业放设馆机栏办建]|上线|施行|实施|试行|执行|生效|挂牌|成立|算起|动工|进场|报到|推行|运行|投用|创办|设立|停[机水电]|闭馆)"
)
_UNTIL = re.compile(r"(?:至|到|截[至止]|延续到|持续到)$")
_ENDED = re.compile(
    r"[^，。；\d]{0,8}?(?:止|结束|截止|届满|期满|到期|已?满|结业|结课|闭幕|闭[展馆]|撤展|收官|完成|完毕|完工|竣工|失效|为限|上线|投用|启用|验收|交付|建成|恢复|关闭|离会|离开)"
)
_TOLD_OF_IT = re.compile(
    r"(?:为期|历时|历经|共计?|总计|合计|总共|[期限时长段]|时间|持续|延续|连续|坚持|长达|前后|跨度|跨越|整整|已?满|正好|刚好|恰好|利用|用了?|，|（|的|这)[为是了达有]?[^，。；：\d]{0,3}$"
)
_OF_OTHERS = re.compile(
    r"(?:提前|推迟|延后|顺延|超期|逾期|间隔|首尾|每[周月年季天日隔][^，。；\d]{0,6}|前|近|过去|未来|[再又另]|(?:法定|规定|承诺|答复|办理)(?:期限|时限|时间)[^，。；\d]{0,3})$"
)
_NOT_OF_IT = re.compile(r"(?:之|以)?[后前内]|以[上下]|左右|一[次轮期]|的?(?:计划|规划|任期|任务|目标)")
_STRICT = re.compile(r"[共计满]|为期|整|[^日周]期[限为是]?|正好|恰好|刚好")
_BRACKETED = re.compile(r"（[^（）]*）")
_OF_ANOTHER = re.compile(
    r"(?:首尾|延期|延长|扣除|原来的|缩短[到至]?|压缩[到至]?|符合|少于|征求意见的|[期时]限[为是]?|公告期限|公示期限|法定[^，。；\d]{0,6}|规定[^，。；\d]{0,6}|每[周月年季天日][^，。；\d]{0,6}|[再又另]|[前近过未]去?|这一|[、和])$"
)
_NO_LENGTH = re.compile(
    r"一?个?周[一二三四五六日末]|\d{1,2}日(?!内)|一[年天日周月]|半[年天月]|[一二三四五六七八九十\d]+(?:年|天|日|周|个月)[里来中以会]"
)
_REQUIRED = re.compile(r"[之以]?[后前]|的?(?:要求|规定|时限|期限|法定|征求)")
_FEW, _NEAR, _TWO = 3, 70, 2
_LONGEST_GAP, _BEFORE, _BEHIND, _YEAR, _DAYS = 44, 36, 36, 12, 30.4
_ANY_YEAR, _SLACK, _THIRD, _MONTH, _HALF_A_YEAR, _HOUR = 2023, 0.12, 0.4, 31, 6, 60


def check_spans(paper: Paper) -> Iterator[Contradiction]:
    """Compare every length told of a time with the two points between which it runs."""
    for sentence in paper.sentences:
        pairs = [pair for pair in pairwise(points_in(sentence.text)) if _is_span(sentence.text, *pair)]
        lengths = list(durations_in(sentence.text)) if pairs else []
        for item in lengths:
            beside = [pair for pair in pairs if _is_told_of(sentence.text, item, *pair)]
            if len(beside) == 1 and (counted := _counted(sentence.text, item, *beside[0])):
                (one, other), _ = beside[0], item
                span = min(one.start, item.start), max(other.end, item.end)
                yield _found(paper, sentence, span, item.text, counted)
        yield from _hours(paper, sentence)
        yield from _unborne(paper, sentence)


def _is_span(text: str, one: Point, other: Point) -> bool:
    """Whether two points are told as the first and the last of a time."""
    gap = _BRACKETED.sub("", text[one.end : other.start])
    if len(gap) > _LONGEST_GAP or re.search(r"[。；]", gap):
        return False
    begun = _SINCE.search(text[max(0, one.start - 8) : one.start]) or _BEGUN.match(gap)
    ended = _UNTIL.search(gap) or _ENDED.match(text, other.end)
    return bool(_JOINED.fullmatch(gap) or (begun and ended))


def _is_told_of(text: str, item: Duration, one: Point, other: Point) -> bool:
    """Whether a length is told of the time between two points: before, between or behind them, in no other clause."""
    lead = text[max(0, item.start - _BEHIND) : item.start]
    if item.text.endswith("日") and lead.endswith(("，", "、", "；", "和", "及")):
        return False
    if item.is_term or item.unit in {"小时", "分钟"} or _OF_OTHERS.search(lead) or _NOT_OF_IT.match(text, item.end):
        return False
    if item.start >= other.end:
        gap = text[other.end : item.start]
        near = len(gap) <= _BEHIND and not re.search(r"[。；]", gap) and not points_in(gap)
    elif item.end <= one.start:
        gap = text[item.end : one.start]
        near = len(gap) <= _BEFORE and not re.search(r"[。；]", gap) and not points_in(gap)
    else:
        near = one.end <= item.start
    return near and bool(_TOLD_OF_IT.search(lead) or text[item.end : item.end + 1] in set("间来里中"))


def _counted(text: str, item: Duration, one: Point, other: Point) -> str:
    """Return how long the time is if that is not what is told, else nothing."""
    begin, end = one.begins(_ANY_YEAR), other.ends(_ANY_YEAR)
    if end < begin and not (one.year and other.year):
        end = end.replace(year=end.year + 1)
    if end < begin or bool(one.year) != bool(other.year):
        return ""
    strict = bool(_STRICT.search(text[max(0, item.start - 6) : item.start]))
    if item.unit in {"年", "月"}:
        return _counted_months(item, one, other, (end.year - begin.year) * _YEAR, strict=strict)
    if not (one.is_day and other.is_day):
        return ""
    days = (end - begin).days
    if item.unit == "工作日":
        worked = sum(is_workday(begin + dt.timedelta(days=at)) for at in range(days + 1))
        return "" if not one.year or worked - item.number in {0, 1} else f"{worked}个工作日"
    if item.unit in {"周", "星期"}:
        return "" if item.number * 7 - 4 <= days <= item.number * 7 + 1 else f"{days + 1}天"
    inclusive = strict and _JOINED.fullmatch(_BRACKETED.sub("", text[one.end : other.start]))
    shown = re.search(r"公示|公告|征[求集]", text)
    return "" if item.number in ({days + 1} if inclusive and not shown else {days, days + 1}) else f"{days + 1}天"


def _counted_months(item: Duration, one: Point, other: Point, months: int, *, strict: bool) -> str:
    """Return the months between two points unless the length told fits: by whole months, by thirds of them or to the day."""
    stated = item.number * (_YEAR if item.unit == "年" else 1)
    apart = months + other.month - one.month
    if stated < 1 or apart < 0:
        return ""
    if one.kind == other.kind == "month":
        fits = stated in {apart, apart + 1}
    else:
        exact = apart + (other.last + 1 - one.first) / 31
        fits = abs(exact - stated) <= (_SLACK if one.is_day and other.is_day else _THIRD)
        fits = fits or (item.unit == "年" and not strict and exact // _YEAR * _YEAR == stated)
    if item.unit == "年" and not (one.is_day and other.is_day):
        fits = fits or abs(apart + 1 - stated) <= (1 if item.number % 1 else _YEAR // 4)
    return "" if fits else f"{apart + (other.last + 1 > one.first)}个月"


def _unborne(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Report the one length of a sentence that no two of its few points lie apart, however it is told."""
    text, points = sentence.text, points_in(sentence.text)
    lengths = [item for item in durations_in(text) if not item.is_term and item.unit not in {"小时", "分钟"}]
    if not 1 < len(points) <= _FEW or len(lengths) != 1 or "；" in text:
        return
    item = lengths[0]
    near = [point for point in points if abs(point.start - item.start) <= _NEAR]
    if len(near) < _TWO or len({bool(point.year) for point in points}) > 1 or not _may_be_length(text, item, points):
        return
    apart = [_apart(one, two) for one, two in combinations(near, 2)]
    if not any(_may_be(item, begin, end, loose) for begin, end, loose in apart):
        span = min(near[0].start, item.start), max(near[-1].end, item.end)
        yield _found(paper, sentence, span, item.text, f"{(apart[0][1] - apart[0][0]).days}天")


def _may_be_length(text: str, item: Duration, points: Sequence[Point]) -> bool:
    """Whether a length is told of what happened: not of a rule, not of another time, and no day of the month."""
    lead = text[max(0, item.start - _BEHIND) : item.start]
    other = _OF_ANOTHER.search(lead) or _NO_LENGTH.match(text, item.start) or _REQUIRED.match(text, item.end)
    inside = any(one.start <= item.start < one.end for one in points)
    return not other and not inside and (item.unit not in {"月", "年"} or _TOLD_OF_IT.search(lead) is not None)


def _apart(one: Point, other: Point) -> tuple[dt.date, dt.date, bool]:
    """Return two points as days in their order, and whether one of them is more than a day."""
    first, last = sorted((one, other), key=lambda point: point.begins(_ANY_YEAR))
    return first.begins(_ANY_YEAR), last.ends(_ANY_YEAR), not (one.is_day and other.is_day)


def _may_be(item: Duration, begin: dt.date, end: dt.date, loose: bool) -> bool:  # noqa: FBT001 - as it comes
    """Whether a length may be that from one day to another, by the widest way of counting."""
    days = (end - begin).days
    if item.unit in {"天", "日", "自然日", "日历天", "日历日"}:
        return item.number in {days, days + 1} or (loose and days - _MONTH <= item.number <= days + 1)
    if item.unit in {"周", "星期"}:
        return loose or item.number * 7 - 3 <= days <= item.number * 7 + 1
    if item.unit in {"月", "年"}:
        months, stated = days / _DAYS, item.number * (_YEAR if item.unit == "年" else 1)
        return abs(months - stated) <= (_HALF_A_YEAR if stated >= _YEAR and item.unit == "年" else 0.6 + loose)
    if item.unit == "工作日":
        years = (begin.year,) if begin.year != _ANY_YEAR else range(2018, 2026)
        counts = [_worked(begin, end, year) for year in years]
        return loose or any(item.number - 1 <= count <= item.number + 1 for count in counts)
    return True


def _worked(begin: dt.date, end: dt.date, year: int) -> int:
    first, days = begin + dt.timedelta(days=round((year - begin.year) * 365.25)), (end - begin).days
    return sum(is_workday(first + dt.timedelta(days=at)) for at in range(days + 1))


def _hours(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 7月5日8时接报，7月6日10时处置完毕，历时26小时: hours told with their days."""
    times = list(times_in(sentence.text))
    dated = [(day, time) for day in points_in(sentence.text) for time in times[:3] if _is_of_day(day, time)]
    if len(dated) != _TWO or len(times) != len(dated):
        return
    (one, first), (other, second) = dated
    days = (other.ends(_ANY_YEAR) - one.begins(_ANY_YEAR)).days
    passed = days * 24 * 60 + second.minutes - first.minutes
    for item in durations_in(sentence.text):
        stated = item.number * 60 + item.minutes
        apart = "；" in sentence.text[second.end : item.start] or item.start < second.end
        if item.unit != "小时" or item.is_term or apart or days <= 0 or passed <= 0:
            continue
        if _TOLD_OF_IT.search(sentence.text[: item.start]) and abs(passed - stated) >= _HOUR:
            yield _found(paper, sentence, (one.start, item.end), item.text, f"{passed // 60}小时")


def _is_of_day(day: Point, time: Time) -> bool:
    return day.is_day and 0 <= time.start - day.end <= _TWO


def _found(paper: Paper, sentence: Sentence, span: Sequence[int], stated: str, counted: str) -> Contradiction:
    place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
    return paper.found("period-length", place, stated=stated, counted=counted)
