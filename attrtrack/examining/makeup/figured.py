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
        title = _told_otherwise(item, text) or _of_other_months(item, told)
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
