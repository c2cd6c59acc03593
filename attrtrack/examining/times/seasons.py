"""Days against what is said of their time: the quarter or half-year, the year in a document's number, the day something was due."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.domain.evidence import Evidence
from attrtrack.examining.text.days import Day, days_in
from attrtrack.examining.text.paper import Paper, Sentence

_SEASON = r"(?P<season>第?[一二三四1-4]季度|[上下]半年)"
_BEFORE = re.compile(
    rf"{_SEASON}(?:[初中末底]|伊始|之?[初末])?(?:（|，?即|[，：]|的)?(?:(?<!的)于|(?<!的)在|具体[为是])?$"
)
_BEHIND = re.compile(
    rf"^(?:（|，?即|，?(?:属|处)于?)(?:属于?|为|是)?(?:当年|今年|年内|我[市县区局])?{_SEASON}(?!工作|的?计划)"
)
_OPENING = re.compile(rf"(?:今年|当年|(?:19|20)\d{{2}}年)?{_SEASON}，")
_NOT_DONE = re.compile(r"[底末]?(?:之?前|以前|起|止|至|到|—|的)")
_DONE_ON = re.compile(r"[于在、和及与]$")
_AHEAD = re.compile(r"截[至止]|根据|按照|依据|拟|将|计划|预计|定于|[上下]半年|季度|；|此前|以来|去年|上年|次年|明年")
_MONTHS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12), "上": (1, 6), "下": (7, 12)}
_NUMBER = re.compile(r"〔(?P<year>(?:19|20)\d{2})〕\d{1,4}号")
_TITLE = re.compile(r"《[^《》]*》")
_ISSUED = re.compile(r"印发|下发|出台|发布|制发|制定|公布|发文|行文|成文|签发|签署")
_DUE = re.compile(r"^(?:[底末])?(?:之?前|以前|为限|截止)")
_DUE_BEFORE = re.compile(r"(?:截止|截至|不[晚迟]于|最[晚迟]|限期?|期限)[\u4e00-\u9fff]{0,6}$")
_IN_TIME = re.compile(r"按期|按时|如期|提前|及时|期限内|时限内|限期内")
_DONE = re.compile(r"完成|办结|上线|报送|公[开布]|提交|整改|答复|销号|完工|交付|上报|关停|印发")
_DEMANDED = re.compile(
    r"(?:印发|下发|发出|转发|通知|部署|召开|下达|交办|转办|发函)[^。；]*(?:要求|须|应|务必|确保|限|责令)"
    r"|^(?:印发|下发|发出|下达|交办)[^。；，\d]*(?:通知|清单|函|单)，[^。；，\d]*于$"
)
_EFFECT = re.compile(r"^起?(?:正式|开始)?(?:施行|实施|执行|生效)")
_WORK_OF = re.compile(
    rf"(?:^|[，。；])(?:今年|当年|本年度?|(?:19|20)\d{{2}}年)?{_SEASON}的?(?P<work>[^，。；：\d]{{2,16}})[于在]$"
)
_NOT_WORK = re.compile(r"计划|方案|预算|安排|通知|部署|要点|任务|目标|准备|资金")
_OVER = re.compile(r"^[^，。；\d]{0,6}(?:完成|结束|收官|完毕|办结|张贴|上墙|公布|发布|公开|通报)")
_LONGEST_GAP = 40
_JANUARY, _YEAR, _REPORTED, _QUARTER = 1, 12, 1, 3


def check_seasons(paper: Paper) -> Iterator[Contradiction]:
    """Compare the days of every sentence with the season, number and term told with them."""
    for sentence in paper.sentences:
        days = [day for day in days_in(sentence.text) if day.exists]
        for day in days:
            yield from _season(paper, sentence, day)
            yield from _opened(paper, sentence, day)
            yield from _over(paper, sentence, day)
        yield from _numbers(paper, sentence, days)
        yield from _terms(paper, sentence, days)
        yield from _demands(paper, sentence, days)
        yield from _effects(paper, sentence, days)


def _season(paper: Paper, sentence: Sentence, day: Day) -> Iterator[Contradiction]:
    """Check 第三季度（6月13日）and 8月20日（上半年）."""
    before, behind = _BEFORE.search(sentence.text[: day.start]), _BEHIND.match(sentence.text[day.end :])
    match = before or behind
    if match is None:
        return
    first, last = _MONTHS[_rank(match["season"])]
    if not first <= day.month <= last:
        start = before.start("season") if before else day.start
        end = day.end if before else day.end + match.end("season")
        told = sentence.text[day.start : day.end]
        place = paper.evidence(sentence.start + start, sentence.start + end)
        yield _told(paper, place, match["season"], told, because=f"{told}不在{match['season']}")


def _opened(paper: Paper, sentence: Sentence, day: Day) -> Iterator[Contradiction]:
    """Check 上半年，……于2月7日、8月16日……: what a sentence that opens with a season tells of was done in it, or reported the month after."""
    match = _OPENING.match(sentence.text)
    gap = sentence.text[match.end() : day.start] if match else ""
    if match is None or not _DONE_ON.search(gap) or _AHEAD.search(gap) or _NOT_DONE.match(sentence.text[day.end :]):
        return
    first, last = _MONTHS[_rank(match["season"])]
    if (day.month - first) % _YEAR > last - first + _REPORTED:
        told = sentence.text[day.start : day.end]
        place = paper.evidence(sentence.start + match.start("season"), sentence.start + day.end)
        yield _told(paper, place, match["season"], told, because=f"{told}不在{match['season']}")


def _over(paper: Paper, sentence: Sentence, day: Day) -> Iterator[Contradiction]:
    """Check 四季度抽查于9月19日完成: the work of a season is not over before it begins; the spring after may still close it."""
    match = _WORK_OF.search(sentence.text[: day.start])
    if match is None or _NOT_WORK.search(match["work"]) or not _OVER.match(sentence.text[day.end :]):
        return
    first, last = _MONTHS[_rank(match["season"])]
    if day.month < first and not (last == _YEAR and day.month <= _QUARTER):
        told = sentence.text[day.start : day.end]
        place = paper.evidence(sentence.start + match.start("season"), sentence.start + day.end)
        yield _told(paper, place, match["season"], told, because=f"{told}早于{match['season']}")


def _rank(season: str) -> str:
    sign = season.removeprefix("第")[0]
    return "一二三四"[int(sign) - 1] if sign.isdigit() else sign


def _told(paper: Paper, place: Evidence, first: str, second: str, *, because: str) -> Contradiction:
    return paper.found("dates-out-of-order", place, first=first, second=second, because=because)


def _numbers(paper: Paper, sentence: Sentence, days: Sequence[Day]) -> Iterator[Contradiction]:
    """Check 2023年8月21日，印发《……》（……〔2024〕21号）: what is issued on a day bears the number of its year."""
    for match in _NUMBER.finditer(sentence.text):
        near = [day for day in days if _is_issued_on(sentence.text, day, match)]
        for day in near[:1]:
            year = int(match["year"])
            if year > day.year or (year < day.year and day.month > _JANUARY + 1):
                start, end = min(day.start, match.start()), max(day.end, match.end())
                place = paper.evidence(sentence.start + start, sentence.start + end)
                told = sentence.text[day.start : day.end]
                yield _told(paper, place, told, match[0], because="文号的年份与印发日期不符")


def _is_issued_on(text: str, day: Day, number: re.Match[str]) -> bool:
    """Whether a document with a number is said to be issued on a day of its own year, before or behind the number."""
    gap = text[day.end : number.start()] if day.end <= number.start() else text[number.end() : day.start]
    if (
        not day.year
        or len(_TITLE.sub("", gap)) > _LONGEST_GAP
        or re.search(r"[；。]|〔|根据|按照|依据|依照|贯彻|落实", gap)
    ):
        return False
    if day.end <= number.start():
        return bool(_ISSUED.search(gap.partition("《")[0]))
    return len(gap) <= _LONGEST_GAP // 4 and bool(_ISSUED.match(text[day.end :].lstrip("正式由经")))


def _terms(paper: Paper, sentence: Sentence, days: Sequence[Day]) -> Iterator[Contradiction]:
    """Check 应于9月30日前完成，实际于11月20日提前完成: what is done in time is done before the day it was due."""
    for due, done in pairwise(days):
        gap, rest = sentence.text[due.end : done.start], sentence.text[done.end : done.end + _LONGEST_GAP]
        is_due = _DUE.match(gap) or (_DUE_BEFORE.search(sentence.text[: due.start]) and gap.startswith("，"))
        kept = _IN_TIME.search(rest) or _IN_TIME.search(gap.rpartition("，")[2])
        ahead = _DUE.match(rest) or "；" in gap
        if is_due and kept and _DONE.search(rest) and not ahead and done.after(due):
            place = paper.evidence(sentence.start + due.start, sentence.start + done.end)
            first, second = sentence.text[due.start : due.end], sentence.text[done.start : done.end]
            yield _told(paper, place, first, second, because="说是按期，完成的日期却在期限之后")


def _demands(paper: Paper, sentence: Sentence, days: Sequence[Day]) -> Iterator[Contradiction]:
    """Check 8月14日印发通知，要求7月31日前完成: what is asked for is due after it was asked for."""
    for asked, due in pairwise(days):
        gap, rest = sentence.text[asked.end : due.start], sentence.text[due.end : due.end + 4]
        if _DEMANDED.search(gap) and _DUE.match(rest) and asked.after(due) and len(gap) <= _LONGEST_GAP:
            place = paper.evidence(sentence.start + asked.start, sentence.start + due.end)
            first, second = sentence.text[asked.start : asked.end], sentence.text[due.start : due.end]
            yield _told(paper, place, first, second, because="要求完成的期限早于提出要求的日期")


def _effects(paper: Paper, sentence: Sentence, days: Sequence[Day]) -> Iterator[Contradiction]:
    """Check 3月20日印发，自4月1日起施行: what takes effect does so when it has been issued."""
    for issued, effect in pairwise(days):
        gap = sentence.text[issued.end : effect.start]
        starts = gap.endswith(("自", "从", "于")) and _EFFECT.match(sentence.text[effect.end :])
        if starts and _ISSUED.match(gap.lstrip("正式由经")) and len(gap) <= _LONGEST_GAP and issued.after(effect):
            place = paper.evidence(sentence.start + issued.start, sentence.start + effect.end)
            first, second = sentence.text[issued.start : issued.end], sentence.text[effect.start : effect.end]
            yield _told(paper, place, first, second, because="施行的日期早于印发的日期")
