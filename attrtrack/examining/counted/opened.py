"""Counts against clauses that open alike: one a month (3月……，7月……), one a turn (第一组……), one by one (一处……，另一处……)."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_CLAUSE = r"(?:(?<=[：，。；（、和及与])(?:分别是|分别为|其中|即|为|是|于|在)?)"
_DAY = r"\d{1,2}月(?:\d{1,2}日|份|底|初|[上中下]旬)?(?!\d|[至到—~-]|底前|以[来前])"
_MONTHS = re.compile(rf"{_CLAUSE}(?:(?:今年|当年|年内|\d{{4}}年)?{_DAY}|[春夏秋冬]季|上半年|下半年|第?[一二三四]季度)")
_SIDES = re.compile(rf"{_CLAUSE}(?:一|另一|再一|又一|第[一二三四五])(?:个)?方面")
_OF_SIDES = re.compile(
    r"(?<![第\d一二三四五六七八九十])(?P<count>\d|[二两三四五六七八九])(?:个?方面|件事|[个项大点])[^，。；：（）\d]{0,12}[：，。；]"
)
_SLOGAN = re.compile(r"“(?P<count>[二三四五六七八九])(?P<of>[\u4e00-\u9fff]{1,2})”")
_SUFFIXED = re.compile(r"(?<=[：；。，])[\u4e00-\u9fff]{1,6}(?P<suffix>方面|上|层面|环节|领域|阶段|维度)[，：]")
_CASES = re.compile(r"一案(?=[，；。（]|$)")
_LEAD = re.compile(r"[^，。；：（）、\d]{0,16}(?:[：，。；]|（)(?:具体|分别|其中，?|即|[^，。；：（）\d]{1,6}：)?")
_NUMBERED = re.compile(
    r"(?P<unit>次|期|届|场|号|批|轮|讲|站|课)?[^，。；：（）\d]{0,14}(?:（|[，（：]?(?:即|分别[是为]|[是为]|依次为|：))(?P<items>第(?:\d{1,5}|[一二三四五六七八九十]{1,3})(?:次|期|届|场|号|批|轮|讲|站|课)?(?:[、和及与]第?(?:\d{1,5}|[一二三四五六七八九十]{1,3})(?:次|期|届|场|号|批|轮|讲|站|课)?)+)"
)
_LISTED_BEFORE = re.compile(
    r"(?P<items>(?:第\d{1,3}[期号辑批份次届轮讲]?|\d{4}年度?|\d{1,2}月份?)(?:[、和及与](?:第?\d{1,3}[期号辑批份次届轮讲]|\d{4}年度?|\d{1,2}月份?))+)"
    r"[^，。；\d]{0,4}?(?:共计?|等|这|合计|连续|的)(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?:[期号辑批份次届轮讲年]|个(?:月|年|季)|(?=届))"
)
_BRACKETED = re.compile(
    r"[^，。；：（）、\d]{0,18}(?:“[^“”]*”[^，。；：（）、\d]{0,8})?（(?:\d{4}年)?\d{1,2}月\d{1,2}日）"
)
_TURNED = frozenset("次场期批轮回届讲站组类个项步处条件家名人只点课人")
_OCCASIONS = frozenset({"次", "场", "期", "批", "轮", "届", "讲", "回"})
_RESUMED = re.compile(r"^[^，。；]*?(?:均|都|全部|共|已)")
_REST = re.compile("另|还有|余|再")
_TEAMS = frozenset("组队班片")
_MOST, _MOST_OFF, _LEAST, _MOST_COUNTS = 12, 2, 2, 40


def check_opened(paper: Paper) -> Iterator[Contradiction]:
    """Compare each small count with the clauses behind it that open in one way."""
    for sentence in paper.sentences:
        yield from _numbers_before(paper, sentence)
        for item in _small(sentence):
            yield from _by_number(paper, sentence, item)
            yield from _by_case(paper, sentence, item)
            yield from _on_one_day(paper, sentence, item)
    for line in paper.lines:
        yield from _by_side(paper, line)
        yield from _by_slogan(paper, line)
        yield from _by_suffix(paper, line)
        yield from _slogan_behind(paper, line)
        for item in _small(line):
            yield from _by_month(paper, line, item)
            yield from _by_turn(paper, line, item)
            yield from _one_by_one(paper, line, item)


def _small(sentence: Sentence) -> Iterator[Quantity]:
    counts = counts_told(sentence)
    return (item for item in counts if _LEAST <= item.value <= _MOST and len(counts) <= _MOST_COUNTS)


def _found(paper: Paper, sentence: Sentence, item: Quantity, end: int, listed: int) -> Iterator[Contradiction]:
    count = int(item.value)
    if listed >= 1 and 0 < abs(count - listed) <= _MOST_OFF:
        place = paper.evidence(sentence.start + item.start, sentence.start + end)
        yield paper.found("count-of-list", place, count=count, listed=listed)


def _openings(sentence: Sentence, item: Quantity, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """Return the clauses that open so behind a count, if the first stands directly behind what it counts."""
    found = list(pattern.finditer(sentence.text, item.end))
    lead = _LEAD.match(sentence.text, item.end)
    direct = found and lead is not None and found[0].start() <= lead.end() <= found[0].end()
    return found if direct and len(found) >= _LEAST else []


def _weight(sentence: Sentence, item: Quantity, start: int, end: int) -> int:
    """Return how many things a clause tells in the same unit: nothing is 0, more than one figure -1."""
    same = [
        other
        for other in counts_told(sentence)
        if start <= other.start < end and other.unit == item.unit and other is not item
    ]
    return 0 if not same else int(same[0].value) if len(same) == 1 else -1


def _told_in(sentence: Sentence, item: Quantity, found: list[re.Match[str]]) -> int:
    ends = [match.start() for match in found[1:]] + [len(sentence.text)]
    weights = [_weight(sentence, item, match.start(), end) for match, end in zip(found, ends, strict=True)]
    if found and not any(weights[:-1]) and re.match(r"各(?:有|举办|开展|召开|组织)?", sentence.text[found[-1].end() :]):
        return len(weights) * max(weights[-1], 1)
    return len(weights) if not any(weights) else sum(weights) if min(weights) > 0 else 0


def _in_one(line: Sentence, item: Quantity) -> Sentence:
    """Return the line up to the end of the sentence in which clauses behind a count stand: its own, or the next if its own ends there."""
    lead = _LEAD.match(line.text, item.end)
    end = line.text.find("。", lead.end() if lead else item.end)
    return Sentence(line.text[:end], line.start) if end > 0 else line


def _by_month(paper: Paper, line: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 培训三次：3月组织上岗培训，7月组织专题培训，11月组织年报培训."""
    sentence = _in_one(line, item)
    found = _openings(sentence, item, _MONTHS) if item.unit in _OCCASIONS | {"个", "项", "件"} else []
    if _MONTHS.search("，" + re.split("[，；：。（]", line.text[: item.start])[-1]):
        return
    words = [re.sub(r"^(?:分别是|分别为|其中|即|为|是|于|在)", "", match[0]) for match in found]
    between = sentence.text[item.end : found[0].start()] if found else ""
    mixed = len({bool(re.search("[春夏秋冬]季", word)) for word in words}) > 1
    if found and not mixed and len(set(words)) == len(words) and not re.search("如|等", between):
        listed = _told_in(sentence, item, found)
        if "其中" not in between or listed > item.value:
            yield from _found(paper, sentence, item, found[-1].end(), listed)


def _by_number(paper: Paper, sentence: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 列席常务会议3次，即第21次、第27次、第34次常务会议."""
    match = _NUMBERED.match(sentence.text, item.end)
    items = re.split(r"[、和及与]", match["items"]) if match else []
    if match and len(items) == item.value > len(set(items)):
        yield from _found(paper, sentence, item, match.end(), len(set(items)))
    if match and not sentence.text.startswith("等", match.end()):
        yield from _found(paper, sentence, item, match.end(), len(re.split(r"[、和及与]", match["items"])))


def _numbers_before(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 第3期、第5期和第8期共3期 and 2019年、2020年、2021年连续三年."""
    for match in _LISTED_BEFORE.finditer(sentence.text):
        listed, count = len(re.split("[、和及与]", match["items"])), chinese_number(match["count"]) or 0
        if 0 < abs(count - listed) <= _MOST_OFF and count > 1:
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("count-of-list", place, count=count, listed=listed)


def _by_case(paper: Paper, sentence: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 行政复议2件：汪某不服答复一案，结果维持；程某不服决定一案，撤回申请."""
    found = list(_CASES.finditer(sentence.text, item.end)) if item.unit in {"件", "起", "宗", "例"} else []
    lead = _LEAD.match(sentence.text, item.end)
    if len(found) >= _LEAST and lead and not re.search(r"\d|等", sentence.text[lead.end() : found[0].start()]):
        yield from _found(paper, sentence, item, found[-1].end(), len(found))


def _on_one_day(paper: Paper, sentence: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 两次做客热线节目（4月18日、9月12日）where one day alone is told."""
    match = _BRACKETED.match(sentence.text, item.end) if item.unit in _OCCASIONS else None
    if match and item.value == _LEAST:
        yield from _found(paper, sentence, item, match.end(), 1)


def _by_side(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 两方面的工作。一方面……；另一方面……."""
    for match in _OF_SIDES.finditer(line.text):
        found = list(_SIDES.finditer(line.text, match.end() - 1))
        count = chinese_number(match["count"]) or 0
        if len(found) >= _LEAST and found[0].start() == match.end() and 0 < abs(count - len(found)) <= _MOST_OFF:
            place = paper.evidence(line.start + match.start(), line.start + match.end())
            yield paper.found("count-of-list", place, count=count, listed=len(found))


def _by_suffix(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 从三个方面发力：组织上，……；制度上，……；平台上，……."""
    for match in _OF_SIDES.finditer(line.text):
        found = list(_SUFFIXED.finditer(line.text, match.end() - 1))
        count = chinese_number(match["count"]) or 0
        alike = len({one["suffix"] for one in found}) == 1 and len({one[0] for one in found}) == len(found)
        if alike and len(found) > _LEAST - 1 and found[0].start() == match.end() and abs(count - len(found)) == 1:
            place = paper.evidence(line.start + match.start(), line.start + match.end())
            yield paper.found("count-of-list", place, count=count, listed=len(found))


def _by_slogan(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check “三色”督办法：红色督办……，黄色督办……，绿色标注……."""
    for match in _SLOGAN.finditer(line.text):
        opened = re.compile(rf"(?<=[：，；、（])[\u4e00-\u9fff]{{1,2}}?{match['of']}")
        sentence = Sentence(re.split("。", line.text[match.end() :])[0], line.start + match.end())
        found = list(opened.finditer(sentence.text))
        listed, count = len({one[0] for one in found}), chinese_number(match["count"]) or 0
        direct = found and re.fullmatch(r"[^，。；：]*[：，（]", sentence.text[: found[0].start()])
        if direct and listed == len(found) >= _LEAST and 0 < abs(count - listed) <= 1:
            place = paper.evidence(line.start + match.start(), line.start + match.end())
            yield paper.found("count-of-list", place, count=count, listed=listed)


def _slogan_behind(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 决策公开、执行公开、管理公开、服务公开、结果公开，将“五公开”……."""
    for match in _SLOGAN.finditer(line.text):
        lead = re.search(
            r"(?P<items>[^，。；：“”]+(?:、[^，。；：“”]+)+)(?:，[^，。；：、]{0,8}|等|的|这)?$",
            line.text[: match.start()],
        )
        items = lead["items"].split("、") if lead else []
        alike = len(items) > _LEAST and all(match["of"] in item for item in items)
        count = chinese_number(match["count"]) or 0
        if alike and 0 < abs(count - len(items)) <= _MOST_OFF and not re.search("[和及与等]", items[-1]):
            place = paper.evidence(line.start + match.start(), line.start + match.end())
            yield paper.found("count-of-list", place, count=count, listed=len(items))


def _by_turn(paper: Paper, line: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 派出4个检查组，第一组负责……，第二组负责……."""
    units = {item.unit[-1:], *item.after[:6]} - {"的", "了", "，", ""}
    for unit in sorted(units):
        turn = re.compile(
            rf"{_CLAUSE}(?:首|末|最后[一1]|第{'?' if unit in _TEAMS else ''}(?P<turn>[一二三四五六七八九十]{{1,2}}|\d{{1,2}}))(?:个|小|检查|督查|督导|调研|评估)?{re.escape(unit)}"
        )
        found = _openings(line, item, turn)
        closing = [bool(re.search("末|最后", match[0])) for match in found]
        numbers = [
            at if closes else chinese_number(match["turn"] or "一") or 0
            for at, (match, closes) in enumerate(zip(found, closing, strict=True), start=1)
        ]
        if found and numbers == list(range(numbers[0], numbers[0] + len(found))):
            yield from _found(paper, line, item, found[-1].end(), len(found))
            return


def _one_by_one(paper: Paper, line: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 查阅场所两处，一处设在大厅，另一处设在档案馆 and 2件申请，1件公开，1件不予公开."""
    unit = re.escape(item.unit)
    one = re.compile(rf"{_CLAUSE}(?:(?:另外?|还有|再|又|余下|剩余|其余)?[一1二两三四五2-5]{unit}|另外?的?[一1]{unit})")
    text = re.split(r"[。\n]", line.text[item.end :])[0]
    first, _, others_told = text.partition("；")
    text = text if one.search("；" + others_told) else first
    clause = Sentence(line.text[: item.end] + text, line.start)
    found = _openings(clause, item, one)
    others = [other for other in counts_told(clause) if other.start >= item.end and other.unit == item.unit]
    resumed = [
        other
        for other in others[1:]
        if other.value == item.value > 1 and _RESUMED.search(clause.text[other.end :][:16])
    ]
    others = [other for other in others if other not in resumed]
    found = [match for match in found if not any(match.start() <= other.start < match.end() for other in resumed)]
    told = int(sum(other.value for other in others))
    if not found or len(others) != len(found) or not any(other.value == 1 for other in others):
        return
    each = clause.text[found[0].start() - 1] == "：" or all(
        re.match("[是为在于由设讲关面针围介位来用负公涉反]|主[题要]", clause.text[match.end() :]) for match in found
    )
    whole = any(_REST.search(match[0]) for match in found) or (each and all(other.value == 1 for other in others))
    if told > item.value or whole:
        yield from _found(paper, clause, item, found[-1].end(), told)
