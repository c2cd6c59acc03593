"""Totals and their parts wherever a passage tells them: in a sentence, over sentences and lines, in one unit or in several.

No word need bind the figures. A figure and the run of figures beside it are compared; what stands between them says how surely the
run is the whole, and so how unlikely a chance miss must be to be told.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.amounts.balances import balance_of, hangs_together
from attrtrack.examining.amounts.wholes import (
    LEAST_PARTS,
    MOST_FIGURES,
    Whole,
    are_of_one_kind,
    right_wholes,
    unnested,
)
from attrtrack.examining.text.figures import TIMES, Quantity, chinese_number, quantities
from attrtrack.examining.text.paper import Paper, Sentence

_BARE, _LIKELY, _BOUND, _SURE, _CERTAIN = map(Decimal, ("0.025", "0.05", "0.1", "0.4", "0.6"))
_ALWAYS = Decimal(2)
_OPENS = re.compile(r"分别|包括|分为|具体|构成|组成|即|[：（]|按[^，。；：]{1,14}(?:分|统计|划分|看)|[当之信]?[中息]，")
_OVERALL = re.compile(r"总|共|累计|合计|全[部年市县区省州院局校系]|年度?内|收到|受理|现有|设有|收录")
_CLOSING = re.compile(r"合计|共|总|累计|之和|相加|加起来|加在一起|两[项类者]|[三四五六]者|前后")
_REFUSED = re.compile(r"同比|[较比]上|平均|每|率|占|以上|增长|下降|提高|另外|此外|同时")
_REST = re.compile(r"其他|其它|其余|余下|剩[余下]|[另还]有")
_GOES_ON = re.compile(
    r"[从按][^，。；\d]{1,10}看|其中|上述|以上|按|具体|[合总共]计|在?这些|年内|截至|抽查结果|检查结果|[（(]?[一二三1-3][）).、是]"
)
_HEADING = re.compile(r"。\n[（(]?[\d一二三四五六七八九]{1,2}[）).．、][^。，；\d\n]{2,14}。")
_COUNTED = re.compile(r"(?<![第\d])(?P<count>[两二三四五六七八九十]|[2-9])个?[\u4e00-\u9fff]{1,5}$")
_DIRECTLY = re.compile(r"(?:共|合计|总计|共计|总共|一共|累计)[有为达是]?$")
_LISTED = re.compile(r"[^，。；：\d]{0,16}[，、和及与；][^，。；：\d]{0,20}")
_GENERIC = re.compile(r"^[^，。；、\d]{0,4}(?:单位|机构|主体|对象|部门|网站|地区|行政区|点位|方面)")
_BRACKETS = re.compile(r"（[^（）]*）")
_BUT_FOR = re.compile(r"除了?[^，。；\d]{0,10}$")
_THE_REST = re.compile(r"[^。；\d]{0,30}外，(?:其余|其他|其它|余下|剩余)[^，。；\d]{0,12}")
_OPPOSED = re.compile(r"(?:不|未|没有|尚未|正在)(?P<what>[\u4e00-\u9fff]{2})")
_CLAUSE_END = re.compile(r"[。；]|(?<!累计)(?<!合计)(?<!总计)(?<!相加)(?<!汇总)(?<![累合总]计全年)，")
_HEADED = re.compile(r"[任为]组长|[任为]主任|[任为]队长|牵头")
"""One who heads a group is named without a figure."""
_NEXT = re.compile(r"[，、][^，。；：、\d]*")
_ALIKE = re.compile(r"等[^，。；、\d]{0,14}$")
_FROM = re.compile(r"[由从][^，。；\d]{0,3}$")
_LEADS = re.compile(r"[^，。；：\d]{0,8}，?[^，。；：\d]{0,8}(?:：|其中|包括|分别)")
_MONEY = frozenset({"元", "万元", "亿元", "分"})
_FARTHEST, _LONGEST = 60, 400


_Told = tuple[Sentence, Whole]


def wholes_of(paper: Paper) -> tuple[_Told, ...]:
    """Return every total that a passage of a paper may tell with its parts, right or wrong, each with its passage."""
    return tuple((window, one) for window in _windows(paper) for one in _wholes(window))


def right_figures(wholes: Sequence[_Told]) -> frozenset[int]:
    """Return where the figures stand that make up a total, or are one, in the normalised text."""
    return frozenset(start + item.start for start, one in _right(wholes) for item in (one.total, *one.parts))


def parts_told(wholes: Sequence[_Told]) -> frozenset[int]:
    """Return where the figures stand that are parts of a total with enough parts to be no chance."""
    right = ((start, one) for start, one in _right(wholes) if len(one.parts) > LEAST_PARTS)
    return frozenset(start + item.start for start, one in right for item in one.parts)


def slipped_wholes(paper: Paper, wholes: Sequence[_Told]) -> Iterator[Contradiction]:
    """Tell every total that misses the run beside it by too little; what hangs together in any passage is left alone in all.

    A total that a word closes may well lead a right list of its own (二者共26件，其中20件……，6件……).
    """
    told = set(right_figures(wholes))
    leading = {start + one.total.start for start, one in _right(wholes) if one.leads}
    leading -= {
        start + item.start for start, one in _right(wholes) for item in ((one.total,) if not one.leads else one.parts)
    }
    for window, one in wholes:
        start = window.start + one.total.start
        if (start not in told or (one.closed and start in leading)) and not one.is_right and one.is_told:
            told.add(start)
            leading.discard(start)
            yield one.contradiction(paper, window)


def _right(wholes: Sequence[_Told]) -> Iterator[tuple[int, Whole]]:
    return ((window.start, one) for window, one in wholes if one.is_right)


def _windows(paper: Paper) -> Iterator[Sentence]:
    """Yield each sentence, each two that stand together, each paragraph of more, and each total with the lines below it."""
    yield from paper.sentences
    told = [sentence for sentence in paper.sentences if quantities(sentence)]
    for one, other in pairwise(told):
        between = paper.plain.text[one.start + len(one.text) : other.start]
        if between == "。" or _GOES_ON.match(other.text) or _HEADING.fullmatch(between):
            yield _joined(paper, one, other)
    for line in paper.lines:
        if line.text.rstrip("。").count("。") > 1 and len(line.text) <= _LONGEST:
            yield line
    for at, line in enumerate(paper.lines):
        below = list(_items_below(paper.lines[at + 1 :]))
        if len(below) >= LEAST_PARTS:
            yield _joined(paper, line, below[-1])


def _items_below(lines: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the lines that each tell one figure and are of one unit."""
    units: set[str] = set()
    for line in lines:
        found = quantities(line)
        units |= {item.unit for item in found}
        if len(found) != 1 or len(units) > 1:
            return
        yield line


def _joined(paper: Paper, one: Sentence, other: Sentence) -> Sentence:
    """Return the text from one sentence to another, of the same length, as one paragraph."""
    text = paper.plain.text[one.start : other.start + len(other.text)]
    return Sentence(re.sub(r"[：；]\n", "，，", text).replace("\n", "。"), one.start)


def _wholes(window: Sentence) -> Iterator[Whole]:
    """Yield every total that a window may tell with its parts, right or wrong; accounts of what came and went are none."""
    if balance_of(window) is not None:
        return
    found = [
        item
        for item in quantities(window)
        if not (item.delta or item.rough or (item.depth and "满分" in item.label)) and _is_of_now(window.text, item)
    ]
    for unit in sorted({item.unit for item in found} - TIMES):
        heads = "人" if unit == "人次" and _CLOSING.search(found[-1].label) and found[-1].unit == unit else unit
        group = [item for item in found if item.unit in {unit, heads}]
        if len(group) > MOST_FIGURES:
            continue
        yield from _again(window.text, group)
        if ("结转" in window.text and unit not in _MONEY) or any(
            _FROM.search(window.text[: item.start]) for item in group
        ):
            continue
        yield from right_wholes(group)
        if len(group) > LEAST_PARTS and not hangs_together(group):
            yield from _forward(window.text, group)
            yield from _backward(window.text, group)
    counted = [item for item in found if item.unit not in TIMES | _MONEY]
    if len({item.unit for item in counted}) > 1 and LEAST_PARTS < len(counted) <= MOST_FIGURES:
        yield from right_wholes(counted)
        yield from _of_several_units(window.text, counted)


def _again(text: str, group: Sequence[Quantity]) -> Iterator[Whole]:
    """Yield totals with two parts that words bind, whatever else is told: 除4场……外，其余7场; 总量316件。办结305件，其余11件."""
    for at, (one, other) in enumerate(pairwise(group)):
        gap = text[one.end : other.start]
        if at and _BUT_FOR.search(text[: one.start]) and _THE_REST.fullmatch(gap):
            yield Whole(group[at - 1], (one, other), _ALWAYS, closed=True)
        opposed = _OPPOSED.search(other.label)
        states = opposed and opposed["what"] in one.label and not _OPPOSED.search(one.label)
        rest = _REST.search(other.label) and len(group) == at + 2
        stop = text.rfind("。", 0, one.start)
        first = [item for item in group[:at] if item.end <= stop]
        alone = bool(first) and len(first) == at and len(group) == at + 2
        total = max(first, key=lambda item: item.value, default=None)
        if total is not None and alone and (states or rest) and "。" not in gap and _OVERALL.search(total.label):
            yield Whole(total, (one, other), _SURE, closed=True)


def _is_of_now(text: str, item: Quantity) -> bool:
    """Whether a figure is of the time that is told of; one of last year may lead a list of its own."""
    carried = item.unit in _MONEY and item.label.endswith("结转")
    return not item.earlier or carried or bool(_LEADS.match(text[item.end :]))


def _of_several_units(text: str, counted: Sequence[Quantity]) -> Iterator[Whole]:
    """Yield the totals that close a list of counts in several units: 27个部门、19个乡镇……总数为46家."""
    for at, total in enumerate(counted):
        closing = _CLOSING.search(text[counted[at - 1].end : total.start]) if at else None
        if not closing and not _GENERIC.match(total.after):
            continue
        parts: list[Quantity] = []
        for item in reversed(counted[:at]):
            if parts and not _LISTED.fullmatch(re.sub(r"（[^（）]*）", "", text[item.end : parts[0].start])):
                break
            parts.insert(0, item)
        added = sum((part.value for part in parts), Decimal(0))
        headed = _HEADED.search(text[: total.start]) and added + 1 == total.value
        if len(parts) >= LEAST_PARTS and "。" not in text[parts[-1].end : total.start] and not headed:
            yield Whole(total, tuple(parts), _SURE if closing else _BOUND * 2)


def _forward(text: str, group: Sequence[Quantity]) -> Iterator[Whole]:
    """Yield every figure that may lead the run behind it."""
    for at, total in enumerate(group):
        parts: list[Quantity] = []
        for item in group[at + 1 :]:
            gap = text[(parts[-1].end if parts else total.end) : item.start]
            if (
                _REFUSED.search(_BRACKETS.sub("", gap))
                or len(gap) > _FARTHEST
                or (parts and item.depth < parts[0].depth)
            ):
                break
            if parts and ("其中" in gap or _is_break(text, parts, gap)):
                break
            if item.depth > (parts[0].depth if parts else total.depth + 1):
                continue
            parts.append(item)
        nested = tuple(unnested(parts))
        if len(nested) < len(parts) and "。" in text[total.end : parts[0].start]:
            yield Whole(total, nested, _SURE)
        some = tuple(parts[:-1])
        if len(some) > LEAST_PARTS and _are_parallel(some) and not _are_parallel(parts):
            yield Whole(total, some, _bound(text, total, some) / 2)
        yield from _second_list(text, total, group[at + 1 + len(parts) :])
        leads = at == 0 or "。" in text[group[at - 1].end : total.start] or _OVERALL.search(total.label)
        if leads and len(parts) >= LEAST_PARTS:
            yield Whole(total, tuple(parts), _bound(text, total, parts))


def _second_list(text: str, total: Quantity, later: Sequence[Quantity]) -> Iterator[Whole]:
    """Yield a total whose parts were told with the outcomes that the next sentence tells (37件，其中……。从结果看，公开19件……)."""
    end = text.find("。", later[0].end) if later else -1
    row = [item for item in later if end < 0 or item.end <= end]
    outcomes = len(row) > LEAST_PARTS + 1 and are_of_one_kind(row) and _OVERALL.search(total.label)
    if outcomes and _GOES_ON.match(text[text.rfind("。", 0, row[0].start) + 1 :]):
        yield Whole(total, tuple(row), _BOUND * 2, closed=True)


def _is_break(text: str, parts: Sequence[Quantity], gap: str) -> bool:
    """Whether the gap before a figure ends the run: a full stop, or a ； where the run is parted by less."""
    inner = text[parts[0].end : parts[-1].start]
    return "。" in gap or ("；" in gap and len(parts) > 1 and "；" not in inner and "其中" not in inner)


def _bound(text: str, total: Quantity, parts: Sequence[Quantity]) -> Decimal:
    """Return how likely a chance miss of a leading figure may be: the surer its parts are all told, the likelier."""
    gap = text[total.end : parts[0].start]
    among = _NEXT.fullmatch(gap) and total.label and not _OVERALL.search(total.label)
    if "；" in gap or _is_alike(total, parts) or (among and are_of_one_kind((total, *parts))):
        return Decimal(0)
    if _REST.search(parts[-1].label + parts[-1].after):
        return _SURE
    beyond = sum((part.value for part in parts), Decimal(0)) > total.value
    if len(parts) > LEAST_PARTS and are_of_one_kind(parts):
        return _SURE if beyond else _BOUND * 2
    if _ALIKE.search(total.label) and not beyond:
        return Decimal(0)
    if "其中" in gap:
        return _LIKELY if "：" in gap else _BARE
    bound = _BARE
    if _OVERALL.search(total.label) or _are_parallel(parts):
        bound = _LIKELY
    if "。" in gap or _OPENS.search(gap):
        bound = _BOUND
    return bound * 5 if beyond and bound > _BARE else bound


def _backward(text: str, group: Sequence[Quantity]) -> Iterator[Whole]:
    """Yield every figure that a word, or the number of its parts (三个组……的38家), makes a total with all before it."""
    for at, total in enumerate(group):
        lead = _CLAUSE_END.split(text[group[at - 1].end if at else 0 : total.start])[-1]
        counted = _COUNTED.search(lead.rstrip("共总计合评估查的"))
        named = _GENERIC.match(total.after) and (not lead or len(lead) < len(total.after))
        numbered = counted and chinese_number(counted["count"]) == at
        if at >= LEAST_PARTS and (_CLOSING.search(lead) or numbered or named):
            bound = _CERTAIN if _DIRECTLY.search(lead) else _BOUND * 2
            yield from (Whole(total, run, bound, closed=True) for run in _runs(text, group[:at]))


def _runs(text: str, before: Sequence[Quantity]) -> Iterator[tuple[Quantity, ...]]:
    """Yield what a closing total may be the sum of: all before it, that without the parts of parts, that behind 12个镇中，."""
    yield tuple(before)
    whole = tuple(unnested(before))
    if LEAST_PARTS <= len(whole) < len(before):
        yield whole
    among = text.rfind("中，", 0, before[-1].start)
    behind = tuple(item for item in before if item.start > among)
    if LEAST_PARTS < len(behind) < len(before):
        yield behind


def _is_alike(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a figure is labelled as its parts are, so that it is one of their row (通过网站50条，通过微信20条)."""
    one, other = total.label, parts[0].label
    begins = {item.label[:1] for item in (total, *parts) if not _REST.search(item.label)}
    return bool(one and other) and (one[-3:] == other[-3:] or len(begins) == 1)


def _are_parallel(parts: Sequence[Quantity]) -> bool:
    """Whether the labels of some parts begin or end alike or are as long as one another (一审, 二审; 采纳, 未采纳)."""
    labels = [re.sub(r"[的有为是共约计]+$", "", part.label) for part in parts]
    if not all(labels):
        return False
    same = any(len({label[at] for label in labels}) == 1 for at in (0, -1))
    return same or (len(parts) > LEAST_PARTS and len({len(label) for label in labels}) == 1)
