"""Something told where nothing is said to have been: 行政诉讼1件。综上，全年未发生诉讼; 没有申请，也没有结转，因此2件结转."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import told_differently
from attrtrack.examining.text.figures import Quantity, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_EVENTS = r"行政复议|行政诉讼|复议|诉讼|结转|举报|投诉|信访"
_NOTHING = re.compile(
    rf"(?<!从)(?P<no>未(?:发生|收到|接到|出现|产生)|没有(?:发生|收到|接到|出现|产生)?|(?<![有从])无|零)(?P<what>[^，。；：\d]{{0,24}}?(?:{_EVENTS})(?:(?:、|和|及|或|与|案件|事项|申请|件|的?情况|情形|事件){{1,3}}(?:{_EVENTS})?)*)(?P<end>[^，。；：]{{0,6}})"
)
_QUALIFIED = re.compile(
    r"败诉|纠错|纠正|撤销|超期|责任|追究|重复|越级|集体|不良|逾期|其他|其它|再|新|另|实名|有效|恶意"
)
_SUMMED_UP = re.compile(r"综上|总之|总的来看|因此|据此|全年|年内|本年度?")
_OTHER = re.compile(r"上年|去年|往年|前年|同期|上一年|历年|截至|下年|每|另|其他")
_CASES = frozenset({"件", "起", "宗", "例", "人次", "次"})
_BEFORE = 2


def check_denied(paper: Paper) -> Iterator[Contradiction]:
    """Compare what is said not to have been with the counts beside it, of the sentence and the two before it."""
    for at, sentence in enumerate(paper.sentences):
        for match in _NOTHING.finditer(sentence.text):
            if _QUALIFIED.search(match["what"] + match["end"]):
                continue
            events = set(re.findall(_EVENTS, match["what"]))
            near = [sentence, *(paper.sentences[max(0, at - _BEFORE) : at] if _sums_up(sentence, match) else ())]
            for one in near:
                for item in counts_told(one):
                    beside = match if one is sentence else None
                    if item.value > 0 and item.unit in _CASES and _is_of(one, item, events, beside):
                        first = match["no"] + match["what"]
                        yield from told_differently(
                            paper, one, (item.start, item.end), noun="、".join(sorted(events)), first=first
                        )


def _sums_up(sentence: Sentence, match: re.Match[str]) -> bool:
    return _SUMMED_UP.search(sentence.text[: match.end()]) is not None


def _is_of(one: Sentence, item: Quantity, events: set[str], beside: re.Match[str] | None) -> bool:
    """Whether a count is of one of the events: the word stands in its own clause, and it is no other year's."""
    if beside and beside.start() <= item.start <= beside.end():
        return False
    start = max(one.text.rfind(sign, 0, item.start) for sign in "，；。：、")
    before, behind = one.text[start + 1 : item.start], re.split("[，；。：、]", one.text[item.end :])[0]
    if "结转" in events:
        return re.match("结转(?:至|到)?(?:下|次)", behind) is not None and beside is not None and "上" not in before
    told = [event for event in events if event in before]
    return bool(told) and not (_OTHER.search(before + behind) or re.search("[中的]$|其中", before))
