"""What a report covers against the day it is made, and the year it is of: no figures of a time that is not over, none of another year."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.times.points import TO, Point, months_of, points_in

_Y = r"(?<![\d〔])(?P<year>(?:19|20)\d{2})年"
_SEASON = r"(?P<season>第?[一二三四1-4]季度|前[一二两三]个?季度|[上下]半年|(?:1[0-2]|[1-9])月份?(?![\d至到—-]))"
_TOLD = r"(?:情况|结果|总结|小结|通报|报告|数据|统计表|报表|考核|监测|分析)"
_OF_SEASON = re.compile(rf"{_Y}{_SEASON}[^，。；：\d]{{0,16}}{_TOLD}")
_OF_YEAR = re.compile(
    rf"{_Y}(?!\d)度?[^，。；：\d]{{0,16}}(?:年度报告|年报|统计表|报表|工作总结|年度总结|工作报告|自查报告|情况(?:的?报告|统计|通报|汇总))"
)
_ALL_YEAR = re.compile(rf"(?:^|[。；])\s*{_Y}度?，[^。]{{0,40}}?(?:全年|[共总累]计?[^。]{{0,12}}\d)")
_AHEAD = re.compile(r"计划|方案|安排|部署|通知|要点|目标|(?<!现)将|拟|召开|筹备|准备|编制工作|模板|格式|去年|上年")
_FIGURES_OF = re.compile(
    r"(?:统计|数据|填报|报告)的?(?:起止|截止|统计|报告)?(?:期限|时段|时间|期间|周期|区间|范围|日期|期)[^，。；\d]{0,4}|(?:数据|统计|情况)[^，。；\d]{0,8}截[至止]到?|(?:^|[，。；\n（])\s*截[至止]到?"
)
_DONE_BY_THEN = re.compile(r"[^。\n]{0,60}?(?:已|均|全部|[共累]计?[^。]{0,8}\d|数据|统计|到位)|[。）\n]|$")
_SIGNED = re.compile(
    r"(?:^|\n)[ \u3000]*(?P<open>（)?(?=(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?:印发|发布|公布|刊发|成文|编发|编印)?(?(open)）|[ \u3000]*(?:\n|$)))"
)
_LABELLED = re.compile(
    r"(?:填[报表]|制表|编制|成文|印发|发布|公布|上报|报出|签发|出具|撰写|定稿)的?(?:日期|时间)(?:[为是：]|[ \u3000])*$"
)
_PUBLISHED = re.compile(
    r"(?:报告|年报|通报|简报|报表|总结|统计表|白皮书|数据[^，。；\d]{0,30}|截[至止][^。；\n]{0,16}，)[^，。；\d《》]{0,6}(?:[于在]|，于)$"
)
_OUT = re.compile(r"[^，。；\d]{0,24}?(?:发布|公布|公开|印发|上报|报送|刊[登发]|发出|形成|定稿|上网)")
_PERIOD = re.compile(
    rf"(?P<one>(?:19|20)\d{{2}})年1月(?:1日)?起?(?:{TO})(?:(?P<other>(?:19|20)\d{{2}})年|当年|同年)?12月(?:31日|底|末)?"
)
_DEFINED = re.compile(
    r"(?P<year>(?:19|20)\d{2}年度?|本年度?|报告年度)[”\"]?[^。；，\d]{0,6}，?[均都]?[是系即]?(?:指|为)(?:的是)?[自从]?$"
)
_HEADING = re.compile(
    rf"{_Y}度?[^，。；：\d《》]{{0,20}}(?:年度报告|年报|统计表|总结|自查报告)(?!的?(?:通知|编制|格式|要求|模板))"
)
_OWN_FIGURES = re.compile(r"(?:统计|数据|填报)[^，。；\d]{0,14}(?:[自从为是：于]|截[至止]到?)?$")
_YEAR_END = re.compile(
    r"截[至止]到?(?P<year>(?:19|20)\d{2})年(?:12月(?:31日|底|末)|[底末])，?[^。；\d]{0,4}(?:本年度?|全年|今年|当年|年内)"
)
_DUE_FOR = re.compile(
    r"(?<!\d)(?P<when>(?:19|20)\d{2})年(?P<month>\d{1,2})月(?:\d{1,2}日|[上中下]旬|[底初末])?(?:之?前|以前)?[^。；《》\d]{0,20}?(?:报送|上报|提交|公[布开]|发布|完成|编制|印发|报)[^。；《》\d]{0,12}(?P<year>(?:19|20)\d{2})年(?:全年|年度|度)(?:[^，。；《》\d]{0,12}(?:数据|报告|年报|总结|报表|情况|决算)|决算)"
)
_OF_WHOLE_YEAR = re.compile(
    rf"{_Y}(?:年?度|全年)的?(?![^，。；\d]{{0,10}}(?:计划|预算|方案|目标|工作要点|部署|动员|启动))[^，。；\d]{{0,10}}(?:考核|考评|决算|总结|述职|测评|评议|评估|绩效评价|年报|年检|统计|账目|报告)[^，。；\d]{{0,8}}[于在](?P<when>(?:19|20)\d{{2}})年(?P<month>\d{{1,2}})月[^，。；]{{0,12}}(?:完成|结束|公布|公开|发布|收官|报送|上报|形成|出具|结清)"
)
_MONTHLY = re.compile(
    r"每月[^。；]{0,24}上个?月[^；]{0,40}?(?<!\d)(?P<of>\d{1,2})月份?[^。；\d]{0,20}(?<!\d)(?P<on>\d{1,2})月\d{1,2}日"
)
_LONGEST_PAPER, _NEAR, _YEAR = 500, 160, 12


@dataclass(frozen=True, slots=True)
class _Covered:
    """The last day of a time told of as over, as year, month and day, and where it is told."""

    last: tuple[int, int, int]
    start: int
    end: int


def check_covered(paper: Paper) -> Iterator[Contradiction]:
    """Compare the times that a text tells of as over with the day it is made, and the year of its figures with its own."""
    text = paper.plain.text
    issued = [point for point in points_in(text) if point.year and _is_issue(text, point)]
    covered = list(_covered(text)) if issued else []
    for made in issued:
        told = [
            item for item in covered if -_LONGEST_PAPER < item.start - made.start < 0 and _same_paper(text, item, made)
        ]
        late = [item for item in told if (made.year, made.month, made.first) < item.last]
        if late:
            item = late[-1]
            first, second = text[item.start : item.end].strip(), text[made.start : made.end]
            yield _found(paper, (item.start, made.end), first, second, "所说的时间还没有过完")
    yield from _years(paper, text)
    for match in (*_DUE_FOR.finditer(text), *_OF_WHOLE_YEAR.finditer(text)):
        if (int(match["when"]), int(match["month"])) < (int(match["year"]), _YEAR - (match.re is _OF_WHOLE_YEAR)):
            first, second = f"{match['when']}年{match['month']}月", f"{match['year']}年"
            yield _found(paper, match.span(), first, second, f"{second}还没有过完")
    for match in _MONTHLY.finditer(text):
        if (int(match["on"]) - int(match["of"])) % _YEAR != 1:
            first, second = f"{match['of']}月", f"{match['on']}月"
            yield _found(paper, match.span(), first, second, "不是次月")


def _is_issue(text: str, point: Point) -> bool:
    """Whether a day is that on which a text is made: signed with it, labelled as such or told as published then."""
    if not point.is_day:
        return False
    lead = text[max(0, point.start - _NEAR // 2) : point.start]
    signed = any(
        match.end() == point.start for match in _SIGNED.finditer(text, max(0, point.start - 4), point.end + 12)
    )
    return bool(signed or _LABELLED.search(lead) or (_PUBLISHED.search(lead) and _OUT.match(text, point.end)))


def _same_paper(text: str, item: _Covered, made: Point) -> bool:
    """Whether no other text is signed between what is told and the day."""
    between = text[item.end : made.start]
    return not _SIGNED.search(between) and not re.search(r"[一二三四五六七八九十]、[^\n]{2,20}\n", between)


def _covered(text: str) -> Iterator[_Covered]:
    for match in _OF_SEASON.finditer(text):
        if not _is_ahead(text, match):
            month = months_of(match["season"])[1]
            yield _Covered((int(match["year"]), month, 20), *match.span())
    for match in _OF_YEAR.finditer(text):
        if not _is_ahead(text, match) and not re.search(r"半年|季度", match[0]):
            yield _Covered((int(match["year"]), 11, 15), *match.span())
    for match in _ALL_YEAR.finditer(text):
        if not _AHEAD.search(match[0]):
            yield _Covered((int(match["year"]), 11, 15), match.start("year"), match.end())
    points = points_in(text)
    for match in _FIGURES_OF.finditer(text):
        ends = [point for point in points if match.end() <= point.start <= match.end() + 24]
        joined = (
            ends[1:2] if len(ends) > 1 and re.fullmatch(rf"起?{TO}", text[ends[0].end : ends[1].start]) else ends[:1]
        )
        for last in joined:
            told = not re.search(r"[，。；\n]", text[match.end() : last.start])
            labelled = re.search(r"统计|数据|填报", match[0]) or _DONE_BY_THEN.match(text, last.end)
            if told and last.year and labelled:
                day = min(last.last, calendar.monthrange(last.year, last.month)[1])
                yield _Covered((last.year, last.month, day), match.start(), last.end)


def _is_ahead(text: str, match: re.Match[str]) -> bool:
    clause = re.split(r"[，。；\n]", text[match.end() : match.end() + 24])[0]
    lead = re.split(r"[，。；\n]", text[max(0, match.start() - 16) : match.start()])[-1]
    return bool(_AHEAD.search(lead + match[0] + clause)) or text[match.end() : match.end() + 1] == "》"


def _years(paper: Paper, text: str) -> Iterator[Contradiction]:
    """Check 2020年…年度报告 with figures from 2021年1月1日 to 2021年12月31日 and 2019年度是指2018年1月1日至…."""
    headings = list(_HEADING.finditer(text))
    for match in _PERIOD.finditer(text):
        lead = re.split(r"[。；\n]", text[: match.start()][-_NEAR // 2 :])[-1]
        one, other = match["one"], match["other"] or match["one"]
        defined, own = _DEFINED.search(lead), _OWN_FIGURES.search(lead)
        above = _heading(headings, match.start()) if own else ""
        year = (re.sub(r"\D", "", defined["year"]) or other) if defined else above or (other if own else "")
        if year and {one, other} != {year} and one <= other:
            second = f"{one}年1月至{other}年12月"
            yield _found(paper, match.span(), f"{year}年度", second, "不是所说的年度")
    for match in _YEAR_END.finditer(text):
        year = _heading(headings, match.start())
        if year and match["year"] != year:
            yield _found(paper, match.span(), f"{year}年度", f"{match['year']}年", "不是所说的年度")


def _heading(headings: Sequence[re.Match[str]], place: int) -> str:
    """Return the year of the report told near before a place, if it is one year."""
    near = [match for match in headings if 0 <= place - match.end() <= _NEAR]
    years = {match["year"] for match in near}
    return years.pop() if len(years) == 1 and not _AHEAD.search(near[-1][0]) else ""


def _found(paper: Paper, span: tuple[int, int], first: str, second: str, because: str) -> Contradiction:
    return paper.found("dates-out-of-order", paper.evidence(*span), first=first, second=second, because=because)
