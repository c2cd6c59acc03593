"""Totals against the parts listed behind or before them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.figures import Quantity, printed, quantities
from attrtrack.examining.paper import Paper, Sentence

_OPENS = re.compile(r"其中|分别[是为有]|包括|包含|分为|具体[是为]|构成|组成|按[^，。；：]{2,14}(?:分|统计|划分)|含|：")
_OPEN_END = re.compile(r"(?<!包)含|如|例如|重点|主要")
_EVERYTHING = re.compile(r"分别[是为有]|分为|构成|组成|按[^，。；：]{2,14}(?:分|统计|划分)|[：（]")
_OTHERS = re.compile(r"其他|其它|其余|余下|剩余")
_PAIRS = re.compile(
    r"自然人|法人|当面|现场|信函|网络|网上|网站|平台|传真|邮件|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理"
    r"|结果维持|维持|纠正|尚未审结|直接|专班|办结|正在办理|在办|未办结|主动公开|依申请公开|规章|规范性文件|上半年|下半年|季度|市级|县级|省级|部门|县（市、区）|男|女|已[\u4e00-\u9fff]{2}|正在|尚未|未[\u4e00-\u9fff]{2}|咨询|投诉|举报|求助|建议类"
)
_TOTAL = re.compile(
    r"(?:合计|共计|总计|总共|累计|总数(?:为|达)?|(?:(?<=[，；：])|全年|年内|本年度?|总)共|一共)(?P<doing>[\u4e00-\u9fff]{0,4}?)$"
)
_GOES_ON = re.compile(r"其中|按[^，。；：]{1,10}(?:分|统计|划分|看|来看|分类)|从[^，。；：]{1,10}看|具体|分别|包括")
_RESTART = re.compile(r"[；]|同比|较上|比上|全部|另外|此外|同时|占|率|平均|每")
_NEAR_OPEN, _NEAR_LISTED, _NEAR_PAIRED, _NEAR_LONG = map(Decimal, ("0.85", "0.88", "0.6", "0.75"))
_LEAST_PARTS = 2


def check_sums(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Add up the parts of every total; what does not add up is told with both figures."""
    for one, other in pairwise(paper.sentences):
        if _GOES_ON.match(other.text) and paper.plain.text[other.start - 1] == "。":
            yield from _continued(paper, one, other)
    for sentence in paper.sentences:
        found = [item for item in quantities(sentence) if not (item.delta or item.rough)]
        listed: set[Quantity] = set()
        for index, total in enumerate(found):
            yield from _behind(paper, sentence, total, found[index + 1 :], listed=listed)
            yield from _before(paper, sentence, total, found[:index])


def _continued(paper: Paper, one: Sentence, other: Sentence) -> Iterator[Contradiction | Unchecked]:
    """Check a total whose parts fill the next sentence (……100条。按栏目统计：……)."""
    totals = [item for item in quantities(one) if not (item.delta or item.rough)]
    whole = Sentence(paper.plain.text[one.start : other.start + len(other.text)], one.start)
    later = [item for item in quantities(whole) if item.start > len(one.text) and not (item.delta or item.rough)]
    same = [item for item in totals if later and item.unit == later[0].unit]
    if len(totals) == 1 and same:
        parts = _parts(whole.text, same[0], later[0], later, "：")
        if len(parts) >= _LEAST_PARTS and not _adds_up(same[0], parts):
            verdict = _verdict(whole.text, same[0], parts, "其中")
            if verdict is not None and all(item.whole for item in (same[0], *parts)):
                yield _contradiction(paper, whole, same[0], parts, certainty=Certainty.PROBABLE)


def _behind(
    paper: Paper, sentence: Sentence, total: Quantity, later: Sequence[Quantity], *, listed: set[Quantity]
) -> Iterator[Contradiction | Unchecked]:
    """Check the parts that follow a total; what belongs to a list already is no total unless it opens one of its own."""
    first = next((item for item in later if item.unit == total.unit), None)
    if first is None or total.earlier:
        return
    opening = _opening(sentence.text, total, first)
    parts = _parts(sentence.text, total, first, later, opening)
    if len(parts) < _LEAST_PARTS or (total in listed and not opening):
        return
    if _adds_up(total, parts):
        listed.update(parts)
        return
    verdict = _verdict(sentence.text, total, parts, opening)
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
    if first.depth > total.depth:
        return "（" + "".join(item[0] for item in match)
    if match:
        joined = "".join(item[0] for item in match)
        return joined if not _RESTART.search(gap[: match[0].start()].rpartition("，")[2][-12:]) else None
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


def _adds_up(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether all parts, or the first so many, make the total within what their printing shows."""
    added, slack = Decimal(0), total.step / 2 if total.step > 1 else Decimal(0)
    for count, part in enumerate(parts, start=1):
        added += part.value
        slack += part.step / 2 if part.step > 1 else Decimal(0)
        if count >= _LEAST_PARTS and abs(added - total.value) <= slack:
            return True
    return False


def _verdict(text: str, total: Quantity, parts: Sequence[Quantity], opening: str | None) -> Certainty | None:
    """Say whether a list that does not add up was meant to be whole, and how surely; None: it may well be a part only."""
    added = sum((part.value for part in parts), Decimal(0))
    if total.value <= 0 or added <= 0 or max(part.value for part in parts) > total.value * 2:
        return None
    ratio = min(added, total.value) / max(added, total.value)
    labels = [part.label + part.after for part in parts]
    others = bool(_OTHERS.search(labels[-1]))
    paired = sum(bool(_PAIRS.search(label)) for label in labels) >= len(labels) - others
    if not opening:
        alone = text[parts[-1].end :].count("，") == 0 or paired
        return (
            Certainty.PROBABLE
            if ratio >= (_NEAR_PAIRED if paired else _NEAR_LISTED) and alone and all(part.label for part in parts)
            else None
        )
    if _OPEN_END.search(opening) and not (others or (paired and ratio >= _NEAR_OPEN)):
        return None
    if others or _EVERYTHING.search(opening) or paired:
        bound = Decimal("0.4")
        return (Certainty.SURE if others or paired else Certainty.PROBABLE) if ratio >= bound else None
    near = _NEAR_OPEN if len(parts) == _LEAST_PARTS and "：" not in opening else _NEAR_LONG
    return Certainty.PROBABLE if ratio >= near or (added > total.value and ratio >= _NEAR_PAIRED) else None


def _before(paper: Paper, sentence: Sentence, total: Quantity, earlier: Sequence[Quantity]) -> Iterator[Contradiction]:
    """Check a total that closes a list: 甲3件、乙2件，共计5件."""
    parts = [item for item in earlier if item.unit == total.unit and item.depth == total.depth]
    if len(parts) < _LEAST_PARTS:
        return
    gap = sentence.text[parts[-1].end : total.start]
    marker = _TOTAL.search(gap)
    if marker is None or len(gap) > 14 or ("；" in gap and "合计" not in gap and "总计" not in gap):  # noqa: PLR2004 - a total follows its parts closely
        return
    if re.match(r"[^，。；]{0,4}，?其中", sentence.text[total.end :]) or not _closes(marker, parts):
        return
    for start in range(len(parts) - 1):
        if _adds_up(total, parts[start:]) or sum((p.value for p in parts[start:]), Decimal(0)) == total.value:
            return
    listed = [item for item in parts if "；" in marker.string or "。" not in sentence.text[item.end : total.start]]
    yield _contradiction(paper, sentence, total, listed, certainty=Certainty.PROBABLE)


def _closes(marker: re.Match[str], parts: Sequence[Quantity]) -> bool:
    """Whether the words before a total mean that it adds up what stands before: 合计, 共, or 共 with the parts' own verb."""
    doing = marker["doing"].strip("为是达有")
    return not doing or all(doing in part.label for part in parts)


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
