"""Runs of ordinals (一是……二是……, ①②③, 1．2．3．): none is left out or told twice, and what points back at them counts them."""

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import UNITS, chinese_number
from attrtrack.examining.text.paper import Paper

_ONES = r"(?P<number>[一二三四五六七八九十]{1,2})"
_TENS = r"(?P<number>\d{1,2})"
_BEFORE = r"(?:^|(?<=[：；，。、\s”）]))"
_STYLES = (
    re.compile(rf"{_BEFORE}{_ONES}(?:是|要(?!求|点|件|素)|抓|把(?!手)|靠|看|为(?=[\u4e00-\u9fff]))", re.MULTILINE),
    re.compile(rf"{_BEFORE}第{_ONES}[，、：是]", re.MULTILINE),
    re.compile(rf"{_BEFORE}其{_ONES}[，、：是]", re.MULTILINE),
    re.compile(rf"(?:{_BEFORE}（{_TENS}）(?=[\u4e00-\u9fff“《])|^（(?P<first>\d{{1,2}})）)", re.MULTILINE),
    re.compile(
        rf"(?:{_BEFORE}（{_ONES}）(?=[\u4e00-\u9fff“《])|^（(?P<first>[一二三四五六七八九十]{{1,2}})）)", re.MULTILINE
    ),
    re.compile(
        rf"(?:^|(?<=[：；，。])){_TENS}(?=[\u4e00-\u9fff])(?!{UNITS}|[年月日时点周比成倍百千万亿余多几级楼层号])",
        re.MULTILINE,
    ),
    re.compile(
        rf"(?:(?<=[：；。]){_TENS}[.．、](?=[\u4e00-\u9fff“《])|^(?P<first>\d{{1,2}})[.．、](?!\d+[.．%，]))",
        re.MULTILINE,
    ),
    re.compile(rf"(?<=[：；。]){_ONES}、(?=[\u4e00-\u9fff“《])"),
    re.compile(rf"^{_ONES}、", re.MULTILINE),
)
_LABELLED = re.compile(
    r"(?:^|(?<=[：；。，]))(?:问题|工作|典型|主要)?(?P<label>问题|特点|措施|亮点|案例|任务|原因|做法|经验|建议|表现|情形|类型|步骤|环节|要求|阶段|清单|短板|成效|难点|线索|举措|版块|板块|模块|部分|场景|专题|主题|品牌)(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})(?=[：，、是为])",
    re.MULTILINE,
)
_ANY_LABEL = re.compile(
    rf"(?:^|(?<=[：；。，、]))(?!问题|特点|措施|附[件表图]|星期|礼拜|周[一二三]|[^\n]第)(?P<label>(?:(?![第一二三四五六七八九十])[\u4e00-\u9fff]){{2}}){_ONES}(?=[，：、是为]|[\u4e00-\u9fff]{{2,}})",
    re.MULTILINE,
)
_CIRCLE = re.compile("[①-⑳㉑-㉟]")
_WORD = re.compile("[\u4e00-\u9fff“《0-9A-Za-z]")
_CITING = re.compile(r"(?:[第见和]|其中|（[一二三四五六七八九十\d]{1,2}）)$")
_ANNOUNCED = re.compile(
    r"(?<![第\d一二三四五六七八九十])(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?:个|项|大|条|点|类|种|件|起|例|宗|家|名|处|方面|招|步)[^，。；：（）\d]{0,16}(?:[：，。；]|，[^，。；：（）\d一二两三四五六七八九十]{1,14}：)\s*$"
    r"|[^，。；：（）\d]{2,8}[有共](?P<has>[二两三四五六七八九十])[：，。；]\s*$"
)
_RANKS = re.compile(
    r"(?<!并列)第(?P<number>[一二三四五六七八九十]{1,2})(?P<unit>名|组|轮|批|次|场|期|类|阶段|步|位|站|季度|课|讲|片区|小组|层|条)(?=[^，。；]{2})"
)
_POINTS = re.compile(
    r"(?:(?:以上|上述|前述|前面|上面)(?:的|这)?(?:所[述列说提])?|(?<![\u4e00-\u9fff])这|(?<=[对就围绕照从])这)(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?:个(?!单位|部门|[县区市镇乡村])|项|类|点|条|种|大|方面|招|步|环|关)"
    r"|这[就也都]?是[^，。；：\d]{0,24}?(?P<called>\d{1,2}|[二两三四五六七八九十]{1,2})(?:个(?!单位|部门|[县区市镇乡村])|项|类|点|条|种|大|方面)"
    r"|(?:^|(?<=[。；\n])|(?<=目前，)|(?<=至此，)|(?<=年底，))(?P<opens>\d{1,2}|[二两三四五六七八九十]{1,2})[个种类大项条](?P<noun>[\u4e00-\u9fff]{2,6}?)(?:下|之?中|里|当中|的|均|都|共(?=[有设建同])|全部|相互|各|，)"
    r"|(?<=共)计?(?P<all>\d{1,2}|[二两三四五六七八九十]{1,2})[项个条点类种](?=[，。；\n]|$)"
)
_SLOGAN = re.compile(
    r"(?P<point>以上|上述|这|前述)?“(?P<count>[二两三四五六七八九十])个?(?P<of>[\u4e00-\u9fff]{1,4})”(?(point)|(?=并|齐|同|联|工作|举|机制|做法|措施|格局|体系|模式|法|要求|办法|为|的|$|[，。；]))"
)
_FARTHEST, _MOST_LINES, _BEHIND, _BEFORE_RUN, _LEAST = 600, 3, 160, 40, 2
_EVERY_ITEM, _TEN = 9, 10


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int
    start: int
    end: int


def check_runs(paper: Paper) -> Iterator[Contradiction]:
    """Follow each run of ordinals through the text."""
    text = paper.plain.text
    circled = _circled(paper)
    for marks in (circled, *(_marks(text, style, {mark.start for mark in circled}) for style in _STYLES)):
        yield from _opened_wrong(paper, marks)
        for run in _runs(text, marks):
            yield from _followed(paper, run)
    yield from _named_so(paper)
    labels: dict[str, list[_Mark]] = {}
    for match in _LABELLED.finditer(text):
        labels.setdefault(match["label"], []).append(_Mark(_number(match), match.start(), match.end()))
    for marks in labels.values():
        for run in _runs(text, marks):
            yield from _followed(paper, run)
    ranks: dict[str, list[_Mark]] = {}
    for match in _RANKS.finditer(text):
        ranks.setdefault(match["unit"], []).append(_Mark(_number(match), match.start(), match.end()))
    for marks in ranks.values():
        yield from _told_twice(paper, marks)


def _named_so(paper: Paper) -> Iterator[Contradiction]:
    """Check 样本一为登记表，样本二为告知书，样本四为回证: any two signs that stand before numbers from one on."""
    text, labels = paper.plain.text, dict[str, list[_Mark]]()
    for match in _ANY_LABEL.finditer(text):
        labels.setdefault(match["label"], []).append(_Mark(_number(match), match.start(), match.end()))
    for marks in labels.values():
        for run in _runs(text, marks):
            if len(run) > _LEAST:
                yield from _followed(paper, run)


def _marks(text: str, style: re.Pattern[str], but: Container[int]) -> list[_Mark]:
    """Return the marks of one style in order, but for those that stand at some places."""
    return [
        _Mark(_number(match), match.start(), match.end())
        for match in style.finditer(text)
        if match.start() not in but and not _is_cited(match)
    ]


def _circled(paper: Paper) -> list[_Mark]:
    """Return the numbers printed in circles; the normalised text has plain digits in their places."""
    found = []
    for match in _CIRCLE.finditer(paper.document.text):
        start, digits = paper.plain.position(match.start()), str(int(unicodedata.numeric(match[0])))
        behind = paper.document.text[match.end() : match.end() + 1]
        if paper.plain.text.startswith(digits, start) and _WORD.match(behind) and not _cites(paper.plain.text, start):
            found.append(_Mark(int(digits), start, start + len(digits)))
    return found


def _opened_wrong(paper: Paper, marks: Sequence[_Mark]) -> Iterator[Contradiction]:
    """Check 可归为两类：其三……；其二……: what opens a run is no first, and the second follows."""
    text = paper.plain.text
    for at, (mark, following) in enumerate(pairwise(marks)):
        lead = text[max(0, mark.start - _BEFORE_RUN) : mark.start]
        opens = lead.rstrip("\n").endswith("：") or _ANNOUNCED.search(lead)
        goes_on = at > 0 and mark.number == marks[at - 1].number + 1 and mark.start - marks[at - 1].end < _FARTHEST
        near = "\n\n" not in text[mark.end : following.start] and following.start - mark.end <= _BEHIND
        if opens and near and not goes_on and mark.number > 1 and following.number == _LEAST:
            place = paper.evidence(mark.start, mark.end)
            yield paper.found("heading-gap", place, before=lead[-8:].strip("\n"), after=text[mark.start : mark.end])


def _followed(paper: Paper, run: Sequence[_Mark]) -> Iterator[Contradiction]:
    yield from _broken(paper, run)
    if [mark.number for mark in run] == list(range(1, len(run) + 1)):
        yield from _announced(paper, run)
        yield from _pointed(paper, run)


def _announced(paper: Paper, run: Sequence[_Mark]) -> Iterator[Contradiction]:
    """Check 有以下三个特点：特点一……特点二……: the count that stands right before the first."""
    match, count = _foretold(paper, run[0])
    if match and count > 1 and 0 < abs(count - len(run)) <= _LEAST:
        place = paper.evidence(run[0].start - len(match[0]), run[0].start)
        yield paper.found("count-of-list", place, count=count, listed=len(run))


def _foretold(paper: Paper, first: _Mark) -> tuple[re.Match[str] | None, int]:
    """Return the words right before the first of a run that tell how many there are, and the count."""
    match = _ANNOUNCED.search(paper.plain.text[max(0, first.start - _BEFORE_RUN) : first.start])
    return match, chinese_number(match["count"] or match["has"]) or 0 if match else 0


def _number(match: re.Match[str]) -> int:
    return chinese_number(match["number"] or match.groupdict().get("first") or "") or 0


def _is_cited(match: re.Match[str]) -> bool:
    """Whether a number within brackets is spoken of (见第（3）项), or a sign stands behind an item rather than before it."""
    return _cites(match.string, match.start())


def _cites(text: str, start: int) -> bool:
    return _CITING.search(text[max(0, start - 6) : start]) is not None


def _runs(text: str, marks: Sequence[_Mark]) -> Iterator[list[_Mark]]:
    """Part the marks of one style where one begins anew, stands far off or fits nowhere."""
    run: list[_Mark] = []
    for mark in marks:
        between = text[run[-1].end : mark.start] if run else ""
        near = len(between) <= _FARTHEST and between.count("\n") <= _MOST_LINES
        if run and near and mark.number > 1 and abs(mark.number - run[-1].number - 1) <= 1:
            run.append(mark)
            continue
        if len(run) > 1:
            yield run
        run = [mark] if mark.number == 1 else []
    if len(run) > 1:
        yield run


def _broken(paper: Paper, run: Sequence[_Mark]) -> Iterator[Contradiction]:
    """Check 一是……二是……四是: one number is left out, or stands in the place of another."""
    numbers = [mark.number for mark in run]
    odd = [at for at, (one, other) in enumerate(pairwise(numbers), start=1) if other != one + 1]
    replaced = len(odd) == _LEAST and odd[1] == odd[0] + 1 and numbers[-1] == len(numbers)
    told = len(run) > _LEAST or (len(run) == _LEAST and _foretold(paper, run[0])[1] == _LEAST)
    if told and (len(odd) == 1 or replaced):
        one, other = run[odd[0] - 1], run[odd[0]]
        missing = "一二三四五六七八九十"[one.number % _TEN] if other.number > one.number else "■"
        between = paper.plain.text[one.end : other.start]
        if not re.search(rf"（{missing}）|{missing}[、是要]|(?<!\d){one.number + 1}[.．、）]", between):
            yield _gap(paper, one, other)


def _gap(paper: Paper, one: _Mark, other: _Mark) -> Contradiction:
    text, place = paper.plain.text, paper.evidence(other.start, other.end)
    return paper.found(
        "heading-gap", place, before=text[one.start : one.start + 8].split("\n")[0], after=text[other.start : other.end]
    )


def _told_twice(paper: Paper, marks: Sequence[_Mark]) -> Iterator[Contradiction]:
    """Check 第一名……第二名……第二名……第四名: one rank stands in the place of the next."""
    for at in range(len(marks) - 2):
        run = marks[at : at + 4]
        numbers = [mark.number for mark in run]
        text = paper.plain.text[run[0].start : run[-1].end]
        steps = [numbers[0], numbers[0], numbers[0] + 2] == numbers[-3:] or (
            len(numbers) > _LEAST + 1 and numbers == [numbers[0], numbers[0] + 1, numbers[0] + 1, numbers[0] + 3]
        )
        if steps and not re.search("[。\n]|并列|同", text):
            yield _gap(paper, run[-3], run[-2])
            return


def _pointed(paper: Paper, run: Sequence[_Mark]) -> Iterator[Contradiction]:
    """Check 一是……二是……三是……。以上四个问题 and “四抓”并举 against the run just told."""
    text, last = paper.plain.text, run[-1]
    by_line = "\n" in text[run[-2].end : last.start] and text[max(0, last.start - 1)] == "\n"
    since = text.find("\n", last.end) if by_line else last.end
    behind = text[since : since + _BEHIND] if since >= 0 else ""
    told = text[max(0, run[0].start - _BEHIND) : run[0].start]
    items = [text[mark.end - 1 : mark.end + _EVERY_ITEM] for mark in run]
    matches = [
        (match, match["count"] or match["called"] or match["opens"] or match["all"])
        for match in _POINTS.finditer(behind)
        if behind.count("\n", 0, match.start()) <= (_MOST_LINES if by_line else 1) and _is_pointed(match, told)
    ]
    matches += [
        (match, match["count"])
        for match in _SLOGAN.finditer(behind)
        if match["point"] or all(match["of"] in item for item in items)
    ]
    for match, printed in matches:
        count = chinese_number(printed) or 0
        unlike = 0 < abs(count - len(run)) <= _LEAST and not re.search(rf"{printed}[个项类点条种大方件]", told)
        if unlike and not _is_of_others(behind[: match.start()]):
            place = paper.evidence(since + match.start(), since + match.end())
            yield paper.found("count-of-list", place, count=count, listed=len(run))
            return


def _is_pointed(match: re.Match[str], told: str) -> bool:
    """Whether words point back; where none do, a count stands in the sentence behind the run, of a noun told before it."""
    if not (match["opens"] or match["all"]):
        return True
    first = len(re.findall("[。\n]+", match.string[: match.start()])) == 1
    return first and (match["opens"] is None or match["noun"] in told)


def _is_of_others(between: str) -> bool:
    """Whether another list stands between the last of a run and what points back: names parted by 、, or a count."""
    return bool(re.search(r"(?:[^，。；：、\d]{2,}、){2}|\d+[项个类]|“[一二三四五六七八九十]|①|（1）", between))
