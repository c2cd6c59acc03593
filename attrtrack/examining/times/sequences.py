"""Days and months told in a run: rounds by number, stages one after another, terms that follow each other, months within a season."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_DATE = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d{2})年|(?P<next>次年|翌年|来年|明年))?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|份|(?P<third>[上中下初底末])旬?)?(?!\d)"
)
_THIRDS = {"上": 5, "初": 3, "中": 15, "下": 25, "底": 28, "末": 28}
_ROUND = re.compile(
    r"第(?P<number>[一二三四五六七八九十]|\d{1,2})(?P<kind>个?阶段|次|批次?|期|轮|场|步|届|讲|回)[^，。；：\d第]{0,14}(?:（|：|，|于|在|自|从|为|是)?(?=\d{1,4}[年月])"
)
_SEASON = re.compile(
    r"(?P<season>第?[一二三四1-4]季度|[上下]半年)(?:[（，：]|，?即)(?P<one>\d{1,2})月(?:份)?(?:至|到|—+|-|~|－|、)(?P<other>\d{1,2})月"
)
_OF_SEASON = re.compile(
    r"(?P<season>第?[一二三四1-4]季度|[上下]半年)(?:(?!\d{1,2}月)[^。；]){0,24}?(?:分别|依次|先后|陆续)[于在](?P<months>\d{1,2}月份?(?:[、和及]\d{1,2}月份?)+)"
)
_MONTHS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12), "上": (1, 6), "下": (7, 12)}
_FROM_TO = re.compile(
    r"[从自](?P<one>\d{1,2})月(?:份|[初中底末]|[上中下]旬)?(?:起|开始|启动|铺开)?，?(?:[^，。；\d]{0,8}，)?(?:一?直?持续)?[至到](?P<other>\d{1,2})月(?!\d)"
)
_SINCE = re.compile(
    r"(?<!\d)(?P<one>\d{1,2})月份?起，[^。；\d]{0,4}(?:\d个月，)?[^。；\d]{0,10}[于至到](?P<other>\d{1,2})月(?:份|[初中底末]|[上中下]旬)?[^，。；\d]{0,4}(?:完成|结束|收官)"
)
_RANGE = re.compile(r"(?<![\d年])(?P<one>\d{1,2})月?(?:至|到|—+|-|~|－)(?P<other>\d{1,2})月(?![\d份]?\d)")
_ASKED = re.compile(r"(?:印发|下发|发出|公布|发布|公告|通知|部署|启动|召开|登载|刊登|挂网|交办)")
_BY_THEN = re.compile(r"(?:，|可于|请于|应于|须于|务必于|最迟|需在|应在|须在|限于?|[要请][^，。；]{0,8}[于在])$")
_AFTER_NOTICE = re.compile(
    r"(?:针对|对照?|根据|按照|就)(?P<one>\d{1,2})月份?[^，。；\d]{0,12}(?:通报|反馈|发现|查出|指出|交办|转办|提出|曝光)[^。；\d]{0,24}?[于在到](?P<other>\d{1,2})月(?!底?前)[^，。；]{0,8}(?:完成|整改|办结|销号|解决|修复)"
)
_UNSURE = re.compile(
    r"拟|将|计划|预计|定于|曾|此前|之前|先前|原|截[至止]|届|同期|去年|上年|次年|翌年|有效|根据|按照|依据|对照|关于|早在|其中|前期|每年|《|》"
)
_DUE = re.compile(r"^(?:[底末])?(?:之|以)?前")
_HALF_A_YEAR, _LAST = 6, 12
_IN_TURN = re.compile(r"先后|依次|相继|陆续|[二两三四五六][轮次批期场]|分别")
_LEAST_IN_TURN = 3
_LEAST_RUN, _LEAST_RANGES, _LONGEST_GAP, _LONGEST_TERM, _LONGEST_DEMAND = 4, 3, 20, 16, 30
_BECAUSE_RUN = "依次叙述的时间中有一个倒退"


@dataclass(frozen=True, slots=True)
class _Point:
    """A month, or a day of it, with its year or that of the one before; where it stands."""

    when: tuple[int, int, int]
    start: int
    end: int
    is_year_told: bool

    def after(self, other: "_Point") -> bool:
        """Whether it is surely later; far ahead in the months of no year it may be of the year before."""
        if self.when[1] - other.when[1] > _HALF_A_YEAR and not (self.is_year_told and other.is_year_told):
            return False
        size = 3 if self.when[2] and other.when[2] else 2
        return self.when[:size] > other.when[:size]


def _points(text: str) -> tuple[_Point, ...]:
    year, found = 0, []
    for match in _DATE.finditer(text):
        year = int(match["year"]) if match["year"] else year + bool(match["next"])
        day = int(match["day"] or _THIRDS.get(match["third"] or "", 0))
        is_end = not match["day"] and re.search(
            r"\d(?:至|到|—+|-|~|－)$", text[max(0, match.start() - 4) : match.start()]
        )
        if 1 <= int(match["month"]) <= _LAST and not is_end:
            found.append(
                _Point((year, int(match["month"]), day), match.start(), match.end(), is_year_told=bool(match["year"]))
            )
    return tuple(found)


def check_sequences(paper: Paper) -> Iterator[Contradiction]:
    """Compare the points of time that every sentence tells in a run."""
    for sentence in paper.sentences:
        points = _points(sentence.text)
        told = [
            *_rounds(sentence, points),
            *_terms(sentence, points),
            *_spans(sentence),
            *_ranges(sentence),
            *_run(sentence, points),
            *_in_turn(sentence, points),
        ]
        for start, end, first, second, because in told[:1]:
            place = paper.evidence(sentence.start + start, sentence.start + end)
            yield paper.found("dates-out-of-order", place, first=first, second=second, because=because)


_Told = tuple[int, int, str, str, str]


def _pair(text: str, one: _Point, other: _Point, because: str) -> _Told:
    return one.start, other.end, text[one.start : one.end], text[other.start : other.end], because


def _rounds(sentence: Sentence, points: Sequence[_Point]) -> Iterator[_Told]:
    """Check 第三次于9月，第四次于8月; a stage is over before the next begins."""
    text = sentence.text
    rounds = list(_ROUND.finditer(text))
    for one, other in pairwise(rounds):
        step = (chinese_number(other["number"]) or 0) - (chinese_number(one["number"]) or 0)
        if step not in {1, -1}:
            continue
        first = [item for item in points if one.end() <= item.start < other.start()]
        second = [item for item in points if item.start >= other.end()]
        if one["kind"] != other["kind"] or not first or not second or _UNSURE.search(text[one.start() : other.end()]):
            continue
        last = first[-1] if "阶段" in one["kind"] else first[0]
        counted_anew = step < 0 and re.search(r"[；年]", text[one.start() : other.end()])
        falls = last.after(second[0]) if step > 0 else second[0].after(first[-1])
        if falls and not counted_anew:
            yield _pair(text, last, second[0], "后一次的时间早于前一次")


def _terms(sentence: Sentence, points: Sequence[_Point]) -> Iterator[_Told]:
    """Check 2023年12月20日前编制，2024年1月20日前报送: what is told later is due later."""
    text = sentence.text
    for one, other in pairwise(points):
        gap = text[one.end : other.start]
        both = _DUE.match(gap) and _DUE.match(text[other.end :]) and one.is_year_told and other.is_year_told
        by_then = not _DUE.match(gap) and _DUE.match(text[other.end :]) and _ASKED.search(gap) and _BY_THEN.search(gap)
        done = re.match(r"(?:[底末])?(?:之|以)?前(?:的|已|均已|就|便)", text[other.end :])
        if (
            by_then
            and not done
            and not _UNSURE.search(text[: other.start])
            and len(gap) <= _LONGEST_DEMAND
            and one.after(other)
        ):
            yield _pair(text, one, other, "期限早于提出要求的日期")
        if both and "；" not in gap and len(gap) <= _LONGEST_TERM and one.after(other):
            yield _pair(text, one, other, "后一步的期限早于前一步")


def _spans(sentence: Sentence) -> Iterator[_Told]:
    """Check 第二季度（4月至6月）, 下半年分别于7月、9月, 从4月开始，到6月结束 and 针对3月通报的问题，4月完成整改."""
    text = sentence.text
    for match in (*_SEASON.finditer(text), *_OF_SEASON.finditer(text)):
        named = match.groupdict()
        months = re.findall(r"\d{1,2}", named.get("months") or f"{named.get('one')}月{named.get('other')}月")
        sign = match["season"].removeprefix("第")[0]
        first, last = _MONTHS["一二三四"[int(sign) - 1] if sign.isdigit() else sign]
        outside = [month for month in months if not first <= int(month) <= last]
        if outside:
            yield match.start(), match.end(), match["season"], f"{outside[0]}月", f"{outside[0]}月不在{match['season']}"
    for pattern, because in (
        (_FROM_TO, "期间的终点早于起点"),
        (_SINCE, "期间的终点早于起点"),
        (_AFTER_NOTICE, "整改早于发现问题"),
    ):
        for match in pattern.finditer(text):
            if 0 < int(match["one"]) - int(match["other"]) <= _HALF_A_YEAR:
                yield match.start(), match.end(), f"{match['one']}月", f"{match['other']}月", because


def _ranges(sentence: Sentence) -> Iterator[_Told]:
    """Check 1月至3月部署，4月至6月自查，7月至9月整改: each of three and more begins when the one before is over."""
    ranges = list(_RANGE.finditer(sentence.text))
    pairs = [(one, other, int(other["one"]) - int(one["other"])) for one, other in pairwise(ranges)]
    wrong = [(one, other) for one, other, step in pairs if step <= 0]
    beside = all(other.start() - one.end() <= _LONGEST_GAP for one, other, _ in pairs)
    if len(ranges) >= _LEAST_RANGES and len(wrong) == 1 and beside and any(step == 1 for _, _, step in pairs):
        for one, other in wrong:
            yield one.start(), other.end(), one[0], other[0], "前后两段时间重叠"


def _in_turn(sentence: Sentence, points: Sequence[_Point]) -> Iterator[_Told]:
    """Check 6月、9月、5月先后开展三轮监测 and 依次为5月9日至10日、5月6日至7日、5月23日至24日: a bare list of three and more times."""
    text = sentence.text
    gaps = [
        re.sub(r"(?:至|到|—+|-|~)\d{1,2}日|（[^（）]*）", "", text[one.end : other.start])
        for one, other in pairwise(points)
    ]
    listed = all(re.fullmatch(r"[、，和及与]", gap) for gap in gaps)
    if len(points) < _LEAST_IN_TURN or not listed or not _IN_TURN.search(text) or _UNSURE.search(text):
        return
    falls = [(one, other) for one, other in pairwise(points) if one.after(other)]
    if len(falls) == 1:
        yield _pair(text, *falls[0], _BECAUSE_RUN)


def _run(sentence: Sentence, points: Sequence[_Point]) -> Iterator[_Told]:
    """Check 5月动员、6月自查、7月整改、8月验收: of four and more told side by side, one that falls back."""
    text = sentence.text
    gaps = [text[one.end : other.start] for one, other in pairwise(points)]
    beside = all(0 < len(gap) <= _LONGEST_GAP and re.search(r"[，、；]", gap) for gap in gaps)
    if len(points) < _LEAST_RUN or not beside or _UNSURE.search(text) or any(_DUE.match(gap) for gap in gaps):
        return
    falls = [(one, other) for one, other in pairwise(points) if one.after(other)]
    whole = [
        at
        for at in range(len(points))
        if not any(one.after(other) for one, other in pairwise((*points[:at], *points[at + 1 :])))
    ]
    if len(falls) == 1 and whole and len({item.when for item in points}) == len(points):
        yield _pair(text, *falls[0], _BECAUSE_RUN)
