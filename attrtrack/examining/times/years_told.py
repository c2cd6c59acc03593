"""Years against one another: what is compared with a later year, a plan for a year gone by, figures of another year than the report."""

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.telling import hidden, told_in

_Y = r"(?<![\d〔])(?:19|20)\d{2}年"
_YEAR = re.compile(rf"(?P<year>{_Y})")
_COMPARED = re.compile(
    rf"(?:较|比|同|与)(?P<year>{_Y})(?:度|全年|同期|度?的?\d[^，。；]{{0,8}})?(?:相比，?|的[^，。；]{{0,12}})?[^，。；\d初底末至到—-]{{0,8}}?(?:增|减|多|少|上升|下降|提高|降低|翻|高出|低)"
)
_TIMES_OF = re.compile(
    rf"(?:是|(?<![升降增减高低变整加少])为|相当于|达到?|仅为|只有|超过|高于|低于|多于|少于|不及)(?:了)?(?P<year>{_Y})(?:度|全年|同期)?的?[^，。；\d]{{0,6}}?(?:\d+(?:\.\d+)?(?:倍|%)|[一二两三四五六七八九]倍|水平|总量|数量)"
)
_BESIDE = re.compile(rf"(?:与|和|同|较|比)(?P<year>{_Y})(?:度|全年|同期)?(?:相比|相较|比较|同期相比)?，(?P<now>{_Y})")
_NEXT = re.compile(rf"(?:明年|来年|下一年度?|下年度|翌年|次年)(?:，?即|（)(?P<year>{_Y})")
_LAST = re.compile(rf"(?:去年|上年度?|上一年度?|前一年)(?:同期|[末底])?(?:，?即|（)(?P<year>{_Y})")
_NOW = re.compile(rf"(?:今年|本年度?)(?:，?即|（)(?P<year>{_Y})")
_CALLED = re.compile(r"(?:[去今明上前]|本)年度?(?:同期)?[”\"]?(?:，?(?:即|指|是指)|（)$")
_OPENS = re.compile(
    rf"(?:[一二三四五六七八九十]{{1,2}}、|（[一二三四五六七八九十\d]+）|\d{{1,2}}[.．、])?(?P<year>{_Y})度?"
)
_OPENED = re.compile(rf"(?<=。)(?P<year>{_Y})度?，")
_AS_OF = re.compile(
    rf"截[至止]到?(?P<year>{_Y})(?:12月31日|[底末]|12月底)，[^，。；\d]{{0,8}}(?:当年|全年|本年|年内|年度|累计|共|全)"
)
_ENDED = re.compile(
    rf"(?:^|[，。；])截[至止]到?(?P<year>{_Y})(?:12月31日|[底末]|12月底)，(?:上述|我|全|该|本|以上|已|共|其中|受理|收到|当年)"
)
_DATA_AS_OF = re.compile(
    rf"(?:数据|统计|图表|指标)[^，。；\d]{{0,12}}(?:截[至止]到?|统计至)(?P<year>{_Y})(?:12月31日|[底末]|12月底)"
    rf"|(?:统计|数据)[^，。；\d]{{0,8}}(?:期限|期间|时段|范围|周期|自|区间)[^，。；\d]{{0,6}}(?P<period>{_Y})1月1日"
    rf"|(?:汇总|涵盖|反映|收录|统计)了?(?P<of>{_Y})1月(?:1日)?(?:至|到|—+|-|~|－)(?:{_Y})?12月"
)
_REPORT = re.compile(
    rf"(?P<year>{_Y})度?[^，。；《》\d]{{0,18}}(?:年度报告|年报|工作报告)(?!的?(?:通知|编制工作|格式|要求))"
)
_SELF = re.compile(
    rf"现(?:将|公布|发布|予?以?公布)[^，。；\d]{{0,16}}(?P<year>{_Y})度?[^，。；\d]{{0,24}}(?:报告|情况|工作)"
)
_HEADING = re.compile(rf"[^。，；：\d]*(?P<year>{_Y})度?[^。，；：\d]{{0,30}}(?:年度报告|报告|年报|总结|通报)")
_JOINED = re.compile(
    rf"[^。，；：\d]{{0,24}}(?P<year>{_Y})度?[^。，；：\d]{{0,20}}(?:年度报告|年报|总结|工作报告)(?=根据|按照|依照|依据|遵照|为|本报告|现)"
)
_UP_TO = re.compile(rf"^起?，?(?:至|到|—+|-|~|－){_Y}\d{{1,2}}月\d{{1,2}}日")
_OWN = re.compile(
    rf"(?:编制|形成|本报告[系是为][^，。；\d]{{0,16}}|公布)(?:了|本[^，。；\d]{{1,4}}|我[^，。；\d]{{1,3}})?(?P<year>{_Y})度?[^，。；《\d]{{0,18}}报告(?!的?(?:通知|工作|格式|要求|方案|模板))"
)
_FIGURES = re.compile(
    rf"(?:^|[。：；，]|、概述。?|、总体情况。?)(?P<year>{_Y})(?:度)?，[^。]{{0,80}}?\d+(?:，\d{{3}})*[条件篇次项份]"
)
_WILL = re.compile(rf"(?:^|[。；])(?P<year>{_Y})度?，[^，。；\d]{{0,12}}(?:将|继续|拟|计划|要|力争|下一步)")
_TOLD_FIRST = re.compile(
    rf"(?P<when>{_Y})(?P<month>\d{{1,2}})月(?:\d{{1,2}}日|[底初末]|[上中下]旬)?(?!前)[^。；《\d]{{0,30}}?(?:发布|公布|公开|报送|上报|编制|上线|刊发|通报)[^。；《\d]{{0,8}}《?[^。；，《\d]{{0,12}}(?P<year>{_Y})度?[^，。；》\d]{{0,16}}(?:年度报告|年报|年度总结)(?!的?(?:通知|编制工作|格式|要求|方案|模板))"
)
_ANNUAL = re.compile(
    rf"(?P<year>{_Y})度?(?!\d)[^，。；《》\d半]{{0,18}}(?<!半)(?:年度报告|年报|决算|(?<=度)报告)(?!的?(?:编制工作|格式|模板))"
)
_OUT = re.compile(r"发布|公布|公开|上线|报送|上报|刊[登发]|挂网|提交|完成|审定|上网")
_WILL_DO = re.compile(rf"(?P<year>{_Y})(?:，[^，。；\d]{{0,6}})?将")
_AGAIN = re.compile(
    rf"(?P<one>{_Y})(?!\d|至|到|—|-|底?前)[^。；\d]{{1,24}}[，；、](?:[^。；\d]{{0,10}}[于在])?(?P<other>{_Y})(?!\d|以?前)(?:[^。；，\d]{{0,4}}[又再]|[^。；，\d]{{0,8}}(?:第[二三四]次|再次|再度|升级|更名|改版|改组|随后|修订|修改|废止|撤销))"
)
_FOLLOWING = re.compile(rf"继(?P<one>{_Y})[^。；\d]{{1,30}}[之以]?后，(?:[^。；，\d]{{0,6}}[于在])?(?P<other>{_Y})")
_AFTER_THAT = re.compile(
    rf"(?P<one>{_Y})(?!\d)[^，。；\d]{{2,14}}(?<![以今])后，(?:[^。；，\d]{{0,12}}[于在])(?P<other>{_Y})(?!\d|[^，。；]{{0,4}}前)"
)
_DONE = re.compile(r"取得|完成|开展|公开|受理|发布|推进|提升|结束|收官|过去|回顾")


def check_years_told(paper: Paper) -> Iterator[Contradiction]:
    """Compare the years that every sentence and paragraph names with one another."""
    for sentence in paper.sentences:
        yield from _compared(paper, sentence)
        yield from _called(paper, sentence)
        yield from _turned(paper, sentence)
    for line in paper.lines:
        yield from _of_report(paper, line)
        yield from _planned(paper, line)
    yield from _headed(paper)
    yield from _run_on(paper)
    yield from _made_too_soon(paper)
    yield from _figured(paper)


def _number(year: str) -> int:
    return int(year[:4])


def _compared(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 2021年公开信息30条，较2022年增加8条."""
    text = hidden(sentence.text)
    for match in _BESIDE.finditer(text):
        if _number(match["year"]) >= _number(match["now"]):
            yield _found(paper, sentence, match.span(), match["now"], match["year"], "与更早的年份相比才有增减")
    for match in (*_COMPARED.finditer(text), *_TIMES_OF.finditer(text)):
        named = list(_YEAR.finditer(text, 0, match.start()))
        if named and not re.search(r"计划|预计|将", text[named[-1].end() : match.start()]):
            now, then = max(_number(found["year"]) for found in named), _number(match["year"])
            if now <= then:
                yield _found(
                    paper,
                    sentence,
                    (named[-1].start(), match.end()),
                    named[-1][0],
                    match["year"],
                    "与更早的年份相比才有增减",
                )


def _called(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 2023年……较上年（2021年）."""
    for pattern, step, word in ((_LAST, -1, "上一年"), (_NEXT, 1, "下一年"), (_NOW, 0, "本年")):
        for match in pattern.finditer(sentence.text):
            named = [
                found
                for found in _YEAR.finditer(sentence.text, 0, match.start())
                if not _CALLED.search(sentence.text[: found.start()])
            ]
            if named and _number(match["year"]) != _number(named[-1][0]) + step and len({m[0] for m in named}) == 1:
                place = (named[-1].start(), match.end())
                yield _found(paper, sentence, place, named[-1][0], match["year"], f"不是{word}")


def _turned(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 2021年作了修订，2020年又作了修订, 继2020年之后，2019年再次 and 2024年1月发布2024年度报告."""
    for pattern in (_AGAIN, _FOLLOWING, _AFTER_THAT):
        for match in pattern.finditer(sentence.text):
            if _number(match["other"]) < _number(match["one"]):
                yield _found(
                    paper, sentence, match.span(), match["one"], match["other"], "后说的事在前说的事之后，年份却在前"
                )
    yield from _too_soon(paper, sentence)


def _too_soon(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 截至2022年1月31日，2022年度报告全部发布: a report on a year is out when the year is over."""
    reports = list(_ANNUAL.finditer(sentence.text))
    days = [day for day in told_in(sentence.text) if day.first.year and day.has_own_year]
    aside = re.search(r"通知|部署|方案|要求|计划|拟|将", sentence.text)
    if len(reports) == 1 and len(days) == 1 and not aside and _OUT.search(sentence.text):
        day = days[0].first
        if (day.year, day.month) < (_number(reports[0]["year"]), 12) and days[0].role != "attribute":
            place = (min(reports[0].start(), day.start), max(reports[0].end(), day.end))
            because = "一年的报告在这一年结束之前就已公布"
            yield _found(paper, sentence, place, reports[0]["year"], sentence.text[day.start : day.end], because)
    for match in _TOLD_FIRST.finditer(sentence.text):
        if (_number(match["when"]), int(match["month"])) < (_number(match["year"]), 12):
            because = "一年的报告在这一年结束之前就已公布"
            yield _found(paper, sentence, match.span(), match["year"], f"{match['when']}{match['month']}月", because)


def _of_report(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 完成2015年度报告，数据截至2014年12月31日 and 2013年度，…。截至2012年12月31日，当年…."""
    opened, as_of = _OPENS.match(line.text) or _OPENED.search(line.text), _AS_OF.search(line.text)
    early = _ENDED.search(line.text) if opened else None
    if opened and early and _number(early["year"]) < _number(opened["year"]) and "上年" not in line.text:
        yield _found(paper, line, (0, early.end()), opened["year"], early["year"], "截止的时间不在所说的年度")
    elif opened and as_of and opened["year"] != as_of["year"]:
        yield _found(paper, line, (0, as_of.end()), opened["year"], as_of["year"], "截止的时间不在所说的年度")
    data = _DATA_AS_OF.search(line.text)
    if opened and data and data["year"] and data["year"] != opened["year"] and opened.end() < data.start():
        yield _found(paper, line, (0, data.end()), opened["year"], data["year"], "数据的年份不是所说的年度")
    reports = list(_REPORT.finditer(line.text))
    years = {match["year"] for match in reports}
    if data and len(years) == 1 and (told := data["year"] or data["period"] or data["of"]) not in years:
        place = (min(reports[0].start(), data.start()), max(reports[0].end(), data.end()))
        yield _found(paper, line, place, reports[0]["year"], told, "数据的年份不是报告的年度")


def _planned(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 2020年取得成绩。2019年，我乡将继续…."""
    first = _OPENS.match(line.text)
    for match in _WILL.finditer(line.text):
        earlier = first and match.start() > first.end() and _DONE.search(line.text[first.end() : match.start()])
        if (
            first
            and earlier
            and _number(match["year"]) <= _number(first["year"])
            and "将" not in line.text[: match.start()]
        ):
            place = (first.start(), match.end())
            yield _found(paper, line, place, first["year"], match["year"], "打算做的事不在已过的年份之后")


def _made_too_soon(paper: Paper) -> Iterator[Contradiction]:
    """Check 2015年将着力拓展 under a date of February 2014: next year is planned when this one is over, or nearly."""
    made = paper.document.date
    for line in paper.lines if made else ():
        first = _OPENS.match(line.text)
        for match in _WILL_DO.finditer(line.text, first.end()) if first else ():
            year = _number(match["year"])
            early = made and (made.year, made.month) < (year - 1, 11)
            if first and early and _number(first["year"]) == year - 1 and _DONE.search(line.text[: match.start()]):
                yield _found(paper, line, match.span(), match["year"], str(made), "成文时所说的年度还没有过完")


def _headed(paper: Paper) -> Iterator[Contradiction]:
    """Check a heading 2024年…年度报告 over 现公布本局2023年度…."""
    for heading, line in pairwise(paper.lines):
        told, titled = _SELF.search(line.text), _HEADING.fullmatch(heading.text)
        if told and titled and titled["year"] != told["year"]:
            yield _found(paper, line, told.span(), titled["year"], told["year"], "与标题的年度不符")


def _run_on(paper: Paper) -> Iterator[Contradiction]:
    """Check a heading that a margin has joined to its text: 2024年…年度报告根据《条例》…，现公布本局2023年度…."""
    for line in paper.lines:
        titled, told = _JOINED.match(line.text), _SELF.search(line.text)
        if titled and told and titled.end() <= told.start() and titled["year"] != told["year"]:
            yield _found(paper, line, told.span(), titled["year"], told["year"], "与标题的年度不符")


def _figured(paper: Paper) -> Iterator[Contradiction]:
    """Check 现公布2018年度…报告 over 2016年，…公开316条: the year a report is of, that of its data and that of its figures."""
    for line, following in zip_longest(paper.lines, paper.lines[1:]):
        named = [match for pattern in (_SELF, _OWN, _DATA_AS_OF) if (match := pattern.search(line.text))]
        years = {year: match for match in named for year in match.groups() if year}
        for match in named[:1]:
            rest = _UP_TO.sub("", line.text[match.end() :])
            figures = _FIGURES.search(rest) or (following and _FIGURES.match(following.text))
            year = next(filter(None, match.groups()))
            if figures and figures["year"] not in years and year not in rest:
                yield _found(paper, line, match.span(), year, figures["year"], "报告的年度与所报数字的年份不符")
        if len(years) > 1:
            one, other = list(years)[:2]
            yield _found(paper, line, years[other].span(), one, other, "数据的年份不是报告的年度")


def _found(paper: Paper, line: Sentence, span: tuple[int, int], first: str, second: str, because: str) -> Contradiction:
    place = paper.evidence(line.start + span[0], line.start + span[1])
    return paper.found("dates-out-of-order", place, first=first, second=second, because=because)
