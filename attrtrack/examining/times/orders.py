"""Days out of order: a period that ends before it begins, a step before the one it follows, an earlier day told as the later."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.domain.evidence import Evidence
from attrtrack.examining.text.days import Day, days_in
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.text.tables import Cell, Table

_TO = re.compile(
    r"^(?:起|开始|启动|正式)?(?:施行|实施|执行)?(?:(?<=开始)[\u4e00-\u9fff]{1,8})?，?(?:持续|延续|有效期)?(?:至|到|—+|-+|~|－)(?:截止到?)?$"
    r"|^起[^，。；\d]{1,16}，[至到]$"
)
_HOURS = re.compile(r"止|(?:\d{1,2}|零|二十四|十[二七八])?[时点](?:整|\d{1,2}分)?|（[^（）]{1,6}）")
_BEFORE = re.compile(r"方案|部署|动员|收到|收件|受理|登记|接到|提出|提交|申请人?于|递交|启动|开始|立案|开工")
_AFTER = re.compile(r"答复|办结|作出|做出|送达|回复|办理完毕|结束|完成|结案|竣工")
_DONE_THEN = re.compile(r"不服|(?:答复|作出|做出|送达|完成|回复)的")
_COMPARED = re.compile(
    r"(?P<how>早于|先于|提前于|(?<![不最])晚于|(?<![不最])迟于|逾)(?!上|去年|往年|同期)[^，。；\d]{0,8}$"
)
_ALL_IN = re.compile(r"^[^。；\d]{1,24}，[^，。；\d]{0,4}(?:[均都皆仍已]|全部)已?(?:赶|抢)?在$")
_FROM_STEP_TO_STEP = re.compile(r"）(?:至|到)[^，。；、\d]{1,8}（")
_LIMIT = re.compile(r"(?:的?[^，。；\d]{0,8})(?:之前|以前|前|之内|以内)")
_EARLIER = frozenset({"早于", "先于", "提前于"})
_VALID = re.compile(r"(?:有效期|期限|任期|聘期|服务期)[^，。；\d]{0,6}(?:至|到)$")
_YEARS = re.compile(r"(?<![\d〔\-—])((?:19|20)\d{2})年?起?，?(?:至|到|—+|-|~|－)((?:19|20)\d{2})年")
_PARTS_OF_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})年第?(?P<one>[一二三四1-4]季度|[上下]半年)起?(?:至|到|—+|-|~|－)(?:((?:19|20)\d{2})年)?第?(?P<other>[一二三四1-4]季度|[上下]半年)"
)
_RANKS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 3}
_OVER_BEFORE = re.compile(
    r"((?:19|20)\d{2})年度?的?(?!计划|预算|目标|筹备|准备)[\u4e00-\u9fff]{2,10}?[已均]?[于在]((?:19|20)\d{2})年[^，。；]{0,8}(?:结束|完成|收官)"
)
_TOLD_TOO_SOON = re.compile(
    r"((?:19|20)\d{2})年[^，。；《》]{0,16}(?:(?<!半)(?:年度报告|年度总结|年报|决算)|(?<=\d年)度报告)》?(?:(?!编|工作|通知|格式)[^，。；《》\d]){0,8}[于在]((?:19|20)\d{2})年(\d{1,2})月[^，。；]{0,24}(?:公布|公开|发布|报送|上报|刊发)"
)
_DAYS_OF_MONTH = re.compile(r"\d{1,2}月(?P<one>\d{1,2})日?(?:至|到|—+|-|~|－)(?P<other>\d{1,2})日")
_MONTHS_OF_YEAR = re.compile(r"\d{4}年(?P<one>\d{1,2})月份?起?(?:至|到|—+|-|~|－)(?P<other>\d{1,2})月(?!\d)")
_LABELLED = re.compile(r"^[；，、][^；，。\d]{1,8}(?:日期|时间)：?$")
_MONTHS_IN_TURN = re.compile(r"(?:先后|依次|相继|陆续)[于在]?((?:\d{1,2}月(?:份)?[、和及与]){1,11}\d{1,2}月)")
_TITLE_YEAR = re.compile(r"((?:19|20)\d{2})年")
_BEGINS = re.compile(r"起|开始|启动|收到|收件|受理|申请|登记|立案|印发|发布")
_ENDS = re.compile(r"止|结束|截止|完成|答复|办结|回复|结案|送达|反馈")
_LAST_MONTH = 12


def check_orders(paper: Paper) -> Iterator[Contradiction]:
    """Compare the days, months and years that sentences and rows of tables put in an order."""
    year = _TITLE_YEAR.search(paper.document.title or "")
    for sentence in paper.sentences:
        yield from _days(paper, sentence, int(year[1]) if year else 0)
        yield from _years(paper, sentence)
        yield from _reports(paper, sentence)
        yield from _months(paper, sentence)
    for table in paper.tables:
        if not table.flat:
            yield from _columns(paper, table)


def _days(paper: Paper, sentence: Sentence, year: int) -> Iterator[Contradiction]:
    days = days_in(sentence.text)
    for index, (one, other) in enumerate(pairwise(days)):
        reason = _reason(sentence.text, one, other) or _outlived(sentence.text, days[: index + 1], other, year)
        if reason:
            yield _found(paper, sentence, one, other, because=reason)


def _reason(text: str, one: Day, other: Day) -> str:
    """Say why the second of two days cannot stand there, or nothing."""
    gap = text[one.end : other.start]
    if compared := _COMPARED.search(gap):
        wrong = one.after(other) if compared["how"] in _EARLIER else other.after(one)
        is_sort = re.match(r"[^，。；\d]{0,8}的(?:[，、]|一律|[均都将要应视按予])", text[other.end :])
        return f"与“{compared['how']}”不符" if wrong and not is_sort else ""
    if not one.after(other):
        return ""
    if _ALL_IN.search(gap) and _LIMIT.match(text, other.end):
        return "说是按期，完成的日期却在期限之后"
    if _TO.match(_HOURS.sub("", gap)) or _FROM_STEP_TO_STEP.fullmatch(gap):
        return "期间的终点早于起点"
    if ("；" not in gap or _LABELLED.match(gap)) and _BEFORE.search(_around(text, one)) and _is_step(text, one, other):
        return "后一步的日期早于前一步"
    return ""


def _is_step(text: str, one: Day, other: Day) -> bool:
    second = _around(text, other)
    return bool(_AFTER.search(second)) and not (_DONE_THEN.search(second) or _AFTER.search(_around(text, one)))


def _outlived(text: str, earlier: Sequence[Day], other: Day, year: int) -> str:
    """Say that something is over before it began: 有效期至 a day before one told earlier in the sentence."""
    if not _VALID.search(text[: other.start]):
        return ""
    began = [day if day.year else replace(day, year=year) for day in earlier]
    return "期限在开始之前就已届满" if any(day.year and day.after(other) for day in began) else ""


def _around(text: str, day: Day) -> str:
    """Return what a day belongs to: the words behind it up to the next comma or figure, and the few before."""
    behind = re.split(r"[，；。]|\d", text[day.end : day.end + 16])[0]
    before = re.split(r"[，；。]|\d", text[max(0, day.start - 8) : day.start])[-1]
    return before + behind


def _found(paper: Paper, sentence: Sentence, one: Day, other: Day, *, because: str) -> Contradiction:
    place = paper.evidence(sentence.start + one.start, sentence.start + other.end)
    first, second = sentence.text[one.start : one.end], sentence.text[other.start : other.end]
    return _told(paper, place, first, second, because=because)


def _told(paper: Paper, place: Evidence, first: str, second: str, *, because: str) -> Contradiction:
    return paper.found("dates-out-of-order", place, first=first, second=second, because=because)


def _years(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    for match in _YEARS.finditer(sentence.text):
        if int(match[1]) > int(match[2]):
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield _told(paper, place, match[1], match[2], because="期间的终点早于起点")
    for match in _OVER_BEFORE.finditer(sentence.text):
        if int(match[2]) < int(match[1]):
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield _told(paper, place, f"{match[1]}年", f"{match[2]}年", because="某年的事在更早的年份就已结束")
    for match in (*_DAYS_OF_MONTH.finditer(sentence.text), *_MONTHS_OF_YEAR.finditer(sentence.text)):
        if int(match["one"]) > int(match["other"]):
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield _told(paper, place, match["one"], match["other"], because="期间的终点早于起点")
    for match in _PARTS_OF_YEARS.finditer(sentence.text):
        begin = (int(match[1]), _rank(match["one"]))
        if begin > (int(match[3] or match[1]), _rank(match["other"])):
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield _told(paper, place, f"{match[1]}年{match['one']}", match["other"], because="期间的终点早于起点")


def _reports(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 《2022年……年度报告》于2023年1月20日公布: what tells of a year is out when the year is over."""
    for match in _TOLD_TOO_SOON.finditer(sentence.text):
        if (int(match[2]), int(match[3])) < (int(match[1]), _LAST_MONTH):
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield _told(
                paper, place, f"{match[1]}年", f"{match[2]}年{match[3]}月", because="一年的报告在这一年结束之前就已公布"
            )


def _rank(part: str) -> int:
    return _RANKS.get(part[0]) or int(part[0])


def _months(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    for match in _MONTHS_IN_TURN.finditer(sentence.text):
        months = [int(month) for month in re.findall(r"\d+", match[1])]
        for one, other in pairwise(months):
            if one > other:
                place = paper.evidence(sentence.start + match.start(1), sentence.start + match.end(1))
                yield _told(paper, place, f"{one}月", f"{other}月", because="与“先后”的次序不符")


_Dated = tuple[Cell, Day]


def _columns(paper: Paper, table: Table) -> Iterator[Contradiction]:
    """Compare two columns of days: the rows that turn their order round, when headings or most rows settle it."""
    dated = [{at: (cell, day) for at, cell in enumerate(row) if (day := _only_day(cell))} for row in table.rows]
    for left, right in combinations(sorted({at for row in dated for at in row}), 2):
        both = [(row[left], row[right]) for row in dated if left in row and right in row]
        wrong = [pair for pair in both if pair[0][1].after(pair[1][1])]
        if wrong and (len(wrong) * 3 <= len(both) or _is_period(table, left, right)):
            yield from (_row(paper, *pair) for pair in wrong)


def _only_day(cell: Cell) -> Day | None:
    days = days_in(cell.text)
    return days[0] if len(days) == 1 and days[0].end - days[0].start >= len(cell.text) - 1 else None


def _is_period(table: Table, left: int, right: int) -> bool:
    head = table.rows[0]
    named = len(head) > right
    return bool(named and _BEGINS.search(head[left].text) and _ENDS.search(head[right].text))


def _row(paper: Paper, one: _Dated, other: _Dated) -> Contradiction:
    return _told(paper, paper.quote(other[0].span), one[0].text, other[0].text, because="同一行中后一日期在前")
