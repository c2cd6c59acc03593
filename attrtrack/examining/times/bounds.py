"""Days against what bounds them: the first and the last of several, the season they are counted in, a closing day, a check that saw them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.points import TO, Point, months_of, points_in

_BREAK = re.compile(r"[，。；：！？、\n]")
_ONE = r"(?:一?[条件次篇期家个场份批位封轮])"
_FIRST = re.compile(rf"最早|最先|最快|首{_ONE}|第一{_ONE}|时间最靠前")
_LAST = re.compile(rf"最[晚迟慢]|最后|末{_ONE}|最末|时间最靠后")
_LATEST = re.compile(r"最(?:近|新|后)(?:的?一[次条期篇]|更新|发布|信息|动态)")
_AS_OF = re.compile(r"截[至止]到?[^，。；\d]{0,4}$")
_CHECK = re.compile(r"检查|抽查|监测|巡查|读网|扫描|核查|普查|测评|暗访|评估")
_SEASON = re.compile(
    r"(?P<season>第?[一二三四1-4]季度|前[一二两三23]个?季度|[上下]半年|(?<!\d)(?:1[0-2]|[1-9])月份(?!以来))"
)
_COUNTED = re.compile(
    r"[^。；]{0,40}?(?:\d{1,3}|[一二两三四五六七八九十]{1,2})[次场期轮批个项件篇条份]|[^，。；\d]{0,14}(?:情况|动态|活动|大事记|台账|时间表)(?:如下)?(?=：)"
)
_NAMED = re.compile(r"[^，。；：\d]{0,14}(?:情况|检查|抽查|监测|动态)(?:如下)?：[^，。；\d]{0,4}$")
_OTHER_TIME = re.compile(
    r"[上下]半年|季度|去年|上年|次年|明年|截[至止]|将|拟|计划|预计|要求|此前|以来|整改|通报|印发|延[至期]|推迟|根据|依据|同比|反馈|公布结果"
)
_NOT_THEN = re.compile(r"[底末]?(?:之?前|以前|起|止|以来)")
_WHOLE_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?:度|全年|，|共|本|我|全)[^。；]{0,60}$")
_CUT = re.compile(r"(?:截止|截至|止于|为限|关闭|封口)")
_NO_MORE = re.compile(
    r"(?:此后|之后|其后|以后|逾期|过期|超过[^，。；]{0,6}|[^，。；]{0,4}后)[^。；]{0,16}?(?:不再?|一律不|概不|不予|均不)[^，。；]{0,4}(?:计|列入|纳入|算|受理|采集|认定|采用|采信|接收|统计)"
)
_TAKEN_IN = re.compile(
    r"[^。；]{0,30}?(?<![不未])(?:已|也|均|被|仍|予以)[经被]?(?:计入|计分|得分|纳入|列入|采信|采用|认定|受理|接收|统计在内|算作|予以受理)"
)
_KEPT = re.compile(r"提前|按期|按时|如期|期限内|时限内|规定时间内|无一(?:逾期|超期|迟报)|(?:没有|未)(?:逾期|超期|迟报)")
_BEGUN = re.compile(r"[^，。；\d]{0,8}(?:上线|开通|成立|启用|施行|实施|设立|开设|启动|建成|试行|运行)")
_MEANWHILE = re.compile(r"(?:[其此]间|期间|这段时间)(?:的)?[，于在]?$")
_DONE_BY_THEN = "截止的日期之后不会有已办的事"
_AGAIN = re.compile(
    rf"(?<!\d)(?P<one>\d{{1,2}})月份?{TO}(?P<other>\d{{1,2}})月(?!\d)[^。]{{1,40}}?[，；](?P<on>\d{{1,2}})月份?[又再还另]"
)
_HALF_A_YEAR, _LONGEST, _ANY_YEAR = 6, 140, 2023


def check_bounds(paper: Paper) -> Iterator[Contradiction]:
    """Compare the days of every paragraph with the bounds told for them."""
    for line in paper.lines:
        points = points_in(line.text)
        if not points:
            continue
        for told in (_extremes, _over_by_then, _cut_off, _kept, _in_season, _of_year, _meanwhile):
            for one, other, because in told(line.text, points):
                yield _found(paper, line, one, other, because)
        for match in _AGAIN.finditer(line.text):
            if int(match["one"]) <= int(match["on"]) <= int(match["other"]):
                again = next((point for point in points if point.start == match.start("on")), None)
                if again:
                    yield _found(paper, line, (match.start(), match.end("other")), again, "前面已经算过这个月")


_Wrong = tuple[tuple[int, int], Point, str]


def _lead(text: str, points: Sequence[Point], at: int) -> str:
    """Return the words before a point in its clause; those of the clause before where it stands alone."""
    begin = points[at - 1].end if at else 0
    clauses = _BREAK.split(text[begin : points[at].start])
    return clauses[-1] if len(clauses[-1]) > 1 or len(clauses) == 1 else clauses[-2][-12:] + clauses[-1]


def _is_after(one: Point, other: Point) -> bool:
    """Whether a point surely lies after another; far apart without a year they may be of two years."""
    if bool(one.year) != bool(other.year) or (not one.year and abs(one.month - other.month) > _HALF_A_YEAR):
        return False
    return one.begins(_ANY_YEAR) > other.ends(_ANY_YEAR)


def _extremes(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 最早的5月8日收到答复，最晚的5月3日收到答复."""
    leads = [_lead(text, points, at) for at in range(len(points))]
    for at, (one, other) in enumerate(pairwise(points)):
        gap = text[one.end : other.start]
        if "。" in gap or len(gap) > _LONGEST // 2:
            continue
        rising = _FIRST.search(leads[at]) and _LAST.search(leads[at + 1]) and _is_after(one, other)
        falling = _LAST.search(leads[at]) and _FIRST.search(leads[at + 1]) and _is_after(other, one)
        if rising or falling:
            yield (one.start, one.end), other, "最晚的日期早于最早的日期"


def _over_by_then(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 截至12月31日……最晚一件于次年2月18日答复, a column last updated after it was checked, 上线 with figures of before."""
    bound: Point | None = None
    because = ""
    for at, point in enumerate(points):
        lead = _lead(text, points, at)
        late = _LAST.search(lead) or _LATEST.search(lead) or (because == _DONE_BY_THEN and lead.startswith("其中"))
        if bound and late and _is_after(point, bound) and point.start - bound.end <= _LONGEST:
            yield (bound.start, bound.end), point, because
        bracketed = text[: point.start].endswith(("（截至", "（截止", "（截至到"))
        begun = [
            one
            for one in (points[:at] if bracketed else ())
            if one.is_day and one.year and _BEGUN.match(text, one.end) and "。" not in text[one.end : point.start]
        ]
        if begun and point.year and _is_after(begun[0], point):
            yield (begun[0].start, begun[0].end), point, "统计的时间早于开始的日期"
        rest = text[point.end : point.end + 14]
        closing = points[at + 1] if at + 1 < len(points) and _is_range(text, point, points[at + 1]) else None
        checked = not late and _CHECK.search(
            lead + _BREAK.split(text[(closing or point).end : (closing or point).end + 14])[0]
        )
        if _AS_OF.search(text[max(0, point.start - 10) : point.start]):
            bound, because = point, _DONE_BY_THEN
        elif closing and checked:
            bound, because = closing, "检查的时候还没有这一天"
        elif checked and not _NOT_THEN.match(rest) and point.is_day:
            bound, because = point, "检查的时候还没有这一天"


def _is_range(text: str, one: Point, other: Point) -> bool:
    return re.fullmatch(rf"起?{TO}", text[one.end : other.start]) is not None


def _cut_off(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 10月25日截止，此后一律不计分。10月28日补发的已计入得分."""
    for at, point in enumerate(points):
        near = text[max(0, point.start - 12) : point.start] + text[point.end : point.end + 6]
        closed = _NO_MORE.search(text, point.end, min(len(text), point.end + 48)) if _CUT.search(near) else None
        for later in points[at + 1 :] if closed else ():
            taken = later.start >= closed.end() and _TAKEN_IN.match(text, later.end) if closed else None
            if taken and _is_after(later, point):
                yield (point.start, point.end), later, "截止之后的却算在内"


def _kept(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 9月底以前完成，都提前交了，最晚的10月25日交齐."""
    due: Point | None = None
    for at, point in enumerate(points):
        lead = _lead(text, points, at)
        kept = due and _KEPT.search(text[due.end : point.end + 16])
        if due and kept and _LAST.search(lead) and _is_after(point, due) and point.start - due.end <= _LONGEST:
            yield (due.start, due.end), point, "说是按期，完成的日期却在期限之后"
        is_due = re.match(r"(?:之|以)?前|为限|截止", text[point.end :]) or re.search(
            r"(?:截止|不[晚迟]于|期限)[^，。；\d]{0,6}$", lead
        )
        due = point if is_due and not _LAST.search(lead) else due


def _in_season(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 上半年组织培训2次：2月22日……，8月17日…… and 第三季度检查情况：10月18日至22日."""
    seasons = list(_SEASON.finditer(text))
    for match in seasons:
        counted = _COUNTED.match(text, match.end())
        inside = [point for point in points if match.end() <= point.start <= match.end() + _LONGEST]
        if not inside or "。" in text[match.end() : inside[0].start] or ("月" in match["season"] and not counted):
            continue
        first, last = months_of(match["season"])
        between = text[match.end() : inside[0].start]
        alone = _NAMED.fullmatch(between)
        told: list[Point] = []
        for point in inside:
            gap = text[(told[-1].end if told else match.end()) : point.start]
            if "。" in gap or _OTHER_TIME.search(gap) or _NOT_THEN.match(text, point.end):
                break
            told.append(point)
        wrong = [point for point in told if not first <= point.month <= last]
        listed = len(told) > 1 and len(wrong) == 1 and len(told) > len(wrong)
        extreme = [
            point
            for point in told
            if point in wrong
            and (
                _LAST.search(_lead(text, points, points.index(point)))
                or _FIRST.search(_lead(text, points, points.index(point)))
            )
        ]
        if extreme and not _OTHER_TIME.search(between):
            yield (match.start(), match.end()), extreme[0], f"{extreme[0].month}月不在{match['season']}"
            continue
        if (listed and not _OTHER_TIME.search(between) and (wrong[0] is not told[0])) or (
            alone and wrong and wrong == told
        ):
            yield (match.start(), match.end()), wrong[0], f"{wrong[0].month}月不在{match['season']}"


def _of_year(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 2014年全年公开246条，最晚一条发布于次年1月9日."""
    for at, point in enumerate(points):
        lead = _lead(text, points, at)
        match = _WHOLE_YEAR.search(text, max(0, point.start - 80), point.start)
        if match and point.year and (_LAST.search(lead) or _FIRST.search(lead)):
            year = int(match["year"])
            if (
                point.year != year
                and re.search(r"公开|发布|印发|更新|推送|编发", match[0])
                and not _OTHER_TIME.search(text[match.end("year") : point.start])
            ):
                yield match.span("year"), point, f"不在{year}年"


def _meanwhile(text: str, points: Sequence[Point]) -> Iterator[_Wrong]:
    """Check 2月1日至15日停用，其间2月20日收到2件."""
    for begin, end, other in zip(points, points[1:], points[2:], strict=False):
        gap = text[end.end : other.start]
        if not _is_range(text, begin, end) or not _MEANWHILE.search(gap) or "。" in gap or "；" in gap:
            continue
        if _is_after(begin, other) or _is_after(other, end):
            yield (begin.start, end.end), other, "不在这一期间"


def _found(paper: Paper, line: Sentence, span: tuple[int, int], other: Point, because: str) -> Contradiction:
    place = paper.evidence(line.start + min(span[0], other.start), line.start + max(span[1], other.end))
    first, second = line.text[span[0] : span[1]], line.text[other.start : other.end]
    return paper.found("dates-out-of-order", place, first=first, second=second, because=because)
