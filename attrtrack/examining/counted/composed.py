"""Counts that follow from what is told beside them: members of a group, parts behind 即, days of which each has one, averages, growth, a place in an order."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import UNITS, Quantity, chinese_number, counts_told, printed
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_PERSONS = frozenset("人名位")
_MADE_OF = re.compile(r"由(?P<body>[^。；：]{4,80}?)(?:组成|构成|为成员|任成员|参加)的?")
_MEMBER = re.compile(rf"(?P<count>{_COUNT})(?:名|人|位|个(?!月))")
_TITLE = re.compile(r"长|主任|书记|员|负责人|干部|专家|同志|代表|主管|律师|教师|骨干")
_HEADED = re.compile(r"(?:任|为)[^，。；、\d]{0,6}[长任记]")
"""Somebody told without a figure: 由局长任组长."""
_SUMMED = re.compile(
    r"(?:合计|共计|总计|一共|总共|(?<![公总])共|合起来|加起来|组成)(?:一个|了|有|为|是|配备|投入|安排|抽调|选派)?$"
)
_APART = re.compile(r"其中|另|平均|每|各|同比|较|上年|以上|增|减|不|未|还")
_THAT_IS = re.compile(
    r"[^。；：\d]{0,40}?[，（：](?:即|也就是|具体[是为]|分别[是为]|[\u4e00-\u9fff]{0,4}构成[是为]?)：?"
)
_OF_KINDS = re.compile(r"[\u4e00-\u9fff]{0,16}[，：]")
_PART = r"[^，。；：、（）\d]{{1,14}}(?:\d{{1,4}}){unit}"
_DATE = r"(?:\d{1,2}月(?:\d{1,2}日|份|底|初|[上中下]旬)?|上半年|下半年|[一二三四]季度|[春夏秋冬]季)"
_EACH_DAY = re.compile(
    rf"(?P<dates>{_DATE}(?:[、和及与]{_DATE})+)，?[^，。；\d]{{0,10}}各[^，。；\d]{{0,8}}?(?P<per>{_COUNT})(?P<unit>[次场期批轮讲篇件份])[^。；\d]{{0,30}}?(?:共计?|累计|合计|总计|全年)[^，。；\d]{{0,8}}?(?P<total>{_COUNT})(?P=unit)"
)
_AVERAGE = re.compile(
    rf"平均每(?:个)?(?P<period>月|季度?|周|半年)[\u4e00-\u9fff]{{0,4}}?(?P<value>\d+(?:\.\d+)?)(?P<unit>{UNITS})(?!以上|左右|多)"
)
_IN_YEAR = {"月": 12, "季": 4, "季度": 4, "半年": 2, "周": 52}
_PART_OF_YEAR = re.compile(r"半年|季度|截至|\d月|月份|以来")
_GROWN = re.compile(
    rf"(?P<of>[\u4e00-\u9fff]{{2}})(?:总数|数量|数)?[由从](?:原来的?|原有的?|上年的?|去年的?)?(?P<first>\d{{1,4}})(?P<unit>{UNITS})?(?:增加?|扩大|扩充|扩展|上升|发展|拓展|减少?|压减|精简|缩减|下?降|整合|归并)[到至为]了?(?P<last>\d{{1,4}})(?P<of_unit>{UNITS})"
)
_ADDED = re.compile(
    rf"(?:新增设?|增加|净增|增设|新建|新设|减少|关停|撤销|压减|注销|新开[设通]?)[了的]?(?P<what>[^，。；：\d]{{0,20}}?)(?P<count>{_COUNT})(?P<unit>{UNITS})"
)
_CHANGED = re.compile(
    rf"(?:[增添撤并关减停删]|新[建设开]|注销|退出|取消|淘汰)[^，。；：\d]{{0,14}}?{_COUNT}(?P<unit>{UNITS})"
)
_PLACED = re.compile(
    rf"(?P<whole>\d{{1,3}})(?:{UNITS})[^。；\d]{{0,14}}(?:中|里|内)[^。；\d]{{0,12}}第(?P<place>\d{{1,3}})[名位][^。；]{{0,12}}?(?:前面|前边|之前|前)(?:还)?有(?P<ahead>\d{{1,3}})(?:{UNITS})[^。；\d]{{0,10}}(?:后面|后边|之后|身后|后)(?:还)?有(?P<behind>\d{{1,3}})(?:{UNITS})"
)
_NEXT_TO = re.compile(
    r"第(?P<place>\d{1,2}|[二三四五六七八九十])[名位]?，(?:仅次于|[^，。；：、\d]{0,12}(?:之前|前面|前头|前)的?(?:分别|依次)?[是为有]：?)(?P<names>[^，。；：\d]{2,60})(?=[，。；]|$)"
)
_LEAST, _MOST_OFF, _LEAST_OF_KINDS, _MOST_COUNTS, _BEHIND = 2, 2, 3, 40, 30
_HALF, _FIFTH = Decimal("0.5"), Decimal("0.2")


def check_composed(paper: Paper) -> Iterator[Contradiction]:
    """Work out each count from what it is made of."""
    for line in paper.lines:
        yield from _grown(paper, line)
    for sentence in paper.sentences:
        counts = counts_told(sentence)
        if len(counts) > _MOST_COUNTS:
            continue
        yield from _of_members(paper, sentence, counts)
        yield from _of_persons(paper, sentence, counts)
        yield from _that_is(paper, sentence, counts)
        yield from _each_day(paper, sentence)
        yield from _on_average(paper, sentence, counts)
        yield from _placed(paper, sentence)


def _number(text: str) -> int:
    return chinese_number(text) or 0


def _sum(
    paper: Paper, sentence: Sentence, span: tuple[int, int], *, whole: int, unit: str, parts: Sequence[int]
) -> Contradiction:
    return paper.found(
        "sum-of-parts",
        paper.evidence(sentence.start + span[0], sentence.start + span[1]),
        certainty=Certainty.PROBABLE,
        total=f"{whole}{unit}",
        parts="＋".join(map(str, parts)),
        added=f"{sum(parts)}{unit}",
    )


def _follows(
    paper: Paper, sentence: Sentence, span: tuple[int, int], *, worked_out: object, stated: str
) -> Contradiction:
    place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
    return paper.found("figure-follows", place, worked_out=worked_out, stated=stated)


def _of_members(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 由局长任组长、2名副局长任副组长、7名科长为成员……合计10人: who is told without a figure is one."""
    for match in _MADE_OF.finditer(sentence.text):
        whole = next((item for item in counts if item.start >= match.end() and item.unit in _PERSONS), None)
        pieces = re.split("[、，]", match["body"])
        parts = [_members(piece) for piece in pieces]
        if whole is None or len(pieces) < _LEAST or not all(parts):
            continue
        between = sentence.text[match.end() : whole.start]
        added, value = sum(parts), int(whole.value)
        told = any(_MEMBER.search(piece) for piece in pieces) and len(between) <= _BEHIND
        if told and not _APART.search(between) and 0 < abs(added - value) <= max(_MOST_OFF, added // 5):
            yield _sum(paper, sentence, (match.start(), whole.end), whole=value, unit=whole.unit, parts=parts)


def _members(piece: str) -> int:
    """Return how many persons a piece names: its figure, or one for a title; 0 where that cannot be told."""
    found = _MEMBER.findall(piece)
    if len(found) == 1:
        return _number(found[0])
    return int(not found and not re.search(r"[和及与等各\d]", piece) and bool(_TITLE.search(piece)))


def _of_persons(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 专职人员2名，兼职人员3名，合计5人: persons, counted by other words in the whole than in its parts."""
    for at, whole in enumerate(counts):
        lead = sentence.text[: whole.start]
        if whole.unit not in _PERSONS or not _SUMMED.search(lead):
            continue
        opens = max(lead.rfind(sign) for sign in "；：")
        parts = [item for item in counts[:at] if item.start > opens and item.unit in _PERSONS]
        if len(parts) < _LEAST or len({item.unit for item in (*parts, whole)}) < _LEAST:
            continue
        values = [int(item.value) for item in parts]
        sums = {sum(values[start:]) for start in range(len(values))}
        sums |= {sum(values) + 1} if _HEADED.search(sentence.text, opens + 1, parts[0].start) else set()
        plain = not _APART.search(sentence.text[parts[0].start : whole.start]) and len(parts) == at - sum(
            item.start < opens for item in counts[:at]
        )
        plain = plain and sentence.text[parts[0].start - 1] not in "、和及"
        value = int(whole.value)
        if plain and value not in sums and abs(sum(values) - value) <= max(_MOST_OFF, sum(values) // 5):
            yield _sum(paper, sentence, (parts[0].start, whole.end), whole=value, unit=whole.unit, parts=values)


def _that_is(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 6人……，即队长1人，副队长3人，组长2人 and 12项措施，挂号类4项、结算类3项、导诊类5项."""
    for whole in counts:
        part = _PART.format(unit=re.escape(whole.unit))
        closed, kinds = _THAT_IS.match(sentence.text, whole.end), _OF_KINDS.match(sentence.text, whole.end)
        told = (
            re.compile(rf"{part}(?:[，、]{part})+(?=[；）]|$)").match(sentence.text, closed.end()) if closed else None
        )
        if told is None and kinds:
            told = re.compile(rf"{part}(?:、{part}){{2,}}(?=[，；）]|$)").match(sentence.text, kinds.end())
            labels = re.findall(r"([\u4e00-\u9fff])\d", told[0]) if told else []
            told = told if len(set(labels)) == 1 and len(labels) >= _LEAST_OF_KINDS else None
        if told is None or _APART.search(sentence.text[max(0, whole.start - 4) : told.end()]):
            continue
        parts = [int(value) for value in re.findall(r"\d+", told[0])]
        value = int(whole.value)
        if 0 < abs(sum(parts) - value) <= max(_MOST_OFF, value // 5):
            yield _sum(paper, sentence, (whole.start, told.end()), whole=value, unit=whole.unit, parts=parts)


def _each_day(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 1月、4月、9月各组织一次学习，全年累计3次."""
    for match in _EACH_DAY.finditer(sentence.text):
        days, per, total = len(re.split("[、和及与]", match["dates"])), _number(match["per"]), _number(match["total"])
        if 0 < abs(total - days * per) <= _MOST_OFF * per:
            yield _follows(
                paper,
                sentence,
                match.span(),
                worked_out=f"{days * per}{match['unit']}",
                stated=match["total"] + match["unit"],
            )


def _on_average(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 宣讲会12场，平均每月1场: what is told of a whole year, by its months, quarters or weeks."""
    for match in _AVERAGE.finditer(sentence.text):
        before = [item for item in counts if item.end <= match.start() and item.unit == match["unit"]]
        if not before or _PART_OF_YEAR.search(sentence.text[: match.start()]):
            continue
        value, whole = Decimal(match["value"]), before[-1].value
        mean = whole / _IN_YEAR[match["period"]]
        step = Decimal(1).scaleb(-len(match["value"].partition(".")[2]))
        off = abs(mean - value)
        if off >= step * _HALF and off >= value * _FIFTH and value <= mean * _LEAST <= value * _LEAST * _LEAST:
            span = (before[-1].start, match.end())
            stated = match["value"] + match["unit"]
            worked_out = printed(mean.quantize(step / 10)) + match["unit"]
            yield _follows(paper, sentence, span, worked_out=worked_out, stated=stated)


def _grown(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 新增示范点3处……至此示范点由8处增至11处."""
    for match in _GROWN.finditer(line.text):
        added = [
            item
            for item in _ADDED.finditer(line.text)
            if item["unit"] == match["of_unit"]
            and match["of"] in item["what"] + line.text[item.end() : item.end() + 12]
        ]
        change = abs(int(match["last"]) - int(match["first"]))
        others = [
            item
            for item in _CHANGED.finditer(line.text)
            if item["unit"] == match["of_unit"] and not match.start() <= item.start() < match.end()
        ]
        if (
            len(added) != 1
            or len(others) > 1
            or (added[0].start() >= match.start() and not re.match("[^，。；]{0,4}[增加建设减少销停]的", added[0][0]))
            or (match["unit"] or match["of_unit"]) != match["of_unit"]
        ):
            continue
        if 0 < abs(_number(added[0]["count"]) - change) <= _MOST_OFF:
            stated = added[0]["count"] + match["of_unit"]
            yield _follows(paper, line, match.span(), worked_out=f"{change}{match['of_unit']}", stated=stated)


def _placed(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 18支队伍中排名第7位，前面有6支，后面有11支 and 排名第3位，仅次于甲市、乙市."""
    for match in _NEXT_TO.finditer(sentence.text):
        names = re.split("[、和与]", match["names"])
        if "等" not in match["names"] and 0 < abs(_number(match["place"]) - 1 - len(names)) <= _MOST_OFF:
            quote = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("count-of-list", quote, count=_number(match["place"]) - 1, listed=len(names))
    for match in _PLACED.finditer(sentence.text):
        whole, place, ahead, behind = (int(match[name]) for name in ("whole", "place", "ahead", "behind"))
        if (ahead, behind) != (place - 1, whole - place) and 1 <= place <= whole:
            yield _follows(
                paper,
                sentence,
                match.span(),
                worked_out=f"{place - 1}＋1＋{whole - place}",
                stated=f"{ahead}＋1＋{behind}",
            )
