"""Counts that recall the names just told, by the word in which the names end (上述三县……, 这4个社区……), with figures beside the names or not."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_RECALLED = re.compile(
    r"(?P<point>上述|以上|前述|上列|(?<![\u4e00-\u9fff])这|(?<=[对将把在由给])这)?(?<![第\d.一二三四五六七八九十])(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?P<unit>[个家名位类种所项条件篇部份期场面])?(?P<noun>[\u4e00-\u9fff]{1,6})"
)
_PARTING = re.compile(r"[，。；：、（）“”]|\d+[\u4e00-\u9fff]?|以及|[和及与]")
_LEADS = re.compile(
    r"^.*(?:分别[是为在]|依次[是为]|[有是为由在对]|包括|来自|涉及|抽取|抽查|走访|检查|前往|走进|到了?|赴|的|其中|以及)(?=[\u4e00-\u9fff]{2})"
)
_SINGLE = frozenset("县市区镇乡州局委办厅院所站馆校村社店企")
_ALL_OF = re.compile(r"^[\u4e00-\u9fff]{0,6}?(?:均|都|全|共|已|一起|合计|须|要|应|在|同|也|被|受|作|获|的|[，。；]|$)")
_NOT_ALL = re.compile(r"其中|其余|其他|另|余|剩|还有|仅|只|未|没|不|部分|上年|去年|较|比|增|新|每|各|占|除|有$|的有?$")
_BEFORE, _MOST_OFF, _LEAST, _LONGEST, _LONGEST_SENTENCE = 2, 2, 2, 14, 800


def check_recalled(paper: Paper) -> Iterator[Contradiction]:
    """Count the names before each count that recalls them."""
    for at, sentence in enumerate(paper.sentences):
        if len(sentence.text) > _LONGEST_SENTENCE:
            continue
        for match in _RECALLED.finditer(sentence.text):
            lead = sentence.text[: match.start()]
            clause = re.split("[，；：。]", lead)[-1]
            opens = clause == "" or match["point"] is not None
            if not opens or _NOT_ALL.search(clause) or (chinese_number(match["count"]) or 0) < _LEAST:
                continue
            near = [Sentence(lead, sentence.start)]
            near = near if "、" in lead or not at else [paper.sentences[at - 1], *near]
            known = {int(item.value) for one in near for item in counts_told(one)}
            if chinese_number(match["count"]) not in known:
                yield from _compared(paper, sentence, match, "。".join(one.text[-_LONGEST_SENTENCE:] for one in near))


def _compared(paper: Paper, sentence: Sentence, match: re.Match[str], told: str) -> Iterator[Contradiction]:
    """Compare a count with the names that end in the longest beginning of its noun of which there are some."""
    count, noun = chinese_number(match["count"]) or 0, match["noun"]
    for length in range(min(4, len(noun)), 0, -1):
        word = noun[:length]
        if length == 1 and word not in _SINGLE:
            yield from _adjacent(paper, sentence, match, told)
            return
        names = _names(told, word)
        if len(names) < _LEAST:
            continue
        behind = sentence.text[match.start("noun") + length :]
        whole = match["point"] is not None or _ALL_OF.match(behind)
        numbers = {
            chinese_number(one)
            for one in re.findall(
                rf"(\d+|[二两三四五六七八九十]{{1,2}})[个家名位类种所]?(?:[\u4e00-\u9fff]{{0,3}}?){word}", told
            )
        }
        is_open = re.search(rf"还有|{word}等|等[^，。；]{{0,6}}{word}|等\d", told)
        near = 0 < abs(count - len(names)) <= _MOST_OFF
        if whole and near and not is_open and not numbers and not re.search("[和及与]", "".join(names)):
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.start("noun") + length)
            yield paper.found("count-of-list", place, count=count, listed=len(names))
        return


def _adjacent(paper: Paper, sentence: Sentence, match: re.Match[str], told: str) -> Iterator[Contradiction]:
    """Check 设秘书科、综合科、公开科、督查科、信息科，六个科室分工协作: the list ends right before the count."""
    listed = re.search(r"(?:^|[，。；：])(?P<items>[^，。；：]+(?:、[^，。；：、]+){2,})[，。；]$", told)
    items = listed["items"].split("、") if listed else []
    items[:1] = [_LEADS.sub("", item) for item in items[:1]]
    alike = len({item[-1:] for item in items}) == 1 or (items and match["noun"][0] in {item[-1:] for item in items})
    count = chinese_number(match["count"]) or 0
    if alike and 0 < abs(count - len(items)) <= _MOST_OFF and not re.search(r"等|\d|[和及与]", "".join(items)):
        place = paper.evidence(sentence.start + match.start("count"), sentence.start + match.start("noun"))
        yield paper.found("count-of-list", place, count=count, listed=len(items))


def _names(told: str, word: str) -> list[str]:
    """Return the different names that end in a word, in the order told."""
    pieces = (_LEADS.sub("", piece) for piece in _PARTING.split(told))
    closing = re.compile(
        rf"[\u4e00-\u9fff]{{1,{_LONGEST}}}?{re.escape(word)}(?=[来去到赴在由被均都已参因把将对派作获]|$)"
    )
    names = [match[0] for piece in pieces if (match := closing.match(piece)) and len(match[0]) <= _LONGEST]
    return list(dict.fromkeys(names))
