"""What years are called and the order they are told in: “上年”指2022年，“本年”指2023年, 2020年结转至2021年, 2016年第一次修订，2020年第二次修订."""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_Y = r"(?<![\d〔])(?:19|20)\d{2}"
_NAMED = re.compile(
    rf"(?:(?P<last>去年|上年度?)|(?P<now>今年|本年度?|报告年度)|(?P<next>明年|来年|下年度))(?:同期|[初末底])?[”\"]?(?:，?(?:即|系指|是指|指的?是?)|（即?)(?P<year>{_Y})年"
)
_STEPS = {"last": -1, "now": 0, "next": 1}
_CARRIED = re.compile(
    rf"(?P<one>{_Y})年(?:度|[底末])?）?[^，。；\d]{{0,8}}(?:结转|转结|转接|结存|延续|顺延|转|跨)(?:至|到|入)(?P<other>{_Y})年"
)
_EDITION = re.compile(
    rf"(?P<year>{_Y})年(?:\d{{1,2}}月)?(?![底末]?前)[^，。；、\d第首]{{0,10}}(?P<turn>首次|第(?P<number>[一二三四五六七八九十]{{1,2}}|\d{{1,2}})[次轮版])(?:制定|修[订正改]|印发|编制|改版|更新|升级|扩容|搬迁|调整|完善)"
)
_HISTORY = re.compile(rf"(?:{_Y}年[\u4e00-\u9fff“”]{{2,16}}[，、；]){{2,8}}{_Y}年[\u4e00-\u9fff“”]{{2,16}}")
_BEGUN = re.compile(r"\d{4}年[^，、；]{0,8}(?:成立|制定|建成|开通|创建|启动|试点|出台|上线|挂牌|立项|开工|组建|起草)")
_COMPARING = re.compile(r"较|比|增|减|上升|下降|持平|超|计划|目标|将")
_PLAN = re.compile(
    rf"(?:[一二三四五六七八九十]{{1,2}}、|（[一二三四五六七八九十\d]+）|\d{{1,2}}[.．、])?(?P<year>{_Y})年度?[^，。；：\d]{{0,10}}(?:打算|计划|安排|思路|要点|重点|展望|措施|目标)"
)
_WILL = re.compile(rf"(?:^|[。；])(?P<year>{_Y})年度?，[^，。；\d]{{0,12}}(?:将|拟|计划|力争|要)")
_LONGEST_GAP = 40


def check_called(paper: Paper) -> Iterator[Contradiction]:
    """Compare the years that every paragraph calls by a name, carries into one another or tells one after another."""
    for line in paper.lines:
        told = (*_names(line.text), *_carried(line.text), *_editions(line.text), *_history(line.text))
        for start, end, first, second, because in told:
            yield _found(paper, line, (start, end), first, second, because)
    for heading, line in pairwise(paper.lines):
        plan = _PLAN.fullmatch(heading.text)
        for match in _WILL.finditer(line.text) if plan else ():
            if plan and match["year"] < plan["year"]:
                yield _found(paper, line, match.span("year"), plan["year"], match["year"], "与标题的年度不符")


_Told = tuple[int, int, str, str, str]


def _names(text: str) -> Iterator[_Told]:
    """Check “上年”指2022年，“本年”指2021年: all names are given as seen from one year."""
    named = [(match, int(match["year"]) - _STEPS[_name(match)]) for match in _NAMED.finditer(text)]
    for (one, year), (other, seen) in pairwise(named):
        if year != seen and _name(one) != _name(other):
            yield one.start(), other.end(), one[0], other[0], "两处所说的年份对不上"


def _name(match: re.Match[str]) -> str:
    return next(name for name in _STEPS if match[name])


def _carried(text: str) -> Iterator[_Told]:
    """Check 2022年结转至2021年办理."""
    for match in _CARRIED.finditer(text):
        if match["one"] >= match["other"]:
            yield match.start(), match.end(), f"{match['one']}年", f"{match['other']}年", "只能结转到以后的年份"


def _editions(text: str) -> Iterator[_Told]:
    """Check 2016年第一次修订，2014年第二次修订."""
    for one, other in pairwise(_EDITION.finditer(text)):
        near = other.start() - one.end() <= _LONGEST_GAP and not re.search(r"[。；]", text[one.end() : other.start()])
        if near and _turn(one) < _turn(other) and one["year"] > other["year"]:
            yield one.start(), other.end(), f"{one['year']}年", f"{other['year']}年", "后一次的年份早于前一次"


def _turn(match: re.Match[str]) -> int:
    return chinese_number(match["number"]) or 0 if match["number"] else 0


def _history(text: str) -> Iterator[_Told]:
    """Check 2009年制定，2016年修订，2014年再修订，2024年废止: of three and more years told in turn, one that falls back."""
    for match in _HISTORY.finditer(text):
        years = re.findall(r"\d{4}", match[0])
        falls = [(one, other) for one, other in pairwise(years) if one > other]
        if len(falls) == 1 and _BEGUN.match(match[0]) and not _COMPARING.search(match[0]):
            yield match.start(), match.end(), f"{falls[0][0]}年", f"{falls[0][1]}年", "依次叙述的年份中有一个倒退"


def _found(paper: Paper, line: Sentence, span: tuple[int, int], first: str, second: str, because: str) -> Contradiction:
    place = paper.evidence(line.start + span[0], line.start + span[1])
    return paper.found("dates-out-of-order", place, first=first, second=second, because=because)
