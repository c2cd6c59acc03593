"""Names of times against the days and months beside them: 上半年（1至6月）, 5月中旬（5月11日至20日）, “十三五”（2016—2020年）, 次日（6月9日）."""

import calendar
import datetime as dt
import itertools
import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.days import Day, days_in
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.elapsed import elapsed, readings
from attrtrack.examining.times.telling import told_in

_TO = r"(?:至|到|—+|-|~|－)"
_NAME = r"(?P<name>第?[一二三四1-4]季度|前[一二两三123]个?季度|[上下]半年|前(?:[二两三四五六七八九十]|十一|\d{1,2})个月|全年)"
_DEFINED = re.compile(
    rf"{_NAME}[”\"]?(?:（|，?(?:即|系指|是指|指的?是?))(?:(?:19|20)\d{{2}}年)?(?P<one>\d{{1,2}})(?:月份?(?:(?P<from>\d{{1,2}})日)?)?{_TO}(?P<other>\d{{1,2}})月份?(?:(?P<until>\d{{1,2}})日)?"
)
_DEFINED_BEHIND = re.compile(
    rf"（?(?:(?:19|20)\d{{2}}年)?(?P<one>1)月?{_TO}(?P<other>\d{{1,2}})月份?(?:）|，|（|即)[^，。；\d]{{0,8}}{_NAME}(?![^，。；\d]{{0,8}}的)"
)
_IN_MONTH = re.compile(rf"(?<!前){_NAME}(?:（|，?即)(?P<on>\d{{1,2}})月(?:份|）)")
_RANGE_OF = re.compile(rf"(?<![\d年])(?P<one>\d{{1,2}})月?{_TO}(?P<other>\d{{1,2}})月(?:的|（){_NAME}")
_REPORTED = re.compile(
    rf"(?P<when>(?P<on>\d{{1,2}})月(?:\d{{1,2}}日|[上中下]旬|[初底末])?)，?[^，。；\d]{{0,16}}(?:通报|公[布开]|发布|印发)了?的?(?:今年|全[省市县区])?{_NAME}[^，。；\d]{{0,16}}(?:结果|情况|通报|报告|数据|账目|财务)"
)
_TIME_OF = re.compile(
    rf"(?<!前){_NAME}[^，。；\d]{{0,10}}(?:时间|日期|时段)[为是：在于](?:(?:19|20)\d{{2}}年)?(?P<on>\d{{1,2}})月"
)
_CHECKED_IN = re.compile(
    rf"(?<!前){_NAME}[^。；\d]{{0,24}}(?:检查|抽查|监测|巡查|统计|采样)(?:的?(?:时间|日期|时段|期限))[为是：在于](?:(?:19|20)\d{{2}}年)?(?P<on>\d{{1,2}})月"
)
_NO_MONTH = re.compile(r"(?:年|今年|[于在至到—、，])(?P<month>1[3-9]|[2-9]\d)月(?![个龄])")
_NO_HOUR = re.compile(r"(?:日|上午|下午|晚|[至到])(?P<hour>2[5-9]|[3-9]\d)[时点](?![间段])")
_NO_DAY = re.compile(r"(?:每个?|当|次|本|末|上|下)月(?P<day>3[2-9]|[4-9]\d)日(?!内)")
_AS_OF = re.compile(
    rf"截[至止]到?(?:(?:19|20)\d{{2}}年)?(?P<month>\d{{1,2}})月(?P<day>底|末|\d{{1,2}}日)，?(?:今年|本年度?|全?[市县区省]|我[市县区省局])?{_NAME}(?![^，。；\d]{{0,8}}的)"
)
_AS_OF_BEHIND = re.compile(
    rf"{_NAME}(?:（|，)截[至止]到?(?:(?:19|20)\d{{2}}年)?(?P<month>\d{{1,2}})月(?P<day>底|末|\d{{1,2}}日)(?:）|，)"
)
_RANGE = re.compile(rf"(?<![\d年])(?P<one>\d{{1,2}})月?{_TO}(?P<other>\d{{1,2}})月(?!\d)")
_QUARTERS = re.compile(r"(?P<name>第?[一二三四1-4]季度|前[一二两三123]个?季度|[上下]半年)")
_SUMMED_UP = re.compile(
    rf"{_NAME}的?[^，。；\d]{{0,16}}(?:情况|盘点|总结|统计|数据|汇总|梳理|通报|报告|清单|表明|显示)(?:如下|显示|表明)?[：，](?:(?:19|20)\d{{2}}年)?(?P<one>1|4|7|10)月?{_TO}(?P<other>\d{{1,2}})月(?!\d)"
)
_THIRD = re.compile(r"(?P<month>\d{1,2})月(?P<third>[上中下])旬(?:（|，?即)(?P<days>[^（），。；]{4,20})")
_PLAN = re.compile(
    rf"“?十(?P<plan>[一二三四五])五”?(?:规划)?(?:时期|期间)?(?:（|，?即)(?P<one>20\d{{2}})年?{_TO}(?P<other>20\d{{2}})年"
)
_PLAN_YEAR = re.compile(
    r"(?P<year>20\d{2})年[，是为作既也]{0,3}[^，。；\d]{0,6}“?十(?P<plan>[一二三四五])五”?(?:规划)?的?(?P<which>开局|起步|收官|最后|第一|中期|头)"
)
_PLAN_YEAR_BEHIND = re.compile(
    r"“?十(?P<plan>[一二三四五])五”?[^“”]{0,60}?(?P<which>开局|起步|收官|最后|第一|中期|头)(?:之|一)?年(?:（|，?即|[是为])+(?P<year>20\d{2})年"
)
_PLAN_YEARS = {"开局": 0, "起步": 0, "第一": 0, "头": 0, "收官": 4, "最后": 4}
_RELATIVE = re.compile(
    r"(?<!延期)(?<!延长)(?<!顺延)(?P<word>次日|翌日|第二[天日]|当[日天]|同日|前一[日天]|(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?P<unit>工作日|[天日]|周|星期)(?:之|以)?后)(?:（|(?:[^，。；\d]{0,10}，)?即|的)?(?=(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日)"
)
_STEPS = {"次日": 1, "翌日": 1, "第二天": 1, "第二日": 1, "前一日": -1, "前一天": -1}
_APART = re.compile(
    r"(?:时隔|相隔|间隔|事隔)(?P<number>\d{1,2}|[一二两三四五六七八九十半]{1,2})(?P<unit>年|个月|天|日)"
)
_NOTICE = re.compile(
    r"(?P<month>\d{1,2})月份?[^，。；\d]{0,20}(?:检查|监测|抽查|巡查|核查|普查|排查|读网)[^，。；\d]{0,10}(?:情况|结果)[^，。；\d]{0,4}(?:通报|公布|报告)"
)
_ISSUED = re.compile(
    r"(?:(?P<month>\d{1,2})月份?|(?P<name>第?[一二三四1-4]季度|[上下]半年))的?[^，。；、\d]{0,20}(?:通报|简报|月报|季报|结果|情况|报告|台账|报表|收支|账目|总结|小结)(?:已|均|正式)?(?:[于在]|（)?(?P<when>(?:(?:19|20)\d{2}年)?(?P<on>\d{1,2})月)[^，。；]{0,20}(?:印发|发布|公布|通报|公开|上报|下发|发出|报送|发(?=）))"
)
_CHECKED = re.compile(
    r"(?:检查|监测|抽查|巡查|核查|普查|排查|读网)(?:工作)?(?:时间|期间|时段)?(?:[从自于在为是：]|时间[为是：]?)(?=(?:(?:19|20)\d{2}年)?\d{1,2}月)"
)
_MONTHS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12), "上": (1, 6), "下": (7, 12)}
_FIRST_PLAN, _FIVE, _QUARTER, _HALF_A_YEAR, _YEAR, _NEAR, _LAST_DAYS = 2006, 5, 3, 6, 12, 60, 28


def check_named_times(paper: Paper) -> Iterator[Contradiction]:
    """Compare the names of times in every sentence with what stands beside them."""
    for sentence in paper.sentences:
        for start, end, first, second, because in (
            *_defined(sentence.text),
            *_ended(sentence.text),
            *_thirds(sentence.text),
            *_plans(sentence.text),
            *_issued(sentence.text),
        ):
            yield _found(paper, sentence, (start, end), first, second, because)
        yield from _impossible(paper, sentence)
    for line in paper.lines:
        for start, end, first, second, because in (*_parts(line.text), *_apart(line.text)):
            yield _found(paper, line, (start, end), first, second, because)
        yield from _relative(paper, line)
    yield from _notices(paper)


_Told = tuple[int, int, str, str, str]


def _months(name: str) -> tuple[int, int]:
    """Return the first and last month of 上半年, 第三季度, 前三季度 or 前九个月."""
    if name == "全年":
        return 1, _YEAR
    if name.startswith("前"):
        count = chinese_number(re.sub(r"前|个|季度|月", "", name)) or 0
        return 1, count * (_QUARTER if "季" in name else 1)
    sign = name.removeprefix("第")[0]
    return _MONTHS["一二三四"[int(sign) - 1] if sign.isdigit() else sign]


def _defined(text: str) -> Iterator[_Told]:
    """Check 上半年（1至7月）, 4月至7月的第二季度 and 三季度（5月）."""
    for match in (match for pattern in (_DEFINED, _DEFINED_BEHIND, _RANGE_OF) for match in pattern.finditer(text)):
        first, last = _months(match["name"])
        one, other = int(match["one"]), int(match["other"])
        days = match.groupdict().get("from") or text[: match.start()].endswith(("于", "在"))
        days = days and not (match.groupdict().get("from") == "1" and int(match["until"] or 0) >= _LAST_DAYS)
        if other > last or one < first or (not days and (one, other) != (first, last)):
            told = f"{one}月至{other}月"
            yield match.start(), match.end(), match["name"], told, f"{match['name']}是{first}月至{last}月"
    for match in _SUMMED_UP.finditer(text):
        first, last = _months(match["name"])
        if int(match["one"]) == first and int(match["other"]) > last:
            told = f"{first}月至{match['other']}月"
            yield match.start(), match.end(), match["name"], told, f"{match['name']}到{last}月底为止"
    for match in (match for pattern in (_TIME_OF, _IN_MONTH, _CHECKED_IN) for match in pattern.finditer(text)):
        first, last = _months(match["name"])
        if not first <= int(match["on"]) <= last:
            yield match.start(), match.end(), match["name"], f"{match['on']}月", f"{match['on']}月不在{match['name']}"


def _ended(text: str) -> Iterator[_Told]:
    """Check 截至9月30日，前两个季度 and 4月10日通报二季度结果: what a season tells of is told when it is over."""
    for match in (*_AS_OF.finditer(text), *_AS_OF_BEHIND.finditer(text)):
        month, last = int(match["month"]), _months(match["name"])[1]
        day = match["day"]
        is_end = day in {"底", "末"} or (month <= _YEAR and int(day[:-1]) == calendar.monthrange(2023, month)[1])
        if is_end and month != last:
            yield match.start(), match.end(), f"{month}月{day}", match["name"], f"{match['name']}到{last}月底为止"


def _issued(text: str) -> Iterator[_Told]:
    """Check 10月份监测通报于9月6日印发: what tells of a month or a season is out when it is over, or nearly."""
    for match in _ISSUED.finditer(text):
        last = int(match["month"]) if match["month"] else _months(match["name"])[1]
        if (int(match["on"]) - last) % _YEAR > _HALF_A_YEAR:
            told = match["name"] or f"{match['month']}月"
            yield match.start(), match.end(), told, match["when"], f"{told}还没有过完"

    for match in _REPORTED.finditer(text):
        if 0 < _months(match["name"])[1] - int(match["on"]) <= _HALF_A_YEAR:
            yield match.start(), match.end(), match["when"], match["name"], f"{match['name']}还没有过完"


def _impossible(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 今年13月 and 每月32日."""
    for pattern, group, unit in ((_NO_MONTH, "month", "月"), (_NO_DAY, "day", "日"), (_NO_HOUR, "hour", "时")):
        for match in pattern.finditer(sentence.text):
            place = paper.evidence(sentence.start + match.start(group), sentence.start + match.end(group) + 1)
            yield paper.found("date-impossible", place, date=f"{match[group]}{unit}")


def _thirds(text: str) -> Iterator[_Told]:
    """Check 5月中旬（5月11日至25日）."""
    for match in _THIRD.finditer(text):
        first = {"上": 1, "中": 11, "下": 21}[match["third"]]
        last = first + 9 if match["third"] != "下" else 31
        days = [int(day) for day in re.findall(r"(\d{1,2})日", match["days"])]
        months = {int(month) for month in re.findall(r"(\d{1,2})月", match["days"])}
        if days and (months - {int(match["month"])} or not all(first <= day <= last for day in days)):
            yield match.start(), match.end(), f"{match['month']}月{match['third']}旬", match["days"], "日期不在这一旬"


def _plans(text: str) -> Iterator[_Told]:
    """Check “十三五”时期（2016—2020年） and 2021年是“十四五”开局之年."""
    for match in _PLAN.finditer(text):
        first = _FIRST_PLAN + _FIVE * "一二三四五".index(match["plan"])
        if (int(match["one"]), int(match["other"])) != (first, first + _FIVE - 1):
            told = f"{match['one']}—{match['other']}年"
            yield match.start(), match.end(), f"十{match['plan']}五", told, f"应为{first}—{first + _FIVE - 1}年"
    for match in (*_PLAN_YEAR.finditer(text), *_PLAN_YEAR_BEHIND.finditer(text)):
        step = _PLAN_YEARS.get(match["which"])
        year = _FIRST_PLAN + _FIVE * "一二三四五".index(match["plan"]) + (step or 0)
        if step is not None and int(match["year"]) != year:
            yield match.start(), match.end(), match["year"], f"十{match['plan']}五{match['which']}", f"应为{year}年"


def _parts(text: str) -> Iterator[_Told]:
    """Check 上半年发布368条，其中1至3月171条，4至7月197条."""
    names = list(_QUARTERS.finditer(text))
    if len(names) != 1:
        return
    first, last = _months(names[0]["name"])
    ranges = [match for match in _RANGE.finditer(text, names[0].end()) if match.start() - names[0].end() <= _NEAR * 2]
    outside = [match for match in ranges if not first <= int(match["one"]) <= int(match["other"]) <= last]
    parted = re.search(r"其中|分别|：", text[names[0].end() : ranges[0].start()]) if ranges else None
    if len(ranges) > 1 and len(outside) == 1 and parted and outside[0] is not ranges[0]:
        told = outside[0]
        yield names[0].start(), told.end(), names[0]["name"], told[0], f"{told[0]}超出了{names[0]['name']}"


def _apart(text: str) -> Iterator[_Told]:
    """Check 2010年3月……；时隔一年，2011年3月又…."""
    told = told_in(text) if _APART.search(text) else ()
    for one, other in itertools.pairwise(told):
        match = _APART.search(text, one.end, other.start)
        if match is None or not one.first.year or not other.first.year:
            continue
        count = 0.5 if match["number"] == "半" else chinese_number(match["number"]) or 0
        months = (other.first.year - one.first.year) * _YEAR + other.first.month - one.first.month
        apart, slack = (months, 5) if match["unit"] == "年" else (months, 1)
        stated = count * _YEAR if match["unit"] == "年" else count
        if match["unit"] in {"年", "个月"} and abs(apart - stated) > slack:
            yield one.start, other.end, text[one.start : one.end], text[other.start : other.end], f"与“{match[0]}”不符"


def _relative(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 6月8日印发，次日（6月10日）公开."""
    days = [day for day in days_in(line.text) if day.exists and not day.is_part]
    for match in _RELATIVE.finditer(line.text):
        before = [day for day in days if day.end <= match.start()][-1:]
        named = [day for day in days if day.start == match.end()]
        if not before or not named or "。" in line.text[before[0].end : match.start()]:
            continue
        if match["word"][0] in "当同" and not re.search(r"（|即", match[0]):
            continue
        number = match["number"]
        step = (chinese_number(number) or 0) if number else _STEPS.get(match["word"], 0)
        unit = match["unit"] or "天"
        passed = [_passed(begin, end, unit) for begin, end in readings(paper, before[0], named[0])]
        if passed and all(abs(gone - step) > (0.2 if unit in {"周", "星期"} else 0) for gone in passed):
            place = (before[0].start, named[0].end)
            first, second = _quoted(line, before[0]), _quoted(line, named[0])
            yield _found(paper, line, place, first, second, f"与“{match['word']}”不符")


def _passed(begin: dt.date, end: dt.date, unit: str) -> float:
    return elapsed(begin, end, unit) if begin <= end else -elapsed(end, begin, unit)


def _quoted(line: Sentence, day: Day) -> str:
    return line.text[day.start : day.end]


def _notices(paper: Paper) -> Iterator[Contradiction]:
    """Check 现将7月份检查情况通报如下 over 本次检查从9月22日开始: what is told of a month was checked in it or just after."""
    for at, line in enumerate(paper.lines):
        notice = _NOTICE.search(line.text)
        for near in paper.lines[at : at + 2] if notice else ():
            checked = _CHECKED.search(near.text, notice.end() if notice and near is line else 0)
            days = [day for day in days_in(near.text) if checked and day.start == checked.end()]
            if notice and days and (days[0].month - int(notice["month"])) % _YEAR > 1:
                place = (days[0].start, days[0].end)
                told = f"{notice['month']}月份"
                yield _found(paper, near, place, told, _quoted(near, days[0]), "检查的日期不在所通报的月份")
                break


def _found(paper: Paper, line: Sentence, span: tuple[int, int], first: str, second: str, because: str) -> Contradiction:
    place = paper.evidence(line.start + span[0], line.start + span[1])
    return paper.found("dates-out-of-order", place, first=first, second=second, because=because)
