"""Counts against what their sentence enumerates before them or at a distance: days, names before 三位一体, issues by number."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import UNITS, chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?<![第\d.一二三四五六七八九十])(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_DATE = r"(?:(?:19|20)\d{2}年)?\d{1,2}月(?:\d{1,2}日|份|[上中下]旬|[初底])?"
_ON_DAYS = re.compile(
    rf"(?:(?:先后|分别|依次|陆续|相继)?[于在为是]|^|(?<=[，；：。]))(?P<dates>{_DATE}(?:[、和及与]{_DATE})+)(?P<doing>[^，。；：\d等各每]{{2,24}}?|，(?:全年|共|这|年内|以上|上述)?(?:共|的)?){_COUNT}(?:次|场|期|批次?|轮|回|届|讲|(?P<paper>[封件份篇]))(?![^，。；]*各)"
)
_ONE_BY_ONE = re.compile("先后|分别|依次|陆续|相继")
_LEVELS = re.compile(r"(?P<items>[省市州县区乡镇村厅局部](?:、[省市州县区乡镇村厅局处])+)(?P<count>[二两三四五])级")
_AS_ONE = re.compile(r"(?P<items>[^，。；：“”]+、[^，。；：“”、]+)“(?P<count>[二三四五六七八九十])位一体”")
_APART = re.compile(
    rf"{_COUNT}(?:{UNITS})[^，。；：\d]{{0,12}}，(?:每|各|均)[^，。；：、]{{2,10}}，[^，。；：、\d]{{0,6}}(?:分别|依次)[为是]：?(?P<items>[^，。；：]+、[^，。；：]+)$"
)
_BY_NUMBER = re.compile(
    r"(?<![\d.第])(?P<count>\d{1,3})(?P<unit>[期号辑批份次届轮讲])[^。；\d]{0,10}第[1一](?P=unit)?(?:至|到|—+|-|~|－)第?(?P<last>\d{1,3})(?P=unit)"
)
_YEARS = re.compile(
    rf"连续{_COUNT}年[^，。；：（\d]{{0,14}}[，（：](?:即|分别[是为]|具体[是为]|依次[是为])?(?P<items>(?:19|20)\d{{2}}年度?(?:[、和及与](?:19|20)\d{{2}}年度?)+)"
)
_SO_MANY_BEFORE = re.compile(
    r"第(?P<count>[二三四五六七八九十]|\d{1,2})(?P<unit>[次届批轮场期])[^。；：第]{0,20}?[，。；]?(?:此前|之前|前面|在此之前)的?(?:这)?(?P<earlier>[一两二三四五六七八九十]|\d{1,2})(?P=unit)"
)
_AFTER = re.compile(
    r"继(?P<items>[^，。；：]{2,60}?)之?[以之]?后，?[^，。；：第]{0,10}第(?P<count>[二三四五六七八九十]|\d{1,2})[次个届批项家度]"
)
_MOST_OFF, _LEAST_ITEMS, _LONGEST_ITEM = 2, 3, 16


def check_enumerated(paper: Paper) -> Iterator[Contradiction]:
    """Compare every count with what is enumerated in its sentence."""
    for sentence in paper.sentences:
        yield from _days(paper, sentence)
        yield from _as_one(paper, sentence)
        yield from _apart(paper, sentence)
        yield from _levels(paper, sentence)
        yield from _by_number(paper, sentence)
        yield from _one_more(paper, sentence)
        yield from _years(paper, sentence)


def _found(paper: Paper, sentence: Sentence, match: re.Match[str], *, listed: int) -> Contradiction:
    place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
    return paper.found("count-of-list", place, count=_number(match), listed=listed)


def _number(match: re.Match[str]) -> int:
    return chinese_number(match["count"]) or 0


def _days(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 先后于3月18日、8月14日、10月22日举办培训3期; one may take days that follow each other; 分别1次 is of each."""
    for match in _ON_DAYS.finditer(sentence.text):
        dates = re.split(r"[、和及与]", match["dates"])
        months = {date.partition("月")[0] for date in dates}
        if match["paper"] and not (_ONE_BY_ONE.search(match[0]) and abs(_number(match) - len(dates)) == 1):
            continue
        if _number(match) > 1 and len(months) == len(dates) and 0 < abs(_number(match) - len(dates)) <= _MOST_OFF:
            yield _found(paper, sentence, match, listed=len(dates))


def _as_one(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 政府网站、公众号、政府公报“三位一体”; 和 may part two things, 等 leaves some out."""
    for match in _AS_ONE.finditer(sentence.text) if "位一体" in sentence.text else ():
        items = match["items"].split("、")
        most = len(re.split(r"[、和及与]", match["items"]))
        if items[-1].endswith("等") or len(items) < _LEAST_ITEMS or len(items) <= _number(match) <= most:
            continue
        if min(abs(_number(match) - told) for told in (len(items), most)) <= _MOST_OFF:
            yield _found(paper, sentence, match, listed=most)


def _levels(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 省、市、县三级联动."""
    for match in _LEVELS.finditer(sentence.text):
        listed = len(match["items"].split("、"))
        if listed != _number(match):
            yield _found(paper, sentence, match, listed=listed)


def _apart(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 举办培训三期，每期一个专题，依次为甲、乙、丙."""
    for match in _APART.finditer(sentence.text):
        items = match["items"].split("、")
        most = len(re.split(r"[、和及与]", match["items"]))
        short = all(len(item) <= _LONGEST_ITEM for item in items) and not re.search(r"等|\d", match["items"])
        if short and not len(items) <= _number(match) <= most and abs(_number(match) - len(items)) <= _MOST_OFF:
            yield _found(paper, sentence, match, listed=len(items))


def _years(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 连续4年获评优秀，即2019年度、2020年度和2021年度."""
    for match in _YEARS.finditer(sentence.text):
        listed = len(re.split("[、和及与]", match["items"]))
        if 0 < abs(_number(match) - listed) <= _MOST_OFF:
            yield _found(paper, sentence, match, listed=listed)


def _one_more(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 继2010年、2012年之后第三次获此荣誉 and 年内第三次，此前两次……: one more than those it follows."""
    for match in _SO_MANY_BEFORE.finditer(sentence.text):
        count, earlier = _number(match), chinese_number(match["earlier"]) or 0
        if 0 < abs(count - 1 - earlier) <= _MOST_OFF:
            yield _found(paper, sentence, match, listed=earlier + 1)
    for match in _AFTER.finditer(sentence.text):
        items = re.split("[、和及与]", match["items"])
        alike = len({item[-1:] for item in items}) == 1 and "等" not in match["items"]
        if alike and 0 < abs(_number(match) - 1 - len(items)) <= _MOST_OFF:
            yield _found(paper, sentence, match, listed=len(items) + 1)


def _by_number(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 编发公报5期，其中第1期至第7期: no more than there are."""
    for match in _BY_NUMBER.finditer(sentence.text):
        if int(match["last"]) > _number(match):
            yield _found(paper, sentence, match, listed=int(match["last"]))
