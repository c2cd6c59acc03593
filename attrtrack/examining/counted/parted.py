"""Counts told in characters, or turn by turn, against their parts: 共七项，其中牵头三项、配合四项; 第一轮6个县，第二轮7个县，全部13个县."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, counts_told, printed
from attrtrack.examining.text.paper import Paper, Sentence

_JOINS = re.compile(r"^[^。；：]*?[，、；]?[^。：]*$")
_FORETOLD = re.compile(r"（|共|总|合计|计|达|[：]|其中|分别|包括|分为")
_TURN = re.compile(r"第[一二三四五六七八九十1-9](?:次|轮|批|期|组|阶段|场|季度)|\d{1,2}月|[上下]半年")
_ALL = re.compile(
    r"(?:全部|共计?|合计|总计|累计|总共|一共|这|以上|全县|全市|全省|全区)(?:涉及|检查|覆盖|的|有|是|为)*$"
)
_ALL_OR_FIRST = re.compile(rf"{_ALL.pattern}|[，；]$")
_REST = re.compile(r"(?:另外?|其余|余下|剩余|剩下|还有)(?:的|有)?$")
_NOT_PARTS = re.compile(r"同比|较|上年|去年|第[^一二三四五六七八九十\d]|每|各[^个类]|增|减|占|以上|平均|连续")
_NAMED_IN = re.compile(r"(?:涉及|通报|包括|检查|点名|表扬|批评|抽查)(?P<names>[^，。；：\d]+)(?=[，；。])")
_WHOLE_OF_NAMES = re.compile(r"(?:单位|部门|地区|网站|县区)?(?:共计?|总共|一共|合计)(?:涉及|有|是|为)?$")
_DOING = re.compile(r"[^，。；：未不没]{0,4}?(?:已经?|均|全部)?(?P<doing>[\u4e00-\u9fff]{2})[^，。；：]{0,6}，")
_NOT_DOING = re.compile(r"[^，。；：]{0,3}?(?:尚?未|不|没有)(?P<doing>[\u4e00-\u9fff]{2})")
_AMONG = re.compile(r"^[\u4e00-\u9fff]{0,10}(?:中|里|当中|内)，?(?:已?有|已)?$")
_OTHERS = re.compile(r"[^，；。]{0,6}?(?:未|请假|缺席|正在|尚|不|因|待|转|撤|没|暂|逾期)")
_EACH_OF = re.compile(
    r"(?P<names>(?:\d{1,2}月份?|[^，。；：“”、\d]+)(?:、(?:\d{1,2}月份?|[^，。；：“”、\d]+))+?)(?:分别)?(?:各|均)(?:有|抽取|抽查|选派|选取|设|配|建)?(?=[\d一二两三四五六七八九十])"
)
_FORMULA = re.compile(r"“(?P<formula>\d{1,2}(?:\+\d{1,2}){1,3})(?:\+N|\+X)?[^”\d]{0,6}”")
_MOST_OFF, _MOST_PARTS, _LEAST, _LONGEST, _MOST_COUNTS = 2, 8, 2, 16, 40


def check_parted(paper: Paper) -> Iterator[Contradiction]:
    """Add up what sentences tell in parts, where figures in characters or ordinals keep other checks from it."""
    for sentence in paper.sentences:
        counts = counts_told(sentence)
        if not counts or len(counts) > _MOST_COUNTS:
            continue
        yield from _foretold(paper, sentence, counts)
        yield from _told_behind(paper, sentence, counts)
        yield from _rest(paper, sentence, counts)
        yield from _names_in_turn(paper, sentence, counts)
        yield from _among(paper, sentence, counts)
        yield from _done_and_not(paper, sentence, counts)
        yield from _in_brackets(paper, sentence, counts)
        yield from _each(paper, sentence, counts)
        yield from _in_formula(paper, sentence, counts)


def _is_spelled(sentence: Sentence, item: Quantity) -> bool:
    return not sentence.text[item.start].isdigit()


def _sums(parts: Sequence[Quantity]) -> set[int]:
    """Return the sums that the parts, or some of them from the first on, make."""
    values = [int(item.value) for item in parts]
    return {sum(values[:end]) for end in range(_LEAST, len(values) + 1)}


def _found(paper: Paper, sentence: Sentence, whole: Quantity, parts: Sequence[Quantity]) -> Contradiction:
    span = (min(whole.start, parts[0].start), max(whole.end, parts[-1].end))
    values = [item.value for item in parts]
    return paper.found(
        "sum-of-parts",
        paper.evidence(sentence.start + span[0], sentence.start + span[1]),
        certainty=Certainty.PROBABLE,
        total=printed(whole.value) + whole.unit,
        parts="＋".join(map(printed, values)),
        added=printed(sum(values, start=values[0] * 0)) + whole.unit,
    )


def _foretold(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 共七项，其中牵头任务三项、配合任务四项: the parts stand in one clause, joined by 、 or 和."""
    for at, whole in enumerate(counts):
        parts: list[Quantity] = []
        for other in counts[at + 1 :]:
            gap = sentence.text[(parts[-1] if parts else whole).end : other.start]
            joined = (
                re.search(r"[、和及与]", gap) and not re.search("[，；：。]", gap)
                if parts
                else len(gap) <= _LONGEST * 2
            )
            if other.unit != whole.unit or not joined or len(parts) == _MOST_PARTS:
                break
            parts.append(other)
        lead = (
            sentence.text[max(0, whole.start - 6) : whole.start]
            + sentence.text[whole.end : parts[0].start if parts else whole.end]
        )
        ends = parts and re.match(r"[^、和及]{0,12}?(?:[，；）]|$)", sentence.text[parts[-1].end :])
        spelled = any(_is_spelled(sentence, item) for item in (whole, *parts))
        clear = _FORETOLD.search(lead) and not _NOT_PARTS.search(
            sentence.text[whole.end : parts[-1].end] if parts else ""
        )
        if len(parts) < _LEAST or not (spelled and ends and clear) or "第" in lead:
            continue
        added = sum(int(item.value) for item in parts)
        if 0 < abs(added - int(whole.value)) <= _MOST_OFF and whole.value not in _sums(parts):
            yield _found(paper, sentence, whole, parts)


def _told_behind(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 第一轮督查6个县，第二轮督查7个县，两轮覆盖全部13个县."""
    for at, whole in enumerate(counts):
        if not _ALL.search(sentence.text[: whole.start]):
            continue
        parts = [item for item in counts[:at] if item.unit == whole.unit]
        starts = [0, *(item.end for item in parts)]
        turned = [
            item for item, start in zip(parts, starts, strict=False) if _TURN.search(sentence.text[start : item.start])
        ]
        above = re.search("(?:以上|上述|这)$", sentence.text[: whole.start])
        if above or any(_is_spelled(sentence, item) for item in (*parts, whole)):
            turned = parts
        added = sum(int(item.value) for item in turned)
        exact = (
            len(turned) >= _LEAST
            and len(turned) == len(parts)
            and not _NOT_PARTS.search(_ALL.sub("", sentence.text[turned[0].start : whole.start]))
        )
        if exact and 0 < abs(added - int(whole.value)) <= max(_MOST_OFF, added // 10):
            yield _found(paper, sentence, whole, turned)


def _rest(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 4家单位已有3家完成整改，另外1家正在整改: the rest and what is done make the whole, all of one unit."""
    for at, last in enumerate(counts):
        same = [item for item in counts[: at + 1] if item.unit == last.unit]
        if len(same) <= _LEAST or not _REST.search(sentence.text[: last.start]):
            continue
        whole, *parts = same[-3:] if len(same) == _LEAST + 1 else same
        between = sentence.text[whole.end : parts[0].start]
        spelled = any(_is_spelled(sentence, item) for item in same) or re.match(
            r"[\u4e00-\u9fff]{2,8}(?:中|里|当中)?，?已?有?$", between
        )
        added = sum(int(item.value) for item in parts)
        near = 0 < abs(added - int(whole.value)) <= _MOST_OFF
        beyond = not any(item.unit == last.unit for item in counts[at + 1 :])
        apart = all("；" not in sentence.text[one.end : other.start] for one, other in pairwise(same))
        if spelled and near and beyond and apart and whole.value > max(item.value for item in parts):
            yield _found(paper, sentence, whole, parts)


def _among(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 7名委员中6名到会，1名请假: parts of one unit to the end of the sentence, the last of them the others."""
    for at, whole in enumerate(counts):
        parts = [item for item in counts[at + 1 :] if item.unit == whole.unit]
        if not _LEAST <= len(parts) < _MOST_PARTS // 2 or not _AMONG.match(sentence.text[whole.end : parts[0].start]):
            continue
        gaps = [sentence.text[one.end : other.start] for one, other in pairwise([*parts, parts[-1]])]
        clauses = all(
            re.fullmatch(r"[^，；：。]{1,16}[，；](?:(?:另外?|还|仅|只|其余|其他|剩余|余下|余)?有?)", gap)
            for gap in gaps[:-1]
        )
        last = sentence.text[parts[-1].end :]
        added = sum(int(item.value) for item in parts)
        off = added - int(whole.value)
        if clauses and "，" not in last and (off == 1 or (off == -1 and _OTHERS.match(last))):
            yield _found(paper, sentence, whole, parts)


def _done_and_not(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 发现问题12个，10个已整改，2个未整改: those of which it is so and those of which it is not make the whole."""
    for at, (one, other) in enumerate(pairwise(counts)):
        done = _DOING.match(sentence.text[one.end :])
        rest = _NOT_DOING.match(sentence.text[other.end :])
        if not (done and rest) or one.unit != other.unit or done["doing"][:2] != rest["doing"][:2]:
            continue
        wholes = [item for item in counts[:at] if item.unit == one.unit]
        parts = (one, other)
        added = int(one.value + other.value)
        if wholes and 0 < abs(added - int(wholes[-1].value)) <= max(_MOST_OFF, added // 5):
            yield _found(paper, sentence, wholes[-1], parts)


def _in_brackets(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 5件（表扬信3封，锦旗2面）: things of several units in brackets are one short of the whole, or one more."""
    for at, whole in enumerate(counts):
        if not sentence.text.startswith("（", whole.end):
            continue
        end = sentence.text.find("）", whole.end)
        parts = [item for item in counts[at + 1 :] if item.end <= end]
        units = {item.unit for item in parts}
        apart = len(units) == len(parts) >= _LEAST and whole.unit not in units
        added = sum(int(item.value) for item in parts)
        if not apart or _NOT_PARTS.search(sentence.text[whole.end : end]):
            continue
        if abs(added - int(whole.value)) == 1 and max(item.value for item in parts) < whole.value:
            yield _found(paper, sentence, whole, parts)


def _each(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 抽取甲县、乙县、丙县各2个乡镇，共6个乡镇."""
    for match in _EACH_OF.finditer(sentence.text):
        per = next((item for item in counts if item.start == match.end()), None)
        wholes = [item for item in counts if per and item is not per and item.unit == per.unit]
        names = match["names"].split("、")
        told = len(wholes) == 1 and (
            wholes[0].start < match.start() or _ALL_OR_FIRST.search(sentence.text[: wholes[0].start])
        )
        if per is None or not told:
            continue
        sums = {int(per.value) * (len(names) + more) for more in range(len(re.findall("[和及与]", match["names"])) + 1)}
        if int(wholes[0].value) not in sums and abs(int(wholes[0].value) - max(sums)) <= per.value * _LEAST:
            place = paper.evidence(sentence.start + wholes[0].start, sentence.start + wholes[0].end)
            yield paper.found("figure-follows", place, worked_out=f"{max(sums)}{per.unit}", stated=place.quote)


def _in_formula(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check “1+3”公开体系，即1个总目录和3个分目录: the figures of the formula are those told behind it, in order."""
    for match in _FORMULA.finditer(sentence.text):
        values = [int(value) for value in re.findall(r"\d+", match["formula"])]
        told = [item for item in counts if item.start >= match.end()][: len(values)]
        stated = [int(item.value) for item in told]
        near = len(stated) == len(values) and sum(one != other for one, other in zip(stated, values, strict=True)) == 1
        if near and sentence.text[told[0].start - 1] in "即：（指，为有是":
            place = paper.evidence(sentence.start + match.start(), sentence.start + told[-1].end)
            differing = next((one, item) for one, item in zip(values, told, strict=True) if one != int(item.value))
            yield paper.found(
                "counts-differ",
                place,
                noun=match["formula"],
                first=str(differing[0]),
                second=sentence.text[differing[1].start : differing[1].end],
            )


def _names_in_turn(paper: Paper, sentence: Sentence, counts: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check 第一次涉及甲局、乙镇，第二次涉及丙中心，涉及单位共3家."""
    for whole in counts:
        lead = sentence.text[: whole.start]
        clauses = [
            match["names"]
            for match in _NAMED_IN.finditer(lead)
            if _TURN.search(lead[max(0, match.start() - 8) : match.start()])
        ]
        names = [name for names in clauses for name in names.split("、")]
        plain = not re.search("等|[和及与]", "".join(clauses)) and max(map(len, names), default=0) <= _LONGEST
        if (
            len(clauses) >= _LEAST
            and plain
            and _WHOLE_OF_NAMES.search(lead)
            and 0 < abs(len(names) - whole.value) <= _MOST_OFF
        ):
            place = paper.evidence(sentence.start + whole.start, sentence.start + whole.end)
            yield paper.found("count-of-list", place, count=int(whole.value), listed=len(names))
