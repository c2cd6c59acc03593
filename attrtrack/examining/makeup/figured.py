"""Figures in the titles of a list against those of the body: another year, count or span of months with the same words."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.makeup.around import Around, around, body_of
from attrtrack.examining.makeup.enclosed import Enclosed, listings_of
from attrtrack.examining.text.figures import UNITS
from attrtrack.examining.text.paper import Paper

_FIGURE = re.compile(rf"(?P<number>\d{{1,4}})(?P<unit>年度?|{UNITS})(?P<words>[\u4e00-\u9fff]{{4,}})")
_MONTHS = re.compile(
    r"(?P<from>\d{1,2})月?[—～~至到－-](?P<to>\d{1,2})月|(?P<half>[上下]半年)|第?(?P<quarter>[一二三四])季度"
)
_OF = re.compile(rf"(?P<words>[\u4e00-\u9fff]{{2,8}})(?P<number>\d{{1,4}})(?P<unit>{UNITS})")
_TURN = re.compile(r"第(?P<number>[一二三四五六七八九十\d]{1,2})(?P<unit>[批次期轮届])(?P<words>[\u4e00-\u9fff]{4,})")
_ISSUED = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{2,10})〔(?P<year>\d{4})〕(?P<serial>\d{1,4})号")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:年(?!\d{1,2}月\d{1,2}日)|(?=版))")
ABOLISHED = r"(?:现?[已予即]|同时|一并|随之|即行|自[^，。；]{2,12}起)*(?:停止使用|停止执行|停用|废止|作废|失效|不再[使适]?用|不再执行)"
_BOUND = re.compile(r"\d+(?:\.\d+)?(?:%|％|分|[个项件条户家人名万元天日次]+)?[（(]?[含不]*[）)]?以[上下内外]")
_DAY = re.compile(r"(?P<words>[\u4e00-\u9fff]{2,4})[为是：]?(?P<day>\d{1,2}月\d{1,2}日)")
_IN_BRACKETS = re.compile(rf"（共?(?P<number>\d{{1,4}})(?P<unit>{UNITS})）")
_LEAST_OF_YEAR, _LEAST_OF_COUNT = 6, 4


def check_figured(paper: Paper) -> Iterator[Contradiction]:
    """Compare the figures of each title with those that the body tells with the same words."""
    groups = listings_of(paper)
    if not groups:
        return
    items = groups[0].items
    text = "\n".join(sentence.text for sentence in body_of(paper, groups))
    mentions = list(around(paper, groups))
    for item in items:
        told = [one for one in mentions if (one.kind, one.number) == (item.kind, item.number)]
        title = (
            _told_otherwise(item, text)
            or _of_other_months(item, told)
            or _of_other_year(item, items, text)
            or _of_other_day(item, text)
            or _of_year_told(item, told, text)
            or _of_other_count(item, text)
            or _abolished(item, text)
            or _of_other_bound(item, told or (mentions if len(items) == 1 else ()))
        )
        if title and (told or item.end):
            yield paper.found(
                "attachment-name",
                *(
                    [paper.evidence(one.sentence.start + one.start, one.sentence.start + one.end) for one in told[:1]]
                    or item.quoted(paper)
                ),
                number=item.number or "",
                named=item.title,
                title=title,
            )


def _told_otherwise(item: Enclosed, text: str) -> str:
    """Check 18项公共服务事项 in the body against 16项公共服务事项办事指南: nowhere is the figure of the title told."""
    for figure in _FIGURE.finditer(item.title):
        unit, least = figure["unit"][:1], _LEAST_OF_YEAR if figure["unit"].startswith("年") else _LEAST_OF_COUNT
        words = figure["words"]
        if len(words) < least or re.search(rf"(?<!\d){figure['number']}{unit}", text):
            continue
        told = re.search(rf"(?<!\d)\d{{1,4}}{unit}度?{re.escape(words[:least])}", text)
        if told:
            return told[0]
    for figure in _OF.finditer(item.title):
        figures = re.findall(rf"{figure['words']}[共有为计收录]{{0,2}}(\d{{1,4}}){figure['unit']}", text)
        if figures and figure["number"] not in figures:
            return f"{figure['words']}{figures[0]}{figure['unit']}"
    for issued in _ISSUED.finditer(item.title):
        numbers = [one for one in _ISSUED.finditer(text) if one["issuer"].endswith(issued["issuer"])]
        if len(numbers) == 1 and numbers[0].group("year", "serial") != issued.group("year", "serial"):
            return numbers[0][0]
    for turn in _TURN.finditer(item.title):
        told = re.search(rf"第[一二三四五六七八九十\d]{{1,2}}{turn['unit']}{turn['words'][:_LEAST_OF_COUNT]}", text)
        if told and f"第{turn['number']}{turn['unit']}" not in text:
            return told[0]
    return ""


def _of_other_months(item: Enclosed, told: Sequence[Around]) -> str:
    """Check 7—12月见附表2 against 附表2：1—12月更新量对比."""
    own = {match.groups() for match in _MONTHS.finditer(item.title)}
    for one in told if len(own) == 1 else ():
        said = list(_MONTHS.finditer(re.split("[，；：]", one.lead.rstrip("（，"))[-1]))
        if len(said) == 1 and not own & {match.groups() for match in said} and _is_like(said[0], own):
            return said[0][0]
    return ""


def _is_like(said: re.Match[str], own: set[tuple[str, ...]]) -> bool:
    """Whether both are spans of months, halves or quarters."""
    return all([bool(one) for one in said.groups()] == [bool(one) for one in other] for other in own)


def _of_other_year(item: Enclosed, items: Sequence[Enclosed], text: str) -> str:
    """Check 2022年度实施方案及评分标准 above 2022年度实施方案 and 2021年度评分标准: only one title has a year that nobody else tells."""
    own = {match["year"] for match in _YEAR.finditer(item.title)}
    others = [{match["year"] for match in _YEAR.finditer(one.title)} for one in items if one is not item]
    told = {match["year"] for match in _YEAR.finditer(text)}
    if len(own) != 1 or own & told or not told or any(own & years for years in others) or re.search(ABOLISHED, text):
        return ""
    same = set.union(*others) if others else set()
    return f"{min(told)}年" if len(told) == 1 and (not others or same == told) and _dated(text) == told else ""


def _dated(text: str) -> set[str]:
    """Return the years that the body tells in any way."""
    return set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?=[年版])", text))


def _abolished(item: Enclosed, text: str) -> str:
    """Check 原《指标（2018年版）》停止使用 and 原2018年的名单作废 above a list that has just that edition."""
    title = item.title.strip("《》")
    years = {match["year"] for match in _YEAR.finditer(title)}
    forms = [
        rf"{re.escape(title)}[》）]*{ABOLISHED}",
        *(rf"[原旧]的?{year}年[^，。；]{{0,12}}?{ABOLISHED}" for year in years),
    ]
    found = (re.search(form, text) for form in forms)
    return next((str(match[0]) for match in found if match), "")


def _of_other_bound(item: Enclosed, told: Sequence[Around]) -> str:
    """Check 80分以下的6个（名单附后） against 90分以上单位名单: the bound of the title is told of others in the same sentence."""
    own = _BOUND.findall(item.title)
    for one in told if len(own) == 1 else ():
        near = _BOUND.findall(re.split("[，；]", one.lead.rstrip("（，"))[-1])
        if len(near) == 1 and near != own and str(own[0]) in one.lead:
            return str(near[0])
    return ""


def _of_other_day(item: Enclosed, text: str) -> str:
    """Check 检测日期为9月13日 against 检测报告（检测日期9月3日）: the words before the day are the same."""
    for own in _DAY.finditer(item.title):
        told = re.findall(rf"{own['words']}[为是：]?(?:\d{{4}}年)?(\d{{1,2}}月\d{{1,2}}日)", text)
        if told and own["day"] not in text:
            return f"{own['words']}{told[0]}"
    return ""


def _of_year_told(item: Enclosed, told: Sequence[Around], text: str) -> str:
    """Check 2015年的在附表2 against 附表2：2016年数据: the body does not know the year of the title."""
    own = {match["year"] for match in _YEAR.finditer(item.title)}
    for one in told if len(own) == 1 and not own & _dated(text) and not re.search(ABOLISHED, text) else ():
        years = re.findall(r"((?:19|20)\d{2})年(?:度的?|的)", re.split("[，；：]", one.lead.rstrip("（，"))[-1])
        if len(years) == 1:
            return f"{years[0]}年"
    return ""


def _of_other_count(item: Enclosed, text: str) -> str:
    """Check 取消12项、下放25项 against 取消事项（13项）: what the title begins with is counted otherwise."""
    own = _IN_BRACKETS.search(item.title)
    head = re.match(r"[\u4e00-\u9fff]{2}", item.title)
    if own is None or head is None:
        return ""
    told = set(re.findall(rf"{head[0]}了?(\d{{1,4}}){own['unit']}", text))
    return f"{head[0]}{min(told)}{own['unit']}" if len(told) == 1 and own["number"] not in told else ""
