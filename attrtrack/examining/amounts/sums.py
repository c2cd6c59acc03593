"""Totals against the parts listed behind or before them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.amounts.balances import balance_of, hangs_together
from attrtrack.examining.amounts.flows import flows_of
from attrtrack.examining.amounts.slips import NEARLY, digits_swapped, misses_by_a_digit, slipped
from attrtrack.examining.text.figures import Quantity, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence

_OPENS = re.compile(r"其中|分别[是为有]|包括|包含|分为|具体[是为]|构成|组成|按[^，。；：]{2,14}(?:分|统计|划分)|含|：")
_MADE_OF = re.compile(r"^[^。；：\d]{0,8}由[^。；]*(?:组成|构成)")
_OPEN_END = re.compile(r"(?<!包)含|如|例如|重点|主要")
_EVERYTHING = re.compile(r"分别[是为有]|分为|构成|组成|按[^，。；：]{2,14}(?:分|统计|划分)|[：（]")
_ALIKE = re.compile(r"等[^，。；、\d]{0,6}(?:方面|领域|类别?|事项|内容|信息)[^，。；、\d]{0,8}$")
_COUNTED_NAMES = re.compile(r"^[^（）]{0,6}）：[^（）：；\d]+、[^（）：；\d]+（$")
_OTHERS = re.compile(r"其他|其它|其余|余下|剩[余下]")
_PAIRS = re.compile(
    r"自然人|法人|代表建议|委员提案|政协提案|当面|现场|信函|网络|网上|网站|平台|传真|邮件|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理"
    r"|结果维持|维持|纠正|尚未审结|直接|专班|办结|正在办理|在办|在建|续建|完工|未办结|主动公开|依申请公开|规章|规范性文件|上半年|下半年|季度|市级|县级|省级|部门|行政村|社区|县（市、区）|男|女|已[\u4e00-\u9fff]{2}|正在|尚未|未[\u4e00-\u9fff]{2}|咨询|投诉|举报|求助|建议类"
)
_TOTAL = re.compile(
    r"(?:合计|共计|总计|总共|累计|总(?:支出|收入|投入|金额|额|人数|件数|次数|数|量|和|经费|资金|费用)(?:为|达|是)?|合起来|加在一起|合在一起|汇总起来|(?:(?<=[，；：上述])|全年|年内|本年度?|总|(?<=，)[\u4e00-\u9fff]{1,6})共|一共|加起来|相加|之和[为是]?|(?P<all>全[年市县区省州部校院局系]))(?P<doing>[\u4e00-\u9fff]{0,8}?)$"
)
_AMONG = re.compile(r"[^，。；：、\d]{0,14}(?:当中|之中|中|里)，?[^，。；：、\d]{1,14}")
_NEUTRAL = re.compile(
    r"^(?:涉及|收到?|办理|处理|受理|发布|公开|报送|刊[发登载]|答复|接收|完成|开展|举办|推送|征集|编发|制发|印发|审查|组织|培训|覆盖|惠及|服务|投入|下达)[了到]?[\u4e00-\u9fff]{0,6}$"
)
_NEXT_PART = re.compile(r"、[^，；：、]{1,12}")
_PRICED = frozenset({"元", "分"})
_FROM = re.compile(r"(?:由|从)[^，。；\d]{0,3}$")
_CLOSES = re.compile(r"^(?:以上|上述|前述)?[^，。；\d]{0,6}(?:合计|总计|共计|总共|共)[^，。；\d]{0,6}$")
_OVERALL = re.compile(r"总|共|累计|合计|全[部年省市县区州]")
_GOES_ON = re.compile(r"其中|按[^，。；：]{1,10}(?:分|统计|划分|看|来看|分类)|从[^，。；：]{1,10}看|具体|分别|包括")
_OF_THESE = re.compile(
    r"(?:(?:上述|这些|以上|该批)(?P<noun>[\u4e00-\u9fff]{2,10}?)|[所已]?(?P<doing>[\u4e00-\u9fff]{2})的?[^，。；：\d]{0,4}(?:件|案|申请|文件|材料))(?:当中|之中|中|里)，"
)
_RESTART = re.compile(r"[；]|同比|较上|比上|全部|另外|此外|同时|占|率|平均|每")
_ITS_SHARE = re.compile(r"[，（]?约?占[^，。；\d]{0,6}(?P<share>\d+(?:\.\d+)?)%")
_NEARLY_ALL = Decimal(97)
_NEAR_LISTED, _NEAR_PAIRED, _NEAR_LONG = map(Decimal, ("0.88", "0.6", "0.75"))
_LOTS, _LOT = frozenset("册份本套张"), 10_000
"""What is printed in lots: whole ten thousands of it are counted, not rounded off."""
_LEAST_PARTS = 2
_STRICTLY = re.compile(r"：.*\d")
_MANY = re.compile(r"同比|较[上去]|比[上去]|平均|每|率")


def check_sums(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Add up the parts of every total; what does not add up is told with both figures."""
    told_of = {start for flow in flows_of(paper) for start in flow.starts}
    for one, other in pairwise(paper.sentences):
        if one.start in told_of:
            continue
        if (_GOES_ON.match(other.text) or _OF_THESE.match(other.text)) and paper.plain.text[other.start - 1] == "。":
            yield from _continued(paper, one, other)
        if other.start == one.start + len(one.text) + 1:
            yield from _apart(paper, one, other)
    for before, sentence in pairwise((Sentence("", 0), *paper.sentences)):
        if balance_of(sentence) is not None or sentence.start in told_of:
            continue
        found = [
            item
            for item in quantities(sentence)
            if not (item.delta or item.rough or (item.depth and item.label.endswith("满分")))
        ]
        listed = set(_parts_of_last(before, found))
        closed = {
            unit
            for unit in {item.unit for item in found}
            if hangs_together([item for item in found if item.unit == unit])
        }
        found = [item for item in found if item.unit not in closed]
        told = [
            answer
            for index, total in enumerate(found)
            for answer in (
                *_behind(paper, sentence, total, found[index + 1 :], listed=listed),
                *_before(paper, sentence, total, found[:index]),
            )
        ]
        yield from told
        if not told and not listed:
            yield from _nearly(paper, sentence, [item for item in found if item.unit != "分"])


def _continued(paper: Paper, one: Sentence, other: Sentence) -> Iterator[Contradiction | Unchecked]:
    """Check a total whose parts fill the next sentence (……100条。按栏目统计：……; 收到21件，答复20件。答复件中，……)."""
    named = _OF_THESE.match(other.text)
    totals = [item for item in quantities(one) if not (item.delta or item.rough)]
    totals = [item for item in totals if named is None or (named["noun"] or named["doing"]) in item.label + item.after]
    whole = Sentence(paper.plain.text[one.start : other.start + len(other.text)], one.start)
    later = [item for item in quantities(whole) if item.start > len(one.text) and not (item.delta or item.rough)]
    same = [item for item in totals if later and item.unit == later[0].unit]
    if len(totals) == 1 and same:
        parts = _parts(whole.text, same[0], later[0], later, "：")
        if len(parts) >= _LEAST_PARTS and not _adds_up(same[0], parts):
            verdict = _verdict(whole.text, same[0], parts, "其中")
            if verdict is not None and all(item.whole for item in (same[0], *parts)):
                yield _contradiction(paper, whole, same[0], parts, certainty=Certainty.PROBABLE)


def _nearly(paper: Paper, sentence: Sentence, found: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Whatever the words: counts of one unit of which the first or last is all but the sum of the others."""
    counts = [item for item in found if item.whole and not item.earlier]
    for unit in sorted({item.unit for item in counts}):
        run = [item for item in counts if item.unit == unit and not _FROM.search(sentence.text[: item.start])]
        if len(run) <= _LEAST_PARTS or len({item.depth for item in run[1:]}) > 1 or _MANY.search(sentence.text):
            continue
        if len(run) == _LEAST_PARTS + 1 and not _STRICTLY.search(sentence.text[run[0].end : run[-1].start]):
            continue
        closing = _OVERALL.search(run[-1].label) and slipped(run[-1], run[:-1])
        opening = _leads(sentence.text, run) and (
            misses_by_a_digit(run[0], run[1:])
            or _lacks_a_rest(run[0], run[1:])
            or (_OVERALL.search(run[0].label) and slipped(run[0], run[1:]))
        )
        if opening or closing:
            total, parts = (run[0], run[1:]) if opening else (run[-1], run[:-1])
            yield _contradiction(paper, sentence, total, parts, certainty=Certainty.PROBABLE)
            return


def _leads(text: str, run: Sequence[Quantity]) -> bool:
    """Whether the first of some counts stands before a list rather than in it, and the list leaves nothing unsaid."""
    gap, rest = text[run[0].end : run[1].start], text[run[-1].end :]
    clauses = [re.split(r"[，；：]", text[: item.start])[-1][:1] for item in run[:2]]
    parallel = len(set(clauses)) == 1 and clauses[0] != ""
    return "：" not in text[: run[0].start] and "、" not in gap and not parallel and not _OTHERS.search(rest[4:])


def _lacks_a_rest(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether parts that end with the rest (剩下27件) do not make the total they stand behind."""
    added = sum((part.value for part in parts), Decimal(0))
    rest = _OTHERS.search(parts[-1].label + parts[-1].after)
    return bool(rest) and added != total.value and _NEAR_PAIRED <= added / total.value <= 1 / _NEAR_PAIRED


def _exact(sentence: Sentence) -> list[Quantity]:
    return [item for item in quantities(sentence) if not (item.delta or item.rough or item.earlier)]


def _parts_of_last(before: Sentence, found: Sequence[Quantity]) -> Sequence[Quantity]:
    """Return the figures of a sentence that make up a total of the sentence before it, the last one first."""
    for total in reversed(_exact(before)):
        parts = [item for item in found if item.unit == total.unit]
        if len(parts) >= _LEAST_PARTS and _adds_up(total, parts):
            return parts
    return ()


def _apart(paper: Paper, one: Sentence, other: Sentence) -> Iterator[Contradiction]:
    """Check a total and a list that stand in two sentences of a paragraph: 甲3件；乙2件。以上总计5件, 总共5件。甲3件，乙2件."""
    first, second = _exact(one), _exact(other)
    if not first or not second:
        return
    closing = _CLOSES.match(other.text[: second[0].start])
    total, parts = (second[0], first) if closing else (first[-1], second)
    whole = Sentence(paper.plain.text[one.start : other.start + len(other.text)], one.start)
    parts = [item for item in parts if item.unit == total.unit and not item.depth]
    alone = len(first) == 1 and len(parts) > _LEAST_PARTS
    ends = closing or (alone and (_OVERALL.search(total.label) or misses_by_a_digit(total, parts)))
    if ends and len(parts) > _LEAST_PARTS and not _adds_up(total, parts) and slipped(total, parts):
        moved = len(one.text) + 1
        total, parts = (_moved(total, moved), parts) if closing else (total, [_moved(item, moved) for item in parts])
        yield _contradiction(paper, whole, total, parts, certainty=Certainty.PROBABLE)


def _moved(item: Quantity, by: int) -> Quantity:
    return replace(item, start=item.start + by, end=item.end + by)


def _behind(
    paper: Paper, sentence: Sentence, total: Quantity, later: Sequence[Quantity], *, listed: set[Quantity]
) -> Iterator[Contradiction | Unchecked]:
    """Check the parts that follow a total; what belongs to a list already is no total unless it opens one of its own."""
    first = next((item for item in later if item.unit == total.unit), None)
    if first is None or total.earlier:
        return
    if total.depth and _COUNTED_NAMES.match(sentence.text[total.end : first.start]):
        return
    opening = _opening(sentence.text, total, first)
    parts = _parts(sentence.text, total, first, later, opening)
    if len(parts) < _LEAST_PARTS or (total in listed and not opening):
        return
    if _adds_up(total, parts, sentence.text):
        listed.update(parts)
        return
    others = _are_examples(sentence.text, total, parts) or _are_of_another(sentence, total, parts)
    verdict = None if others else _verdict(sentence.text, total, parts, opening)
    if verdict is not None:
        listed.update(parts)
        yield _contradiction(paper, sentence, total, parts, certainty=verdict)
    elif opening and "其中" in opening:
        listed.update(parts)
        start, end = sentence.start + total.start, sentence.start + parts[-1].end
        yield paper.unchecked("sum-of-parts", quote=paper.evidence(start, end).quote)


def _opening(text: str, total: Quantity, first: Quantity) -> str | None:
    """Return the word that opens a list of parts between the total and the first part, "" for a bare comma, else None."""
    gap = text[total.end : first.start]
    match = list(_OPENS.finditer(gap))
    if "。" in gap or len(gap) > 48:  # noqa: PLR2004 - a list begins near its total
        return None
    if _MADE_OF.search(text[total.end :]) and "由" in gap:
        return "构成"
    if first.depth > total.depth:
        return "（" + "".join(item[0] for item in match)
    if match:
        joined = "".join(item[0] for item in match)
        return joined if not _RESTART.search(gap[: match[0].start()].rpartition("，")[2][-12:]) else None
    if _AMONG.fullmatch(re.sub(r"（[^（）]*）", "", gap)) and not _RESTART.search(gap):
        return "中"
    return "" if re.fullmatch(r"[^，。；、：]{0,16}，[^，。；、：]{1,14}", gap) and not _RESTART.search(gap) else None


def _parts(
    text: str, total: Quantity, first: Quantity, later: Sequence[Quantity], opening: str | None
) -> list[Quantity]:
    """Collect the parts of one list: the same unit and bracket depth, up to where something else begins."""
    if opening is None:
        return []
    inside = first.depth > total.depth
    parts: list[Quantity] = []
    for item in later:
        if item.start < first.start or item.unit != total.unit:
            continue
        gap = text[(parts[-1].end if parts else total.end) : item.start]
        if item.depth > first.depth:
            continue
        if inside and (item.depth < first.depth or ("）" in gap and "（" not in gap)):
            break
        if parts and (_ends_list(gap, opening) or item.earlier):
            break
        parts.append(item)
    return parts


def _ends_list(gap: str, opening: str) -> bool:
    bare = re.sub(r"（[^（）]*）", "", gap)
    if "其中" in bare or _TOTAL.search(bare) or re.search(r"同比|较上|比上|全部|另外|此外|平均|每", bare):
        return True
    return "；" in bare and "：" not in opening


def _adds_up(total: Quantity, parts: Sequence[Quantity], text: str = "") -> bool:
    """Whether all parts, or the first so many up to where `text` goes on otherwise than by 、, make the total as printed."""
    counted = total.unit in _LOTS and {item.step for item in (total, *parts)} == {_LOT}
    added, slack = Decimal(0), total.step / 2 if total.step > 1 and not counted else Decimal(0)
    for count, part in enumerate(parts, start=1):
        added += part.value
        slack += part.step / 2 if part.step > 1 and not counted else Decimal(0)
        ends = count == len(parts) or not _NEXT_PART.fullmatch(text, part.end, parts[count].start)
        if count >= _LEAST_PARTS and ends and (added == total.value or abs(added - total.value) < slack):
            return True
    return False


def _are_examples(text: str, total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether parts that come to less than their total need not be all: what it counts was named with 等 (就业、社保等信息500条)."""
    added = sum((part.value for part in parts), Decimal(0))
    others = _OTHERS.search(parts[-1].label + parts[-1].after)
    return added < total.value and not others and bool(_ALIKE.search(text[: total.start]))


def _are_of_another(sentence: Sentence, total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether parts make up a figure before their total (63件，其中新收59件，办结61件，结转2件), or tell shares that are not all."""
    added = sum((part.value for part in parts), Decimal(0))
    earlier = [item for item in quantities(sentence) if item.end <= total.start and item.unit == total.unit]
    shares = [match for part in parts if (match := _ITS_SHARE.match(sentence.text, part.end))]
    told = sum((Decimal(match["share"]) for match in shares), Decimal(0))
    return any(item.value == added for item in earlier) or (len(shares) == len(parts) and told < _NEARLY_ALL)


def _verdict(text: str, total: Quantity, parts: Sequence[Quantity], opening: str | None) -> Certainty | None:
    """Say whether a list that does not add up was meant to be whole, and how surely; None: it may well be a part only."""
    added = sum((part.value for part in parts), Decimal(0))
    if (
        any(_FROM.search(text[: part.start]) for part in parts)
        or total.value <= 0
        or added <= 0
        or max(part.value for part in parts) > total.value * 2
        or (max(part.value for part in parts) == total.value and len(parts) > _LEAST_PARTS)
        or (total.unit == "分" and len(parts) == _LEAST_PARTS and "得分" in total.label)
    ):
        return None
    ratio = min(added, total.value) / max(added, total.value)
    labels = [part.label + part.after for part in parts]
    others = bool(_OTHERS.search(labels[-1]))
    paired = sum(bool(_PAIRS.search(label)) for label in labels) >= len(labels) - others
    if not opening:
        alone = (text[parts[-1].end :].count("，") == 0 or paired) and all(part.label for part in parts)
        bound = _NEAR_PAIRED if paired else _bound_of_bare(text, total, parts, others=others)
        return Certainty.PROBABLE if alone and ratio >= bound else None
    if _OPEN_END.search(opening) and not (others or (paired and ratio >= NEARLY)):
        return None
    if others or _EVERYTHING.search(opening) or paired:
        bound = Decimal("0.4")
        return (Certainty.SURE if others or paired else Certainty.PROBABLE) if ratio >= bound else None
    if digits_swapped(total, parts):
        return Certainty.PROBABLE
    near = NEARLY if len(parts) == _LEAST_PARTS and "：" not in opening else _NEAR_LONG
    return Certainty.PROBABLE if ratio >= near or (added > total.value and ratio >= _NEAR_PAIRED) else None


def _bound_of_bare(text: str, total: Quantity, parts: Sequence[Quantity], *, others: bool) -> Decimal:
    """Return how near parts behind a bare comma must come to a total: it depends on how surely they are all its parts."""
    found = quantities(Sentence(text, 0))
    leads = not any(item.unit == total.unit and item.end <= total.start for item in found)
    if total.unit in _PRICED or not leads or _are_parallel((total, parts[0])):
        return _NEAR_LISTED
    if others or digits_swapped(total, parts):
        return _NEAR_PAIRED
    beyond = sum((part.value for part in parts), Decimal(0)) > total.value
    return _NEAR_LONG if beyond or _are_parallel(parts) or _OVERALL.search(total.label) else _NEAR_LISTED


def _are_parallel(parts: Sequence[Quantity]) -> bool:
    """Whether the labels of some parts begin or end alike or are as long as one another (一审, 二审; 采纳, 未采纳)."""
    labels = [re.sub(r"[的有为是共约计]+$", "", part.label) for part in parts]
    if not all(labels):
        return False
    same = any(len({label[at] for label in labels}) == 1 for at in (0, -1))
    return same or (len(parts) > _LEAST_PARTS and len({len(label) for label in labels}) == 1)


def _before(paper: Paper, sentence: Sentence, total: Quantity, earlier: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check a total that closes a list: 甲3件、乙2件，共计5件."""
    units = {total.unit, total.unit.removesuffix("次") if total.unit == "人次" else total.unit}
    parts = [item for item in earlier if item.unit in units and item.depth == total.depth]
    if len(parts) < _LEAST_PARTS or any(_FROM.search(sentence.text[: part.start]) for part in parts):
        return
    gap = sentence.text[parts[-1].end : total.start]
    marker = _TOTAL.search(gap)
    if marker is None or len(gap) > 14 or ("；" in gap and not re.search(r"合计|总计|以上|上述", gap)):  # noqa: PLR2004 - a total follows its parts closely
        return
    added = sum((part.value for part in parts), Decimal(0))
    neutral = _NEUTRAL.match(marker["doing"]) and _NEAR_LONG <= added / (total.value or 1) <= 1 / _NEAR_LONG
    if re.match(r"[^，。；]{0,4}，?其中", sentence.text[total.end :]) or not (
        neutral or _closes(marker, parts) or slipped(total, parts)
    ):
        return
    for start in range(len(parts) - 1):
        if _adds_up(total, parts[start:]) or sum((p.value for p in parts[start:]), Decimal(0)) == total.value:
            return
    listed = [item for item in parts if "；" in marker.string or "。" not in sentence.text[item.end : total.start]]
    yield _contradiction(paper, sentence, total, listed, certainty=Certainty.PROBABLE)


def _closes(marker: re.Match[str], parts: Sequence[Quantity]) -> bool:
    """Whether the words before a total mean that it adds up what stands before: 合计, 共, or 共 with the parts' own verb."""
    doing = marker["doing"].strip("为是达有")
    return (not doing and not marker["all"]) or (bool(doing) and all(doing in part.label for part in parts))


def _contradiction(
    paper: Paper, sentence: Sentence, total: Quantity, parts: Sequence[Quantity], *, certainty: Certainty
) -> Contradiction:
    start = min(total.start, parts[0].start)
    end = max(total.end, parts[-1].end)
    added = sum((part.value for part in parts), Decimal(0))
    return paper.found(
        "sum-of-parts",
        paper.evidence(sentence.start + start, sentence.start + end),
        paper.evidence(sentence.start + total.start, sentence.start + total.end),
        certainty=certainty,
        total=printed(total.value) + total.unit,
        parts="＋".join(printed(part.value) for part in parts),
        added=printed(added) + total.unit,
    )
