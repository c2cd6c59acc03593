"""Facets of a title: what tells two government documents apart (subject, place, year, stage, kind, number in a series).

Plain likeness takes 《…办法（试行）》 of one year for that of another; the facets are read apart so that a contradiction
can veto a likeness. What a title does not say is empty and contradicts nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from attrtrack.nlp import title_figures
from attrtrack.nlp.places import Places, countries, places_of_name, places_with, set_of

_LONGEST = 400
_ANNOTATION = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")
_REPLIES = re.compile("(批|答)覆|覆(函)")
_FIVE_YEARS = re.compile(r"第(十[一二三四五六七八九]?|[七八九])个五年(?=规划|计划|时期|期间|\()")
_LETTER_FOR_ZERO = re.compile(r"(?<=[一二三四五六七八九〇○])[Oo○零](?=[一二三四五六七八九〇○Oo])")
_FOR_ZERO = "Oo○零"
_LINE_END = re.compile(r"\s*[\r\n]+\s*")
_READ_OTHERWISE = re.compile(r"[《》]|公告|通告|^\s|^\(|[)\]\s]$")
"""In a name that stands in 《》 as a whole: what would be taken off, or for something else, if it stood without them."""
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_NO_HEAD = ("关于", "中华人民共和国")
_NOT_BARE = re.compile("[^0-9a-z\u3400-\u7683\u7685-\u9fff]+")
"""What carries no meaning, 的 (7684) among it; one class of signs, which is quicker than alternatives."""
_ODD_QUOTES = "〈〉﹤﹥<>「」『』【】〔〕"
_QUOTES = str.maketrans(_ODD_QUOTES, "《》《》《》“”“”[][]")
_QUOTING = re.compile("[《》\n。]")
_ANY_QUOTE = re.compile(f"[{_ODD_QUOTES}]")

_ORGAN = r"[部委局署厅办会院府组社行央关]|中心|办公室|部门|单位|集团|公司|机关|国务院|部门等"
_ISSUER = re.compile(
    rf"(?!关于|印发|转发|批转|发布|公布)(?P<issuer>[^《(]{{1,120}}?(?:{_ORGAN}|[省市县区](?=关于)))(?:等(?:[\d一二三四五六七八九十]+(?:个)?(?:部门|单位|部委))?)?(?:联合)?\s*"
    r"(?=关于|印发|转发|批转|发布|公布|颁布|令|《|对《)"
)
_SEVERAL = re.compile(
    r"(?P<issuer>[^《(]{2,40}?等[\d一二三四五六七八九十]+(?:个)?(?:部门|单位|部委))(?:联合)?\s*(?=关于|印发|转发|发布|公布)"
)
_BULLETIN = re.compile(r"(?P<issuer>[^《(]{0,120}?)(?:公告|通告)\s*(?:\[|)(?:19|20)\d{2}(?:\]|年)\s*第?\s*\d+\s*号\s*")
_BULLETIN_BEFORE = re.compile(r"(?P<issuer>[^《(]{0,60}?)(?:19|20)\d{2}年第\d+号(?:公告|通告)\s*")
_ORDER = re.compile(
    r"[(\[][^()]*(?:令|公告|通告)?(?:\[?(?:19|20)\d{2}\]?年?)?第?\s*\d+\s*号(?:令|公告|公布|发布)?[)\]]\s*$"
)
_CLOSING = (")", "]")
_REMARK = re.compile(r"\((?:最新|正式文件|全文|现行有效|有效|已失效|已废止|失效|标题[^()]*|转载)\)\s*$")
_MADE_BY = re.compile(
    r"^[^《》]{0,40}(?:制订|制定|修订|修改|起草|拟订|拟定|编制|提出|报送|重新印发)(?:后)?的?\s*(?=《[^《》]*(?:《[^《》]*》[^《》]*)*》$)|^(?:新)?(?:修订|修改)后?的"
)
_WRAPPED = re.compile(r"^\((?P<inner>.+)\)$|^《(?P<quoted>[^《》]*(?:《[^《》]*》[^《》]*)*)》$")
_SEVERAL_QUOTED = re.compile(r"《[^《》]+》(?:[、和及]{0,2}《[^《》]+》)+")
_SEVERAL_LISTED = re.compile(
    r"(?P<list>[^《》、]{6,60}(?:、[^《》、]{6,60})+)等(?:\d|[一二三四五六七八九十])?(?:个|项|部)?(?P<kind>[\u4e00-\u9fff]{0,2}(?:方案|办法|规定|规划|细则|计划|意见|措施|标准|制度|预案))"
)
_TAIL = r"(?:有关(?:事项|问题)?|相关(?:事项)?)?(?:的)?(?P<carrier>通知|公告|通告|批复|复函|决定|通报|函|令)"
_CARRIERS = ("通知", "公告", "通告", "批复", "复函", "决定", "通报", "函", "令")
_CARRY = re.compile(
    r"(?:关于)?(?:重新|调整|修改|修订|同意|原则同意)?(?P<verb>印发|转发|批转|发布|公布|颁布|颁发|下发|同意|批准|施行|实施)"
    rf"(?P<carried>.+?)(?:{_TAIL})?$"
)
_ABOUT_QUOTED = re.compile(rf"(?:关于|对)《(?P<carried>.+)》(?:{_TAIL})$")
_PLAIN = re.compile(rf"^(?:关于)?(?P<about>.+?){_TAIL}$")
_FORWARDS = re.compile(r"转发|批转")
_LEADS_FORWARDING = re.compile(r"(?:关于)?(?:转发|批转)")
_WEAK_VERBS = {"同意", "批准", "施行", "实施"}

_YEAR_AHEAD = re.compile(r"^(?:(?:19|20)\d{2}年?[-—~至]?){1,2}度?(?=[\u4e00-\u9fff])")
_STAGES = ("试行", "暂行", "征求意见稿", "送审稿", "草案")
_REVISED = re.compile(r"\([^()]{0,12}修[订正][^()]{0,4}\)|修订[版稿]")
_DRAFTS = re.compile(r"征求意见稿|公开征求|征求意见|草案|送审稿|起草说明")
_ACTION = re.compile(r"修改|废止|失效|延长|停止执行|暂停")
_KIND = re.compile(
    r"(实施条例|条例|实施细则|细则|实施办法|管理办法|办法|规定|规则|规程|规划纲要|规划|工作方案|实施方案|方案|行动计划|工作计划|计划"
    r"|实施意见|指导意见|若干意见|意见|若干措施|措施|工作要点|要点|指南|指引|标准|清单|目录|纲要|报告|决定|批复|复函|公告|通告|通知|基准|协定|法)"
    r"$"
)
_LONGEST_KIND = 4
_BRACKETS = re.compile(r"\([^()]*\)")


_LABEL_WORD = r"(?:政策|文件|文字|图文|图片|图表|音频|视频|语音|动漫|媒体|专家|部门|领导|新闻|权威|简明|公告|规章|法规|官方|问答(?:形式)?|新闻发布会|处室负责人)"
_READING = rf"(?:{_LABEL_WORD}*(?:解读|解说|图解|问答|解析|说明|回应))"
_PICTURE = r"(?:一图|一文|一张图|一张长图|长图|漫画|动画|视频|秒|数读|图文)(?:读懂|看懂|了解|速览|解读|解码|带你读懂|详解)?|图解|速览|划重点"
_LEAD = re.compile(
    rf"^(?:\[[^\]]{{0,24}}\]|(?:{_PICTURE}|{_READING}(?:之[一二三四五六七八九十]+|[一二三四五六七八九十])?)\s*[:：|｜丨\-—~·]+|(?:{_PICTURE})(?=《)|[\s|｜丨:：\-—·]+"
    rf"|(?:{_READING})(?=关于|《)|[^《》]{{0,20}}新闻发布会(?:上)?(?:介绍|解读|发布)(?:了)?(?:本市)?(?:(?:最)?新)?(?:(?:出台|制定|发布|印发|修订)的)?(?=[^的]))"
)
_TRAIL = re.compile(
    rf"(?:(?:的|有关|相关|内容|工作)*{_READING}(?:材料|稿|来啦|来了|一|二|三)?|(?:有关情况)?答记者问|的?(?:有关|相关|主要)(?:情况|内容)|记者问|新闻发布会(?:实录|文字实录)?|吹风会|(?:正式)?(?:出台|发布|生效|实施)(?:了|啦)"
    r"|正式(?:发布|生效|实施|出台)|来啦|来了)[!！。?？~\s]*$"
)
_SPEAKER = re.compile(
    r"^[^《》]{2,60}?(?:负责人|负责同志|有关人士|相关人士|发言人|司长|局长|厅长|主任|部长|处长)?[\u4e00-\u9fff]{0,4}(?:就|解读|介绍|详解)(?=《|关于)"
)
# both only save time: the signs that what `_TRAIL` takes off may end with, and what `_SPEAKER` must come upon
_TRAIL_ENDS = "读说解答析明应料稿啦了一二三问录会台布效施况容!！。?？~"
_SPOKEN_OF = re.compile(r"(?:就|解读|介绍|详解)(?:《|关于)")
_PIECES = re.compile(r"[:：|｜丨!！?？;；，。]|——|--|—(?=[^\d])|\s{1,}")


class TitleFacets(NamedTuple):
    """What a title says; `names` are its bare names (carried text first), `kinds` what it may be called at its end."""

    names: tuple[str, ...]
    places: Places
    years: frozenset[int]
    periods: frozenset[str]
    series: frozenset[int]
    stages: frozenset[str]
    draft: bool
    actions: frozenset[str]
    kinds: frozenset[str]
    carrier: str | None
    forwards: int
    countries: frozenset[str]
    issuer: str | None

    @property
    def core(self) -> str:
        """The bare name of the document itself; empty when the title is a number alone."""
        return self.names[0] if self.names else ""


@lru_cache(maxsize=1024)
def clean(title: str) -> str:
    """Return a title in one form: NFKC, simplified, single kinds of brackets, no stray annotations; nothing beyond 400 signs."""
    text = simplify(unicodedata.normalize("NFKC", title[:_LONGEST]))
    if "覆" in text:
        text = _REPLIES.sub(lambda found: found[0].replace("覆", "复"), text)
    if _ANY_QUOTE.search(text):
        text = text.translate(_QUOTES)
    if "五年" in text:
        text = _FIVE_YEARS.sub(r"\1五", text)
    if any(map(text.__contains__, _FOR_ZERO)):
        text = _LETTER_FOR_ZERO.sub("〇", text)
    if "(" in text:
        text = _ANNOTATION.sub("", text)
    return (_LINE_END.sub("", text) if "\n" in text or "\r" in text else text).strip()


def simplify(text: str) -> str:
    """Turn Traditional characters into simplified ones sign by sign; same length, for keys and not for show."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return text.translate(_simplified())
    return text


def corrected(title: str, corrections: Sequence[str]) -> str:
    """Return a title in Traditional characters simplified and with the machine's words put right (`from=to`); others as is."""
    simplified = simplify(title)
    if simplified == title:
        return title
    for correction in corrections:
        wrong, _, right = correction.partition("=")
        simplified = simplified.replace(wrong, right) if wrong else simplified
    return simplified


@cache
def _simplified() -> dict[int, int]:
    import opencc  # noqa: PLC0415 - only titles in Traditional characters need its tables

    source = [chr(code) for code in range(0x3400, 0xA000)]
    converted = opencc.OpenCC("t2s").convert("\n".join(source)).split("\n")
    return {ord(a): ord(b) for a, b in zip(source, converted, strict=True) if a != b and len(b) == 1}


def bare(text: str) -> str:
    """Return the signs of a cleaned name that carry meaning: ideographs, letters and digits, without 的 and 关于."""
    return _headless(_NOT_BARE.sub("", _headless(text.lower())))


def _headless(text: str) -> str:
    """Take off one of the heads that every second name has."""
    if text.startswith(_NO_HEAD):
        return next(text[len(head) :] for head in _NO_HEAD if text.startswith(head))
    return text


def names_of(title: str) -> tuple[str, ...]:
    """Return the bare names of a title, as `facets` reads them; for an index, which needs no other facet."""
    body, _ = _without_issuer(strip_labels(clean(title)))
    carrier, inner = _carried(body)
    return _names(_without_issuer(inner)[0] if carrier else inner, body)


def _names(core: str, body: str) -> tuple[str, ...]:
    names = [bare(_plain(core)), bare(_plain(body))] if core != body else [bare(_plain(body))]
    names += map(bare, _carried_together(core))
    return tuple(dict.fromkeys(filter(None, names)))


def _carried_together(core: str) -> tuple[str, ...]:
    """Return the names of several documents that one carries (《甲》《乙》; 甲、乙、丙等行动方案)."""
    if core.count("《") > 1 and _SEVERAL_QUOTED.fullmatch(core):
        return tuple(inside for inside, _, _ in quoted(core))
    match = _SEVERAL_LISTED.fullmatch(core) if "、" in core and "等" in core else None
    return tuple(one + match["kind"] for one in match["list"].split("、")) if match else ()


@lru_cache(maxsize=4096)
def facets(title: str, issuer: str | None = None) -> TitleFacets:
    """Read the facets of a document's or an interpretation's title; `issuer` adds the place that the title leaves out."""
    return _facets(_unquoted(strip_labels(clean(title))), issuer)


def _unquoted(text: str) -> str:
    """Take a name out of its 《》 where it reads the same without them, so that 《X》 and X are read once."""
    inside = text[1:-1]
    if not text.startswith("《") or not text.endswith("》") or _READ_OTHERWISE.search(inside):
        return text
    return inside if strip_labels(inside) == inside else text


class _Read(NamedTuple):
    """A title as read, the places of its name alone, and the organs it names."""

    facets: TitleFacets
    name: Places
    organs: tuple[str, ...]


@lru_cache(maxsize=256)
def _facets(text: str, issuer: str | None) -> TitleFacets:
    """Add what the issuer field tells; its places speak only where the title's own are of no level."""
    read = _read(text)
    given = clean(issuer) if issuer else ""
    if not given:
        return read.facets
    found = read.facets.places
    return read.facets._replace(
        places=found if found.level else places_with(read.name, (*read.organs, given)),
        issuer=read.facets.issuer or given,
    )


@lru_cache(maxsize=256)
def _read(text: str) -> _Read:
    body, named_issuer = _without_issuer(text)
    carrier, inner = _carried(body)
    core, inner_issuer = _without_issuer(inner) if carrier else (inner, None)
    compact = _compact(text)
    name = places_of_name(_YEAR_AHEAD.sub("", _compact(core).strip("《》“”").removeprefix("关于")))
    of_carried = None if named_issuer and _LEADS_FORWARDING.match(body) else inner_issuer
    organs = tuple(filter(None, (named_issuer, of_carried)))
    facets = TitleFacets(
        names=_names(core, body),
        places=places_with(name, organs),
        years=title_figures.years(compact),
        periods=title_figures.periods(compact),
        series=title_figures.series(compact),
        stages=_stages(compact),
        draft=_DRAFTS.search(compact) is not None,
        actions=set_of(_ACTION.findall(compact)),
        kinds=set_of([kind for kind in (_kind(core), carrier, _kind(body) if body != core else None) if kind]),
        carrier=carrier,
        forwards=len(_FORWARDS.findall(text)),
        countries=countries(compact),
        issuer=named_issuer or None,
    )
    return _Read(facets, name, organs)


@lru_cache(maxsize=1024)
def strip_labels(text: str) -> str:
    """Take off what tells the form of an interpretation and not its document: 一图读懂, 【文字解读】, …答记者问."""
    for _ in range(4):
        lead = _LEAD.match(text)
        shorter = (text[lead.end() :] if lead else text).strip()
        shorter = _TRAIL.sub("", shorter).rstrip() if shorter[-1:] in _TRAIL_ENDS else shorter
        if shorter == text or not shorter:
            break
        text = shorter
    return _SPEAKER.sub("", text) if _SPOKEN_OF.search(text) else text


@lru_cache(maxsize=1024)
def topics(title: str) -> tuple[str, ...]:
    """Return the phrases of an interpretation's title that may name its document, the whole first."""
    whole = strip_labels(clean(title))
    pieces = [strip_labels(piece.strip()) for piece in _PIECES.split(whole)] if "《" not in whole else []
    return tuple(dict.fromkeys(piece for piece in (whole, *pieces) if len(bare(piece)) >= 5))  # noqa: PLR2004 - shorter says nothing


def quoted(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the outermost 《…》 of a text as (inside, start, end), offsets of the inside; unbalanced ones end at the first 》."""
    found: list[tuple[str, int, int]] = []
    depth, start = 0, 0
    for match in _QUOTING.finditer(text.translate(_QUOTES) if _ANY_QUOTE.search(text) else text):
        sign, index = match[0], match.start()
        if sign == "《":
            depth += 1
            start = index + 1 if depth == 1 else start
        elif sign == "》" and depth:
            depth -= 1
            if not depth and index > start:
                found.append((text[start:index], start, index))
        elif sign in "\n。" and depth:
            depth = 0
    return tuple(found)


def _without_issuer(text: str) -> tuple[str, str | None]:
    """Split off numbers and the issuer at the head; a bulletin's title is what stands in its brackets."""
    text = text.strip() or text
    if text.endswith(_CLOSING):
        text = _ORDER.sub("", _REMARK.sub("", text)).strip() or text
    for pattern in (_BULLETIN, _BULLETIN_BEFORE) if "告" in text else ():
        match = pattern.match(text)
        if match:
            rest = _unwrapped(text[match.end() :].strip())
            inner, issuer = _split_issuer(rest)
            return inner, match["issuer"].strip() or issuer
    return _split_issuer(_unwrapped(text))


def _split_issuer(text: str) -> tuple[str, str | None]:
    match = ("等" in text and _SEVERAL.match(text)) or _ISSUER.match(text)
    return (text[match.end() :].strip(), match["issuer"]) if match else (text, None)


def _unwrapped(text: str) -> str:
    match = _WRAPPED.match(text)
    return (match["inner"] or match["quoted"]).strip() if match else text


def _carried(body: str) -> tuple[str | None, str]:
    """Return what carries the text (印发, 转发, 批复 …) and the carried title; None and the body when nothing is carried."""
    quoted_match = _ABOUT_QUOTED.fullmatch(body)
    if quoted_match:
        return quoted_match["carrier"], quoted_match["carried"]
    match = _CARRY.fullmatch(body)
    if match is None or not (match["carrier"] or match["carried"].startswith("《")):
        return None, body
    if match["verb"] in _WEAK_VERBS and not match["carried"].startswith("《"):
        return None, body
    carrier = match["carrier"] or match["verb"]
    inner = _MADE_BY.sub("", match["carried"].removesuffix("的"))
    return ("批复" if match["verb"] in _WEAK_VERBS else carrier), _unwrapped(inner)


def _plain(text: str) -> str:
    match = _PLAIN.fullmatch(text) if text.endswith(_CARRIERS) else None
    return match["about"] if match and match["carrier"] != "决定" else text


def _compact(text: str) -> str:
    """Take out blanks and signs that nobody sees."""
    return _BLANKS.sub("", text) if " " in text or not text.isprintable() else text


def _kind(text: str) -> str | None:
    compact = _compact(text)
    if "(" in compact:
        compact = _BRACKETS.sub("", compact)
    return _kind_at_end(compact.rstrip("》”")[-_LONGEST_KIND:])


@lru_cache(maxsize=1024)
def _kind_at_end(text: str) -> str | None:
    match = _KIND.search(text)
    return match[1] if match else None


def _stages(text: str) -> frozenset[str]:
    found = [stage for stage in _STAGES if stage in text]
    return set_of([*found, "修订"] if "修" in text and _REVISED.search(text) else found)
