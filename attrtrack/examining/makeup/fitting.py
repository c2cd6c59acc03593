"""Whether a title of the list fits what the body says of it: what stands in the place of its words, and titles of another thing."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.makeup.around import Around, around, body_of
from attrtrack.examining.makeup.enclosed import listings_of
from attrtrack.examining.makeup.synonyms import excludes, may_be_same
from attrtrack.examining.text.figures import UNITS
from attrtrack.examining.text.paper import Paper

_VAGUE = (
    r"情况|结果|概况|数据|材料|信息|内容|记录|工作|完成|有关|相关|具体|主要|各项|所有|全部|年度|本年|全年|其中|部分|方面|问题|附件|政务|[村校院厂居局]务|公开|政府|全文|文本|办理|事项|文件|意见|排名|得分|成绩|名次|要求|任务|原因|好的"
    r"|样本|样式|格式|模板|参考|如下|开展|填报|报送|填写|关于|以及|其他|本次|此次|详细|进行|各部门|各科室|各?单位|第[一二三四五六七八九十]+|[一二三四]季度|上半年|下半年|[的了和及与等在将把对按为是其所已均也各并于由以从请我本该见列附后作及至]|[^\u4e00-\u9fff]+"
)
_GENRES = r"名单|清单|目录|明细|汇总|统计|一览|说明|总结|报告|指标|标准|方案|要点|复印件|扫描件|摘录|摘要|节选|原文|[表单图册案]"
_TOLD = re.compile(_VAGUE)
_LISTED = re.compile(f"{_GENRES}|{_VAGUE}")
_TRAIL = re.compile(
    r"(?:（[^（）]*）)?(?:，(?=[现已均也]?(?:一并)?[作列]为))?(?:（?(?:附后，)?(?:现|也|均|已|另|可|请|具体|详细|一并|分别|统一|依次)*(?:[详请参]?见(?:后|文[后末]|随文)|详见|请见|参见|参看|参阅|参考|请看|见诸|见于|见|载于|载入|列于|列入|列为|列在|作为|编为|附于|附在|归入|收入|如|同|即|为|于|以)?)$"
)
_DOES = re.compile(r"(?:按照?|依据|依照|根据|对照|填写|填报|填入|采用|使用|按|对|由|从|看|用|执行)$")
_DEFINES = re.compile(
    r"《|为(?!准)|[是：即]|，就是|反映|收录|公布|列举|记载|介绍|汇[总集编]了|[登刊]载|（(?![按含共不由均已其另经])[\u4e00-\u9fff]{2,20}）|列明|载明|所[列附载]"
)
_PARTS = re.compile(
    r"[，；：、。（）“”《》\s]|[将把]|(?<!申)请|经(?=[^济验营费办])|(?:依据|对照|形成|写入|填[写报]|制定|编制|印发|下发|发布|公布|涉及|确定|提出|梳理|整理|汇总|归集|编印|收集|附有|报来|(?:反馈|存在|发现)(?=的)|出具|查出|查看|详见|按照?|根据|作出|开展|进行|落实|所[说称述指列提])(?:出|了|的|为|成)*(?=[\u4e00-\u9fff]{2})|(?<=[\u4e00-\u9fff]{2})[和及与](?=[\u4e00-\u9fff]{2})"
)
_VERBAL = re.compile(
    r"[看已均并和及与]|逐[项条一]|编写|上传|自己|选填|必填|新增内容|结合|(?<!申)请|一并|一律|不得|予以|给予|供参|供各|可以|可通过|作了|进行|应当|应予|需要|如有|如下|归类|共有|公布|上报|审阅|报送|更新|执行|制作|参考|存档|备查|下载|查[阅询]|核对|签字|寄回|借鉴|学习|另发|电子|盖章|[涉保]密|内部|原件|略|经(?![济营验费])"
)
_BEHIND = re.compile(
    rf"^）?(?P<joined>(?:（(?![按含共不由均已其另经])|[《“]|中|所[列附载示述]|列[明出]了?|反映|收录|收集|载明|公布|列举|记载|介绍|汇[总集编]|[登刊]载|收集|了|是|为|：|即|的|格式|要求|样式|规定|报送|填报|上报|提交|反馈|填写|编制|第?\d+(?:{UNITS})|[一二两三四五六七八九十]+(?:{UNITS}))*)(?P<words>[\u4e00-\u9fff]{{2,30}}?)(?=均|已|给予|予以|开展|由|经|应|请|进行|责令|限期|按期|尽快|逐|通报|约谈|表扬|务必|不得|不再|(?<=单位|部门|事项|问题|内容|人员)|[^\u4e00-\u9fff]|$)"
)
_COUNTED = re.compile(
    rf"(?P<words>[\u4e00-\u9fff]{{2,12}})(?:有|共|共有|计)?\d+(?:{UNITS})[^，；]{{0,3}}[，（][^，；]*$"
)
_LEAST_OWN = 3
_QUOTED = re.compile(r"《(?P<title>[^《》]{4,40})》")
_OPENED = re.compile(r"^.*（(?=[^（）]{4,}$)")
_COLUMN = re.compile("”[一该这两]?[列栏项行]")
_FILLS = re.compile("(?:填写|填报|填入|采用|使用)$")
_STRANGE = 0.34
_LEAST_FLANK, _MOST_WORDS, _MOST_OTHER, _MOST_MORE, _MOST_SHARED = 2, 60, 6, 4, 4


def check_fitting(paper: Paper) -> Iterator[Contradiction]:
    """Compare each title of the list with the words around the mention that is its own."""
    groups = listings_of(paper)
    if not groups:
        return
    items = groups[0].items
    body = "\n".join(sentence.text for sentence in body_of(paper, groups))
    mentions = list(around(paper, groups))
    titles = [bare(item.title) for item in items]
    for item, title in zip(items, titles, strict=True):
        told = [one for one in mentions if len(items) == 1 or (one.kind, one.number) == (item.kind, item.number)]
        others = [other for other in titles if other != title]
        named = told and (len(items) == 1 or item.number is not None)
        other = _other(title, told[0], body, others, listed=item.title) if named else ""
        for one in told[1:] if named and not other else ():
            other = other or ("" if _DEFINES.match(one.rest) else belongs(one.lead, title, others))
        if other:
            yield paper.found(
                "attachment-name",
                paper.evidence(told[0].sentence.start + told[0].start, told[0].sentence.start + told[0].end),
                *item.quoted(paper),
                number=item.number or "",
                named=item.title,
                title=other,
            )


def _other(title: str, one: Around, body: str, others: Sequence[str], *, listed: str) -> str:
    """Return what the body calls what the list has under another title; nothing where they may be the same."""
    does = _DOES.search(one.lead) is not None
    behind = does or _DEFINES.match(one.rest)
    named = ("" if behind else told_before(one.lead, at_once=not one.kind)) or told_behind(one.rest, freely=does)
    whole = (
        "" if behind else re.sub(r"[^\u4e00-\u9fff，、]", "", _OPENED.sub("", _TRAIL.sub("", one.lead)))[-_MOST_WORDS:]
    )
    general = not _LISTED.sub("", named)
    if excludes(whole if general else named, title):
        return whole if general else named
    quoted = _QUOTED.match(one.rest)
    if quoted and not _alike(bare(quoted["title"]), title):
        return quoted["title"]
    for words in dict.fromkeys((named, whole, bare(one.title))):
        swapped = replaced(words, title, body, others, whole=words not in {named, bare(one.title)})
        if swapped:
            return swapped
    counted = _COUNTED.search(one.lead) if general else None
    words = counted["words"] if counted else named
    if words and estranged(words, title, one.words, body, others):
        return words
    listing = counted and "、" in one.lead[: counted.start()]
    said = words if (not does or _FILLS.search(one.lead)) and not listing else ""
    return said if said and is_of_another(said, title, one.words, listed) else ""


def belongs(lead: str, title: str, others: Sequence[str]) -> str:
    """Return the title of another number of which the words before a mention are told, where they have none of its own."""
    words = bare(re.split("[。；）]", lead.rstrip("（"))[-1])
    if _longest(words, _distinct(title, others)) >= _LEAST_FLANK:
        return ""
    for other in others:
        rest = [title, *(one for one in others if one != other)]
        if _longest(words, _distinct(other, rest)) >= _LEAST_OWN and _longest(words, other) >= _MOST_OTHER:
            return other
    return ""


def _longest(one: str, other: str) -> int:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def told_before(lead: str, *, at_once: bool = False) -> str:
    """Return the last words before a mention and what points to it, 见 or a bracket; `at_once`, with nothing between: 名单附后."""
    kept = _TRAIL.sub("", lead)
    words = _PARTS.split(kept.rstrip("》”），"))[-1] if at_once or len(kept) < len(lead) else ""
    return re.sub("^[和及与]", "", bare(words))


def told_behind(rest: str, *, freely: bool) -> str:
    """Return what stands behind a mention: 附件2所列典型做法; `freely`, with no word that joins it: 填写附件2整改清单."""
    match = _BEHIND.match(rest)
    if match and _COLUMN.match(rest, match.end()):
        return ""
    return bare(match["words"]) if match and (freely or match["joined"]) else ""


def bare(text: str) -> str:
    """Return the Chinese signs of a title without what stands in brackets."""
    return re.sub(r"（[^（）]*）|[^\u4e00-\u9fff]", "", text)


def contents(text: str, general: re.Pattern[str] = _LISTED) -> list[str]:
    """Return the words of a title that tell it from others."""
    return [part for part in general.sub("■", text).split("■") if part]


def estranged(named: str, title: str, words: str, body: str, others: Sequence[str]) -> bool:
    """Whether what is named and the title have nothing in common but what any title has."""
    distinct = _distinct(title, others)
    own = [part for part in contents(distinct) if len(part) > 1]
    told = "".join(part for part in contents(named, _TOLD) if len(part) > 1)
    return (
        bool(told and (own or (others and len(told) > _LEAST_FLANK)))
        and not _VERBAL.search(named)
        and not may_be_same(named, title)
        and (own or not any(pair in words for pair in _pairs(distinct)))
        and not any(pair in words for part in own for pair in _pairs(part))
        and not any(pair in body for part in own for pair in _pairs(part))
        and not any(pair in title for pair in _pairs(told))
        and len(set(told) & set(title)) * _MOST_SHARED <= len(set(told))
    )


def _alike(one: str, other: str) -> bool:
    """Whether the signs of the shorter of two titles stand in the longer in their order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(sign in rest for sign in short)


def is_of_another(named: str, title: str, words: str, listed: str) -> bool:
    """Whether the signs of what is named are not those of a title.

    Of 127 right mentions of the banks that name something by three signs or more, each shares at least two signs in three with
    its title; of 43 wrong ones most share less than a third, and less than half of the title stands beside them.
    """
    told = "".join(contents(named, _TOLD))
    if len(told) < _LEAST_OWN or named in listed or named.startswith(("未", "已", "其他")):
        return False
    if _VERBAL.search(named) or may_be_same(named, title):
        return False
    shared = len(set(told) & set(title)) / len(set(told))
    return shared <= _STRANGE and _longest(words, title) * 2 < len(title)


def _distinct(title: str, others: Sequence[str]) -> str:
    """Return a title with what others have too blotted out."""
    for other in others:
        for block in SequenceMatcher(None, title, other, autojunk=False).get_matching_blocks():
            if block.size >= _LEAST_FLANK:
                title = title[: block.a] + "■" * block.size + title[block.a + block.size :]
    return title


def replaced(words: str, title: str, body: str, others: Sequence[str] = (), *, whole: bool = False) -> str:
    """Return what the words have in the place of a part of the title that the body knows nothing of."""
    blocks = [
        block
        for block in SequenceMatcher(None, words, title, autojunk=False).get_matching_blocks()
        if block.size >= _LEAST_FLANK
    ]
    edges = [(0, 0, 0), *((block.a, block.b, block.size) for block in blocks), (len(words), len(title), 0)]
    for (a, b, known), (c, d, following) in pairwise(edges):
        size = known + (_shared(words[a + known : c], title[b + known : d]) if known + following else 0)
        told, own = words[a + size : c], title[b + size : d]
        if whole and size and len(told) > len(own) + _MOST_MORE:
            told = told[: len(own)]
        told = told if whole else told.removeprefix("的")
        if not told or not own or _is_loose(told, own, size, following, whole=whole):
            continue
        pairs = _pairs(words[max(0, a + size - 1) : c + 1]) if len(told) == 1 else [told]
        if all(pair not in title for pair in pairs) and _is_unknown(
            title, _distinct(title, others), (b + size, d), body
        ):
            return words[a : a + size + len(told)] + (words[c : c + following] if len(told) == c - a - size else "")
    return ""


def _shared(one: str, other: str) -> int:
    """Return how many signs two strings begin with alike."""
    return next((at for at, (sign, like) in enumerate(zip(one, other, strict=False)) if sign != like), 0)


def _is_loose(told: str, own: str, size: int, following: int, *, whole: bool) -> bool:
    """Whether what differs says little, or stands where a sentence may say anything."""
    kept, listed = "".join(contents(told, _TOLD)), "".join(contents(own))
    if not kept or not listed or _VERBAL.search(told) or told.startswith("的") or "，" in told or "、" in told:
        return True
    if (
        may_be_same(told, own)
        or told in {*"表单图册案"}
        or set(kept) & set(listed)
        or (len(told) == 1 and len(listed) > len(told) + 1)
    ):
        return True
    if size and following:
        return len(told) > len(own) + _MOST_MORE
    if not size and not following:
        return True
    return (whole and not size) or max(len(kept), len(listed)) > _MOST_OTHER


def _is_unknown(title: str, distinct: str, span: tuple[int, int], body: str) -> bool:
    """Whether the body has nothing of a part of a title, but for what other titles have too."""
    start, end = span
    parts = contents(title[start:end])
    if len("".join(parts)) == 1:
        parts = [title[max(0, end - 2) : end + 1]]
    own = [part for part in contents(distinct[start:end]) if len(part) > 1]
    return not any(pair in body for part in own or parts for pair in _pairs(part))


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]
