"""Days that have a name, against the day told beside it: 国庆节当天（10月1日）, 三季度末（9月30日）, 年初（2月）, 周末两天, 全年366天."""

import calendar
import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.points import Point, months_of, points_in

_DAYS = {
    "元旦": (1, 1),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "消费者权益日": (3, 15),
    "国家安全教育日": (4, 15),
    "世界读书日": (4, 23),
    "劳动节": (5, 1),
    "五一": (5, 1),
    "青年节": (5, 4),
    "护士节": (5, 12),
    "防灾减灾日": (5, 12),
    "儿童节": (6, 1),
    "六一": (6, 1),
    "环境日": (6, 5),
    "国际档案日": (6, 9),
    "禁毒日": (6, 26),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "烈士纪念日": (9, 30),
    "国庆": (10, 1),
    "扶贫日": (10, 17),
    "消防日": (11, 9),
    "宪法日": (12, 4),
    "国家公祭日": (12, 13),
}
_NAMES = "|".join(sorted(_DAYS, key=len, reverse=True))
_ON_IT = re.compile(
    rf"(?P<name>{_NAMES})[”\"]?(?:节日?|国际[^，。；\d]{{0,6}}[节日]|儿童节|劳动节)?[”\"]?(?:当[天日]|(?P<eve>前[夕一][天日]?|来临之际|前)|(?P<after>后))?(?:（|[，]?即|[，]?也就是|的)[于在]?$"
)
_BEHIND = re.compile(
    rf"（?(?:是|为|正值|恰逢|适逢|逢)?(?:第[^，。；]{{1,5}}个)?(?:国家|国际|全国|世界)?“?(?P<name>{_NAMES})[”\"]?(?:节)?(?:当[天日]|）|[，。])"
)
_EDGE = re.compile(
    r"(?:(?P<season>第?[一二三四1-4]季度|[上下]半年)|(?P<year>(?<![半])年))(?P<edge>[初末底终])(?:，?即|（)[于在]?$"
)
_WEEKEND = re.compile(r"(?:周末|双休日)[^，。；\d]{0,8}（$")
_ALL_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d{2})年[^。；\d]{0,10}(?:全年|年内|一年)[^。；\d]{0,6}(?P<days>36[56])[天日]"
)
_FORTNIGHT, _EARLY, _LATE, _SATURDAY = 20, 4, 10, 5


def check_occasions(paper: Paper) -> Iterator[Contradiction]:
    """Compare the named days and edges of times in every sentence with the days told beside them."""
    for sentence in paper.sentences:
        for match in _ALL_YEAR.finditer(sentence.text):
            days = 366 if calendar.isleap(int(match["year"])) else 365
            if int(match["days"]) != days:
                place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                yield paper.found("period-length", place, stated=f"{match['days']}天", counted=f"{days}天")
        for point in points_in(sentence.text):
            lead = sentence.text[max(0, point.start - 24) : point.start]
            for told, because in (*_named(sentence.text, point, lead), *_edges(point, lead), *_weekend(point, lead)):
                yield _found(paper, sentence, point, told, because)


_Wrong = tuple[str, str]


def _named(text: str, point: Point, lead: str) -> Iterator[_Wrong]:
    """Check 国庆节当天（10月8日） and “六一”前夕，即6月10日."""
    if not point.is_day:
        return
    before, behind = _ON_IT.search(lead), _BEHIND.match(text, point.end)
    match = before or behind
    if match is None:
        return
    month, day = _DAYS[match["name"]]
    at, on = month * 31 + day, point.month * 31 + point.first
    if before and (before["eve"] or before["after"]):
        gone = (at - on if before["eve"] else on - at) % (12 * 31)
        if not 0 < gone <= _FORTNIGHT:
            yield match["name"], f"与“{match['name']}{before['eve'] or before['after']}”不符"
    elif at != on:
        yield match["name"], f"{match['name']}是{month}月{day}日"


def _edges(point: Point, lead: str) -> Iterator[_Wrong]:
    """Check 三季度末（8月31日） and 年初（8月）."""
    match = _EDGE.search(lead)
    if match is None:
        return
    is_end = match["edge"] != "初"
    if match["season"]:
        first, last = months_of(match["season"])
        if point.month != (last if is_end else first):
            yield match[0].strip("（，即"), f"{point.month}月不在{match['season']}{match['edge']}"
    elif point.month < _LATE if is_end else point.month > _EARLY:
        yield match[0].strip("（，即"), f"{point.month}月不是年{match['edge']}"


def _weekend(point: Point, lead: str) -> Iterator[_Wrong]:
    """Check 周末两天（2023年6月9日、10日）."""
    if _WEEKEND.search(lead) and point.is_day and point.year and point.begins().weekday() < _SATURDAY:
        yield "周末", f"这一天是星期{'一二三四五'[point.begins().weekday()]}"


def _found(paper: Paper, sentence: Sentence, point: Point, told: str, because: str) -> Contradiction:
    place = paper.evidence(sentence.start + point.start, sentence.start + point.end)
    second = sentence.text[point.start : point.end]
    return paper.found("dates-out-of-order", place, first=told, second=second, because=because)
