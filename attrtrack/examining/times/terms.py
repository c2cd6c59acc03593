"""Terms reckoned: the day a term ends on, whether it was kept or exceeded, how late something was, how long at least."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.days import days_in
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.elapsed import elapsed, readings
from attrtrack.examining.times.telling import Told, hidden, told_in
from attrtrack.rules.workdays import is_workday

_NUMBER = r"(?<![\d.第每月])(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?P<unit>工作日|(?:自然|日历)?[日天])"
_TERM = re.compile(
    rf"{_NUMBER}(?:(?:之|以)?内|的?(?:法定)?(?:要求|时限|期限|规定)|届满|期满|到期|[推计起]算|计(?![划]))"
)
_EXTENDED = re.compile(rf"(?:延长|顺延|延期|展期)[^，。；\d]{{0,6}}{_NUMBER}(?:之|以)?(?:后|至|到|，)")
_NAMELY = re.compile(
    r"[，（]?[^，。；（）\d]{0,8}?[，（]?(?:即|也就是|[应须需]当?|最[迟晚]|截止|届满|期限|[为至到])[^，。；\d]{0,6}"
)
_SURELY = re.compile(r"最[晚迟]|(?:期限|时限|限期)[到至为]$")
_ASIDE = re.compile(r"（[^（）]*）")
_DUE = re.compile(r"[）]?(?:之?前|以前|止|截止|届满|到期|期满|为限|日?终|）)")
_OTHER_TERM = re.compile(r"延期|延长|补正|征求第三方|中止|扣除|不计")
_KEPT = re.compile(
    r"按期|按时|如期|未(?:曾|有)?(?:超|逾)|没有(?:超|逾)|在[^，。；]{0,12}(?:期限|期间|时限|时间|限期)[之以]?内|符合[^，。；]{0,10}(?:规定|要求|时限|时间)|(?:时限|期限|时间)(?:符合|合规|要求之?内)"
)
_EXCEEDED = re.compile(
    r"(?<![未没无不])(?<!没有)(?:超过|超出|突破)了?[^，。；\d]{0,6}(?:时限|期限|时间|限期)|(?<!未)(?<!没有)(?:超期|超时|逾期)|未能?(?:按期|按时|及时|如期|在)|违反[^，。；]{0,6}时限"
)
_DEMANDED = re.compile(r"应|须|需|要|请|规定|必须|将|拟|计划|承诺|确保")
_DONE_IN = re.compile(
    rf"(?P<what>印发|发布|公布|公开|收到|受理|批复|出台|召开|通过|批准|成文|签发|接到|反馈|通报)(?:之|以)?(?:后|日起|日后)的?{_NUMBER}(?:之|以)?内"
)
_OUT = ("印发", "公布", "发布", "出台", "公开")
_FROM_THAT_DAY = re.compile(r"(?P<what>[\u4e00-\u9fff]{2})(?:之日|以来|那天)?起?，?[至到]$")
_SO_LONG = re.compile(
    r"，?的?(?:这)?(?P<told>(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>个月|[年天日]))(?:里|来|间|中|时间|内)"
)
_AHEAD_BY = re.compile(rf"(?:提前|提早|会前|开会前|会议前|届满前|期满前){_NUMBER}[，（]?(?:即|也就是)?[于在]?$")
_LATE = re.compile(r"(?:逾期|超期|超时|晚|迟|延误|拖延|滞后|延迟)了?[^，。；\d]{0,4}$")
_EARLY = re.compile(r"(?:提前|提早|早)了?$")
_NTH = re.compile(r"第(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})个?(?P<unit>工作日|[天日])(?!内)")
_SHIFT = re.compile(rf"{_NUMBER}(?![后内])")
_AT_LEAST = re.compile(
    r"(?<![未没不])(?<!没有)(?<!未曾)(?P<how>超过?|逾|超出|[达长]逾|近|将近|接近|不足|不到|未满)了?(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)个?(?P<unit>工作日|[天日周年月]|星期)(?P<rest>[^，。；\d]{0,16})"
)
_MORE = re.compile(
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<tens>[多余])?个?(?P<more>[多余])?(?P<unit>[天日周年月]|星期)(?P<rest>[^，。；\d]{0,10})"
)
_LASTED = re.compile(
    r"(?:空窗|历时|持续|长达|停更|间隔|延误|用时|耗时|隔了|拖了|超期|逾期|历经|经过|达|已有?|近|才|了)$"
)
_IDLE = re.compile(r"未|没|无|才|仍|之久|空|停|不|的[^，。；]{0,8}(?:时间|试用|试运行|努力|筹备|建设|整改|工作)|$")
_TWO, _REST, _NEAR = 2, 3, 30


def check_terms(paper: Paper) -> Iterator[Contradiction]:
    """Compare the terms of every paragraph with the days told beside them."""
    for line in paper.lines:
        if _NUMBERED.search(line.text) is None:
            continue
        yield from _ends(paper, line)
        told = [item for item in told_in(line.text) if item.role != "aside"]
        yield from _kept(paper, line, told)
        yield from _done_in(paper, line, told)
        yield from _shifted(paper, line, told)
        yield from _advanced(paper, line)
        yield from _since_then(paper, line, told)
        yield from _months_lasted(paper, line, told)
    for sentence in paper.sentences:
        yield from _rough(paper, sentence)
        yield from _over(paper, sentence)
        yield from _nth(paper, sentence)
        yield from _months_between(paper, sentence)


_NUMBERED = re.compile(r"[\d一二两三四五六七八九十]个?(?:工作|自然|日历)?[日天月]")


def _count(match: re.Match[str]) -> float:
    return 0.5 if match["number"] == "半" else chinese_number(match["number"]) or 0


def _unit(match: re.Match[str]) -> str:
    return "个工作日" if match["unit"] == "工作日" else "天"


def _ends(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 2月8日批复，20日内即2月28日前公开: the day on which a term ends."""
    days = [day for day in days_in(line.text) if day.exists and not day.is_part]
    for match in (*_TERM.finditer(line.text), *_EXTENDED.finditer(line.text)):
        begins = [day for day in days if day.end <= match.start() and "；" not in line.text[day.end : match.start()]]
        ends = [day for day in days if day.start >= match.end()][:1]
        gap = line.text[match.end() : ends[0].start] if ends else ""
        if not begins or not ends or not (_NAMELY.fullmatch(gap) or _NAMELY.fullmatch(_ASIDE.sub("", gap))):
            continue
        sure = match.re is _EXTENDED or _SURELY.search(gap)
        if not sure and not _DUE.match(line.text, ends[0].end):
            continue
        spans = readings(paper, begins[-1], ends[0])
        if spans and not any(_is_end(begin, end, match) for begin, end in spans):
            passed = int(elapsed(*spans[0], match["unit"]))
            place = (begins[-1].start, ends[0].end)
            yield _found(paper, line, place, stated=match[0], counted=f"{passed}{_unit(match)}")


def _is_end(begin: dt.date, end: dt.date, match: re.Match[str]) -> bool:
    """Whether a term ends on a day: its first day counted or not, the day before which or on which, over a rest to the next work."""
    passed, count = elapsed(begin, end, match["unit"]), _count(match)
    resting = [begin + dt.timedelta(days=count + at) for at in range(int(passed - count))]
    return abs(passed - count) <= 1 or (passed - count > 0 and not any(map(is_workday, resting)))


def _kept(paper: Paper, line: Sentence, told: Sequence[Told]) -> Iterator[Contradiction]:
    """Check 15日内答复，6月20日收到，7月21日答复，按期办结: a term said to be kept or exceeded."""
    terms = list(_TERM.finditer(line.text))
    days = [item for item in told if item.is_day and item.role in {"done", "attribute", "until"}]
    if len(terms) != 1 or len(days) != _TWO or len(told) != _TWO or _OTHER_TERM.search(line.text):
        return
    behind = line.text[max(days[1].end, terms[0].end()) :][: _NEAR * 2]
    kept, exceeded = _KEPT.search(behind), _EXCEEDED.search(behind)
    yield from _judged(paper, line, days, terms[0], kept=bool(kept) and not exceeded, exceeded=bool(exceeded))


def _done_in(paper: Paper, line: Sentence, told: Sequence[Told]) -> Iterator[Contradiction]:
    """Check 6月8日印发，6月20日在印发后3个工作日内发布解读: what is told as done within a term."""
    for match in _DONE_IN.finditer(line.text):
        clause = re.split(r"[，。；]", line.text[max(0, match.start() - _NEAR) : match.start()])[-1]
        days = [item for item in told if item.end <= match.start()][-_TWO:]
        near = (
            len(days) == _TWO
            and match.start() - days[-1].end <= _NEAR
            and "。" not in line.text[days[0].end : match.start()]
        )
        if (
            near
            and not _DEMANDED.search(clause)
            and _is_told(match["what"], days[0].rest)
            and not _OTHER_TERM.search(line.text)
        ):
            yield from _judged(paper, line, days, match, kept=True, exceeded=False)


def _is_told(what: str, words: str) -> bool:
    """Whether a clause tells what a term counts from, in this word or another for the same."""
    return what in words or (what in _OUT and any(word in words for word in _OUT))


def _judged(
    paper: Paper, line: Sentence, days: Sequence[Told], term: re.Match[str], *, kept: bool, exceeded: bool
) -> Iterator[Contradiction]:
    one, other = days[0].first, days[1].last
    if one.is_part or other.is_part:
        return
    passed = [elapsed(begin, end, term["unit"]) for begin, end in readings(paper, one, other) if begin <= end]
    late, early = (_REST if term["unit"] != "工作日" else 0), 0
    wrong = (kept and passed and min(passed) > _count(term) + late) or (
        exceeded and passed and max(passed) <= _count(term) - early
    )
    if wrong:
        counted = f"{int(passed[0])}{_unit(term)}"
        yield _found(paper, line, (days[0].start, days[1].end), stated=term[0], counted=counted)


def _shifted(paper: Paper, line: Sentence, told: Sequence[Told]) -> Iterator[Contradiction]:
    """Check 应于3月31日前报送，甲乡4月7日报送，逾期7天；乙局4月2日报送，逾期2天: each against the one term."""
    due = [item for item in told if item.role == "due"]
    if len(due) != 1 or len(told) < _TWO or due[0].last.is_part:
        return
    for match in _SHIFT.finditer(line.text):
        lead = line.text[max(0, match.start() - _NEAR) : match.start()]
        late, early = _LATE.search(lead), _EARLY.search(lead)
        actual = [item for item in told if due[0].end < item.start and item.end <= match.start()][-1:]
        if (
            not (late or early)
            or not actual
            or actual[0].last.is_part
            or "；" in line.text[actual[0].end : match.start()]
        ):
            continue
        pair = (due[0].last, actual[0].last) if late else (actual[0].last, due[0].last)
        passed = [elapsed(begin, end, match["unit"]) for begin, end in readings(paper, *pair)]
        if passed and all(abs(abs(days) - _count(match)) > (match["unit"] == "工作日") for days in passed):
            place = (actual[0].start, match.end())
            yield _found(paper, line, place, stated=match[0], counted=f"{abs(int(passed[0]))}{_unit(match)}")


def _advanced(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 定于10月26日举行，提前3天，于10月23日预告."""
    days = [day for day in days_in(line.text) if day.exists and not day.is_part]
    for one, other in pairwise(days):
        match = _AHEAD_BY.search(line.text[max(0, other.start - _NEAR) : other.start])
        if match is None or re.search(r"[。；]", line.text[one.end : other.start]):
            continue
        passed = [elapsed(begin, end, match["unit"]) for begin, end in readings(paper, other, one)]
        if passed and all(abs(gone - _count(match)) > (match["unit"] == "工作日") for gone in passed):
            yield _found(
                paper, line, (one.start, other.end), stated=match[0], counted=f"{int(passed[0])}{_unit(match)}"
            )


def _since_then(paper: Paper, line: Sentence, told: Sequence[Told]) -> Iterator[Contradiction]:
    """Check 自5月1日起施行。从施行之日到12月31日的9个月里: a length from the day of what was told before."""
    for item in told:
        from_it = _FROM_THAT_DAY.search(line.text[max(0, item.start - _NEAR) : item.start])
        lasted = _SO_LONG.match(line.text, item.end)
        begun = [one for one in told if one.end < item.start and from_it and from_it["what"] in one.rest]
        if not lasted or not begun or lasted["unit"] in {"天", "日"}:
            continue
        unit = "年" if lasted["unit"] == "年" else "月"
        passed = [
            elapsed(begin, end, unit)
            for one in begun
            for begin, end in readings(paper, one.first, item.last)
            if begin <= end
        ]
        if passed and not any(abs(gone - _count(lasted)) <= (0.3 if unit == "年" else 0.7) for gone in passed):
            yield _found(
                paper,
                line,
                (begun[-1].start, lasted.end()),
                stated=lasted["told"],
                counted=f"{round(passed[0])}{lasted['unit']}",
            )


def _rough(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 3月20日检查时最新信息为3月12日，已超过两周未更新: a length told as more, less or nearly so much."""
    days = [day for day in days_in(hidden(sentence.text)) if day.exists and not day.is_part]
    for match in _AT_LEAST.finditer(sentence.text) if len(days) == _TWO else ():
        if (
            len(days) != _TWO
            or not _IDLE.search(match["rest"])
            or re.search(r"的[^，。；]{1,8}(?:个|家|账号|栏目|网站)", match["rest"])
        ):
            continue
        gap = sentence.text[days[0].end : days[1].start]
        if gap in {"至", "到", "—", "-", "~"} or match.end() < days[0].start:
            continue
        one, other = sorted(days, key=lambda day: day.value)
        passed = [elapsed(begin, end, match["unit"]) for begin, end in readings(paper, one, other) if begin <= end]
        if passed and not any(_is_so(match["how"], days, _count(match)) for days in passed):
            unit = match["unit"] if match["unit"] in "天日" else "天"
            counted = f"{abs((readings(paper, one, other)[0][1] - readings(paper, one, other)[0][0]).days)}{unit}"
            place = (days[0].start, max(days[1].end, match.end("unit")))
            yield _found(paper, sentence, place, stated=match[0].removesuffix(match["rest"]), counted=counted)


def _over(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 1月5日至4月20日未更新，空窗三个多月: a length told as so many and some more."""
    days = [day for day in days_in(hidden(sentence.text)) if day.exists and not day.is_part]
    for match in _MORE.finditer(sentence.text) if len(days) == _TWO else ():
        lasted = _LASTED.search(sentence.text[max(0, match.start() - _NEAR) : match.start()])
        if not (match["tens"] or match["more"]) or len(days) != _TWO or days[1].end > match.start() or not lasted:
            continue
        one, other = sorted(days, key=lambda day: day.value)
        spans = [(begin, end) for begin, end in readings(paper, one, other) if begin <= end]
        passed = [elapsed(begin, end, match["unit"]) for begin, end in spans]
        step = 10 if match["tens"] and _count(match) % 10 == 0 else 1
        if passed and not any(_count(match) * 0.96 <= gone <= _count(match) + step for gone in passed):
            counted = f"{(spans[0][1] - spans[0][0]).days}天"
            yield _found(
                paper,
                sentence,
                (days[0].start, match.end("unit")),
                stated=match[0].removesuffix(match["rest"]),
                counted=counted,
            )


def _months_lasted(paper: Paper, line: Sentence, told: Sequence[Told]) -> Iterator[Contradiction]:
    """Check 2022年12月启动，次年2月完成，历时两个月: a length in months of what is told by months."""
    for match in _MONTHS_LONG.finditer(line.text):
        near = [item for item in told if item.end <= match.start()][-_TWO:]
        if (
            len(near) != _TWO
            or not (near[0].first.is_part or near[1].last.is_part)
            or match.start() - near[1].end > _NEAR
        ):
            continue
        if re.search(r"[。；]", line.text[near[0].end : match.start()]) or near[0].first.value != near[0].last.value:
            continue
        one, other = near[0].first, near[1].last
        months = (other.year - one.year) * 12 + other.month - one.month
        if bool(one.year) == bool(other.year) and months > 0 and not months - 1 <= _count(match) <= months + 1:
            yield _found(paper, line, (near[0].start, match.end()), stated=match["told"], counted=f"{months}个月")


_MONTHS_LONG = re.compile(
    r"(?:历时|为期|耗时|用时|历经|前后|共用?|用了|经过)(?P<told>(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})个月)(?![以之]?[内前])"
)


def _months_between(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 7月至9月，用五个月时间."""
    for match in _MONTH_RANGE.finditer(sentence.text):
        months = (int(match["other"]) - int(match["one"])) % 12
        if _count(match) not in {months, months + 1}:
            yield _found(paper, sentence, match.span(), stated=match["told"], counted=f"{months + 1}个月")


_MONTH_RANGE = re.compile(
    r"(?<!\d)(?P<one>\d{1,2})月份?起?(?:至|到|—+|-|~|－)(?:次年|翌年)?(?P<other>\d{1,2})月(?![\d份]?\d)份?[^。；\d]{0,10}?(?:历时|为期|用|利用|用了|共|前后|持续|集中|的|，|（)(?P<told>(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})个月)(?![以之]?[内前后])"
)


def _nth(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 收到后第18个工作日答复（9月4日收到，9月14日答复）."""
    days = [day for day in days_in(sentence.text) if day.exists and not day.is_part]
    for match in _NTH.finditer(sentence.text) if len(days) == _TWO else ():
        pair = days[::-1] if days[0].after(days[1]) else days
        passed = [elapsed(begin, end, match["unit"]) for begin, end in readings(paper, *pair) if begin <= end]
        slack = 1 if days[0].year else _REST
        if passed and not any(abs(gone - _count(match)) <= slack for gone in passed):
            place = (min(days[0].start, match.start()), max(days[1].end, match.end()))
            yield _found(paper, sentence, place, stated=match[0], counted=f"{int(passed[0])}{_unit(match)}")


def _is_so(how: str, passed: float, count: float) -> bool:
    if how in {"近", "将近", "接近"}:
        return count * 0.6 <= passed <= count * 1.1 + 1
    if how in {"不足", "不到", "未满"}:
        return passed <= count * 1.02
    return passed >= count * 0.96


def _found(paper: Paper, line: Sentence, span: tuple[int, int], *, stated: str, counted: str) -> Contradiction:
    place = paper.evidence(line.start + span[0], line.start + span[1])
    return paper.found("period-length", place, stated=stated, counted=counted)
